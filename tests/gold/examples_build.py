"""The example folders: sound records, and records with one fault each, named after the check.

``python -m tests.gold.examples_build`` writes them again after the record format has changed.
``bad/CHECK--what.jsonl`` has one fault that the check named CHECK finds, and nothing else wrong.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.gold.build import CONTENT, make_annotation, make_claim, make_document, make_draft, write
from toolkit.files import to_json
from toolkit.model import Relation, to_record

HERE = Path(__file__).parent / "examples"
Record = dict[str, Any]
Change = Callable[[Record], object]

OTHER_CONTENT = "We counted 47"


def setting(pointer: str, value: Any) -> Change:
    """A change that sets what stands at a path of keys."""

    def change(record: Record) -> None:
        *path, last = pointer.split("/")
        for key in path:
            record = record[key]
        record[last] = value

    return change


def figures(
    modifier: str, low: int | None, value: int | None, high: int | None, vague: str | None = None
) -> Change:
    """A change of a claim's quantity."""

    def change(record: Record) -> None:
        record["quantity"] |= {
            "modifier": modifier,
            "low": low,
            "value": value,
            "high": high,
            "vague_term": vague,
        }

    return change


GOOD_CLAIMS: dict[str, Change] = {
    "at_least": lambda record: None,
    "exact": figures("exact", 84, 84, 84),
    "more_than": figures("more_than", 85, None, None),
    "at_most": figures("at_most", None, 84, 84),
    "fewer_than": figures("fewer_than", None, None, 83),
    "approximately": figures("approximately", None, 84, None),
    "range": figures("range", 80, None, 84),
    "vague": figures("vague", None, None, None, "dozens"),
    "no_quantity": setting("quantity", None),
    "deny": lambda record: (setting("stance", "deny")(record), setting("certainty/claimer", "CT-")(record)),
    "this_year": lambda record: record["event"]["date"].update(
        start="2024-01-01", end="2024-12-31", granularity="year"
    ),
    "until_tomorrow": lambda record: record["event"]["date"].update(
        start="2024-08-02", end="2024-08-02", relation="until"
    ),
    "author": lambda record: record["claimer"].update(span=None, resolved_by="author"),
    "settled": lambda record: record["review"].update(
        status="adjudicated", adjudicator="ann-9",
        judgments=[
            {"annotator": "a", "kind": "person", "status": "accepted", "annotation": 1},
            {"annotator": "b", "kind": "person", "status": "corrected", "annotation": 2},
        ],
    ),
    "rejected_and_wrong": lambda record: (
        figures("exact", 9, 8, 7)(record), record["review"].update(status="rejected")
    ),
}  # fmt: skip


def _move_to_boilerplate(record: Record) -> None:
    text = make_document().text
    start = text.index("Subscribe")
    record["span"] = {"start": start, "end": start + 28, "text": text[start : start + 28]}
    record["sentence"] = dict(record["span"])


BAD_CLAIMS: dict[str, Change] = {
    "schema-required--no_stance": lambda record: record.pop("stance"),
    "schema-additionalProperties--typo": setting("stanze", "affirm"),
    "schema-enum--effect": setting("effect", "deth"),
    "schema-type--value_is_text": setting("quantity/value", "84"),
    "schema-pattern--path_in_id": setting("claim_id", "../../etc/passwd"),
    "schema-format--no_such_day": setting("event/date/start", "2024-02-30"),
    "schema-const--next_version": setting("schema_version", "2"),
    "slice--other_words": setting("claimer/span/text", "Colonel Amada"),
    "slice--utf16_offsets": lambda record: record["victim"]["span"].update(
        start=record["victim"]["span"]["start"] + 1, end=record["victim"]["span"]["end"] + 1
    ),
    "inside--behind_the_text": lambda record: record["cue"]["span"].update(start=9000, end=9004),
    "inside--reversed": lambda record: record["cue"]["span"].update(
        start=record["cue"]["span"]["end"], end=record["cue"]["span"]["start"]
    ),
    "inside--pieces_overlap": lambda record: record["span"].update(
        pieces=[
            {"start": record["span"]["start"], "end": record["span"]["start"] + 20},
            {"start": record["span"]["start"] + 10, "end": record["span"]["end"]},
        ]
    ),
    "slice--pieces_joined_wrongly": lambda record: record["span"].update(
        pieces=[
            {"start": record["span"]["start"], "end": record["span"]["start"] + 8},
            {"start": record["span"]["start"] + 12, "end": record["span"]["end"]},
        ]
    ),
    "document--digest_of_another": setting("text_sha256", "0" * 64),
    "known-document--not_given": lambda record: record.update(
        doc_id=f"doc-{'0' * 16}", text_sha256="0" * 64
    ),
    "boilerplate--newsletter": _move_to_boilerplate,
    "sentence--another": lambda record: record.update(sentence={"start": 0, "end": 5, "text": "Flood"}),
    "interval--low_above_value": figures("range", 90, None, 84),
    "interval--not_exact_in_json": figures("at_least", 2**60, 2**60, None),
    "modifier--exact_without_bounds": figures("exact", None, 84, None),
    "modifier--exact_as_interval": figures("exact", 80, 84, 90),
    "modifier--at_least_with_high": figures("at_least", 84, 84, 90),
    "modifier--more_than_with_value": figures("more_than", 84, 84, None),
    "modifier--range_open": figures("range", 20, None, None),
    "vague--dozens_as_a_number": figures("vague", 24, None, None, "dozens"),
    "vague--term_beside_a_number": figures("exact", 84, 84, 84, "dozens"),
    "vague--no_term": figures("vague", None, None, None),
    "dates--ends_before_it_starts": setting("event/date/end", "2024-07-20"),
    "dates--after_publication": lambda record: record["event"]["date"].update(
        start="2024-08-20", end="2024-08-20"
    ),
    "polarity--deny_without_minus": setting("stance", "deny"),
    "attribution--cue_without_claimer": setting("claimer", None),
    "attribution--explicit_without_span": setting("claimer/span", None),
    "judgments--unsettled": lambda record: record["review"]["judgments"].append(
        {"annotator": "b", "kind": "person", "status": "rejected", "annotation": 2}
    ),
    "judgments--settled_by_nobody": setting("review/status", "adjudicated"),
    "targets--dangling": setting(
        "relations", [{"target": f"claim-{'0' * 16}", "type": "same", "basis": "", "caveats": []}]
    ),
}  # fmt: skip


def good() -> Iterator[tuple[str, list[Any]]]:
    """Names and records of the sound files."""
    sound = to_record(make_claim())
    for name, change in GOOD_CLAIMS.items():
        yield f"claim--{name}.jsonl", [changed(sound, change)]
    split = changed(sound, _split)
    yield "claim--split_quote.jsonl", [split]
    yield "claims--contradicting.jsonl", list(_contradicting(symmetric=True))
    yield "document--flood.jsonl", [make_document()]
    yield "draft--flood.jsonl", [make_draft(claims=[make_claim(status="pre_annotated")])]
    yield "annotation--flood.jsonl", [make_annotation(claims=[make_claim()])]
    yield "annotation--second.jsonl", [
        make_annotation(claims=[make_claim()]), make_annotation(claims=[make_claim()], annotation=8),
    ]  # fmt: skip


def bad() -> Iterator[tuple[str, list[Any]]]:
    """Names and records of the files with one fault."""
    sound = to_record(make_claim())
    for name, change in BAD_CLAIMS.items():
        yield f"{name}.jsonl", [changed(sound, change)]
    yield "unique--twice.jsonl", [sound, sound]
    yield "symmetric--one_way.jsonl", list(_contradicting(symmetric=False))
    yield (
        "disjoint--both_can_be_true.jsonl",
        list(_contradicting(symmetric=True, low=90, modifier="more_than")),
    )
    document = to_record(make_document())
    yield "digest--text_changed.jsonl", [document | {"text": document["text"].replace("84", "48")}]
    yield "digest--made_up_id.jsonl", [document | {"doc_id": f"doc-{'0' * 16}"}]
    yield "canonical--carriage_return.jsonl", [to_record(make_document("One.\r\nTwo."))]
    yield "canonical--decomposed.jsonl", [to_record(make_document("Tinze\N{COMBINING ACUTE ACCENT}"))]
    region = {"start": 3, "end": 9000, "kind": "boilerplate", "reason": "footer"}
    yield "regions--behind_the_text.jsonl", [document | {"regions": [region]}]
    draft = to_record(make_draft())
    draft["mentions"][0]["text"] = "Colonel Amada"
    yield "mention--other_words.jsonl", [draft]
    yield "unique--in_one_annotation.jsonl", [make_annotation(claims=[make_claim(), make_claim()])]
    yield "file-kind--an_article.jsonl", [{"title": "Flood", "text": "84 were killed."}]


RAW = {
    "file-json--cut_off.jsonl": b'{"schema_version": "1", "claim_id": "cl\n',
    "file-json--nan.jsonl": b'{"score": NaN}\n',
    "file-json--infinite.jsonl": b'{"score": 1e400}\n',
    "file-json--key_twice.jsonl": b'{"a": 1, "a": 2}\n',
    "file-json--latin1.jsonl": '{"a": "Tinzé"}\n'.encode("latin-1"),
    "file-json--lone_surrogate.jsonl": b'{"a": "\\ud800"}\n',
    "file-json--a_list.jsonl": b"[1, 2]\n",
    "file-json--deep.jsonl": b'{"a": ' + b"[" * 30_000 + b"]" * 30_000 + b"}\n",
    "file-empty--nothing.jsonl": b"\n\n",
    "file-kind--a_table.csv": b"a,b\n1,2\n",
    "settings--unknown_key.yaml": b'schema_version: "1"\nname: x\nlanguge: en\n',
    "settings--not_yaml.yaml": b"rules: [\n",
}


def _split(record: Record) -> None:
    """The content in two pieces around "were killed "."""
    start, end = record["span"]["start"], record["span"]["end"]
    cut = CONTENT.index("on July")
    record["span"] = {
        "start": start, "end": end, "text": f"At least 84 villagers {CONTENT[cut:]}",
        "pieces": [{"start": start, "end": start + 21}, {"start": start + cut, "end": end}],
    }  # fmt: skip


def _contradicting(*, symmetric: bool, low: int = 47, modifier: str = "exact") -> Iterator[Record]:
    one, other = make_claim(), make_claim(content=OTHER_CONTENT)
    for claim, target in ((one, other), (other, one)):
        record = to_record(claim)
        if claim is other:
            high = low if modifier == "exact" else None
            record["quantity"] |= {"low": low, "value": high, "high": high, "modifier": modifier}
        if symmetric or claim is one:
            relation = Relation(target.claim_id, "contradicts", "counts of the same dead", ())
            record["relations"] = [to_record(relation)]
        yield record


def changed(record: Record, change: Change) -> Record:
    """A changed copy."""
    new = copy.deepcopy(record)
    change(new)
    return new


def main() -> None:
    """Write both folders and the document that their claims point into."""
    shutil.rmtree(HERE, ignore_errors=True)
    for folder, files in (("good", good()), ("bad", bad())):
        (HERE / folder).mkdir(parents=True)
        for name, records in files:
            write(HERE / folder / name, records)
    for name, raw in RAW.items():
        (HERE / "bad" / name).write_bytes(raw)
    (HERE / "documents.jsonl").write_text(f"{to_json(to_record(make_document()))}\n", "utf-8")
    (HERE / "good" / "project.yaml").write_text('schema_version: "1"\nname: floods\n', "utf-8")


if __name__ == "__main__":
    main()
