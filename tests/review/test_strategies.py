"""What strategies take and what they leave open; everybody's judgment stays in the record."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tests.gold.build import make_document, place, write
from tests.review.build import SHORT, added, judged, suggestion, work
from tests.review.test_adjudicate import factcheck
from toolkit.gold.checks.values import judgments, polarity
from toolkit.model import Annotation, Certainty, Claim, Issue, Span, to_record
from toolkit.model.claim import ReviewStatus
from toolkit.review import Disputed, Strategy, disagreements, settle

DENIED = {"stance": "deny", "certainty": Certainty("CT-", "Uu")}
LONG = SHORT + " on July 27"


def sorted_out(
    annotations: list[Annotation], strategy: str | None, rulings: list[Annotation] | None = None
) -> tuple[list[Claim], list[Issue]]:
    items = list(settle(annotations, strategy=strategy, rulings=rulings or []))
    claims = [item for item in items if isinstance(item, Claim)]
    assert not [fault for claim in claims for fault in (*judgments(claim, None), *polarity(claim, None))]
    assert len({claim.claim_id for claim in claims}) == len(claims)
    return claims, [item for item in items if isinstance(item, Issue)]


def told(claim: Claim) -> tuple[str, str | None, float | None, list[tuple[str, ReviewStatus]]]:
    review = claim.review
    said = [(one.annotator, one.status) for one in review.judgments]
    return review.status, review.adjudicator, review.agreement, said


def test_what_all_say_is_taken_with_all_judgments() -> None:
    one = suggestion()
    claims, issues = sorted_out(
        [work(name, [judged(one, name, "accepted")]) for name in ("ann-2", "ann-1")], "unanimous"
    )
    assert not issues
    (claim,) = claims
    assert told(claim) == ("accepted", None, 1.0, [("ann-1", "accepted"), ("ann-2", "accepted")])
    assert claim.span == one.span


def test_one_who_denies_leaves_the_claim_open_and_says_where() -> None:
    one = suggestion()
    claims, issues = sorted_out(
        [
            work("ann-1", [judged(one, "ann-1", "accepted")]),
            work("ann-2", [judged(one, "ann-2", "corrected", **DENIED)]),
        ],
        "unanimous",
    )
    assert not claims
    (issue,) = issues
    assert (issue.severity, issue.check, issue.record) == ("error", "adjudicate/disagreement", one.claim_id)
    assert issue.pointer == "/stance"
    assert issue.found == {"ann-1": "affirm CT+", "ann-2": "deny CT-"}
    assert issue.message == (
        f"{one.doc_id}, task 3, “{SHORT}” (25–58), stance: ann-1 says affirm CT+; ann-2 says deny CT-; "
        "the claim was not taken"
    )


def test_more_than_half_decide_part_by_part() -> None:
    """Two of three deny, two of three mark no victim: nobody says both, and both are taken."""
    one = suggestion()
    claims, issues = sorted_out(
        [
            work("ann-1", [judged(one, "ann-1", "corrected", **DENIED)]),
            work("ann-2", [judged(one, "ann-2", "corrected", victim=None)]),
            work("ann-3", [judged(one, "ann-3", "corrected", victim=None, **DENIED)]),
        ],
        "majority",
    )
    assert not issues
    (claim,) = claims
    assert (claim.stance, claim.certainty.claimer, claim.victim) == ("deny", "CT-", None)
    said = [("ann-1", "corrected"), ("ann-2", "corrected"), ("ann-3", "corrected")]
    assert told(claim) == ("adjudicated", "majority", 0.0, said)


def test_a_majority_keeps_or_drops_a_claim() -> None:
    one, two = suggestion(), suggestion(content="a nurse told this paper")
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "rejected")]),
        work("ann-2", [judged(one, "ann-2", "accepted"), judged(two, "ann-2", "accepted")]),
        work("ann-3", [judged(one, "ann-3", "rejected"), judged(two, "ann-3", "rejected")]),
    ]
    claims, issues = sorted_out(annotations, "majority")
    assert not issues
    kept, dropped = claims
    assert told(kept)[:3] == ("adjudicated", "majority", 0.3333)
    assert told(dropped) == (
        "rejected", "majority", 0.3333,
        [("ann-1", "rejected"), ("ann-2", "accepted"), ("ann-3", "rejected")],
    )  # fmt: skip


def test_two_of_two_is_no_majority_and_nor_are_three_views() -> None:
    one = suggestion()
    halves = [
        work("ann-1", [judged(one, "ann-1", "accepted")]),
        work("ann-2", [judged(one, "ann-2", "rejected")]),
    ]
    claims, issues = sorted_out(halves, "majority")
    assert not claims
    assert [issue.found for issue in issues] == [{"ann-1": "accepted", "ann-2": "rejected"}]
    views = [
        work(name, [judged(one, name, "corrected", effect=effect)])
        for name, effect in (("ann-1", "death"), ("ann-2", "injury"), ("ann-3", "missing"))
    ]
    claims, issues = sorted_out(views, "majority")
    assert not claims
    assert [issue.found for issue in issues] == [{"ann-1": "death", "ann-2": "injury", "ann-3": "missing"}]


def test_one_annotator_decides_and_the_others_are_kept() -> None:
    one, two = suggestion(), suggestion(content="a nurse told this paper")
    mine = added(one, "ann-2", "a1", span=place(make_document(), "Flood kills villagers"))
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "accepted")]),
        work("ann-2", [mine, judged(one, "ann-2", "corrected", **DENIED), judged(two, "ann-2", "rejected")]),
    ]
    claims, issues = sorted_out(annotations, "annotator:ann-2")
    assert not issues
    new, settled, dropped = claims
    assert told(new) == ("adjudicated", "ann-2", 0.0, [("ann-2", "added")])
    assert told(settled) == ("adjudicated", "ann-2", 0.0, [("ann-1", "accepted"), ("ann-2", "corrected")])
    assert settled.stance == "deny"
    assert told(dropped) == ("rejected", "ann-2", 0.0, [("ann-1", "accepted"), ("ann-2", "rejected")])
    claims, issues = sorted_out(annotations, "annotator:ann-9")
    assert not claims
    assert [issue.check for issue in issues] == ["adjudicate/no-ruling"]


def test_a_third_person_settles_it() -> None:
    """The ruling comes from a project of its own, under its own ids; both judgments stay."""
    one = suggestion()
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted")]),
        work("ann-2", [judged(one, "ann-2", "corrected", **DENIED)]),
    ]
    ruling = work("chief", [judged(one, "chief", "corrected", **DENIED)], task=90)
    claims, issues = sorted_out(annotations, "unanimous", [ruling])
    assert not issues
    (claim,) = claims
    assert told(claim) == ("adjudicated", "chief", 0.0, [("ann-1", "accepted"), ("ann-2", "corrected")])
    assert claim.stance == "deny"
    agreed = [work(name, [judged(one, name, "accepted")]) for name in ("ann-1", "ann-2")]
    (claim,), issues = sorted_out(agreed, None, [work("chief", [judged(one, "chief", "accepted")])])
    assert told(claim) == ("accepted", None, 1.0, [("ann-1", "accepted"), ("ann-2", "accepted")])


def test_rulings_go_to_their_texts() -> None:
    """Three texts, the first and the last of them settled, one ruling of a text that nobody sent."""
    texts = sorted((make_document(f"{make_document().text}Report {n}.\n") for n in range(4)),
                   key=lambda one: one.doc_id)  # fmt: skip
    statuses: dict[str, ReviewStatus] = {"ann-1": "accepted", "ann-2": "rejected"}
    asked = [
        work(name, [judged(suggestion(text), name, status)], text)
        for text in texts[:3]
        for name, status in statuses.items()
    ]
    settled = (texts[3], texts[2], texts[0])
    rulings = [work("chief", [judged(suggestion(text), "chief", "accepted")], text) for text in settled]
    claims, issues = sorted_out(asked, None, rulings)
    assert [claim.doc_id for claim in claims] == [texts[0].doc_id, texts[2].doc_id]
    assert [(issue.check, issue.record) for issue in issues] == [("adjudicate/several", texts[1].doc_id)]


def test_two_people_cannot_both_settle_a_text() -> None:
    one = suggestion()
    asked = [work(name, [judged(one, name, "accepted")]) for name in ("ann-1", "ann-2")]
    rulings = [work(name, [judged(one, name, "rejected")]) for name in ("chief", "boss")]
    claims, issues = sorted_out(asked, "unanimous", rulings)
    assert not claims
    assert [(issue.check, issue.message) for issue in issues] == [
        ("adjudicate/two-rulings", "boss, chief both settle this text; none of its claims were taken")
    ]
    older = replace(rulings[0], updated_at="2024-07-31T00:00:00Z", annotation=1)
    claims, issues = sorted_out(asked, None, [rulings[0], older])
    assert not issues
    assert [told(claim)[:2] for claim in claims] == [("rejected", "chief")]


def test_a_claim_drawn_anew_is_the_same_claim() -> None:
    """ann-2 removed the suggestion and drew it a little longer: one claim, whose content is disputed."""
    document = make_document()
    one = suggestion(document)
    longer = added(one, "ann-2", "b2", span=place(document, LONG))
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted")]),
        work("ann-2", [judged(one, "ann-2", "rejected"), longer]),
    ]
    claims, issues = sorted_out(annotations, "unanimous")
    assert not claims
    assert [issue.pointer for issue in issues] == ["/span"]
    (claim,), _ = sorted_out(annotations, "annotator:ann-2")
    assert (claim.claim_id, claim.span.text) == (longer.claim_id, LONG)
    assert told(claim)[3] == [("ann-1", "accepted"), ("ann-2", "added")]


def test_claims_on_the_same_words_are_told_apart_by_their_counts() -> None:
    document = make_document()
    one = suggestion(document)
    assert one.quantity is not None
    other = replace(one.quantity, span=place(document, "84"), raw="84")
    annotations = [
        work("ann-1", [added(one, "ann-1", "c1"), added(one, "ann-1", "c2", quantity=other)]),
        work("ann-2", [added(one, "ann-2", "d1", quantity=other), added(one, "ann-2", "d2")]),
    ]
    claims, issues = sorted_out(annotations, "unanimous")
    assert not issues
    assert [claim.review.agreement for claim in claims] == [1.0, 1.0]


def test_a_statement_that_one_did_not_write_is_no_disagreement() -> None:
    one = suggestion()
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted", normalized="At least 84 villagers died.")]),
        work("ann-2", [judged(one, "ann-2", "accepted")]),
    ]
    claims, issues = sorted_out(annotations, "unanimous")
    assert not issues
    assert [claim.normalized for claim in claims] == ["At least 84 villagers died."]


def test_nobody_votes_twice() -> None:
    one = judged(suggestion(), "ann-1", "accepted")
    twice = [work("ann-1", [one]), replace(work("ann-1", [one]), annotation=5)]
    claims, issues = sorted_out(twice, "majority")
    assert not claims
    assert [issue.check for issue in issues] == ["adjudicate/same-annotator"]


@pytest.mark.parametrize("strategy", [None, "unanimous", "majority", "annotator:somebody"])
def test_one_annotation_needs_no_strategy(strategy: str | None) -> None:
    one = judged(suggestion(), "ann-1", "accepted")
    assert sorted_out([work("ann-1", [one])], strategy) == ([one], [])


def test_the_order_of_annotators_and_claims_does_not_matter() -> None:
    one, two = suggestion(), suggestion(content="a nurse told this paper")
    anew = added(one, "ann-2", "e2", span=place(make_document(), LONG))
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted"), added(two, "ann-1", "e1")]),
        work("ann-2", [judged(one, "ann-2", "rejected"), anew, added(two, "ann-2", "e3")]),
        work("ann-3", [judged(one, "ann-3", "corrected", **DENIED), added(two, "ann-3", "e4")]),
    ]  # fmt: skip
    for strategy in ("unanimous", "majority", "annotator:ann-3"):
        wanted = list(settle(annotations, strategy=strategy))
        for shuffled in permutations(annotations):
            turned = [replace(it, claims=tuple(random.Random(1).sample(it.claims, len(it.claims))))
                      for it in shuffled]  # fmt: skip
            assert list(settle(turned, strategy=strategy)) == wanted


def test_the_list_for_an_adjudicator_has_everybodys_work() -> None:
    one, two = suggestion(), suggestion(content="a nurse told this paper")
    same = make_document("Another text.\n\nAt least 84 villagers were killed, Colonel Adama said on Monday "
                         "of July 27 near Tinzé.\n")  # fmt: skip
    annotations = [
        work("ann-1", [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "accepted")]),
        work("ann-2", [judged(one, "ann-2", "corrected", **DENIED)]),
        work("ann-1", [judged(suggestion(same), "ann-1", "accepted")], same),
        work("ann-2", [judged(suggestion(same), "ann-2", "accepted")], same),
    ]
    found = list(disagreements(annotations))
    assert [type(item) for item in found] == [Disputed]
    (text,) = found
    assert text.doc_id == one.doc_id
    assert text.work == tuple(annotations[:2])
    assert [(one.part, one.said) for one in text.disagreements] == [
        ("stance", (("ann-1", "affirm CT+"), ("ann-2", "deny CT-"))),
        ("claim", (("ann-1", "accepted"), ("ann-2", "not marked"))),
    ]
    assert text.disagreements[1].place == Span(place(make_document(), "a nurse").start, two.span.end,
                                               "a nurse told this paper")  # fmt: skip


@pytest.mark.parametrize("name", ["", "most", "annotator:", "majority "])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="there are unanimous, majority, annotator:NAME"):
        Strategy(name)


def test_command_settles_and_names_what_is_open(tmp_path: Path) -> None:
    one, two = suggestion(), suggestion(content="a nurse told this paper")
    write(tmp_path / "a.jsonl", [
        work("ann-1", [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "accepted")]),
        work("ann-2", [judged(one, "ann-2", "accepted"), judged(two, "ann-2", "rejected")]),
    ])  # fmt: skip
    plain = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "claims.jsonl")
    assert plain.returncode == 1
    assert "Fix: settle them by --strategy unanimous, majority or annotator:NAME" in plain.stderr
    done = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "claims.jsonl", "--strategy", "unanimous",
                     "--documents", "documents.jsonl")  # fmt: skip
    assert done.returncode == 1
    assert "ann-1 says accepted; ann-2 says rejected" in done.stderr
    assert len((tmp_path / "claims.jsonl").read_text("utf-8").splitlines()) == 1
    done = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "claims.jsonl", "--strategy",
                     "annotator:ann-1", "--documents", "documents.jsonl")  # fmt: skip
    assert done.returncode == 0, done.stderr
    checked = factcheck(tmp_path, "validate", "claims.jsonl", "--documents", "documents.jsonl")
    assert checked.returncode == 0, checked.stdout
    wrong = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "claims.jsonl", "--strategy", "coin")
    assert wrong.returncode == 2
    assert "there are unanimous, majority, annotator:NAME" in wrong.stderr


def test_the_record_of_a_settled_claim_fits_the_schema() -> None:
    from tests.gold.build import fits

    one = suggestion()
    claims, _ = sorted_out(
        [
            work("ann-1", [judged(one, "ann-1", "accepted")]),
            work("ann-2", [judged(one, "ann-2", "rejected")]),
        ],
        "annotator:ann-1",
    )
    assert all(fits("claim", claim) for claim in claims), to_record(claims[0])
