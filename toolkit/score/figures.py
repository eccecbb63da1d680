"""What a score consists of: counts that add up over documents, and the shares that follow from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.model import Issue


@dataclass(frozen=True, slots=True)
class Shares:
    """Precision, recall and F1, 0 to 1; None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None

    @classmethod
    def of(cls, right: int, drafted: int, gold: int) -> Shares:
        """The shares of ``right`` in what was drafted and in what the gold has."""
        both = drafted + gold
        return cls(
            right / drafted if drafted else None,
            right / gold if gold else None,
            2 * right / both if both else None,
        )

    def record(self) -> dict[str, float | None]:
        """As a JSON object, four places."""
        named = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: None if share is None else round(share, 4) for name, share in named.items()}


@dataclass(slots=True)
class Count:
    """How many spans or links the gold and the drafts have, and how many of them agree."""

    gold: int = 0
    drafted: int = 0
    exact: int = 0
    overlap: int = 0

    def shares(self, *, exact: bool = False) -> Shares:
        """The shares of exactly equal spans, or of those that overlap enough."""
        return Shares.of(self.exact if exact else self.overlap, self.drafted, self.gold)

    def record(self) -> dict[str, Any]:
        """As a JSON object."""
        return {
            "gold": self.gold, "drafted": self.drafted,
            "exact": {"right": self.exact, **self.shares(exact=True).record()},
            "overlap": {"right": self.overlap, **self.shares().record()},
        }  # fmt: skip


@dataclass(slots=True)
class Properties:
    """One property of claims or counts: ``matched`` of them were found at all, ``right`` with this value."""

    gold: int = 0
    drafted: int = 0
    matched: int = 0
    right: int = 0

    def shares(self) -> Shares:
        """Right ones among all, so what was not found at all counts as wrong."""
        return Shares.of(self.right, self.drafted, self.gold)

    def record(self) -> dict[str, Any]:
        """As a JSON object; ``accuracy`` is among the matched."""
        accuracy = round(self.right / self.matched, 4) if self.matched else None
        return {
            "gold": self.gold, "drafted": self.drafted, "matched": self.matched, "right": self.right,
            **self.shares().record(), "accuracy": accuracy,
        }  # fmt: skip


@dataclass(slots=True)
class RuleCount:
    """How often a rule stands behind a span of a drafted claim, and how often the gold has that span."""

    drafted: int = 0
    exact: int = 0
    overlap: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def precision(self) -> float:
        """The share of its spans that overlap enough with one of the gold."""
        return self.overlap / self.drafted

    def record(self) -> dict[str, Any]:
        """As a JSON object; ``wrong`` counts by label."""
        return {
            "drafted": self.drafted, "exact": self.exact, "overlap": self.overlap,
            "precision": round(self.precision(), 4), "wrong": dict(sorted(self.wrong.items())),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """A span or link that only one side has; ``text`` as its side gives it."""

    doc_id: str
    label: str
    side: str
    text: str
    start: int
    rule_ids: tuple[str, ...] = ()


@dataclass(slots=True)
class Score:
    """Everything that was counted. ``documents`` counts those scored; issues say what is not as it should be.

    ``differences`` is filled on request only.
    """

    documents: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    labels: dict[str, Count] = field(default_factory=dict)
    links: dict[str, Count] = field(default_factory=dict)
    properties: dict[str, Properties] = field(default_factory=dict)
    rules: dict[str, RuleCount] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """As a JSON object without issues and differences; the same input gives the same bytes."""

        def told(part: Mapping[str, Count | Properties | RuleCount]) -> dict[str, Any]:
            return {name: count.record() for name, count in part.items()}

        return {
            "documents": self.documents, "claims": dict(sorted(self.claims.items())),
            "labels": told(self.labels), "links": told(self.links), "properties": told(self.properties),
            "rules": dict(sorted(told(self.rules).items())),
        }  # fmt: skip
