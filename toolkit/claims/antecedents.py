"""What a later "he", "it", "the mayor" or surname can stand for: the parties named so far in a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from toolkit.claims.phrases import ROLES, WORD, core_of, person_in
from toolkit.model import Claimer
from toolkit.model.claim import ClaimerType

_NAME = r"[A-ZÀ-ÞĀ-ŽḀ-Ỿ][\w.'’-]*"
_PROPER = re.compile(rf"{_NAME}(?: (?:(?:de|da|do|del|la|le|al|bin|van|von|of|the|and) )?{_NAME})*")
_WHOLE_NAME = re.compile(rf"(?:{_NAME}\s?){{2,4}}")
_CALLED = re.compile(
    rf"\b(?:called|named|known as|calling (?:itself|themselves))\s+[“\"]?({_PROPER.pattern})"
)
_DESCRIBED = re.compile(
    r"(?:(?:the|a|an|this|that|its|their|his|her|our|one|another)\s|[a-zà-ÿ][\w-]*(?:\s|$)|[\w’'-]+['’]s?\s)(?!.*,)",
    re.IGNORECASE,
)
_GIVEN = re.compile(rf"(?:\b{_NAME} ){{1,3}}$")
# So far back a person's full name may stand, and so long may the names before a surname be (code points).
_FAR, _LONGEST = 100_000, 120
_INSTITUTION = re.compile(
    r"\b(?:Agency|Service|Services|Authority|Ministry|Department|Office|Bank|University|Institute|Council|Court|"
    r"Bureau|Board|Cent(?:re|er)|Federation|Association|Union|Commission|Committee|School|College|Society|League|"
    r"Army|Party|Front|Movement|Alliance|Coalition|Group|Company|Corporation|Corp|Inc|Ltd|Limited|Holdings|Rail|"
    r"Railways?|Airlines?|Airways|Energy|Oil|Gas|Power|Mining|Mines|Foods?|Motors|Industries|Hospital|Clinic|"
    r"Radio|Television|TV|Times|Post|News|Press|Police|Guard|Force|Forces|Foundation|Fund|Trust|Network|"
    r"Observatory|Monitor|Watch|International|National|Cross|Crescent|Nations|States|Brigade|Shipping|Steel|"
    r"Textiles?|Works|Partners|Bloc|Guild|Utility|Firm|Charity|Airline|Retailer|Insurer|Lender|Operator|Collective|Cooperative|Campaign|Initiative|Organi[sz]ation)\b"
)
# Of somebody, and no person: "the general staff", "the president's office".
_STAFF = re.compile(r"\b(?:staff|office|command|council|cabinet|party|team)$", re.IGNORECASE)
# What no firm is called.
_PUBLIC = re.compile(
    r"\b(?:Agency|Authority|Ministry|Department|University|Institute|Council|Court|Bureau|Cent(?:re|er)|Federation"
    r"|Association|Union|Guild|Commission|Committee|School|College|Society|League|Army|Party|Front|Movement|Police"
    r"|Observatory|Crescent|Cross|Nations|Foundation|Brigade|Parliament|Senate)\b"
)
# Whose representative somebody is makes no institution of them.
_OWNER = re.compile(r"^.*['’]s?\s+")
_COMPANY = frozenset({"company", "firm", "operator", "manufacturer", "employer", "carrier", "bank"})
_LESSER = frozenset({"vice", "deputy", "former", "acting", "assistant", "ex", "retired"})
_NO_COMPANY: frozenset[ClaimerType] = frozenset(
    (
        "government",
        "state_forces",
        "rebel_group",
        "jihadist_group",
        "militia",
        "intl_org",
        "witness",
        "media",
        "social_media",
    )
)


@dataclass(frozen=True)
class Antecedent:
    """A claimer or subject that the text calls ``text``; what is not asked of it is not worked out."""

    start: int
    claimer: Claimer
    text: str

    @cached_property
    def _cores(self) -> tuple[str, ...]:
        return tuple(core_of(part) for part in self.text.split(", "))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The nouns that the text has called it by."""
        return frozenset(word for core in self._cores for word in words_of(core))

    @cached_property
    def person(self) -> bool:
        """Whether it is one person, by name or office."""
        if self.claimer.entity is not None:
            return False
        offices = [core for core in self._cores if not _STAFF.search(core)]
        if any(ROLES.intersection(core.casefold().split()) for core in offices):
            return True
        return _is_name(self.claimer) and not any(
            _INSTITUTION.search(_OWNER.sub("", core).title()) for core in self._cores
        )

    @property
    def several(self) -> bool:
        """Whether it is more than one without a name of their own: "security sources"."""
        last = self.claimer.name.rsplit(maxsplit=1)[-1]
        return not self.proper and last.endswith("s") and not last.endswith("ss")

    @property
    def proper(self) -> bool:
        """Whether it has a name of its own."""
        return self.claimer.entity is not None or any(
            word[:1].isupper() for word in self.claimer.name.split()[1:]
        )

    def fits(self, description: str) -> bool:
        """Whether "the weather agency" can mean this one: one of its nouns, and nothing that differs."""
        words = words_of(description) or [""]
        *modifiers, head = words
        if self.person and _INSTITUTION.search(head.title()):
            return False
        if head in _COMPANY and self._is_firm() and self.heads.issuperset(modifiers):
            return True
        fuller = self.proper or len(self.claimer.name.split()) > len(words)
        same = head in self.heads and self.heads.issuperset(modifiers)
        return fuller and same and not (self.heads & _LESSER).difference(modifiers)

    def _is_firm(self) -> bool:
        """Whether it has a name of its own that can be a firm's."""
        return (
            self.proper and not self.person and self.claimer.type not in _NO_COMPANY
            and _PUBLIC.search(self.claimer.name) is None
        )  # fmt: skip


def _is_name(claimer: Claimer) -> bool:
    words = _WHOLE_NAME.fullmatch(claimer.name)
    return words is not None and not _INSTITUTION.search(claimer.name)


def words_of(text: str) -> list[str]:
    """The words in small letters and the singular."""
    return [_singular(word) for word in WORD.findall(text.casefold())]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def name_in_apposition(text: str) -> str | None:
    """The name in "the owner, Ana Ruiz," or "the organisers, an alliance called Open Shore,".

    None where the first part is a name itself, or several people.
    """
    parts = [part for part in " ".join(text.split()).strip(" ,").split(", ") if part]
    if len(parts) < 2 or not _DESCRIBED.match(parts[0]):
        return None
    head = re.findall(r"[\w'’-]+", core_of(parts[0])) or [""]
    if head[-1][:1].isupper():
        return None
    if called := _CALLED.search(parts[1]):
        return called[1].rstrip(".")
    if head[-1].endswith("s") and not head[-1].endswith("ss"):
        return None
    if not _PROPER.fullmatch(parts[1]):
        return None
    return person_in(parts[1], None) or parts[1]


def full_name_before(text: str, start: int, surname: str) -> str | None:
    """ "Ana Ruiz" where the text before a place has that name with the surname, the last one."""
    floor, at = max(0, start - _FAR), start
    while (at := text.rfind(f" {surname}", floor, at)) >= 0:
        end = at + 1 + len(surname)
        if text[max(floor, at - _LONGEST) : at].rpartition(" ")[2].islower():
            continue  # no name, told at a fraction of the time
        given = _GIVEN.search(text, max(floor, at - _LONGEST), at + 1)
        if given is None or end > start or re.match(r"[\w-]", text[end : min(end + 1, start)]):
            continue
        name = person_in(f"{given[0]}{surname}", None)
        if name and " " in name and not re.match(r"(?:The|A|An|In|On|At|But|And|As|For|When)\b", name):
            return name
    return None
