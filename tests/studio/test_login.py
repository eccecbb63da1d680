"""Tokens that are no longer good, or never were: one line that says which and what to do."""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.studio.conftest import Api
from toolkit.errors import LoginError
from toolkit.studio import connect
from toolkit.studio.local.accounts import add_account


def made(api: Api) -> str:
    """A personal access token of an account of its own, taken back: Label Studio gives nobody two."""
    account = add_account(api.info, email=f"{secrets.token_hex(4)}@localhost", password="a long password")
    token = str(api("POST", "token/", token=account)["token"])
    api("POST", "token/blacklist/", {"refresh": token}, token=account)
    return token


def changed(**claims: object) -> Callable[[Api], str]:
    """A personal access token with other claims than were signed."""

    def make(api: Api) -> str:
        head, body, signature = made(api).split(".")
        told = json.loads(base64.urlsafe_b64decode(body + "==")) | claims
        return (
            f"{head}.{base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip('=')}.{signature}"
        )

    return make


@pytest.mark.parametrize(
    ("make", "words"),
    [(made, "blacklisted"), (changed(exp=int(time.time()) - 60), "the token has expired"),
     (changed(jti="0" * 32), "Token is invalid"),
     (lambda _: "no.token.either", "the token is refused"), (lambda _: "0" * 40, "the token is refused")],
    ids=["revoked", "expired", "forged", "no-token", "wrong"],
)  # fmt: skip
def test_a_token_that_is_not_good(
    make: Callable[[Api], str], words: str, api: Api, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    api("POST", "jwt/settings", {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True})
    token = make(api)
    monkeypatch.setenv("LABEL_STUDIO_URL", api.info.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", token)
    with pytest.raises(LoginError) as refused:
        connect(tmp_path)
    said = str(refused.value)
    assert words in said and "Fix: copy" in said and "Account & Settings" in said
    assert token not in said and "\n" not in said and refused.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []
