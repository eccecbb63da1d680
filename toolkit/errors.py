"""What can go wrong, as one tree; each leaf knows its exit code.

FactcheckError
├── DataError        1  a file or a record is not what it has to be
├── SettingsError    2  a rule, a label or a setting is wrong
├── ServerError      3  Label Studio is down, refuses, or answers nonsense
│   └── LoginError   3  the token is missing, wrong or revoked
└── UnfinishedError  4  a part is done; the same command again does the rest
"""

from __future__ import annotations


class FactcheckError(Exception):
    """An expected failure that ends a command with one line: the place, the problem and the fix.

    ``place`` names the file (with its line where there is one), the record or the address;
    ``fix`` is what the reader can do about it.
    """

    exit_code = 1

    def __init__(self, problem: str, *, place: str = "", fix: str = "") -> None:
        self.problem, self.place, self.fix = problem, place, fix
        super().__init__(problem)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{with_fix(self.problem, self.fix)}"


def with_fix(problem: str, fix: str) -> str:
    """A problem and its remedy as one line."""
    stop = "" if problem.endswith((".", "!", "?")) else "."
    return " ".join(f"{problem}{stop} Fix: {fix}".split() if fix else problem.split())


def printable(text: str) -> str:
    """Text from outside without anything a terminal would obey."""
    return "".join(char if char.isprintable() or char == "\n" else repr(char)[1:-1] for char in text)


class DataError(FactcheckError):
    """A file or a record is not what it has to be."""


class SettingsError(FactcheckError):
    """A rule, a label or a setting is wrong; nothing was done."""

    exit_code = 2


class ServerError(FactcheckError):
    """Label Studio is down, refuses, or answers nonsense."""

    exit_code = 3


class LoginError(ServerError):
    """The token is missing, wrong or revoked."""


class UnfinishedError(FactcheckError):
    """A part is done and kept; the same command again does the rest."""

    exit_code = 4
