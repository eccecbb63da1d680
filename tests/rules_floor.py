"""The floor below which the English rules may not fall on the sample corpus, whose gold people wrote by hand.

    python -m tests.rules_floor                                  # what is measured beside the floor
    python -m tests.rules_floor --raise                          # raise each floor to what is measured
    python -m tests.rules_floor --lower-to-measured "reason"     # the only way down; the reason is kept

``rules_floor.json`` holds an F1 for each label and link (exact and overlapping) and for each property, and
the digest of the corpus they were measured on: with other articles or gold they would mean something else.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from toolkit import pipeline, resources
from toolkit.config import packaged_project
from toolkit.files import contents_digest, write_records
from toolkit.model import Draft, to_record

FLOOR = Path(__file__).with_name("rules_floor.json")
RAISE = "python -m tests.rules_floor --raise"
LOWER = 'python -m tests.rules_floor --lower-to-measured "reason"'


@dataclass(frozen=True, slots=True)
class Lowered:
    """Floors that were lowered together, from and to, and why."""

    reason: str
    figures: dict[str, tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Floor:
    """F1 by figure, on the corpus that has this digest."""

    corpus: str
    figures: dict[str, float]
    lowered: tuple[Lowered, ...] = field(default=())

    @classmethod
    def load(cls) -> Floor:
        found = json.loads(FLOOR.read_text("utf-8"))
        lowered = tuple(Lowered(**entry) for entry in found["lowered"])
        return cls(found["corpus"], found["figures"], lowered)

    def save(self) -> None:
        FLOOR.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", "utf-8")


def corpus_digest() -> str:
    """Changes with any article and with the gold."""
    articles = sorted(path for path in (resources.corpus() / "articles").iterdir() if path.is_file())
    return contents_digest([*articles, resources.corpus() / "gold.jsonl"])


def measure() -> dict[str, float]:
    """F1 of every figure, rounded down to four places; where the corpus has nothing to find there is none."""
    drafts = pipeline.prelabel([str(resources.corpus() / "articles")], project=packaged_project())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drafts.jsonl"
        write_records(path, (to_record(draft) for draft in drafts if isinstance(draft, Draft)))
        score = pipeline.score(str(resources.corpus() / "gold.jsonl"), str(path))
    assert score.issues == [], score.issues[0]
    found = {}
    for name, count in {**score.labels, **score.links}.items():
        if count.gold:
            found[f"{name}, exact"], found[f"{name}, overlap"] = (
                count.shares(exact=exact).f1 for exact in (True, False)
            )
    found.update((name, one.shares().f1) for name, one in score.properties.items() if one.gold)
    return {name: math.floor((f1 or 0.0) * 10_000) / 10_000 for name, f1 in found.items()}


def faults(floor: Floor, measured: dict[str, float], corpus: str) -> list[str]:
    """What keeps the measured figures from standing on the floor, each with the command that mends it."""
    if corpus != floor.corpus:
        return [f"the sample corpus is another than the floor's. Fix: {RAISE}, or {LOWER}"]
    found = [
        f"{name}: {measured.get(name, 0):.4f} is below its floor of {least:.4f}. "
        f"Fix: mend the rules, or {LOWER}"
        for name, least in floor.figures.items()
        if measured.get(name, 0) < least
    ]
    return found + [f"{name} has no floor. Fix: {RAISE}" for name in measured.keys() - floor.figures.keys()]


def raised(floor: Floor, measured: dict[str, float], corpus: str) -> Floor:
    """Each floor at what is measured; ``SystemExit`` where that would lower one."""
    below = [name for name, least in floor.figures.items() if measured.get(name, 0) < least]
    if below:
        raise SystemExit(f"would lower {', '.join(below)}. Fix: mend the rules, or {LOWER}")
    return Floor(corpus, dict(sorted(measured.items())), floor.lowered)


def lowered(floor: Floor, measured: dict[str, float], corpus: str, reason: str) -> Floor:
    """Each floor at what is measured, up or down; what went down is kept with the reason."""
    if not reason.strip():
        raise SystemExit("give the reason in quotes")
    down: dict[str, tuple[float | None, float | None]] = {
        name: (least, measured.get(name))
        for name, least in floor.figures.items() if measured.get(name, 0) < least
    }  # fmt: skip
    entries = (*floor.lowered, Lowered(reason, down)) if down else floor.lowered
    return Floor(corpus, dict(sorted(measured.items())), entries)


def main(arguments: list[str]) -> None:
    """Print or move the floor."""
    measured, corpus = measure(), corpus_digest()
    floor = Floor.load() if FLOOR.is_file() else Floor(corpus, {})
    for name, figure in sorted(measured.items()):
        sys.stdout.write(f"{name:40} {figure:.4f}  floor {floor.figures.get(name, 0):.4f}\n")
    match arguments:
        case []:
            problems = faults(floor, measured, corpus)
            if problems:
                raise SystemExit("\n".join(problems))
        case ["--raise"]:
            raised(floor, measured, corpus).save()
        case ["--lower-to-measured", reason]:
            lowered(floor, measured, corpus, reason).save()
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
