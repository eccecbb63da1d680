"""Drafts to convert: made by Hypothesis, or one by hand."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from toolkit.model import (
    Certainty,
    CheckWorthiness,
    Claim,
    Claimer,
    Cue,
    Document,
    Draft,
    Event,
    Hedge,
    Location,
    Provenance,
    Quantity,
    Region,
    Relation,
    Review,
    Span,
    Victim,
    When,
    claim_id_for,
    digest,
)
from toolkit.model.claim import (
    CheckLabel,
    ClaimerType,
    CueType,
    DateRelation,
    Effect,
    Factuality,
    Granularity,
    HedgeType,
    Modifier,
    ResolvedBy,
    Stance,
    TollScope,
)
from toolkit.model.number import bounded

WORDS = [
    "rebels", "army", "said", "claimed", "killed", "84", "47", "dozens", "soldiers", "😀", "João", "naïve",
    "town", "Monday,", "about", "at", "least", "near", "and", "“we", "denied”.", "The\nMali\n\nHe", "said:",
    "👩\u200d👩\u200d👧", "e\u0301", "(heavy)", "\u200bzero", "مالي", "12",
]  # fmt: skip
NOWHERE = Provenance("rule", ("a.rule", "b.rule"), None, 0.75, None, None, None, ())
UNSEEN = Review("pre_annotated", (), None, None)


def document(
    text: str, *, junk: tuple[tuple[int, int], ...] = (), title: str | None = "A headline"
) -> Document:
    """A document of this text."""
    regions = tuple(Region(start, end, "boilerplate", "test") for start, end in junk)
    return Document(
        "1",
        Document.id_for(text),
        digest(text),
        title,
        "https://example.org/a",
        "The Desk",
        "2024-08-01",
        "en",
        "a.txt",
        text,
        regions,
    )


def one_of(literal: Any) -> st.SearchStrategy[Any]:
    """A value of a Literal."""
    return st.sampled_from(get_args(literal))


def claim(text: str, content: Span, *, sentence: Span | None = None, **parts: Any) -> Claim:
    """A claim on a text with sensible values where none are given."""
    own = document(text)
    effect, quantity = parts.get("effect"), parts.get("quantity")
    given: dict[str, Any] = {
        "normalized": None,
        "claimer": None,
        "via": (),
        "cue": None,
        "stance": "affirm",
        "certainty": Certainty("CT+", "Uu"),
        "hedges": (),
        "quantity": quantity,
        "effect": effect,
        "victim": None,
        "event": None,
        "toll_scope": None,
        "check_worthiness": CheckWorthiness("CFS", 0.9, ("a figure",)),
        "cluster_id": None,
        "relations": (),
        "evidence": (),
        "verdict": None,
        **parts,
    }
    spans = {
        role: given[role].span if given[role] else None for role in ("claimer", "cue", "quantity", "victim")
    }
    return Claim(
        schema_version="1",
        claim_id=claim_id_for(own.doc_id, content, effect=effect, **spans),
        doc_id=own.doc_id,
        text_sha256=own.text_sha256,
        span=content,
        sentence=sentence or Span.of(text, 0, len(text)),
        provenance=NOWHERE,
        review=UNSEEN,
        **given,
    )


@st.composite
def quantities(draw: st.DrawFn, span: Span) -> Quantity:
    """A quantity that keeps the schema's conventions."""
    modifier: Modifier = draw(one_of(Modifier))
    unit = draw(st.sampled_from([None, "vehicles"]))
    if modifier == "vague":
        return Quantity(span, span.text, None, None, None, unit, modifier, span.text)
    low = draw(st.integers(0, 5000))
    if modifier == "range":
        return Quantity(span, span.text, None, low, low + draw(st.integers(1, 50)), unit, modifier, None)
    found = bounded(low, modifier)
    return Quantity(span, span.text, found.value, found.low, found.high, unit, modifier, None)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A draft whose claims share spans, lie in each other, have pieces, several quantities, any role."""
    tokens = draw(st.lists(st.sampled_from(WORDS), min_size=8, max_size=40))
    ends = draw(st.lists(st.sampled_from([" ", " ", " ", "\n"]), min_size=len(tokens), max_size=len(tokens)))
    places: list[tuple[int, int]] = []
    text = ""
    for token, end in zip(tokens, ends, strict=True):
        stripped = token.strip()
        at = len(text) + token.index(stripped)
        places.append((at, at + len(stripped)))
        text += token + end

    def span(most: int = 3) -> Span:
        first = draw(st.integers(0, len(places) - 1))
        last = min(first + draw(st.integers(0, most - 1)), len(places) - 1)
        return Span.of(text, places[first][0], places[last][1])

    def content() -> Span:
        whole = span(10)
        inner = [place for place in places if whole.start <= place[0] and place[1] <= whole.end]
        if len(inner) >= 5 and draw(st.booleans()):
            return Span.joined(text, [(inner[0][0], inner[1][1]), (inner[3][0], inner[-1][1])])
        return whole

    def claimer(split: bool) -> Claimer:
        where = span() if split else None
        name = draw(st.sampled_from(["CSP", "the army", "João 😀"]))
        entity = draw(st.sampled_from([None, "csp"]))
        return Claimer(where, name, entity, draw(one_of(ClaimerType)), draw(one_of(ResolvedBy)))

    def maybe(value: Any) -> Any:
        return value() if draw(st.booleans()) else None

    def victim() -> Victim:
        return Victim(
            span(),
            draw(st.sampled_from(["soldiers", "people"])),
            maybe(lambda: "army"),
            maybe(lambda: "militia"),
        )

    def event() -> Event:
        location = maybe(lambda: Location(span(), "Town", maybe(lambda: "town"), draw(st.booleans())))
        date = maybe(
            lambda: When(
                span(),
                "2024-07-25",
                maybe(lambda: "2024-07-27"),
                draw(one_of(Granularity)),
                draw(one_of(DateRelation)),
            )
        )
        return Event(maybe(lambda: "battle"), location, date)

    def cue() -> Cue:
        word = span(2)
        return Cue(word, draw(st.sampled_from([word, span(4)])), word.text.lower(), draw(one_of(CueType)))

    claims: dict[str, Claim] = {}
    contents: list[Span] = []
    for _ in range(draw(st.integers(1, 4))):
        contents.append(content())
        where = draw(st.sampled_from(contents))
        shared: dict[str, Any] = {
            "claimer": maybe(lambda: claimer(draw(st.booleans()))),
            "cue": maybe(cue),
            "stance": draw(one_of(Stance)),
            "certainty": Certainty(draw(one_of(Factuality)), draw(one_of(Factuality))),
            "via": tuple(claimer(draw(st.booleans())) for _ in range(draw(st.integers(0, 1)))),
            "check_worthiness": CheckWorthiness(draw(one_of(CheckLabel)), 0.5, ("figure", "actor")),
        }
        for _ in range(draw(st.integers(1, 3))):
            made = claim(
                text,
                where,
                sentence=Span.of(text, max(0, where.start - 3), where.end),
                **shared,
                hedges=tuple(
                    dict.fromkeys(
                        Hedge(span(1), draw(one_of(HedgeType))) for _ in range(draw(st.integers(0, 2)))
                    )
                ),
                quantity=maybe(lambda: draw(quantities(span(2)))),
                effect=draw(st.sampled_from([None, *get_args(Effect)])),
                victim=maybe(victim),
                event=maybe(event),
                toll_scope=draw(st.sampled_from([None, *get_args(TollScope)])),
                normalized=draw(st.sampled_from([None, "84 were killed.", "Other words."])),
                cluster_id=maybe(lambda: "c1"),
                relations=(Relation("claim-0123456789abcdef", "contradicts", "intervals", ("alias",)),)[
                    : draw(st.integers(0, 1))
                ],
            )
            claims.setdefault(made.claim_id, made)
    return Draft(document(text), (), tuple(claims.values()))


TEXT = (
    "😀 The rebels said on Monday that they had killed at least 84 mercenaries and 47 soldiers near Tin. "
    "The army denied heavy losses.\nRead more: subscribe to our newsletter\n"
)


def draft() -> Draft:
    """Two sentences after an emoji: a claim with two quantities, and one with a vague one."""

    def at(words: str) -> Span:
        start = TEXT.index(words)
        return Span.of(TEXT, start, start + len(words))

    rebels = Claimer(at("The rebels"), "rebels", "csp", "rebel_group", "explicit")
    army = Claimer(at("The army"), "army", "army", "state_forces", "explicit")
    said = Cue(at("said"), at("said on Monday"), "say", "neutral")
    first: dict[str, Any] = {
        "sentence": Span.of(TEXT, 2, TEXT.index(". ") + 1),
        "claimer": rebels,
        "cue": said,
        "effect": "death",
        "event": Event("battle", Location(at("Tin"), "Tin", "tin", near=True), None),
        "toll_scope": "by_claimer",
    }
    content = at("they had killed at least 84 mercenaries and 47 soldiers near Tin")
    claims = (
        claim(
            TEXT,
            content,
            **first,
            victim=Victim(at("mercenaries"), "mercenaries", "wagner", "external_force"),
            quantity=Quantity(at("at least 84"), "at least 84", 84, 84, None, None, "at_least", None),
            hedges=(Hedge(at("at least"), "lower_bound"),),
        ),
        claim(
            TEXT,
            content,
            **first,
            victim=Victim(at("soldiers"), "soldiers", "army", "state_forces"),
            quantity=Quantity(at("47"), "47", 47, 47, 47, None, "exact", None),
        ),
        claim(
            TEXT,
            at("heavy losses"),
            sentence=at("The army denied heavy losses."),
            claimer=army,
            stance="deny",
            cue=Cue(at("denied"), at("denied"), "deny", "deny"),
            certainty=Certainty("CT-", "Uu"),
            quantity=Quantity(at("heavy"), "heavy", None, None, None, None, "vague", "heavy"),
            effect="casualty_unspecified",
        ),
    )
    junk = at("Read more: subscribe to our newsletter")
    return Draft(document(TEXT, junk=((junk.start, junk.end),)), (), claims)
