"""``factcheck score``: what is found, missed and invented, and what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.gold.build import make_annotation, make_claim, make_document, place, write
from toolkit.cli.score import command
from toolkit.errors import DataError
from toolkit.model import Claim, Cue, Document, Draft, Mention, Quantity, Span, Victim, to_record
from toolkit.score import Score, score_files

DOCUMENT = make_document()
CLAIM = make_claim(DOCUMENT)


class Desk:
    """Gold and drafts in files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gold, self.drafts = str(folder / "claims.jsonl"), str(folder / "drafts.jsonl")

    def write(self, gold: Sequence[Claim], *drafts: Draft) -> None:
        write(Path(self.gold), gold)
        write(Path(self.drafts), drafts)

    def score(self, gold: Sequence[Claim], *drafts: Draft, show: bool = False) -> Score:
        self.write(gold, *drafts)
        return score_files(self.gold, self.drafts, show=show)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def draft(*claims: Claim, document: Document = DOCUMENT, mentions: tuple[Mention, ...] = ()) -> Draft:
    return Draft(document, mentions, claims)


def moved(span: Span, by: int, document: Document = DOCUMENT) -> Span:
    return Span.of(document.text, span.start + by, span.end)


def test_equal_sides_are_perfect(desk: Desk) -> None:
    found = desk.score([CLAIM], draft(CLAIM))
    assert found.issues == []
    for part in (found.labels, found.links):
        for name, count in part.items():
            assert count.gold == count.drafted == count.exact == count.overlap, name
    used = {name for name, count in found.labels.items() if count.gold}
    assert used == {"CLAIM", "CLAIMER", "CUE", "QUANTITY", "VICTIM", "LOCATION", "DATE"}
    assert {one.shares().f1 for one in found.properties.values() if one.gold} == {1.0}


def test_exact_and_overlapping_spans_are_told_apart(desk: Desk) -> None:
    found = desk.score([CLAIM], draft(replace(CLAIM, span=moved(CLAIM.span, 9))))
    claim, cue, link = found.labels["CLAIM"], found.labels["CUE"], found.links["cue → claim"]
    assert (claim.exact, claim.overlap, cue.exact) == (0, 1, 1)
    assert (link.exact, link.overlap) == (0, 1)
    assert found.labels["CLAIM"].record()["exact"] == {"right": 0, "precision": 0, "recall": 0, "f1": 0}


def test_a_span_that_several_claims_share_counts_once(desk: Desk) -> None:
    second = replace(CLAIM, claim_id="claim-00000000000000ff", effect="injury")
    found = desk.score([CLAIM, second], draft(CLAIM))
    assert (found.labels["CLAIM"].gold, found.labels["QUANTITY"].gold) == (1, 1)
    effect = found.properties["effect"]
    assert (effect.gold, effect.drafted, effect.matched, effect.right) == (2, 1, 1, 1)


def test_properties_need_the_right_value(desk: Desk) -> None:
    assert CLAIM.quantity
    assert CLAIM.cue
    wrong = replace(
        CLAIM, stance="deny", effect="injury", victim=None, quantity=replace(CLAIM.quantity, low=85),
        cue=replace(CLAIM.cue, type="deny"),
    )  # fmt: skip
    found = desk.score([CLAIM], draft(wrong)).properties
    for name in (
        "stance",
        "interval",
        "effect",
        "interval, effect",
        "interval, effect, victim",
        "kind of cue",
    ):
        assert (found[name].matched, found[name].right) == (1, 0), name
    assert found["kind of claimer"].right == 1
    denied = found["stance deny"]
    assert (denied.gold, denied.drafted, denied.matched, denied.right) == (0, 1, 0, 0)
    assert denied.record()["accuracy"] is None


def test_vague_counts_have_a_label_of_their_own_and_no_interval(desk: Desk) -> None:
    assert CLAIM.quantity
    vague = replace(CLAIM.quantity, modifier="vague", value=None, low=None, vague_term="some")
    found = desk.score([replace(CLAIM, quantity=vague)], draft(CLAIM))
    assert (found.labels["QUANTITY_VAGUE"].gold, found.labels["QUANTITY"].drafted) == (1, 1)
    assert (found.properties["interval"].gold, found.properties["interval"].drafted) == (0, 1)
    assert found.properties["interval"].shares().recall is None


def test_rules_answer_for_the_spans_they_found(desk: Desk) -> None:
    assert CLAIM.quantity
    assert CLAIM.victim
    count, victim = CLAIM.quantity.span, place(DOCUMENT, "Adama")
    mentions = (
        Mention("QUANTITY", count.start, count.end, count.text, ("quantity.at_least",)),
        Mention("VICTIM", victim.start, victim.end, victim.text, ("quantity.at_least", "victim.kind")),
        Mention("DATE", 0, 5, DOCUMENT.text[:5], ("date.unused",)),
    )
    wrong = replace(CLAIM, victim=Victim(victim, "Adama", None, None))
    rules = desk.score([CLAIM], draft(wrong, mentions=mentions)).rules
    assert {name: (one.drafted, one.overlap) for name, one in rules.items()} == {
        "quantity.at_least": (2, 1), "victim.kind": (1, 0),
    }  # fmt: skip
    assert rules["victim.kind"].record()["wrong"] == {"VICTIM": 1}


def test_a_split_quote_is_compared_piece_by_piece(desk: Desk) -> None:
    first, second = DOCUMENT.text.index("“We counted"), DOCUMENT.text.index("“no more.”")
    pieces = [(first, first + 15), (second, second + 10)]
    split = replace(CLAIM, span=Span.joined(DOCUMENT.text, pieces))
    found = desk.score([split], draft(replace(CLAIM, span=Span.of(DOCUMENT.text, *pieces[0]))))
    assert (found.labels["CLAIM"].exact, found.labels["CLAIM"].overlap) == (0, 1)


def test_missing_documents_are_said_on_either_side(desk: Desk) -> None:
    third = make_document("A third report.\n")
    elsewhere = replace(CLAIM, doc_id="doc-00000000000000ff")
    found = desk.score([CLAIM, elsewhere], draft(CLAIM), draft(document=third))
    assert {(issue.check, issue.severity, issue.record) for issue in found.issues} == {
        ("score/without-draft", "warning", "doc-00000000000000ff"),
        ("score/without-gold", "note", third.doc_id),
    }
    assert found.documents == 2
    assert (found.labels["CLAIM"].gold, found.labels["CLAIM"].drafted) == (2, 1)


def test_a_document_without_gold_claims_counts_where_the_gold_names_it(desk: Desk) -> None:
    third = make_document("A third report says that 3 died.\n")
    invented = replace(
        CLAIM, doc_id=third.doc_id, text_sha256=third.text_sha256, span=place(third, "3 died"),
        claimer=None, cue=None, quantity=None, victim=None, event=None,
    )  # fmt: skip
    desk.write([CLAIM], draft(CLAIM), draft(invented, document=third))
    write(desk.folder / "documents.jsonl", [DOCUMENT, third])
    assert score_files(desk.gold, desk.drafts).labels["CLAIM"].drafted == 1
    whole = score_files(str(desk.folder), desk.drafts)
    assert (whole.documents, whole.labels["CLAIM"].drafted, whole.issues) == (2, 2, [])
    named = score_files(desk.gold, desk.drafts, documents=[str(desk.folder / "documents.jsonl")])
    assert named.record() == whole.record()


def test_another_text_is_not_compared(desk: Desk) -> None:
    found = desk.score([CLAIM], draft(document=replace(DOCUMENT, text_sha256="0" * 64)))
    assert [issue.check for issue in found.issues] == ["score/text"]
    assert found.documents == 0


def test_rejected_claims_are_no_gold_and_doubles_count_once(desk: Desk) -> None:
    rejected = replace(
        CLAIM, review=replace(CLAIM.review, status="rejected"), claim_id="claim-00000000000000aa"
    )
    found = desk.score([CLAIM, CLAIM, rejected], draft(CLAIM))
    assert found.claims["gold"] == 1


def test_what_is_no_gold_and_no_draft_is_an_issue(desk: Desk) -> None:
    broken = {**to_record(CLAIM), "stance": "maybe", "claim_id": "claim-00000000000000bb"}
    write(Path(desk.gold), [CLAIM, broken, make_annotation(DOCUMENT, claims=[CLAIM])])
    write(Path(desk.drafts), [draft(CLAIM), draft(CLAIM), to_record(DOCUMENT)])
    found = score_files(desk.gold, desk.drafts)
    checks = [(issue.check.partition("/")[0], Path(issue.path).name, issue.line) for issue in found.issues]
    assert ("schema", "claims.jsonl", 2) in checks
    assert ("score", "claims.jsonl", 3) in checks
    assert ("score", "drafts.jsonl", 2) in checks
    assert ("schema", "drafts.jsonl", 3) in checks
    assert found.claims == {"gold": 1, "drafted": 1}


def test_nothing_in_common_is_refused(desk: Desk) -> None:
    with pytest.raises(DataError, match="no document of the gold has a draft"):
        desk.score([CLAIM], draft(document=make_document("Quite another text.\n")))


def test_a_folder_without_claims_is_refused(desk: Desk) -> None:
    desk.write([CLAIM], draft(CLAIM))
    (desk.folder / "claims.jsonl").unlink()
    with pytest.raises(DataError, match=r"no claims.jsonl"):
        score_files(str(desk.folder), desk.drafts)


def test_differences_are_shown_on_request(desk: Desk) -> None:
    assert CLAIM.cue
    cue = Cue(place(DOCUMENT, "told"), place(DOCUMENT, "told"), "tell", "neutral")
    mention = Mention("CUE", cue.span.start, cue.span.end, "told", ("cue.tell",))
    found = desk.score([CLAIM], draft(replace(CLAIM, cue=cue), mentions=(mention,)), show=True)
    cues = [(one.side, one.text, one.rule_ids) for one in found.differences if one.label == "CUE"]
    assert cues == [("missed", "said", ()), ("extra", "told", ("cue.tell",))]
    assert ("missed", f"said → {CLAIM.span.text}") in [
        (one.side, one.text) for one in found.differences if one.label == "cue → claim"
    ]
    assert desk.score([CLAIM], draft(replace(CLAIM, cue=cue))).differences == []


def test_the_command_prints_tables_and_json(desk: Desk) -> None:
    missing = replace(CLAIM, doc_id="doc-00000000000000ff")
    desk.write([CLAIM, missing], draft(CLAIM))
    text = CliRunner().invoke(command, [desk.gold, desk.drafts, "--show"])
    assert text.exit_code == 0, text.output
    assert "2 documents, 2 gold claims, 1 drafted" in text.stdout
    assert max(map(len, text.stdout.split("doc-")[0].splitlines())) <= 80
    assert "counts as missed" in text.stderr
    runs = [CliRunner().invoke(command, [desk.gold, desk.drafts, "--format", "json"]) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    told = json.loads(runs[0].stdout)
    assert told["labels"]["CUE"]["exact"] == {"right": 1, "precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert [issue["check"] for issue in told["issues"]] == ["score/without-draft"]


def test_the_command_reads_drafts_from_stdin_and_fails_on_bad_records(desk: Desk) -> None:
    desk.write([CLAIM], draft(CLAIM))
    lines = Path(desk.drafts).read_text("utf-8") + "{]\n"
    done = CliRunner().invoke(command, [desk.gold, "-"], input=lines)
    assert done.exit_code == 1
    assert "<stdin>:2" in done.stderr


def test_intervals_are_compared_as_intervals(desk: Desk) -> None:
    """A number without a lower bound and one with 0 say the same; words do not matter."""
    assert CLAIM.quantity
    count: Quantity = replace(CLAIM.quantity, modifier="at_most", value=84, low=None, high=84)
    zero = replace(CLAIM, quantity=replace(count, low=0, raw="at most 84"))
    assert desk.score([replace(CLAIM, quantity=count)], draft(zero)).properties["interval"].right == 1
