"""Labelling functions: they join the cascade, are bounded, and every fault names the function."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.conftest import Make, rule, rule_file
from tests.rules.test_engine import document
from toolkit import pipeline
from toolkit.config import Project, load_project
from toolkit.errors import SettingsError
from toolkit.model import Document, Draft, Issue, Match, Region
from toolkit.rules import RuleSet, load_functions

CODE = r"""
import re
from collections.abc import Iterator
from toolkit.model import Document, Match

def find_tolls(document: Document) -> Iterator[Match]:
    for row in re.finditer(r"dead \| (\d+)", document.text):
        yield Match("whatever", "QUANTITY", row.start(1), row.end(1), priority=90)
"""
TEXT = "dead | 12 of 340"


@pytest.fixture
def rules(make: Make) -> RuleSet:
    return make("\n".join([
        rule("a.number", "QUANTITY", "\\d+(?: of \\d+)?"),
        rule("a.dead", "DEATH", "dead [|] <QUANTITY:n>", level="claim"),
    ]), seconds=0.3)  # fmt: skip


def write(folder: Path, code: str, *entries: str, name: str = "my_rules.py") -> Path:
    """A folder of settings that names functions, with their file beside it."""
    lines = "".join(f'  - "{entry}"\n' for entry in entries)
    (folder / "project.yaml").write_text(f'schema_version: "1"\nlabelling_functions:\n{lines}', "utf-8")
    (folder / name).write_text(code, "utf-8")
    return folder


def call(folder: Path, rules: RuleSet, body: str, text: str | Document = TEXT) -> list[Match | Issue]:
    """What a function of this body gives."""
    code = f"import time\nfrom toolkit.model import Match\n\ndef find(document):\n    {body}\n"
    loaded = load_functions(["my_rules:find"], configs=write(folder, code, "my_rules:find"), rules=rules)
    return list(loaded.matches(text if isinstance(text, Document) else document(text)))


def issue(folder: Path, rules: RuleSet, body: str, text: str | Document = TEXT) -> Issue:
    (only,) = call(folder, rules, body, text)
    assert isinstance(only, Issue)
    assert only.severity == "error"
    assert only.message.startswith("my_rules:find ")
    assert only.path == str(folder / "my_rules.py")
    return only


def test_matches_join_the_cascade_under_the_functions_name(tmp_path: Path, rules: RuleSet) -> None:
    configs = write(tmp_path, CODE, "my_rules:find_tolls")
    loaded = load_functions(["my_rules:find_tolls"], configs=configs, rules=rules)
    known = [match for match in loaded.matches(document(TEXT)) if isinstance(match, Match)]
    found = rules.find(document(TEXT), known=known).matches
    assert {(match.rule_id, TEXT[match.start : match.end]) for match in found} == {
        ("my_rules.find_tolls", "12"), ("a.dead", "dead | 12"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said", "fix"),
    [
        ("yield Match('x', 'QUANTTY', 0, 4)", "unknown label 'QUANTTY'", "did you mean QUANTITY?"),
        ("yield Match('x', 'CUE', 4, 99)", "CUE at 4 to 99, the text has 16", "a place in the text"),
        ("yield Match('x', 'CUE', 4, 4)", "CUE at 4 to 4", "a place in the text"),
        ("yield Match('x', 'CUE', -4, 4)", "CUE at -4 to 4", "a place in the text"),
        ("yield Match('x', 'CUE', 0, 4, groups={'N': (2, 40)})", "CUE at 2 to 40", "a place in the text"),
        ("yield (0, 4)", "raised TypeError: yielded a tuple", "mend the function"),
        ("yield from [][0]", "raised IndexError", "mend the function"),
        ("return None", "raised TypeError", "mend the function"),
        ("yield from [Match('x', 'CUE', 0, 4)] * 20000", "more than 10000", "mend"),
    ],
)
def test_what_cannot_stand_is_an_issue(
    body: str, said: str, fix: str, tmp_path: Path, rules: RuleSet
) -> None:
    found = issue(tmp_path, rules, body)
    assert said in found.message
    assert fix in found.fix
    assert found.record == "doc-1"
    assert found.line in (5, None)


def test_page_junk_and_sentence_ends_bound_a_match(tmp_path: Path, rules: RuleSet) -> None:
    text = "Two died. Three fled. Subscribe now!"
    junk = document(text, Region(22, 36, "boilerplate", "subscription"))
    assert "page junk" in issue(tmp_path, rules, "yield Match('x', 'CUE', 20, 24)", junk).message
    assert "across sentences" in issue(tmp_path, rules, "yield Match('x', 'CUE', 4, 15)", junk).message


def test_a_bad_match_does_not_hide_the_good_ones(tmp_path: Path, rules: RuleSet) -> None:
    found = call(tmp_path, rules, "yield Match('x', 'CUE', 0, 4); yield Match('x', 'NO', 5, 6)")
    assert [type(item) for item in found] == [Match, Issue]


@pytest.mark.parametrize(
    "body",
    [
        "time.sleep(60); yield Match('x', 'CUE', 0, 4)",
        "while True: yield Match('x', 'CUE', 0, 4)",
        "\n    while True:\n        try: time.sleep(60)\n        except Exception: pass",
    ],
)
# The alarm may ring while an object is being deleted.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_function_runs_out_of_time(body: str, tmp_path: Path, rules: RuleSet) -> None:
    start = time.monotonic()
    found = issue(tmp_path, rules, body)
    assert time.monotonic() - start < 2
    assert "ran out of time (0.3 s)" in found.message or "more than 10000" in found.message


def test_outside_the_main_thread_time_is_looked_at_between_matches(tmp_path: Path, rules: RuleSet) -> None:
    said: list[str] = []
    body = "\n    while True:\n        time.sleep(0.1)\n        yield Match('x', 'CUE', 0, 4)"
    thread = threading.Thread(target=lambda: said.append(issue(tmp_path, rules, body).message))
    thread.start()
    thread.join(5)
    assert "ran out of time" in said[0]


@pytest.mark.parametrize(
    ("entry", "said", "fix"),
    [
        ("no_such_module_here:find", "cannot import 'no_such_module_here'", "beside project.yaml"),
        ("my_rules:find_toll", "has no function 'find_toll'", "did you mean find_tolls?"),
        ("broken:find", "cannot import 'broken' for labelling: SyntaxError", "beside project.yaml"),
    ],
)
def test_an_entry_that_leads_nowhere_has_a_line(
    entry: str, said: str, fix: str, tmp_path: Path, rules: RuleSet
) -> None:
    write(tmp_path, "def (:\n", name="broken.py")
    configs = write(tmp_path, CODE, "my_rules:find_tolls", entry)
    with pytest.raises(SettingsError) as caught:
        load_functions(["my_rules:find_tolls", entry], configs=configs, rules=rules)
    assert str(caught.value).startswith(f"{configs / 'project.yaml'}:4: ")
    assert said in str(caught.value)
    assert fix in str(caught.value)


@pytest.mark.parametrize("entry", ["my_rules", "../evil:find", "my rules:find", "a:b:c", "/tmp/x:find"])
def test_an_entry_has_one_form(entry: str, tmp_path: Path) -> None:
    (tmp_path / "configs").mkdir()
    write(tmp_path / "configs", CODE, entry)
    with pytest.raises(SettingsError, match="/labelling_functions/0"):
        load_project(tmp_path)


def test_the_version_changes_with_the_code(tmp_path: Path, rules: RuleSet) -> None:
    versions = []
    for code in (CODE, CODE, f"{CODE}\n"):
        configs = write(tmp_path, code, "my_rules:find_tolls")
        versions.append(load_functions(["my_rules:find_tolls"], configs=configs, rules=rules).version)
    assert versions[0] == versions[1] != versions[2]
    assert load_functions([], configs=tmp_path, rules=rules).version == ""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one rule and one function."""
    list(pipeline.init(tmp_path))
    configs = write(tmp_path / "configs", CODE, "my_rules:find_tolls")
    (configs / "small.yaml").write_text(rule_file(rule("a.number", "QUANTITY", "\\d+")), "utf-8")
    with (configs / "project.yaml").open("a") as file:
        file.write("rules: [small.yaml]\n")
    return load_project(tmp_path)


def test_prelabel_and_explain_run_them(tmp_path: Path, project: Project) -> None:
    article = tmp_path / "table.txt"
    article.write_text("The list of the ministry had one more row on Monday.\n\ndead | 12\n", "utf-8")
    (draft,) = pipeline.prelabel([str(article)], project=project)
    assert isinstance(draft, Draft)
    assert [(m.text, m.rule_ids) for m in draft.mentions] == [("12", ("my_rules.find_tolls",))]
    (told,) = pipeline.explain(str(article), project=project)
    assert not isinstance(told, Issue)
    assert [(one.match.rule_id, one.reason) for one in told.lost] == [("a.number", "priority")]


def test_prelabel_says_what_is_wrong_and_goes_on(tmp_path: Path, project: Project) -> None:
    (project.configs / "my_rules.py").write_text("def find_tolls(document):\n    return 1 / 0\n", "utf-8")
    article = tmp_path / "table.txt"
    article.write_text("Twelve people died on Monday, and 12 were hurt, the ministry said.\n", "utf-8")
    items = list(pipeline.prelabel([str(article)], project=project))
    assert [type(item) for item in items] == [Issue, Draft]
    assert "ZeroDivisionError" in str(items[0])
    assert ":2: " in str(items[0])


def test_issues_of_several_documents_stand_before_their_drafts(tmp_path: Path, project: Project) -> None:
    code = "def find_tolls(document):\n    assert 'Lae' not in document.text\n    return []\n"
    (project.configs / "my_rules.py").write_text(code, "utf-8")
    articles = tmp_path / "articles.jsonl"
    lines = [
        '{"text": "One died in Ulm."}',
        '{"text": "One died in Lae."}',
        "{",
        '{"text": "Two died in Lae."}',
    ]
    articles.write_text("\n".join(lines), "utf-8")
    items = [
        item.document.text if isinstance(item, Draft) else item.check
        for item in pipeline.prelabel([str(articles)], project=project)
    ]
    failed, unread = items[1], items[3]
    assert items == ["One died in Ulm.", failed, "One died in Lae.", unread, failed, "Two died in Lae."]
    assert failed != unread


def test_nothing_is_imported_unless_it_is_named(tmp_path: Path, project: Project) -> None:
    marker = tmp_path / "ran"
    (project.configs / "my_rules.py").write_text(f"open({str(marker)!r}, 'w')\n", "utf-8")
    plain = replace(project, settings=replace(project.settings, labelling_functions=()))
    list(pipeline.explain("12 died.", project=plain))
    assert not marker.exists()
