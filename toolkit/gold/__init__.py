"""Gold: records held against schema and named checks, the dataset folder with its manifest, and what
differs between two of them."""

from toolkit.gold.checks.catalogue import explanations
from toolkit.gold.diff import compare
from toolkit.gold.export import write_dataset
from toolkit.gold.formats import FORMATS
from toolkit.gold.gate import measure
from toolkit.gold.issues import issues_of
from toolkit.gold.migrate import migrate
from toolkit.gold.validation import check_files

__all__ = [
    "FORMATS",
    "check_files",
    "compare",
    "explanations",
    "issues_of",
    "measure",
    "migrate",
    "write_dataset",
]
