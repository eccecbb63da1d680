"""``factcheck ingest``: articles in, documents.jsonl out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import exit_code, format_option, progress, say
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.files import to_json, write_records
from toolkit.model import Document, Issue, to_record


@click.command("ingest", short_help=COMMANDS["ingest"])
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--out", default="-", show_default=True, metavar="FILE", help="Where the documents go; - is stdout."
)
@format_option
def command(paths: tuple[str, ...], out: str, style: str) -> None:
    """Read articles from PATH... into documents.jsonl, one document a line.

    PATH is a file (.txt, .html, .jsonl, .csv), a folder, a glob, or - for standard input. A file
    report.yaml beside report.txt or report.html gives title, url, publisher, published_at and
    language. Page junk around the article is marked in "regions", never cut. The same text twice is
    kept once. What cannot be read is said on stderr, and the rest goes on.

    \b
    Example:
      factcheck ingest articles/ "more/*.html" --out documents.jsonl
    """
    issues: list[Issue] = []
    marked: list[int] = []
    with progress("reading") as step:
        documents = _sorted_out(pipeline.ingest(paths, project=find_project()), issues, quiet=style == "json")

        def records() -> Iterator[dict[str, Any]]:
            for document in documents if first is None else chain([first], documents):
                marked.append(sum(region.end - region.start for region in document.regions))
                step(len(marked), None)
                yield to_record(document)

        first = next(documents, None)
        # With nothing to write, an older file is worth more than an empty new one.
        written = write_records(out, records()) if first or not exit_code(issues) else 0
    _summarise(written, sum(marked), issues, style)
    sys.exit(exit_code(issues))


def _sorted_out(items: Iterable[Document | Issue], issues: list[Issue], *, quiet: bool) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Document):
            yield item
            continue
        issues.append(item)
        if not quiet:
            say(printable(f"{item.severity}: {item}"))


def _summarise(written: int, marked: int, issues: list[Issue], style: str) -> None:
    """On stderr, because the documents may go to stdout."""
    duplicates = sum(issue.check == "ingest/duplicate" for issue in issues)
    errors = sum(issue.severity == "error" for issue in issues)
    if style == "json":
        counts = {"documents": written, "duplicates": duplicates, "marked_characters": marked}
        say(to_json({**counts, "errors": errors, "issues": [to_record(issue) for issue in issues]}))
        return
    say(
        f"{written} documents, {duplicates} left out as duplicates, {marked} characters marked as page junk, "
        f"{errors} errors"
    )
