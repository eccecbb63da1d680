"""The labelling configuration: the one that ships is right, and every drift is found and named."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.config import load_project
from toolkit.errors import SettingsError
from toolkit.resources import configs
from toolkit.studio.page.labeling import Labeling, check, load

PROJECT = load_project(configs().parent)
XML = load(PROJECT).xml


def faults(xml: str) -> list[str]:
    """What the check says, as lines."""
    return [str(issue) for issue in check(Labeling(xml, "", "claims.xml"))]


def changed(old: str, new: str) -> str:
    """The shipped page with one place changed."""
    assert XML.count(old) >= 1, old
    return XML.replace(old, new, 1)


def test_the_shipped_page_is_right_and_label_studio_takes_it() -> None:
    assert faults(XML) == []
    assert len(load(PROJECT).sha256) == 64


def test_no_article_data_is_ever_in_the_page() -> None:
    assert "<HyperText" not in XML
    assert 'name="text" value="$text"' in XML


@pytest.mark.parametrize(
    ("old", "new", "says", "fix"),
    [
        ('alias="CLAIMER"', 'alias="CLAIMERS"', "unknown label 'CLAIMERS'", "did you mean alias='CLAIMER'"),
        ('<Label value="Hedge"', '<Other value="Hedge"', "the label 'HEDGE' is missing", 'alias="HEDGE"'),
        ('alias="BOILERPLATE"', "", "unknown label 'Page junk'", "BOILERPLATE"),
        ('alias="DATE"', 'alias="CUE"', "the label 'CUE' stands twice", "remove one"),
        (
            'name="label" toName="text"',
            'name="label" toName="txt"',
            "'label' points at 'txt'",
            'toName="text"',
        ),
        ('<Labels name="label"', '<Labels name="span"', "not exactly one Labels tag", 'name="label"'),
        ('name="text" value="$text"', 'name="text" value="$body"', "exactly one plain Text", 'value="$text"'),
        ('<Text name="text"', '<HyperText name="text"', "exactly one plain Text", "run HTML"),
        ('value="$headline"', 'value="$filename"', "tasks have no '$filename'", "$headline"),
        ('alias="withhold"', 'alias="withheld"', "unknown choice of 'stance' 'withheld'", "'withhold'"),
        ('alias="PS-"', 'alias="PS+"', "the choice of 'certainty' 'PS+' stands twice", "remove one"),
        (
            '<Choice value="not said"',
            '<Choices value="not said"',
            "choice of 'certainty' 'Uu' is missing",
            "Uu",
        ),
        ('alias="UFS"', 'alias="ufs"', "choice of 'check' 'ufs'", "use one of"),
        (
            'alias="casualty_unspecified"',
            'alias="casualty"',
            "choice of 'effect' 'casualty'",
            "casualty_unspecified",
        ),
        ('alias="fewer_than"', 'alias="less_than"', "choice of 'modifier' 'less_than'", "did you mean"),
        ('alias="intl_org"', "", "choice of 'claimer_type' 'international organisation'", "intl_org"),
        (
            'name="low" toName="text"',
            'name="lowest" toName="text"',
            "no Number tag named 'low'",
            'name="low"',
        ),
        (
            'name="low" toName="text"',
            'name="lowest" toName="text"',
            "control 'lowest' is none of ours",
            "remove it",
        ),
        ('name="high" toName="text"', 'name="high" toName="headline"', "'high' points at", 'toName="text"'),
        ('<TextArea name="normalized"', '<Rating name="normalized"', "no TextArea tag named", "TextArea"),
        (
            'name="stance" toName="text" perRegion="true"',
            'name="stance" toName="text"',
            "not per region",
            "perRegion",
        ),
        ('<Relation value="counts"/>', "", "the relation 'counts' is missing", '<Relation value="counts"/>'),
        ('hotkey="2"', 'hotkey="1"', "the key '1' is taken by Label 'CLAIM'", "another key"),
        ('alias="deny" hotkey="w"', 'alias="deny" hotkey="Q"', "the key 'q' is taken", "another key"),
        ('whenLabelValue="CLAIMER"', 'whenLabelValue="Claimer"', "wait for the label 'Claimer'", "aliases"),
        ("</Labels>", "</Label>", "not XML: mismatched tag", "well-formed"),
        ("<View ", '<!DOCTYPE v [<!ENTITY a "b">]><View ', "a DOCTYPE", "without DOCTYPE"),
        ('value="Claim"', 'value="&nbsp;"', "not XML: undefined entity", "well-formed"),
    ],
)
def test_every_drift_is_found_with_its_fix(old: str, new: str, says: str, fix: str) -> None:
    found = [line for line in faults(changed(old, new)) if says in line]
    assert len(found) == 1, faults(changed(old, new))
    assert fix in found[0]
    assert found[0].startswith("claims.xml:")


def test_the_line_of_a_fault_is_the_line_in_the_file() -> None:
    xml = changed('alias="CLAIMER"', 'alias="CLAIMERS"')
    line = 1 + xml[: xml.index("CLAIMERS")].count("\n")
    assert f"claims.xml:{line}: unknown label" in faults(xml)[0]


def test_an_entity_bomb_is_not_expanded() -> None:
    bomb = "<!DOCTYPE v [" + "".join(
        f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(30)
    ) + ']><View a="&e30;"/>'  # fmt: skip
    assert len(faults(bomb)) == 1


def test_a_missing_page_and_one_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "configs" / "labeling").mkdir(parents=True)
    (tmp_path / "configs" / "project.yaml").write_text('schema_version: "1"\n')
    project = load_project(tmp_path)
    with pytest.raises(SettingsError, match="does not exist"):
        load(project)
    (tmp_path / "configs" / "labeling" / "claims.xml").write_bytes(b"<View>\n\xff</View>")
    with pytest.raises(SettingsError) as error:
        load(project)
    assert error.value.place.endswith("claims.xml:2")
