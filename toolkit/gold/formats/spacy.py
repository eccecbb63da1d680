"""spaCy (``spacy/part-00001.spacy`` …): documents as ``DocBin``, where spaCy is installed.

The tokens are those of ``spacy.blank("en")``; the marks are spans in ``doc.spans["sc"]``, where spaCy's span
categoriser looks for them, and a span's ``id_`` is its claim's id, so that a claim's spans are found
together. The document's id is in ``doc.user_data``. A mark that does not fit the tokens is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import SettingsError
from toolkit.files import naming, replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import by_document, marks_of, notes, unmarked
from toolkit.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SPANS = "sc"
DOCUMENTS_PER_FILE = 200
PLACES = "only marks and which claim they belong to: all values are not in it"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the documents, some hundred a file; each file's notes count what it left out or split.

    Raises ``SettingsError`` when spaCy is not installed.
    """
    try:
        import spacy
        from spacy.tokens import DocBin
    except ImportError as error:
        raise SettingsError(
            "the format 'spacy' needs spaCy, which is not installed", fix="python -m pip install spacy"
        ) from error
    language = spacy.blank("en")
    with naming(folder / "spacy"):
        (folder / "spacy").mkdir()
    documents = by_document(dataset)
    for number in count(1):
        lost: Counter[str] = Counter()
        part = list(islice(documents, DOCUMENTS_PER_FILE))
        if not part:
            return
        packed = DocBin(store_user_data=True)
        for document, claims in part:
            packed.add(_doc(language, document, claims, lost))
        name = f"spacy/part-{number:05}.spacy"
        with replacing(folder / name) as stream:
            stream.write(packed.to_bytes())
        yield Written(name, len(part), (PLACES, *notes(lost)))


def _doc(language: Language, document: Document, claims: list[dict[str, Any]], lost: Counter[str]) -> Doc:
    # The tokenizer itself, as the language refuses texts of more than a million characters.
    doc = language.tokenizer(document.text)
    doc.user_data["doc_id"] = document.doc_id
    lost["claims have a source without words in the text"] += unmarked(claims)
    spans = []
    for claim in claims:
        for mark in marks_of(claim):
            lost["marks are split: each part is a span of its own"] += len(mark.parts) > 1
            for start, end in mark.parts:
                span = doc.char_span(start, end, label=mark.label, span_id=claim["claim_id"])
                if span is None:
                    lost["marks left out: they do not begin and end with spaCy's tokens"] += 1
                else:
                    spans.append(span)
    doc.spans[SPANS] = spans
    return doc
