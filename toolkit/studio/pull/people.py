"""Annotators under pseudonyms: the same person gets the same one in every pull of this project."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from toolkit.errors import LoginError
from toolkit.files import naming, replacing
from toolkit.model.claim import ReviewerKind
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import expect

SCRIPTED = "@scripted.invalid"


class People:
    """Who is behind the user ids of one server; with ``identities`` people appear by their e-mail.

    ``mark`` changes when all names do; ``seen`` are the names that were asked for, by user id.
    """

    def __init__(self, connection: Connection, *, identities: bool = False) -> None:
        self._state, self._identities = connection.state, identities
        self._key = _key(connection.state)
        self.mark = f"{identities} {hmac.new(self._key, b'', hashlib.sha256).hexdigest()[:16]}"
        self.seen: dict[str, str] = {}
        users = connection.get("api/users/")
        self._emails: dict[int, str] = {}
        for user in users if isinstance(users, list) else []:
            number = expect(user, "id", int, connection.url)
            self._emails[number] = expect(user, "email", str, connection.url).strip().lower()

    def pseudonym(self, who: Any) -> tuple[str, ReviewerKind]:
        """The pseudonym of an annotation's ``completed_by`` (or of an e-mail), and whether it is a person
        or a script.

        A script's is readable and the same everywhere; a person's is a keyed hash of the e-mail (of
        the user id where the account is gone), which only the holder of the key can connect.
        """
        number = who.get("id") if isinstance(who, dict) else who
        if isinstance(who, str):
            number = next((user for user, email in self._emails.items() if email == who.strip().lower()), who)
        email = self._emails.get(number, "") if isinstance(number, int) else ""
        if email.endswith(SCRIPTED):
            return f"scripted-{email.removesuffix(SCRIPTED)}", "scripted"
        name = self._name(email or f"user {number}")
        if isinstance(number, int):
            self.seen[str(number)] = name
        return name, "person"

    def write_down(self) -> None:
        """Keep which account each pseudonym stands for in ``STATE/annotators.json``, for us alone."""
        file = self._state / "annotators.json"
        known = {self._hash(email): email for email in self._emails.values()}
        with replacing(file, mode=0o600) as stream:
            stream.write(json.dumps(dict(sorted(known.items())), indent=2).encode("utf-8") + b"\n")

    def _name(self, email: str) -> str:
        return email if self._identities else self._hash(email)

    def _hash(self, email: str) -> str:
        return f"annotator-{hmac.new(self._key, email.encode(), hashlib.sha256).hexdigest()[:10]}"


def _key(state: Path) -> bytes:
    """The project's own secret, made at the first pull."""
    file = state / "annotators.key"
    with naming(file):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as stream:
                stream.write(secrets.token_hex(32))
        if file.stat().st_mode & 0o077:
            raise LoginError("others can read this key", place=str(file), fix=f"chmod 600 {file}")
        key = file.read_bytes().strip()
    if not key:
        raise LoginError("the key is empty", place=str(file), fix="put it back from a copy, or delete it")
    return key
