"""An article as a reader hands it on: nothing normalised yet, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from toolkit.model import Issue

METADATA = ("title", "url", "publisher", "published_at", "language")


@dataclass(frozen=True, slots=True)
class Article:
    """Raw text and metadata. ``line`` is the article's line in a file that holds several.

    ``metadata`` has values for some of METADATA, as they stood in the source.
    """

    path: str
    text: str
    line: int | None = None
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """``file`` or ``file:line``; the document's ``source_path``."""
        return self.path if self.line is None else f"{self.path}:{self.line}"

    def issue(self, refused: RefusedError) -> Issue:
        """The refusal as an issue; a line inside the text is said where the file's line is another."""
        inner = refused.line is not None and self.line is not None
        return Issue(
            check=refused.check, path=self.path, line=self.line or refused.line,
            message=f"{refused.problem} in line {refused.line} of the text" if inner else refused.problem,
            fix=refused.fix,
        )  # fmt: skip

    def warning(self, check: str, message: str, *, fix: str = "", found: Any = None) -> Issue:
        """A warning about this article, which is kept."""
        return Issue(
            severity="warning", check=check, path=self.path, line=self.line, message=message, fix=fix,
            found=found,
        )  # fmt: skip


class RefusedError(Exception):
    """An article that cannot be taken; ``line`` counts from 1 in its text."""

    def __init__(self, check: str, problem: str, *, fix: str, line: int | None = None) -> None:
        self.check, self.problem, self.fix, self.line = check, problem, fix, line
        super().__init__(problem)
