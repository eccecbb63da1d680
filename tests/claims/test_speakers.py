"""Names of sources: parties, their types, and antecedents."""

from __future__ import annotations

import pytest

from .conftest import Label


@pytest.mark.parametrize(
    ("source", "name", "entity", "kind"),
    [
        ("The Malian army", "Malian army", "mali.army", "state_forces"),
        ("Mali's army", "Mali's army", "mali.army", "state_forces"),
        ("The Malian authorities", "Malian authorities", "mali.government", "government"),
        ("Mali", "Mali", "mali.government", "government"),
        ("Foreign Minister Sergei Lavrov", "Sergei Lavrov", None, "government"),
        ("The police chief of Malawi", "police chief", "malawi.police", "state_forces"),
        ("The United Nations", "United Nations", "un", "intl_org"),
        ("Witnesses", "Witnesses", None, "witness"),
        ("Two security sources", "security sources", None, "anonymous"),
        ("Military bloggers", "Military bloggers", None, "social_media"),
        ("The Russian mercenary group Wagner", "Wagner", "wagner", "external_force"),
    ],
)
def test_party(label: Label, source: str, name: str, entity: str | None, kind: str) -> None:
    (claim,) = label(f"{source} said that the road was closed.").claims
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.entity, claim.claimer.type) == (name, entity, kind)
    assert claim.claimer.resolved_by == "explicit"


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Wagner said that it had won. It said that the road was closed.", "Wagner", "wagner"),
        (
            "The Malian army said that it had won. The army said that the road was closed.",
            "Malian army",
            "mali.army",
        ),
        ("Hamas said that it had won. The group said that the road was closed.", "Hamas", "hamas"),
        ("Ana Ruiz said that she ran. She said that the road was closed.", "Ana Ruiz", None),
        ("Ana Ruiz said that she ran. Ruiz said that the road was closed.", "Ana Ruiz", None),
    ],
)
def test_antecedent(label: Label, text: str, name: str, entity: str | None) -> None:
    claim = label(text).claims[-1]
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.entity) == (name, entity)
    assert claim.claimer.resolved_by == "coreference"


def test_he_is_no_organisation(label: Label) -> None:
    claim = label("Wagner said that it had won. He said that the road was closed.").claims[-1]
    assert claim.claimer is not None
    assert claim.claimer.entity is None
