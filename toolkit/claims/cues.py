"""The dictionary form of a word of saying."""

from __future__ import annotations

import re

_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "thought": "think",
    "found": "find",
    "spoke": "speak",
    "put": "put",
    "puts": "put",
    "went": "go",
    "goes": "go",
    "learned": "learn",
    "denied": "deny",
    "denies": "deny",
    "replied": "reply",
    "replies": "reply",
    "testified": "testify",
    "verified": "verify",
    "verifies": "verify",
    "certified": "certify",
    "pointed": "point",
    "points": "point",
    "agreed": "agree",
    "agreeing": "agree",
    "tallied": "tally",
    "feared": "fear",
    "added": "add",
    "adding": "add",
    "assured": "assure",
    "telling": "tell",
    "conceded": "concede",
    "conceding": "concede",
    "joked": "joke",
    "outlined": "outline",
    "signalled": "signal",
    "signalling": "signal",
    "labelled": "label",
    "gave": "give",
    "given": "give",
    "ruled": "rule",
    "ruling": "rule",
}
# Stems that take an -e when the ending goes: "estimat-ed" is estimate, "report-ed" is report.
_MUTE_E = re.compile(
    r"(?:[aio]c|ounc|uc|enc|[aeou]s|is|ns|rs|ps|[aeiou]v|rv|edg|eg|arg|urg|u|[^aeo]at|[mnrt]at|rit|ut|it|ot|id|ud|clar"
    r"|plor|quir|min|oin|scrib|[^aeiou]l|pos|clos|i[sz]|ys|harg|am|op|as|icul|mpar|lcom|eplor|nounc)$"
)
_NO_E = re.compile(
    r"(?:point|admit|limit|credit|report|insist|assert|suggest|predict|reject|expect|protest|contest|doubt|reveal"
    r"|complain|explain|remain|maintain|contend|remind|respond|warn|learn|confirm|claim|deny|stress|discuss|confess"
    r"|express|press|address|tweet|post|hint|recount|count|document|recall|call|fault|boast|list|question|demand"
    r"|comment|lament|mention|caution|condemn|contest|detail|signal|refut|disput|repeat|treat)$"
)


def lemma_of(word: str) -> str:
    """The verb as a dictionary has it; a fixed phrase ("according to") as it is, in small letters.

    >>> lemma_of("acknowledged"), lemma_of("denies"), lemma_of("According to")
    ('acknowledge', 'deny', 'according to')
    """
    first, *rest = word.casefold().split()
    if first in {"according", "as"}:
        return " ".join([first, *rest])
    return " ".join([_verb(first), *rest])


def _verb(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ied") and len(word) > 5:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return _stem(word[: -len(ending)])
    if word.endswith("ies"):
        return word[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _stem(stem: str) -> str:
    if stem in {"refut", "disput"} or (not _NO_E.search(stem) and _MUTE_E.search(stem)):
        return stem + "e"
    if re.search(r"([bdgklmnprt])\1$", stem) and not stem.endswith(("ll", "ss")):
        return stem[:-1]
    return stem
