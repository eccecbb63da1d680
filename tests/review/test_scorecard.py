"""The rule scorecard against counts by hand, and against a plain recount of the demo's reviews."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.gold.build import make_document, place, write
from tests.review.build import SHORT, added, judged, suggestion, work
from tests.review.test_adjudicate import factcheck
from toolkit import pipeline
from toolkit.config import find_project
from toolkit.model import Annotation, Certainty, Claim, Draft, Mention, to_record
from toolkit.reading import read
from toolkit.review import RuleScore, Scorecard
from toolkit.review.outcomes import Outcome, Place, outcomes
from toolkit.review.scorecard import link, score_rules
from toolkit.studio.conversion.tasks import to_annotation, to_task
from toolkit.studio.scripted import revised

CORPUS = Path(__file__).parent.parent / "corpus"
VERSION = "0123abcd"
PASSIVE = ("casualty.passive", "cue.say")


def mention(words: str, label: str, *rules: str) -> Mention:
    one = place(make_document(), words)
    return Mention(label, one.start, one.end, one.text, rules)  # type: ignore[arg-type]


def by_rules(claim: Claim, *rules: str) -> Claim:
    return replace(claim, provenance=replace(claim.provenance, rule_ids=rules, rules_version=VERSION))


def suggestions() -> tuple[Claim, Claim]:
    """A claim by the rule for passives and one on other words by that for nouns; both also by "said"."""
    one = by_rules(suggestion(), *PASSIVE)
    two = by_rules(suggestion(content="a nurse told this paper"), "casualty.noun", "cue.say")
    return one, two


def draft() -> Draft:
    """The suggestions with their spans: nobody is named for the count in the draft's mentions."""
    found = [
        mention(SHORT, "CLAIM", "casualty.passive"), mention("At least 84", "QUANTITY", "quantity.at_least"),
        mention("villagers", "VICTIM", "casualty.passive"), mention("Colonel Adama", "CLAIMER", "cue.say"),
        mention("said", "CUE", "cue.say"), mention("July 27", "DATE", "date.day"),
        mention("Tinzé", "LOCATION", "place.in_name"),
        mention("a nurse told this paper", "CLAIM", "casualty.noun"),
    ]  # fmt: skip
    victim = place(make_document(), "villagers were")
    found[2] = replace(found[2], start=victim.start, end=victim.start + 9)
    return Draft(make_document(), tuple(found), suggestions())


def reviews() -> list[Annotation]:
    """ann-1 accepts the first claim and removes the second; ann-2 denies the first, takes the second and adds
    a third about the injured."""
    one, two = suggestions()
    more = added(one, "ann-2", "f1", effect="injury", span=place(make_document(), "no more"))
    first = [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "rejected")]
    denied = judged(one, "ann-2", "corrected", stance="deny", certainty=Certainty("CT-", "Uu"))
    second = [denied, judged(two, "ann-2", "accepted"), more]
    return [
        replace(work("ann-1", first, task=3), model_version=VERSION),
        replace(work("ann-2", second, task=4), model_version=VERSION),
    ]


def find(card: Scorecard, of: str, rule: str) -> RuleScore:
    (one,) = [one for one in card.rules if (one.of, one.rule) == (of, rule)]
    return one


def test_claims_by_hand() -> None:
    card = score_rules(reviews())
    assert card.annotations == 2
    told = [(one.rule, dict(one.statuses), one.cost) for one in card.rules]
    assert told == [
        ("cue.say", {"accepted": 2, "corrected": 1, "rejected": 1}, 2),
        ("casualty.noun", {"accepted": 1, "rejected": 1}, 1),
        ("casualty.passive", {"accepted": 1, "corrected": 1}, 1),
    ]
    say, noun, _ = card.rules
    assert say.precision().value == 0.5
    assert (say.share(say.points), say.share(say.overlap), say.share(say.conflict)) == (1.0, 1.0, 0.0)
    assert (noun.points, noun.all_points, noun.overlap) == (1, 2, 1)
    assert dict(say.tasks) == {(1, 3): 1, (1, 4): 1}
    assert dict(card.missed) == {("claims", "injury"): 1}
    assert [one.missed for one in card.rules] == [0, 0, 0]
    assert not say.fields


def test_a_rule_is_told_what_people_added_of_its_kind() -> None:
    one, _ = suggestions()
    mine = added(one, "ann-1", "f2", span=place(make_document(), "no more"))
    card = score_rules(
        [replace(work("ann-1", [judged(one, "ann-1", "accepted"), mine]), model_version=VERSION)]
    )
    assert [(one.rule, one.missed) for one in card.rules] == [("casualty.passive", 1), ("cue.say", 1)]


def test_corrected_fields_and_spans_by_hand() -> None:
    """ann-1 keeps the claim, moves the count to "84", calls the claimer a victim, drops the place and adds
    "Monday"; the second claim is gone, and so is its span. ann-2 leaves all that was suggested."""
    kept = [one for one in draft().mentions if one.text not in ("At least 84", "Colonel Adama", "Tinzé",
                                                                "a nurse told this paper")]  # fmt: skip
    new = [mention("84", "QUANTITY"), mention("Colonel Adama", "VICTIM"), mention("Monday", "DATE")]
    first, second = reviews()
    longer = mention("least 84", "QUANTITY")
    card = score_rules(
        [replace(first, mentions=(*kept, *new[1:], longer)), replace(second, mentions=draft().mentions)],
        [draft()],
    )
    assert not card.issues
    assert dict(find(card, "claims", "casualty.passive").fields) == {"stance": 1}
    told = {one.rule: (dict(one.statuses), dict(one.fields)) for one in card.rules if one.of == "spans"}
    assert told == {
        "casualty.passive": ({"accepted": 4}, {}),
        "quantity.at_least": ({"accepted": 1, "corrected": 1}, {"span": 1}),
        "cue.say": ({"accepted": 3, "corrected": 1}, {"label": 1}),
        "date.day": ({"accepted": 2}, {}),
        "place.in_name": ({"accepted": 1, "rejected": 1}, {}),
        "casualty.noun": ({"accepted": 1, "rejected": 1}, {}),
    }
    assert dict(card.missed) == {("claims", "injury"): 1, ("spans", "DATE"): 1}
    assert find(card, "spans", "date.day").missed == 1
    assert find(card, "spans", "place.in_name").points == 1
    assert find(card, "spans", "place.in_name").all_points == 8


def test_rules_that_say_different_things_of_one_place_conflict() -> None:
    """Two rules find one claim on the same words, one says killed and the other injured; a third agrees."""
    one, _ = suggestions()
    injured = replace(by_rules(one, "casualty.noun"), effect="injury", claim_id="claim-0000000000000001")
    agreed = replace(by_rules(one, "effect.toll"), claim_id="claim-0000000000000002")
    claims = [judged(claim, "ann-1", "accepted") for claim in (one, injured, agreed)]
    card = score_rules([replace(work("ann-1", claims), model_version=VERSION)])
    told = {one.rule: (one.points, one.overlap, one.conflict) for one in card.rules}
    assert told == dict.fromkeys(["casualty.passive", "cue.say", "casualty.noun", "effect.toll"], (1, 1, 1))


SPANS: list[tuple[list[Place], list[Place], list[str], list[Place]]] = [
    ([("CUE", 0, 4)], [("CUE", 0, 4)], ["accepted"], []),
    ([("CUE", 0, 4)], [], ["rejected"], []),
    ([("CUE", 0, 4)], [("CUE", 0, 8)], ["corrected span"], []),
    ([("CUE", 0, 4)], [("CUE", 0, 9)], ["rejected"], [("CUE", 0, 9)]),
    ([("CUE", 0, 4)], [("DATE", 0, 4)], ["corrected label"], []),
    ([("CUE", 0, 4)], [("DATE", 0, 5)], ["rejected"], [("DATE", 0, 5)]),
    ([("CUE", 0, 4), ("DATE", 0, 4)], [("DATE", 0, 4)], ["rejected", "accepted"], []),
    ([("CUE", 0, 4), ("CUE", 4, 8)], [("CUE", 0, 8)], ["corrected span", "rejected"], []),
]


@pytest.mark.parametrize(("suggested", "marked", "wanted", "missed"), SPANS)
def test_outcomes(
    suggested: list[Place], marked: list[Place], wanted: list[str], missed: list[Place]
) -> None:
    mentions = [Mention(label, start, end, "x", ()) for label, start, end in marked]  # type: ignore[arg-type]
    found, rest = outcomes(suggested, mentions)
    assert sorted(f"{found[place].status} {found[place].field}".strip() for place in suggested) == sorted(
        wanted
    )
    assert rest == missed
    assert all(isinstance(one, Outcome) for one in found.values())


def test_drafts_of_other_rules_are_not_held_against_anybody() -> None:
    newer = [replace(one.provenance, rules_version="ffffffff") for one in suggestions()]
    claims = [replace(one, provenance=made) for one, made in zip(suggestions(), newer, strict=True)]
    other = replace(draft(), claims=tuple(claims))
    card = score_rules(reviews(), [other])
    assert [issue.check for issue in card.issues] == ["rules/without-draft"] * 2
    assert {one.of for one in card.rules} == {"claims"}


def test_links_lead_to_tasks() -> None:
    assert link("http://127.0.0.1:8080/", 1, 3) == "http://127.0.0.1:8080/projects/1/data?task=3"
    assert link(None, 1, 3) is None


def test_command(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", reviews())
    write(tmp_path / "d.jsonl", [draft()])
    done = factcheck(tmp_path, "rules", "score", "a.jsonl", "--server", "http://ls.example")
    assert done.returncode == 0, done.stderr
    assert "cue.say (claims, 0123abcd): coverage 1.00, overlap 1.00, conflict .00" in done.stdout
    assert "    http://ls.example/projects/1/data?task=3" in done.stdout
    assert "missed by all rules: 1 injury (claims)" in done.stdout
    assert "2 annotations, 3 rules" in done.stderr
    record = json.loads(factcheck(
        tmp_path, "rules", "score", "a.jsonl", "--drafts", "d.jsonl", "--format", "json",
        "--server", "http://ls.example",
    ).stdout)  # fmt: skip
    passive = next(
        one for one in record["rules"] if (one["of"], one["rule"]) == ("claims", "casualty.passive")
    )
    assert (passive["accepted"], passive["corrected"], passive["rejected"]) == (1, 1, 0)
    assert passive["corrected_fields"] == {"stance": 1}
    assert passive["precision"]["value"] == 0.5
    assert record["missed"][0] == {"of": "claims", "kind": "injury", "count": 1}
    plain = json.loads(factcheck(tmp_path, "rules", "score", "a.jsonl", "--format", "json").stdout)
    assert plain["rules"][0]["tasks"][0]["link"] is None


@cache
def demo() -> tuple[list[Draft], list[Annotation]]:
    """The demo's drafts, and its reviews as a pull gives them, made without a server."""
    project = find_project(CORPUS)
    drafts = [
        one
        for one in pipeline.prelabel([str(CORPUS / "articles")], project=project)
        if isinstance(one, Draft)
    ]
    gold: dict[str, list[Claim]] = {}
    for claim in read(Claim, CORPUS / "gold.jsonl"):
        assert isinstance(claim, Claim), claim
        gold.setdefault(claim.doc_id, []).append(claim)
    return drafts, list(_reviewed(drafts, gold))


def _reviewed(drafts: list[Draft], gold: dict[str, list[Claim]]) -> Iterator[Annotation]:
    for number, one in enumerate(drafts, start=1):
        version = next((claim.provenance.rules_version for claim in one.claims), None) or ""
        task = to_task(one, suggest="check-worthy", model_version=version)
        (prediction,) = task["predictions"]
        result = revised(prediction["result"], one.document, gold.get(one.document.doc_id, []))
        served = {**task, "id": number, "predictions": [{**prediction, "id": number}]}
        answer = {"id": number, "result": result, "parent_prediction": number}
        yield to_annotation(
            served, answer, project="Demo", project_id=1, annotator="scripted-reviewer", kind="scripted",
        )  # fmt: skip


def test_the_demos_claims_are_recounted() -> None:
    """Rule by rule the same as a plain loop over the records."""
    drafts, annotations = demo()
    card = score_rules(annotations, drafts)
    assert not card.issues
    plain: Counter[tuple[str, str]] = Counter()
    for record in map(to_record, annotations):
        for claim in record["claims"]:
            for rule in claim["provenance"]["rule_ids"]:
                plain[rule, claim["review"]["status"]] += 1
    ours = {(one.rule, status): count for one in card.rules if one.of == "claims"
            for status, count in one.statuses.items()}  # fmt: skip
    assert ours == dict(plain)
    assert sum(count for (_, status), count in plain.items() if status == "accepted") > 50
    by_hand = sum(
        claim["review"]["status"] == "added" for one in annotations for claim in to_record(one)["claims"]
    )
    assert sum(count for (of, _), count in card.missed.items() if of == "claims") == by_hand


def test_the_demos_places_and_dates_are_recounted() -> None:
    """Rules that only find places and dates: a suggested one is accepted where the reviewer has it, too."""
    drafts, annotations = demo()
    card = score_rules(annotations, drafts)
    labels: dict[str, set[str]] = {}
    for one in (mention for made in drafts for mention in made.mentions):
        for rule in one.rule_ids:
            labels.setdefault(rule, set()).add(one.label)
    chosen = {rule for rule, found in labels.items() if found <= {"DATE", "LOCATION"}}
    plain: Counter[tuple[str, bool]] = Counter()
    for made, annotation in zip(drafts, annotations, strict=True):
        drawn = {claim.claim_id for claim in annotation.claims if claim.provenance.origin == "rule"}
        events = [claim.event for claim in made.claims if claim.claim_id in drawn and claim.event]
        when = [one.date.span for one in events if one.date]
        used = {("DATE", one.start, one.end) for one in when}
        where = [one.location.span for one in events if one.location]
        used |= {("LOCATION", one.start, one.end) for one in where}
        marked = {(one.label, one.start, one.end) for one in annotation.mentions}
        for one in made.mentions:
            if (one.label, one.start, one.end) in used:
                plain.update((rule, (one.label, one.start, one.end) in marked) for rule in one.rule_ids)
    ours = {one.rule: one for one in card.rules if one.of == "spans" and one.rule in chosen}
    assert len(ours) > 3
    for rule, score in ours.items():
        assert (score.statuses["accepted"], score.cost) == (plain[rule, True], plain[rule, False]), rule
    assert sum(score.statuses["accepted"] for score in ours.values()) > 10


def test_the_demos_removed_claims_are_those_whose_regions_are_gone() -> None:
    """From Label Studio's JSON alone: a suggested record is removed when the region of its claim is no longer
    there, or the region of its count while another count of the same claim is."""
    drafts, annotations = demo()
    gone: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for made, annotation in zip(drafts, annotations, strict=True):
        (prediction,) = to_task(made, suggest="check-worthy", model_version="")["predictions"]
        there = {item["id"] for item in annotation.result if item["type"] == "labels"}
        claims = [item for item in prediction["result"] if item.get("value", {}).get("labels") == ["CLAIM"]]
        for item in claims:
            records = item["meta"].get("claims", [])
            counts = {record["quantity"] for record in records} & there
            for record in records:
                lost = item["id"] not in there or (counts and record["quantity"] not in there)
                rules = record["claim"]["provenance"]["rule_ids"]
                shown.update(rules)
                gone.update(rules if lost else [])
    ours = {one.rule: one for one in score_rules(annotations).rules}
    assert gone.total() > 5 and ours.keys() == shown.keys()
    assert {rule: one.statuses["rejected"] for rule, one in ours.items()} == {
        rule: gone[rule] for rule in ours
    }
    assert {rule: one.statuses.total() for rule, one in ours.items()} == dict(shown)
