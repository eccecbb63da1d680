"""One small file for each format that datasets are written in.

A format has a function ``write(dataset, folder)`` that writes its files into the folder and gives a
``Written`` for each; ``dataset.about`` knows name, licence, language and counts, ``dataset.document``
finds texts. Files may lie in a folder of the format's own. Adding a format is adding a file here and
a line to ``FORMATS``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import (
    averitec,
    bio,
    brat,
    checkthat,
    claimreview,
    croissant,
    csv,
    fever,
    huggingface,
    jsonl,
    labelstudio,
    parquet,
    spacy,
    ucdp,
    webannotation,
)


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is written, and what has to be there: the documents, or files of other formats.

    ``shareable`` is set once what it writes has been seen to hold no more of an article than short quotes,
    where no more may be shared; the other formats are the texts themselves, with marks in them.
    """

    write: Callable[[Dataset, Path], Iterator[Written]]
    documents: bool = False
    beside: tuple[str, ...] = ()
    shareable: bool = False


# In the order they are written: a format comes after those it stands beside.
FORMATS: dict[str, Format] = {
    "jsonl": Format(jsonl.write, shareable=True),
    "csv": Format(csv.write, shareable=True),
    "parquet": Format(parquet.write, shareable=True),
    "huggingface": Format(huggingface.write, shareable=True),
    "croissant": Format(croissant.write, beside=("jsonl",), shareable=True),
    "claimreview": Format(claimreview.write, shareable=True),
    "webannotation": Format(webannotation.write, documents=True, shareable=True),
    "labelstudio": Format(labelstudio.write, documents=True),
    "averitec": Format(averitec.write, shareable=True),
    "fever": Format(fever.write, shareable=True),
    "checkthat": Format(checkthat.write, shareable=True),
    "brat": Format(brat.write, documents=True),
    "bio": Format(bio.write, documents=True),
    "spacy": Format(spacy.write, documents=True),
    "ucdp": Format(ucdp.write, shareable=True),
}


def chosen(names: Sequence[str], *, with_text: bool = True) -> dict[str, Format]:
    """The formats of these names, each once, in the order of ``FORMATS``.

    Raises ``SettingsError`` when a name is unknown, there is none, one needs another beside it, or one
    carries texts that stay out.
    """
    known = ", ".join(FORMATS)
    for name in names:
        if name not in FORMATS:
            close = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            raise SettingsError(f"unknown format {name!r}", fix=f"{hint}known formats: {known}")
        for other in FORMATS[name].beside:
            if other not in names:
                both = ",".join([*names, other])
                raise SettingsError(
                    f"the format {name!r} describes the files of {other!r}", fix=f"--formats {both}"
                )
    if not names:
        raise SettingsError("no format", fix=f"name at least one of {known}")
    if bound := [name for name in names if not with_text and not FORMATS[name].shareable]:
        free = ", ".join(name for name, form in FORMATS.items() if form.shareable)
        raise SettingsError(
            f"the format {bound[0]!r} is the article texts with marks in them, and nothing without",
            fix=f"leave it out; without texts there are {free}",
        )
    return {name: form for name, form in FORMATS.items() if name in names}


def need_documents(wanted: dict[str, Format], *, given: bool) -> None:
    """Raise ``SettingsError`` for the first format that needs the texts, when they were not given."""
    for name, form in wanted.items():
        if form.documents and not given:
            raise SettingsError(f"the format {name!r} needs the texts", fix="add --documents documents.jsonl")
