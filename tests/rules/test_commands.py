"""``factcheck rules list``, ``show``, ``new`` and ``schema`` as people run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rules.conftest import rule, rule_file
from toolkit import schema
from toolkit.cli.rules import command
from toolkit.errors import DataError, SettingsError
from toolkit.rules import about, load_rules, run_examples

FILE = rule_file(
    "\n".join([
        rule("a.number", "QUANTITY", "{digits}(?: {unit})?[{]?", unless=["{year}"], note="Counts."),
        rule("b.toll", "CASUALTY", "<QUANTITY:n> (?:in <PLACE> )?died", level="claim"),
        rule("b.none", "OTHER", "no", unless=["<QUANTITY>"], level="claim"),
    ]),
    '  digits: "\\\\d+{tail}"\n  tail: "x?"\n  unit: [a, b, c]\n  year: ["2012"]',
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "some.yaml"
    path.write_text(FILE, "utf-8")
    return path


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args])


def test_list_has_a_line_for_each_rule_and_is_never_cut(file: Path) -> None:
    done = run("list", file)
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["id", "label", "level", "priority", "file"],
        ["a.number", "QUANTITY", "mention", "10", f"{file}:8"],
        ["b.toll", "CASUALTY", "claim", "10", f"{file}:9"],
        ["b.none", "OTHER", "claim", "10", f"{file}:10"],
    ]
    assert (
        len(
            {
                line.index(word)
                for line, word in zip(lines, ["level", "mention", "claim", "claim"], strict=True)
            }
        )
        == 1
    )
    assert "3 rules" in done.stderr


def test_list_as_json(file: Path) -> None:
    (first, *_) = json.loads(run("list", file, "--format", "json").stdout)["rules"]
    assert first["id"] == "a.number"
    assert first["file"] == f"{file}:8"


def test_a_rule_is_shown_with_all_it_uses_and_who_uses_it(file: Path) -> None:
    found = about(load_rules([file], seconds=1), "a.number")
    assert found.expanded == "(?:\\d+(?:x?))(?: (?:a|b|c))?[{]?"
    assert list(found.variables) == ["digits", "tail", "unit", "year"]
    assert (found.uses, found.used_by) == ({}, ("b.toll", "b.none"))
    assert about(load_rules([file], seconds=1), "b.toll").uses == {"QUANTITY": ("a.number",), "PLACE": ()}
    short = about(load_rules([file], seconds=1), "a.number", most_words=2)
    assert "(?:a|b|… 1 more)" in short.expanded


def test_show_prints_it(file: Path) -> None:
    text = run("show", "a.number", file).stdout
    for line in ("label  QUANTITY", "note  Counts.", "unless  {year}", "match  x", "used by  b.toll, b.none"):
        assert line in text, text
    told = json.loads(run("show", "b.toll", file, "--format", "json").stdout)
    assert told["uses"] == {"QUANTITY": ["a.number"], "PLACE": []}
    assert told["rule"]["match"] == ["x"]


def test_an_unknown_id_names_the_nearest(file: Path) -> None:
    failure = run("show", "a.numbr", file).exception
    assert isinstance(failure, SettingsError)
    assert "did you mean a.number?" in str(failure)


def test_a_new_file_loads_its_examples_pass_and_it_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "Bus crash.yaml"
    assert run("new", path).exit_code == 0
    rules = load_rules([path], seconds=1)
    assert list(run_examples(rules)) == []
    (only,) = rules.rules
    assert only.id == "bus_crash.first"
    assert len(only.match) >= 2
    assert only.no_match
    text = path.read_text("utf-8")
    keys = re.findall(r"^(?:  - |    )(\w+):", text, re.M)
    assert set(keys) == set(schema.load("rules")["$defs"]["Rule"]["properties"]) - {"case", "score"}
    assert all(
        "#" in before for before in re.findall(r"(.*)\n    (?:label|level|priority|pattern|unless):", text)
    )
    failure = run("new", path).exception
    assert isinstance(failure, DataError)
    assert "there already" in str(failure)
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["rules.yml", "12.yaml", "rules"])
def test_a_name_that_is_no_rule_file_is_refused(name: str, tmp_path: Path) -> None:
    assert isinstance(run("new", tmp_path / name).exception, SettingsError)
    assert not (tmp_path / name).exists()


def test_a_new_file_points_its_editor_to_the_schema_above_it(tmp_path: Path) -> None:
    (tmp_path / "rules" / "en").mkdir(parents=True)
    (tmp_path / "rules" / "rules.schema.json").write_text(run("schema").stdout, "utf-8")
    path = tmp_path / "rules" / "en" / "floods.yaml"
    run("new", path)
    assert path.read_text("utf-8").splitlines()[0] == "# yaml-language-server: $schema=../rules.schema.json"
    assert json.loads((tmp_path / "rules" / "rules.schema.json").read_text("utf-8")) == schema.load("rules")


def test_every_part_of_the_schema_is_described() -> None:
    def bare(node: object, place: str = "") -> list[str]:
        if not isinstance(node, dict):
            return []
        missing = [
            f"{place}/{name}"
            for name, part in node.get("properties", {}).items()
            if "description" not in part
        ]
        inner = [*node.get("properties", {}).items(), *node.get("$defs", {}).items()]
        return missing + [one for name, part in inner for one in bare(part, f"{place}/{name}")]

    loaded = schema.load("rules")
    assert bare(loaded) == []
    assert all(part["description"] for part in loaded["$defs"].values())
