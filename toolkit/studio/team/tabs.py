"""Tabs of the Data Manager that the toolkit makes; people's own are never touched.

A tab of ours carries its name under ``factcheck`` in its data. Label Studio drops that when somebody
changes the tab, and from then on it is theirs; a tab of theirs that has our title is left alone too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import condition, expect

TabState = Literal["made", "brought up to date", "there", "changed by people, left alone"]
RECHECK = "recheck"
CONFLICTS = "conflicts"
_MARK = "factcheck"
_HIDDEN = tuple(f"tasks:{name}" for name in (
    "inner_id", "total_predictions", "annotations_results", "annotations_ids", "predictions_model_versions",
    "predictions_results", "file_upload", "storage_filename", "created_at", "updated_at", "updated_by",
    "avg_lead_time", "draft_exists", "data.uid", "data.text", "data.text_sha256", "data.schema_version",
    "data.title", "data.url", "data.publisher", "data.published_at", "data.language", "data.source_path",
    "data.regions", "data.dispute", "data.replaces",
))  # fmt: skip
"""What would push the headline off the screen."""
_HIDDEN_BESIDE = tuple(f"tasks:{name}" for name in (
    "id", "completed_at", "cancelled_annotations", "annotators", "predictions_score", "data.publication",
    f"data.{RECHECK}",
))  # fmt: skip
"""What is hidden as well in the narrow list beside an open task, which is to show headlines."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab by its name, its title, the conditions that its tasks meet, and the column they are sorted by."""

    name: str
    title: str
    where: tuple[dict[str, Any], ...] = ()
    ordering: str = ""

    def data(self) -> dict[str, Any]:
        """The tab as Label Studio keeps it."""
        return {
            _MARK: self.name, "title": self.title, "type": "list", "target": "tasks",
            "filters": {"conjunction": "and", "items": list(self.where)},
            "ordering": [self.ordering] if self.ordering else [],
            "columnsDisplayType": {f"tasks:data.{CONFLICTS}": "Number"},
            "hiddenColumns": {"explore": [*_HIDDEN], "labeling": [*_HIDDEN, *_HIDDEN_BESIDE]},
        }  # fmt: skip


_UNFINISHED = condition("completed_at", "empty", "Datetime", True)
TABS = (
    Tab("all", "All tasks"),
    Tab("unreviewed", "Unreviewed", (
        condition("total_annotations", "equal", "Number", 0),
        condition("cancelled_annotations", "equal", "Number", 0),
    )),
    Tab("low", "Low score first", (_UNFINISHED,), "tasks:predictions_score"),
    Tab("conflicts", "Conflicts first", (
        condition("total_annotations", "greater", "Number", 1),
        condition(f"data.{CONFLICTS}", "greater", "Number", 0),
    ), f"-tasks:data.{CONFLICTS}"),
    Tab("recheck", "To re-review", (condition(f"data.{RECHECK}", "empty", "String", False),)),
)  # fmt: skip


def arrange(connection: Connection, project: int) -> dict[str, TabState]:
    """Make the tabs that are missing and bring ours up to date; gives each title's state.

    Raises ``ServerError`` or ``LoginError``.
    """
    there = connection.get("api/dm/views/", project=project)
    return {tab.title: _arrange(connection, project, tab, there) for tab in TABS}


def _arrange(connection: Connection, project: int, tab: Tab, there: list[Any]) -> TabState:
    wanted = tab.data()
    for view in there:
        data = expect(view, "data", (dict, type(None)), connection.url) or {}
        if data.get(_MARK) == tab.name:
            if all(data.get(key, []) == value for key, value in wanted.items()):
                return "there"
            connection.ask(connection.sdk.views.update, id=str(view["id"]), data=wanted, project=project)
            return "brought up to date"
        if data.get("title") == tab.title:
            return "changed by people, left alone"
    connection.send(connection.sdk.views.create, data=wanted, project=project)
    return "made"
