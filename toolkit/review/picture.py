"""Agreement as a picture: an SVG with a row for each label and choice and a column for each pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from toolkit.review.agreement import Agreement, Row, Section
from toolkit.review.statistics import Figure

_LEFT, _WIDE, _HIGH, _FOOT = 230, 92, 32, 34
# The heads are turned by 30 degrees: a letter of 7 points takes 3.5 above and 6 to the right.
_UP, _RIGHT = 3.5, 6
_SMALL = 'font-size="9" fill="#555555"'
_BEST = {"spans": "overlap", "choices": "alpha", "quantities": "same"}
_TITLES = {
    "spans": "Spans: F1, half of the code points shared", "choices": "Choices: Krippendorff's alpha",
    "quantities": "Counts: share of equal intervals",
}  # fmt: skip
_LEGEND = (
    "Small: number of spans or claims, 95 % interval. Red: 0 and below. Green: 1. –: cannot be computed."
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A title, or a row: how many things it is of, and its figure over all and of each pair."""

    name: str
    things: int = 0
    figures: tuple[Figure | None, ...] = ()


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
    width = max(round(_LEFT + _WIDE * len(heads) + _RIGHT * longest), _RIGHT * len(_LEGEND))
    height = top + _HIGH * len(lines) + _FOOT
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
    for number, line in enumerate(lines):
        parts += _drawn(line, top + _HIGH * number)
    parts.append(f'<text x="8" y="{height - 12}" {_SMALL}>{_LEGEND}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _lines(name: str, section: Section, pairs: list[tuple[str, str]]) -> Iterator[_Line]:
    if section.rows:
        yield _Line(_TITLES[name])
    figure = _BEST[name]
    for label, row in section.rows.items():
        by_pair = [section.pairs.get(names, {}).get(label) for names in pairs]
        yield _Line(label, row.things, tuple(_figure(one, figure) for one in (row, *by_pair)))


def _figure(row: Row | None, name: str) -> Figure | None:
    return row.figures[name] if row else None


def _drawn(line: _Line, y: int) -> Iterator[str]:
    weight = "" if line.figures else ' font-weight="bold"'
    yield f'<text x="8" y="{y + 20}"{weight}>{escape(line.name)}</text>'
    if line.figures:
        yield f'<text x="{_LEFT - 10}" y="{y + 20}" {_SMALL} text-anchor="end">{line.things}</text>'
    for column, figure in enumerate(line.figures):
        yield _cell(_LEFT + _WIDE * column, y, figure or Figure(None))


def _cell(x: int, y: int, figure: Figure) -> str:
    """One figure on its colour, with its interval below where it has one."""
    value = figure.value
    shade = "#eeeeee" if value is None else f"hsl({round(120 * min(1.0, max(0.0, value)))} 60% 78%)"
    middle = x + _WIDE // 2
    shown = "–" if value is None else _two(value)
    whole = figure.low is not None and figure.high is not None
    parts = [
        f'<rect x="{x}" y="{y}" width="{_WIDE - 2}" height="{_HIGH - 2}" fill="{shade}"/>',
        f'<text x="{middle}" y="{y + (14 if whole else 20)}" text-anchor="middle">{shown}</text>',
    ]
    if figure.low is not None and figure.high is not None:
        ends = f"{_two(figure.low)} – {_two(figure.high)}"
        parts.append(f'<text x="{middle}" y="{y + 25}" {_SMALL} text-anchor="middle">{ends}</text>')
    return "".join(parts)


def _two(value: float) -> str:
    # Adding 0 makes minus nothing nothing.
    return f"{round(value, 2) + 0:.2f}"
