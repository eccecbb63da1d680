"""``factcheck agree``: how far annotators of the same texts agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, progress, say, table, watched, without_issues
from toolkit.errors import printable
from toolkit.model import Annotation, Issue
from toolkit.reading import read

if TYPE_CHECKING:
    from toolkit.review import Agreement, Figure, Section

PAIRS_SHOWN = 3
_BEST = {
    "Spans": ("overlap", "F1, half shared"), "Choices": ("alpha", "alpha"),
    "Counts": ("same", "same interval"),
}  # fmt: skip


def _svg(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.lower().endswith(".svg"):
        raise click.BadParameter(f"{value!r} is no name of an SVG file; give one that ends in .svg")
    return value


@click.command("agree", short_help=COMMANDS["agree"])
@click.argument("annotations", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--picture", callback=_svg, metavar="FILE.svg", help="Also draw it: labels and choices by pairs."
)
@click.option(
    "--resamples", type=click.IntRange(0, 100_000), default=1_000, show_default=True,
    help="Resamples of the documents behind each 95 % interval; 0 for none.",
)  # fmt: skip
@format_option
def command(annotations: str, picture: str | None, resamples: int, style: str) -> None:
    """Say how far those agree who annotated the same texts of ANNOTATIONS (from `factcheck pull`; - is
    stdin).

    Spans: F1 by label of equal places and of places that share half of their code points, and alpha over the
    words of the text. Choices (stance, effect, kind of claimer …): Krippendorff's alpha, and kappa (of two
    annotators Cohen's, of more Fleiss'), on claims that annotators have in common. Counts: equal intervals,
    intervals that can both be true, and alpha. Everything over all and pair by pair, with intervals from
    resampled documents, the same on every run. docs/agreement.md says what each figure means.

    Exit code 1 when no text has two annotators.

    \b
    Example:
      factcheck agree annotations.jsonl
      factcheck agree annotations.jsonl --format json --picture agreement.svg
    """
    issues: list[Issue] = []
    with progress("reading annotations") as step:
        given = watched(without_issues(read(Annotation, annotations), issues), step)
        found = pipeline.agree(given, resamples=resamples)
    if picture:
        pipeline.draw_agreement(found, picture)
    if style == "json":
        emit(found.record())
    else:
        _as_text(found)
    names = ", ".join(f"{name} {count}" for name, count in found.annotators.items())
    say(printable(
        f"{found.documents} documents with two annotators or more ({names}); {found.alone} with one, left out"
    ))  # fmt: skip
    click.get_current_context().exit(exit_code(issues))


def _as_text(found: Agreement) -> None:
    table(
        "Spans: F1 of equal and of half-shared places, alpha over words; behind each its 95 % interval",
        ["label", "spans", "equal", "half shared", "words"],
        [(name, row.things, *_cells(row.figures, "exact", "overlap", "words"))
         for name, row in found.spans.rows.items()],
    )  # fmt: skip
    kappa = "Cohen" if len(found.annotators) == 2 else "Fleiss"
    table(
        "Choices, on claims that annotators have in common",
        ["choice", "claims", "same", "alpha", f"kappa ({kappa})"],
        [(name, row.things, *_cells(row.figures, "same", "alpha", "kappa"))
         for name, row in found.choices.rows.items()],
    )  # fmt: skip
    table(
        "Counts, on claims that annotators have in common",
        ["", "claims", "same interval", "can both be true", "alpha"],
        [(name, row.things, *_cells(row.figures, "same", "meeting", "alpha"))
         for name, row in found.quantities.rows.items()],
    )  # fmt: skip
    if len(found.annotators) > 2:
        _pairs("Spans", found.spans)
        _pairs("Choices", found.choices)
        _pairs("Counts", found.quantities)


def _pairs(title: str, section: Section) -> None:
    (figure, told), pairs = _BEST[title], list(section.pairs)
    shown = pairs[:PAIRS_SHOWN]
    more = f" ({len(shown)} of {len(pairs)}; --format json has all)" if len(pairs) > len(shown) else ""
    rows = [
        [name, *(_figure(rows[name].figures[figure]) if name in rows else "–"
                 for rows in (section.pairs[names] for names in shown))]
        for name in section.rows
    ]  # fmt: skip
    table(f"{title} by pair: {told}{more}", ["", *(" / ".join(names) for names in shown)], rows)


def _cells(figures: Mapping[str, Figure], *names: str) -> list[str]:
    return [_figure(figures[name]) for name in names]


def _figure(one: Figure) -> str:
    if one.value is None:
        return "–"
    interval = f" {_two(one.low)}–{_two(one.high)}" if one.low is not None and one.high is not None else ""
    return f"{_two(one.value)}{interval}"


def _two(value: float | None) -> str:
    # Adding 0 makes minus nothing nothing.
    return "–" if value is None else f"{round(value, 2) + 0:.2f}"
