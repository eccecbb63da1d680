"""``factcheck rules score``: what people made of each rule's suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli.console import (
    emit,
    exit_code,
    format_option,
    progress,
    say,
    table,
    watched,
    without_issues,
)
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import Annotation, Draft, Issue
from toolkit.reading import read

if TYPE_CHECKING:
    from toolkit.review import RuleScore, Scorecard

RULES_SHOWN = 10
LINKS_SHOWN = 3


@click.command("score", short_help="Score the rules by what people made of their suggestions.")
@click.argument("annotations", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--drafts", type=click.Path(exists=True, path_type=str), metavar="FILE",
    help="The drafts that were pushed: then spans and corrected fields are counted, too.",
)  # fmt: skip
@click.option(
    "--server", envvar="LABEL_STUDIO_URL", metavar="URL",
    help="Where the tasks are, for links; without it LABEL_STUDIO_URL, else the project's own local server.",
)  # fmt: skip
@format_option
@click.pass_context
def score_by_people(
    ctx: click.Context, annotations: str, drafts: str | None, server: str | None, style: str
) -> None:
    """Score rules by ANNOTATIONS (from `factcheck pull`; - is stdin): accepted, corrected, removed, missed.

    Printed are the ten rules in one version each that made people most work, with precision and its 95 %
    interval, coverage, overlap and conflict with other rules, and links to tasks where they were
    wrong. --format json has all rules and all tasks. docs/agreement.md says how each is counted.

    \b
    Example:
      factcheck rules score annotations.jsonl
      factcheck rules score annotations.jsonl --drafts drafts.jsonl --format json
    """
    issues: list[Issue] = []
    with progress("reading annotations") as step:
        given = watched(without_issues(read(Annotation, annotations), issues), step)
        pushed = without_issues(read(Draft, drafts), issues) if drafts else ()
        card = pipeline.score_rules(given, drafts=pushed)
    list(without_issues(card.issues, issues))
    url = server or pipeline.studio_address(find_project())
    if style == "json":
        emit({**card.record(url), "issues": [asdict(issue) for issue in issues]})
    else:
        _as_text(card, url)
    say(f"{card.annotations} annotations, {len({one.rule for one in card.rules})} rules")
    ctx.exit(exit_code(issues))


def _as_text(card: Scorecard, url: str | None) -> None:
    shown = card.rules[:RULES_SHOWN]
    table(
        f"Rules that made most work ({len(shown)} of {len(card.rules)}; --format json has all)",
        ["rule", "of", "accepted", "corr.", "rej.", "missed", "precision"],
        [_row(one) for one in shown],
    )
    for one in shown:
        for line in _details(one, url):
            click.echo(printable(line))
    missed = ", ".join(f"{count} {kind} ({of})" for (of, kind), count in card.missed.most_common())
    click.echo(printable(f"missed by all rules: {missed or 'nothing'}"))


def _row(one: RuleScore) -> tuple[object, ...]:
    precision = one.precision()
    bounds = f"{_two(precision.value)} {_two(precision.low)}–{_two(precision.high)}"
    counts = (one.statuses[name] for name in ("accepted", "corrected", "rejected"))
    return one.rule, one.of, *counts, one.missed, bounds


def _details(one: RuleScore, url: str | None) -> Iterator[str]:
    counts = {"coverage": one.points, "overlap": one.overlap, "conflict": one.conflict}
    shares = ", ".join(f"{name} {_two(one.share(count))}" for name, count in counts.items())
    yield f"{one.rule} ({one.of}, {one.version}): {shares}"
    if one.fields:
        yield f"    corrected: {', '.join(f'{count} {name}' for name, count in one.fields.most_common())}"
    for task in one.record(url)["tasks"][:LINKS_SHOWN]:
        yield f"    {task['link'] or 'project {project} task {task}'.format(**task)}"


def _two(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".removeprefix("0")
