"""``factcheck export``: the dataset folder."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, progress, say, table
from toolkit.config import find_project
from toolkit.gold import FORMATS
from toolkit.model import Manifest, to_record


@click.command("export", short_help=COMMANDS["export"])
@click.argument("claims", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The dataset's folder, for instance exports/NAME.",
)
@click.option(
    "--formats",
    metavar="NAME,NAME",
    help=f"Formats to write ({', '.join(FORMATS)}); default: those of project.yaml.",
)
@click.option(
    "--documents",
    multiple=True,
    type=click.Path(allow_dash=True, path_type=str),
    metavar="PATH",
    help="Documents whose texts go into the dataset and are checked against; repeatable.",
)
@click.option(
    "--dry-run", is_flag=True, help="Check everything and show the manifest, but leave FOLDER as it is."
)
@format_option
def command(
    claims: str, folder: Path, formats: str | None, documents: tuple[str, ...], dry_run: bool, style: str
) -> None:
    """Write the claims of CLAIMS (JSON Lines; - is stdin) as a dataset FOLDER with a manifest.

    Only claims that people accepted, corrected, added or adjudicated go in. Every record is checked
    first; when one is not valid, or the disk is full, nothing changes. The same claims give the
    same bytes.

    \b
    Example:
      factcheck export claims.jsonl --to exports/mali --documents documents.jsonl
      factcheck export claims.jsonl --to exports/mali --formats jsonl,csv,parquet --dry-run
      factcheck export claims.jsonl --to exports/mali --formats jsonl,croissant,huggingface
    """
    if [claims, *documents].count("-") > 1:
        raise click.UsageError("- stands twice, but stdin can be read only once")
    names = None if formats is None else [name.strip() for name in formats.split(",") if name.strip()]
    if names == []:
        raise click.UsageError("--formats names no format, for instance jsonl,csv")
    with progress("checking claims") as step:
        manifest = pipeline.export(
            claims, to=folder, project=find_project(), formats=names or (), documents=documents,
            dry_run=dry_run, on_progress=step,
        )  # fmt: skip
    if style == "json":
        emit({"folder": str(folder), "written": not dry_run, "manifest": to_record(manifest)})
    else:
        _show(manifest, folder, dry_run=dry_run)


def _show(manifest: Manifest, folder: Path, *, dry_run: bool) -> None:
    table(
        f"{folder}{' (dry run: not written)' if dry_run else ''}", ["file", "records", "bytes", "notes"],
        [(file.path, file.records, file.bytes, "; ".join(file.notes)) for file in manifest.files],
    )  # fmt: skip
    counts = manifest.counts
    kinds = ", ".join(f"{count} {status}" for status, count in counts.by_status.items())
    say(f"{counts.claims} claims ({kinds}) from {counts.documents} documents")
    for status, count in counts.left_out.items():
        say(f"{count} claims left out: {status}")
