"""``factcheck pull``: people's work out of Label Studio."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, progress, say, table
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import to_record

if TYPE_CHECKING:
    from toolkit.studio import PullReport


@click.command("pull", short_help=COMMANDS["pull"])
@click.option(
    "--out", default="annotations.jsonl", show_default=True, type=click.Path(allow_dash=True),
    help="Where the annotations go; - is stdout.",
)  # fmt: skip
@click.option("--project", "title", help="Title of the Label Studio project (default: studio.title).")
@click.option("--full", is_flag=True, help="Read every task again, not only those that changed.")
@click.option("--identities", is_flag=True, help="E-mail addresses in place of pseudonyms.")
@click.option("--drafts", type=click.Path(path_type=Path), help="Also write unsubmitted work to this file.")
@click.option("--predictions", type=click.Path(path_type=Path), help="Also write what was suggested.")
@format_option
def command(
    out: str, title: str | None, full: bool, identities: bool, drafts: Path | None, predictions: Path | None,
    style: str,
) -> None:  # fmt: skip
    """Fetch every submitted annotation of the project, skipped ones too.

    Only tasks that changed since the last pull are fetched; what is written is always complete.
    Annotators appear under pseudonyms; .factcheck/annotators.json, for you alone, says who is who.
    Every pull is also kept in .factcheck/pulls/, with its counts and the server's in
    .factcheck/pulls.jsonl, since everybody with an account can delete projects on the server.
    Server and login are found as for `push`.

    \b
    Example:
      factcheck pull --project "Mali 2024" --out annotations.jsonl
      factcheck adjudicate annotations.jsonl --out claims.jsonl
    """
    from toolkit.studio import Wanted

    with progress("Fetching") as step:
        wanted = Wanted(full=full, identities=identities, drafts=drafts, predictions=predictions)
        report = pipeline.pull(out, project=find_project(), title=title, wanted=wanted, on_progress=step)
    for issue in report.issues:
        say(f"factcheck: {printable(str(issue))}")
    if out == "-":
        say(f"{report.annotations} annotations of {report.tasks} tasks from {report.url}")
    elif style == "json":
        emit({**to_record(report), "archive": str(report.archive)})
    else:
        _show(report)
    raise click.exceptions.Exit(exit_code(report.issues))


def _show(report: PullReport) -> None:
    rows: list[tuple[str, object]] = [
        ("tasks", report.tasks),
        *((f"  {state}", number) for state, number in report.states.items()),
        ("tasks with submitted work", report.annotated),
        ("annotations", report.annotations),
        ("  skipped", report.skipped),
        ("  without any region", report.empty),
        *((f"claims {status}", number) for status, number in report.claims.items()),
        ("regions in quarantine", report.quarantined),
        ("annotations left out", sum(issue.severity == "error" for issue in report.issues)),
    ]
    table(report.project, ("pulled", "count"), rows)
    if report.since:
        click.echo(f"{report.fetched} tasks fetched; the others are as in the pull of {report.since}")
    click.echo(f"{report.out} (kept as {report.archive})")
    click.echo(report.url)
