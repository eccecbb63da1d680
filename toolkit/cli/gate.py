"""``factcheck gate``: is a dataset good enough."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, progress, say, table
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import Issue

if TYPE_CHECKING:
    from toolkit.gold.gate import Measure

SHOWN = 20


@click.command("gate", short_help=COMMANDS["gate"])
@click.argument("dataset", required=False, type=click.Path(path_type=Path))
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="FOLDER",
    help="Release to measure drift against; default: the last one beside DATASET.",
)  # fmt: skip
@format_option
@click.pass_context
def command(ctx: click.Context, dataset: Path | None, since: Path | None, style: str) -> None:
    """Hold DATASET (default: exports/NAME of the project) against the thresholds in project.yaml.

    Measured are the errors of validate, the share of claims nobody looked at, the share of suggestions
    that people accepted as they were, the mean agreement where claims have one, and the share of the
    last release's claims that say something else now or are gone. Exit code 1 when a threshold is crossed.

    \b
    Example:
      factcheck gate exports/mali-1.2.0
      factcheck gate exports/mali --since exports/mali-1.1.0 --format json
    """
    project = find_project()
    folder = dataset or project.configs.parent / "exports" / project.settings.name
    measures: list[Measure] = []
    errors: list[Issue] = []
    with progress("measuring") as step:
        for item in pipeline.gate(folder, project=project, since=since, on_progress=step):
            if isinstance(item, Issue):
                errors += [item] if len(errors) < SHOWN else []
            else:
                measures.append(item)
    crossed = [one.name for one in measures if one.state == "crossed"]
    if style == "json":
        rows = [{**asdict(one), "state": one.state} for one in measures]
        emit({"dataset": str(folder), "passed": not crossed, "measures": rows})
    else:
        table(
            str(folder), ["figure", "value", "wanted", "state", "from"],
            [(one.name, _figure(one.value), _wanted(one), one.state, one.basis) for one in measures],
        )  # fmt: skip
    for issue in errors:
        say(f"factcheck: {printable(str(issue))}")
    say(f"crossed: {', '.join(crossed)}" if crossed else "no threshold crossed")
    ctx.exit(int(bool(crossed)))


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.4g}"


def _wanted(one: Measure) -> str:
    return "" if one.threshold is None else f"{one.bound} {one.threshold:g}"
