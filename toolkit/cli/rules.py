"""``factcheck rules``: list the rules and run their examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, report_issues, table
from toolkit.config import find_project
from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.rules import RuleSet

_files = click.argument(
    "files", nargs=-1, type=click.Path(exists=True, path_type=Path),
)  # fmt: skip


@click.group("rules", short_help=COMMANDS["rules"])
def command() -> None:
    """Look at the rules of this project, or of FILES, and run their examples.

    \b
    Example:
      factcheck rules list
      factcheck rules test
      factcheck rules test configs/rules/en/_shared.yaml configs/rules/en/date.yaml
    """


@command.command("list", short_help="Show every rule: id, label, level, priority, file.")
@_files
@format_option
def list_rules(files: tuple[Path, ...], style: str) -> None:
    """Show every rule with its label, level, priority, score and place.

    \b
    Example:
      factcheck rules list --format json
    """
    rules = _load(files)
    rows = [
        {"id": rule.id, "label": rule.label, "level": rule.level, "priority": rule.priority,
         "score": rule.score, "file": place, "examples": len(rule.match) + len(rule.no_match)}
        for rule, place in rules.places()
    ]  # fmt: skip
    if style == "json":
        emit({"version": rules.version, "rules": rows})
    elif rows:
        table(
            f"{len(rows)} rules, version {rules.version}", list(rows[0]), [list(row.values()) for row in rows]
        )
    else:
        click.echo("no rules")


@command.command("test", short_help="Run every example of every rule.")
@_files
@format_option
@click.pass_context
def test_rules(ctx: click.Context, files: tuple[Path, ...], style: str) -> None:
    """Run every match and no_match sentence; exit code 1 when one fails.

    Each failing one is printed with file, line, sentence and what was found instead.

    \b
    Example:
      factcheck rules test
    """
    rules = _load(files)
    issues = list(pipeline.check_rules(rules))
    examples = sum(len(rule.match) + len(rule.no_match) for rule in rules.rules)
    report_issues(
        issues,
        style,
        lambda: printable(f"{len(rules.rules)} rules, {examples} examples, {len(issues)} failed"),
    )
    ctx.exit(exit_code(issues))


def _load(files: Sequence[Path]) -> RuleSet:
    project = find_project()
    chosen = [
        found for path in files for found in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])
    ]
    return pipeline.load_rules(project=project, files=chosen)
