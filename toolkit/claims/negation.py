"""Whether a content says that something is not so ("no soldiers were killed", "it had not fired")."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Without one of these words nothing below matches, and it is told at a fraction of the time.
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "no none nobody neither nothing nowhere not never without hardly scarcely few cannot yet "
        "short fail fails failed failing refuse refuses refused declined declines neglect "
        "neglects neglected refrain refrains refrained unable unhurt unharmed uninjured unaware "
        "unfounded untrue false baseless groundless unsubstantiated inaccurate incorrect "
        "fabricated unarmed impossible far lie lies hoax fabrication falsehood fiction myth "
        "propaganda nonsense fake lack lacks lacked deny denies denied decline",
    )
)
_LETTERS = re.compile(r"[a-z]+")
# A content says that something is not so: its subject is nobody, or its first verb is negated.
_NEGATED = re.compile(
    r"[“\"']*(?:that\s+)?(?:(?:and|but|so|yet|well|look|because)\s+)?(?:{fronted})?(?:"
    r"(?:no(?!\s+(?:fewer|less|more)\s+than\b|\s+longer\b)|none|nobody|no-one|neither|nothing|nowhere"
    r"|not\s+(?:a|one)\s+single|not\s+one|not\s+(?:all|everyone|enough|many|much|yet)|at\s+no\s+(?:time|point|stage)|in\s+no\s+way|under\s+no\s+circumstances|never|not\s+to|having\s+(?:no|not|never)|without"
    r"|nothing|hardly\s+any(?:one|body|thing)?|few\s+if\s+any|to\s+have\s+(?:no|not|never))\b"
    r"|(?:there\s+)?(?:{word},?\s+){{0,16}}?(?:[“\"‘]?{helper}(?:n['’]t\b|\s+(?:\w+ly\s+|also\s+|be\s+|been\s+|have\s+|still\s+|(?:he|she|it|they|we|I)\s+)?(?:not|never|no|neither|nobody|nowhere|hardly|scarcely)\b)|cannot\b)"
    r"(?!\s+(?:only|just|yet\s+clear|(?:yet\s+)?(?:know|known|confirm|confirmed|verify|say|said|rule|ruled|clear)"
    r"|(?:fewer|less|more)\s+than)\b)"
    r"|(?:I['’]m|(?:we|they|you)['’]re|(?:it|that|he|she|there)['’]s|(?:I|we|they|you)['’]ve)\s+(?:\w+ly\s+)?(?:not|never|no)\b"
    r"|(?:to\s+)?(?:{word}\s+){{0,6}}?(?:never|no\s+longer|hardly\s+(?:ever|any))\s+\w+|(?:{word}\s+){{1,8}}?{helper}\s+(?:still\s+|all\s+)?yet\s+to\s"
    r"|(?:{word}\s+){{0,16}}?(?:[\w’'-]+(?:ed|s)|have|had|found|saw|made|took|gave|met|held|left|felt|knew|got|see|find|pose)"
    r"\s+(?:no(?!\s+(?:fewer|less|more|longer|doubt)\b)|nothing|nobody|none|neither)\b"
    r"|(?:{word}\s+){{1,8}}?(?:fail(?:ed|s|ing)?\s+to|refus(?:ed|es?)\s+to|declin(?:ed|es?)\s+to|neglect(?:ed|s)?\s+to|refrain(?:ed|s)?\s+from|(?:stop(?:ped|s)?|f[ae]ll(?:en|s)?)\s+short\s+of|(?:{helper}|been)\s+(?:\w+ly\s+|also\s+|still\s+|simply\s+|just\s+|all\s+)?(?:unable|unhurt|unharmed|uninjured|unaware|unfounded|untrue"
    r"|false|baseless|groundless|unsubstantiated|inaccurate|incorrect|fabricated|unarmed|impossible|nowhere|without|none|far\s+from|lies"
    r"|(?:a\s+|an\s+|all\s+|pure\s+|total\s+|complete\s+|sheer\s+|utter\s+)*(?:lie|hoax|fabrication|falsehood|fiction|myth|propaganda|nonsense|fake))"
    r"|lack(?:ed|s)?|den(?:y|ied|ies)\s+(?:any|all|having|being))\b)".format(
        word=r"(?!(?:that|which|who|whose|if|whether|because|when|while|although|but|and|or|as|anytime|whenever|where|unless|why|how|what)\b)[$€£¥₦₹]?[\w’'-]+(?:[.,]\d+)*%?",
        fronted=r"(?:(?:in|on|at|for|during|by|since|after|before|until|so|as|between|under|with|within|among|amid|despite|contrary|because|from|according"
        r"|to|unlike|following|when|if|although|though|even|while)\s[^;.“”\"]{2,80}?"
        r"|to\s+be\s+(?:frank|honest|clear|fair|sure)|however|instead|still|meanwhile|otherwise|overall|nevertheless|nonetheless|\w+ly),\s+",
        helper=r"(?:is|are|was|were|has|have|had|did|do|does|will|would|can|could|ca|wo|may|might|must|should)",
    ),
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[,;:]|\s(?:and|but|while|because|although|though|after|when)\s")
_SENTENCES = re.compile(r"[.!?][”\"’]*\s+[“\"‘]*[A-Z]")


def negated(text: str, pieces: Sequence[tuple[int, int]], count: int | None = None) -> bool:
    """Whether the first of the pieces says so.

    ``count`` is where the claim's count stands; behind the content's first clause it is not meant.
    """
    start, end = pieces[0]
    found = _NEGATED.match(text, start, end) if _has_word(text[start:end].casefold()) else None
    if found is None or (count is None and len(_SENTENCES.findall(text, start, end)) > 1):
        return False
    return count is None or (
        start <= count and not _NEXT_CLAUSE.search(text, found.end(), max(count, found.end()))
    )


def _has_word(letters: str) -> bool:
    return "n't" in letters or "n’t" in letters or not _WORDS.isdisjoint(_LETTERS.findall(letters))
