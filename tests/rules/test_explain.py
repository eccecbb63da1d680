"""``factcheck rules explain``: what fired, what it captured, what lost to what, and the claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.rules.conftest import Make, rule, rule_file
from tests.rules.test_engine import document
from toolkit.cli.rules import command
from toolkit.rules import RuleSet, Trace

TEXT = "At least seven people were killed near Kidal, police said, but they denied that 30 to 40 had died."


def lost(rules: RuleSet, text: str) -> list[tuple[str, str, str | None, str]]:
    """(rule, reason, winner, the words that won) of every match that did not stand."""
    trace = Trace()
    rules.find(document(text), trace=trace)
    return [
        (one.match.rule_id, one.reason, one.winner.rule_id if one.winner else None, text[one.start : one.end])
        for one in trace.lost
    ]


def test_every_way_to_lose_is_told(make: Make) -> None:
    rules = make("\n".join([
        rule("a.high", "X", "two", priority=20), rule("a.long", "X", "one two three"),
        rule("b.long", "Y", "one two three"), rule("b.short", "Y", "three"),
        rule("c.left", "Z", "one two"), rule("c.right", "Z", "two six"),
        rule("d.first", "W", "six"), rule("d.second", "W", "six"),
    ]))  # fmt: skip
    assert lost(rules, "one two three") == [
        ("a.long", "priority", "a.high", "two"), ("b.short", "length", "b.long", "one two three")
    ]  # fmt: skip
    assert lost(rules, "one two six") == [
        ("c.right", "position", "c.left", "one two"), ("d.second", "name", "d.first", "six")
    ]  # fmt: skip


def test_a_loser_names_a_winner_that_stands(make: Make) -> None:
    """What lost to a loser is not told as having lost to it."""
    rules = make("\n".join([
        rule("a.best", "X", "aa bb", priority=30), rule("a.next", "X", "bb cc", priority=20),
        rule("a.last", "X", "cc", priority=10),
    ]))  # fmt: skip
    assert lost(rules, "aa bb cc") == [("a.next", "priority", "a.best", "aa bb")]


def test_a_veto_tells_what_it_matched(make: Make) -> None:
    rules = make(rule("a.claim", "X", "claims?", unless=["<N> claims"]) + "\n"
                 + rule("a.n", "N", "\\d+", level="lexicon"))  # fmt: skip
    assert lost(rules, "12 claims and a claim") == [("a.claim", "unless", None, "12 claims")]


def test_a_later_level_can_beat_an_earlier_match(make: Make) -> None:
    rules = make(
        rule("a.early", "X", "big town", level="lexicon") + "\n" + rule("a.late", "X", "town", priority=90)
    )
    assert lost(rules, "a big town") == [("a.early", "priority", "a.late", "town")]


def test_tracing_changes_nothing(make: Make) -> None:
    rules = make("\n".join([rule("a.b", "X", "\\w+ \\w+", unless=["died"]), rule("a.c", "X", "\\w+")]))
    text = "Two died. Three more were hurt in the town of Arden."
    assert rules.find(document(text)) == rules.find(document(text), trace=Trace())


def test_the_command_tells_matches_losers_and_claims() -> None:
    done = CliRunner().invoke(command, ["explain", TEXT])
    assert done.exit_code == 0, done.output
    assert "[At least seven]  quantity.at_least (" in done.stdout
    assert "CLAIMER=[police]" in done.stdout
    assert "lost: QUANTITY [seven] quantity.exact (50): [At least seven] quantity.at_least" in done.stdout
    assert "2 claims" in done.stdout
    assert "stance     deny" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x1b[1m" in CliRunner().invoke(command, ["explain", TEXT], color=True).stdout


def test_the_command_gives_the_same_as_json() -> None:
    done = CliRunner().invoke(command, ["explain", TEXT, "--format", "json"])
    (told,) = json.loads(done.stdout)
    (beaten,) = [one for one in told["lost"] if one["text"] == "seven"]
    assert (beaten["rule_id"], beaten["reason"], beaten["to"]) == (
        "quantity.exact", "priority", "quantity.at_least",
    )  # fmt: skip
    assert told["text"][slice(*beaten["at"])] == "At least seven"
    assert [claim["effect"] for claim in told["claims"]] == ["death", "death"]


def test_articles_come_from_files_and_stdin(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("Police said on Monday that twelve miners had died in the shaft.\n", "utf-8")
    for done in (
        CliRunner().invoke(command, ["explain", str(path)]),
        CliRunner().invoke(command, ["explain", "-"], input=path.read_text("utf-8")),
    ):
        assert done.exit_code == 0, done.output
        assert "[twelve]" in done.stdout


def test_a_text_cannot_give_the_terminal_orders() -> None:
    done = CliRunner().invoke(command, ["explain", "Police said \x1b]0;x\x07that 12 died."], color=True)
    assert "\x1b]0" not in done.stdout


@pytest.mark.parametrize("text", ["", "   ", "x" * 5000, "🔥 e\u0301"])
def test_any_text_can_be_explained(text: str, tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(rule_file(rule("a.b", "X", "\\w")), "utf-8")
    assert CliRunner().invoke(command, ["explain", text, "--rules", str(path)]).exit_code == 0
