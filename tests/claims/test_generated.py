"""Texts that nobody would write: no crash, every span its slice, within a time bound.

``GENERATED_DOCUMENTS=20000 python -m pytest tests/claims/test_generated.py`` tries as many; the suite a few.
"""

from __future__ import annotations

import os
import random
import time

import pytest

from toolkit.claims import Entities, build_draft
from toolkit.model import Draft, Found
from toolkit.rules import RuleSet

from .conftest import document

COUNT = int(os.environ.get("GENERATED_DOCUMENTS", "40"))
SECONDS = 2.0
PIECES = """said says police army the The Two 12 1,200 people killed wounded “ ” " ' ‘ ’ ( ) [ ] . , : ; - –
 — $5 million at least more than to of in on Monday July 29, 2024 Mali Gao Wagner rebels , and that had been
 not according he it denied U.N. Mr. 3.5 % dozens \n \n\n \t \u2028 \u00a0 \u200b \u202e \ue000 \uf8ff
 e\u0301 İ ſ ß ½ ٣ 一千 🙂 👩\u200d👩\u200d👧 \U00010ffff … !? '' ``"""
WORDS = PIECES.split(" ")
LONG = {
    "said": "said " * 50_000,
    "numbers": " ".join(str(number * 37 % 9973) for number in range(15_000)),
    "brackets": "(" * 50_000 + "[" * 50_000 + ")" * 50_000,
    "letters": "a" * 150_000,
    "no full stop": "two people were killed and " * 1_500,
    "quotes": "“We won,” he said, " * 2_000,
    "line": "Police said two people were killed in Gao on Monday. " * 800,
}


def made(number: int) -> str:
    """The text of one number, always the same."""
    chance = random.Random(number)
    kind = number % 4
    if kind == 0:
        signs = (chance.randrange(1, 0x110000) for _ in range(chance.randrange(1, 400)))
        return "".join(chr(sign) for sign in signs if not 0xD800 <= sign < 0xE000)
    if kind == 1:
        return "".join(chance.choice("0123456789 .,-/:%") for _ in range(chance.randrange(1, 600)))
    between = "" if kind == 2 else " "
    return between.join(chance.choice(WORDS) for _ in range(chance.randrange(1, 250)))


def check(found: Found, draft: Draft) -> None:
    """Every match lies in a sentence, every mention and claim is its slice."""
    text = found.document.text
    for match in found.matches:
        places = [(match.start, match.end), *match.groups.values()]
        first, last = min(start for start, _ in places), max(end for _, end in places)
        assert match.start < match.end
        assert any(start <= first and last <= end for start, end in found.sentences)
    for mention in draft.mentions:
        assert text[mention.start : mention.end] == mention.text != ""
    for claim in draft.claims:
        assert claim.span.holds_in(text)
        assert claim.sentence.holds_in(text)


def test_generated_texts(rules: RuleSet, entities: Entities) -> None:
    slowest = 0.0
    for number in range(COUNT):
        page = document(made(number))
        for _ in range(2):
            start = time.process_time()
            found = rules.find(page, known=entities.matches(page))
            draft = build_draft(found, entities=entities, rules_version="1")
            taken = time.process_time() - start
            if taken < SECONDS:  # else it may be the first text that needs some of the expressions compiled
                break
        slowest = max(slowest, taken)
        assert not found.issues, number
        check(found, draft)
    assert slowest < SECONDS, "a short text took more than its time"


@pytest.mark.parametrize("name", sorted(LONG))
def test_long_texts_take_time_by_their_length(name: str, rules: RuleSet, entities: Entities) -> None:
    whole = LONG[name]
    seconds = []
    for text in (whole[: len(whole) // 10], whole[: len(whole) // 10], whole[: len(whole) * 2 // 5]):
        page = document(text)
        start = time.process_time()
        found = rules.find(page, known=entities.matches(page))
        draft = build_draft(found, entities=entities, rules_version="1")
        seconds.append(time.process_time() - start)
        assert not found.issues
        assert len(draft.claims) <= len(found.matches)
    # The first run compiles; four times the length may take seven times the time, with the clock's noise.
    assert seconds[2] < 7 * seconds[1] + 0.3
