"""Agreement of small pieces of work, every figure computed by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.gold.build import make_annotation, make_document, write
from tests.review.build import judged, suggestion, work
from tests.review.test_adjudicate import factcheck
from toolkit.errors import DataError
from toolkit.model import Annotation, Certainty, Document, Label, Quantity
from toolkit.review import Figure, agreement, svg

DENIED = {"stance": "deny", "certainty": Certainty("CT-", "Uu")}
MENTIONS: list[tuple[Label, str]] = [
    ("CLAIMER", "Colonel Adama"),
    ("VICTIM", "villagers were"),
    ("DATE", "July 27"),
]


def documents(count: int) -> list[Document]:
    return [make_document(f"Report {number}.\n\nAt least 84 villagers were killed on July 27 near Tinzé, "
                          "Colonel Adama said on Monday.\n") for number in range(count)]  # fmt: skip


def pairs_of_work() -> list[Annotation]:
    """Four documents with one claim each: both affirm two of them, both deny one, and on one they differ."""
    made = []
    for number, (left, right) in enumerate([("affirm", "affirm"), ("affirm", "affirm"), ("deny", "deny"),
                                            ("affirm", "deny")]):  # fmt: skip
        document = documents(4)[number]
        one = suggestion(document)
        for name, stance in (("ann-1", left), ("ann-2", right)):
            changes = DENIED if stance == "deny" else {}
            made.append(work(name, [judged(one, name, "corrected", **changes)], document))
    return made


def value(figure: Figure) -> float:
    assert figure.value is not None
    return figure.value


def test_choices_by_hand() -> None:
    """aa, aa, bb, ab: as in test_statistics, alpha 8/15 and kappa 1/2, three of four the same."""
    found = agreement(pairs_of_work())
    assert (found.documents, found.alone, dict(found.annotators)) == (4, 0, {"ann-1": 4, "ann-2": 4})
    stance = found.choices.rows["stance"]
    assert stance.things == 4
    assert value(stance.figures["same"]) == 0.75
    assert value(stance.figures["alpha"]) == pytest.approx(8 / 15)
    assert value(stance.figures["kappa"]) == pytest.approx(0.5)
    assert found.choices.pairs["ann-1", "ann-2"]["stance"] == stance
    effect = found.choices.rows["effect"].figures
    assert (effect["same"].value, effect["alpha"].value, effect["kappa"].value) == (1.0, None, None)


def test_intervals_hold_the_figure_and_repeat() -> None:
    first, again = agreement(pairs_of_work()), agreement(list(reversed(pairs_of_work())))
    assert first.record() == again.record()
    same = first.choices.rows["stance"].figures["same"]
    assert same.low is not None and same.high is not None
    assert 0 <= same.low < value(same) < same.high == 1
    none = agreement(pairs_of_work(), resamples=0).choices.rows["stance"].figures["same"]
    assert (none.value, none.low, none.high) == (0.75, None, None)


def test_spans_by_hand() -> None:
    """ann-1 marks three things, ann-2 four: the claimer is equal, "villagers" shares 9 of 14 code points with
    "villagers were", "27" only 2 of 7 with "July 27", and "near" is alone. Of CLAIMER 1 of 1, of VICTIM half
    shared only, of DATE nothing. DATE by words: of 18 words July has it for one, 27 for both: Do = 2/36,
    three times yes and 33 times no, De = 2·3·33/(36·35), alpha = 1 − 70/198."""
    (document,) = documents(1)
    found = agreement([
        work("ann-1", [], document, MENTIONS),
        work("ann-2", [], document, [("CLAIMER", "Colonel Adama"), ("VICTIM", "villagers"), ("DATE", "27"),
                                     ("DATE", "near")]),
    ])  # fmt: skip
    told = {
        label: (row.things, row.figures["exact"].value, row.figures["overlap"].value)
        for label, row in found.spans.rows.items()
    }
    assert told == {
        "CLAIMER": (2, 1.0, 1.0), "VICTIM": (2, 0.0, 1.0), "DATE": (3, 0.0, 0.0),
    }  # fmt: skip
    two = agreement([
        work("ann-1", [], document, MENTIONS), work("ann-2", [], document, [("DATE", "27")]),
    ])  # fmt: skip
    assert value(two.spans.rows["DATE"].figures["words"]) == pytest.approx(1 - 70 / 198)
    assert value(found.spans.rows["CLAIMER"].figures["words"]) == 1.0


def test_counts_by_hand() -> None:
    """ "At least 84" and exactly 84 are not the same and can both be true; 84 and 47 exactly cannot."""
    made = []
    for document, figures in zip(documents(2), ((84, 84), (84, 47)), strict=True):
        one = suggestion(document)
        assert isinstance(one.quantity, Quantity)
        for number, figure in enumerate(figures):
            exact = replace(one.quantity, value=figure, low=figure, high=figure, modifier="exact")
            count = one.quantity if document == documents(2)[0] and number == 0 else exact
            name = f"ann-{number + 1}"
            made.append(work(name, [judged(one, name, "accepted", quantity=count)], document))
    row = agreement(made).quantities.rows["interval"]
    assert row.things == 2
    assert value(row.figures["same"]) == 0.0
    assert value(row.figures["meeting"]) == 0.5
    # 84 84 | 84 47: δ(84, 47) = (37/131)²; Do = 2δ/4, De = 2·3·1·δ/(4·3), alpha = 1 − (1/2)/(1/2) = 0.
    assert value(row.figures["alpha"]) == pytest.approx(0.0)


def test_three_annotators_pair_by_pair() -> None:
    """a a b: one pair of three agrees. Fleiss' kappa over two claims (aab, bbb): P = (1/3 + 1)/2 = 2/3,
    pe = (2/6)² + (4/6)² = 5/9, kappa = (2/3 − 5/9)/(4/9) = 1/4."""
    made = []
    for document, stances in zip(documents(2), ("aad", "ddd"), strict=True):
        one = suggestion(document)
        for number, stance in enumerate(stances):
            name = f"ann-{number + 1}"
            made.append(
                work(name, [judged(one, name, "corrected", **(DENIED if stance == "d" else {}))], document)
            )
    found = agreement(made)
    row = found.choices.rows["stance"]
    assert value(row.figures["same"]) == pytest.approx(4 / 6)
    assert value(row.figures["kappa"]) == pytest.approx(0.25)
    by_pair = {names: value(rows["stance"].figures["same"]) for names, rows in found.choices.pairs.items()}
    assert by_pair == {("ann-1", "ann-2"): 1.0, ("ann-1", "ann-3"): 0.5, ("ann-2", "ann-3"): 0.5}


def test_what_became_of_suggestions() -> None:
    (document,) = documents(1)
    one, two = suggestion(document), suggestion(document, "killed on July 27 near Tinzé")
    first = [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "rejected")]
    second = [judged(one, "ann-2", "corrected", **DENIED), judged(two, "ann-2", "accepted")]
    found = agreement([work("ann-1", first, document), work("ann-2", second, document)])
    row = found.choices.rows["suggestion kept"]
    assert (row.things, value(row.figures["same"])) == (2, 0.5)
    assert found.choices.rows["stance"].things == 1


def test_one_annotator_is_told_so() -> None:
    only = [work("ann-1", [judged(suggestion(), "ann-1", "accepted")])]
    with pytest.raises(
        DataError, match=r"two people annotated; there are 1 with one annotator each \(ann-1\)"
    ):
        agreement(only)
    skipped = make_annotation(annotator="ann-2", state="skipped", annotation=9)
    with pytest.raises(DataError, match="two people"):
        agreement([*only, skipped])


def test_the_picture_is_sound_and_escaped() -> None:
    made = [replace(one, annotator=one.annotator.replace("ann-2", '<script>"&')) for one in pairs_of_work()]
    drawn = svg(agreement(made))
    tree = ElementTree.fromstring(drawn)
    texts = [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert '<script>"& / ann-1' in texts
    assert "stance" in texts
    assert texts.count("0.53") == 2 * 2
    stance = agreement(made).choices.rows["stance"].figures["alpha"]
    assert stance.low is not None and stance.high is not None
    assert texts.count(f"{stance.low:.2f} – {stance.high:.2f}") == 2 * 2
    assert "<script>" not in drawn


def test_command(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", pairs_of_work())
    done = factcheck(tmp_path, "agree", "a.jsonl", "--picture", "agreement.svg")
    assert done.returncode == 0, done.stderr
    assert "4 documents with two annotators or more (ann-1 4, ann-2 4); 0 with one, left out" in done.stderr
    (line,) = [line for line in done.stdout.splitlines() if " stance " in line]
    assert "0.75" in line and "0.53" in line and "0.50" in line
    assert (tmp_path / "agreement.svg").read_text("utf-8").startswith("<svg ")
    record = json.loads(factcheck(tmp_path, "agree", "a.jsonl", "--format", "json").stdout)
    assert record["choices"]["rows"]["stance"]["alpha"]["value"] == 0.5333
    assert record["choices"]["pairs"][0]["annotators"] == ["ann-1", "ann-2"]
    assert record["resamples"] == 1000
    again = factcheck(tmp_path, "agree", "a.jsonl", "--format", "json")
    assert json.loads(again.stdout) == record
    wrong = factcheck(tmp_path, "agree", "a.jsonl", "--picture", "agreement.bmp")
    assert wrong.returncode == 2
    write(tmp_path / "one.jsonl", pairs_of_work()[:1])
    alone = factcheck(tmp_path, "agree", "one.jsonl")
    assert (alone.returncode, alone.stdout) == (1, "")
    assert "Fix: have a second person annotate some of them" in alone.stderr
