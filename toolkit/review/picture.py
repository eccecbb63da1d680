"""Agreement as a picture: an SVG with a row for each label and choice and a column for each pair."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from toolkit.review.agreement import Agreement, Row, Section

_LEFT, _WIDE, _HIGH = 190, 92, 26
# The heads are turned by 30 degrees: a letter of 7 points takes 3.5 above and 6 to the right.
_UP, _RIGHT = 3.5, 6
_BEST = {"spans": "overlap", "choices": "alpha", "quantities": "same"}
_TITLES = {
    "spans": "Spans: F1, half of the code points shared", "choices": "Choices: Krippendorff's alpha",
    "quantities": "Counts: share of equal intervals",
}  # fmt: skip


def svg(found: Agreement) -> str:
    """The picture as one SVG document, without script and without anything from elsewhere.

    Colours go from red (0 and below: no better than chance) to green (1); a dash is a figure that cannot
    be computed. Names are escaped.
    """
    sections = {"spans": found.spans, "choices": found.choices, "quantities": found.quantities}
    pairs = sorted({names for section in sections.values() for names in section.pairs})
    heads = ["all", *(" / ".join(names) for names in pairs)]
    lines = [line for name, section in sections.items() for line in _lines(name, section, pairs)]
    longest = max(map(len, heads))
    top = round(30 + _UP * longest)
    width, height = round(_LEFT + _WIDE * len(heads) + _RIGHT * longest), top + _HIGH * len(lines) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12">',
        f"<title>Agreement on {found.documents} documents</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for column, head in enumerate(heads):
        x = _LEFT + _WIDE * column + _WIDE // 2
        turned = f'transform="rotate(-30 {x} {top - 8})"'
        parts.append(f'<text x="{x}" y="{top - 8}" {turned}>{escape(head)}</text>')
    for number, (name, cells) in enumerate(lines):
        y = top + _HIGH * number
        weight = "" if cells else ' font-weight="bold"'
        parts.append(f'<text x="8" y="{y + 17}"{weight}>{escape(name)}</text>')
        parts += [_cell(_LEFT + _WIDE * column, y, value) for column, value in enumerate(cells)]
    return "\n".join([*parts, "</svg>", ""])


def _lines(
    name: str, section: Section, pairs: list[tuple[str, str]]
) -> Iterator[tuple[str, list[float | None]]]:
    """A title without cells, then each row's value over all and of each pair."""
    if section.rows:
        yield _TITLES[name], []
    figure = _BEST[name]
    for label, row in section.rows.items():
        by_pair = [section.pairs.get(names, {}).get(label) for names in pairs]
        yield label, [_value(one, figure) for one in (row, *by_pair)]


def _value(row: Row | None, figure: str) -> float | None:
    return row.figures[figure].value if row else None


def _cell(x: int, y: int, value: float | None) -> str:
    shade = "#eeeeee" if value is None else f"hsl({round(120 * min(1.0, max(0.0, value)))} 60% 78%)"
    shown = "–" if value is None else f"{round(value, 2) + 0:.2f}"
    return (
        f'<rect x="{x}" y="{y}" width="{_WIDE - 2}" height="{_HIGH - 2}" fill="{shade}"/>'
        f'<text x="{x + _WIDE // 2}" y="{y + 17}" text-anchor="middle">{shown}</text>'
    )
