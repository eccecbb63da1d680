"""The article in a web page: its main text and what the page's head says of it.

The page is parsed once, in bounds and without network; nothing in it is run. trafilatura finds the
main text (Barbaresi 2021), and its paragraphs become lines.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from toolkit.ingest.article import METADATA, RefusedError
from toolkit.ingest.dates import iso_date
from toolkit.ingest.normalise import check_characters

MAX_ELEMENTS = 30_000
FAST_FROM = 10_000
MIN_CHARS = 60
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_ARTICLE = "save the page's article as .txt, or leave the page out"

# A fixed last day: the library's own is today's, and the same page must give the same record tomorrow.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def extract(page: str) -> tuple[str, dict[str, Any]]:
    """The main text of a page and the metadata it states (fields of METADATA).

    Raises ``RefusedError`` when there is no article in it, or more elements than any article has.
    """
    check_characters(page)
    tree = _parse(page)
    stated = _metadata(tree)
    elements = sum(1 for _ in tree.iter())
    if elements > MAX_ELEMENTS:
        raise RefusedError(
            "html/size", f"{elements:,} elements, at most {MAX_ELEMENTS:,}", fix="save the article alone"
        )
    found = _extraction(tree, fast=elements > FAST_FROM)
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise RefusedError("html/article", "no article in this page", fix=_NO_ARTICLE)
    guessed = {
        "title": found.title, "url": found.url, "publisher": found.sitename,
        "published_at": found.date, "language": found.language,
    }  # fmt: skip
    return text, {name: stated.get(name) or guessed[name] for name in METADATA}


def _extraction(tree: Any, *, fast: bool) -> Any:
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    # What the library says of odd pages comes out as an issue, not as a log line on stderr.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_CHARS))
    try:
        _clean_controls(tree)
        _wrap_loose_text(tree)
        return bare_extraction(
            tree, with_metadata=True, include_comments=False, include_images=False, deduplicate=False,
            fast=fast, date_extraction_params=dict(_DATES), config=config,
        )  # fmt: skip
    except Exception as error:  # A page can be broken in more ways than the library's errors tell.
        raise RefusedError(
            "html/parse", f"cannot be read as a web page ({type(error).__name__})", fix=_NO_ARTICLE
        ) from error


def _clean_controls(tree: Any) -> None:
    """Control characters, which may also come from ``&#8;``, make the library give up on a page."""
    for element in tree.iter():
        for part in ("text", "tail"):
            value = getattr(element, part)
            if value and _CONTROL.search(value):
                setattr(element, part, _CONTROL.sub(" ", value))
        for name, value in element.attrib.items():
            if _CONTROL.search(value):
                element.set(name, _CONTROL.sub(" ", value))


def _parse(page: str) -> Any:
    """The tree of a page. libxml2 stops at a depth of 256, so no page can exhaust the stack."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise RefusedError("html/article", "no article in this page", fix=_NO_ARTICLE) from error
    return tree


_BOXES = ("article", "blockquote", "body", "center", "div", "main", "section", "td")
_INLINE_TAGS = (
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strong "
    "sub sup time tt u var"
)
_INLINE = frozenset(_INLINE_TAGS.split())


def _wrap_loose_text(tree: Any) -> None:
    """Put text that stands in a box beside breaks or blocks into paragraphs of its own.

    Old pages part paragraphs by ``<br>``; the extraction would lose the first of them, and run short
    ones together.
    """
    for box in list(tree.iter(*_BOXES)):
        if all(child.tag in _INLINE for child in box):
            continue
        run, kept = _run(box, box.text), []
        box.text = None
        for child in list(box):
            if child.tag in _INLINE:
                run.append(child)
                continue
            tail, child.tail = child.tail, "\n"
            kept += [run, child] if child.tag != "br" else [run]
            run = _run(box, tail)
        box[:] = [each for each in [*kept, run] if each.tag != "p" or len(each) or (each.text or "").strip()]


def _run(box: Any, text: str | None) -> Any:
    paragraph = box.makeelement("p")
    paragraph.text, paragraph.tail = text, "\n"
    return paragraph


def _metadata(tree: Any) -> dict[str, str]:
    """What the head states outright; it is more exact than what can be made out from the page."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(name, meta.get("content") or "")
    linked = dict(_linked_data(tree))
    dates = (metas.get("article:published_time"), linked.get("datePublished"), metas.get("datepublished"))
    stated = {
        "title": metas.get("og:title") or linked.get("headline"),
        "url": next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None)
        or metas.get("og:url"),
        "publisher": metas.get("og:site_name") or linked.get("publisher"),
        "published_at": next((value for value in dates if value and iso_date(value)), None),
        "language": tree.get("lang"),
    }
    return {name: value for name, value in stated.items() if value}


def _linked_data(tree: Any) -> Iterator[tuple[str, str]]:
    """Headline, date and publisher of the first article in the page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        graph = value.get("@graph", [value]) if isinstance(value, dict) else value
        for node in graph if isinstance(graph, list) else []:
            if isinstance(node, dict) and "Article" in str(node.get("@type", "")):
                publisher = node.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                fields = {**node, "publisher": name}
                names = ("headline", "datePublished", "publisher")
                yield from ((key, fields[key]) for key in names if isinstance(fields.get(key), str))
                return
