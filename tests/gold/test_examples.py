"""Drop a good or a bad file into examples/ and it is tested: bad/CHECK--what.jsonl names its check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gold import examples_build
from toolkit.gold import check_files, explanations

EXAMPLES = Path(__file__).parent / "examples"
DOCUMENTS = [str(EXAMPLES / "documents.jsonl")]
REFRESH = "python -m tests.gold.examples_build"


def expected(path: Path) -> str:
    """The check a bad file is named after; a sign that no file name may have is written as -."""
    name = path.name.split("--")[0]
    head, _, rest = name.partition("-")
    return f"{head}/{rest}" if head in {"schema", "file"} else name


@pytest.mark.parametrize("path", sorted((EXAMPLES / "good").iterdir()), ids=lambda path: path.name)
def test_good(path: Path) -> None:
    assert [str(issue) for issue in check_files([str(path)], documents=DOCUMENTS)] == []


@pytest.mark.parametrize("path", sorted((EXAMPLES / "bad").iterdir()), ids=lambda path: path.name)
def test_bad(path: Path) -> None:
    issues = list(check_files([str(path)], documents=DOCUMENTS))
    assert {issue.check for issue in issues} == {expected(path)}
    for issue in issues:
        assert issue.path == str(path)
        assert len(str(issue).splitlines()) == 1
        if not issue.check.startswith(("schema", "file/empty")):
            assert issue.fix


def test_every_check_has_an_example_and_an_explanation() -> None:
    shown = {expected(path) for path in (EXAMPLES / "bad").iterdir()}
    elsewhere = {"texts", "reviewed", "pseudonyms", "leakage", "file/open", "schema/…"}
    explained = explanations()
    assert {name for name in explained if not name.startswith("manifest/")} - elsewhere <= shown
    assert {name for name in shown if not name.startswith("schema/")} <= explained.keys()
    assert all(len(text) > 20 for text in explained.values())


def test_examples_are_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples_build, "HERE", tmp_path / "examples")
    examples_build.main()
    fresh = {
        path.relative_to(tmp_path / "examples"): path.read_bytes()
        for path in (tmp_path / "examples").rglob("*.*")
    }
    kept = {path.relative_to(EXAMPLES): path.read_bytes() for path in EXAMPLES.rglob("*.*")}
    assert {name: kept.get(name) for name in fresh} == fresh, f"refresh with: {REFRESH}"
