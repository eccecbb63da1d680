"""The quick way to write an annotation record gives the bytes of the exact one, or leaves it to it."""

from __future__ import annotations

import math
import random
import struct
from dataclasses import replace
from typing import Any

import pytest

from tests.studio.drafts import draft
from tests.studio.test_regions import annotated
from toolkit.files import to_json
from toolkit.model import Annotation, to_record
from toolkit.studio.pull.lines import to_line
from toolkit.studio.reach import wire


def with_value(value: Any) -> Annotation:
    """A record whose last region has something of the server's in it."""
    made = annotated(draft())
    return replace(made, result=(*made.result, {"id": "x", "meta": {"pieces": None, "value": value}}))


@pytest.mark.parametrize(
    "value",
    [
        0.1, -0.0, 1e-4, 9.9e-5, 1e-5, -1e-7, 1e15, 1e16, 1.5e300, 5e-324, 2**63, 2**70, -1, True, None,
        "3e5, -2e1, 0.00001", '"pieces":null', ',"pieces":null', '"result":[]}',
        "\u2028 \u0000 \x7f é 😀 \\ / \t",
        [[], {}, [0.5, [1e22]]],
    ],
)  # fmt: skip
def test_what_a_server_may_send_is_written_as_the_exact_way_does(value: Any) -> None:
    found = with_value(value)
    assert to_line(found) == to_json(to_record(found)).encode("utf-8")


def test_numbers_of_all_sizes_are_written_alike() -> None:
    chance = random.Random(5)
    numbers = [struct.unpack("d", chance.randbytes(8))[0] for _ in range(500)]
    numbers += [round(chance.uniform(-1, 1) * 10 ** chance.randint(-8, 18), 6) for _ in range(500)]
    for number in filter(math.isfinite, numbers):
        found = with_value([number, {"score": number}])
        assert to_line(found) == to_json(to_record(found)).encode("utf-8")


@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1e999"])
def test_what_is_no_number_is_refused_and_not_made_null(number: bytes) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        to_line(with_value(wire._value(b'{"score": ' + number + b', "unit": 0.5}')))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates not allowed"):
        to_line(with_value("\ud800"))
