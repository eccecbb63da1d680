"""Accounts on the local server, whose sign-up is closed: each one needs an invitation of the owner.

The community edition knows no roles: every account may see, change and delete every project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.errors import LoginError, ServerError

if TYPE_CHECKING:
    import httpx

    from toolkit.studio.local.server import ServerInfo

_SECONDS = 60.0


def add_account(info: ServerInfo, *, email: str, password: str, first_name: str = "") -> str:
    """Make an account and give its API token; an account that is there already is left as it is.

    The invitation is used once: the page logs its address, so it is made invalid afterwards.

    Raises ``LoginError`` when the account has another password, ``ServerError`` when the server
    refuses the e-mail or the password (8 to 128 characters) or does not answer.
    """
    import httpx

    try:
        with httpx.Client(base_url=info.url, timeout=_SECONDS, trust_env=False) as page:
            form = {"email": email, "password": password}
            if not _sent(page, "/user/login/", form):
                _invited(page, info, form)
                _named(page, first_name)
            return _token(page)
    except httpx.HTTPError as error:
        raise ServerError(
            f"the request failed ({type(error).__name__})", place=info.url, fix="factcheck studio start"
        ) from error


def signup_open(url: str) -> bool:
    """Whether anyone who reaches this server can make an account; nothing is made by asking.

    A form without an e-mail is refused as forbidden where sign-up is closed, and as a bad e-mail
    where it is open. False as well where the server gives no clear answer.
    """
    import httpx

    try:
        with httpx.Client(base_url=f"{url}/", timeout=_SECONDS, trust_env=False) as page:
            with page.stream("GET", "user/signup/"):
                form = {"csrfmiddlewaretoken": page.cookies.get("csrftoken") or ""}
            with page.stream("POST", "user/signup/", data=form, headers={"Referer": f"{url}/"}) as answer:
                return answer.status_code == 200
    except httpx.HTTPError:
        return False


def _invited(page: httpx.Client, info: ServerInfo, form: dict[str, str]) -> None:
    """Sign up with the owner's invitation."""
    import httpx

    owner = {"Authorization": f"Token {info.token}"}
    with httpx.Client(base_url=info.url, headers=owner, timeout=_SECONDS, trust_env=False) as desk:
        if any(user["email"] == form["email"].lower() for user in _json(desk.get("/api/users/"))):
            raise LoginError(
                f"{form['email']} has another password", place=info.url,
                fix="use that password, or another e-mail address",
            )  # fmt: skip
        token = _json(desk.get("/api/invite"))["token"]
        try:
            signed_up = _sent(page, "/user/signup/", form, token=token)
        finally:
            desk.post("/api/invite/reset-token")
    if not signed_up:
        raise ServerError(
            f"the server refuses the account {form['email']}", place=info.url,
            fix="give a full e-mail address and a password of 8 to 128 characters",
        )  # fmt: skip


def _named(page: httpx.Client, first_name: str) -> None:
    if first_name:
        me = _json(page.get("/api/current-user/whoami"))["id"]
        _json(page.patch(f"/api/users/{me}/", json={"first_name": first_name}))


def _token(page: httpx.Client) -> str:
    """The token of who is signed in.

    A database that is locked just when an account is made leaves it without one, and the server then
    fails whenever it is asked for; making it anew mends that. After any other failure the token may be
    in use, and stays.
    """
    answer = page.get("/api/current-user/token")
    if answer.status_code == 500 and "Token matching query does not exist" in answer.text:
        answer = page.post("/api/current-user/reset-token")
    return str(_json(answer)["token"])


def _sent(page: httpx.Client, path: str, form: dict[str, str], *, token: str = "") -> bool:
    """Fill in one of the server's forms; a redirect means that it was taken."""
    page.get(path)
    values = {**form, "csrfmiddlewaretoken": page.cookies.get("csrftoken") or ""}
    answer = page.post(path, data=values, params={"token": token} if token else None)
    return answer.status_code == 302


def _json(answer: httpx.Response) -> Any:
    if answer.status_code in {401, 403}:
        raise LoginError(
            f"refused with {answer.status_code}", place=str(answer.url),
            fix="factcheck studio stop && factcheck studio start",
        )  # fmt: skip
    try:
        answer.raise_for_status()
        return answer.json()
    except ValueError as error:
        raise ServerError("the answer is not JSON", place=str(answer.url), fix="try again") from error
