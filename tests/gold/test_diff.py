"""What differs between datasets: found exactly, shown in three ways, and nothing in it is obeyed."""

from __future__ import annotations

import copy
import json
import re
import tracemalloc
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from tests.gold.build import make_claim, many, write
from toolkit.config import Settings
from toolkit.errors import DataError
from toolkit.gold import compare, write_dataset
from toolkit.gold.diff import Change, FieldChange
from toolkit.gold.releases.release import Release
from toolkit.model import Location, Span, to_record

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-1, 1) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


def changes(old: str, new: str, key: str = "claim_id") -> list[Change]:
    with compare(old, new, key=key) as found:
        return list(found)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    """Five claims: one goes, one changes in what it says, one in who reviewed it, one comes."""
    _, claims = many(6)
    reviewed = replace(claims[2], review=replace(claims[2].review, status="corrected"))
    assert claims[1].quantity
    more = replace(claims[1], quantity=replace(claims[1].quantity, high=90), hedges=())
    old = write(tmp_path / "old.jsonl", claims[:5])
    return old, write(tmp_path / "new.jsonl", [claims[5], claims[4], reviewed, more, claims[0]])


def test_added_removed_changed(pair: tuple[str, str]) -> None:
    found = changes(*pair)
    assert sorted(change.kind for change in found) == ["added", "changed", "changed", "removed"]
    assert [change.record for change in found] == sorted(change.record for change in found)
    fields = {one.pointer: one for change in found for one in change.fields}
    assert fields["/quantity/high"] == FieldChange("/quantity/high", None, 90)
    assert fields["/review/status"] == FieldChange("/review/status", "accepted", "corrected")
    with compare(*pair) as diff:
        summary = diff.summary()
        assert list(diff) == found
    assert (summary.old, summary.new, summary.added, summary.removed, summary.changed) == (5, 5, 1, 1, 2)
    assert summary.of_substance == 1
    assert summary.drift == 2 / 5
    assert summary.fields == {"quantity": 1, "review": 1}


def test_a_file_does_not_differ_from_itself(pair: tuple[str, str]) -> None:
    assert changes(pair[0], pair[0]) == []


@settings(max_examples=150, deadline=None)
@given(json_values, json_values)
def test_the_fields_make_the_new_out_of_the_old(tmp_path_factory: Any, old: Any, new: Any) -> None:
    folder = tmp_path_factory.mktemp("diff")
    sides = [write(folder / name, [{"claim_id": "c", "x": x}]) for name, x in (("a", old), ("b", new))]
    record: dict[str, Any] = {"x": copy.deepcopy(old)}
    fields = [one for change in changes(*sides) for one in change.fields]
    for one in sorted(fields, key=lambda one: one.absent == "new" and -int(_last(one.pointer) or 0)):
        *path, last = [part.replace("~1", "/").replace("~0", "~") for part in one.pointer.split("/")[1:]]
        holder: Any = record
        for part in path:
            holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        key: Any = int(last) if isinstance(holder, list) else last
        if one.absent == "new":
            del holder[key]
        elif one.absent == "old" and isinstance(holder, list):
            holder.append(one.new)
        else:
            holder[key] = one.new
    assert json.dumps(record["x"], sort_keys=True) == json.dumps(new, sort_keys=True)


def _last(pointer: str) -> str:
    last = pointer.rsplit("/", 1)[1]
    return last if last.isascii() and last.isdigit() else ""


def test_true_is_not_one_and_a_missing_key_is_not_null(tmp_path: Path) -> None:
    old = write(tmp_path / "a.jsonl", [{"claim_id": "c", "x": True, "y": None}])
    new = write(tmp_path / "b.jsonl", [{"claim_id": "c", "x": 1}])
    (change,) = changes(old, new)
    assert change.fields == (FieldChange("/x", True, 1), FieldChange("/y", None, None, "new"))


def test_datasets_documents_and_cut_quotes(tmp_path: Path) -> None:
    documents, claims = many(6)
    given, texts = write(tmp_path / "c.jsonl", claims), write(tmp_path / "d.jsonl", documents)
    sets = [(tmp_path / name, Release(quote_chars=chars)) for name, chars in (("full", None), ("cut", 30))]
    for folder, release in sets:
        write_dataset(
            given, to=folder, settings=Settings(), formats=["jsonl"], documents=[texts], release=release
        )
    assert changes(str(sets[0][0]), str(sets[1][0])) == []
    found = changes(str(sets[0][0]), str(sets[1][0]), "doc_id")
    assert [[one.pointer for one in change.fields] for change in found] == [["/text", "/chars"]] * 3


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"claim_id": "c"}\n{"claim_id": "c"}\n', "new.jsonl:2: c stands twice"),
        (b'{"claim_id": "c"}\n{"claim_id"\n', "new.jsonl:2: not JSON"),
        (b'{"doc_id": "d"}\n', "new.jsonl:1: no claim_id. Fix: compare files of claims"),
        (b'{"claim_id": 7}\n', "new.jsonl:1: no claim_id"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, run: Run, raw: bytes, said: str) -> None:
    write(tmp_path / "old.jsonl", [make_claim()])
    (tmp_path / "new.jsonl").write_bytes(raw)
    done = run("diff", "old.jsonl", "new.jsonl")
    assert done.returncode == 1
    assert done.stderr.startswith(f"factcheck: {said}")
    assert len(done.stderr.splitlines()) == 1
    (tmp_path / "folder").mkdir()
    done = run("diff", "old.jsonl", "folder")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("factcheck: folder: is no dataset. Fix: ")
    assert run("diff", "old.jsonl", "nowhere").returncode == 2


def test_text_and_json(pair: tuple[str, str], run: Run) -> None:
    text = run("diff", *pair)
    assert text.returncode == 0
    assert [line[0] for line in text.stdout.splitlines() if line[0] != " "].count("~") == 2
    assert "    /quantity/high: null → 90\n" in text.stdout
    assert text.stderr == ("5 records then, 5 now: 1 added, 1 removed, 2 changed (1 in what they say)\n")
    found = json.loads(run("diff", *pair, "--format", "json").stdout)
    assert found["summary"]["drift"] == 0.4
    assert len(found["changes"]) == 4
    fields = [one for change in found["changes"] for one in change["fields"]]
    assert {"pointer": "/quantity/high", "old": None, "new": 90} in fields
    same = json.loads(run("diff", pair[0], pair[0], "--format", "json").stdout)
    assert same["changes"] == []


class Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_needs_nothing_and_obeys_nothing(tmp_path: Path, run: Run) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="a">\x1b[31m\u202e&amp;'
    claim = make_claim()
    assert claim.event
    event = replace(claim.event, location=Location(Span(1, 2, evil), evil, None, True))
    record = to_record(replace(claim, normalized=evil, event=event, span=Span(0, 5, evil)))
    record[evil] = evil
    old = write(tmp_path / "old.jsonl", [claim])
    new = write(tmp_path / "new.jsonl", [record])
    done = run("diff", old, new, "--format", "html")
    assert done.returncode == 0
    page = Page()
    page.feed(done.stdout)
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "section", "b", "code", "table",
        "tr", "th", "td", "del", "ins",
    }  # fmt: skip
    assert not [name for name, _ in page.attributes if name in {"src", "href"} or name.startswith("on")]
    assert "http" not in re.sub(r"https://news\.example", "", done.stdout).replace("http-equiv", "")
    assert "<script>alert(1)</script>" in page.words
    assert "/normalized" in page.words
    for sign in ("\x1b", "\u202e"):
        assert sign not in done.stdout
        assert sign not in run("diff", old, new).stdout


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    record = to_record(make_claim())

    for name, stance in (("old", "affirm"), ("new", "withhold")):
        write(tmp_path / name, ({**record, "claim_id": f"c{i:05}", "stance": stance} for i in range(2_000)))
    tracemalloc.start()
    with compare(tmp_path / "old", tmp_path / "new") as found:
        assert sum(1 for _ in found) == 2_000
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert used < (tmp_path / "old").stat().st_size / 10


def test_a_dataset_without_claims_is_refused(tmp_path: Path) -> None:
    given = write(tmp_path / "c.jsonl", [make_claim()])
    write_dataset(given, to=tmp_path / "set", settings=Settings(), formats=["csv"])
    with pytest.raises(DataError, match=r"has no claims\.jsonl. Fix: export it with the format jsonl"):
        changes(given, str(tmp_path / "set"))
