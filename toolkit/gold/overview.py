"""What the records of a dataset have in common, as cards and descriptions say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

_LANGUAGE = re.compile("[a-z]{2,3}")


@dataclass(slots=True)
class Overview:
    """Counts over claims and documents.

    ``judges`` counts claims by who judged them: "person", "scripted", "both" or "nobody".
    ``languages`` counts documents by ISO 639 code; ``first`` and ``last`` are the days of the earliest
    and latest report, None when no report is dated. ``nested`` counts claims with lists inside lists:
    caveats of relations, pieces of spans that stand in a list.
    """

    origins: Counter[str] = field(default_factory=Counter)
    judges: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    annotators: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    most_judgments: int = 0
    verdicts: int = 0
    nested: int = 0
    undated: int = 0
    first: str | None = None
    last: str | None = None

    @classmethod
    def of(cls, claims: Iterable[dict[str, Any]], documents: Iterable[dict[str, Any]]) -> Overview:
        """The overview of records as JSON objects."""
        found = cls()
        for claim in claims:
            found._take_claim(claim)
        for document in documents:
            found._take_document(document)
        return found

    @property
    def scripted(self) -> int:
        """How many claims no person judged or made: their review is a script's."""
        return self.judges["scripted"]

    def _take_claim(self, claim: dict[str, Any]) -> None:
        judgments = claim["review"]["judgments"]
        kinds = sorted({judgment["kind"] for judgment in judgments})
        self.judges[{0: "nobody", 1: kinds[0] if kinds else ""}.get(len(kinds), "both")] += 1
        self.origins[claim["provenance"]["origin"]] += 1
        self.annotators.update(judgment["annotator"] for judgment in judgments)
        self.most_judgments = max(self.most_judgments, len(judgments))
        self.verdicts += claim["verdict"] is not None
        spans = [part["span"] or {} for part in (*claim["via"], *claim["hedges"])]
        self.nested += any(relation["caveats"] for relation in claim["relations"]) or any(
            "pieces" in span for span in spans
        )

    def _take_document(self, document: dict[str, Any]) -> None:
        code = (document["language"] or "").lower().partition("-")[0]
        if _LANGUAGE.fullmatch(code):
            self.languages[code] += 1
        if document["publisher"]:
            self.publishers.add(document["publisher"])
        day = (document["published_at"] or "")[:10]
        if not day:
            self.undated += 1
            return
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)
