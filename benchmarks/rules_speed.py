"""How fast the rules run against spaCy's SpanRuler, and how much memory ``factcheck prelabel`` takes.

    python benchmarks/rules_speed.py [--size 300000] [--runs 5] [--memory 5 50] [--line 10] [--folder DIR]

Speed: the whole cascade (names, mentions, attribution, claims, the drafts) against ``spacy.blank("en")`` with
a SpanRuler that only marks spans of the same labels, in turn over the same texts, in one process pinned to
one core, by processor time, the collector of garbage asked as seldom as ``factcheck`` asks it. Printed are
kB of text a second and the median of the ratios (above 1 we are faster).

The peer's patterns are made of our own words, read from the rule and entity files: every list of words for
harm, people, things, hedges and sayings, and every name and alias, as phrases in any letter case; what our
patterns say of numbers, dates, money, places and so on as token patterns of the same shape, as few and loose
as they can be, which is fastest. It does less: no look-around or veto, no priority, no parts of a match, no
contents, nothing normalised, no claims.

Texts: the sample corpus of the tests, and ``../shared/seeds`` and ``../shared/eval`` where they are there;
when they are through, again with another line each.

Memory: peak of a prelabel process of its own on that many megabytes of documents, and largest / smallest.

Line: prelabel on one article that is one line of that many megabytes, of each of five kinds.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
OURS = str(Path(sys.executable).with_name("factcheck"))
SHARED = REPO.parent / "shared"
QUIET = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600)]


def articles() -> list[str]:
    """The texts there are, each once."""
    found = [path.read_text("utf-8") for path in sorted((REPO / "tests/corpus/articles").glob("*.txt"))]
    found += [path.read_text("utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    for name in ("polnear_dev.jsonl", "muc4_dev.jsonl"):
        path = SHARED / "eval" / name
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        found += [json.loads(line)["text"] for line in lines[:400]]
    return list(dict.fromkeys(found))


def texts(size: int) -> Iterator[str]:
    """Articles up to a size in characters; when they are through, again with another line each."""
    left = size
    for turn in itertools.count():
        for text in articles():
            if left <= 0:
                return
            yield f"{text}\nReport {turn}." if turn else text
            left -= len(text)


def ours() -> tuple[Callable[[list[str]], object], Callable[[list[str]], object]]:
    """The whole cascade, and the mentions alone, as functions of texts."""
    from toolkit.claims import build_draft, load_entities
    from toolkit.config import load_project
    from toolkit.model import SCHEMA_VERSION, Document, Found, digest
    from toolkit.rules import load_rules

    project = load_project(REPO)
    settings = project.settings
    rules = load_rules(project.files(settings.rules), seconds=settings.limits.rule_seconds)
    entities = load_entities(project.files(settings.entities), project.files(settings.events))

    def document(text: str) -> Document:
        return Document(
            schema_version=SCHEMA_VERSION, doc_id=Document.id_for(text), text_sha256=digest(text), title=None,
            url=None, publisher=None, published_at="2024-08-01", language="en", source_path="x", text=text,
            regions=(),
        )  # fmt: skip

    def found(given: list[str]) -> Iterator[Found]:
        return rules.find_all((page, entities.matches(page)) for page in map(document, given))

    def matches(given: list[str]) -> object:
        return sum(len(one.matches) for one in found(given))

    def drafts(given: list[str]) -> object:
        made = (build_draft(one, entities=entities, rules_version="1") for one in found(given))
        return sum(len(draft.claims) for draft in made)

    return drafts, matches


def peer() -> Callable[[list[str]], object]:
    """The SpanRuler as a function of texts."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 1 << 30
    ruler: Any = nlp.add_pipe("span_ruler", config={"phrase_matcher_attr": "LOWER", "validate": False})
    ruler.add_patterns(list(patterns()))
    return lambda given: sum(len(page.spans["ruler"]) for page in nlp.pipe(given))


def patterns() -> Iterator[dict[str, Any]]:
    """Our words as phrases, the shapes of our patterns as token patterns."""
    words = variables() | {name: words.split() for name, words in MORE_WORDS.items()}
    for label, lists in PHRASES.items():
        for name in lists:
            yield from ({"label": label, "pattern": word} for word in words[name])
    for label, phrases in cues():
        yield from ({"label": label, "pattern": phrase} for phrase in phrases)
    for name in names():
        yield {"label": "ENTITY", "pattern": name}
    for label, pattern in token_patterns(words):
        yield {"label": label, "pattern": pattern}


BOUNDS = ["at_least", "more_than", "at_most", "fewer_than", "about"]
PHRASES = {
    "VICTIM": ["people_plural", "people_single", "things_plural", "things_single", "demonym_s"],
    "EFFECT": [
        "verb_death", "gone_death", "noun_death", "verb_injury", "verb_captured", "verb_displaced",
        "verb_destroyed", "verb_damaged",
    ],
    "QUANTITY": ["vague_noun"],
    "HEDGE": BOUNDS,
}  # fmt: skip
MORE_WORDS = {
    "month": """january february march april may june july august september october november
        december jan feb mar apr jun jul aug sep sept oct nov dec jan. feb. mar. apr. jun. jul. aug.
        sep. oct. nov. dec.""",
    "spelt": """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety a""",
    "loss": "casualties losses toll deaths fatalities injuries destruction damage",
    "grave": "heavy significant severe serious major massive substantial huge great large high minor",
    "measure": """km kms kilometres kilometers metres meters miles yards feet foot inches kg tons tonnes
        litres degrees mph seats votes""",
    "some": "several few many the a an half two three four five ten",
    "side": "northern southern eastern western central north south east west",
}
TOKENS: dict[str, dict[str, Any]] = {
    "number": {"LIKE_NUM": True},
    "year": {"TEXT": {"REGEX": r"^(?:1[5-9]|20)\d\d$"}},
    "day": {"LOWER": {"REGEX": r"^(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?$"}},
    "isodate": {"TEXT": {"REGEX": r"^\d{4}-\d\d-\d\d$"}},
    "clock": {"TEXT": {"REGEX": r"^\d{1,2}[:.]\d\d$"}},
    "title": {"IS_TITLE": True},
    "any": {},
}
SHAPES = """
QUANTITY number scale_word*
QUANTITY spelt scale_word*
QUANTITY between/from/about? number -/–/to/and/or number scale_word*
QUANTITY number or/and more/fewer/less
QUANTITY several/few/many/some? vague_noun/several/many/dozen of?
QUANTITY_VAGUE grave human/military/civilian/material? loss
QUANTITY_VAGUE a? grave number/amount/numbers of
MONEY $/€/£/¥ number scale_word*
MONEY number scale_word* currency_word
PERCENT number %/percent/pct
PERCENT number per cent
AGE number - year/month/week - old/olds
AGE aged/age of/between? number
MEASURE number scale_word* square/cubic? measure
MEASURE magnitude number
NUMBERED article/section/chapter/flight/group/route/channel/phase/unit number
NUMBERED no/every/each/any one
CLOCK at/around/by/before/after? clock
CLOCK number am/pm/a.m./p.m./gmt
CLOCK at/around/before/after noon/midday/midnight/dawn/dusk/sunset
DATE isodate
DATE from_words? weekday? ,? month day ,? year?
DATE from_words? the? day of? month year?
DATE from_words? month day -/–/to/and/or day
DATE from_words? day -/–/to/and/or day month year?
DATE from_words? year -/–/to/and/or year
DATE from_words/early/late/mid? month year
DATE from_words/last/next/this/early/late? weekday daypart?
DATE from_words/early/late/the? year
DATE in/since/until/by/during/last/late/early month
DATE early/late/since? yesterday/today/tomorrow/tonight/overnight daypart?
DATE late/early/earlier? the? last/this/next/past/previous/following/same period/daypart
DATE from_words? the/last/past? number more/full/straight? time_unit ago/earlier/later?
DATE some time_unit ago/earlier/later?
DATE in/since/during? the? spring/summer/autumn/winter of? year?
VICTIM det? adjective/demonym_s/demonym_other* people_plural/people_single/things_plural/things_single
VICTIM det? title+ people_plural/people_single
LOCATION in the? title+
LOCATION kind of/called/named title+
LOCATION the? around_it? title+ kind
LOCATION the/its/their/this around_it? kind
LOCATION side title
HEDGE modal not/well/also? be/have
HEDGE modal/be not any? verified/confirmed/verify/confirm/clear
HEDGE believed/thought/said/reported/understood to
CUE according to
CUE have/be/did/does/do/not/declined quiet
CLAIMER title+ said/says/told/added/reported/claimed
CLAIMER det? adjective/demonym_s* roles said/say/told/added/reported/claimed
"""


def variables() -> dict[str, list[str]]:
    """The word lists of all rule files."""
    from toolkit import safe_yaml

    found: dict[str, list[str]] = {}
    for path in sorted((REPO / "configs/rules/en").glob("*.yaml")):
        for name, value in (safe_yaml.load(path).value.get("vars") or {}).items():
            if isinstance(value, list):
                found[name] = [str(word) for word in value]
    return found


def cues() -> Iterator[tuple[str, list[str]]]:
    """The words of the rules that are a row of words (sayings, harms, hedges)."""
    from toolkit import safe_yaml

    for path in sorted((REPO / "configs/rules/en").glob("*.yaml")):
        for rule in safe_yaml.load(path).value.get("rules") or ():
            row = re.match(r"(?:\(\?<=[^()]*\))?(?:\(\?:)?([\w' -]+(?:\|[\w' -]+)+)", rule["pattern"])
            if row:
                yield rule["label"], row[1].split("|")


def names() -> set[str]:
    """Every name and alias of the entity and event files."""
    from toolkit import safe_yaml

    found: set[str] = set()
    for path in sorted((REPO / "configs").glob("e[nv]*/*.yaml")):
        for group in safe_yaml.load(path).value.values():
            for item in group if isinstance(group, list) else ():
                for field in ("name", "aliases", "demonyms", "nouns"):
                    value = item.get(field, []) if isinstance(item, dict) else []
                    found.update([value] if isinstance(value, str) else value)
    return found


def token_patterns(words: dict[str, list[str]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """SHAPES and the bounds of counts as spaCy's token patterns."""
    for line in SHAPES.strip().splitlines():
        label, *shape = line.split()
        yield label, [token(part, words) for part in shape]
    rows: dict[int, list[list[str]]] = {}
    for phrase in (phrase for name in BOUNDS for phrase in words[name]):
        rows.setdefault(len(phrase.split()), []).append(phrase.split())
    for row in rows.values():
        front = [{"LOWER": {"IN": sorted(set(column))}} for column in zip(*row, strict=True)]
        yield (
            "QUANTITY",
            [*front, *(token(part, words) for part in ("another/a/the?", "number", "scale_word*"))],
        )
        yield "QUANTITY", [*front, *(token(part, words) for part in ("spelt", "scale_word*"))]


def token(part: str, words: dict[str, list[str]]) -> dict[str, Any]:
    """One part of a shape: a kind of TOKENS, a word list of the rules or words, with ?, * or + behind."""
    name, sign = (part[:-1], part[-1]) if len(part) > 1 and part[-1] in "?*+" else (part, "")
    texts = [word for one in name.split("/") for word in words.get(one, [one])]
    known = TOKENS.get(name) or {"LOWER": {"IN": sorted({text.casefold() for text in texts})}}
    return {**known, "OP": sign} if sign else known


def pinned() -> None:
    """Stay on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def speed(size: int, runs: int) -> None:
    """Both over the same texts, in turn, with the garbage collector asked as seldom as the command does."""
    gc.set_threshold(100_000)
    given = list(texts(size))
    count = sum(map(len, given))
    start = time.process_time()
    drafts, matches = ours()
    print(f"{len(given)} texts, {count:,} characters; our rules load in {time.process_time() - start:.2f} s")
    start = time.process_time()
    spans = peer()
    print(f"spaCy's patterns ({sum(1 for _ in patterns())}) load in {time.process_time() - start:.2f} s")
    rows = []
    for run in range(runs + 1):
        seconds = []
        for work in (drafts, matches, spans):
            start = time.process_time()
            work(given)
            seconds.append(time.process_time() - start)
        if run:
            rows.append(seconds)
            print("   ".join(f"{count / 1000 / taken:8.0f} kB/s" for taken in seconds), flush=True)
    whole, found, theirs = zip(*rows, strict=True)
    for name, taken in {
        "our whole cascade": whole,
        "our matches alone": found,
        "spaCy's spans": theirs,
    }.items():
        print(f"{name:20} {count / 1000 / statistics.median(taken):8.0f} kB/s (median of {runs})")
    for name, taken in (("whole cascade", whole), ("matches alone", found)):
        ratio = statistics.median(b / a for a, b in zip(taken, theirs, strict=True))
        print(f"ratio, {name} to spaCy's spans: {ratio:.2f}")


def prelabelled(file: Path) -> tuple[float, float, int]:
    """Peak memory in MiB, seconds of processor and exit code of a prelabel process on a file."""
    command = [OURS, "prelabel", str(file), "--out", os.devnull]
    child = os.posix_spawn(OURS, command, os.environ, file_actions=QUIET)
    _, status, usage = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 4):
        raise SystemExit(f"failed: {' '.join(command)}")
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, code


LINES = {
    "prose without a full stop": "two people were killed in Gao and the army said rebels had fled while ",
    "sentences": "Police said two people were killed in Gao on Monday. ",
    "digits": "0123456789",
    "quotes": '“" ',
    "one word": "a",
}


def line(size: float, folder: Path) -> None:
    """One article that is one line, of each kind."""
    for name, piece in LINES.items():
        file = folder / "line.jsonl"
        count = int(size * 1_000_000)
        file.write_text(json.dumps({"text": (piece * (count // len(piece) + 1))[:count]}) + "\n")
        memory, seconds, code = prelabelled(file)
        print(f"{name:26} {size:g} MB: {seconds:6.1f} s, {memory:5.0f} MiB, exit code {code}", flush=True)


def memory(sizes: list[int], folder: Path) -> None:
    """Peak memory at every size, and largest by smallest."""
    peaks = []
    for size in sizes:
        file = folder / f"{size}.jsonl"
        with file.open("w") as lines:
            lines.writelines(json.dumps({"text": text}) + "\n" for text in texts(size * 1_000_000))
        peaks.append(prelabelled(file)[0])
        print(f"prelabel {size:4} MB of text: {peaks[-1]:7.0f} MiB at its peak", flush=True)
    print(f"peak memory, largest / smallest input: {peaks[-1] / peaks[0]:.2f} (aim: at most 1.20)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--size", type=int, default=300_000, help="characters of text for the speed; 0: none")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--memory", type=int, nargs="*", default=[5, 50], help="megabytes of text")
    parser.add_argument("--line", type=float, default=0, help="megabytes of one line; 0: none")
    parser.add_argument("--folder", type=Path, help="for the texts; default: a temporary one")
    given = parser.parse_args()
    if given.memory:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            memory(given.memory, Path(folder))
    if given.line:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            line(given.line, Path(folder))
    if given.size:
        pinned()
        speed(given.size, given.runs)


if __name__ == "__main__":
    main()
