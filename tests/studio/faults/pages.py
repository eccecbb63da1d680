"""Articles that try to be programs, in the page where people read them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests import find_browser
from tests.studio.faults.ground import Ground
from tests.studio.faults.payloads import DO, PAYLOADS
from tests.studio.reports import draft
from tests.tally import Tally
from toolkit.model import Document, Draft, Span


def payloads(tally: Tally, ground: Ground) -> None:
    """scripts in text, headline, publisher, address and claims, in Chromium: no dialog, no foreign request"""
    desk = ground.desk("scripts", batch=50)
    count = 2 if ground.quick else len(PAYLOADS)
    made = [hostile(number) for number in range(count)]
    desk.push(made)
    stored = ground.api.stored(desk.title)
    tasks = {task["data"]["uid"]: task["id"] for task in stored}
    address = f"{ground.info.url}/projects/{stored[0]['project']}/data"
    with _chromium(ground.browser) as browser, _watched(browser, ground) as (page, harm):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(500)
        tally.take(not harm and _inert(page), f"the list of tasks: {harm}")
        for number, one in enumerate(made):
            harm.clear()
            page.goto(f"{address}?task={tasks[one.document.doc_id]}")
            claim = page.locator(".htx-highlight").first
            claim.wait_for(timeout=60_000)
            claim.click(force=True)
            page.mouse.move(400, 300)
            page.wait_for_timeout(300)
            shown = PAYLOADS[number][:12] in page.locator("body").inner_text()
            tally.take(shown and not harm and _inert(page), f"{PAYLOADS[number]}: {harm}, shown {shown}")


def forged(tally: Tally, ground: Ground) -> None:
    """a page of another site that sends forms and requests with the owner's browser: nothing done or read"""
    title = f"Forged {ground.room.name}"[:50]
    api = f"{ground.info.url}/api/projects/"
    ways = {
        "a form": f"<form method=post action={api}><input name=title value='{title}'></form>"
        "<script>document.forms[0].submit()</script>",
        "a form of plain text": f"<form method=post enctype=text/plain action={api}>"
        f"<input name='{{&quot;title&quot;:&quot;{title}&quot;,&quot;x&quot;:&quot;' value='&quot;}}'></form>"
        "<script>document.forms[0].submit()</script>",
        "fields by fetch": f"<script>fetch('{api}', {{method: 'POST', mode: 'no-cors',"
        f" credentials: 'include', body: new URLSearchParams({{title: '{title}'}})}})</script>",
        "JSON by fetch": f"<script>fetch('{api}', {{method: 'POST', credentials: 'include', headers:"
        f" {{'Content-Type': 'application/json'}}, body: JSON.stringify({{title: '{title}'}})}})</script>",
        "reading by fetch": f"<script>fetch('{api}', {{credentials: 'include'}}).then(a => a.text())"
        ".then(text => { document.title = 'read ' + text })</script>",
        "a frame": f"<iframe src={ground.info.url}/projects/></iframe>",
    }
    with _chromium(ground.browser) as browser, _watched(browser, ground) as (page, _harm):
        for name in ("a form", "reading by fetch") if ground.quick else ways:
            html = ways[name]
            # To a browser, localhost is another site than 127.0.0.1.
            with _site(html) as port:
                page.goto(f"http://localhost:{port}/", wait_until="commit")
                page.wait_for_timeout(1500)
                read = "read" in page.title()
                framed = [
                    one.url for one in page.frames[1:] if urlsplit(one.url).path.startswith("/projects")
                ]
            tally.take(not ground.api.projects(title) and not read and not framed, f"{name}: {framed}")


@contextmanager
def _site(html: str) -> Iterator[int]:
    """A site on this machine with this one page; gives its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def hostile(number: int) -> Draft:
    """A draft that says a payload wherever it has words; its text has the next two as well."""
    one, two, three = (PAYLOADS[(number + more) % len(PAYLOADS)] for more in range(3))
    text = f"{one}\n{two}\nPolice said that 12 people were killed near Ségou {three} on day {number}.\n"
    made = draft(text=text)
    (claim,) = made.claims
    claimer, victim = claim.claimer, claim.victim
    assert claimer and victim
    start = claim.span.start
    wide = Span.of(text, start, text.index(three, start) + len(three))
    document = replace(made.document, title=one, publisher=two, url=f"javascript:{DO}", source_path=three)
    assert document.doc_id == Document.id_for(text)
    said = replace(
        claim,
        span=wide,
        normalized=one,
        claimer=replace(claimer, name=two),
        victim=replace(victim, name=three),
    )
    return Draft(document, (), (said,))


def _inert(page: Page) -> bool:
    """Whether nothing ran, and no payload became an element or a link."""
    found = page.evaluate(
        """() => [window.harmed, ...document.querySelectorAll(
            '[href^="javascript:"], [src*="harm.invalid"], [href*="harm.invalid"], [onerror], [onfocus],'
            + '[ontoggle], [onbegin], [onstart], [srcdoc], marquee, isindex')].filter(Boolean).length"""
    )
    return bool(found == 0)


@contextmanager
def _chromium(given: Browser | None) -> Iterator[Browser]:
    """The browser that is there, else one of its own."""
    if given:
        yield given
        return
    path = find_browser.find()
    assert path, "no browser; run: python tests/find_browser.py --install"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(find_browser.ARGS))
        yield browser
        browser.close()


@contextmanager
def _watched(browser: Browser, ground: Ground) -> Iterator[tuple[Page, list[str]]]:
    """A page logged in as the owner, and the list of its dialogs and of its requests to other hosts."""
    info, harm = ground.info, list[str]()
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    context.set_default_timeout(60_000)
    page = context.new_page()

    def heard(dialog: object) -> None:
        harm.append("a dialog")
        dialog.dismiss()  # type: ignore[attr-defined]

    def asked(url: str) -> None:
        if not url.startswith((info.url, "data:", "blob:", "about:")):
            harm.append(url)

    page.on("dialog", heard)
    context.on("request", lambda request: asked(request.url))
    context.on("page", lambda other: harm.append(f"a window: {other.url}"))
    page.goto(f"{info.url}/user/login/")
    page.fill("input[name=email]", info.email)
    page.fill("input[name=password]", info.password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/(projects/?)?$"))
    try:
        yield page, harm
    finally:
        context.close()
