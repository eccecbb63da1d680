"""``factcheck prelabel``: rules suggest mentions and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import exit_code, format_option, progress, say, without_issues
from toolkit.config import find_project
from toolkit.files import Progress, to_json, write_records
from toolkit.model import Draft, Issue, to_record


@dataclass(slots=True)
class _Counts:
    """What went by."""

    documents: int = 0
    mentions: int = 0
    claims: int = 0
    tolls: int = 0

    def add(self, draft: Draft) -> None:
        self.documents += 1
        self.mentions += len(draft.mentions)
        self.claims += len(draft.claims)
        self.tolls += sum(claim.quantity is not None for claim in draft.claims)


@click.command("prelabel", short_help=COMMANDS["prelabel"])
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--out", default="-", show_default=True, metavar="FILE", help="Where the drafts go; - is stdout.",
)  # fmt: skip
@format_option
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], out: str, style: str) -> None:
    """Suggest claims by rules for PATHs: articles (txt, html, jsonl, csv, folders, -) or documents.jsonl.

    Writes one draft a document: the document, its labelled mentions and its claims. The summary goes
    to stderr. Bad articles are named and left out, the others are written; exit code 1 then.

    \b
    Example:
      factcheck prelabel articles/ --out drafts.jsonl
    """
    issues: list[Issue] = []
    counts = _Counts()
    with progress("prelabel") as step:
        drafts = without_issues(pipeline.prelabel(paths, project=find_project()), issues)
        write_records(out, (to_record(draft) for draft in _counted(drafts, counts, step)))
    _summarise(counts, len(issues), style)
    ctx.exit(exit_code(issues))


def _counted(drafts: Iterable[Draft], counts: _Counts, step: Progress) -> Iterator[Draft]:
    for draft in drafts:
        counts.add(draft)
        step(counts.documents, None)
        yield draft


def _summarise(counts: _Counts, issues: int, style: str) -> None:
    found = {
        "documents": counts.documents, "mentions": counts.mentions, "claims": counts.claims,
        "claims_with_toll": counts.tolls, "issues": issues,
    }  # fmt: skip
    if style == "json":
        say(to_json(found))
    else:
        say(
            f"{counts.documents} documents, {counts.mentions} mentions, {counts.claims} claims, "
            f"{counts.tolls} with a toll" + (f"; {issues} issues" if issues else "")
        )
