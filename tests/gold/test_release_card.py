"""The card of a release: there whatever the formats, true of the files, and read by the Hub's own library."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from tests.gold.golden import DEMO, lines
from toolkit.config import Settings
from toolkit.gold import FORMATS, check_files, write_dataset
from toolkit.gold.releases.card import HOLDS
from toolkit.gold.releases.release import Release
from toolkit.gold.releases.splits import parse
from toolkit.model import Manifest

PLAN = parse("train=0.6,test=0.4", 7)
COUNT = len(lines(DEMO / "claims.jsonl"))


def release(to: Path, *formats: str, **more: Any) -> Manifest:
    return write_dataset(
        str(DEMO / "claims.jsonl"), to=to, settings=Settings(name="demo"), formats=formats,
        documents=[str(DEMO / "documents.jsonl")], release=Release("1.2.0", **more),
    )  # fmt: skip


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    return importlib.import_module("datasets")


def card(folder: Path) -> Any:
    return importlib.import_module("huggingface_hub").DatasetCard.load(folder / "README.md")


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in {"labelstudio", "croissant"}])
def test_every_release_has_a_card_that_names_its_files(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "s"
    manifest = release(folder, name)
    assert [file.path for file in manifest.files][-2:] == ["CHANGES.md", "README.md"]
    assert [issue for issue in check_files([str(folder)]) if issue.severity == "error"] == []
    text = card(folder).text
    assert text.lstrip().startswith("# demo 1.2.0\n")
    for part in ("Data statement", "Limits", "Licence"):
        assert f"\n## {part}\n" in text
    named = set(re.findall(r"`([^`]+)`", re.search(r"\| files .*?\n\n", text, re.S)[0]))  # type: ignore[index]
    assert named == {re.sub("/.*", "/", file.path) for file in manifest.files} - {"README.md"}
    assert "| what they hold |" in text


def test_every_format_is_explained() -> None:
    assert set(HOLDS) == {*FORMATS, "splits", "changes"}


def test_a_plain_export_has_none(tmp_path: Path) -> None:
    write_dataset(str(DEMO / "claims.jsonl"), to=tmp_path / "s", settings=Settings(), formats=["jsonl"])
    assert not (tmp_path / "s" / "README.md").exists()


@pytest.mark.parametrize(
    ("formats", "more", "rows"),
    [
        (["parquet", "csv"], {}, {"train"}),
        (["parquet"], {"split": PLAN}, {"undivided"}),
        (["jsonl", "huggingface"], {}, {"train"}),
        (["jsonl", "huggingface", "parquet"], {"split": PLAN}, {"train", "test"}),
        (["parquet"], {"quote_chars": 80}, {"train"}),
    ],
)
def test_datasets_loads_the_release_by_its_card(
    tmp_path: Path, hub: Any, formats: list[str], more: dict[str, Any], rows: set[str]
) -> None:
    release(tmp_path / "s", *formats, **more)
    found = hub.load_dataset(str(tmp_path / "s"), cache_dir=str(tmp_path / "cache"))
    assert set(found) == rows
    assert sum(part.num_rows for part in found.values()) == COUNT
    assert 'load_dataset(".")' in card(tmp_path / "s").text


def test_without_typed_files_pandas_is_named(tmp_path: Path) -> None:
    release(tmp_path / "a", "jsonl")
    assert 'pd.read_json("claims.jsonl", lines=True)' in card(tmp_path / "a").text
    assert "configs" not in card(tmp_path / "a").data.to_dict()
    release(tmp_path / "b", "csv")
    assert 'pd.read_csv("claims.csv")' in card(tmp_path / "b").text
    release(tmp_path / "c", "fever")
    assert "read by the tools" in card(tmp_path / "c").text


def test_the_licence_is_that_of_what_is_in_the_folder(tmp_path: Path) -> None:
    release(tmp_path / "a", "jsonl")
    assert card(tmp_path / "a").data.license == "other"
    release(tmp_path / "b", "jsonl", quote_chars=60)
    assert card(tmp_path / "b").data.license == "cc-by-4.0"
    assert "Article texts are left out" in card(tmp_path / "b").text


def test_croissant_stands_in_it(tmp_path: Path) -> None:
    release(tmp_path / "s", "jsonl", "croissant")
    assert "| `croissant.json` |" in card(tmp_path / "s").text
