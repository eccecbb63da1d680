"""Web pages: the article and what the page states, in bounds."""

from __future__ import annotations

import socket
import time

import pytest

from toolkit.ingest.article import RefusedError
from toolkit.ingest.html import MAX_ELEMENTS, extract

FIRST = "The army said on Monday that seven soldiers were killed in the north and nine wounded."
SECOND = "The rebels said that they had killed forty soldiers and lost none of their own men."


def page(body: str, head: str = "", lang: str = "") -> str:
    return f"<html{lang}><head>{head}</head><body>{body}</body></html>"


def test_paragraphs_are_lines_and_scripts_are_gone() -> None:
    text, _ = extract(page(f"<article><p>{FIRST}</p><script>alert(1)</script><p>{SECOND}</p></article>"))
    assert text == f"{FIRST}\n{SECOND}"


@pytest.mark.parametrize(
    "body",
    [
        f"{FIRST}<br><br>{SECOND}",
        f"<div>{FIRST}<br/>{SECOND}</div>",
        f"<article>{FIRST}<p>{SECOND}</p></article>",
        f"<div><p>{FIRST}</div></span><p>{SECOND}<b>",
    ],
)
def test_loose_and_broken_markup_loses_no_paragraph(body: str) -> None:
    assert extract(page(body))[0] == f"{FIRST}\n{SECOND}"


def test_inline_markup_stays_in_its_sentence() -> None:
    text, _ = extract(page(f"<div>The <b>army</b> of <a href='/m'>Mali</a> said so.<br>{SECOND}</div>"))
    assert text == f"The army of Mali said so.\n{SECOND}"


def test_page_states_its_metadata() -> None:
    head = """<title>Other | Site</title><meta property="og:title" content="Two counts">
        <meta property="og:site_name" content="Ridge Times"><link rel="canonical" href="https://r.example/a">
        <script type="application/ld+json">{"@graph": [{"@type": "Organization"},
        {"@type": ["NewsArticle"], "headline": "H", "datePublished": "2025-02-03T04:05:06+01:00",
        "publisher": {"name": "P"}}]}</script>"""
    _, metadata = extract(page(f"<p>{FIRST}</p><p>{SECOND}</p>", head, ' lang="en"'))
    assert metadata == {
        "title": "Two counts", "url": "https://r.example/a", "publisher": "Ridge Times",
        "published_at": "2025-02-03T04:05:06+01:00", "language": "en",
    }  # fmt: skip


def test_no_date_is_guessed() -> None:
    _, metadata = extract(page(f"<p>{FIRST} Seen on 3 March 2021.</p><p>{SECOND}</p><footer>© 2019</footer>"))
    assert metadata["published_at"] is None


@pytest.mark.parametrize(
    "markup",
    ["", " ", page(""), page("<script>var a = 'text'</script>"), "<html><frameset><frame src=x></html>",
     page("<div>" * 100_000 + f"<p>{FIRST}</p>"), page("<b>" * 100_000 + FIRST)],
    ids=["empty", "blank", "no body", "script", "frames", "deep boxes", "deep inline"],
)  # fmt: skip
def test_no_article(markup: str) -> None:
    with pytest.raises(RefusedError, match="no article"):
        extract(markup)


def test_hostile_pages_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    before = time.process_time()
    with pytest.raises(RefusedError, match="elements"):
        extract(page(f"<p>{FIRST}</p>" * (MAX_ELEMENTS + 1)))
    entities = "<!DOCTYPE html [<!ENTITY a SYSTEM 'http://127.0.0.1/x'><!ENTITY b '&a;&a;'>]>"
    remote = "<link rel=stylesheet href='http://127.0.0.1/x'><img src='http://127.0.0.1/y'>"
    for markup in (
        entities + page(f"<p>{FIRST}</p><p>&b;</p>"),
        page(f"<p>{FIRST}</p>", remote),
        page(f"<p>{FIRST}</p>" + "<div>" * 100_000 + "<p>deep</p>"),
        page(f"<p {'a=1 ' * 100_000}>{FIRST}</p>"),
        page(f"<p>{FIRST}</p>", "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"),
        page(f"<!--{'x' * 1_000_000}--><p>{FIRST}</p>"),
    ):
        assert FIRST in extract(markup)[0]
    assert time.process_time() - before < 60


def test_control_characters_do_not_cost_the_page() -> None:
    text, _ = extract(page(f"<p title='&#8;'>Nine\x0b men&#1; fell. {FIRST}</p><p>{SECOND}</p>"))
    assert text == f"Nine men fell. {FIRST}\n{SECOND}"
    with pytest.raises(RefusedError, match="NUL") as refused:
        extract(f"<p>{FIRST}</p>\n<p>\0</p>")
    assert refused.value.line == 2
