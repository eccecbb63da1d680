"""Which of our spans stands for which of the gold: one to one, as many as possible, the closest first.

Intersection over union as PASCAL VOC uses it for boxes, on code points; the pairing is a maximum
matching of greatest weight (networkx), so the order of the spans never matters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

Parts = tuple[tuple[int, int], ...]
"""The unbroken (start, end) parts of a span, half-open code points, in order."""
Item = tuple[Parts, ...]
"""One span, or the spans of a link from end to end."""

OVERLAP = 0.5
TOUCH = 1e-9
# Weights are whole numbers, so that no rounding decides.
_SCALE = 1_000_000


def iou(one: Parts, other: Parts) -> float:
    """Shared code points over all code points of two spans, 0 to 1."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    size = sum(b - a for a, b in one) + sum(d - c for c, d in other) - both
    return both / size if size else 0.0


def likeness(one: Item, other: Item) -> float:
    """The overlap of two items: a link is as like another as its worse end."""
    return min(iou(left, right) for left, right in zip(one, other, strict=True))


def pair(
    gold: Sequence[Item], drafted: Sequence[Item], *, least: float = OVERLAP,
    favour: Callable[[int, int], int] | None = None, allow: Callable[[int, int], bool] | None = None,
) -> dict[int, int]:  # fmt: skip
    """The pairing of gold with drafted items that are at least so alike, as indices.

    As many as possible are paired; among equally many pairings the one with most ``favour`` (points for a
    gold and a drafted index), then the closest. What ``allow`` refuses is never paired.
    """
    edges: dict[tuple[int, int], int] = {}
    for left, right in _touching(gold, drafted):
        alike = likeness(gold[left], drafted[right])
        if alike >= least and (allow is None or allow(left, right)):
            points = favour(left, right) if favour else 0
            edges[left, right] = points * 2 * _SCALE + round(alike * _SCALE) + 1
    lefts, rights = [left for left, _ in edges], [right for _, right in edges]
    if len(set(lefts)) == len(lefts) and len(set(rights)) == len(rights):
        return dict(edges.keys())
    return _best(edges)


def _best(edges: dict[tuple[int, int], int]) -> dict[int, int]:
    """The heaviest of the largest matchings, one connected group of spans after the other."""
    import networkx

    graph = networkx.Graph()
    for (left, right), weight in sorted(edges.items()):
        graph.add_edge((0, left), (1, right), weight=weight)
    found: dict[int, int] = {}
    for group in networkx.connected_components(graph):
        part = networkx.Graph()
        part.add_weighted_edges_from(sorted(graph.subgraph(group).edges(data="weight")))
        for one, other in networkx.max_weight_matching(part, maxcardinality=True):
            (_, left), (_, right) = sorted((one, other))
            found[left] = right
    return found


def _touching(gold: Sequence[Item], drafted: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Index pairs whose first spans could share a code point."""
    order = sorted(range(len(drafted)), key=lambda number: drafted[number][0][0][0])
    starts = [drafted[number][0][0][0] for number in order]
    longest = max((item[0][-1][1] - item[0][0][0] for item in drafted), default=0)
    for left, item in enumerate(gold):
        first, last = item[0][0][0], item[0][-1][1]
        for at in range(bisect_right(starts, first - longest - 1), bisect_left(starts, last)):
            if drafted[order[at]][0][-1][1] > first:
                yield left, order[at]
