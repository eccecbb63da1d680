"""Datasets without article texts: no format lets more of an article out than a short quote."""

from __future__ import annotations

import csv
import importlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.gold.build import TEXT, make_claim, make_document, place, write
from tests.gold.golden import demo_claims, demo_documents, split_claim
from tests.gold.test_release import TEXTS_THEMSELVES
from toolkit.config import Settings
from toolkit.gold import FORMATS, check_files, write_dataset
from toolkit.gold.quotes import quoted
from toolkit.gold.releases.release import Release
from toolkit.model import Claim, Document, Evidence, Hedge, Verdict

SHAREABLE = tuple(name for name in FORMATS if name not in TEXTS_THEMSELVES)


def strings(path: Path) -> Iterator[str]:
    """What a file says: its text with escapes undone, or every string of a Parquet file."""
    if path.suffix == ".parquet":
        parquet: Any = importlib.import_module("pyarrow.parquet").ParquetFile(path)
        yield from json_strings(parquet.read().to_pylist())
        return
    text = path.read_text("utf-8")
    if path.suffix in {".csv", ".tsv"}:
        # Cells by themselves: the end of one and the start of the next are no run.
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream, delimiter="," if path.suffix == ".csv" else "\t"):
                yield from row
        return
    yield text.replace("\\n", "\n").replace('\\"', '"')
    if path.suffix in {".json", ".jsonl"}:
        for record in [text] if path.suffix == ".json" else text.splitlines():
            yield from json_strings(json.loads(record))


def json_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from json_strings(inner)


def runs(text: str, most: int) -> set[str]:
    """Every run of an article that is longer than may be shared, with one space for any white space."""
    folded = " ".join(text.split())
    return {folded[start : start + most + 1] for start in range(len(folded) - most)}


def leaks(folder: Path, documents: list[Document], most: int) -> set[tuple[str, str]]:
    """What stands in the files of a dataset and is longer than may be shared."""
    bad = set().union(*(runs(document.text, most) for document in documents))
    found = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        for text in strings(path):
            folded = " ".join(text.split())
            windows = (folded[start : start + most + 1] for start in range(len(folded) - most))
            found |= {(path.name, run) for run in windows if run in bad}
    return found


def export(tmp_path: Path, claims: list[Claim], documents: list[Document], most: int | None) -> Path:
    given = write(tmp_path / "given.jsonl", claims)
    texts = write(tmp_path / "texts.jsonl", documents)
    release = Release("1.1.0", quote_chars=most)
    names = SHAREABLE if most else tuple(FORMATS)[:3]
    write_dataset(
        given, to=tmp_path / "s-1.1.0", settings=Settings(), formats=names, documents=[texts], release=release
    )
    return tmp_path / "s-1.1.0"


def quoting() -> tuple[Document, list[Claim]]:
    """Claims that quote their article in every place that holds words."""
    long = "Colonel Adama of the third river company of the northern flood and harvest brigade said on Monday"
    text = TEXT.replace("Colonel Adama said on Monday", long)
    document = make_document(text, title=" ".join(text.split())[:90])
    claim = make_claim(document, content="At least 84 villagers were killed on July 27 near Tinzé")
    assert claim.claimer and claim.victim and claim.event and claim.event.location
    whole = text[text.index("At least") : text.index("\n“We")]
    every = replace(
        claim,
        normalized=f"It is said: {whole}",
        claimer=replace(claim.claimer, name=long),
        victim=replace(claim.victim, name=whole[:80]),
        hedges=(Hedge(place(document, whole[:60]), "lower_bound"),),
        evidence=(Evidence("https://news.example/x", whole, f"See {whole}"),),
        verdict=Verdict("supported", f"As written: {whole}", "desk", "2024-08-02"),
    )
    return document, [every, split_claim(document, "At least 84 villagers", "killed on July 27")]


@pytest.mark.parametrize("most", [20, 41])
def test_no_run_of_an_article_longer_than_the_limit_is_in_any_file(tmp_path: Path, most: int) -> None:
    document, claims = quoting()
    folder = export(tmp_path, claims, [document], most)
    assert {file["format"] for file in manifest(folder)["files"]} >= set(SHAREABLE)
    assert leaks(folder, [document], most) == set()
    assert [str(one) for one in check_files([str(folder)]) if one.severity == "error"] == []
    given = check_files([str(folder)], documents=[str(tmp_path / "texts.jsonl")])
    assert [str(one) for one in given if one.severity == "error"] == []


def test_the_demo_in_every_format_that_can_be_shared(tmp_path: Path) -> None:
    folder = export(tmp_path, demo_claims(), demo_documents(), 60)
    assert leaks(folder, demo_documents(), 60) == set()
    assert manifest(folder)["quotes"]["cut"] > 100


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """With the texts every format that was searched is found to hold them."""
    documents = demo_documents()[:2]
    names = {one.doc_id for one in documents}
    folder = export(tmp_path, [one for one in demo_claims() if one.doc_id in names], documents, None)
    found = {name for name, _ in leaks(folder, documents, 60)}
    assert found == {"claims.jsonl", "documents.jsonl", "claims.csv", "claims.parquet"}


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_annotations_have_whole_quotes_or_a_position(tmp_path: Path) -> None:
    document = make_document()
    claims = [
        make_claim(document),
        make_claim(document, content="At least 84"),
        split_claim(document, "84", "killed"),
    ]
    folder = export(tmp_path, claims, [document], 20)
    found = {}
    for node in lines(folder / "webannotation.jsonl"):
        targets = node["target"] if isinstance(node["target"], list) else [node["target"]]
        found[node["id"].rsplit(":", 1)[1]] = [target["selector"] for target in targets]
    cut, whole, split = (found[claim.claim_id] for claim in claims)
    assert [[one["type"] for one in selectors] for selectors in (*cut, *split)] == [
        ["TextPositionSelector"]
    ] * 3
    assert whole[0][1] == {"type": "TextQuoteSelector", "exact": "At least 84"}
    assert whole[0][0]["end"] - whole[0][0]["start"] == 11
    (file,) = [file for file in manifest(folder)["files"] if file["format"] == "webannotation"]
    assert "2 claims have a cut or split quote and so a position alone" in file["notes"]


def test_sources_stand_where_documents_stood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    document, claims = quoting()
    folder = export(tmp_path, claims, [document], 30)
    hub: Any = importlib.import_module("datasets")
    (row,) = hub.load_dataset(str(folder / "huggingface"), "documents", cache_dir=str(tmp_path / "c"))[
        "train"
    ]
    assert (row["chars"], row["text_sha256"]) == (len(document.text), document.text_sha256)
    assert "text" not in row
    croissant: Any = importlib.import_module("mlcroissant")
    dataset = croissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    (record,) = dataset.records("documents")
    assert record["documents/chars"] == len(document.text)


def test_what_counts_as_a_quote() -> None:
    text = "They said that the  old\nmill was full of people by noon."
    assert quoted("(the old mill was full)", [text], 15)
    assert not quoted("the old mill", [text], 12)
    assert not quoted("the new mill was full", [text], 16)
    assert not quoted("", [text], 0)
