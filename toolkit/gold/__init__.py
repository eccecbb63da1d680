"""Gold: records held against schema and named checks, and the dataset folder with its manifest."""

from toolkit.gold.checks import explanations
from toolkit.gold.export import write_dataset
from toolkit.gold.formats import FORMATS
from toolkit.gold.validation import check_files

__all__ = ["FORMATS", "check_files", "explanations", "write_dataset"]
