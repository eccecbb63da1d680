"""``factcheck rules``: list, show, test and begin rules; explain and exchange are beside it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, report_issues, say
from toolkit.cli.rules_common import MOST_WORDS, files_argument, load, near
from toolkit.cli.rules_exchange import export_rules, import_rules
from toolkit.cli.rules_explain import explain_rules
from toolkit.cli.rules_score import score_by_people
from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.rules import About


@click.group("rules", short_help=COMMANDS["rules"])
def command() -> None:
    """Look at the rules of this project, or of FILES, try them, begin new ones and exchange them.

    \b
    Example:
      factcheck rules list
      factcheck rules explain "At least seven people were killed, police said."
      factcheck rules new configs/rules/en/admission.yaml
      factcheck rules test
    """


for other in (explain_rules, export_rules, import_rules, score_by_people):
    command.add_command(other)


@command.command("list", short_help="Show every rule: id, label, level, priority, file.")
@files_argument
@format_option
def list_rules(files: tuple[Path, ...], style: str) -> None:
    """Show every rule with its label, level, priority and place, a line each.

    \b
    Example:
      factcheck rules list | grep QUANTITY
      factcheck rules list --format json
    """
    rules = load(files)
    if style == "json":
        rows = [
            {"id": rule.id, "label": rule.label, "level": rule.level, "priority": rule.priority,
             "score": rule.score, "file": place, "examples": len(rule.match) + len(rule.no_match)}
            for rule, place in rules.places()
        ]  # fmt: skip
        emit({"version": rules.version, "rules": rows})
        return
    lines = [("id", "label", "level", "priority", "file")]
    lines += [
        (rule.id, rule.label, rule.level, f"{rule.priority:>8}", near(place))
        for rule, place in rules.places()
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        cells = [cell.ljust(width) for cell, width in zip(line[:4], widths, strict=True)]
        click.echo(printable("  ".join([*cells, line[4]])))
    say(f"{len(lines) - 1} rules, version {rules.version}")


@command.command("show", short_help="Show one rule, its pattern written out, and who refers to it.")
@click.argument("rule_id", metavar="ID")
@files_argument
@click.option("--all-words", is_flag=True, help="Write out word lists to the last word.")
@format_option
def show_rule(rule_id: str, files: tuple[Path, ...], all_words: bool, style: str) -> None:
    """Show the rule ID: its pattern with every variable written out, the variables, its examples, the rules
    behind the labels it uses and the rules that use its own label.

    \b
    Example:
      factcheck rules show quantity.exact
      factcheck rules show quantity.exact --all-words --format json
    """
    whole = all_words or style == "json"
    found = pipeline.about_rule(load(files), rule_id, most_words=None if whole else MOST_WORDS)
    if style == "json":
        emit(asdict(found))
    else:
        for name, value in _fields(found, whole=whole):
            click.echo(f"{click.style(f'{name:>10}', bold=True)}  {printable(value)}")


def _fields(found: About, *, whole: bool) -> list[tuple[str, str]]:
    rule = found.rule
    rows = [
        ("id", rule.id), ("file", near(found.place)), ("label", rule.label), ("level", rule.level),
        ("priority", str(rule.priority)), ("score", f"{rule.score:g}"), ("note", rule.note),
        ("case", "counts" if rule.case else ""), ("pattern", rule.pattern), ("expanded", found.expanded),
        *(("unless", part) for part in rule.unless),
        ("attrs", ", ".join(f"{name}: {value}" for name, value in rule.attrs.items())),
    ]  # fmt: skip
    for name, value in found.variables.items():
        words = [value] if isinstance(value, str) else list(value)
        shown = words if whole else words[:MOST_WORDS]
        more = f", … {len(words) - len(shown)} more" if len(shown) < len(words) else ""
        rows.append(("variable", f"{{{name}}}: {', '.join(shown)}{more}"))
    rows += [("match", sentence) for sentence in rule.match]
    rows += [("no_match", sentence) for sentence in rule.no_match]
    rows += [
        ("uses", f"<{label}> of {', '.join(ids) or 'the lists of names'}")
        for label, ids in found.uses.items()
    ]
    rows.append(("used by", ", ".join(found.used_by) or "no rule"))
    return [row for row in rows if row[1]]


@command.command("test", short_help="Run every example of every rule.")
@files_argument
@format_option
@click.pass_context
def test_rules(ctx: click.Context, files: tuple[Path, ...], style: str) -> None:
    """Run every match and no_match sentence; exit code 1 when one fails.

    Each failing one is printed with file, line, sentence and what was found instead.

    \b
    Example:
      factcheck rules test
    """
    rules = load(files)
    issues = list(pipeline.check_rules(rules))
    examples = sum(len(rule.match) + len(rule.no_match) for rule in rules.rules)
    report_issues(
        issues,
        style,
        lambda: printable(f"{len(rules.rules)} rules, {examples} examples, {len(issues)} failed"),
    )
    ctx.exit(exit_code(issues))


@command.command("new", short_help="Write a commented rule file to start from.")
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE")
def new_rules(path: Path) -> None:
    """Write FILE, a rule file with one rule and a comment on every key. It loads, and its examples pass.

    An existing file is never overwritten.

    \b
    Example:
      factcheck rules new configs/rules/en/admission.yaml
    """
    pipeline.new_rules(path)
    say(printable(f"wrote {path}; try: factcheck rules test {path}"))


@command.command("schema", short_help="Print the JSON Schema of rule files, for editors.")
def schema_of_rules() -> None:
    """Print the JSON Schema of rule files. Editors complete and check by it; docs/rules.md says how.

    \b
    Example:
      factcheck rules schema > configs/rules/rules.schema.json
    """
    from toolkit import schema

    emit(schema.load("rules"))
