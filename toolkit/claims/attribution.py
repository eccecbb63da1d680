"""From ATTRIBUTION matches to who told what; :mod:`toolkit.claims.contents` settles where a content ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from toolkit.claims import quotes
from toolkit.claims.contents import Place, content_of
from toolkit.claims.cues import lemma_of
from toolkit.model import Document, Found, Match
from toolkit.model.claim import CueType, Stance

# Who thinks, hopes or expects what they say themselves: "said they believe the road is safe" is one claim.
_INNER = frozenset({"believe", "think", "expect", "hope", "fear", "feel", "know", "suspect", "understand"})
_OWN = frozenset({"he", "she", "it", "they", "we", "i"})
_NOBODY = re.compile(r"(?:no[ -]one|nobody|none)\b", re.IGNORECASE)
_AND_THAT = re.compile(r"\b(?:and|but)\s+that\s+$")
_NOT = re.compile(r"\b(?:not|never)\b|n['’]t\b")
_WHAT = re.compile(r"\b(?:what|whatever)\s+$", re.IGNORECASE)
_THEN = re.compile(r",?\s+(?:and|but|while|though|although)\s+$")
_BUT_SOMEBODY = re.compile(r",?\s+but\s+(?:it|he|she|they|the|an?|its|his|her|their)\s")
# "although the firm paid, it did not say how much" is one content, to its end.
_SUBORDINATE = re.compile(
    r"(?:although|though|while|as|if|because|since|when|after|before|despite)\b", re.IGNORECASE
)
_TURNS = re.compile(r"(?:,|;)?\s*(?:\b(?:and|but|or|yet)\b)?(?:\s+it)?[,\s]*$")

_WORDS = frozenset(("SAY", "SAID", "SAY_NP", "SAY_TO", "SAYING", "SAYING_NP", "SAYING_TO", "TELL", "ACCUSE"))
# What ends the words that name a source itself.
_OF = re.compile(r",|['’]s?\s|\b(?:of|in|for|from|at|to|near|across|outside|who|which)\b")
# What the lexicon leaves out, as its words are the active ones: "was rejected by".
_DENIALS = ("deny", "reject", "dismiss", "dispute", "refute", "contest", "contradict")
_PASSIVE = {
    **{lemma: {"type": "deny", "stance": "deny"} for lemma in _DENIALS},
    "confirm": {"type": "confirm"},
}
# "A pilot who works for" before the noun that the word of saying seems to belong to.
_WHO = re.compile(
    r"(?:^|(?<=\n)|[,;]\s|\b(?:and|but|while|as|when)\s)"
    r"(?P<who>(?:(?!(?:is|are|was|were|be|been|has|have|had|do|does|did|said|says|say|told|that|it|he|she|they|in|on|at|to)\b)"
    r"[\w’'-]+\s+){1,6}(?:(?:of|from|in|at|for)\s+(?:[\w’'-]+\s+){1,4})?)"
    r"who\s+(?:(?!(?:said|says|say|told|and|but)\b)[\w’'-]+\s+){1,12}$"
)
# "Police investigating" before the noun that the word of saying seems to belong to.
_DOING = re.compile(
    r"(?:^|(?<=\n)|\b(?:and|but|while|as|when)\s)(?P<who>(?:(?:the|some|several|many|two|three)\s+)?(?:[\w-]+\s+){0,2}(?:police|officials|officers"
    r"|authorities|detectives|investigators|prosecutors|rescuers|firefighters|doctors|medics|nurses|scientists|researchers|experts|lawyers|workers"
    r"|lawmaker|senator|lawyer|attorney|doctor|official|officer|prosecutor|engineer|surgeon|councillor|activist|resident"
    r"|residents|villagers|witnesses|soldiers|troops|rebels|protesters|activists|people|students|relatives|observers|monitors|engineers|divers|crews)\s+"
    r"(?:who\s+(?:are|were)\s+)?(?:investigating|probing|searching|monitoring|studying|working|living|fighting|leading|representing|attending|treating|tracking"
    r"|examining|guarding|handling|helping|defending|opposing|supporting|watching|protesting|fleeing|reviewing|inspecting|combing)\s+"
    r"(?:(?!(?:said|says|say|told)\b)[\w’'-]+\s+){0,8})$",
    re.IGNORECASE,
)
# A sentence with more attributions on one side than these is none that anybody wrote.
MANY = 20

# "said in a statement": where it was said belongs to the phrase, as the other adverbials do.
_MEDIUM = re.compile(
    r"\s+in\s+(?:an?|the|his|her|its|their)\s+(?:[\w-]+\s+){0,2}(?:statement|release|interview|speech|tweet|memo|letter"
    r"|e-?mail|report|post|address|briefing|conference|column|article|editorial)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody says something: places as half-open code points, ``content`` in its unbroken pieces.

    ``elided`` is true where the claimer stands
    with an earlier cue of the sentence ("… and added that").
    """

    claimer: Place
    cue: Place
    phrase: Place
    lemma: str
    type: CueType
    stance: Stance
    content: tuple[Place, ...]
    sentence: Place
    rule_ids: tuple[str, ...]
    score: float
    elided: bool = False

    def holds(self, start: int, end: int) -> bool:
        """Whether a place lies in the content."""
        return any(first <= start and end <= last for first, last in self.content)

    def size(self) -> int:
        """Length of the content in code points."""
        return sum(end - start for start, end in self.content)


def tellings(found: Found) -> list[Telling]:
    """The attributions of a document, in order of their cues."""
    text = found.document.text
    words = {(match.start, match.end): match for match in found.matches if match.label in _WORDS}
    silences = silences_of(found)
    spoken = [m for m in found.matches if m.label == "ATTRIBUTION" and "CUE" in m.groups]
    subjects = [m for m in found.matches if m.label == "SUBJECT"]
    places = {(m.start, m.end) for m in found.matches if m.label == "LOCATION"}
    spoken = [
        m for m in spoken
        if _named_again(text, m, [*spoken, *subjects]) and not _is_dateline(m, places)
    ]  # fmt: skip
    spoken = [m for m in spoken if not any(_covers(silence, m.groups["CUE"]) for silence in silences)]
    spoken = [m for m in spoken if not _quoted(text, m)]
    kept = set(map(id, spoken))
    told: list[Telling] = []
    for sentence in found.sentences:
        here = found.within(*sentence)
        own = [_with_content(text, m, sentence) for m in here if id(m) in kept]
        if own:
            matches = sorted(own, key=lambda m: m.groups["CUE"])
            subject = next((m.groups["SUBJECT"] for m in here if m.label == "SUBJECT"), None)
            told += _of_sentence(found.document, matches, sentence, words, subject)
    told = [one for one in told if not _thought_by_speaker(text, one, told)]
    if not silences:
        return told
    return [replace(telling, content=_before_silence(text, telling.content, silences)) for telling in told]


def _with_content(text: str, match: Match, sentence: Place) -> Match:
    """A match with its content where the rule says that it is all of the sentence before the match."""
    if match.attrs.get("content") != "before":
        return match
    end = match.start
    while end > sentence[0] and text[end - 1].isspace():
        end -= 1
    content = sentence[0], end - text.endswith(",", sentence[0], end)
    return match._replace(groups={**match.groups, "CONTENT": content})


def silences_of(found: Found) -> list[Match]:
    """What the report says is left unsaid, up to what somebody does say.

    "I didn't say so" in a quote is what is quoted.
    """
    text = found.document.text
    return [
        _before_source(found, match) for match in found.matches if match.label == "WITHHELD"
        and not quotes.inside(text, quotes.paragraph(text, match.start)[0], match.start)
    ]  # fmt: skip


def _before_source(found: Found, silence: Match) -> Match:
    """A silence up to where another clause has somebody say or do something."""
    turn = _BUT_SOMEBODY.search(found.document.text, silence.start, silence.end)
    if turn:
        silence = silence._replace(end=turn.start())
    for other in found.within(silence.start, silence.end):
        source = other.groups.get("CLAIMER") if other.label == "ATTRIBUTION" else None
        if source and source[0] > silence.start:
            turn = _THEN.search(found.document.text, silence.start, source[0])
            if turn:
                return silence._replace(end=turn.start())
    return silence


def _thought_by_speaker(text: str, inner: Telling, told: Sequence[Telling]) -> bool:
    """Whether what somebody says is what the same one thinks, so that it is no second claim."""
    if inner.lemma not in _INNER or text[slice(*inner.claimer)].casefold() not in _OWN:
        return False
    return any(
        other is not inner and inner.content[-1][1] <= end and (
            start <= inner.claimer[0] <= start + 6
            or (start < inner.claimer[0] and _AND_THAT.search(text, start, inner.claimer[0]) is not None)
        )
        for other in told for start, end in other.content
    )  # fmt: skip


def _quoted(text: str, match: Match) -> bool:
    """Whether a word of saying stands in a quote: who is quoted tells of it, and no report does."""
    cue = match.groups["CUE"]
    return quotes.inside(text, quotes.paragraph(text, cue[0])[0], cue[0])


def _before_silence(text: str, pieces: tuple[Place, ...], silences: Sequence[Match]) -> tuple[Place, ...]:
    """A content up to where it goes on with what its claimer leaves unsaid ("… and gave no names")."""
    *others, (start, end) = pieces
    for silence in silences:
        link = _TURNS.search(text, start, silence.start) if start < silence.start < end else None
        joined = link and (link[0].strip() or text.startswith("without", silence.start))
        fronted = link and _SUBORDINATE.match(text, start) and "," not in text[start : link.start()]
        if link and joined and not fronted and link.start() > start + 3:
            return (*others, (start, link.start()))
    return pieces


def _named_again(text: str, match: Match, others: Sequence[Match]) -> bool:
    """Whether who stands before a colon speaks elsewhere, too: "Ruiz: …", not "Mali: …" or "Update: …"."""
    if match.attrs.get("named") != "again":
        return True
    if re.match(r"[“\"‘']", text[match.groups["CONTENT"][0] :]):
        return True
    name = text[slice(*match.groups["CLAIMER"])].rsplit(maxsplit=1)[-1].casefold()
    places = [
        other.groups.get("CLAIMER") or other.groups.get("SUBJECT") for other in others if other is not match
    ]
    return any(name in _head(text[slice(*place)]) for place in places if place)


def _is_dateline(match: Match, places: Set[Place]) -> bool:
    """Whether a place stands before a colon: "Mali: two dead in raid"."""
    return match.attrs.get("named") == "again" and match.groups["CLAIMER"] in places


def _head(source: str) -> list[str]:
    """The words of a source up to what it is of: "officials" of "officials in Mali"."""
    return re.findall(r"[\w-]+", _OF.split(source.casefold())[0])


def _of_sentence(
    document: Document,
    matches: Sequence[Match],
    sentence: Place,
    words: dict[Place, Match],
    subject: Place | None,
) -> Iterator[Telling]:
    claimer = subject
    for number, match in enumerate(matches):
        own = match.groups.get("CLAIMER")
        claimer = _source(document.text, own, match.groups["CUE"], sentence) if own else claimer
        if claimer is None or _speaks_in_quotes(document.text, claimer) or _is_nobody(document.text, claimer):
            continue
        what = own and _WHAT.search(document.text, max(sentence[0], own[0] - 12), own[0])
        if what and match.attrs.get("content") != "name":
            continue
        later, earlier = matches[number + 1 :][:MANY], matches[:number][-MANY:]
        pieces = content_of(document, match, later, earlier, sentence)
        if pieces and (document.text[slice(*pieces[0])] != "it" or _denies(match, words)):
            yield _telling(document, match, claimer, pieces, sentence, words, elided=own is None)


def _telling(
    document: Document, match: Match, claimer: Place, pieces: tuple[Place, ...], sentence: Place,
    words: dict[Place, Match], *, elided: bool,
) -> Telling:  # fmt: skip
    cue = match.groups["CUE"]
    word = words.get(cue)
    lemma = lemma_of(document.text[cue[0] : cue[1]])
    attrs = {**_PASSIVE.get(lemma, {}), **(word.attrs if word else {}), **match.attrs}
    kind: CueType = attrs.get("type", "neutral")  # type: ignore[assignment]
    stance: Stance = attrs.get("stance", "affirm")  # type: ignore[assignment]
    phrase = match.groups.get("PHRASE", cue)
    medium = _MEDIUM.match(document.text, phrase[1])
    if medium and not any(start < medium.end() and phrase[1] < end for start, end in pieces):
        phrase = phrase[0], medium.end()
    if stance == "affirm" and _NOT.search(document.text[phrase[0] : cue[0]]):
        stance = "withhold"
    ids = (match.rule_id, word.rule_id) if word else (match.rule_id,)
    return Telling(
        claimer, cue, phrase, str(attrs.get("lemma") or lemma), kind, stance,
        pieces, sentence, ids, min(match.score, word.score if word else 1.0), elided,
    )  # fmt: skip


def _denies(match: Match, words: dict[Place, Match]) -> bool:
    word = words.get(match.groups["CUE"])
    return word is not None and word.attrs.get("type") == "deny"


def _source(text: str, place: Place, cue: Place, sentence: Place) -> Place:
    """A noun phrase without the white space around it; an apposition keeps its closing comma.

    In "two men who took part in the raid told us", who told are the men.
    """
    start, end = place
    while end > start and text[end - 1].isspace():
        end -= 1
    before = end <= cue[0] and start > sentence[0]
    relative = (
        _WHO.search(text, sentence[0], start) or _DOING.search(text, sentence[0], start) if before else None
    )
    return (relative.start("who"), end) if relative else (start, end)


def _speaks_in_quotes(text: str, claimer: Place) -> bool:
    """ "I counted eleven bodies": the one who says so is the one who is quoted."""
    pronoun = text[claimer[0] : claimer[1]].casefold() in {"i", "we", "you", "he", "she", "they", "it"}
    return pronoun and quotes.inside(text, quotes.paragraph(text, claimer[0])[0], claimer[0])


def _is_nobody(text: str, claimer: Place) -> bool:
    """ "No one had counted the passengers": nobody tells anything."""
    return _NOBODY.match(text, *claimer) is not None


def _covers(match: Match, place: Place) -> bool:
    return match.start <= place[0] and place[1] <= match.end


def innermost(told: Sequence[Telling], start: int, end: int) -> Telling | None:
    """The attribution with the shortest content that holds a place."""
    holding = [
        telling for telling in told
        if telling.content[0][0] <= start and end <= telling.content[-1][1] and telling.holds(start, end)
    ]  # fmt: skip
    return min(holding, key=Telling.size, default=None)


def outer(told: Sequence[Telling], inner: Telling) -> tuple[Telling, ...]:
    """The attributions whose content holds this one's source or cue, outermost first."""
    around = [
        telling for telling in told
        if telling.content[0][0] <= inner.cue[0] and telling.content[-1][1] >= inner.cue[1]
        and telling is not inner and telling.holds(*inner.cue) and telling.holds(*inner.claimer)
    ]  # fmt: skip
    return tuple(sorted(around, key=lambda telling: -telling.size()))
