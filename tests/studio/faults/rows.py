"""The rows by name, and one run of one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.studio.faults import answers, closed, kills, pages, people, sending, tokens
from tests.studio.faults.ground import Ground
from tests.tally import Tally

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROWS: dict[str, Callable[[Tally, Ground], None]] = {
    "batches": sending.batches, "late": sending.late, "server-kills": kills.whole_server,
    "client-kills": kills.client, "pull-kills": kills.pulling,
    "annotators": people.annotators, "revoked": tokens.revoked, "canary": tokens.canary,
    "answers": answers.wrong, "changes": people.changes, "closed": closed.hardening,
    "scripts": pages.payloads, "forged": pages.forged,
}  # fmt: skip


def run(name: str, state: Path, *, quick: bool, browser: Browser | None = None) -> Tally:
    """The tally of one row on the server of this state, in a folder that is gone afterwards."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as room:
        ROWS[name](tally, Ground(state, Path(room), quick, browser))
    return tally
