"""Every kind of character through the real page and back: what the page itself writes are the same places."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.conftest import Run
from tests.studio import reports
from tests.studio.conftest import Api
from tests.test_browser import click_at_the_end, log_in, records, region, submit
from toolkit.model import Claim, Document, Draft, Event, Location, Span, claim_id_for, digest
from toolkit.studio.local.server import ServerInfo

PROJECT = "Every character"
LONG = 200_000
SAMPLES = (
    "Ségou", "😀", "👩\u200d👩\u200d👧\u200d👦", "👍🏽", "🇲🇱", "1\ufe0f\u20e3", "q\u0307\u0303x",
    "Z\u0338\u0321\u0361alg\u0334o", "Port\u00a0Elin", "Port\u202fElin", "Ka\u200bti", "می\u200cخواهم",
    "Ka\u2060ti", "Ka\ufeffti", "Tin\u00adza", "Port\u2028Elin", "Port\u2029Elin", "Port\u0085Elin", "تمبكتو",
    "ירושלים 12", "\u202bתל אביב\u202c", "\u2067حلب\u2069", "\u202eabc\u202c",
    "A\u200fB\u200eC", "Port\tElin", "Port  Elin", "𠮷野家", "क्षेत्र", "กรุงเทพ", "한글", "𝔸𝔹", "\ufffd",
    "\ue000", "<b>Port</b>", "R&amp;D & co", "a\\nb", "“Port”",
)  # fmt: skip
DRAWN = range(1, len(SAMPLES), 5)
WHERE = """number => {
    const lines = [...document.querySelectorAll('.article .lsf-richtext__line')];
    const line = lines.filter(one => one.textContent.startsWith('Police'))[number];
    line.scrollIntoView({block: 'center'});
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && walker.currentNode.data.trim() !== 'that');
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
}"""
"""The middle of "that" in the sentence of a number, once it is scrolled to."""
FILLER = "The road to Ségou 😀 stayed closed while the council met again. "


def test_every_span_survives_the_page(
    studio: ServerInfo, studio_env: dict[str, str], page: Page, run: Run, tmp_path: Path
) -> None:
    """Every kind of character in one article, 200,000 characters in another, and a file with BOM and CRLF."""
    assert run("init").returncode == 0
    raw = "\ufeffQuake\r\n\r\nThe mayor of Se\u0301gou\u00a0😀 said that 30 residents were injured.\r\n"
    (tmp_path / "crlf.txt").write_bytes(raw.encode("utf-8"))
    assert run("prelabel", "crlf.txt", "--out", "crlf.jsonl").returncode == 0
    version = records(tmp_path / "crlf.jsonl")[0]["claims"][0]["provenance"]["rules_version"]
    filler = FILLER * (LONG // len(FILLER) // len(SAMPLES))
    short, long = article(SAMPLES, "", version), article(SAMPLES, filler, version)
    assert len(long.document.text) > LONG
    reports.write(tmp_path / "made.jsonl", [short, long])
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_bytes((tmp_path / "made.jsonl").read_bytes() + (tmp_path / "crlf.jsonl").read_bytes())
    done = run("push", "drafts.jsonl", "--project", PROJECT, "--format", "json", env=studio_env)
    assert done.returncode == 0, done.stderr

    log_in(page, studio, "reader@localhost")
    page.goto(f"{studio.url}/projects/{json.loads(done.stdout)['project_id']}/data")
    page.get_by_role("button", name="Label All Tasks").click()
    seen = (
        ("Quake", "12 Ségou people"),
        ("The road to Ségou", "12 Ségou people"),
        ("The mayor", "30 residents"),
    )
    for words, content in seen:
        expect(page.locator(".article").get_by_text(words).first).to_be_visible(timeout=120_000)
        claim = region(page, "Claim", content).first
        expect(claim).to_be_visible(timeout=120_000)
        if words == "Quake":
            draw(page, DRAWN)
        click_at_the_end(claim)
        page.locator(".lsf-choices label", has_text=re.compile(r"^possible")).first.click()
        submit(page)

    tasks = {task["data"]["uid"]: task for task in Api(studio).tasks(PROJECT)}
    assert run("pull", "--project", PROJECT, env=studio_env).returncode == 0
    work = {one["document"]["doc_id"]: one for one in records(tmp_path / "annotations.jsonl")}
    suggested = {one["document"]["doc_id"]: one for one in records(drafts)}
    assert work.keys() == tasks.keys() == suggested.keys() and len(work) == 3
    for uid, one in work.items():
        (prediction,), (annotation,) = tasks[uid]["predictions"], tasks[uid]["annotations"]
        drawn = [place for place in places(annotation["result"]) if place[1] == "DATE"]
        suggestion = places(prediction["result"])
        assert [place for place in places(annotation["result"]) if place not in drawn] == suggestion
        assert [place[2:] for place in drawn] == (by_hand(short) if uid == short.document.doc_id else [])
        assert one["quarantined"] == []
        text = suggested[uid]["document"]["text"]
        assert one["document"]["text"] == text and "\r" not in text
        assert all(span["text"] == text[span["start"] : span["end"]] for span in one["mentions"])
        assert [spans(claim) for claim in one["claims"]] == [
            spans(claim) for claim in suggested[uid]["claims"]
        ]
        statuses = Counter(claim["review"]["status"] for claim in one["claims"])
        assert statuses == Counter(accepted=len(one["claims"]) - 1, corrected=1)


def draw(page: Page, numbers: Sequence[int]) -> None:
    """Mark "that" of each sentence as a date, as a person does: the label's key, then a double click."""
    for number in numbers:
        place = page.evaluate(WHERE, number)
        page.keyboard.press("8")
        page.mouse.dblclick(*place)
        expect(page.locator('.htx-highlight[data-label$=":Date"]')).to_have_count(numbers.index(number) + 1)


def by_hand(made: Draft) -> list[tuple[int, int]]:
    """Where "that" stands in the sentences in which it was marked."""
    text = made.document.text
    starts = [text.index("that", claim.sentence.start) for claim in made.claims]
    return [(starts[number], starts[number] + 4) for number in DRAWN]


def article(samples: Sequence[str], filler: str, version: str) -> Draft:
    """A sentence for each sample, with the sample in its every span, and ``filler`` before each."""
    lines = [
        f"{filler}\nPolice {one} said that 12 {one} people were killed in {one} at night.\n"
        for one in samples
    ]
    text = "Quake\n" + "".join(lines)
    plain, name = reports.draft(version=version), Document.id_for(text)
    document = replace(plain.document, doc_id=name, text_sha256=digest(text), text=text)
    claims, at = [], len("Quake\n")
    for sample, line in zip(samples, lines, strict=True):
        claims.append(claim_of(document, plain.claims[0], sample, at + len(filler) + 1, at + len(line) - 1))
        at += len(line)
    return Draft(document, (), tuple(claims))


def claim_of(document: Document, blank: Claim, sample: str, start: int, end: int) -> Claim:
    """The claim of the sentence ``text[start:end]``."""

    def span(words: str) -> Span:
        first = document.text.index(words, start, end)
        return Span.of(document.text, first, first + len(words))

    content, claimer = span(f"12 {sample} people were killed in {sample} at night"), span(f"Police {sample}")
    cue, count, victim = span("said"), span("12"), span(f"{sample} people")
    after = end - len(" at night.")
    place = Span.of(document.text, after - len(sample), after)
    assert blank.claimer and blank.cue and blank.quantity and blank.victim
    return replace(
        blank, doc_id=document.doc_id, text_sha256=document.text_sha256, span=content,
        claim_id=claim_id_for(
            document.doc_id, content, claimer=claimer, cue=cue, quantity=count, victim=victim, effect="death"
        ),
        sentence=Span.of(document.text, start, end),
        claimer=replace(blank.claimer, span=claimer, name=" ".join(claimer.text.split())),
        cue=replace(blank.cue, span=cue, phrase=cue), quantity=replace(blank.quantity, span=count),
        victim=replace(blank.victim, span=victim),
        event=Event(None, Location(place, place.text, None, near=False), None),
    )  # fmt: skip


def places(result: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """Every region with its label and its half-open code points."""
    drawn = [one for one in result if one["type"] == "labels"]
    found = [
        (one["id"], *one["value"]["labels"], one["value"]["start"], one["value"]["end"]) for one in drawn
    ]
    return sorted(found, key=lambda place: place[2:])


def spans(claim: dict[str, Any]) -> list[object]:
    """The spans of a claim's parts, as they stand in its record."""
    event = claim["event"]
    parts = [claim[name] and claim[name]["span"] for name in ("claimer", "cue", "quantity", "victim")]
    return [claim["span"], *parts, event and event["location"] and event["location"]["span"]]
