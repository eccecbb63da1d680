"""Where a quote of the hand-written gold stands in its article."""

from __future__ import annotations

import re

from toolkit.model import Document, Span

STOP = re.compile(r"[.!?]['\"’”)]*\s+(?![a-z])")
Place = tuple[int, int]


class Text:
    """An article's text; ``name`` is the gold file that quotes it, for messages."""

    def __init__(self, document: Document, name: str) -> None:
        self.document, self.text, self.name = document, document.text, name
        self.whole: Place = (0, len(self.text))

    def places(self, quote: str, scope: Place) -> list[Place]:
        """Where a quote stands in ``text[start:end]``; ``a [b] c`` means the b between a and c."""
        before, target, after = re.split(r"[\[\]]", quote) if "[" in quote else ("", quote, "")
        words = [r"\s+".join(map(re.escape, part.split())) for part in (before, target, after)]
        spaced = [words[0] + r"\s+" if before else "", words[1], r"\s+" + words[2] if after else ""]
        pattern = rf"(?<!\w){spaced[0]}({spaced[1]}){spaced[2]}(?!\w)"
        return [match.span(1) for match in re.compile(pattern).finditer(self.text, *scope)]

    def find(self, quote: str, *scopes: Place) -> Span:
        """The quote's one place in the first scope that has it."""
        for scope in scopes:
            found = self.places(quote, scope)
            if len(found) == 1:
                return Span.of(self.text, *found[0])
            if found:
                raise SystemExit(f"{self.name}: {quote!r} stands {len(found)} times; write more [around] it")
        raise SystemExit(f"{self.name}: {quote!r} is not where it should be in {self.document.source_path}")

    def sentence(self, place: int) -> Span:
        """The sentence around a place; a line break ends one too."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place) if "\n" in self.text[place:] else len(self.text)
        for stop in STOP.finditer(self.text, start, end):
            if stop.end() > place:
                return Span.of(self.text, start, stop.start() + len(stop[0].rstrip()))
            start = stop.end()
        return Span.of(self.text, start, end)
