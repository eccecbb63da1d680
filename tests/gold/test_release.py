"""Releases: versions, change lists, splits, datasets without article texts."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from tests.gold.build import TEXT, make_claim, make_document, many, write
from toolkit.config import Settings
from toolkit.errors import DataError, SettingsError
from toolkit.gold import check_files, write_dataset
from toolkit.gold.quotes import cut, cut_record
from toolkit.gold.releases.release import Release, number
from toolkit.gold.releases.splits import Assignment, Plan, parse
from toolkit.model import Claim, Document, Event, Manifest, to_record
from toolkit.spool import scratch

REPO = Path(__file__).parents[2]
ALL = ("jsonl", "csv", "parquet")
PLAN = parse("train=0.6,dev=0.2,test=0.2", 7)


def with_event(claim: Claim, event_id: str | None) -> Claim:
    return replace(claim, event=Event(event_id, None, None) if event_id else None)


def set_of(count: int, *, events: int = 5) -> tuple[list[Document], list[Claim]]:
    """Claims on so many events; every seventh has none."""
    documents, claims = many(count)
    where = {document.doc_id: index for index, document in enumerate(documents)}
    return documents, [
        with_event(one, None if where[one.doc_id] % 7 == 0 else f"event-{where[one.doc_id] % events}")
        for one in claims
    ]


def export(
    folder: Path, claims: list[Claim], documents: list[Document] | None = None, *, to: str = "set",
    release: Release, formats: tuple[str, ...] = ("jsonl",),
) -> tuple[Path, Manifest]:  # fmt: skip
    texts = [write(folder / "texts.jsonl", documents)] if documents else []
    path = write(folder / "given.jsonl", claims)
    manifest = write_dataset(
        path, to=folder / to, settings=Settings(), formats=formats, documents=texts, release=release
    )
    return folder / to, manifest


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def errors(folder: Path, documents: list[str] | None = None) -> list[str]:
    found = check_files([str(folder)], documents=documents or [])
    return [f"{issue.check}: {issue.message}" for issue in found if issue.severity == "error"]


@pytest.mark.parametrize("text", ["1.2", "1.2.3-rc1", "01.2.3", "v1.2.3", "", "1.2.3\n", "１.2.3"])
def test_versions_are_three_numbers(text: str) -> None:
    with pytest.raises(SettingsError, match="is no version"):
        number(text)
    assert number("1.10.0") > number("1.9.12")


@pytest.mark.parametrize(
    "text", ["", "train", "train=0.8", "train=1,test=0.0", "a=0.5,a=0.5", "A=1", "../x=1", "a=0.5,b=nan"]
)
def test_splits_that_are_none(text: str) -> None:
    with pytest.raises(SettingsError, match="--split"):
        parse(text, 0)


def test_no_event_and_no_document_is_in_two_splits(tmp_path: Path) -> None:
    documents, claims = set_of(400, events=60)
    folder, manifest = export(tmp_path, claims, documents, release=Release(split=PLAN))
    split = {one["doc_id"]: one["split"] for one in lines(folder / "splits.jsonl")}
    assert set(split) == {document.doc_id for document in documents}
    by_event: dict[str, set[str]] = {}
    for record in lines(folder / "claims.jsonl"):
        if record["event"]:
            by_event.setdefault(record["event"]["event_id"], set()).add(split[record["doc_id"]])
    assert all(len(names) == 1 for names in by_event.values())
    assert {next(iter(names)) for names in by_event.values()} == {"train", "dev", "test"}
    assert manifest.splits is not None
    assert sum(manifest.splits.claims.values()) == 400
    assert sum(manifest.splits.documents.values()) == len(documents)
    assert errors(folder) == []


def test_a_document_of_two_events_joins_them() -> None:
    records: list[dict[str, Any]] = [
        {"doc_id": "d1", "event": {"event_id": "b"}}, {"doc_id": "d2", "event": {"event_id": "a"}},
        {"doc_id": "d1", "event": {"event_id": "c"}}, {"doc_id": "d1", "event": None},
        {"doc_id": "d2", "event": {"event_id": "c"}}, {"doc_id": "d3", "event": {"event_id": None}},
    ]  # fmt: skip
    with scratch() as database:
        found = Assignment(PLAN, records, database)
        assert [found.of(doc).group for doc in ("d1", "d2", "d3", "d4")] == ["a", "a", "d3", "d4"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("uvwxyz"), st.sampled_from([None, *"abcdefg"])), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_order_of_claims_plays_no_part(
    pairs: list[tuple[str, str | None]], chance: random.Random
) -> None:
    def groups(order: list[tuple[str, str | None]]) -> dict[str, str]:
        records = [{"doc_id": doc, "event": {"event_id": event}} for doc, event in order]
        with scratch() as database:
            found = Assignment(PLAN, records, database)
            return {doc: found.of(doc).group for doc, _ in pairs}

    before = groups(pairs)
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    assert groups(shuffled) == before
    for doc, event in pairs:
        for other, same in pairs:
            assert event is None or event != same or before[doc] == before[other]


def test_what_comes_later_leaves_the_rest_where_it_is(tmp_path: Path) -> None:
    documents, claims = set_of(120, events=40)
    first, _ = export(tmp_path, claims[:60], to="a", release=Release(split=PLAN))
    later, _ = export(tmp_path, claims, documents, to="b", release=Release(split=PLAN))
    then = {one["doc_id"]: one for one in lines(first / "splits.jsonl")}
    now = {one["doc_id"]: one for one in lines(later / "splits.jsonl")}
    assert len(now) > len(then)
    assert {doc: now[doc]["split"] for doc in then} == {doc: one["split"] for doc, one in then.items()}


def test_shares_are_met_on_average_and_the_seed_matters() -> None:
    groups = [f"event-{index}" for index in range(20_000)]
    found = [PLAN.split_of(group) for group in groups]
    for name, share in PLAN.shares.items():
        assert abs(found.count(name) / len(groups) - share) < 0.02
    assert [Plan(PLAN.shares, 8).split_of(group) for group in groups] != found


def test_splits_leave_claims_and_other_files_as_they_are(tmp_path: Path) -> None:
    documents, claims = set_of(20)
    plain, _ = export(tmp_path, claims, documents, to="plain", release=Release(), formats=ALL)
    divided, _ = export(tmp_path, claims, documents, to="divided", release=Release(split=PLAN), formats=ALL)
    before, after = contents(plain), contents(divided)
    assert set(after) - set(before) == {"splits.jsonl"}
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"manifest.json", "SHA256SUMS"}
    assert b"release" not in before["manifest.json"]


def test_an_empty_split_is_said(tmp_path: Path) -> None:
    _, manifest = export(tmp_path, [make_claim()], release=Release(split=PLAN))
    (note,) = next(file.notes for file in manifest.files if file.path == "splits.jsonl")
    assert note.startswith("empty, as there are too few groups: ")


def _edit(path: Path, change: Callable[[list[dict[str, Any]]], object]) -> None:
    records = lines(path)
    change(records)
    write(path, records)


def test_leakage_is_found(tmp_path: Path) -> None:
    documents, claims = set_of(60, events=4)
    folder, _ = export(tmp_path, claims, documents, release=Release(split=PLAN))

    def move(records: list[dict[str, Any]]) -> None:
        one = next(record for record in records if record["group"].startswith("event-"))
        one["split"] = "dev" if one["split"] == "train" else "train"

    _edit(folder / "splits.jsonl", move)
    found = errors(folder)
    assert any(line.startswith("leakage: event-") for line in found)
    assert any(line.startswith("manifest/counts") for line in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda records: records.append({**records[0], "split": "test"}), "stands in the splits already"),
        (lambda records: records.pop(), "is not in splits.jsonl"),
        (lambda records: records[0].update(split="valid"), "the manifest has no split 'valid'"),
        (lambda records: records[0].update(split="Tr/ain"), "does not match"),
    ],
)
def test_splits_that_lie(tmp_path: Path, change: Callable[[list[dict[str, Any]]], object], said: str) -> None:
    documents, claims = set_of(20)
    folder, _ = export(tmp_path, claims, documents, release=Release(split=PLAN))
    _edit(folder / "splits.jsonl", change)
    assert any(said in line for line in errors(folder)), errors(folder)


def test_no_words_of_an_article_beyond_short_quotes(tmp_path: Path) -> None:
    secret = "the harvest festival was moved to the old mill behind the church of Saint Brice"
    document = make_document(f"{TEXT}It rained, and {secret}.\n")
    claim = make_claim(document)
    folder, manifest = export(tmp_path, [claim], [document], release=Release(quote_chars=30), formats=ALL)
    (source,) = lines(folder / "documents.jsonl")
    assert "text" not in source
    assert source["chars"] == len(document.text)
    assert source["text_sha256"] == document.text_sha256
    for name, raw in contents(folder).items():
        assert secret[:20].encode() not in raw, name
        assert claim.span.text.encode() not in raw, name
        assert claim.sentence.text[:40].encode() not in raw, name
    (record,) = lines(folder / "claims.jsonl")
    assert record["span"]["text"] == f"{claim.span.text[:29]}…"
    assert (record["span"]["start"], record["span"]["end"]) == (claim.span.start, claim.span.end)
    assert manifest.quotes is not None
    assert (manifest.quotes.max_chars, manifest.quotes.cut) == (30, 2)


def test_without_texts_it_validates_alone_and_against_the_texts(tmp_path: Path) -> None:
    documents, claims = set_of(20)
    folder, _ = export(tmp_path, claims, documents, release=Release(quote_chars=30, split=PLAN))
    assert errors(folder) == []
    texts = str(tmp_path / "texts.jsonl")
    assert errors(folder, [texts]) == []
    write(tmp_path / "other.jsonl", [make_document(TEXT.replace("84", "48"))])
    assert any("known-document" in line for line in errors(folder, [str(tmp_path / "other.jsonl")]))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("claims.jsonl", lambda rows: rows[0]["span"].update(text="At least 48 villagers were ki…"), ""),
        ("claims.jsonl", lambda rows: rows[0]["span"].update(text="short…"), "slice"),
        ("claims.jsonl", lambda rows: rows[0]["victim"]["span"].update(end=9000), "ends at 9000"),
        ("documents.jsonl", lambda rows: rows[0].update(text_sha256="0" * 64), "is another text"),
        ("documents.jsonl", lambda rows: rows.pop(), "is not in documents.jsonl"),
        ("documents.jsonl", lambda rows: rows[0].update(chars=0), "schema/"),
    ],
)
def test_without_texts_what_is_wrong_is_found(
    tmp_path: Path, name: str, change: Callable[[list[dict[str, Any]]], object], said: str
) -> None:
    documents, claims = set_of(4)
    folder, _ = export(tmp_path, claims, documents, release=Release(quote_chars=30))
    _edit(folder / name, change)
    own = [line for line in errors(folder) if not line.startswith("manifest/")]
    assert any(said in line for line in own) if said else not own
    if name == "claims.jsonl":
        assert any(
            line.startswith(("slice", "inside")) for line in errors(folder, [str(tmp_path / "texts.jsonl")])
        )


def test_quotes_are_cut_everywhere_and_nothing_else() -> None:
    record = to_record(make_claim())
    record["normalized"] = "n" * 500
    record["evidence"] = [{"url": None, "quote": "q" * 500, "note": "n" * 500}]
    record["quantity"]["raw"] = "r" * 500
    assert cut_record(record, 20) >= 4
    assert record["evidence"][0]["quote"] == "q" * 19 + "…"
    assert len(record["quantity"]["raw"]) == len(record["sentence"]["text"]) == 20
    assert len(record["normalized"]) == len(record["evidence"][0]["note"]) == 500
    assert cut_record(record, 20) == 0


@given(st.text(), st.integers(1, 50))
def test_cut_twice_is_cut_once(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
    assert cut(cut(text, most + 7), most) == cut(text, most)


def test_formats_that_carry_texts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.gold import formats

    monkeypatch.setitem(formats.FORMATS, "plain", formats.Format(formats.jsonl.write))
    with pytest.raises(SettingsError, match="'plain' is the article texts"):
        export(tmp_path, [make_claim()], release=Release(quote_chars=30), formats=("plain",))


def releases(tmp_path: Path) -> tuple[Path, Path, Manifest]:
    _, claims = set_of(6)
    changed = replace(claims[1], normalized="Something *else* <b>now</b>")
    old, _ = export(tmp_path, claims[:5], to="s-1.9.0", release=Release("1.9.0"))
    new, manifest = export(
        tmp_path, [claims[0], changed, *claims[3:]], to="s-1.10.0", release=Release("1.10.0")
    )
    return old, new, manifest


def test_the_change_list(tmp_path: Path) -> None:
    old, new, manifest = releases(tmp_path)
    assert (old / "CHANGES.md").read_text("utf-8") == "# Changes in 1.9.0\n\nThe first release.\n"
    assert (manifest.release, manifest.previous) == ("1.10.0", "1.9.0")
    text = (new / "CHANGES.md").read_text("utf-8")
    assert "5 claims then, 5 now: 1 added, 1 removed," in text
    assert "1 changed (1 of them in what they say)." in text
    assert ": `/normalized`" in text
    assert text.count("- `claim-") == 3
    assert errors(new) == []


def test_the_change_list_obeys_no_article(tmp_path: Path) -> None:
    document = make_document(TEXT.replace("villagers were", "<img src=x> [a](b) `c` villagers were"))
    content = "84 <img src=x> [a](b) `c` villagers were killed"
    claim = make_claim(document, content=content)
    export(tmp_path, [make_claim()], to="s-1.0.0", release=Release("1.0.0"))
    folder, _ = export(tmp_path, [claim], to="s-1.1.0", release=Release("1.1.0"))
    text = (folder / "CHANGES.md").read_text("utf-8")
    assert "<img" not in text
    assert r"84 &lt;img src=x&gt; \[a\](b) \`c\` villagers" in text


def test_the_last_release_is_the_highest_below(tmp_path: Path) -> None:
    _, claims = set_of(3)
    for version in ("1.0.0", "1.2.0", "2.0.0"):
        export(tmp_path, claims, to=f"s-{version}", release=Release(version))
    (tmp_path / "s-1.4.0").mkdir()
    (tmp_path / "s-1.4.0" / "manifest.json").write_text("{", "utf-8")
    _, manifest = export(tmp_path, claims, to="s-1.10.0", release=Release("1.10.0"))
    assert manifest.previous == "1.2.0"
    _, manifest = export(tmp_path, claims, to="t", release=Release("1.10.0", since=tmp_path / "s-1.0.0"))
    assert manifest.previous == "1.0.0"


def test_a_release_is_written_again_but_never_over(tmp_path: Path) -> None:
    _, new, _ = releases(tmp_path)
    before = contents(new)
    _, claims = set_of(6)
    for release in (Release(), Release("1.11.0")):
        with pytest.raises(DataError, match=r"holds release 1\.10\.0\. Fix: name a new folder"):
            export(tmp_path, claims, to="s-1.10.0", release=release)
    assert contents(new) == before
    changed = replace(claims[1], normalized="Something *else* <b>now</b>")
    export(tmp_path, [*claims[3:], changed, claims[0]], to="s-1.10.0", release=Release("1.10.0"))
    assert contents(new) == before


def test_nothing_is_compared_with_a_release_that_was_changed(tmp_path: Path) -> None:
    old, _, _ = releases(tmp_path)
    raw = (old / "claims.jsonl").read_bytes()
    (old / "claims.jsonl").write_bytes(raw.replace(b"84", b"48", 1))
    with pytest.raises(DataError, match="was changed after its release"):
        export(tmp_path, [make_claim()], to="s-2", release=Release("1.9.5"))
    plain, _ = export(tmp_path, [make_claim()], to="plain", release=Release())
    with pytest.raises(DataError, match="is no release"):
        export(tmp_path, [make_claim()], to="s-3", release=Release("3.0.0", since=plain))


@pytest.mark.parametrize("name", ["jana@desk.example", "Jana Nováková"])
def test_names_of_people_do_not_get_out(tmp_path: Path, name: str) -> None:
    record = to_record(make_claim())
    record["review"]["judgments"][0]["annotator"] = name
    path = write(tmp_path / "c.jsonl", [record])
    with pytest.raises(DataError, match=r"\[pseudonyms\]"):
        write_dataset(path, to=tmp_path / "set", settings=Settings())
    assert not (tmp_path / "set").exists()


def test_the_command_releases(tmp_path: Path, run: Run) -> None:
    documents, claims = set_of(20)
    write(tmp_path / "claims.jsonl", claims)
    write(tmp_path / "documents.jsonl", documents)
    options = ["--release", "1.2.0", "--split", "train=0.5,test=0.5", "--seed", "4", "--no-text"]
    args = ["export", "claims.jsonl", "--documents", "documents.jsonl", *options, "--to"]
    dry = run(*args, "sets/floods", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert not (tmp_path / "sets").exists()
    done = run(*args, "sets/floods", env={"PYTHONHASHSEED": "1"})
    assert done.returncode == 0, done.stderr
    assert "release 1.2.0, the first\nsplit: " in done.stderr
    assert "quotes cut to 120 characters" in done.stderr
    again = run(*args, "other/place", env={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"})
    assert again.returncode == 0
    assert contents(tmp_path / "sets" / "floods") == contents(tmp_path / "other" / "place")
    assert run("validate", "sets").returncode == 0
    schema_ok = run("validate", "sets/floods/splits.jsonl", "sets/floods/documents.jsonl")
    assert (schema_ok.returncode, schema_ok.stdout) == (0, "")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--release", "1.2"], 2, "'1.2' is no version. Fix: give major.minor.patch"),
        (["--split", "train=0.8"], 2, "the shares add up to 0.8, not 1"),
        (["--since", "old"], 2, "--since needs --release"),
        (["--release", "1.2.0", "--since", "old"], 1, "old/manifest.json: No such file"),
        (["--quote-chars", "3"], 2, "--quote-chars"),
    ],
)
def test_the_command_refuses_in_one_line(
    tmp_path: Path, run: Run, options: list[str], code: int, said: str
) -> None:
    write(tmp_path / "claims.jsonl", [make_claim()])
    done = run("export", "claims.jsonl", "--to", "set", *options)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "set").exists()


def test_the_demo_is_what_a_plain_export_makes(tmp_path: Path) -> None:
    golden = REPO / "exports" / "demo"
    rejected = replace(make_claim(), review=replace(make_claim().review, status="rejected"))
    manifest = json.loads((golden / "manifest.json").read_text("utf-8"))
    assert set(manifest["counts"]["left_out"]) == {"rejected"}
    away = [rejected] * manifest["counts"]["left_out"]["rejected"]
    given = write(tmp_path / "c.jsonl", [*lines(golden / "claims.jsonl"), *away])
    write_dataset(
        given,
        to=tmp_path / "demo",
        settings=Settings(name="demo"),
        documents=[str(golden / "documents.jsonl")],
    )
    assert contents(tmp_path / "demo") == contents(golden)


def test_a_hugging_face_folder_has_the_splits(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    documents, claims = set_of(60, events=20)
    folder, manifest = export(
        tmp_path, claims, documents, release=Release(split=PLAN), formats=("jsonl", "huggingface")
    )
    assert manifest.splits is not None
    for name, counts in (("claims", manifest.splits.claims), ("documents", manifest.splits.documents)):
        loaded = datasets.load_dataset(str(folder / "huggingface"), name, cache_dir=str(tmp_path / "cache"))
        assert {split: len(rows) for split, rows in loaded.items()} == {k: n for k, n in counts.items() if n}
        split = {one["doc_id"]: one["split"] for one in lines(folder / "splits.jsonl")}
        assert all(split[doc_id] == part for part, rows in loaded.items() for doc_id in rows["doc_id"])
    assert "divided by event, seed 7" in (folder / "huggingface" / "README.md").read_text("utf-8")
    assert errors(folder) == []


def test_hugging_face_refuses_splits_that_it_cannot_name(tmp_path: Path) -> None:
    for plan in ("a-b=0.5,c=0.5", "all=1"):
        with pytest.raises(SettingsError, match="can't have a split"):
            export(tmp_path, [make_claim()], release=Release(split=parse(plan, 0)), formats=("huggingface",))
        assert not (tmp_path / "set").exists()


TEXTS_THEMSELVES = {"labelstudio", "brat", "bio", "spacy"}


@pytest.mark.parametrize("name", sorted(TEXTS_THEMSELVES))
def test_formats_that_are_the_texts_are_refused_without_texts(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"'{name}' is the article texts with marks in them"):
        export(
            tmp_path,
            [make_claim()],
            [make_document()],
            release=Release(quote_chars=30),
            formats=("jsonl", name),
        )
    assert not (tmp_path / "set").exists()
