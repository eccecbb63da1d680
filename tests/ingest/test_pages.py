"""Whole pages, invented, with the junk of news sites around and inside the article.

In ``pages/`` a line that begins with ``~`` is page junk and any other is the article's; its first line is
the headline. Each page is laid out in three ways, and as HTML.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.config import Limits, find_project
from toolkit.ingest import headline, mark, read_documents
from toolkit.model import Document, Draft

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
LAYOUTS = ("lines", "paragraphs", "wrapped")
# "What you need to know" and the paper's own name say nothing, and are left unmarked.
UNMARKED = 1


@dataclass(frozen=True)
class Part:
    """A line of a page at half-open code points of its text."""

    start: int
    end: int
    junk: bool
    text: str


def lines_of(page: Path) -> Iterator[tuple[bool, str]]:
    for line in page.read_text("utf-8").splitlines():
        yield line.startswith("~ "), line.removeprefix("~ ")


def lay_out(page: Path, layout: str) -> tuple[str, list[Part]]:
    text, parts = "", []
    for junk, line in lines_of(page):
        shown = textwrap.fill(line, 72, break_on_hyphens=False) if layout == "wrapped" else line
        parts.append(Part(len(text), len(text) + len(shown), junk, line))
        text += shown + ("\n" if layout == "lines" else "\n\n")
    return text.rstrip(), parts


def misjudged(text: str, parts: list[Part]) -> tuple[list[str], list[str]]:
    """Junk that is not marked, and lines of the article that are; an agency's credit in them may be."""
    marked = {at for region in mark(text) for at in range(region.start, region.end)}
    covered = [(part, sum(at in marked for at in range(part.start, part.end))) for part in parts]
    left = [part.text for part, count in covered if part.junk and count < 0.9 * (part.end - part.start)]
    lost = [part.text for part, count in covered if not part.junk and count > len("(Reuters)")]
    return left, lost


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_article_is_kept_and_junk_is_marked(page: Path, layout: str) -> None:
    left, lost = misjudged(*lay_out(page, layout))
    assert lost == []
    assert len(left) <= UNMARKED, left


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_first_line_of_the_article_is_the_headline(page: Path, layout: str) -> None:
    text, parts = lay_out(page, layout)
    wanted = next(part.text for part in parts if not part.junk)
    assert headline(text, mark(text)) == wanted


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_claim_lies_in_junk(layout: str, tmp_path: Path) -> None:
    laid = {page.stem: lay_out(page, layout) for page in PAGES}
    for name, (text, _) in laid.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    drafts = [
        each for each in pipeline.prelabel([str(tmp_path)], project=find_project()) if isinstance(each, Draft)
    ]
    assert len(drafts) == len(PAGES)
    claims = [
        (Path(draft.document.source_path).stem, claim.span) for draft in drafts for claim in draft.claims
    ]
    junk = [
        laid[name][0][span.start : span.end]
        for name, span in claims
        if any(part.junk and part.start < span.end and span.start < part.end for part in laid[name][1])
    ]
    assert junk == []
    assert len(claims) > 5 * len(PAGES)


def as_html(page: Path) -> str:
    """The page as a site would send it: menus and lists around, and every line in the article's box."""
    lines = list(lines_of(page))
    title = next(line for junk, line in lines if not junk)
    body = "\n".join(
        f"<h1>{escape(line)}</h1>" if line == title else f"<p>{escape(line)}</p>" for _, line in lines
    )
    return f"""<!doctype html>
<html lang="en"><head><title>{escape(title)} | Daily Harbour</title>
<meta property="og:title" content="{escape(title)}">
<meta property="article:published_time" content="2024-03-12T09:41:00+00:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><article>{body}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/1">Police say 30 killed in bus crash</a></li></ul></aside>
<footer><p>© 2024 Daily Harbour. All rights reserved.</p></footer></body></html>"""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_html_pages_give_headline_date_and_article(page: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(as_html(page), "utf-8")
    (document,) = read_documents([str(path)], limits=Limits())
    assert isinstance(document, Document)
    lines = list(lines_of(page))
    assert document.title == next(line for junk, line in lines if not junk)
    assert document.published_at is not None and document.published_at.startswith("2024-03-12")
    marked = {at for region in document.regions for at in range(region.start, region.end)}
    for junk, line in lines:
        found = document.text.find(line)
        share = sum(at in marked for at in range(found, found + len(line))) / len(line) if found >= 0 else 1
        if not junk and line != document.title and len(line.split()) > 3:
            assert found >= 0 and share < 0.5, line
        elif junk and len(line.split()) > 9:
            assert share > 0.9, line
