"""``factcheck score``: hold drafts against gold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, progress, say, table
from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.score import Count, Score

RULES_SHOWN = 15
ISSUES_SHOWN = 20


@click.command("score", short_help=COMMANDS["score"])
@click.argument("gold", type=click.Path(exists=True, path_type=str))
@click.argument("drafts", type=click.Path(exists=True, allow_dash=True, path_type=str))
@click.option(
    "--documents", multiple=True, type=click.Path(exists=True, path_type=str), metavar="FILE",
    help="The gold's documents, where GOLD is a file of claims; those without a claim then count, too.",
)  # fmt: skip
@click.option("--show", is_flag=True, help="Print every span and link that only one side has.")
@format_option
@click.pass_context
def command(
    ctx: click.Context, gold: str, drafts: str, documents: tuple[str, ...], show: bool, style: str
) -> None:
    """Hold DRAFTS (what prelabel wrote; - is stdin) against GOLD, a dataset's folder or a file of claims.

    Printed are precision, recall and F1 per label and per link between labels (same span; and at least half
    of it shared), how often intervals, effects, stances and other properties are right, and the precision
    of each rule. Documents that only one side has are named. Exit code 1 when a record is bad or a text is
    another on the two sides.

    \b
    Example:
      factcheck score exports/mali drafts.jsonl
      factcheck prelabel documents.jsonl | factcheck score claims.jsonl - --documents documents.jsonl
    """
    with progress("reading") as step:
        found = pipeline.score(gold, drafts, documents=documents, show=show, on_progress=step)
    if style == "json":
        issues = [asdict(issue) for issue in found.issues]
        extra = {"differences": [asdict(one) for one in found.differences]} if show else {}
        emit({**found.record(), **extra, "issues": issues})
    else:
        _as_text(found)
    for issue in found.issues[:ISSUES_SHOWN]:
        say(f"factcheck: {printable(str(issue))}")
    hidden = len(found.issues) - ISSUES_SHOWN
    if hidden > 0:
        say(f"factcheck: {hidden} more issues; --format json has all of them")
    ctx.exit(exit_code(found.issues))


def _as_text(found: Score) -> None:
    told = (
        f"{found.documents} documents, {found.claims['gold']} gold claims, {found.claims['drafted']} drafted"
    )
    _counts(told, "label", found.labels)
    _counts("Links", "link", found.links)
    table(
        "Properties, of claims that overlap and numbers that touch",
        ["property", "gold", "drafted", "found", "right", "P    R    F1"],
        [(name, one.gold, one.drafted, one.matched, one.right, _shares(one.record()))
         for name, one in found.properties.items()],
    )  # fmt: skip
    worst = sorted(found.rules.items(), key=lambda item: (-sum(item[1].wrong.values()), item[0]))
    table(
        f"Rules with most spans that the gold lacks ({min(RULES_SHOWN, len(worst))} of {len(worst)}; "
        "--format json has all)",
        ["rule", "spans", "right", "precision", "wrong"],
        [(name, one.drafted, one.overlap, _share(one.precision()),
          ", ".join(f"{count} {label}" for label, count in sorted(one.wrong.items())))
         for name, one in worst[:RULES_SHOWN]],
    )  # fmt: skip
    for one in found.differences:
        ids = f"  ({', '.join(one.rule_ids)})" if one.rule_ids else ""
        click.echo(printable(f"{one.doc_id} {one.start} {one.label} {one.side}: {_line(one.text)}{ids}"))


def _counts(title: str, kind: str, counts: Mapping[str, Count]) -> None:
    rows = [
        (name, one.gold, one.drafted, _shares(one.record()["exact"]), _shares(one.record()["overlap"]))
        for name, one in counts.items() if one.gold or one.drafted
    ]  # fmt: skip
    table(title, [kind, "gold", "drafted", "exact P R F1", "overlap P R F1"], rows)


def _shares(record: Mapping[str, float | None]) -> str:
    return " ".join(_share(record[name]) for name in ("precision", "recall", "f1"))


def _share(value: float | None) -> str:
    """Three places without the leading 0, so that tables fit 80 columns."""
    return "   –" if value is None else f"{value:.3f}".removeprefix("0").rjust(4)


def _line(text: str) -> str:
    return " ".join(text.split())
