"""Every row of ``python -m tests.gold.faults``, with fewer cases."""

from __future__ import annotations

import pytest

from tests.gold.faults import ROWS
from tests.gold.faults.hostile import bad_patterns, bombs
from tests.tally import run


@pytest.mark.parametrize("name", ROWS)
def test_no_case_goes_wrong(name: str) -> None:
    tally = run(ROWS[name], quick=True)
    assert tally.cases >= 4
    assert tally.wrong == []


def test_there_are_as_many_as_they_say() -> None:
    assert len(set(bad_patterns())) == 50
    assert len(list(bombs())) > 20
