"""Claims to regions and back: nothing is lost, and every edit is found again."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from label_studio_sdk.label_interface.interface import LabelInterface

from tests.studio.drafts import TEXT, claim, document, draft, drafts
from toolkit import schema
from toolkit.config import load_project
from toolkit.errors import DataError
from toolkit.model import LABELS, Annotation, Claim, Claimer, Cue, Draft, Mention, Span, to_record
from toolkit.resources import configs
from toolkit.studio.conversion import tasks
from toolkit.studio.conversion.marks import JUNK, sentence
from toolkit.studio.conversion.regions import check_result
from toolkit.studio.page import labeling

Result = list[dict[str, Any]]
ALL = [*LABELS, JUNK]


def server_task(made: Draft, suggest: tasks.Suggest = "all") -> dict[str, Any]:
    """The task as a server lists it after the import."""
    task = json.loads(json.dumps(tasks.to_task(made, suggest=suggest, model_version="rules-1")))
    task["id"] = 7
    task["predictions"][0]["id"] = 70
    return dict(task)


def annotated(made: Draft, edit: Callable[[Result], Result | None] | None = None, **more: Any) -> Annotation:
    """What comes of a draft when a person submits its suggestion after an edit."""
    task = server_task(made)
    result = copy.deepcopy(task["predictions"][0]["result"])
    result = (edit(result) if edit else result) or result
    annotation = {
        "id": 9,
        "result": result,
        "parent_prediction": 70,
        "created_at": "2024-08-02T10:00:00Z",
        **more,
    }
    return tasks.to_annotation(
        task, annotation, project="Claims", project_id=3, annotator="annotator-1", kind="person"
    )


def content(claim: Claim) -> dict[str, Any]:
    """A record without what is said about its making."""
    return {key: value for key, value in to_record(claim).items() if key not in ("provenance", "review")}


def region(result: Result, label: str, words: str) -> dict[str, Any]:
    """The label region on these words."""
    return next(
        item for item in result
        if item["type"] == "labels" and item["value"]["labels"] == [label] and item["value"]["text"] == words
    )  # fmt: skip


def without(result: Result, label: str, words: str) -> Result:
    """The result after a person has deleted a region."""
    gone = region(result, label, words)["id"]
    return [item for item in result if gone not in (item.get("id"), item.get("from_id"), item.get("to_id"))]


def marked(label: str, words: str, name: str = "Xb3kD9aa_1") -> dict[str, Any]:
    """A region as the page makes it when a person marks words."""
    start = TEXT.index(words)
    value = {"start": start, "end": start + len(words), "text": words.replace("\n", "\\n"), "labels": [label]}
    return {
        "id": name,
        "type": "labels",
        "from_name": "label",
        "to_name": "text",
        "origin": "manual",
        "value": value,
    }


def field(of: dict[str, Any], name: str, kind: str, value: Any) -> dict[str, Any]:
    """A field of a region as the page makes it."""
    return {
        "id": of["id"],
        "type": kind,
        "from_name": name,
        "to_name": "text",
        "value": {
            "start": of["value"]["start"],
            "end": of["value"]["end"],
            kind if kind != "textarea" else "text": value,
        },
    }


def statuses(annotation: Annotation) -> Counter[str]:
    """How many claims have which status."""
    return Counter(claim.review.status for claim in annotation.claims)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_a_suggestion_submitted_unchanged_is_the_draft(made: Draft) -> None:
    pulled = annotated(made)
    assert {claim.claim_id: content(claim) for claim in pulled.claims} == {
        claim.claim_id: content(claim) for claim in made.claims
    }
    assert set(statuses(pulled)) <= {"accepted"}
    assert not pulled.quarantined
    for found in pulled.claims:
        assert found.provenance.origin == "rule"
        assert (found.provenance.rule_ids, found.provenance.score) == (("a.rule", "b.rule"), 0.75)
        assert (found.provenance.rules_version, found.provenance.task) == ("rules-1", 7)
    assert pulled.document == made.document


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_label_studio_and_our_own_check_take_what_is_sent(made: Draft) -> None:
    prediction = tasks.to_task(made, suggest="all", model_version="rules-1")["predictions"][0]
    assert check_result(prediction["result"], len(made.document.text), ALL) == []
    assert interface().validate_prediction(prediction, return_errors=True) == []
    names = [item["id"] for item in prediction["result"] if item["type"] == "labels"]
    assert len(names) == len(set(names))
    assert max(map(len, names), default=0) <= 20
    again = tasks.to_task(made, suggest="all", model_version="rules-1")
    assert again["predictions"][0] == prediction


def interface() -> Any:
    """The SDK's view of the page."""
    return LabelInterface(labeling.load(load_project(configs().parent)).xml)


def test_claims_on_one_span_share_a_region_and_need_no_arrow() -> None:
    result = server_task(draft())["predictions"][0]["result"]
    labels = Counter(item["value"]["labels"][0] for item in result if item["type"] == "labels")
    assert labels == {
        "CLAIM": 2, "CLAIMER": 2, "CUE": 2, "QUANTITY": 2, "QUANTITY_VAGUE": 1, "VICTIM": 2, "LOCATION": 1,
        "HEDGE": 1, "BOILERPLATE": 1,
    }  # fmt: skip
    assert [item for item in result if item["type"] == "relation"] == []


def test_only_check_worthy_claims_are_drawn_unless_all_are_asked_for() -> None:
    made = draft()
    dull = replace(made.claims[2], check_worthiness=replace(made.claims[2].check_worthiness, label="UFS"))
    made = replace(made, claims=(*made.claims[:2], dull))
    labels = [
        item["value"]["text"]
        for item in server_task(made, "check-worthy")["predictions"][0]["result"]
        if item["type"] == "labels" and item["value"]["labels"] == ["CLAIM"]
    ]
    assert labels == ["they had killed at least 84 mercenaries and 47 soldiers near Tin"]


def test_a_changed_choice_corrects_every_record_of_the_claim() -> None:
    def edit(result: Result) -> None:
        name = region(result, "CLAIM", made.claims[0].span.text)["id"]
        stance = next(item for item in result if item.get("from_name") == "stance" and item["id"] == name)
        stance["value"]["choices"] = ["withhold"]

    made = draft()
    pulled = annotated(made, edit)
    assert statuses(pulled) == {"corrected": 2, "accepted": 1}
    assert [claim.stance for claim in pulled.claims] == ["withhold", "withhold", "deny"]
    assert {claim.claim_id for claim in pulled.claims} == {claim.claim_id for claim in made.claims}
    assert [judgment.status for claim in pulled.claims for judgment in claim.review.judgments].count(
        "corrected"
    ) == 2


def test_a_removed_claim_is_rejected_and_its_claimer_does_not_wander() -> None:
    pulled = annotated(draft(), lambda result: without(result, "CLAIM", "heavy losses"))
    assert statuses(pulled) == {"accepted": 2, "rejected": 1}
    gone = next(claim for claim in pulled.claims if claim.review.status == "rejected")
    assert content(gone) == content(draft().claims[2])


def test_a_removed_quantity_rejects_only_its_record() -> None:
    pulled = annotated(draft(), lambda result: without(result, "QUANTITY", "47"))
    assert statuses(pulled) == {"accepted": 2, "rejected": 1}
    assert [
        claim.quantity.raw for claim in pulled.claims if claim.quantity and claim.review.status == "rejected"
    ] == ["47"]


def test_the_only_quantity_removed_corrects_the_claim() -> None:
    pulled = annotated(draft(), lambda result: without(result, "QUANTITY_VAGUE", "heavy"))
    assert statuses(pulled) == {"accepted": 2, "corrected": 1}
    bare = next(claim for claim in pulled.claims if claim.review.status == "corrected")
    assert (bare.quantity, bare.effect, bare.claim_id) == (
        None,
        "casualty_unspecified",
        draft().claims[2].claim_id,
    )


def test_a_region_drawn_again_on_the_same_words_is_the_same() -> None:
    pulled = annotated(draft(), lambda result: [*without(result, "CUE", "denied"), marked("CUE", "denied")])
    assert statuses(pulled) == {"accepted": 3}


def test_another_label_makes_another_part_of_the_claim() -> None:
    def edit(result: Result) -> None:
        region(result, "LOCATION", "Tin")["value"]["labels"] = ["VICTIM"]

    pulled = annotated(draft(), edit)
    assert statuses(pulled) == {"corrected": 2, "accepted": 1}
    assert all(claim.event and claim.event.location is None for claim in pulled.claims[:2])


def test_moved_borders_keep_the_claim_and_what_is_known_of_its_parts() -> None:
    def edit(result: Result) -> None:
        item = region(result, "VICTIM", "soldiers")["value"]
        item.update(start=item["start"] - 3, text="47 soldiers")

    pulled = annotated(draft(), edit)
    changed = next(claim for claim in pulled.claims if claim.review.status == "corrected")
    assert changed.victim is not None
    assert (changed.victim.name, changed.victim.entity) == ("47 soldiers", "army")


@pytest.mark.parametrize(
    ("shown", "words", "expected"),
    [
        ({"modifier": "more_than", "low": 85}, "at least 84", (None, 85, None, "more_than")),
        ({"modifier": "exact"}, "at least 84", (84, 84, 84, "exact")),
        ({"modifier": "range", "low": 80, "high": 90}, "at least 84", (None, 80, 90, "range")),
        (
            {"modifier": "approximately", "low": 80, "high": 80},
            "at least 84",
            (80, None, None, "approximately"),
        ),
        ({"modifier": "at_most", "high": 90}, "at least 84", (90, None, 90, "at_most")),
        ({"modifier": "fewer_than", "high": 89}, "at least 84", (None, None, 89, "fewer_than")),
        ({"modifier": "vague"}, "at least 84", (None, None, None, "vague")),
        ({"modifier": "exact", "low": 48, "high": 47}, "47", (48, 48, 48, "exact")),
        ({"modifier": "exact", "low": 48, "high": 50}, "47", (None, 48, 50, "range")),
    ],
)
def test_edited_bounds_follow_the_conventions(
    shown: dict[str, Any], words: str, expected: tuple[Any, ...]
) -> None:
    def edit(result: Result) -> Result:
        own = region(result, "QUANTITY", words)
        kept = [
            item for item in result
            if item.get("id") != own["id"] or item["from_name"] not in ("modifier", "low", "high")
        ]  # fmt: skip
        kinds = {"modifier": "choices", "low": "number", "high": "number"}
        return kept + [
            field(own, name, kinds[name], [value] if name == "modifier" else value)
            for name, value in shown.items()
        ]

    pulled = annotated(draft(), edit)
    found = next(c.quantity for c in pulled.claims if c.quantity and c.quantity.raw == words)
    assert (found.value, found.low, found.high, found.modifier) == expected
    assert (found.vague_term is not None) == (found.modifier == "vague")


def test_a_persons_own_claim_is_added_with_values_from_its_words() -> None:
    def edit(result: Result) -> Result:
        rest = without(without(result, "CLAIM", "heavy losses"), "QUANTITY_VAGUE", "heavy")
        added = [marked("CLAIM", "denied heavy losses", "new1"), marked("QUANTITY", "heavy", "new2")]
        return [*rest, *added, field(added[1], "effect", "choices", ["death"])]

    pulled = annotated(draft(), edit)
    assert statuses(pulled) == {"accepted": 2, "rejected": 1, "added": 1}
    own = next(claim for claim in pulled.claims if claim.review.status == "added")
    assert (own.provenance.origin, own.provenance.rule_ids, own.provenance.regions[0]) == (
        "human",
        (),
        "new1",
    )
    assert own.claimer is not None
    assert (own.claimer.name, own.effect) == ("army", "death")
    assert own.quantity is not None
    assert (own.quantity.modifier, own.quantity.vague_term) == ("vague", "heavy")
    assert own.sentence.text == "The army denied heavy losses."
    assert list(schema.problems("annotation", json.loads(json.dumps(to_record(pulled))))) == []


def test_an_arrow_outranks_nearness() -> None:
    def edit(result: Result) -> Result:
        arrow = {
            "type": "relation",
            "from_id": region(result, "CLAIMER", "The army")["id"],
            "to_id": region(result, "CLAIM", made.claims[0].span.text)["id"],
            "direction": "left",
            "labels": [],
        }
        return [*without(result, "CLAIMER", "The rebels"), arrow]

    made = draft()
    pulled = annotated(made, edit)
    assert statuses(pulled) == {"corrected": 3}
    assert [claim.claimer and claim.claimer.name for claim in pulled.claims] == ["army", "army", None]


def test_two_claimers_make_two_records_and_one_descends() -> None:
    def edit(result: Result) -> Result:
        return [*result, marked("CLAIMER", "Monday")]

    pulled = annotated(draft(), edit)
    assert statuses(pulled) == {"accepted": 3, "added": 2}


def test_skipped_and_empty() -> None:
    skipped = annotated(draft(), was_cancelled=True)
    assert (skipped.state, skipped.claims, skipped.mentions) == ("skipped", (), ())
    empty = annotated(
        draft(), lambda result: [item for item in result if item["value"].get("labels") == [JUNK]]
    )
    assert empty.state == "empty"
    assert statuses(empty) == {"rejected": 3}


def test_line_breaks_in_the_servers_quote_are_no_difference() -> None:
    def edit(result: Result) -> Result:
        own = marked("CLAIM", "losses.\nRead more")
        own["value"]["text"] = "losses.\\nRead  more"
        return [*result, own]

    assert annotated(draft(), edit).quarantined == ()


def test_shifted_offsets_are_found_again_by_quote_and_context() -> None:
    def edit(result: Result) -> None:
        for item in result:
            if item["type"] != "relation":
                item["value"]["start"] += 1
                item["value"]["end"] += 1

    pulled = annotated(draft(), edit)
    assert statuses(pulled) == {"accepted": 3}
    assert pulled.quarantined == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"start": 5, "end": 5000}, "is no place in a text of"),
        ({"start": 50, "end": 40}, "is no place"),
        ({"start": -1, "end": 4}, "is no place"),
        ({"start": "3", "end": 9}, "no whole numbers"),
        ({"start": True, "end": 9}, "no whole numbers"),
        ({"labels": ["WEAPON"]}, "label WEAPON"),
        ({"labels": []}, "label missing"),
        ({"labels": None}, "label missing"),
        ({"text": "not in this text"}, "is not in the text"),
        ({"start": 0, "end": 1, "text": "The"}, "occurs 2 times"),
        ({"start": 1, "end": 2, "text": " "}, "only white space"),
    ],
)
def test_what_cannot_be_placed_is_quarantined_with_its_reason(change: dict[str, Any], reason: str) -> None:
    def edit(result: Result) -> Result:
        own = marked("CLAIM", "heavy losses")
        own["value"].update(change)
        return [*result, own]

    pulled = annotated(draft(), edit)
    assert [reason in bad.reason for bad in pulled.quarantined] == [True]
    assert statuses(pulled) == {"accepted": 3}


def test_a_number_that_is_none_is_quarantined_and_the_region_stays() -> None:
    def edit(result: Result) -> None:
        low = next(item for item in result if item.get("from_name") == "low")
        low["value"]["number"] = 84.5

    pulled = annotated(draft(), edit)
    assert ["no whole number" in bad.reason for bad in pulled.quarantined] == [True]
    assert len(pulled.claims) == 3


def test_a_record_that_the_server_garbled_is_left_out_and_nothing_breaks() -> None:
    task = server_task(draft())
    for item in task["predictions"][0]["result"]:
        item["meta"] = {"claims": [{"claim": 3}, "x"], "draft": "y", "piece_of": 4, "rules": 5}
    pulled = tasks.to_annotation(
        task, {"id": 1, "result": task["predictions"][0]["result"]}, project="P", project_id=1, annotator="a",
        kind="person",
    )  # fmt: skip
    assert len(pulled.claims) == 3


def test_the_snapshot_of_the_suggestion_wins_over_a_newer_one() -> None:
    task = server_task(draft())
    old = task["predictions"][0]
    task["predictions"] = [{"id": 99, "model_version": "rules-2", "result": []}]
    annotation = {"id": 1, "result": old["result"], "prediction": old, "parent_prediction": 70}
    pulled = tasks.to_annotation(task, annotation, project="P", project_id=1, annotator="a", kind="scripted")
    assert pulled.model_version == "rules-1"
    assert statuses(pulled) == {"accepted": 3}


def test_another_text_on_the_server_is_refused() -> None:
    task = server_task(draft())
    task["data"]["text"] = task["data"]["text"].replace("84", "94")
    with pytest.raises(DataError, match="not the one that was pushed") as error:
        tasks.to_annotation(task, {"id": 1}, project="P", project_id=1, annotator="a", kind="person")
    assert error.value.fix


def test_check_result_names_what_label_studio_would_take() -> None:
    result = copy.deepcopy(server_task(draft())["predictions"][0]["result"])
    result[0]["value"]["end"] = 10_000
    result[0]["value"]["labels"] = ["WEAPON"]
    result.append({"type": "relation", "from_id": result[0]["id"], "to_id": "nobody"})
    faults = check_result(result, len(TEXT), ALL)
    assert len(faults) == 3
    assert "no place" in faults[0]
    assert "WEAPON" in faults[1]
    assert "nobody" in faults[2]


def test_the_headline_is_never_a_file_name() -> None:
    made = draft()
    untitled = replace(made, document=replace(made.document, title=None))
    task = tasks.to_task(untitled, suggest="all", model_version="v")
    assert task["data"]["headline"].startswith("😀 The rebels said")
    assert tasks.publication(made.document) == "The Desk · 2024-08-01 · https://example.org/a"


def test_sentence_ends() -> None:
    text = "Gen. Ba said 3.5 men left. “Yes!” she said.\nNo stop\nNext one."
    spans = [sentence(text, at, at + 1) for at in (5, 29, 45, 55, 26, 43)]
    assert [text[start:end] for start, end in spans] == [
        "Gen. Ba said 3.5 men left.", "“Yes!” she said.", "No stop", "Next one.", " ", "\n",
    ]  # fmt: skip
    assert sentence(text, 20, 30) == (0, 43) and sentence("…", 0, 1) == (0, 1)


def arrows_of(text: str, *told: tuple[str | None, str | None, str]) -> list[str]:
    """The labels of the arrows drawn for claims given as (claimer, cue, content), each by its words."""

    def at(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    claims = tuple(
        claim(
            text, at(content_),
            claimer=Claimer(at(who), who, None, "unknown", "explicit") if who else None,
            cue=Cue(at(how), at(how), how, "neutral") if how else None,
        )
        for who, how, content_ in told
    )  # fmt: skip
    made = Draft(document(text), (), claims)
    pulled = annotated(made)
    assert statuses(pulled) == {"accepted": len(claims)}
    assert {c.claim_id: content(c) for c in pulled.claims} == {c.claim_id: content(c) for c in claims}
    result = server_task(made)["predictions"][0]["result"]
    return [item["labels"][0] for item in result if item["type"] == "relation"]


def test_ordinary_sentences_need_no_arrow() -> None:
    assert arrows_of(
        "The army said ten men died, as Russia signalled its support.",
        ("The army", "said", "ten men died"), ("Russia", "signalled", "its support"),
    ) == []  # fmt: skip
    assert arrows_of(
        "“Ten men died,” he said, adding that two fled.",
        ("he", "said", "Ten men died"), ("he", "adding", "two fled"),
    ) == []  # fmt: skip


def test_what_the_page_would_read_wrong_gets_an_arrow() -> None:
    told = (("The army", "said", "ten men died"), (None, None, "two fled"), ("The army", None, "it rained"))
    assert set(arrows_of("The army said ten men died and two fled and it rained.", *told)) == {"says"}


def test_a_split_quote_is_drawn_in_pieces_and_survives_the_loss_of_its_first() -> None:
    text = "“We will fight,” he said, “to the end.”"
    whole = Span.joined(text, [(1, 14), (text.index("to the"), text.index(".”"))])
    made = Draft(document(text), (), (claim(text, whole, stance="deny"),))
    assert annotated(made).claims[0].span == whole
    pulled = annotated(made, lambda result: without(result, "CLAIM", "We will fight"))
    assert statuses(pulled) == {"corrected": 1}
    assert (pulled.claims[0].span.text, pulled.claims[0].stance) == ("to the end", "deny")


def test_mentions_keep_the_rules_that_found_them() -> None:
    made = draft()
    where = made.claims[1].quantity
    assert where is not None
    mention = Mention("QUANTITY", where.span.start, where.span.end, "47", ("quantity.digits",))
    pulled = annotated(replace(made, mentions=(mention,)))
    assert mention in pulled.mentions
    assert {found.label for found in pulled.mentions} <= set(LABELS)
