"""``factcheck init``: a working project to change."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import say


@click.command("init", short_help=COMMANDS["init"])
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def command(folder: Path) -> None:
    """Make a working project in FOLDER (default: here), ready to run.

    Files that are already there are left as they are.

    \b
    Example:
      factcheck init my-desk && cd my-desk
      factcheck prelabel article.txt --out drafts.jsonl
    """
    written = list(pipeline.init(folder))
    for path in written:
        click.echo(str(path))
    say(f"{len(written)} files written" if written else "everything is there already; nothing written")
    say("Next: factcheck prelabel YOUR-ARTICLE.txt --out drafts.jsonl")
