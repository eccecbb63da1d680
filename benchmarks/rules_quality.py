"""How good the English rules are, on every gold there is: one table per gold.

    python benchmarks/rules_quality.py [--only sample seeds polnear muc4] [--json FILE]

- ``sample``: the sample corpus by ``factcheck score``;
- ``seeds``: hand gold of three reports of one battle;
- ``polnear``: PolNeAR's development part: source, cue and content of quotations in political news;
- ``muc4``: MUC-4's development part: deaths and injuries in conflict news, in upper case.

The last three lie beside the repository in ``../shared/eval`` with the scorers that decide; where they are
absent this says so and goes on. Only totals are printed, never a text or a span. About two minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parent.parent
EVAL = REPO.parent / "shared" / "eval"
SEEDS_DEV = ("000", "001", "003")
Row = tuple[str, str, int | str, int | str, list[float | None]]


def run(*command: str | Path) -> str:
    """The stdout of a command that must succeed."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return done.stdout


def prelabel(texts: Path, folder: Path) -> Path:
    """Drafts of a folder of texts."""
    drafts = folder / "drafts.jsonl"
    run(sys.executable, "-m", "toolkit", "prelabel", texts, "--out", drafts)
    return drafts


def sample(folder: Path) -> Iterator[Row]:
    """The sample corpus, by our own scorer."""
    corpus = REPO / "tests" / "corpus"
    drafts = prelabel(corpus / "articles", folder)
    found = json.loads(
        run(sys.executable, "-m", "toolkit", "score", corpus / "gold.jsonl", drafts, "--format", "json")
    )
    for part in ("labels", "links"):
        for name, row in found[part].items():
            for how in ("exact", "overlap"):
                yield name, how, row["gold"], row["drafted"], _shares(row[how])
    for name, row in found["properties"].items():
        yield name, "value", row["gold"], row["drafted"], _shares(row)


def seeds(folder: Path) -> Iterator[Row]:
    """Three reports by the shared scorer."""
    texts = folder / "texts"
    texts.mkdir()
    for name in SEEDS_DEV:
        for path in (EVAL.parent / "seeds").glob(f"{name}_*.txt"):
            (texts / path.name).write_bytes(path.read_bytes())
    gold, out = EVAL / "seeds_gold_dev.json", folder / "score.json"
    drafts = prelabel(texts, folder)
    run(sys.executable, EVAL / "score" / "seeds.py", "score", gold, drafts, "--docs", ",".join(SEEDS_DEV),
        "--json", out)  # fmt: skip
    yield from _rows(json.loads(out.read_text("utf-8")))


def polnear(folder: Path) -> Iterator[Row]:
    """Source, cue and content by the shared scorer."""
    yield from _rows(_shared("polnear", folder))


def muc4(folder: Path) -> Iterator[Row]:
    """Recall of the keyed deaths and injuries, by what has to be right."""
    found = _shared("muc4", folder)
    for part, rows in found.items():
        for name, row in rows.items():
            if isinstance(row, dict):
                for test, rate in row.items():
                    if test != "gold":
                        yield f"{part}: {name}", test, row["gold"], "", [None, rate, None]


def _shared(name: str, folder: Path) -> dict[str, Any]:
    gold, out, scorer = EVAL / f"{name}_dev.jsonl", folder / "score.json", EVAL / "score" / f"{name}.py"
    run(sys.executable, scorer, "texts", gold, folder / "texts")
    drafts = prelabel(folder / "texts", folder)
    run(sys.executable, scorer, "score", gold, drafts, "--json", out)
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def _rows(found: dict[str, Any], name: str = "") -> Iterator[Row]:
    for key, row in found.items():
        here = f"{name} {key}".strip()
        if not isinstance(row, dict):
            continue
        for how in ("exact", "overlap", "prf"):
            if how in row:
                yield here, how.replace("prf", "value"), row["gold"], row["pred"], row[how]
        if "gold" not in row:
            yield from _rows(row, here)


def _shares(row: dict[str, float | None]) -> list[float | None]:
    return [row["precision"], row["recall"], row["f1"]]


BENCHES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "sample": sample, "seeds": seeds, "polnear": polnear, "muc4": muc4,
}  # fmt: skip


def main() -> None:
    """Print a table for each gold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=BENCHES, default=list(BENCHES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures")
    args = parser.parse_args()
    figures: dict[str, Any] = {}
    for name in args.only:
        if name != "sample" and not EVAL.is_dir():
            print(f"{name}: skipped, ../shared/eval is not beside the repository")
            continue
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            rows = list(BENCHES[name](Path(folder)))
        print(f"\n{name} ({time.perf_counter() - start:.0f} s)")
        print(f"{'':34} {'':17} {'gold':>6} {'drafts':>6} {'P':>6} {'R':>6} {'F1':>6}")
        for label, how, gold, drafted, shares in rows:
            shown = " ".join(f"{'' if share is None else f'{share:.3f}':>6}" for share in shares)
            print(f"{label:34} {how:17} {gold:>6} {drafted:>6} {shown}")
        figures[name] = [[*row[:-1], *row[-1]] for row in rows]
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
