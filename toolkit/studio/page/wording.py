"""The page's own words for the codes that records use, for what people read there."""

from __future__ import annotations

import re

from toolkit.studio.page.tags import parse

_CODED = ("certainty", "check")
"""The controls whose aliases are codes; the other aliases are words that anybody reads."""


def spelled(text: str, labeling: str) -> str:
    """A message with the page's wording behind each code: ``PS+`` becomes ``PS+ (possible)``.

    ``labeling`` is the project's labelling configuration, whose wording is its owner's; a code that it
    does not show stays as it is.
    """
    words = {
        tag.attrs["alias"]: tag.attrs["value"]
        for tag in parse(labeling)
        if tag.parent and tag.parent.attrs.get("name") in _CODED and {"alias", "value"} <= tag.attrs.keys()
    }
    if not words:
        return text
    codes = "|".join(re.escape(code) for code in sorted(words, key=len, reverse=True))
    return re.sub(rf"(?<![\w+-])({codes})(?![\w+-])", lambda found: f"{found[0]} ({words[found[0]]})", text)
