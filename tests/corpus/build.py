"""Make gold.jsonl of the hand-written files in gold/: every quote becomes its place in the text.

``python -m tests.corpus.build`` writes the file; with ``--check`` it fails when the file is another.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.corpus.conventions import Entry, certainty, check_worthiness, core, head, interval, place
from tests.corpus.quotes import Place, Text
from toolkit import model, safe_yaml
from toolkit.config import Limits
from toolkit.files import to_json
from toolkit.model import Document, Issue, Span, to_record
from toolkit.model.claim import Effect, ResolvedBy

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold.jsonl"
REFRESH = "python -m tests.corpus.build"
NO_TOLL = (None, "other")


def documents() -> dict[str, Document]:
    """The articles by file name (``feed.jsonl:1`` where a file holds several)."""
    from toolkit.ingest import read_documents

    found = {}
    for document in read_documents([str(HERE / "articles")], limits=Limits()):
        if isinstance(document, Issue):
            raise SystemExit(f"tests/corpus/articles: {document}")
        found[Path(document.source_path).name] = document
    return found


def sheets() -> Iterator[Entry]:
    """The hand-written gold, one mapping per article, by file name."""
    for path in sorted((HERE / "gold").glob("[!_]*.yaml")):
        yield {"path": path.name, **safe_yaml.load(path).value}


def claims() -> Iterator[model.Claim]:
    """The gold claims, article by article in the order of their places."""
    shared = safe_yaml.load(HERE / "gold" / "_shared.yaml").value
    known = documents()
    for sheet in sheets():
        page = Page(known[sheet["article"]], sheet, shared)
        found = [claim for entry in sheet["claims"] for claim in page.claims(entry)]
        yield from sorted(found, key=lambda claim: (claim.span.start, claim.claim_id))


class Page(Text):
    """One article's gold: entries of quotes in, claims out."""

    def __init__(self, document: Document, sheet: Entry, shared: Entry) -> None:
        super().__init__(document, sheet["path"])
        self.event_id = sheet["event"]
        self.cues, self.names = shared["cues"], shared["events"][sheet["event"]]

    def content(self, entry: Entry) -> Span:
        """The claim's span: one quote, several where it is split, or ``find`` where it is ambiguous."""
        quotes: str | list[str] = entry["find"] if "find" in entry else entry["claim"]
        pieces = [self.find(quote, self.whole) for quote in ([quotes] if isinstance(quotes, str) else quotes)]
        return Span.joined(self.text, [(piece.start, piece.end) for piece in pieces])

    def claims(self, entry: Entry) -> Iterator[model.Claim]:
        """One claim for each figure of an entry, or one for the entry itself."""
        span = self.content(entry)
        sentence = self.sentence(span.start)
        inside, around = (span.start, span.end), (sentence.start, max(span.end, sentence.end))
        outside = (around, (self.text.rfind("\n", 0, span.start) + 1, around[1]), self.whole)
        claimer = self.claimer(entry, *outside) if "by" in entry else None
        via = tuple(
            self.party(key, self.find(place, *outside)) for key, place in entry.get("via", {}).items()
        )
        cue = self.cue(entry["cue"], around) if "cue" in entry else None
        hedges = tuple(
            model.Hedge(self.find(word, around), kind) for word, kind in entry.get("hedges", {}).items()
        )
        for figure in entry.get("figures", [{}]):
            own = {**entry, **figure}
            quantity = self.quantity(own, inside) if "n" in own else None
            victim = self.victim(own, inside) if "who" in own else None
            effect: Effect | None = own.get("effect")
            key = model.claim_id_for(
                self.document.doc_id, span, claimer=place(claimer), cue=place(cue), quantity=place(quantity),
                victim=place(victim), effect=effect,
            )  # fmt: skip
            yield model.Claim(
                schema_version=model.SCHEMA_VERSION, claim_id=key,
                doc_id=self.document.doc_id, text_sha256=self.document.text_sha256,
                span=span, sentence=sentence, normalized=own.get("means"), claimer=claimer, via=via, cue=cue,
                stance=own.get("stance", "affirm"), certainty=certainty(own, cue), hedges=hedges,
                quantity=quantity, effect=effect, victim=victim, event=self.event(own, inside, around),
                toll_scope=own.get("toll", "overall") if effect not in NO_TOLL else None,
                check_worthiness=check_worthiness(own, quantity),
                cluster_id=None, relations=(), evidence=(), verdict=None,
                provenance=model.Provenance("scripted", (), None, None, None, None, None, ()),
                review=model.Review("added", (), None, None),
            )  # fmt: skip

    def party(self, key: str, span: Span, *, coref: bool = False) -> model.Claimer:
        name, kind, *entity = self.names["parties"][key]
        resolved_by: ResolvedBy = "coreference" if coref else "explicit"
        return model.Claimer(span, name or head(span.text), entity[0] if entity else None, kind, resolved_by)

    def claimer(self, entry: Entry, *scopes: Place) -> model.Claimer:
        return self.party(entry["by"], self.find(entry["source"], *scopes), coref=entry.get("coref", False))

    def cue(self, quote: str, scope: Place) -> model.Cue:
        """``did not [say]``: the head stands in brackets, the whole is the phrase."""
        head = self.find(quote, scope)
        phrase = self.find(re.sub(r"[\[\]]", "", quote), scope)
        lemma, kind = self.cues[head.text.lower()]
        return model.Cue(head, phrase, lemma, kind)

    def quantity(self, figure: Entry, scope: Place) -> model.Quantity:
        span = self.find(figure["n"], scope)
        plain = f"exact {span.text.replace(',', '')}" if span.text.replace(",", "").isdigit() else "vague"
        modifier, *numbers = figure.get("is", plain).split()
        value, low, high = interval(modifier, [int(number) for number in numbers])
        vague = span.text if modifier == "vague" else None
        return model.Quantity(span, span.text, value, low, high, figure.get("unit"), modifier, vague)

    def victim(self, figure: Entry, scope: Place) -> model.Victim:
        span = self.find(figure["who"], scope)
        kind, entity, name = [*self.names["groups"][figure["group"]], None, None, None][:3]
        return model.Victim(span, name or core(span.text), entity, kind)

    def event(self, entry: Entry, *scopes: Place) -> model.Event:
        location = when = None
        if "at" in entry:
            span = self.find(entry["at"]["q"], *scopes)
            entity = self.names["places"].get(span.text)
            location = model.Location(span, core(span.text), entity, entry["at"].get("near", False))
        if "when" in entry:
            start, end = entry["when"].get("from"), entry["when"].get("to")
            day = start is not None and start == end
            when = model.When(
                self.find(entry["when"]["q"], *scopes), start, end,
                entry["when"].get("grain", "day" if day else "period"),
                entry["when"].get("rel", "on"),
            )  # fmt: skip
        return model.Event(entry.get("event", self.event_id), location, when)


def lines() -> str:
    """The content of gold.jsonl."""
    return "".join(f"{to_json(to_record(claim))}\n" for claim in claims())


def main() -> None:
    """Write gold.jsonl, or with ``--check`` compare it."""
    fresh = lines()
    if "--check" not in sys.argv[1:]:
        GOLD.write_text(fresh, "utf-8")
    elif not GOLD.is_file() or GOLD.read_text("utf-8") != fresh:
        raise SystemExit(f"tests/corpus/gold.jsonl is not what gold/ gives. Fix: {REFRESH}")


if __name__ == "__main__":
    main()
