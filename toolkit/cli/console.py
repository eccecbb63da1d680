"""What people see: tables on stdout, progress and notes on stderr, issues one a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from toolkit.errors import printable
from toolkit.files import Progress
from toolkit.model import Issue

T = TypeVar("T")

format_option = click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How to report.",
)  # fmt: skip


def say(line: str) -> None:
    """One note on stderr."""
    click.echo(line, err=True)


def emit(value: Any) -> None:
    """One JSON value on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout; control characters in cells are shown as escapes, never run."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, title_justify="left")
    for column in columns:
        drawn.add_column(column)
    for row in rows:
        drawn.add_row(*(Text(printable(str(cell))) for cell in row))
    Console().print(drawn)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Progress]:
    """A progress bar on stderr while the block runs, only on a terminal; call what it gives."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:
        task = bars.add_task(label, total=total)

        def step(done: int, of: int | None) -> None:
            bars.update(task, completed=done, total=of)

        yield step


def without_issues(items: Iterable[T | Issue], issues: list[Issue]) -> Iterator[T]:
    """The good items; issues are said on stderr as they come and kept in ``issues``."""
    for item in items:
        if isinstance(item, Issue):
            issues.append(item)
            say(f"factcheck: {printable(str(item))}")
        else:
            yield item


def watched(items: Iterable[T], step: Progress) -> Iterator[T]:
    """The items as they are, counted on the way."""
    for count, item in enumerate(items, start=1):
        step(count, None)
        yield item


def report(pieces: Iterable[str]) -> None:
    """A report on stdout, a piece at a time."""
    for piece in pieces:
        click.echo(piece, nl=False)


def report_issues(issues: list[Issue], style: str, summary: Callable[[], str]) -> None:
    """All issues in order on stdout, as lines or as one JSON array, and a summary line on stderr."""
    from toolkit.gold.reports import REPORTS

    report(REPORTS[style](sorted(issues, key=Issue.order)))
    say(summary())


def exit_code(issues: Iterable[Issue]) -> int:
    """1 when any issue is an error, else 0."""
    return int(any(issue.severity == "error" for issue in issues))


def is_terminal() -> bool:
    """Whether a person is watching stderr."""
    return sys.stderr.isatty()
