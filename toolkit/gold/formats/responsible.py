"""The fields of Croissant RAI 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html).

What is not recorded is said to be so, but for the time of collection, which wants a date: nobody writes down
when the reports were gathered.
"""

from __future__ import annotations

from typing import Any

from toolkit import __version__
from toolkit.gold.dataset import Dataset
from toolkit.gold.formats import card

RAI = "http://mlcommons.org/croissant/RAI/1.0"
MISSING = "A field that is null was not said in the report, or does not apply."
NOTHING_IMPUTED = "No value is imputed: what a report leaves open stays null, and vague words are no numbers."
BIASES = (
    "How the reports were chosen is not recorded, so neither is whom or what they favour or overlook.",
    "What the rules overlook or prefer shapes what people reviewed.",
)
USES = "Finding, attributing and comparing claims in news reports. No use was validated."
IMPACT = (
    "The claims are about violence and disasters and name parties and people. Taken for facts, they can "
    "mislead and harm those named: a claim shows that something was said and by whom."
)
MAINTENANCE = (
    "A release stays as it is and has a version; a correction is a new release, whose CHANGES.md lists the "
    "claims added, removed and changed. Who maintains the dataset is not recorded."
)


def responsible(dataset: Dataset) -> dict[str, Any]:
    """The fields that the records and the way of working can answer, under their names with ``rai:``."""
    overview, scripted = dataset.overview, card.scripted(dataset)
    rules = ", ".join(dataset.about.rules_versions)
    found = {
        "dataCollection": card.collection(dataset),
        "dataCollectionType": ["Document analysis"],
        "dataCollectionMissingData": MISSING,
        "dataCollectionRawData": _raw(dataset),
        "dataImputationProtocol": NOTHING_IMPUTED,
        "dataPreprocessingProtocol": [card.PREPARATION],
        "dataManipulationProtocol": [*_manipulated(dataset)],
        "dataAnnotationProtocol": [card.PROTOCOL],
        "dataAnnotationPlatform": [card.PLATFORM],
        "dataAnnotationAnalysis": [scripted] if scripted else [],
        "annotationsPerItem": f"At most {overview.most_judgments} judgments of one claim.",
        "annotatorDemographics": ["Not recorded."],
        "machineAnnotationTools": [
            f"factcheck-toolkit {__version__}" + (f", rules {rules}" if rules else "")
        ],
        "dataLimitations": list(card.LIMITS),
        "dataBiases": list(BIASES),
        "dataUseCases": [USES],
        "dataSocialImpact": IMPACT,
        "personalSensitiveInformation": [card.PERSONAL],
        "dataReleaseMaintenancePlan": MAINTENANCE,
    }
    return {f"rai:{name}": value for name, value in found.items() if value}


def _raw(dataset: Dataset) -> str:
    held = "its text stands in documents.jsonl" if dataset.with_text else "its text is left out"
    if not dataset.document_count:
        return "News reports. They are not part of the dataset; each is named by the SHA-256 of its text."
    return f"News reports. Each is named by the SHA-256 of its text; {held}."


def _manipulated(dataset: Dataset) -> list[str]:
    """What was left out or shortened on the way into the dataset."""
    left_out = ", ".join(f"{count} {name}" for name, count in dataset.about.counts.left_out.items())
    said = [f"Claims that nobody accepted are left out: {left_out}."] if left_out else []
    if not dataset.with_text:
        said.append("Article texts are left out and long quotes are cut; a cut one ends with an ellipsis.")
    return said
