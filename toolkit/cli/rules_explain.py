"""``factcheck rules explain``: which rule found what in a text, which lost to which, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit import pipeline
from toolkit.cli.console import emit, exit_code, format_option, say
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import Claim, Document, Issue, Match, to_record

if TYPE_CHECKING:
    from toolkit.labelling import Labelled
    from toolkit.rules import Lost

_BY = {
    "priority": "has the higher priority", "length": "is longer", "position": "comes first",
    "name": "comes first by id",
}  # fmt: skip


@click.command("explain", short_help="Show which rule found what in a text, and which lost to which.")
@click.argument("text", metavar="TEXT|FILE|-")
@click.option(
    "--rules", "files", multiple=True, type=click.Path(exists=True, path_type=Path), metavar="FILE",
    help="Rule files instead of the project's; may be repeated.",
)  # fmt: skip
@format_option
@click.pass_context
def explain_rules(ctx: click.Context, text: str, files: tuple[Path, ...], style: str) -> None:
    """Show, sentence by sentence, which rule found what and what it captured; which match lost to which and
    why; and the claims that came of it. TEXT may be a sentence, an article's file, or - for stdin.

    \b
    Example:
      factcheck rules explain "At least seven people were killed, police said."
      factcheck rules explain article.txt --format json
    """
    issues: list[Issue] = []
    told: list[dict[str, Any]] = []
    for item in pipeline.explain(text, project=find_project(), files=files):
        if isinstance(item, Issue):
            issues.append(item)
            continue
        if style == "json":
            told.append(_record(item))
        else:
            for line in _lines(item):
                click.echo(line)
    if style == "json":
        emit(told)
    for issue in issues:
        say(f"factcheck: {printable(str(issue))}")
    ctx.exit(exit_code(issues))


def _lines(item: Labelled) -> Iterator[str]:
    document, found = item.found.document, item.found
    for start, end in found.sentences:
        yield click.style(_slice(document, start, end), bold=True)
        for match in found.matches:
            if start <= match.start < end:
                yield f"  {_shown(document, match)}{_roles(document, match)}"
        for lost in item.lost:
            if start <= lost.match.start < end:
                yield f"  {_why(document, lost)}"
    yield click.style(f"{len(item.draft.claims)} claims", bold=True)
    for number, claim in enumerate(item.draft.claims, 1):
        yield f"  {number}. {click.style(printable(_line(claim.span.text)), fg='green')}"
        for name, value in _parts(claim):
            if value:
                yield f"     {name:10} {printable(_line(value))}"


def _shown(document: Document, match: Match) -> str:
    label = click.style(f"{match.label:14}", fg="cyan")
    words = click.style(f"[{_slice(document, match.start, match.end)}]", fg="green")
    attrs = "".join(f"  {name}: {value}" for name, value in match.attrs.items())
    return f"{label} {words}  {printable(f'{match.rule_id} ({match.priority}){attrs}')}"


def _roles(document: Document, match: Match) -> str:
    roles = (f"{role}=[{_slice(document, start, end)}]" for role, (start, end) in match.groups.items())
    return "".join(f"\n{'':19}{role}" for role in roles)


def _why(document: Document, lost: Lost) -> str:
    match = lost.match
    words = f"lost: {match.label} [{_slice(document, match.start, match.end)}] {match.rule_id}"
    place = _slice(document, lost.start, lost.end)
    if lost.winner is None:
        reason = f"vetoed by its own unless at [{place}]"
    else:
        reason = f"[{place}] {lost.winner.rule_id} ({lost.winner.priority}) {_BY[lost.reason]}"
    return click.style(f"{words} ({match.priority}): {reason}", fg="red")


def _parts(claim: Claim) -> Iterator[tuple[str, str]]:
    who = claim.claimer
    yield "claimer", f"{who.name} ({who.type}, {who.resolved_by})" if who else ""
    yield "via", ", ".join(source.name for source in claim.via)
    yield "cue", f"{claim.cue.phrase.text} ({claim.cue.type})" if claim.cue else ""
    yield "stance", claim.stance
    count = claim.quantity
    yield "quantity", f"{count.raw} ({count.modifier}, {_interval(count.low, count.high)})" if count else ""
    yield "effect", claim.effect or ""
    yield "victim", claim.victim.span.text if claim.victim else ""
    event = claim.event
    yield "place", event.location.span.text if event and event.location else ""
    yield "date", event.date.span.text if event and event.date else ""
    yield "hedges", ", ".join(hedge.span.text for hedge in claim.hedges)
    yield "rules", ", ".join(claim.provenance.rule_ids)


def _interval(low: int | None, high: int | None) -> str:
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _record(item: Labelled) -> dict[str, Any]:
    document = item.found.document
    return {
        "doc_id": document.doc_id, "text": document.text, "sentences": item.found.sentences,
        "matches": [_as_json(document, match) for match in item.found.matches],
        "lost": [
            {**_as_json(document, lost.match), "reason": lost.reason,
             "to": lost.winner and lost.winner.rule_id, "at": [lost.start, lost.end]}
            for lost in item.lost
        ],
        "claims": [to_record(claim) for claim in item.draft.claims],
    }  # fmt: skip


def _as_json(document: Document, match: Match) -> dict[str, Any]:
    own = {"groups": dict(match.groups), "attrs": dict(match.attrs)}
    return {**match._asdict(), **own, "text": document.text[match.start : match.end]}


def _slice(document: Document, start: int, end: int) -> str:
    return printable(_line(document.text[start:end]))


def _line(text: str) -> str:
    return " ".join(text.split())
