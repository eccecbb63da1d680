"""The dataset folder: what goes in, that it loads elsewhere, that its bytes repeat."""

from __future__ import annotations

import importlib
import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gold.build import make_claim, make_document, many, write
from toolkit import __version__, schema
from toolkit.config import ExportSettings, Settings
from toolkit.errors import DataError, SettingsError
from toolkit.gold import FORMATS, check_files, write_dataset
from toolkit.gold.formats import csv, parquet
from toolkit.model import Claim, Manifest, from_record, to_line, to_record

REPO = Path(__file__).parents[2]
ALL = ("jsonl", "csv", "parquet")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def rows(path: Path) -> list[dict[str, Any]]:
    parquet_file: Any = importlib.import_module("pyarrow.parquet").ParquetFile(path)
    found: list[dict[str, Any]] = parquet_file.read().to_pylist()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def export(tmp_path: Path, count: int = 5, **more: Any) -> tuple[Path, Manifest, list[Claim]]:
    """A dataset of some claims, given in a shuffled order."""
    documents, claims = many(count)
    random.Random(7).shuffle(claims)
    random.Random(8).shuffle(documents)
    given_claims = write(tmp_path / "given.jsonl", claims)
    given_documents = write(tmp_path / "texts.jsonl", documents)
    options: dict[str, Any] = {"formats": ALL, "documents": [given_documents], "settings": Settings(), **more}
    manifest = write_dataset(given_claims, to=tmp_path / "set", **options)
    return tmp_path / "set", manifest, sorted(claims, key=lambda c: (c.doc_id, c.span.start, c.claim_id))


def test_jsonl_holds_every_record_in_order(tmp_path: Path) -> None:
    folder, manifest, claims = export(tmp_path)
    assert [from_record(Claim, record) for record in lines(folder / "claims.jsonl")] == claims
    ids = [record["doc_id"] for record in lines(folder / "documents.jsonl")]
    assert ids == sorted({claim.doc_id for claim in claims})
    assert (manifest.counts.claims, manifest.counts.documents) == (5, 3)


def test_manifest_says_what_is_there(tmp_path: Path) -> None:
    folder, manifest, _ = export(tmp_path)
    record = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert not list(schema.problems("manifest", record))
    assert record == to_record(manifest)
    assert record["toolkit_version"] == __version__
    assert record["claim_schema"] == schema.urn("claim")
    assert record["rules_versions"] == ["0123abcd"]
    assert [(file["path"], file["format"], file["records"]) for file in record["files"]] == [
        ("claims.jsonl", "jsonl", 5), ("documents.jsonl", "jsonl", 3),
        ("claims.csv", "csv", 5), ("claims.parquet", "parquet", 5),
    ]  # fmt: skip
    done = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=False)
    assert done.returncode == 0
    assert list(check_files([str(folder)])) == []


def test_csv_loads_in_pandas(tmp_path: Path) -> None:
    folder, _, claims = export(tmp_path)
    table = pd.read_csv(folder / "claims.csv", keep_default_na=False, na_values=[""])
    assert list(table.columns) == list(csv.COLUMNS)
    assert list(table["claim_id"]) == [claim.claim_id for claim in claims]
    row = table.iloc[0]
    assert row["text"] == claims[0].span.text
    assert row["claimer"] == "Adama"
    assert row["low"] == row["value"] == 84
    assert pd.isna(row["high"])
    assert row["publisher"] == "Example Post"
    assert row["cue"] == "said on Monday"
    assert b"\r" not in (folder / "claims.csv").read_bytes()


def test_parquet_loads_in_pandas_with_every_field(tmp_path: Path) -> None:
    folder, _, claims = export(tmp_path)
    table = pd.read_parquet(folder / "claims.parquet")
    assert list(table.columns) == list(to_record(claims[0]))
    assert table["quantity"][0]["low"] == 84
    assert list(table["provenance"][0]["rule_ids"]) == ["casualty.passive"]
    records = rows(folder / "claims.parquet")
    assert [from_record(Claim, record) for record in records] == claims


def test_the_quick_line_is_the_record() -> None:
    examples = Path(__file__).parent / "examples" / "good"
    split = from_record(Claim, lines(examples / "claim--split_quote.jsonl")[0])
    sly = replace(make_claim(), normalized='a "b","pieces":null\n\\","pieces":null}')
    huge = replace(make_claim(), normalized="👩‍👧 \u2028 \x7f", cluster_id=str(2**70))
    document = make_document('He said "x","pieces":null and left.\n')
    for value in (split, make_claim(), sly, huge, document):
        assert list(json.loads(to_line(value)).items()) == list(to_record(value).items())
    with pytest.raises(ValueError, match="surrogates"):
        to_line(replace(make_claim(), normalized="\ud800"))


def test_parquet_in_many_groups_holds_every_record_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [to_record(claim) for claim in many(25)[1]]
    monkeypatch.setattr(parquet, "ROWS_AT_ONCE", 3)
    for name, limit in (("ROWS_PER_GROUP", 7), ("BYTES_PER_GROUP", 1), ("CHARS_AT_ONCE", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(parquet, name, limit)
            path = tmp_path / f"{name}.parquet"
            assert parquet.write_rows(path, iter(records), Claim) == 25
        found: Any = importlib.import_module("pyarrow.parquet").ParquetFile(path)
        sizes = [found.metadata.row_group(group).num_rows for group in range(found.num_row_groups)]
        expected = {"ROWS_PER_GROUP": [9, 9, 7], "BYTES_PER_GROUP": [3] * 8 + [1], "CHARS_AT_ONCE": [25]}
        assert sizes == expected[name]
        assert [to_record(from_record(Claim, record)) for record in found.read().to_pylist()] == records


def test_no_record_is_an_empty_table(tmp_path: Path) -> None:
    assert parquet.write_rows(tmp_path / "none.parquet", [], Claim) == 0
    assert list(pd.read_parquet(tmp_path / "none.parquet").columns) == parquet.arrow_schema().names


def test_parquet_columns_are_typed() -> None:
    columns = parquet.arrow_schema()
    assert not columns.field("claim_id").nullable
    assert columns.field("quantity").nullable
    assert str(columns.field("quantity").type.field("value").type) == "int64"
    pieces = columns.field("span").type.field("pieces")
    assert pieces.nullable
    assert pieces.type.value_type.names == ["start", "end"]


def test_split_spans_and_nulls_survive_every_full_format(tmp_path: Path) -> None:
    examples = Path(__file__).parent / "examples" / "good"
    records = [
        line for name in ("claim--split_quote", "claim--no_quantity", "claims--contradicting")
        for line in lines(examples / f"{name}.jsonl")
    ]  # fmt: skip
    kept = {record["claim_id"]: record for record in records}
    path = write(tmp_path / "c.jsonl", kept.values())
    manifest = write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=ALL)
    assert {record["claim_id"]: record for record in lines(tmp_path / "set" / "claims.jsonl")} == kept
    for record in rows(tmp_path / "set" / "claims.parquet"):
        assert to_record(from_record(Claim, record)) == kept[record["claim_id"]]
    notes = " ".join(note for file in manifest.files if file.format == "csv" for note in file.notes)
    assert "2 claims have relations" in notes


def test_rejected_and_unreviewed_are_left_out_and_counted(tmp_path: Path) -> None:
    claims = [
        make_claim(), make_claim(content="At least 84", status="rejected"),
        make_claim(content="84 villagers", status="pre_annotated"),
        make_claim(content="84 villagers were", status="added"),
    ]  # fmt: skip
    path = write(tmp_path / "claims.jsonl", claims)
    manifest = write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=["jsonl"])
    assert manifest.counts.by_status == {"accepted": 1, "added": 1}
    assert manifest.counts.left_out == {"pre_annotated": 1, "rejected": 1}
    assert manifest.counts.documents == 1
    assert len(lines(tmp_path / "set" / "claims.jsonl")) == 2


def test_formats_default_to_the_settings(tmp_path: Path) -> None:
    settings = Settings(name="floods", export=ExportSettings(formats=("csv",)))
    folder, manifest, _ = export(tmp_path, formats=(), settings=settings)
    assert manifest.name == "floods"
    assert set(contents(folder)) == {"claims.csv", "manifest.json", "SHA256SUMS"}
    assert list(check_files([str(folder)])) == []


def test_unknown_format_names_the_near_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"unknown format 'parket'.*did you mean 'parquet'.*jsonl, csv"):
        export(tmp_path, formats=["jsonl", "parket"])
    assert not (tmp_path / "set").exists()
    assert tuple(FORMATS)[: len(ALL)] == ALL


def test_same_records_give_the_same_bytes_everywhere(tmp_path: Path) -> None:
    folder, _, claims = export(tmp_path)
    first = contents(folder)
    write(tmp_path / "turned.jsonl", reversed(claims))
    code = (
        "import sys; from pathlib import Path; from toolkit.config import Settings\n"
        "from toolkit.gold import write_dataset\n"
        "write_dataset('turned.jsonl', to=Path(sys.argv[1]), settings=Settings(), "
        "formats=['parquet', 'csv', 'jsonl'], documents=['texts.jsonl'])"
    )
    worlds = [
        {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "1"},
    ]
    for number, world in enumerate(worlds):
        name = f"again{number}"
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "HOME": str(tmp_path), **world}
        subprocess.run([sys.executable, "-c", code, name], cwd=tmp_path, env=env, check=True, timeout=120)
        assert contents(tmp_path / name) == first


def test_exporting_again_replaces_what_was_there(tmp_path: Path) -> None:
    folder, _, _ = export(tmp_path)
    (folder / "my-notes.md").write_text("keep", "utf-8")
    again, manifest, _ = export(tmp_path, count=3, formats=["csv"])
    assert again == folder
    assert set(contents(folder)) == {"claims.csv", "manifest.json", "SHA256SUMS", "my-notes.md"}
    assert manifest.counts.claims == 3
    assert [issue.check for issue in check_files([str(folder)])] == ["manifest/extra"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_manifest_that_points_outside_removes_nothing_there(tmp_path: Path) -> None:
    folder, _, _ = export(tmp_path)
    (tmp_path / "precious.txt").write_text("keep", "utf-8")
    record = json.loads((folder / "manifest.json").read_text("utf-8"))
    record["files"][0]["path"] = "../precious.txt"
    (folder / "manifest.json").write_text(json.dumps(record), "utf-8")
    checks = {(issue.check, issue.message) for issue in check_files([str(folder)])}
    assert ("manifest/file", "'../precious.txt' leads out of the folder or through a link") in checks
    export(tmp_path)
    assert (tmp_path / "precious.txt").read_text("utf-8") == "keep"
    assert list(check_files([str(folder)])) == []


def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(DataError, match=r"has files but no manifest of an export of ours.*Fix: name a new"):
        export(tmp_path)
    (tmp_path / "set" / "manifest.json").write_text('{"name": "somebody else\'s"}', "utf-8")
    with pytest.raises(DataError, match="no manifest of an export of ours"):
        export(tmp_path)
    assert set(contents(tmp_path / "set")) == {"thesis.docx", "manifest.json"}


def test_an_empty_folder_and_a_missing_parent_are_fine(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    folder, _, _ = export(tmp_path)
    assert list(check_files([str(folder)])) == []
    path = write(tmp_path / "claims.jsonl", [make_claim()])
    deep = tmp_path / "a" / "b" / "c"
    write_dataset(path, to=deep, settings=Settings(), formats=["jsonl"])
    assert next(check_files([str(deep)])).check == "texts"


def test_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    _, plan, _ = export(tmp_path, dry_run=True)
    assert not (tmp_path / "set").exists()
    _, done, _ = export(tmp_path)
    assert plan == done


@pytest.mark.parametrize("fault", ["json", "schema", "check", "double", "document"])
def test_one_bad_record_and_nothing_is_written(tmp_path: Path, fault: str) -> None:
    folder, _, _ = export(tmp_path)
    before = contents(folder)
    bad = to_record(make_claim())
    documents = write(tmp_path / "d.jsonl", [make_document()])
    if fault == "check":
        bad["quantity"]["high"] = 5
    if fault == "schema":
        del bad["stance"]
    if fault == "document":
        documents = write(tmp_path / "d.jsonl", [make_document("Another text.")])
    path = write(tmp_path / "bad.jsonl", [bad, bad] if fault == "double" else [bad])
    if fault == "json":
        Path(path).write_bytes(b'{"claim_id": \n')
    with pytest.raises(DataError) as caught:
        write_dataset(path, to=folder, settings=Settings(), formats=ALL, documents=[documents])
    assert "nothing was written" in str(caught.value)
    assert f"bad.jsonl:{2 if fault == 'double' else 1}" in str(caught.value)
    assert contents(folder) == before
    assert list(tmp_path.glob(".*")) == []


def test_no_reviewed_claim_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "claims.jsonl", [make_claim(status="rejected")])
    with pytest.raises(DataError, match=r"no reviewed claim \(1 rejected\)"):
        write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=["jsonl"])
    assert not (tmp_path / "set").exists()


@settings(deadline=None)
@given(st.text() | st.text(alphabet="'=+-@\t\r\n\"; ,x＝"))
def test_defusing_is_reversible_and_leaves_no_formula(cell: str) -> None:
    safe = csv.defuse(cell)
    assert csv.restore(safe) == cell
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")):
        assert safe == cell


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(), min_size=2, max_size=2))
def test_cells_come_back_from_the_file(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    folder = tmp_path_factory.mktemp("cells")
    record = to_record(make_claim())
    record["normalized"], record["quantity"]["unit"] = cells
    path = write(folder / "claims.jsonl", [record])
    manifest = write_dataset(path, to=folder / "set", settings=Settings(), formats=["csv"])
    (row,) = csv.read(folder / "set" / "claims.csv")
    assert [row["normalized"], row["unit"]] == cells
    defused = sum(csv.defuse(cell) != cell for cell in cells)
    counted = [note for note in manifest.files[0].notes if "apostrophe" in note]
    assert counted == (
        [f"{defused} cells start with an apostrophe that keeps spreadsheets from running them"]
        if defused
        else []
    )


def test_numbers_are_no_formulas(tmp_path: Path) -> None:
    record = to_record(make_claim())
    record["review"]["agreement"] = -0.5
    record["normalized"] = '=HYPERLINK("http://x.example")'
    path = write(tmp_path / "claims.jsonl", [record])
    write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=["csv"])
    table = pd.read_csv(tmp_path / "set" / "claims.csv")
    assert table["agreement"][0] == -0.5
    assert table["normalized"][0] == "'" + record["normalized"]


def test_readme_documents_every_column_and_format() -> None:
    text = (REPO / "exports" / "README.md").read_text("utf-8")
    mapping = (REPO / "docs" / "formats.md").read_text("utf-8")
    help_text = (REPO / "docs" / "commands.md").read_text("utf-8")
    for column in csv.COLUMNS:
        assert f"| `{column}` |" in text
    for name in FORMATS:
        assert f"(`{name}`)" in text
        assert re.search(rf"^## .*`{name}`", mapping, re.M)
        assert re.search(rf"\b{name}[,)]", help_text)


def test_a_format_that_needs_the_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'labelstudio' needs to know the page.*Fix: export with"):
        export(tmp_path, formats=["labelstudio"])
    assert not (tmp_path / "set").exists()
