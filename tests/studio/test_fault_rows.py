"""Every row of ``python -m tests.studio.faults``, with fewer cases."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.studio.faults.payloads import PAYLOADS
from tests.studio.faults.rows import ROWS, run
from toolkit.studio.local.server import ServerInfo

IN_A_BROWSER = ("scripts", "forged")


@pytest.mark.parametrize("name", [name for name in ROWS if name not in IN_A_BROWSER])
def test_no_case_goes_wrong(name: str, studio: ServerInfo) -> None:
    tally = run(name, studio.log.parent.parent, quick=True)
    assert tally.cases > 0
    assert tally.wrong == []


@pytest.mark.parametrize("name", IN_A_BROWSER)
def test_no_page_does_harm(name: str, studio: ServerInfo, browser: Browser) -> None:
    tally = run(name, studio.log.parent.parent, quick=True, browser=browser)
    assert tally.cases > 0
    assert tally.wrong == []


def test_there_are_as_many_payloads_as_they_say() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 40
