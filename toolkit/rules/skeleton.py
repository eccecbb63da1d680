"""A rule file to start from: it loads, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

from toolkit.errors import SettingsError

SCHEMA_FILE = "rules.schema.json"
_TEXT = """\
{editor}
# Rules of one kind. After each change: factcheck rules test {file}
# docs/rules.md explains the notation, `factcheck rules show ID` and `factcheck rules explain TEXT` show it.
schema_version: "1"

# Word lists and pieces of pattern, used as {{name}} below. Those of a file whose name begins with _ hold in
# every file of the folder. Put on, off, yes and no in quotes.
vars:
  {name}_verb: [airlifted, taken, rushed]

rules:
    # Unique, words joined by dots: every match, suggestion and score carries it.
  - id: {name}.first
    # What a match is: a label that people see (CLAIM, CLAIMER, CUE, QUANTITY, VICTIM, LOCATION, DATE, HEDGE),
    # or one of the cascade's own that later rules refer to, such as EFFECT.
    label: EFFECT
    # When it runs: lexicon, mention, attribution or claim; <LABEL> may be used from the level after it.
    level: mention
    # Among overlapping matches of a label the higher wins, then the longer, then the earlier.
    priority: 10
    # A regular expression: a space is any white space, {{name}} a variable, <LABEL> an earlier match and
    # <LABEL:role> the same captured. Letter case does not count unless `case: true`.
    pattern: "{{{name}_verb}} to (?:a |the )?(?:hospital|clinic)"
    # Given to every match; what they mean depends on the label.
    attrs: {{effect: injury, form: gone}}
    # Vetoes a match where one of these matches, too.
    unless: ["to hospital (?:radio|administrators?)"]
    # Sentences that must match: [words]LABEL marks what must be found exactly. At least two.
    match:
      - "Nine people were [taken to hospital]EFFECT."
      - "Two of the injured were [airlifted to a clinic]EFFECT in the capital."
    # Sentences that must not match: the traps. At least one.
    no_match:
      - "They were taken to court."
      - "The case was taken to hospital administrators."
    note: Change all of this; delete what you do not need.
"""


def skeleton(path: Path) -> str:
    """The text of a new rule file at ``path``; its ids begin with the file's name.

    Raises ``SettingsError`` when the name cannot begin an id, or is none that is loaded.
    """
    name = re.sub(r"[^a-z0-9_]+", "_", path.stem.lower()).strip("_")
    if path.suffix != ".yaml" or not re.match("[a-z]", name):
        raise SettingsError(
            "a rule file has a name like admission.yaml",
            place=str(path),
            fix="begin with a letter, end in .yaml",
        )
    return _TEXT.format(name=name, file=path, editor=_editor(path))


def _editor(path: Path) -> str:
    """The line by which editors find the schema, where one lies at or above the file."""
    above = [path.absolute().parent, *path.absolute().parents[1:4]]
    for steps, folder in enumerate(above):
        if (folder / SCHEMA_FILE).is_file():
            return f"# yaml-language-server: $schema={'../' * steps}{SCHEMA_FILE}"
    return (
        f"# For an editor that completes and checks: factcheck rules schema > {SCHEMA_FILE},\n"
        f"# and as the first line of this file, behind a #:  yaml-language-server: $schema={SCHEMA_FILE}"
    )
