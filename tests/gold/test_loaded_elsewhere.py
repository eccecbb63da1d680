"""The dataset folder for `datasets` and the description for `mlcroissant`, each read by that tool offline."""

from __future__ import annotations

import dataclasses
import importlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.gold.build import make_claim, make_document, place, write
from toolkit.config import ExportSettings, Settings
from toolkit.errors import DataError, SettingsError
from toolkit.gold import check_files, write_dataset
from toolkit.gold.formats import croissant
from toolkit.gold.releases.release import Release
from toolkit.gold.releases.splits import parse
from toolkit.model import Claim, Document, Hedge, Manifest, Span, from_record, to_record

REPO = Path(__file__).parents[2]
DEMO = REPO / "exports" / "demo"
COUNTS = json.loads((DEMO / "manifest.json").read_text("utf-8"))["counts"]
RULES = json.loads((DEMO / "manifest.json").read_text("utf-8"))["rules_versions"]
NEW = ("huggingface", "croissant", "claimreview", "webannotation")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def export_demo(to: Path, *formats: str) -> Manifest:
    return write_dataset(
        str(DEMO / "claims.jsonl"), to=to, settings=Settings(name="demo"), formats=formats,
        documents=[str(DEMO / "documents.jsonl")],
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "set"
    export_demo(folder, "jsonl", *NEW)
    assert list(check_files([str(folder)])) == []
    return folder


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`datasets`, told to stay offline and to keep its cache in the test's folder."""
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    return importlib.import_module("datasets")


def card(folder: Path) -> Any:
    return importlib.import_module("huggingface_hub").DatasetCard.load(folder / "huggingface" / "README.md")


def test_datasets_loads_every_record(demo: Path, hub: Any, tmp_path: Path) -> None:
    folder = str(demo / "huggingface")
    claims = hub.load_dataset(folder, cache_dir=str(tmp_path / "cache"))
    documents = hub.load_dataset(folder, "documents", cache_dir=str(tmp_path / "cache"))
    assert list(claims) == list(documents) == ["train"]
    assert claims["train"].num_rows == COUNTS["claims"] > 100
    assert documents["train"].num_rows == COUNTS["documents"]
    assert [from_record(Claim, row) for row in claims["train"]] == [
        from_record(Claim, record) for record in lines(demo / "claims.jsonl")
    ]
    assert [from_record(Document, row) for row in documents["train"]] == [
        from_record(Document, record) for record in lines(demo / "documents.jsonl")
    ]


def test_the_card_says_what_it_is(demo: Path) -> None:
    found = card(demo)
    data = found.data.to_dict()
    assert (data["language"], data["pretty_name"]) == (["en"], "demo")
    assert (data["license"], data["license_name"]) == ("other", "cc-by-4.0-for-annotations-only")
    assert data["annotations_creators"] == ["machine-generated"]
    assert [config["config_name"] for config in data["configs"]] == ["claims", "documents"]
    for said in (
        f"{COUNTS['claims']} of {COUNTS['claims']} claims were reviewed by a script alone and by no person",
        *(f"| {status} | {count} |" for status, count in COUNTS["by_status"].items()),
        f"| scripted | {COUNTS['claims']} |",
        "The annotations are under CC-BY-4.0.",
        "keep their publishers' rights",
        "Their demographics and training are not recorded.",
        "Dated 2024-07-30 to 2025-05-21",
        f"`en` ({COUNTS['documents']} reports)",
        *(f"`{version}`" for version in RULES),
    ):
        assert said in found.text


def test_people_alone_are_not_called_scripted(tmp_path: Path) -> None:
    settings = Settings(export=ExportSettings(license="ODbL-1.0"))
    path = write(tmp_path / "claims.jsonl", [make_claim(), make_claim(status="rejected", effect="x")])
    manifest = write_dataset(path, to=tmp_path / "set", settings=settings, formats=["huggingface"])
    assert [file.path for file in manifest.files] == [
        "huggingface/data/claims/train.parquet",
        "huggingface/README.md",
    ]
    found = card(tmp_path / "set")
    data = found.data.to_dict()
    assert data["license"] == "odbl-1.0"
    assert "annotations_creators" not in data
    assert [config["config_name"] for config in data["configs"]] == ["claims"]
    assert "cripted" not in found.text
    assert "| left out: rejected | 1 |" in found.text
    assert "The reports are not part of the dataset" in found.text
    assert "`en` by the project's settings" in found.text


def test_mlcroissant_finds_no_fault(demo: Path) -> None:
    dataset: Any = importlib.import_module("mlcroissant").Dataset(jsonld=demo / "croissant.json")
    metadata = dataset.metadata
    assert not metadata.ctx.issues.errors
    assert {warning.split('"')[1].rsplit("/", 1)[1] for warning in metadata.ctx.issues.warnings} == {
        "citeAs", "datePublished", "version",
    }  # fmt: skip
    assert metadata.to_json()["conformsTo"] == [
        "http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0",
    ]  # fmt: skip
    assert metadata.ctx.conforms_to.value == croissant.VERSION
    assert metadata.data_annotation_platform == ["Label Studio"]
    assert metadata.machine_annotation_tools[0].endswith(f"rules {', '.join(RULES)}")
    said = f"{COUNTS['claims']} of {COUNTS['claims']} claims were reviewed by a script"
    assert said in metadata.data_annotation_analysis[0]
    assert metadata.annotations_per_item == "At most 1 judgments of one claim."
    assert "Hand-written rules" in metadata.data_annotation_protocol[0]
    assert f"{COUNTS['documents']} reports by 12 named publishers" in metadata.data_collection
    assert metadata.data_limitations
    assert metadata.personal_sensitive_information
    assert metadata.annotator_demographics == ["Not recorded."]
    raw = json.loads((demo / "croissant.json").read_text("utf-8"))
    assert raw["prov:wasGeneratedBy"]["prov:label"] == "factcheck export"
    digests = {
        file["path"]: file["sha256"] for file in json.loads((demo / "manifest.json").read_text())["files"]
    }
    for file in metadata.file_objects:
        assert file.sha256 == digests[file.content_url]


@pytest.mark.parametrize(("name", "kind"), [("claims", Claim), ("documents", Document)])
def test_mlcroissant_reads_every_field(demo: Path, name: str, kind: type) -> None:
    dataset: Any = importlib.import_module("mlcroissant").Dataset(jsonld=demo / "croissant.json")
    rows = list(dataset.records(name))
    records = lines(demo / f"{name}.jsonl")
    assert len(rows) == len(records)
    leaves = [leaf for leaf in croissant.leaves(kind) if leaf.count("[]") < 2]
    assert len(rows[0]) == len(leaves)
    for row, record in zip(rows, records, strict=True):
        for leaf in leaves:
            expected = at(record, leaf.replace("[]", "").split("."))
            found = text(row[f"{name}/{leaf.replace('[]', '')}"])
            if leaf == "published_at":
                assert found == pd.Timestamp(expected)
            else:
                # It parses JSON by pandas, which is off by the last bit in some fractions.
                assert found == (pytest.approx(expected) if isinstance(expected, float) else expected), leaf


def at(value: Any, steps: list[str]) -> Any:
    if not steps or value is None:
        return value
    if isinstance(value, list):
        return [at(item, steps) for item in value]
    return at(value.get(steps[0]), steps[1:])


def text(value: Any) -> Any:
    """Texts instead of the bytes that mlcroissant gives."""
    if isinstance(value, list):
        return [text(item) for item in value]
    return value.decode() if isinstance(value, bytes) else value


def test_the_context_is_the_recommended_one() -> None:
    core = "mlcroissant._src.core"
    context = importlib.import_module(f"{core}.context").Context(conforms_to=croissant.VERSION)
    recommended = importlib.import_module(f"{core}.rdf").make_context(context)
    assert {**croissant.CONTEXT, **recommended} == croissant.CONTEXT


def test_croissant_needs_what_it_describes(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"describes the files of 'jsonl'. Fix: --formats croissant,jsonl"
    ):
        export_demo(tmp_path / "set", "croissant")
    assert not (tmp_path / "set").exists()


def test_what_no_field_reaches_is_counted(tmp_path: Path) -> None:
    document = make_document()
    first, second = place(document, "At least"), place(document, "killed")
    pieces = Span.joined(document.text, [(first.start, first.end), (second.start, second.end)])
    claim = dataclasses.replace(make_claim(document), hedges=(Hedge(pieces, "lower_bound"),))
    path = write(tmp_path / "claims.jsonl", [claim])
    manifest = write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=["croissant", "jsonl"])
    assert manifest.files[-1].notes[1:] == (
        "1 claims have caveats or pieces in a list within a list, which no field reaches",
    )


def test_an_unusual_licence_stays_as_it_is(tmp_path: Path) -> None:
    settings = Settings(export=ExportSettings(license="ask: us [first]"))
    path = write(tmp_path / "claims.jsonl", [make_claim()])
    write_dataset(path, to=tmp_path / "set", settings=settings, formats=["jsonl", "croissant", "huggingface"])
    raw = json.loads((tmp_path / "set" / "croissant.json").read_text("utf-8"))
    assert raw["license"] == "ask: us [first]"
    assert card(tmp_path / "set").data.license == "ask: us [first]"
    assert "temporalCoverage" not in raw


def test_same_records_give_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.gold.test_loaded_elsewhere import NEW, export_demo\n"
        "export_demo(Path(sys.argv[1]), 'jsonl', *reversed(NEW))"
    )
    worlds = [
        {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu"},
        {"PYTHONHASHSEED": "99", "LC_ALL": "tr_TR.UTF-8"},
    ]
    for number, world in enumerate(worlds):
        to = tmp_path / str(number)
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "HOME": str(tmp_path), **world}
        subprocess.run([sys.executable, "-c", code, str(to)], env=env, check=True, timeout=120)
        assert contents(to) == contents(demo)


def test_a_formats_own_folder_comes_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    export_demo(folder, "jsonl")
    export_demo(folder, "jsonl", "huggingface")
    assert (folder / "huggingface" / "data" / "claims" / "train.parquet").is_file()
    assert list(check_files([str(folder)])) == []
    (folder / "huggingface" / "data" / "mine.txt").write_text("keep", "utf-8")
    export_demo(folder, "jsonl")
    assert [path.name for path in (folder / "huggingface").rglob("*") if path.is_file()] == ["mine.txt"]
    (folder / "huggingface" / "data" / "mine.txt").unlink()
    export_demo(folder, "jsonl", "huggingface")
    export_demo(folder, "csv")
    assert set(contents(folder)) == {"claims.csv", "manifest.json", "SHA256SUMS"}


@pytest.mark.parametrize("there", ["link", "file"])
def test_a_folder_that_is_none_is_refused_before_anything_moves(tmp_path: Path, there: str) -> None:
    folder, outside = tmp_path / "set", tmp_path / "outside"
    export_demo(folder, "csv")
    outside.mkdir()
    if there == "link":
        (folder / "huggingface").symlink_to(outside)
    else:
        (folder / "huggingface").write_text("mine", "utf-8")
    before = {name: raw for name, raw in contents(folder).items() if name != "huggingface"}
    with pytest.raises(DataError, match=r"is a link in|is a file|a part of the path"):
        export_demo(folder, "jsonl", "huggingface")
    assert {name: raw for name, raw in contents(folder).items() if name != "huggingface"} == before
    assert not list(outside.iterdir())


def test_no_word_of_a_record_becomes_mark_up(tmp_path: Path) -> None:
    claim = to_record(make_claim())
    claim["provenance"]["rules_version"] = "x`\n\n# Owned <script>"
    path = write(tmp_path / "claims.jsonl", [claim])
    write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=["huggingface"])
    assert "Rules: `x' # Owned <script>`." in card(tmp_path / "set").text


def test_documents_in_two_languages(tmp_path: Path) -> None:
    documents = [make_document(), make_document(make_document().text + "Fin.\n")]
    texts = [
        {**to_record(document), "language": language}
        for document, language in zip(documents, ("fr-ML", "en"), strict=True)
    ]
    write_dataset(
        write(tmp_path / "claims.jsonl", [make_claim(document) for document in documents]),
        to=tmp_path / "set", settings=Settings(), formats=["huggingface"],
        documents=[write(tmp_path / "texts.jsonl", texts)],
    )  # fmt: skip
    data = card(tmp_path / "set").data.to_dict()
    assert (data["language"], data["multilinguality"]) == (["en", "fr"], ["multilingual"])


def test_croissant_tells_the_split_of_every_record(tmp_path: Path) -> None:
    release = Release("1.2.0", split=parse("train=0.5,dev=0.3,held-back=0.2", 7))
    folder = tmp_path / "s-1.2.0"
    manifest = write_dataset(
        str(DEMO / "claims.jsonl"), to=folder, settings=Settings(name="s"), formats=["jsonl", "croissant"],
        documents=[str(DEMO / "documents.jsonl")], release=release,
    )  # fmt: skip
    assert list(check_files([str(folder)])) == []
    dataset: Any = importlib.import_module("mlcroissant").Dataset(jsonld=folder / "croissant.json")
    assert not dataset.metadata.ctx.issues.errors
    assert dataset.metadata.version == "1.2.0"
    named = [
        (text(row["split_names/name"]), row["split_names/url"]) for row in dataset.records("split_names")
    ]
    assert [name for name, _ in named] == ["train", "dev", "held-back"]
    assert [text(url) for _, url in named] == ["cr:TrainingSplit", "cr:ValidationSplit", "cr:Split"]
    split_of = {row["doc_id"]: row["split"] for row in lines(folder / "splits.jsonl")}
    assert manifest.splits is not None
    for name, counts in (("claims", manifest.splits.claims), ("documents", manifest.splits.documents)):
        rows = [{key: text(value) for key, value in row.items()} for row in dataset.records(name)]
        records = lines(folder / f"{name}.jsonl")
        found = {row[f"{name}/{name.removesuffix('s').replace('document', 'doc')}_id"]: row for row in rows}
        assert len(found) == len(rows) == len(records)
        assert {row[f"{name}/doc_id"]: row[f"{name}/split"] for row in rows} == {
            record["doc_id"]: split_of[record["doc_id"]] for record in records
        }
        assert Counter(row[f"{name}/split"] for row in rows) == Counter(counts)
