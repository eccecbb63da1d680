"""``factcheck export``: the dataset folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, progress, say, table
from toolkit.config import find_project
from toolkit.gold import FORMATS
from toolkit.model import Manifest, to_record

if TYPE_CHECKING:
    from toolkit.gold.releases.release import Release


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
    "--release",
    "version",
    metavar="VERSION",
    help="Version of the dataset (1.2.0): adds a card, and CHANGES.md since the last release beside FOLDER.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Release to list the changes against, in place of the one found.",
)
@click.option(
    "--split", metavar="NAME=SHARE,…", help="Divide the documents by event, for instance train=0.8,test=0.2."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another seed divides otherwise."
)
@click.option(
    "--no-text",
    is_flag=True,
    help="Leave article texts out; offsets and digests stay, and quotes are cut to --quote-chars.",
)
@click.option(
    "--quote-chars",
    type=click.IntRange(min=20),
    default=120,
    show_default=True,
    metavar="N",
    help="Longest quote with --no-text, in code points.",
)
@click.option(
    "--dry-run", is_flag=True, help="Check everything and show the manifest, but leave FOLDER as it is."
)
@format_option
def command(  # noqa: PLR0913, PLR0917 (one argument for each option)
    claims: str, folder: Path, formats: str | None, documents: tuple[str, ...], version: str | None,
    since: Path | None, split: str | None, seed: int, no_text: bool, quote_chars: int, dry_run: bool,
    style: str,
) -> None:  # fmt: skip
    """Write the claims of CLAIMS (JSON Lines; - is stdin) as a dataset FOLDER with a manifest.

    Only claims that people accepted, corrected, added or adjudicated go in. Every record is checked
    first; when one is not valid, or the disk is full, nothing changes. The same claims give the
    same bytes.

    \b
    Example:
      factcheck export claims.jsonl --to exports/mali --documents documents.jsonl
      factcheck export claims.jsonl --to exports/mali --formats jsonl,csv,parquet --dry-run
      factcheck export claims.jsonl --to exports/mali --formats jsonl,croissant,huggingface
      factcheck export claims.jsonl --to exports/mali-1.2.0 --documents documents.jsonl --release 1.2.0
        --split train=0.8,dev=0.1,test=0.1 --seed 7 --no-text
    """
    if [claims, *documents].count("-") > 1:
        raise click.UsageError("- stands twice, but stdin can be read only once")
    names = None if formats is None else [name.strip() for name in formats.split(",") if name.strip()]
    if names == []:
        raise click.UsageError("--formats names no format, for instance jsonl,csv")
    release = _release(version, since, split, seed, quote_chars if no_text else None)
    with progress("checking claims") as step:
        manifest = pipeline.export(
            claims, to=folder, project=find_project(), formats=names or (), documents=documents,
            release=release, dry_run=dry_run, on_progress=step,
        )  # fmt: skip
    if style == "json":
        emit({"folder": str(folder), "written": not dry_run, "manifest": to_record(manifest)})
    else:
        _show(manifest, folder, dry_run=dry_run)


def _release(
    version: str | None, since: Path | None, split: str | None, seed: int, quote_chars: int | None
) -> Release:
    from toolkit.gold.releases.release import Release, number
    from toolkit.gold.releases.splits import parse

    if version is not None:
        number(version)
    elif since is not None:
        raise click.UsageError("--since needs --release: only a release has a change list")
    return Release(version, since, parse(split, seed) if split else None, quote_chars)


def _show(manifest: Manifest, folder: Path, *, dry_run: bool) -> None:
    table(
        f"{folder}{' (dry run: not written)' if dry_run else ''}", ["file", "records", "bytes", "notes"],
        [(file.path, file.records, file.bytes, "; ".join(file.notes)) for file in manifest.files],
    )  # fmt: skip
    counts = manifest.counts
    kinds = ", ".join(f"{count} {status}" for status, count in counts.by_status.items())
    say(f"{counts.claims} claims ({kinds}) from {counts.documents} documents")
    if manifest.release:
        before = f"after {manifest.previous}" if manifest.previous else "the first"
        say(f"release {manifest.release}, {before}")
    if manifest.splits:
        say(f"split: {', '.join(f'{count} in {name}' for name, count in manifest.splits.claims.items())}")
    if manifest.quotes:
        say(f"without texts: {manifest.quotes.cut} quotes cut to {manifest.quotes.max_chars} characters")
    for status, count in counts.left_out.items():
        say(f"{count} claims left out: {status}")
