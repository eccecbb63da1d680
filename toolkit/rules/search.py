"""PCRE2's search without what the Python layer of its module does at each call.

Our searches are many and short, and that layer takes as long as half of them. What is called instead is the
layer below, which is not public: two searches show whether the installed release still has it as we know it,
and where it has not, the public one is used.
"""

from __future__ import annotations

from collections.abc import Callable

import pcre2

Search = Callable[[pcre2.Pattern, str], pcre2.Match | None]
"""The first match of a pattern in a text. Raises ``pcre2.LibraryError`` as ``pcre2.Pattern.search`` does."""


def quickest() -> Search:
    """The search to use with the installed release."""
    try:
        search = _direct()
        found = search(pcre2.compile("b(c)"), "abc")
        known = found is not None and (found.span(), found.span(1)) == ((1, 3), (2, 3))
        known = known and search(pcre2.compile("d"), "abc") is None
    except (AttributeError, TypeError, ValueError, pcre2.LibraryError):
        known = False
    return search if known else pcre2.Pattern.search


def _direct() -> Search:
    run, context, made = pcre2._cy.match, pcre2._EMPTY_MATCH_CONTEXT, pcre2.Match

    def search(pattern: pcre2.Pattern, text: str) -> pcre2.Match | None:
        size = len(text)
        data, place, options = run(pattern._pcre2_code, text, size, 0, context, 0)
        return made(data, pattern, text, 0, size, place, options) if data else None

    return search


search = quickest()
