"""``factcheck ingest``: articles in, documents.jsonl out."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import exit_code, format_option, progress, say, without_issues
from toolkit.config import find_project
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
      factcheck ingest articles/ more/*.html --out documents.jsonl
    """
    issues: list[Issue] = []
    marked = 0

    def records() -> Iterator[dict[str, object]]:
        nonlocal marked
        with progress("reading") as step:
            documents = without_issues(pipeline.ingest(paths, project=find_project()), issues)
            for count, document in enumerate(documents, start=1):
                marked += _marked(document)
                step(count, None)
                yield to_record(document)

    written = write_records(out, records())
    duplicates = sum(issue.check == "ingest/duplicate" for issue in issues)
    errors = sum(issue.severity == "error" for issue in issues)
    counts = {
        "documents": written, "duplicates": duplicates, "marked_characters": marked, "errors": errors,
    }  # fmt: skip
    if style == "json":
        say(to_json({**counts, "issues": [to_record(issue) for issue in issues]}))
    else:
        say(
            f"{written} documents, {duplicates} duplicates left out, {marked} characters marked as page "
            f"junk, {errors} errors"
        )
    sys.exit(exit_code(issues))


def _marked(document: Document) -> int:
    return sum(region.end - region.start for region in document.regions)
