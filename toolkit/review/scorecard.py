"""What people made of each rule's suggestions, so that the rule that costs them most is mended first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toolkit.model import Annotation, Claim, Draft, Issue, from_checked, to_record
from toolkit.review.outcomes import Outcome, outcomes, suggested_spans
from toolkit.review.parts import disputed
from toolkit.review.statistics import Figure, wilson
from toolkit.review.texts import done
from toolkit.spool import Spool, spool

Of = Literal["claims", "spans"]
Key = tuple[Of, str, str]
"""What was suggested, the rule and its version."""
Task = tuple[int, int]
"""A project's and a task's id on the server."""
_STATUSES = ("accepted", "corrected", "rejected")


@dataclass(slots=True)
class RuleScore:
    """One rule in one version. Every annotator's decision on a suggestion counts once.

    ``fields`` says what was corrected, ``missed`` is what people added of the rule's kinds (the effects of
    its claims, the labels of its spans), whichever rule might have found it. ``points`` counts the different
    suggestions, and how many of them another rule makes as well (``overlap``) or otherwise (``conflict``);
    ``all_points`` those of all rules of the version. ``tasks`` are where something was corrected or removed.
    """

    of: Of
    rule: str
    version: str
    statuses: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    missed: int = 0
    points: int = 0
    overlap: int = 0
    conflict: int = 0
    all_points: int = 0
    tasks: Counter[Task] = field(default_factory=Counter)

    @property
    def cost(self) -> int:
        """How many of its suggestions people had to touch."""
        return self.statuses["corrected"] + self.statuses["rejected"]

    def precision(self) -> Figure:
        """Accepted ones of all that people decided, with Wilson's 95 % interval."""
        return wilson(self.statuses["accepted"], self.statuses.total())

    def share(self, count: int) -> float:
        """A number of suggestions as a share of all of the version (as snorkel's analysis has it)."""
        return count / self.all_points if self.all_points else 0.0

    def record(self, url: str | None = None) -> dict[str, Any]:
        """As a JSON object; tasks that cost most come first."""
        ordered = sorted(self.tasks.items(), key=lambda item: (-item[1], item[0]))
        return {
            "rule": self.rule, "version": self.version, "of": self.of,
            **{status: self.statuses[status] for status in _STATUSES},
            "corrected_fields": dict(sorted(self.fields.items())), "missed": self.missed,
            "precision": self.precision().record(),
            "coverage": round(self.share(self.points), 4), "overlap": round(self.share(self.overlap), 4),
            "conflict": round(self.share(self.conflict), 4),
            "tasks": [{"project": project, "task": task, "count": count, "link": link(url, project, task)}
                      for (project, task), count in ordered],
        }  # fmt: skip


@dataclass(slots=True)
class Scorecard:
    """The rules, those that cost most first; ``annotations`` counts those that were looked at."""

    annotations: int = 0
    rules: list[RuleScore] = field(default_factory=list)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    issues: list[Issue] = field(default_factory=list)

    def record(self, url: str | None = None) -> dict[str, Any]:
        """As a JSON object; ``url`` is the server's address, for links."""
        missed = [
            {"of": of, "kind": kind, "count": count} for (of, kind), count in sorted(self.missed.items())
        ]
        return {
            "annotations": self.annotations, "rules": [one.record(url) for one in self.rules],
            "missed": missed,
        }  # fmt: skip


def link(url: str | None, project: int, task: int) -> str | None:
    """The page of a task, where the server's address is known."""
    return f"{url.rstrip('/')}/projects/{project}/data?task={task}" if url else None


def score_rules(annotations: Iterable[Annotation], drafts: Iterable[Draft] = ()) -> Scorecard:
    """Count what people made of the suggestions of each rule, claim by claim.

    With the ``drafts`` that were pushed it is also said which field of a claim was corrected, and what
    became of each suggested span. Skipped annotations are left out. A document without a draft of the
    version that its annotation began with is a warning, and is counted by its claims alone.
    """
    card = Scorecard()
    count = _Count()
    with spool() as waiting:
        known = [waiting.add(draft.document.doc_id, to_record(draft)) for draft in drafts]
        for annotation in annotations:
            if not done(annotation):
                continue
            card.annotations += 1
            draft = _draft(waiting, annotation) if known else None
            if known and draft is None:
                card.issues.append(_without_draft(annotation))
            count.claims(annotation, draft)
            if draft:
                count.spans(annotation, draft)
    card.rules = sorted(count.scores(), key=lambda one: (-one.cost, one.of, one.rule, one.version))
    for (of, _, kind), missing in count.missed.items():
        card.missed[of, kind] += missing
    return card


def _draft(waiting: Spool, annotation: Annotation) -> Draft | None:
    if annotation.document.doc_id not in waiting:
        return None
    draft = from_checked(Draft, waiting.get(annotation.document.doc_id))
    versions = {claim.provenance.rules_version for claim in draft.claims}
    return draft if versions <= {annotation.model_version} else None


def _without_draft(annotation: Annotation) -> Issue:
    return Issue(
        severity="warning", check="rules/without-draft", record=annotation.document.doc_id,
        message=f"no draft of version {annotation.model_version} for task {annotation.task}; its spans and "
        "the fields that were corrected are not counted",
        fix="give the drafts that were pushed",
    )  # fmt: skip


@dataclass(slots=True)
class _Count:
    """What was counted so far. ``votes`` has what each rule says of each point, by kind and version."""

    rules: dict[Key, RuleScore] = field(default_factory=dict)
    kinds: dict[Key, set[str]] = field(default_factory=dict)
    missed: Counter[tuple[Of, str, str]] = field(default_factory=Counter)
    votes: dict[tuple[Of, str], dict[object, dict[str, set[object]]]] = field(default_factory=dict)

    def claims(self, annotation: Annotation, draft: Draft | None) -> None:
        """The suggested claims of an annotation, and those that its annotator added."""
        before = {claim.claim_id: claim for claim in draft.claims} if draft else {}
        version = annotation.model_version or ""
        for claim in annotation.claims:
            kind = claim.effect or "no effect"
            if claim.provenance.origin != "rule":
                self.missed["claims", version, kind] += 1
                continue
            first = before.get(claim.claim_id, claim)
            changed = _changed(first, claim) if draft and claim.review.status == "corrected" else [""]
            for rule in claim.provenance.rule_ids:
                for number, name in enumerate(changed):
                    outcome = Outcome(claim.review.status if not number else "", name)
                    self.add(("claims", rule, version), first.effect or "no effect", outcome, annotation)
                self.vote(("claims", rule, version), _point(first), (first.effect, first.stance))

    def spans(self, annotation: Annotation, draft: Draft) -> None:
        """The spans of the suggested claims, and those that the annotator added."""
        version = annotation.model_version or ""
        shown = frozenset(one.claim_id for one in annotation.claims if one.provenance.origin == "rule")
        suggested = suggested_spans(draft, shown)
        found, rest = outcomes(list(suggested), annotation.mentions)
        for place, rules in suggested.items():
            for rule in rules:
                self.add(("spans", rule, version), place[0], found[place], annotation)
                self.vote(("spans", rule, version), (draft.document.doc_id, *place[1:]), place[0])
        for label, _, _ in rest:
            self.missed["spans", version, label] += 1

    def add(self, key: Key, kind: str, outcome: Outcome, annotation: Annotation) -> None:
        """One decision on one suggestion, or one more field of it."""
        score = self.rules.setdefault(key, RuleScore(*key))
        self.kinds.setdefault(key, set()).add(kind)
        if outcome.status:
            score.statuses[outcome.status] += 1
        if outcome.status in ("corrected", "rejected"):
            score.tasks[annotation.project_id, annotation.task] += 1
        if outcome.field:
            score.fields[outcome.field] += 1

    def vote(self, key: Key, point: object, vote: object) -> None:
        """What a rule says of a point."""
        of, rule, version = key
        points = self.votes.setdefault((of, version), {})
        points.setdefault(point, {}).setdefault(rule, set()).add(vote)

    def scores(self) -> Iterator[RuleScore]:
        """Every rule with what only all rules together tell."""
        for key, score in self.rules.items():
            of, rule, version = key
            points = self.votes[of, version]
            score.all_points = len(points)
            own = [votes for votes in points.values() if rule in votes]
            score.points = len(own)
            score.overlap = sum(len(votes) > 1 for votes in own)
            score.conflict = sum(_conflict(votes, rule) for votes in own)
            score.missed = sum(self.missed[of, version, kind] for kind in self.kinds[key])
            yield score


def _conflict(votes: Mapping[str, set[object]], rule: str) -> bool:
    """Whether another rule says something of the point that this one does not."""
    return any(said - votes[rule] for other, said in votes.items() if other != rule)


def _changed(before: Claim, now: Claim) -> list[str]:
    return disputed({"before": before, "now": now}) or ["other"]


def _point(claim: Claim) -> object:
    count = claim.quantity
    return claim.doc_id, tuple(claim.span.parts()), tuple(count.span.parts()) if count else ()
