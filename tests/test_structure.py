"""The import law: data flows one way, and stages never know each other."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "toolkit"
STAGES = {"ingest", "rules", "claims", "studio", "review", "gold", "score"}
GROUND = {"model", "errors", "files", "safe_yaml", "schema", "reading", "config", "resources", "spool"}
ONLY_IN = {
    "label_studio_sdk": ("studio",),
    "pandas": ("gold/formats",),
    "pyarrow": ("gold/formats",),
    "spacy": ("gold/formats",),
    "click": ("cli",),
    "rich": ("cli",),
    "trafilatura": ("ingest",),
    "nltk": ("review",),
    "numpy": ("review",),
}
SLOW = {
    "label_studio_sdk",
    "pandas",
    "pyarrow",
    "spacy",
    "trafilatura",
    "rich",
    "jsonschema",
    "jsonschema_rs",
    "msgspec",
    "jinja2",
    "dateutil",
    "networkx",
    "numpy",
    "nltk",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path, *, top_only: bool = False) -> Iterator[str]:
    """Names of imported modules; ``if TYPE_CHECKING`` blocks cost nothing and count for nothing."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes: list[ast.AST] = list(tree.body) if top_only else list(ast.walk(tree))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in nodes:
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "toolkit":
                yield from (f"toolkit.{alias.name}" for alias in node.names)
            else:
                yield node.module


def room(name: str) -> str:
    """The part of the package a dotted name belongs to: ``toolkit.rules.engine`` is in ``rules``."""
    return name.split(".")[1] if name.startswith("toolkit.") else ""


def of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def allowed(here: str) -> set[str]:
    if here == "model":
        return {"model", "errors"}
    if here in {"errors", "resources"}:
        return set()
    if here in GROUND:
        return GROUND
    if here in STAGES:
        return GROUND | {here, "__version__"}
    above = {"labelling": set(), "cli": {"cli", "pipeline", "labelling", "demo", "doctor", "__version__"}}
    above["__main__"] = above["cli"]
    return GROUND | STAGES | above.get(here, {"pipeline", "labelling", "__version__"})


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_import_law(path: Path) -> None:
    here = of(path)
    for name in imports(path):
        if name.startswith("toolkit."):
            assert room(name) in allowed(here), f"{here} imports {name}"
        home = ONLY_IN.get(name.split(".")[0])
        inside = path.relative_to(PACKAGE).as_posix()
        assert home is None or inside.startswith(home), f"{inside} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_slow_imports_are_late(path: Path) -> None:
    slow = {name.split(".")[0] for name in imports(path, top_only=True)} & SLOW
    assert not slow, f"{slow} imported at the top of {path.name}; import inside the function"


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text("utf-8"))
    optional = project["project"]["optional-dependencies"].values()
    declared = [*project["project"]["dependencies"], *(line for extra in optional for line in extra)]
    groups = [line for line in project["dependency-groups"]["dev"] if isinstance(line, str)]
    homes = packages_distributions()
    for folder, lines in ((PACKAGE, declared), (PACKAGE.parent / "tests", declared + groups)):
        names = {re.split(r"[<>=\[;]", line)[0].lower() for line in lines}
        found = {name.split(".")[0] for path in folder.rglob("*.py") for name in imports(path)}
        foreign = found - sys.stdlib_module_names - {"toolkit", "tests"}
        missing = {
            name
            for name in foreign
            if not names & {home.lower().replace("_", "-") for home in homes.get(name, ())}
        }
        assert not missing, f"{folder.name} imports {missing}; declare it in pyproject.toml"


def test_no_attic_and_no_empty_room() -> None:
    names = {path.stem for path in modules()}
    assert not names & {"utils", "util", "common", "helpers", "misc"}
    for folder in (path for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()):
        assert any(path.name != "__init__.py" for path in folder.glob("*.py")), f"{folder.name} is empty"
