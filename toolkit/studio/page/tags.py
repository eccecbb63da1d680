"""The tags of a labelling configuration with their lines, read without ever resolving an entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

MAX_CHARS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One XML element; ``line`` counts from 1."""

    name: str
    attrs: Mapping[str, str]
    line: int
    parent: Tag | None

    def shown(self) -> str:
        """The tag in a message."""
        return f"{self.name} {self.attrs.get('alias') or self.attrs.get('value') or self.attrs.get('name')!r}"


def parse(xml: str) -> list[Tag]:
    """All tags in document order.

    Raises ``ValueError(problem, line)`` when it is not well-formed, or declares a document type: that is
    where entities come from that grow without end or read other files.
    """
    if len(xml) > MAX_CHARS:
        raise ValueError(f"longer than {MAX_CHARS} characters", 1)
    parser = expat.ParserCreate()
    found: list[Tag] = []
    open_tags: list[Tag] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        tag = Tag(name, attrs, parser.CurrentLineNumber, open_tags[-1] if open_tags else None)
        found.append(tag)
        open_tags.append(tag)

    def end(_name: str) -> None:
        open_tags.pop()

    def doctype(*_declared: object) -> None:
        raise ValueError("a DOCTYPE", parser.CurrentLineNumber)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(f"not XML: {expat.ErrorString(error.code)}", error.lineno) from error
    return found
