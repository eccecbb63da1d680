"""Is everything in place? One finding per thing that has to be right, with what to do about it."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from toolkit import __version__
from toolkit.config import PROJECT_FILE, Project, find_project
from toolkit.errors import FactcheckError, SettingsError
from toolkit.model import Issue

if TYPE_CHECKING:
    from toolkit.rules import RuleSet
    from toolkit.studio.reach.connection import Connection

OLDEST_PYTHON = (3, 11)
KNOWN_STUDIO = "1.23."
SHOWN_ISSUES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``exit_code`` is what a failure means for the command, else 0."""

    name: str
    state: Literal["ok", "warn", "fail"]
    message: str
    fix: str = ""
    exit_code: int = 0


def examine(start: Path | None = None) -> Iterator[Finding]:
    """Look at versions, settings, rules, page, state, server, login and project, in this order.

    ``start`` is a folder of the project (default: the current one). Nothing is changed anywhere.
    """
    yield _python()
    yield from _packages()
    try:
        project = find_project(start)
    except FactcheckError as error:
        yield _failed("settings", error)
        return
    yield _settings(project)
    for look in (_rules, _aliases, _page, _state, _local_server, _remote):
        yield from _guarded(look, project)


def _guarded(look: Callable[[Project], Iterator[Finding]], project: Project) -> Iterator[Finding]:
    """One thing that is broken must not hide the others."""
    try:
        yield from look(project)
    except FactcheckError as error:
        yield _failed(look.__name__.strip("_").replace("_", " "), error)


def _failed(name: str, error: FactcheckError) -> Finding:
    place = f"{error.place}: " if error.place else ""
    return Finding(name, "fail", f"{place}{error.problem}", error.fix, error.exit_code)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", "fail", version, "use Python 3.11 or newer", SettingsError.exit_code)
    return Finding("python", "ok", f"{version} on {platform.system()}")


def _packages() -> Iterator[Finding]:
    sdk = importlib.metadata.version("label-studio-sdk")
    yield Finding("packages", "ok", f"factcheck-toolkit {__version__}, label-studio-sdk {sdk}")
    try:
        studio = importlib.metadata.version("label-studio")
    except importlib.metadata.PackageNotFoundError:
        yield Finding(
            "label studio", "warn", "not installed; needed only for a local server",
            "pip install 'factcheck-toolkit[studio]'",
        )  # fmt: skip
        return
    if studio.startswith(KNOWN_STUDIO):
        yield Finding("label studio", "ok", studio)
    else:
        yield Finding(
            "label studio", "warn", f"{studio} is not the version tested with, {KNOWN_STUDIO}x",
            "pip install 'factcheck-toolkit[studio]'",
        )  # fmt: skip


def _settings(project: Project) -> Finding:
    file = project.configs.parent / PROJECT_FILE
    if project.configs.parent != project.state.parent:
        return Finding("settings", "warn", "no project here; those of the package are used", "factcheck init")
    return Finding("settings", "ok", str(file))


def _rules(project: Project) -> Iterator[Finding]:
    from toolkit.rules import load_functions, load_rules, run_examples

    settings = project.settings
    rules = load_rules(project.files(settings.rules), seconds=settings.limits.rule_seconds)
    load_functions(settings.labelling_functions, configs=project.configs, rules=rules)
    issues = list(run_examples(rules))
    yield from _listed("rules", issues)
    if not issues:
        yield Finding("rules", "ok", f"{len(rules.rules)} rules, version {rules.version}: {_examples(rules)}")


def _examples(rules: RuleSet) -> str:
    return f"all {sum(len(rule.match) + len(rule.no_match) for rule in rules.rules)} examples pass"


def _aliases(project: Project) -> Iterator[Finding]:
    from toolkit.claims import load_entities

    settings = project.settings
    lists, events = project.files(settings.entities), project.files(settings.events)
    load_entities(lists, events)
    yield Finding("aliases", "ok", f"{len(lists)} lists, {len(events)} events")


def _page(project: Project) -> Iterator[Finding]:
    from toolkit.studio.page import labeling

    page = labeling.load(project)
    issues = list(labeling.check(page))
    yield from _listed("page", issues)
    if not issues:
        yield Finding("page", "ok", f"{page.path} fits labels and schema")


def _state(project: Project) -> Iterator[Finding]:
    folders = [path for path in (project.state, project.state / "studio") if path.is_dir()]
    open_folders = [path for path in folders if stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in open_folders:
        yield Finding(
            "state", "fail", f"{path}: others can look into it", f"chmod 700 {path}", SettingsError.exit_code
        )
    if folders and not open_folders:
        yield Finding("state", "ok", f"{project.state}, for you alone")
    if not folders:
        yield Finding("state", "ok", "none yet")


def _local_server(project: Project) -> Iterator[Finding]:
    from toolkit.studio.local import server

    found = server.status(project.state)
    if found.state == "running" and found.info:
        yield Finding("local server", "ok", f"running at {found.info.url}")
    elif found.state == "silent" and found.info:
        yield Finding(
            "local server", "warn", f"{found.info.url} does not answer",
            "wait a minute, else factcheck studio stop && factcheck studio start",
        )  # fmt: skip
    elif os.environ.get("LABEL_STUDIO_URL"):
        yield Finding("local server", "ok", f"{found.state}; LABEL_STUDIO_URL names another")
    else:
        yield Finding("local server", "warn", found.state, "factcheck studio start")


def _remote(project: Project) -> Iterator[Finding]:
    """The server that push and pull would use: login, sign-up, project."""
    from toolkit.studio.local import server
    from toolkit.studio.local.accounts import signup_open
    from toolkit.studio.reach.connection import connect

    named = os.environ.get("LABEL_STUDIO_URL") or os.environ.get("LABEL_STUDIO_API_KEY")
    if not named and server.running(project.state) is None:
        return
    try:
        connection = connect(project.state)
    except FactcheckError as error:
        yield _failed("login", error)
        return
    yield Finding("login", "ok", f"{connection.user} at {connection.url}")
    if signup_open(connection.url):
        yield Finding(
            "sign-up", "warn", f"open to everyone who reaches {connection.url}",
            "set LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK=true on that server",
        )  # fmt: skip
    yield _project(connection, project)


def _project(connection: Connection, project: Project) -> Finding:
    from toolkit.studio.page import labeling
    from toolkit.studio.reach import projects

    title = project.settings.studio.title
    desk = projects.find(connection, title)
    if desk is None:
        return Finding("project", "warn", f"none titled {title!r} yet", "factcheck push drafts.jsonl")
    counted = ", ".join(f"{number} {name}" for name, number in desk.counts.items())
    if desk.labeling.split() != labeling.load(project).xml.split():
        return Finding(
            "project", "warn", f"{desk.url} has another labelling page than {project.settings.labeling}",
            "push again; where people have worked already, push to a new project with --project",
        )  # fmt: skip
    return Finding("project", "ok", f"{desk.url}: {counted}")


def _listed(name: str, issues: list[Issue]) -> Iterator[Finding]:
    """The first issues as findings, the others as a number."""
    for issue in issues[:SHOWN_ISSUES]:
        parts = (issue.place(), issue.record, issue.pointer, issue.message)
        state: Literal["warn", "fail"] = "fail" if issue.severity == "error" else "warn"
        code = SettingsError.exit_code if state == "fail" else 0
        yield Finding(name, state, ": ".join(part for part in parts if part), issue.fix, code)
    if len(issues) > SHOWN_ISSUES:
        yield Finding(name, "warn", f"… and {len(issues) - SHOWN_ISSUES} more")
