"""``factcheck validate``: what is wrong with records, files and datasets."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, progress, report, say

REPORTS = ("text", "json", "junit", "sarif", "github")


@click.command("validate", short_help=COMMANDS["validate"])
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(allow_dash=True, path_type=str),
    metavar="PATH",
    help="File with the texts that claims point into (documents, drafts or annotations); repeatable.",
)
@click.option(
    "--explain", metavar="CHECK", help="Say what a check holds records to (`list` names them all), and exit."
)
@click.option(
    "--format",
    "style",
    type=click.Choice(REPORTS),
    default="text",
    show_default=True,
    help="For people, programs, test results, code scanning, or annotations in a GitHub workflow.",
)
def command(paths: tuple[str, ...], documents: tuple[str, ...], explain: str | None, style: str) -> None:
    """Check PATHS (files, globs, folders, datasets; - is stdin) against the schema and each other.

    Claims, documents, drafts and annotations are told apart by their records; a folder with a
    manifest.json is checked as a dataset, with the digests of its files. Exit code 1 on errors.

    \b
    Example:
      factcheck validate claims.jsonl --documents documents.jsonl
      factcheck validate exports/demo
      factcheck validate exports/demo --format sarif > findings.sarif
      factcheck validate --explain modifier
    """
    if explain is not None:
        _explain(explain, style)
        return
    if not paths:
        raise click.UsageError("name a file, folder or dataset to check; - is stdin")
    if [*paths, *documents].count("-") > 1:
        raise click.UsageError("- stands twice, but stdin can be read only once")
    _run(paths, documents, style)


def _run(paths: tuple[str, ...], documents: tuple[str, ...], style: str) -> None:
    from toolkit.gold import reports

    records = 0
    with reports.store() as issues:
        with progress("checking") as show:

            def step(done: int, total: int | None) -> None:
                nonlocal records
                records = done
                show(done, total)

            for issue in pipeline.validate(paths, documents=documents, on_progress=step):
                issues.add(issue)
        report(reports.REPORTS[style](issues))
        say(summary(records, issues.severities))
        click.get_current_context().exit(int(issues.severities["error"] > 0))


def summary(records: int, counts: Mapping[str, int]) -> str:
    """One line with the counts of issues by severity."""
    found = ", ".join(
        f"{counts[name]} {name}{'' if counts[name] == 1 else 's'}" for name in ("error", "warning", "note")
    )
    return f"{records} record{'' if records == 1 else 's'} checked: {found}"


def _explain(name: str, style: str) -> None:
    from toolkit.gold import explanations

    known = explanations()
    wanted = "schema/…" if name.startswith("schema/") else name
    if name != "list" and wanted not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known checks: {', '.join(known)}"
        raise click.UsageError(f"no check is called {name!r}; {hint}")
    chosen = known if name == "list" else {name: known[wanted]}
    if style == "json":
        emit(chosen)
    else:
        for check, text in chosen.items():
            click.echo(f"{check}: {text}")
