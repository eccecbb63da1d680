"""The annotators' accounts: made on the local server, invited to any other.

The community edition knows no roles and sends no mail: every account may see, change and delete every
project, and an invitation is a link that lets whoever has it make an account.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import LoginError, ServerError
from toolkit.files import naming, replacing
from toolkit.studio.local import accounts, server
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import expect

_FILE = "logins.json"


@dataclass(frozen=True, slots=True)
class Team:
    """Accounts on the local server (``emails``) with the file of their passwords, or else how others
    get in: ``invitation`` is the link; it is empty where the server gives none, as ``note`` says.
    """

    emails: tuple[str, ...]
    logins: Path | None
    invitation: str
    note: str


def gather(connection: Connection, count: int) -> Team:
    """Accounts for so many annotators; those that are there already are left as they are.

    Raises ``ServerError`` or ``LoginError`` when the local server does not make them.
    """
    info = server.load(connection.state)
    if info is None or info.url != connection.url:
        return _invited(connection)
    file = connection.state / "studio" / _FILE
    known = _logins(file)
    emails = tuple(f"annotator{number}@localhost" for number in range(1, count + 1))
    logins = {**{email: secrets.token_urlsafe(12) for email in emails}, **known}
    with replacing(file, mode=0o600) as stream:
        stream.write(json.dumps(logins, indent=2).encode("utf-8") + b"\n")
    for number, email in enumerate(emails, start=1):
        accounts.add_account(info, email=email, password=logins[email], first_name=f"Annotator {number}")
    return Team(emails, file, "", "")


def _logins(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    with naming(file):
        if file.stat().st_mode & 0o077:
            raise LoginError("others can read these passwords", place=str(file), fix=f"chmod 600 {file}")
        content = file.read_bytes()
    try:
        return {str(email): str(password) for email, password in json.loads(content).items()}
    except (ValueError, AttributeError) as error:
        raise LoginError(
            "no list of passwords", place=str(file), fix="mend the file, or put it back from a copy"
        ) from error


def _invited(connection: Connection) -> Team:
    try:
        path = expect(connection.get("api/invite"), "invite_url", str, connection.url)
    except ServerError as error:
        return Team(
            (), None, "", f"no invitation to be had ({error.problem}); ask the server's owner for one"
        )
    return Team(
        (), None, f"{connection.url}{path}",
        "whoever has this link can make an account, and every account can see and delete every project",
    )  # fmt: skip
