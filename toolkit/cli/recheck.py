"""``factcheck recheck``: what validation found, back to the annotators."""

from __future__ import annotations

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, say, table
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import to_record


@click.command("recheck", short_help=COMMANDS["recheck"])
@click.argument("found", nargs=-1, required=True, type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--documents", multiple=True, type=click.Path(path_type=str), metavar="PATH",
    help="File with the texts, when FOUND are records; repeatable.",
)  # fmt: skip
@click.option("--project", "title", help="Title of the Label Studio project (default: studio.title).")
@click.option("--warnings", is_flag=True, help="Send warnings back too, not only errors.")
@format_option
def command(
    found: tuple[str, ...], documents: tuple[str, ...], title: str | None, warnings: bool, style: str
) -> None:
    """Send errors back to annotators: FOUND are files that `validate --format json` wrote (- is stdin), or
    the claims or annotations themselves, which are then validated.

    Each task with an error gets it shown under its headline, and stands in the tab "To re-review"
    until it is mended: run again with what is found then, messages that no longer hold are taken away.
    So FOUND has to cover all of the project's records. Annotations are not touched.

    \b
    Example:
      factcheck validate claims.jsonl --documents documents.jsonl --format json > issues.json
      factcheck recheck issues.json --project "Mali 2024"
      factcheck recheck claims.jsonl --documents documents.jsonl --project "Mali 2024"
    """
    report = pipeline.recheck(
        found, project=find_project(), documents=documents, title=title, warnings=warnings
    )
    for issue in report.issues:
        say(f"factcheck: {printable(str(issue))}")
    if style == "json":
        emit(to_record(report))
        return
    rows = [
        ("to re-review", report.open),
        ("  newly told", report.sent),
        ("mended, message taken away", report.cleared),
        ("belonging to no task", sum(issue.check == "recheck/task" for issue in report.issues)),
    ]
    table(report.project, ("tasks", "count"), rows)
    click.echo(report.url)
