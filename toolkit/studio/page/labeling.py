"""The labelling configuration: the page that annotators see, held against labels and schema.

Label Studio takes nearly anything, and a label or a choice that drifts in this one place would be lost
on the way back without a word; so every name, alias and variable is checked here.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from toolkit import resources
from toolkit.config import Project
from toolkit.errors import SettingsError
from toolkit.files import naming
from toolkit.model import LABELS, Issue
from toolkit.model.claim import CheckLabel, ClaimerType, Effect, Factuality, Modifier, Stance
from toolkit.studio.conversion.marks import JUNK
from toolkit.studio.conversion.regions import FIELD_TYPES, TEXT
from toolkit.studio.page.tags import Tag, parse

CHOICES: dict[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "certainty": get_args(Factuality), "check": get_args(CheckLabel),
    "effect": get_args(Effect), "modifier": get_args(Modifier), "claimer_type": get_args(ClaimerType),
}  # fmt: skip
RELATIONS = ("says", "counts", "continues")
VARIABLES = ("text", "headline", "publication", "title", "url", "publisher", "published_at", "language")
_TAGS = {"choices": "Choices", "textarea": "TextArea", "number": "Number"}


@dataclass(frozen=True, slots=True)
class Labeling:
    """A labelling configuration; ``sha256`` is of its bytes, ``path`` names its file in messages."""

    xml: str
    sha256: str
    path: str = ""


def load(project: Project) -> Labeling:
    """Read the project's labelling configuration.

    Raises ``SettingsError`` when it is missing or not UTF-8, ``DataError`` when it cannot be read.
    """
    path = project.configs / project.settings.labeling
    if not path.is_file():
        raise SettingsError(
            f"{project.settings.labeling!r} does not exist", place=str(project.configs / "project.yaml"),
            fix=f"make {path} or change the key 'labeling'",
        )  # fmt: skip
    with naming(path):
        raw = path.read_bytes()
    try:
        xml = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SettingsError("not UTF-8", place=f"{path}:{line}", fix="save the file as UTF-8") from error
    return Labeling(xml, hashlib.sha256(raw).hexdigest(), str(path))


def checked(project: Project) -> str:
    """The labelling configuration's XML.

    Raises as ``load``, and ``SettingsError`` when it does not fit labels and schema.
    """
    page = load(project)
    for issue in check(page):
        if issue.severity == "error":
            raise SettingsError(issue.message, place=issue.place() or page.path, fix=issue.fix)
    return page.xml


def check(labeling: Labeling) -> Iterator[Issue]:
    """Every way in which the page does not fit the labels and the schema."""
    try:
        tags = parse(labeling.xml)
    except ValueError as error:
        problem, line = error.args
        yield Issue(
            check="labeling/xml", path=labeling.path, line=line, message=problem,
            fix="make it one well-formed XML document without DOCTYPE and entities of its own",
        )  # fmt: skip
        return
    found = [
        *_article(tags), *_labels(tags), *_controls(tags), *_relations(tags), *_hotkeys(tags),
        *_visibility(tags), *_variables(tags),
    ]  # fmt: skip
    for fault in found or _refused(labeling):
        yield Issue(
            check=f"labeling/{fault.check}", path=labeling.path, line=fault.line, message=fault.message,
            fix=fault.fix,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Fault:
    check: str
    line: int
    message: str
    fix: str


def _article(tags: list[Tag]) -> Iterator[_Fault]:
    texts = [tag for tag in tags if tag.attrs.get("name") == TEXT]
    right = [tag for tag in texts if tag.name == "Text" and tag.attrs.get("value") == "$text"]
    if len(texts) != 1 or right != texts:
        line = texts[0].line if texts else 1
        yield _Fault(
            "text", line, "the article is not shown by exactly one plain Text tag",
            'write <Text name="text" value="$text"/>; other tags count offsets differently or run HTML',
        )  # fmt: skip


def _labels(tags: list[Tag]) -> Iterator[_Fault]:
    controls = [tag for tag in tags if tag.name == "Labels"]
    if len(controls) != 1 or controls[0].attrs.get("name") != "label":
        line = controls[0].line if controls else 1
        yield _Fault(
            "labels", line, "not exactly one Labels tag named 'label'", 'write <Labels name="label" …>'
        )
    for control in controls:
        yield from _points_at_text(control)
    yield from _same([tag for tag in tags if tag.name == "Label"], (*LABELS, JUNK), "labels", "label", 1)


def _controls(tags: list[Tag]) -> Iterator[_Fault]:
    named = {tag.attrs["name"]: tag for tag in tags if "name" in tag.attrs and "toName" in tag.attrs}
    for name, kind in FIELD_TYPES.items():
        tag = named.pop(name, None)
        wanted = f'<{_TAGS[kind]} name="{name}" toName="text" perRegion="true">'
        if tag is None or tag.name != _TAGS[kind]:
            line = tag.line if tag else 1
            yield _Fault("control", line, f"no {_TAGS[kind]} tag named {name!r}", f"add {wanted}")
            continue
        yield from _points_at_text(tag)
        if tag.attrs.get("perRegion") != "true":
            yield _Fault("control", tag.line, f"{name!r} is not per region", f"write {wanted}")
        if kind == "choices":
            choices = [inner for inner in tags if inner.name == "Choice" and inner.parent is tag]
            yield from _same(choices, CHOICES[name], "choices", f"choice of {name!r}", tag.line)
    for name, tag in named.items():
        if tag.name != "Labels":
            yield _Fault(
                "control", tag.line, f"the control {name!r} is none of ours; its answers would be lost",
                f"remove it, or name it as one of {', '.join(FIELD_TYPES)}",
            )  # fmt: skip


def _points_at_text(tag: Tag) -> Iterator[_Fault]:
    if tag.attrs.get("toName") != TEXT:
        yield _Fault(
            "toname", tag.line, f"{tag.attrs.get('name')!r} points at {tag.attrs.get('toName')!r}",
            'write toName="text"',
        )  # fmt: skip


def _same(tags: list[Tag], wanted: Iterable[str], check: str, what: str, line: int) -> Iterator[_Fault]:
    """Whether tags stand for exactly the wanted values, each once."""
    wanted = tuple(wanted)
    seen: set[str] = set()
    for tag in tags:
        value = tag.attrs.get("alias") or tag.attrs.get("value", "")
        if value in seen:
            yield _Fault(check, tag.line, f"the {what} {value!r} stands twice", "remove one")
        elif value not in wanted:
            close = difflib.get_close_matches(value, wanted, n=1, cutoff=0.4)
            fix = f"did you mean alias={close[0]!r}?" if close else f"use one of {', '.join(wanted)}"
            yield _Fault(check, tag.line, f"unknown {what} {value!r}", fix)
        seen.add(value)
    for value in wanted:
        if value not in seen:
            tag_name = "Label" if check == "labels" else "Choice"
            yield _Fault(
                check,
                line,
                f"the {what} {value!r} is missing",
                f'add <{tag_name} value="…" alias="{value}"/>',
            )


def _relations(tags: list[Tag]) -> Iterator[_Fault]:
    values = [tag.attrs.get("value") for tag in tags if tag.name == "Relation"]
    for value in RELATIONS:
        if value not in values:
            yield _Fault(
                "relations", 1, f"the relation {value!r} is missing", f'add <Relation value="{value}"/>'
            )


def _hotkeys(tags: list[Tag]) -> Iterator[_Fault]:
    owners: dict[str, Tag] = {}
    for tag in tags:
        key = tag.attrs.get("hotkey", "").strip().lower()
        if key and key in owners:
            first = owners[key]
            yield _Fault(
                "hotkey", tag.line, f"the key {key!r} is taken by {first.shown()} in line {first.line}",
                f"give {tag.shown()} another key",
            )  # fmt: skip
        elif key:
            owners[key] = tag


def _visibility(tags: list[Tag]) -> Iterator[_Fault]:
    """Fields that wait for a label that never comes are never seen; Label Studio compares aliases."""
    for tag in tags:
        for label in filter(None, tag.attrs.get("whenLabelValue", "").split(",")):
            if label not in LABELS:
                yield _Fault(
                    "visible", tag.line, f"the fields below wait for the label {label!r}",
                    f"write aliases in whenLabelValue: {', '.join(LABELS)}",
                )  # fmt: skip


def _variables(tags: list[Tag]) -> Iterator[_Fault]:
    for tag in tags:
        value = tag.attrs.get("value", "")
        if value.startswith("$") and value[1:] not in VARIABLES:
            yield _Fault(
                "variable", tag.line, f"tasks have no {value!r}",
                f"use one of {', '.join(f'${name}' for name in VARIABLES)}",
            )  # fmt: skip


def _refused(labeling: Labeling) -> Iterator[_Fault]:
    """What Label Studio itself has to say, asked last as its messages name no line.

    It takes a second to ask, so not of the page that comes with the toolkit, of which it is known.
    """
    if labeling.xml == (resources.configs() / "labeling" / "claims.xml").read_text("utf-8"):
        return
    from label_studio_sdk.label_interface.interface import LabelInterface

    try:
        interface: Any = LabelInterface(labeling.xml)
        interface.validate()
    except Exception as error:  # the SDK raises many kinds, and each means the same here
        yield _Fault(
            "refused", 1, f"Label Studio refuses the page: {str(error)[:200]}", "see its tag reference"
        )
