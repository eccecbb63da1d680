"""``factcheck doctor``: is everything in place, and what to do where it is not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, say
from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.doctor import Finding

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command("doctor", short_help=COMMANDS["doctor"])
@format_option
@click.pass_context
def command(ctx: click.Context, style: str) -> None:
    """Check versions, settings, rules, labelling page, server, login and project.

    Nothing is changed. Exit code 0 when nothing fails (warnings are fine), 2 when a setting or a rule
    is wrong, 3 when the server of LABEL_STUDIO_URL or the login fails.

    \b
    Example:
      factcheck doctor
      factcheck doctor --format json
    """
    from toolkit import doctor

    findings = []
    for finding in doctor.examine():
        findings.append(finding)
        if style == "text":
            _show(finding)
    if style == "json":
        emit([asdict(finding) for finding in findings])
    failed, warned = (sum(one.state == state for one in findings) for state in ("fail", "warn"))
    say(f"{len(findings)} looked at, {failed} wrong, {warned} to know")
    ctx.exit(max((finding.exit_code for finding in findings), default=0))


def _show(finding: Finding) -> None:
    state = click.style(f"{finding.state:5}", fg=_COLOURS[finding.state])
    click.echo(f"{state} {finding.name:13} {printable(finding.message)}")
    if finding.fix:
        click.echo(f"{'':19} Fix: {printable(finding.fix)}")
