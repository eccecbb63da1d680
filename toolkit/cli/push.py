"""``factcheck push``: drafts to Label Studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import (
    emit,
    exit_code,
    format_option,
    progress,
    say,
    table,
    without_issues,
)
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import Draft, Issue, to_record
from toolkit.reading import read

STEPS_SHOWN = 40

if TYPE_CHECKING:
    from toolkit.studio import PushReport


@click.command("push", short_help=COMMANDS["push"])
@click.argument("drafts", type=click.Path(allow_dash=True))
@click.option("--project", "title", help="Title of the Label Studio project (default: studio.title).")
@click.option("--dry-run", is_flag=True, help="Print the plan by document and send nothing.")
@click.option(
    "--concurrency", type=click.IntRange(1, 16), default=1, show_default=True,
    help="Batches on their way at once; more than one helps only on a far or many-processed server.",
)  # fmt: skip
@format_option
def command(drafts: str, title: str | None, dry_run: bool, concurrency: int, style: str) -> None:
    """Send DRAFTS (drafts.jsonl, or - for stdin) to Label Studio for people to verify.

    Pushing twice adds nothing, and nobody's work is touched: a document that is there already gets
    new suggestions beside the old ones when the rules have changed, else nothing. What a failure
    interrupts, the same command finishes. --dry-run says for each document whether it would be added, get
    a new prediction or stay unchanged, and which of the project's are not in these drafts (orphaned).

    The server is the one of LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY, else the local one of
    `factcheck studio start`. FACTCHECK_TIMEOUT is how long to wait for an answer (300 seconds);
    FACTCHECK_ALLOW_HTTP=1 allows http:// to another machine.

    \b
    Example:
      factcheck prelabel articles/ --out drafts.jsonl
      factcheck push drafts.jsonl --project "Mali 2024" --dry-run
      factcheck push drafts.jsonl --project "Mali 2024"
    """
    issues: list[Issue] = []
    with progress("Sending") as step:
        report = pipeline.push(
            without_issues(read(Draft, drafts), issues), project=find_project(), title=title,
            dry_run=dry_run, concurrency=concurrency, on_progress=step,
        )  # fmt: skip
    for issue in report.refused + report.warnings:
        say(f"factcheck: {printable(str(issue))}")
    if style == "json":
        emit({**to_record(report), "refused": [to_record(issue) for issue in [*issues, *report.refused]]})
    else:
        _show(report, len(issues))
    raise click.exceptions.Exit(exit_code([*issues, *report.refused]))


def _show(report: PushReport, unread: int) -> None:
    if report.plan:
        # What changes comes first; the order within an action is the drafts'.
        order = ("add", "refresh prediction", "orphaned", "unchanged")
        plan = sorted(report.plan, key=lambda step: order.index(step.action))
        more = len(plan) - STEPS_SHOWN
        said = f" ({STEPS_SHOWN} of {len(plan)}; --format json has all)" if more > 0 else ""
        steps = [(one.action, one.doc_id, one.task or "–", one.source or "–") for one in plan[:STEPS_SHOWN]]
        table(f"Plan by document{said}", ("action", "document", "task", "source"), steps)
    would = "would be " if report.dry_run else ""
    rows = [
        (f"{would}added", report.added),
        (f"{would}given new suggestions", report.refreshed),
        ("there already", report.unchanged),
        ("in the project, not in these drafts", report.orphaned),
        ("refused", unread + len(report.refused)),
    ]
    table(f"{report.project} (rules {report.model_version})", ("documents", "count"), rows)
    click.echo(report.url)
