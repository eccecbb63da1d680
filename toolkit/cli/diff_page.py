"""The differences of two datasets as one web page: no script, nothing loaded, everything escaped."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.errors import printable

if TYPE_CHECKING:
    from toolkit.gold.diff import Change, Diff, FieldChange, Summary

LONGEST = 300
_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #c2352b; --mid: #9a6700; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }}
section {{ border-top: 1px solid var(--line); padding: .6rem 0; }}
h2 {{ font-size: 1rem; font-weight: 400; margin: 0; overflow-wrap: anywhere; }}
b {{ display: inline-block; min-width: 5.5rem; }}
.added b {{ color: var(--good); }} .removed b {{ color: var(--bad); }} .changed b {{ color: var(--mid); }}
code {{ font-size: .85em; opacity: .8; }}
table {{ border-collapse: collapse; width: 100%; margin: .4rem 0 0; table-layout: fixed; }}
th, td {{ text-align: left; vertical-align: top; padding: .2rem .5rem; overflow-wrap: anywhere; }}
th {{ font-weight: 400; opacity: .7; }} td {{ border-top: 1px dotted var(--line); }}
th:first-child {{ width: 24%; }}
del {{ color: var(--bad); }} ins {{ color: var(--good); text-decoration: none; }}
</style>
</head>
<body>
<h1>{title}</h1>"""


def page(found: Diff, summary: Summary, old: str, new: str) -> Iterator[str]:
    """The page, piece by piece, so that memory does not grow with it."""
    yield _HEAD.format(title=f"{_safe(old)} → {_safe(new)}")
    yield (
        f"<p>{summary.old} records then, {summary.new} now: {summary.added} added, {summary.removed} removed,"
        f" {summary.changed} changed ({summary.of_substance} in what they say).</p>"
    )
    if summary.fields:
        named = ", ".join(f"{_safe(name)} {count}" for name, count in summary.fields.items())
        yield f"<p>Changed fields: {named}.</p>"
    for change in found:
        yield _section(change)
    yield "</body>\n</html>"


def _section(change: Change) -> str:
    head = f"<b>{change.kind}</b> {_safe(change.about)} <code>{_safe(change.record)}</code>"
    rows = "\n".join(_row(one) for one in change.fields)
    table = f"\n<table>\n<tr><th>field<th>then<th>now\n{rows}\n</table>" if rows else ""
    return f'<section class="{change.kind}">\n<h2>{head}</h2>{table}\n</section>'


def _row(one: FieldChange) -> str:
    then, now = _safe(side(one, "old")), _safe(side(one, "new"))
    return f"<tr><td><code>{_safe(one.pointer)}</code><td><del>{then}</del><td><ins>{now}</ins>"


def _safe(text: str) -> str:
    return html.escape(printable(text))


def side(one: FieldChange, name: str) -> str:
    """What stands on one side of a change, short enough to read."""
    if name == one.absent:
        return "(nothing)"
    return short(json.dumps(one.old if name == "old" else one.new, ensure_ascii=False))


def short(text: str) -> str:
    """A text on one line, cut where it is too long to read."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"
