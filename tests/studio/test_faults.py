"""A server or a network that fails: exactly once all the same, one line, and no token anywhere."""

from __future__ import annotations

import json
import random
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.conftest import Run
from tests.studio.conftest import Api
from tests.studio.proxy import Proxy, once, proxy
from tests.studio.reports import drafts, write
from toolkit.config import Project
from toolkit.errors import FactcheckError, LoginError, ServerError, SettingsError, UnfinishedError
from toolkit.studio import connect, push_drafts
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport
from toolkit.studio.reach import failures, wire

Use = Callable[[str], None]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Watch a dropped request for less long than a real network deserves."""
    monkeypatch.setattr(failures, "WATCH_SECONDS", 0.4)
    monkeypatch.setattr(failures, "LONGEST_PAUSE", 0.2)


@pytest.fixture
def no_secret(studio: ServerInfo, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """After the test, the token is in no output and in no file that the test made."""
    yield
    said = capfd.readouterr()
    assert studio.token not in said.out + said.err
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert studio.token.encode() not in file.read_bytes(), file


def assert_exactly_once(api: Api, title: str, count: int) -> None:
    counts = api.counts(title)
    assert sorted(counts.tasks.values()) == [1] * count
    assert sorted(counts.predictions.values()) == [1] * count


@pytest.mark.usefixtures("hasty", "no_secret")
@pytest.mark.parametrize(
    "fault",
    ["drop-before", "drop-after", "500-after", "502-before", "429-before", "cut", "html-after", "twice",
     "400-after"],
)  # fmt: skip
def test_one_fault_in_a_push_and_still_exactly_once(
    fault: str, between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    between.choose = once(fault, skip=1)
    report = push_drafts(drafts(9), connect(desk.state), project=desk, title=title)
    assert (report.added, report.refused) == (9, ())
    assert_exactly_once(api, title, 9)
    assert [seen for _, _, seen in between.seen].count(fault) == 1


@pytest.mark.usefixtures("hasty", "no_secret")
@pytest.mark.parametrize("fault", ["drop-before", "drop-after", "502-after", "cut"])
def test_one_fault_while_predictions_are_added(
    fault: str, between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    push_drafts(drafts(7), connect(desk.state), project=desk, title=title)
    between.choose = once(fault, ending="/import/predictions")
    newer = drafts(7, version="rules-2")
    assert push_drafts(newer, connect(desk.state), project=desk, title=title).refreshed == 7
    counts = api.counts(title)
    assert sorted(counts.predictions.values()) == [1] * 14
    assert sorted(counts.tasks.values()) == [1] * 7


@pytest.mark.usefixtures("hasty", "no_secret")
@pytest.mark.parametrize("fault", ["drop-before", "drop-after", "500-after", "cut"])
def test_the_project_is_made_once(
    fault: str, between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    between.choose = once(fault, ending="/projects/")
    push_drafts(drafts(2), connect(desk.state), project=desk, title=title)
    assert len(api.projects(title)) == 1
    assert_exactly_once(api, title, 2)


@pytest.mark.usefixtures("hasty", "no_secret")
@pytest.mark.parametrize("fault", ["drop-before", "drop-after", "502-after", "twice"])
def test_one_fault_while_doubles_are_removed(
    fault: str, between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    spoil = once("twice"), once(fault, method="DELETE", ending="/")
    between.choose = lambda method, path: spoil[0](method, path) or spoil[1](method, path)
    report = push_drafts(drafts(3), connect(desk.state), project=desk, title=title)
    assert (report.added, report.warnings) == (3, ())
    assert_exactly_once(api, title, 3)
    assert [seen for verb, _, seen in between.seen if verb == "DELETE"].count(fault) == 1


@pytest.mark.usefixtures("hasty", "no_secret")
def test_four_batches_at_once_and_a_third_of_all_requests_spoilt(
    between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    chance = random.Random(11)
    faults = ["drop-before", "drop-after", "500-after", "502-before", "cut", "twice"]
    use(between.url)
    connection = connect(desk.state)
    between.choose = lambda method, path: chance.choice(faults) if chance.random() < 0.35 else None
    report = push_drafts(drafts(40), connection, project=desk, title=title, concurrency=4)
    assert (report.added, report.refused) == (40, ())
    assert_exactly_once(api, title, 40)


@pytest.mark.usefixtures("no_secret")
def test_a_batch_does_not_wait_for_the_one_before(
    between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    """While the first import is held up, the others are done; alone, they would wait."""
    use(between.url)
    between.choose = once("hold-after")
    sent: list[int] = []

    def step(done: int, total: int | None) -> None:
        sent.append(done)
        if done == 15:
            between.release.set()

    report = push_drafts(
        drafts(20), connect(desk.state), project=desk, title=title, concurrency=2, on_progress=step
    )
    # The answer that was held up is lost: the proxy hangs up after it.
    assert report.added == 20 and sent[-1] == 20 and 15 in sent
    assert_exactly_once(api, title, 20)


@pytest.mark.usefixtures("hasty", "no_secret")
def test_sums_that_do_not_fit_bring_a_look_at_every_task(
    between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    """Every answer is as it should be, but one import was delivered twice."""
    use(between.url)
    between.choose = once("twice", skip=1)
    report = push_drafts(drafts(9), connect(desk.state), project=desk, title=title)
    assert report.added == 9
    assert_exactly_once(api, title, 9)
    looked = [
        path for verb, path, _ in between.seen if verb == "GET" and "predictions_model_versions%2C" in path
    ]
    assert looked


@pytest.mark.usefixtures("no_secret")
def test_a_push_without_faults_looks_at_sums_alone(
    between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    push_drafts(drafts(9), connect(desk.state), project=desk, title=title)
    assert not [path for verb, path, _ in between.seen if "predictions_model_versions%2C" in path]
    assert_exactly_once(api, title, 9)


def test_a_project_that_arrives_late_is_no_rival(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    first = push(drafts(2))
    late = api("POST", "projects/", {"title": title})["id"]
    report = push(drafts(3))
    assert (report.project_id, report.added, report.unchanged) == (first.project_id, 1, 2)
    (warning,) = report.warnings
    assert warning.check == "push/project" and f"project {late} has the same title" in warning.message
    api("POST", f"projects/{late}/import", [{"data": {"text": "another"}}])
    with pytest.raises(ServerError, match="2 projects have the title"):
        push(drafts(3))


@pytest.mark.usefixtures("hasty", "no_secret")
@pytest.mark.parametrize(
    ("fault", "words"),
    [("redirect", "redirected to https://login.example.org/sso"), ("401", "the token is refused (401"),
     ("500-before", "the server failed (500"), ("404-before", "the server refused (404")],
)  # fmt: skip
def test_a_push_that_cannot_go_on_says_so_and_is_completed_later(
    fault: str, words: str, between: Proxy, use: Use, desk: Project, api: Api, title: str
) -> None:
    use(between.url)
    between.choose = once(fault, skip=1, times=1000)
    with pytest.raises(UnfinishedError) as failed:
        push_drafts(drafts(12), connect(desk.state), project=desk, title=title)
    assert "5 tasks added" in str(failed.value) and words in str(failed.value)
    assert failed.value.exit_code == 4 and "\n" not in str(failed.value)
    between.choose = once("never")
    push_drafts(drafts(12), connect(desk.state), project=desk, title=title)
    assert_exactly_once(api, title, 12)


@pytest.mark.usefixtures("no_secret")
@pytest.mark.parametrize(
    ("fault", "words"),
    [("500-before", "the server failed (500"), ("cut", "the connection broke off")],
)  # fmt: skip
def test_a_server_that_fails_from_the_start_is_one_line(
    fault: str, words: str, between: Proxy, run: Run, studio: ServerInfo, tmp_path: Path
) -> None:
    file = write(tmp_path / "drafts.jsonl", drafts(2))
    between.choose = lambda method, path: fault
    done = run("push", str(file), env={"LABEL_STUDIO_URL": between.url, "LABEL_STUDIO_API_KEY": studio.token})
    assert_one_line(done, code=3, words=words)
    assert studio.token not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("fault", "words"),
    [("401", "the token is refused"), ("empty", "cut short"), ("html", "text/html, not Label Studio's JSON"),
     ("redirect", "redirected to https://login.example.org/sso"), ("drop-before", "broke off"),
     ("drip", "no whole answer within 1 seconds"), ("endless", "an answer larger than")],
)  # fmt: skip
def test_a_server_that_answers_wrongly_from_the_start(
    fault: str, words: str, between: Proxy, use: Use, desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(between.url)
    monkeypatch.setenv("FACTCHECK_TIMEOUT", "1" if fault == "drip" else "20")
    between.choose = lambda method, path: fault
    started = time.monotonic()
    with pytest.raises(ServerError) as failed:
        connect(desk.state)
    assert time.monotonic() - started < 15
    assert words in str(failed.value) and "Fix: " in str(failed.value) and failed.value.exit_code == 3
    assert len(between.seen) == 1


def test_wrong_token_and_server_down(run: Run, studio: ServerInfo, tmp_path: Path) -> None:
    write(tmp_path / "drafts.jsonl", drafts(1))
    secret = "f00d" * 10
    login = {"LABEL_STUDIO_URL": studio.url, "LABEL_STUDIO_API_KEY": secret}
    for command in (("push", "drafts.jsonl"), ("pull",)):
        wrong = run(*command, env=login)
        assert_one_line(wrong, code=3, words="the token is refused")
        assert "LABEL_STUDIO_API_KEY" in wrong.stderr and secret not in wrong.stderr
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        down = run("push", "drafts.jsonl", env={**login, "LABEL_STUDIO_URL": url})
    assert_one_line(down, code=3, words="no connection")
    assert "factcheck studio start" in down.stderr and secret not in down.stderr
    nothing = run("pull")
    assert_one_line(nothing, code=2, words="no Label Studio is configured")
    assert "factcheck studio start" in nothing.stderr


@pytest.mark.parametrize(("url", "words"), [
    ("http://studio.example.org", "http:// to another machine"),
    ("https://me:secret@studio.example.org", "more than an address"),
    ("studio.example.org:8080", "not an address"),
    ("ftp://studio.example.org", "not an address"),
    ("http://[::1", "not an address"),
])  # fmt: skip
def test_addresses_that_would_give_the_token_away(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    with pytest.raises(SettingsError, match=words) as refused:
        connect(tmp_path)
    assert refused.value.fix and "secret" not in str(refused.value)


def test_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LABEL_STUDIO_URL", "https://studio.example.org")
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="LABEL_STUDIO_API_KEY is not set"):
        connect(tmp_path)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "two\nlines")
    with pytest.raises(LoginError, match="not a token"):
        connect(tmp_path)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    monkeypatch.setenv("FACTCHECK_TIMEOUT", "soon")
    with pytest.raises(SettingsError, match="FACTCHECK_TIMEOUT: 'soon' is not a time"):
        connect(tmp_path)


def test_without_settings_the_local_server_is_used(
    studio: ServerInfo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert connect(studio.log.parent.parent).user == studio.email
    file = tmp_path / "studio" / "server.json"
    file.parent.mkdir()
    values = json.loads(studio.log.with_name("server.json").read_text())
    file.touch(0o600)
    file.write_text(json.dumps({**values, "pid": None, "started": None}))
    with pytest.raises(ServerError, match="the local Label Studio is stopped"):
        connect(tmp_path)
    file.chmod(0o644)
    with pytest.raises(LoginError, match="others can read"):
        connect(tmp_path)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "server.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("LABEL_STUDIO_URL", f"https://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "0" * 40)
    with pytest.raises(ServerError, match=r"(?i)certificate"):
        connect(tmp_path)
    server.shutdown()
    server.server_close()


def self_signed(file: Path) -> Path:
    """A certificate and its key for 127.0.0.1, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    made = builder.sign(key, hashes.SHA256())
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


def test_a_personal_access_token_works(
    between: Proxy, api: Api, desk: Project, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a refresh token that the SDK exchanges, below a path as behind a gateway, too."""
    api("POST", "jwt/settings", {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True})
    token = api("POST", "token/")["token"]
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", token)
    monkeypatch.setenv("LABEL_STUDIO_URL", between.url)
    connection = connect(desk.state)
    assert connection.user == api.info.email and token not in repr(connection)
    assert push_drafts(drafts(2), connection, project=desk, title=title).added == 2
    assert ("POST", "/api/token/refresh/", None) in between.seen
    monkeypatch.setenv("LABEL_STUDIO_URL", f"{between.url}/studio")
    with pytest.raises(FactcheckError):
        connect(desk.state)
    assert ("POST", "/studio/api/token/refresh/", None) in between.seen


def test_no_cookie_is_kept_or_sent(between: Proxy, use: Use, desk: Project) -> None:
    use(between.url)
    connection = connect(desk.state)
    connection.get("api/projects/")
    assert not connection.sdk._client_wrapper.httpx_client.httpx_client.cookies
    assert all("a-cookie" not in str(seen) for seen in between.seen)


def test_what_the_server_says_is_cut_and_harmless(studio: ServerInfo) -> None:
    """A hostile answer reaches the terminal neither whole, nor with escapes, nor with our token."""
    secret = "0123456789abcdef" * 2
    made = wire.Wire(seconds=1, secret=secret)
    headers = httpx.Headers({"content-type": "application/json"})
    body = b'{"detail": "\\u001b[2J ' + secret.encode() + b" " + b"x" * 10_000 + b'"}'
    with pytest.raises(ServerError) as failed:
        made._judge(500, headers, body, "http://127.0.0.1/")
    assert secret not in str(failed.value) and "\x1b" not in str(failed.value)
    assert len(str(failed.value)) < 500


def test_a_dead_proxy_is_not_asked_twice_for_a_post(
    use: Use, studio: ServerInfo, desk: Project, title: str
) -> None:
    """The SDK would send a POST again by itself; below it, nothing does."""
    with proxy(studio.url) as made:
        use(made.url)
        connection = connect(desk.state)
        made.choose = once("500-before", ending="/projects/", times=1)
        with pytest.raises(failures.UnclearError):
            connection.send(connection.sdk.projects.create, title=title)
        assert [verb for verb, _, _ in made.seen].count("POST") == 1


def assert_one_line(done: subprocess.CompletedProcess[str], *, code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert words in line, line
    assert "Fix: " in line and "Traceback" not in line
