"""What a dataset says of itself in words: the facts that cards and descriptions share.

Every sentence rests on a count of the records or on how the toolkit works. Who the annotators are, how
the articles were chosen and what a dataset is good for is not known here, and is said to be unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from toolkit import __version__
from toolkit.gold.dataset import Dataset

PLATFORM = "Label Studio"
PREPARATION = (
    "Texts are normalised to Unicode NFC with LF line ends. Page junk is marked as boilerplate and never "
    "cut, so that offsets hold; no claim lies in it."
)
PROTOCOL = (
    "Hand-written rules suggest mentions and claims. In Label Studio the suggestions are accepted, corrected "
    "or rejected and missing claims are added. Only claims that were accepted, corrected, added or "
    "adjudicated are in the dataset. Counts are intervals; vague words (dozens, heavy losses) are never "
    "turned into numbers."
)
LIMITS = (
    "A claim records what a report says that somebody said. It is not evidence that it is true.",
    "Rules made the suggestions: what they overlook or prefer shapes what was reviewed.",
    "Offsets are Unicode code points and hold in the normalised text alone, not in the page it came from.",
)
PERSONAL = (
    "News reports name people, and claims name who said what. Annotators appear under pseudonyms, as the "
    "records give them."
)


def summary(dataset: Dataset) -> str:
    """One paragraph: what it is and how much of it there is."""
    counts = dataset.about.counts
    kinds = ", ".join(f"{count} {status}" for status, count in counts.by_status.items())
    return (
        f"{counts.claims} claims ({kinds}) from {counts.documents} news reports: who said what, about whom, "
        f"how many, and how sure. Written by factcheck-toolkit {__version__}."
    )


def scripted(dataset: Dataset) -> str | None:
    """What to know where a script stood in for people; None where it did not."""
    count, claims = dataset.overview.scripted, dataset.about.counts.claims
    if not count:
        return None
    return (
        f"{count} of {claims} claims were reviewed by a script alone and by no person. They show how such a "
        "dataset looks; they are no human judgment, and no agreement can be measured on them."
    )


def licence(dataset: Dataset) -> str:
    """The annotations' licence, and what it does not reach."""
    return (
        f"The annotations are under {dataset.about.settings.export.license}. The texts and quotes of the "
        "reports keep their publishers' rights: that licence does not cover them."
    )


def collection(dataset: Dataset) -> str:
    """Where the reports come from, as far as the records say it."""
    if not dataset.document_count:
        return "The reports are not part of the dataset; the records only name them by id and digest."
    overview = dataset.overview
    dated = "None is dated." if overview.first is None else f"Dated {overview.first} to {overview.last}"
    if overview.first is not None:
        dated += f", {overview.undated} without a date." if overview.undated else "."
    return (
        f"{dataset.document_count} reports by {len(overview.publishers)} named publishers. {dated} "
        "How they were chosen is not recorded."
    )


def splits(dataset: Dataset, what: Literal["claims", "documents"]) -> list[str]:
    """The splits that have any of these records; ``train`` alone where the dataset is not divided."""
    if what == "documents" and not dataset.document_count:
        return []
    if dataset.splits is None:
        return ["train"]
    counts = dataset.splits.claims if what == "claims" else dataset.splits.documents
    return [name for name in dataset.splits.shares if counts[name]]


def body(dataset: Dataset, *, loading: Sequence[str] = ()) -> str:
    """The card in Markdown, without its front matter; ``loading`` stands in place of how the Hugging Face
    folder is loaded."""
    counts, overview = dataset.about.counts, dataset.overview
    settings = dataset.about.settings
    warning, left_out = scripted(dataset), {f"left out: {name}": n for name, n in counts.left_out.items()}
    parts = [
        f"# {' '.join(filter(None, [settings.name, dataset.release]))}",
        summary(dataset),
        *([f"> **Scripted sample.** {warning}"] if warning else []),
        "## Load it",
        *(loading or [_loading(dataset)]),
        "Offsets are Unicode code points, half-open: in Python, `text[start:end]`. The fields are all those "
        "of the claim record.",
        "## Counts",
        _table(counts.by_status | left_out, "status"),
        _table(dict(sorted(overview.origins.items())), "origin of the claim"),
        _table(dict(sorted(overview.judges.items())), "judged by"),
        _divided(dataset),
        "## Annotation",
        PROTOCOL,
        f"Annotators: {len(overview.annotators)}. Most judgments of one claim: {overview.most_judgments}. "
        f"Rules: {', '.join(map(_code, dataset.about.rules_versions)) or 'none'}.",
        f"Claims with a fact-checker's verdict: {overview.verdicts}. The toolkit makes none.",
        "## Data statement",
        _list(
            [
                f"**Curation.** {collection(dataset)}",
                f"**Languages.** {_languages(dataset)}",
                "**Speakers.** Authors of the reports and those they quote; nothing about them is recorded.",
                "**Annotators.** Their demographics and training are not recorded.",
                "**Text.** Written news reports.",
                f"**Preparation.** {PREPARATION}",
                f"**Personal data.** {PERSONAL}",
            ]
        ),
        "## Limits",
        _list((*LIMITS, *_shortened(dataset))),
        "## Licence",
        licence(dataset),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _loading(dataset: Dataset) -> str:
    lines = [
        "```python",
        "from datasets import load_dataset",
        "",
        f'claims = load_dataset("huggingface")["{splits(dataset, "claims")[0]}"]',
    ]
    if dataset.document_count:
        first = splits(dataset, "documents")[0]
        lines.append(f'documents = load_dataset("huggingface", "documents")["{first}"]')
    return "\n".join([*lines, "```"])


def _divided(dataset: Dataset) -> str:
    if dataset.splits is None:
        return (
            "There are no splits but `train`. Split by event or document, never by claim: claims of one "
            "report overlap."
        )
    shown = ", ".join(f"{count} in `{name}`" for name, count in dataset.splits.claims.items())
    return f"Documents were divided by event, seed {dataset.splits.seed}. Claims: {shown}."


def _shortened(dataset: Dataset) -> list[str]:
    if dataset.with_text:
        return []
    return ["Article texts are left out, and long quotes are cut and end with an ellipsis."]


def _languages(dataset: Dataset) -> str:
    languages = dataset.overview.languages
    if not languages:
        return f"`{dataset.about.settings.language}` by the project's settings; the records give none."
    return ", ".join(f"`{code}` ({count} reports)" for code, count in sorted(languages.items())) + "."


def _code(text: str) -> str:
    """Words of a record as they are: no mark-up of theirs takes effect."""
    return f"`{' '.join(text.replace('`', chr(39)).split())}`"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(counts: dict[str, int], heading: str) -> str:
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    return "\n".join([f"| {heading} | claims |", "|---|---|", *rows])
