"""``factcheck adjudicate``: claims out of annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, progress, say, without_issues
from toolkit.config import find_project
from toolkit.files import Progress, write_records
from toolkit.model import Annotation, Claim, Issue, to_record
from toolkit.reading import read
from toolkit.review import STRATEGIES, Strategy
from toolkit.spool import Spool, spool

PROJECT = "project"


def _named(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """The strategy as it is; a wrong one is said before anything is read."""
    try:
        return value if value in (None, PROJECT) else Strategy(value).name
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("adjudicate", short_help=COMMANDS["adjudicate"])
@click.argument("annotations", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--out",
    required=True,
    type=click.Path(allow_dash=True, path_type=str),
    help="Claims to write; - is stdout.",
)
@click.option(
    "--documents",
    type=click.Path(path_type=str),
    help="Also write the documents, each once, for `validate` and `export`.",
)
@click.option(
    "--strategy", callback=_named, metavar="|".join((*STRATEGIES, PROJECT)),
    help="How several annotations of a document are settled: what all say, what more than half say, what "
    "one annotator says, or what a third person submits in an adjudication project.",
)  # fmt: skip
@click.option("--project", "title", help="With project: the Label Studio project (default: studio.title).")
@format_option
def command(
    annotations: str, out: str, documents: str | None, strategy: str | None, title: str | None, style: str
) -> None:
    """Make claims of ANNOTATIONS (a JSON Lines file from `factcheck pull`; - is stdin).

    A document with one annotation gives its claims; rejected ones keep that status. A document with several
    annotations gives none without a strategy. With one, its claims carry everybody's judgment, and every
    disagreement that the strategy leaves open is reported with place and words; such a claim is not taken.

    `project` makes a second project on the server, "TITLE: adjudication", that holds only the documents on
    which annotators disagree: each one's work as a suggestion under that name, and the disagreements listed
    on the page. What is submitted there is taken by the same command, run again; it adds nothing twice.

    \b
    Example:
      factcheck adjudicate annotations.jsonl --out claims.jsonl --documents documents.jsonl
      factcheck adjudicate annotations.jsonl --out claims.jsonl --strategy majority
      factcheck validate claims.jsonl --documents documents.jsonl
    """
    _check_names(annotations, out, documents)
    if title is not None and strategy != PROJECT:
        raise click.UsageError("--project goes with --strategy project")
    issues: list[Issue] = []
    states: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    with spool() as kept, progress("settling annotations") as step:
        rulings = _rulings(annotations, title) if strategy == PROJECT else ()
        given = without_issues(read(Annotation, annotations), issues)
        chosen = "unanimous" if strategy == PROJECT else strategy
        settled = pipeline.adjudicate(_watched(given, states, kept, step), strategy=chosen, rulings=rulings)
        write_records(out, _records(without_issues(settled, issues), statuses))
        if documents is not None:
            write_records(documents, kept)
    if style == "json" and out != "-":
        emit({"annotations": dict(states), "claims": dict(statuses), "issues": len(issues)})
    say(f"{_counts(states, 'annotation')} gave {_counts(statuses, 'claim')}")
    click.get_current_context().exit(exit_code(issues))


def _check_names(annotations: str, out: str, documents: str | None) -> None:
    """Nothing may be written over people's work, nor two things to one file."""
    written = [Path(name).resolve() for name in (out, documents) if name is not None]
    if len(set(written)) < len(written):
        raise click.UsageError("--out and --documents name the same file; give two names")
    if annotations != "-" and Path(annotations).resolve() in written:
        raise click.UsageError("this would overwrite ANNOTATIONS; give --out and --documents other names")


def _rulings(annotations: str, title: str | None) -> tuple[Annotation, ...]:
    """What adjudicators submitted so far, after the server has got what there is to settle."""
    if annotations == "-":
        raise click.UsageError("--strategy project reads the annotations twice; give a file")
    readable = (item for item in read(Annotation, annotations) if isinstance(item, Annotation))
    found = pipeline.hear(readable, project=find_project(), title=title)
    say(
        f"{found.disputed} documents to settle: {found.added} new, {found.renewed} renewed, "
        f"{found.ruled} settled; {found.url}"
    )
    if found.outdated:
        say(f"factcheck: {found.outdated} changed after somebody had begun on them; look at them again")
    return found.rulings


def _watched(
    annotations: Iterable[Annotation], states: Counter[str], kept: Spool, step: Progress
) -> Iterator[Annotation]:
    """The annotations as they are; on the way their states are counted and their documents kept."""
    for count, annotation in enumerate(annotations, start=1):
        step(count, None)
        states[annotation.state] += 1
        kept.add(annotation.document.doc_id, to_record(annotation.document))
        yield annotation


def _records(claims: Iterable[Claim], statuses: Counter[str]) -> Iterator[dict[str, object]]:
    for claim in claims:
        statuses[claim.review.status] += 1
        yield to_record(claim)


def _counts(counter: Counter[str], noun: str) -> str:
    total = counter.total()
    parts = ", ".join(f"{count} {name}" for name, count in sorted(counter.items()))
    return f"{total} {noun}{'' if total == 1 else 's'}" + (f" ({parts})" if parts else "")
