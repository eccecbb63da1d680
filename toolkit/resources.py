"""Where the files that come with the package lie: schemas, configs, the sample corpus.

An installed wheel carries them in ``toolkit/_data``; in a checkout they are the top-level folders.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def schemas() -> Path:
    """The folder of the JSON Schemas."""
    return _INSTALLED / "schemas" if _INSTALLED.is_dir() else _CHECKOUT / "schemas"


def configs() -> Path:
    """The folder of the working project that ``factcheck init`` copies."""
    return _INSTALLED / "configs" if _INSTALLED.is_dir() else _CHECKOUT / "configs"


def corpus() -> Path:
    """The folder of the sample corpus: ``articles/`` and ``gold.jsonl``."""
    return _INSTALLED / "corpus" if _INSTALLED.is_dir() else _CHECKOUT / "tests" / "corpus"
