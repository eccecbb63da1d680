"""Count the rows on a real Label Studio, which is started first and stopped at the end.

    python -m tests.studio.faults [--quick] [ROW ...]

prints a line a row: what was tried, and in how many of how many cases it went as it must. Ends with 1 when
one did not. ``tests/studio/test_fault_rows.py`` runs the rows with fewer cases.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from tests.studio.faults.rows import ROWS, run
from tests.tally import counted
from toolkit.studio.local import server


def main() -> int:
    """The rows that were named, else all; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    parser.add_argument("--state", type=Path, help="the state folder of a local server that runs already")
    given = parser.parse_args()
    with nullcontext(given.state) if given.state else started() as state:
        counts = [
            counted(name, ROWS[name], partial(run, name, state, quick=given.quick))
            for name in given.rows or ROWS
        ]
    return int(any(counts))


@contextmanager
def started() -> Iterator[Path]:
    """A new local server, stopped and gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / ".factcheck"
        try:
            server.start(state)
            yield state
        finally:
            server.stop(state)


if __name__ == "__main__":
    sys.exit(main())
