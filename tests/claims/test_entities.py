"""Names: the longest alias wins, case counts, and an event's names hold only in its reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.claims import Entities, load_entities
from toolkit.claims.phrases import group_of
from toolkit.errors import SettingsError

from .conftest import Label, document


def found(entities: Entities, text: str, label: str = "ENTITY") -> list[tuple[str, str]]:
    return [
        (text[match.start : match.end], str(match.attrs["entity"]))
        for match in entities.matches(document(text)) if match.label == label
    ]  # fmt: skip


def test_longest_alias_wins(entities: Entities) -> None:
    assert found(entities, "The UN Security Council met.") == [("UN Security Council", "un.security_council")]


def test_neighbours_in_spelling_are_not_mixed_up(entities: Entities) -> None:
    text = "Mali, Malawi, Niger and Nigeria signed; a Nigerien envoy and a Nigerian one came."
    assert [entity for _, entity in found(entities, text)] == [
        "mali",
        "malawi",
        "niger",
        "nigeria",
        "niger",
        "nigeria",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They told us.", []),
        ("US officials spoke.", ["US"]),
        ("MALI: REBELS CLAIM VICTORY", ["MALI"]),
        ("A turkey crossed the road.", []),
        ("Maliciously, he left.", []),
        ("Mali’s army", ["Mali"]),
    ],
)
def test_case_and_word_ends(entities: Entities, text: str, names: list[str]) -> None:
    assert [name for name, _ in found(entities, text)] == names


def test_places_are_countries_and_places_but_no_adjectives(entities: Entities) -> None:
    assert found(entities, "A Malian town near Gaza and Chad.", "PLACE") == [
        ("Gaza", "gaza"),
        ("Chad", "chad"),
    ]


def test_event_names_hold_only_in_reports_about_it(entities: Entities) -> None:
    inside = "Near Tinzaouaten the rebels struck."
    outside = "Near Aleppo the rebels struck."
    assert ("the rebels", "csp") in found(entities, inside)
    assert "csp" not in {entity for _, entity in found(entities, outside)}


def test_victims_of_the_event(entities: Entities) -> None:
    here = entities.scope(document("A battle near Tinzaouaten."))
    elsewhere = entities.scope(document("A battle near Aleppo."))
    assert group_of("Russians", here, entities) == ("wagner", "Wagner", "external_force")
    assert group_of("Russians", elsewhere, entities)[0] == "russia.people"
    assert group_of("soldiers and Russian mercenaries", here, entities)[0] == "mali.army+wagner"
    assert group_of("Malian soldiers", elsewhere, entities)[:2] == ("mali.army", "Malian soldiers")
    assert group_of("people", elsewhere, entities) == (None, "people", "civilian")


def test_peacekeepers_are_no_mercenaries(label: Label) -> None:
    claims = label(
        "Nine peacekeepers from Chad were wounded. Nine mercenaries from Chad were wounded."
    ).claims
    assert [claim.victim and claim.victim.entity for claim in claims] == [
        "chad.peacekeepers",
        "chad.mercenaries",
    ]


GOOD = 'schema_version: "1"\nentities:\n  - {id: a, name: Alpha, type: militia}\n'
EVENT = 'schema_version: "1"\nevent_id: e\ntitle: E\ntriggers: [X]\n'


@pytest.mark.parametrize(
    ("text", "line", "problem", "fix"),
    [
        ("schema_version: '1'\nentitys: []\n", 2, "unknown key 'entitys'", "did you mean 'entities'?"),
        (GOOD.replace("militia", "millitia"), 3, "'millitia'", "did you mean 'militia'?"),
        (GOOD + "  - {id: a, name: Beta, type: militia}\n", 4, "the id 'a' is taken", "rename"),
        (
            GOOD + "  - {id: b, name: Alpha, type: militia}\n",
            4,
            "the name 'Alpha' is taken",
            "keep it in one",
        ),
        (GOOD + "  - {id: b, name: B}\n", 4, "'type' is missing", "add the key"),
        (GOOD + "  - {id: [}\n", 4, "not YAML", "check indentation"),
        ("schema_version: '1'\nentities: &a []\nplaces: *a\n", 3, "an alias", "write the value out"),
    ],
)
def test_bad_entity_file_names_line_and_fix(
    tmp_path: Path, text: str, line: int, problem: str, fix: str
) -> None:
    path = tmp_path / "names.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_entities([path], [])
    assert f"{path}:{line}:" in str(caught.value)
    assert problem in str(caught.value)
    assert fix in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (EVENT.replace("[X]", "[]"), 4, "/triggers"),
        (EVENT + "start: '2024-02-02'\nend: '2024-02-01'\n", 6, "ends before it starts"),
        (EVENT + "start: soon\n", 5, "'soon'"),
        (EVENT + "victim: []\n", 5, "unknown key 'victim'"),
    ],
)
def test_bad_event_file_names_the_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    path = tmp_path / "event.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=problem) as caught:
        load_entities([], [path])
    assert f"{path}:{line}:" in str(caught.value)


def test_two_events_of_one_id(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(EVENT, "utf-8")
    with pytest.raises(SettingsError, match="taken by"):
        load_entities([], sorted(tmp_path.iterdir()))
