"""``factcheck diff``: what differs between two datasets."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import progress, say
from toolkit.cli.diff_page import page, short, side
from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.gold.diff import Change, Diff, FieldChange, Summary

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command("diff", short_help=COMMANDS["diff"])
@click.argument("old", type=click.Path(exists=True, path_type=str))
@click.argument("new", type=click.Path(exists=True, path_type=str))
@click.option("--documents", is_flag=True, help="Compare the documents; without it the claims are compared.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
    help="How to report; html is one page that needs nothing else.",
)  # fmt: skip
def command(old: str, new: str, documents: bool, style: str) -> None:
    """Show the records added, removed and changed from OLD to NEW, field by field.

    Both are datasets (folders) or JSON Lines files. Records are told apart by their id, which is made of
    the places in the text: a claim whose words were marked anew is one removed and one added.

    \b
    Example:
      factcheck diff exports/mali-1.1.0 exports/mali-1.2.0
      factcheck diff exports/mali-1.1.0 exports/mali-1.2.0 --format html > changes.html
    """
    key = "doc_id" if documents else "claim_id"
    with progress("reading") as step, pipeline.diff(old, new, key=key, on_progress=step) as found:
        summary = found.summary()
        if style == "html":
            for piece in page(found, summary, old, new):
                click.echo(piece)
        elif style == "json":
            _as_json(found, summary)
        else:
            for change in found:
                _as_text(change)
    say(
        f"{summary.old} records then, {summary.new} now: {summary.added} added, {summary.removed} removed, "
        f"{summary.changed} changed ({summary.of_substance} in what they say)"
    )


def _as_text(change: Change) -> None:
    about = f"  {short(change.about)}" if change.about else ""
    click.echo(printable(f"{_SIGNS[change.kind]} {change.record}{about}"))
    for one in change.fields:
        click.echo(printable(f"    {one.pointer}: {side(one, 'old')} → {side(one, 'new')}"))


def _as_json(found: Diff, summary: Summary) -> None:
    """One JSON object, written change by change."""
    counts = json.dumps({**asdict(summary), "drift": summary.drift})
    click.echo(f'{{"summary": {counts},\n"changes": [', nl=False)
    for number, change in enumerate(found):
        record = {"kind": change.kind, "record": change.record, "about": change.about}
        said = json.dumps({**record, "fields": [_sides(one) for one in change.fields]}, ensure_ascii=False)
        click.echo(f"{',' if number else ''}\n{said}", nl=False)
    click.echo("\n]}")


def _sides(one: FieldChange) -> dict[str, Any]:
    sides = {"old": one.old, "new": one.new}
    return {"pointer": one.pointer, **{name: sides[name] for name in sides if name != one.absent}}
