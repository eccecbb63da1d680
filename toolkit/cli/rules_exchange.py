"""``factcheck rules export`` and ``import``: patterns of spaCy and Prodigy."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit import pipeline
from toolkit.cli.console import exit_code, say
from toolkit.cli.rules_common import files_argument, load
from toolkit.errors import printable
from toolkit.files import write_records


@click.command("export", short_help="Write rules as patterns of spaCy and Prodigy.")
@files_argument
@click.option(
    "--format", "style", type=click.Choice(["spacy-patterns"]), default="spacy-patterns", show_default=True,
    help="What to write: JSON Lines for SpanRuler, EntityRuler and Prodigy.",
)  # fmt: skip
@click.option(
    "--out", default="-", show_default=True, metavar="FILE", help="Where the patterns go; - is stdout.",
)  # fmt: skip
def export_rules(files: tuple[Path, ...], style: str, out: str) -> None:  # noqa: ARG001
    """Write the rules that are a finite number of word sequences as patterns. The others are counted and
    named on stderr with the reason; attributes, priorities and scores have no place in a pattern.

    \b
    Example:
      factcheck rules export --format spacy-patterns --out patterns.jsonl
    """
    found = pipeline.export_rules(load(files))
    write_records(out, found.patterns)
    for rule_id, reason in found.left_out.items():
        say(printable(f"left out: {rule_id} {reason}"))
    written = len({pattern["id"] for pattern in found.patterns})
    say(f"{len(found.patterns)} patterns of {written} rules; {len(found.left_out)} rules left out")


@click.command("import", short_help="Make a rule file of patterns of spaCy or Prodigy.")
@click.argument("patterns", type=click.Path(exists=True, allow_dash=True, path_type=str))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="The new rule file; an existing one is never overwritten.",
)  # fmt: skip
@click.pass_context
def import_rules(ctx: click.Context, patterns: str, out: Path) -> None:
    """Make a rule file of PATTERNS, JSON Lines of {"label": …, "pattern": …, "id": …}. Its examples are made
    of the patterns and have passed. What the rule language cannot say is named with its line, the rest is
    written; exit code 1 then.

    \b
    Example:
      factcheck rules import patterns.jsonl --out configs/rules/en/imported.yaml
    """
    found = pipeline.import_rules(patterns, out)
    for issue in found.issues:
        say(f"factcheck: {printable(str(issue))}")
    words = sum(map(len, found.variables.values()))
    say(f"{len(found.rules)} rules, {words} words in lists, {len(found.issues)} lines left out")
    ctx.exit(exit_code(found.issues))
