"""Something wrong with a file or a record, as a value: one bad record never hides the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from toolkit.errors import with_fix

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One finding: where it is, what is there, and what would be right.

    ``check`` names the check (``schema/required``, ``slice``, ``file/utf8`` …), ``pointer`` is a JSON
    pointer into the record, ``line`` counts from 1.
    """

    severity: Severity = "error"
    check: str
    message: str
    fix: str = ""
    path: str = ""
    line: int | None = None
    record: str | None = None
    pointer: str = ""
    found: Any = None

    def place(self) -> str:
        """File and line, as editors and CI logs link them."""
        return f"{self.path}:{self.line}" if self.line is not None else self.path

    def __str__(self) -> str:
        where = [self.place(), " ".join(filter(None, [self.record, self.pointer]))]
        said = with_fix(self.message, self.fix)
        return " ".join(": ".join([*filter(None, where), f"{said} [{self.check}]"]).split())

    def order(self) -> tuple[str, int, str, str, str]:
        """The key that reports sort by."""
        return (self.path, self.line or 0, self.record or "", self.pointer, self.check)
