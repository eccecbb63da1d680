"""``factcheck migrate``: records of an older form in today's."""

from __future__ import annotations

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import exit_code, progress, say, without_issues
from toolkit.files import write_records
from toolkit.model import Issue


@click.command("migrate", short_help=COMMANDS["migrate"])
@click.argument("path", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--out", required=True, type=click.Path(allow_dash=True, path_type=str), metavar="PATH",
    help="File to write (- is stdout).",
)  # fmt: skip
def command(path: str, out: str) -> None:
    """Write the claims, drafts or annotations of PATH (JSON Lines; - is stdin) in today's form to --out.

    Records of today's form come out as they are. A record of an unknown version, or one where today's
    form needs what the old one does not say, is reported and left out, and the exit code is 1. Of a
    dataset, migrate its claims.jsonl, and export again.

    \b
    Example:
      factcheck migrate old-claims.jsonl --out claims.jsonl
    """
    issues: list[Issue] = []
    with progress("migrating") as step:
        count = write_records(out, without_issues(pipeline.migrate(path, on_progress=step), issues))
    say(f"{count} records written, {len({(one.path, one.line) for one in issues})} left out")
    click.get_current_context().exit(exit_code(issues))
