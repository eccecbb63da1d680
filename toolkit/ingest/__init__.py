"""Articles in, documents out: find the files, read them, normalise once, mark the page junk.

What is wrong with an article comes out as an Issue in its place, and the next one is read. The same
text is the same document, so it comes once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.config import Limits
from toolkit.errors import FactcheckError
from toolkit.ingest.article import Article, RefusedError
from toolkit.ingest.boilerplate import mark
from toolkit.ingest.lines import headline
from toolkit.ingest.metadata import clean
from toolkit.ingest.normalise import normalise
from toolkit.ingest.readers import READERS, Read, read_stdin
from toolkit.ingest.sources import STDIN, expand
from toolkit.model import SCHEMA_VERSION, Document, Issue, digest

__all__ = ["READERS", "headline", "mark", "normalise", "read_documents", "read_text"]


def read_documents(paths: Iterable[str], *, limits: Limits) -> Iterator[Document | Issue]:
    """The documents in files, folders, globs and standard input (``-``), in order, each text once.

    Regions are half-open code points into the canonical text. A document that was ingested before
    (a line of documents.jsonl) comes back as it is. Everything refused is an Issue of severity error;
    metadata left out, a warning; a text met before, a note.
    """
    seen: dict[str, str] = {}
    for source in expand(paths, READERS):
        for item in [source] if isinstance(source, Issue) else _read(source, limits):
            for each in _documents(item, limits) if isinstance(item, Article) else [item]:
                first = seen.get(each.doc_id) if isinstance(each, Document) else None
                if isinstance(each, Document):
                    seen.setdefault(each.doc_id, each.source_path)
                yield _duplicate(each, first) if isinstance(each, Document) and first else each


def read_text(text: str, *, limits: Limits) -> Iterator[Document | Issue]:
    """The documents of a file or of standard input (``-``); what is no file's name is a text itself.

    A text so given is somebody's sentence and no page: nothing of it is taken for boilerplate.
    """
    if text == STDIN or _is_file(text):
        yield from read_documents([text], limits=limits)
        return
    canonical = unicodedata.normalize("NFC", text)
    yield Document(
        schema_version=SCHEMA_VERSION, doc_id=Document.id_for(canonical), text_sha256=digest(canonical),
        title=None, url=None, publisher=None, published_at=None, language=None, source_path="TEXT",
        text=canonical, regions=(),
    )  # fmt: skip


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def _read(path: Path, limits: Limits) -> Iterator[Read]:
    """The articles of one source; a file that cannot be opened at all is an issue as well."""
    try:
        yield from read_stdin(limits) if str(path) == STDIN else READERS[path.suffix.lower()](path, limits)
    except FactcheckError as error:
        yield Issue(check="file/read", path=error.place or str(path), message=error.problem, fix=error.fix)


def _documents(article: Article, limits: Limits) -> Iterator[Document | Issue]:
    try:
        text = normalise(article.text, limit=limits.document_chars)
    except RefusedError as refused:
        yield article.issue(refused)
        return
    known: dict[str, str] = {}
    for value in clean(article):
        if isinstance(value, Issue):
            yield value
        else:
            known[value[0]] = value[1]
    regions = mark(text, title=known.get("title"))
    yield Document(
        schema_version=SCHEMA_VERSION,
        doc_id=Document.id_for(text),
        text_sha256=digest(text),
        title=known.get("title") or headline(text, regions),
        url=known.get("url"),
        publisher=known.get("publisher"),
        published_at=known.get("published_at"),
        language=known.get("language"),
        source_path=article.place,
        text=text,
        regions=regions,
    )


def _duplicate(document: Document, first: str) -> Issue:
    return Issue(
        severity="note", check="ingest/duplicate", path=document.source_path, record=document.doc_id,
        message=f"the same text as {first}, which is kept",
    )  # fmt: skip
