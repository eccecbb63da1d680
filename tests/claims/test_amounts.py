"""Money, shares and measures among the quantities that are shown."""

from __future__ import annotations

import pytest

from tests.claims.conftest import Label


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Over 70 percent of the village burned.", ["Over 70"]),
        ("The fund raised £61,500 by Monday.", ["£61,500"]),
        ("They hid at least 850 million euros of debt.", ["at least 850 million"]),
        ("Medicine worth KSh 17.3 million was sent.", ["17.3 million"]),
        ("Approximately 6,000 gallons of diesel ran out.", ["Approximately 6,000"]),
        ("The shell of 155mm was found.", ["155"]),
        ("The town lies 30 kilometres from the border.", []),
        ("The crater lies 40 metres from the gate.", []),
        ("A magnitude 6.1 quake shook the port.", []),
    ],
)
def test_amounts_are_shown(label: Label, text: str, amounts: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "QUANTITY"]
    assert found == amounts


def test_an_amount_is_no_toll(label: Label) -> None:
    claims = label("Over 70 percent of the village burned and nine people died.").claims
    assert [claim.quantity.raw for claim in claims if claim.quantity] == ["nine"]
