"""The kinds of lines that news pages put around an article, told by their shape and wording alone.

Nothing here knows a site, an event or a text: each kind is a class of lines that many sites share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

Opens = Literal["", "list", "end", "legal", "sign-off"]
MAX_CHARS = 800


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of lines: the reason to give, the whole line's pattern, and what may follow it.

    ``opens`` says what the lines below belong to: a ``list`` of links (the article may go on after
    it), the ``end`` of the page (readers' comments: it may not), a ``legal`` notice or a ``sign-off``
    (the article goes on only where the subject does).
    """

    reason: str
    pattern: re.Pattern[str]
    words: int
    opens: Opens = ""


def kind_of(line: str) -> Kind | None:
    """The kind of page junk that a line is, or None."""
    if len(line) > MAX_CHARS:
        return None
    # One space at a time: runs of spaces could make some of the patterns very slow.
    line = " ".join(line.split())
    words = line.count(" ") + 1
    bare = _BULLET.sub("", line)
    for kind in _kinds():
        if words <= kind.words and kind.pattern.fullmatch(bare):
            return kind
    return _credit(bare, words)


def trailing_credit(line: str) -> tuple[int, int] | None:
    """Where an agency signs at the end of a line, after the last full stop: "… on Friday. (AFP)"."""
    found = _TRAILING.search(line)
    return found.span(1) if found else None


def dateline_credit(line: str) -> tuple[int, int] | None:
    """Where a dateline names the agency: "BAMAKO, Mali (AP) — …"."""
    found = _DATELINE.match(line)
    return found.span(1) if found else None


_AGENCY_NAMES = (
    "AAP AFP AGERPRES ANA ANI ANSA AP APA APS ATS Anadolu BBC BNO BTA Belga Bernama Bloomberg CNA CNN CTK DPA "
    "EFE FARS Fides GNA IANS INA Interfax IPS IRNA JTA KUNA KNA Kyodo LUSA MAP MENA MTI NAN NTB PA PAP PNA "
    "PTI Reuters Ritzau RIA SANA SAPA SPA STT TAP TASS TT Tanjug UNI UPI UNB VOA VNA WAFA Xinhua Yonhap dpa"
)
_AGENCY = (
    rf"(?:{'|'.join(_AGENCY_NAMES.split())}|Associated Press|Agence France-Presse|Agenc(?:y|ies)|Newswire)"
)
_CODE = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ0-9]{1,9})"
_PARENS = rf"[(\[](?:{_AGENCY}|{_CODE})(?:\s?[/,&-]\s?(?:{_AGENCY}|{_CODE}))*[)\]]"
_TRAILING = re.compile(rf"[.!?…][\"'”’»)\]]*\s+({_PARENS}|[—–-]{{1,2}}\s?{_AGENCY}(?:/{_AGENCY})*)\s*$")
_DATELINE = re.compile(
    rf"[A-ZÀ-Þ][\w’'.-]*(?:[ ,/]+[\w’'.-]+){{0,6}},?\s(\((?:{_AGENCY}|{_CODE})(?:/{_AGENCY})?\))(?=\s*(?:[—–:-]|$))"
)
_BULLET = re.compile(r"^(?:[•·▪■►▶»*>–—-]\s+)+")

_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{1,5}(?:[+-]\d+)?\)?)?"
_DATE = (
    rf"(?:{_DAY},?\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"
)
_AGE = r"(?:\d+|an?|one|two|three)\s*(?:s|m|h|d|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|months?|years?)"
_SITE = (
    r"facebook|twitter|x|instagram|youtube|whats\s?app|telegram|linked\s?in|pinterest|reddit|tiktok|tumblr|"
    r"messenger|e-?mail|print|copy(?: link| url)?|link|share|tweet|pin|save|bookmark|rss|flipboard|threads|"
    r"bluesky|mastodon|viber|sms|signal|line|vk|like|more|follow|on|via|to|this|article|story|and|or|us|with"
)
_THINGS = (
    r"(?:news|stories|story|articles?|posts?|content|topics?|reading|reads|links?|coverage|headlines|videos?|"
    r"items|updates|reports|features|columns)"
)

# (reason, longest line in words, what it opens, patterns of the whole line)
_TABLE: Sequence[tuple[str, int, Opens, Sequence[str]]] = (
    ("list of other articles", 9, "list", (
        rf"(?:the )?(?:latest|recent|top|more|other|related|similar|trending|popular|recommended|featured|"
        rf"breaking|must[ -]read|sponsored|promoted|suggested|further|previous)(?: [\w-]+)? {_THINGS}"
        r"(?: (?:for you|on this|on this topic|from .{2,30}|in .{2,30}))?\s*[:»›>…]*",
        r"(?:related|trending|trending now|recommended(?: for you)?|latest|most (?:read|popular|viewed|shared|"
        r"commented|discussed|watched|recent)(?: .{2,20})?|editors?['’]?s? (?:picks?|choice)|what to read next|"
        r"read next|up next|next up|in other news|(?:from )?around the web|from the web|from our partners|"
        r"more (?:from|on|about|in) .{2,40}|more like this|you (?:may|might|could) (?:also )?(?:like|be interested "
        r"in|have missed|enjoy)|don['’]?t miss|in case you missed it|also in (?:the )?news|"
        r"also read|read (?:also|more|now)|see also|also on .{2,30}|further reading|keep reading|"
        r"previous (?:post|article|story)|next (?:post|article|story))\s*[:»›>…]*",
    )),
    ("reader comments", 12, "end", (
        r"(?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response)s?\b.{0,30}",
        r"(?:join|start) the (?:conversation|discussion)\W*",
        r"(?:view |show |read |see )?(?:all )?(?:\(?\d+\)? |no )?comments?(?: \(\d+\)| ?: ?\d+)?(?: on .{2,60})?",
        r"\d+ (?:responses|replies|thoughts) (?:to|on) .{2,80}",
    )),
    ("comment form", 30, "", (
        r"your e-?mail address will not be (?:published|shared).*", r"required fields are marked.*",
        r"save my name,? e-?mail.*", r"(?:post|submit|cancel) (?:comment|reply)", r"comments? (?:are|is) closed\.?",
        r"(?:you must (?:be )?|please )?log(?:ged)?[ -]?in (?:or (?:register|sign up) )?to (?:post|leave|join|comment|"
        r"reply).{0,40}", r"this site uses akismet.*", r"notify me of .{0,40}(?:comments?|posts?) by e-?mail\.?",
        r"(?:name|e-?mail|website|comment|your (?:name|e-?mail|comment))\s*\*:?", r"be the first to comment.?",
    )),
    ("legal notice", 130, "legal", (
        r"(?:legal (?:notice|warning|disclaimer)|copyright(?: notice)?|disclaimer|terms (?:of|and) \w+)\s*[:–—-].*",
        r"(?:©|\(c\)|copyright\b).{0,200}", r".{0,200}\ball rights reserved\b.{0,300}",
        r"all (?:publishing )?rights .{0,120}\breserved\b.*",
        r".*\b(?:may|must|can|could) not be (?:published|reproduced|copied|redistributed|republished|used|"
        r"broadcast)\b.{0,120}\b(?:without|in whole|in part|rewritten|redistributed)\b.*",
        r".*\bwithout (?:the |our |prior |express |written ){1,3}(?:permission|consent|authori[sz]ation)\b.{0,120}",
        r"(?:reproduction|republication|republishing|reprinting|copying)\b.{0,80}\b(?:prohibited|forbidden|"
        r"not (?:allowed|permitted))\b.{0,40}",
        r"(?:(?:terms|privacy|cookies?|legal|imprint|about|contact|accessibility|sitemap|policy|of|use|"
            r"service|notice|us|conditions|and|settings|careers)[·|•/&., ]*){2,12}",
    )),
    ("cookie notice", 70, "", (
        r".*\b(?:we|our|site|website|partners|page)\b.{0,60}\b(?:uses?|store|using|place) (?:of )?cookies\b.*",
        r"by (?:continuing|using|browsing|clicking|staying)\b.{0,160}\b(?:cookies?|terms|privacy|consent|agree)\b.*",
        r"(?:accept|reject|allow|decline|manage)(?: all)?(?: cookies| preferences| choices| settings)",
    )),
    ("newsletter", 45, "", (
        r"(?:newsletters?|subscribe|sign[ -]?up|stay (?:connected|informed|updated|tuned|in touch)|get connected)"
        r"(?: now| today| here| for free)?\s*[!:.»]*",
        r".{0,60}\b(?:subscribe|sign[ -]?up|register)\b.{0,40}\b(?:newsletter|mailing list|updates?|alerts?|e-?mails?|"
        r"letter|channel|digest|free|inbox|premium|today)\b.*",
        r"(?:get|receive|want)\b.{0,80}\b(?:in|to|into) your (?:inbox|e-?mail|phone)\b.*",
        r"get (?:our|the|your) (?:free |daily |weekly |morning )*(?:newsletter|e-?mail|updates?)\b.*",
        r"(?:enter|type) your e-?mail\b.*", r"don['’]?t miss (?:any|out|an?)\b.{0,60}",
        r"subscribe (?:to|for|and)\b.{0,80}", r"(?:already a subscriber|become a (?:member|subscriber)).{0,60}",
        r"(?:please )?(?:support|donate to|help fund) (?:our|independent|quality) .{0,100}",
        r"(?:thank you|thanks) for (?:signing up|subscribing|reading).{0,60}",
    )),
    ("call to follow", 30, "", (
        r"(?:please )?(?:follow|like|find|join|connect with|visit|add|watch)\b(?: (?:us|our|the|me|@?[\w.’'-]+)){1,6}"
        r" (?:on|at|in|as)\b.{0,20}\b(?:facebook|twitter|x|instagram|youtube|whats\s?app|telegram|linked\s?in|google"
        r"|tiktok|threads|bluesky|signal)\b.{0,80}",
        r"(?:join|follow|subscribe to) (?:our|the) (?:.{0,30}\b)?(?:channel|group|page|community)\b.{0,60}",
        r"(?:download|get|install) (?:our|the) (?:.{0,30}\b)?app\b.{0,60}", r"follow (?:us|@\w+)\W*",
    )),
    ("share bar", 14, "", (
        rf"(?:(?:{_SITE})[\s|,/·•:&+-]*){{1,14}}", r"share (?:this|on|via|with)\b.{0,60}", r"click to (?:share|print|"
        r"e-?mail)\b.*", r"(?:like this|sharing is caring)\s*[:!]*", r"\(?opens in (?:a )?new (?:window|tab)\)?",
        r"[\d.,]+\s?k? (?:shares?|views?|likes?|reads?|retweets?)",
    )),
    ("advertisement", 12, "", (
        r"[-–—*\[(]*\s*(?:advertisements?|advertis(?:ing|ement feature)|sponsored(?: (?:by .{2,30}|content|post))?|"
        r"promoted|paid content|ad)\s*[-–—*\])]*",
        r"(?:article|story|text) continues (?:below|after).*", r"(?:continue|scroll)(?: down)? (?:reading )?"
        r"(?:below|after|to continue)\b.*", r"remove ads\b.*",
    )),
    ("link to another article", 40, "", (
        r"(?:read (?:also|more|next|this)|also read|see also|more on this(?: story)?|related(?: (?:story|article|"
        r"news|content|reading|coverage))?|must read|don['’]?t miss|watch(?: (?:now|live|more|also))?|recommended|"
        r"explained|in pictures|listen|opinion|analysis|live(?: updates?)?|trending|next|previous)\s*[:|»›]\s*\S.*",
        r"(?:READ (?:ALSO|MORE|NEXT)|ALSO READ|SEE ALSO|MORE:|RELATED|WATCH)\b\s*[–—-]?\s*\S.*",
        r"(?:read (?:more|on)|continue reading|see more|show more|load more|view (?:all|more)|learn more|find out more|"
        r"click here|tap here|more|show less|see all|full story|read (?:the )?full (?:story|article))\b\W*"
        r"(?:(?:to|for|here|at) .{0,60})?",
        r"(?:for (?:more|further|full) (?:details?|information|news)|to read (?:more|the full)|read the (?:full|"
        r"original)|(?:see|view|visit) the (?:original|full)|this article (?:was )?(?:originally|first) "
        r"(?:appeared|published)|originally published)\b.{0,140}",
        r"click (?:here|on)\b.{0,100}", r"(?:listen to|watch|play) (?:this|the) (?:article|story|video|audio|episode)"
        r"\b.{0,60}",
    )),
    ("web address", 12, "", (
        r"(?:(?:source|link|url|via|from|read more|original|website|web|here|see|more)(?: \w+)?\s*[:–-]?\s*)?"
        r"(?:https?://|www\.)\S+",
        r"(?:source|via|credit)s?\s*:\s*\S.{0,60}",
    )),
    ("byline", 16, "", (
        rf"(?:By|BY|Author|Words|Written by|Posted by|Published by|Text by)\s*[:]?\s+(?-i:[A-ZÀ-Þ])[\w.’'-]*"
        rf"(?:(?:,| and| &| \|| in| for| of| at|,? with)?\s+(?-i:[A-ZÀ-Þ])[\w.’'-]*){{0,9}}(?:\s*[|•·,–—-]\s*.{{0,60}})?",
        r"(?:administrator|admin|editor(?:ial)?(?: (?:staff|team|board))?|staff(?: (?:writer|reporter))?|guest (?:author|"
        r"writer)|web\s?(?:desk|master|team)|news\s?(?:desk|room|room staff)|our (?:correspondent|reporter|staff)|"
        r"(?:special|staff|senior|chief)? ?correspondent|online desk|about (?:the )?(?:author|writer)s?:?|author|"
        r"agencies|agency report|newswires?|wire services?)",
        r"(?:the )?(?:author|writer) is (?:an?|the)\b.{0,200}",
    )),
    ("publication line", 18, "", (
        rf"(?:(?:first |last )?(?:published|updated|posted|modified|created|issued|date)(?: (?:on|at))?\s*[:|-]?\s*)?"
        rf"{_DATE}(?:\s*[,|@•·–—-]?\s*(?:at )?{_CLOCK})?(?:\s*[|•·–—-].{{0,60}})?",
        rf"(?:(?:first |last )?(?:published|updated|posted|modified)\b\s*:?\s*)?{_AGE}(?: ago)?\s*[-–—|•]?",
        r"\d+[ -]min(?:ute)?s?(?: to)? read", r"(?:reading|read) time\s*:?.{0,20}", r"just now\s*[-–—]?",
        rf"(?:first |last )?(?:published|updated|posted|modified)\b\s*(?:on|at|:).{{0,50}}",
    )),
    ("image credit", 60, "", (
        r"[(\[]?(?:photos?|images?|pictures?|file(?: photos?| images?| pictures?)?|photographs?|illustration|graphic|"
        r"video|screenshot|representational|cover)(?: (?:credits?|source|caption|by|courtesy|image|photo|only|of))*"
        r"\s*[:|©/].*",
        r"(?:photo(?:graph)?s?|images?|pictures?|illustrations?) (?:by|courtesy(?: of)?|via)\b.{2,80}",
        r".{0,400}(?:\[|\()(?:[^()\[\]]{0,60}(?:AP|EPA|AFP|Reuters|Getty|file|handout|courtesy)\b[^()\[\]]{0,60}/|"
        r"file(?:[:,/].{0,40})?|handout.{0,40}|(?:AP|EPA|AFP)[ /-](?:photo|images|EFE).{0,60})[^()\[\]]{0,60}[)\]]",
        r".{0,400}\bREUTERS/[A-Z]\S.{0,60}", r".{0,400}(?:©|/|via|\|)\s?(?:AFP|AP|EPA|Getty Images|Reuters|"
        r"Shutterstock|Anadolu)(?: (?:via )?(?:Getty Images|Images|Photo|pool))?",
        r"getty images|(?:image|photo) (?:source|caption|credit)s?",
    )),
    ("tags", 40, "", (
        r"(?:tags?|tagged(?: with)?|keywords?|filed under|categor(?:y|ies)|posted in|topics?|related topics|"
        r"in this (?:article|story)|labels?|sections?)\s*:.*", r"(?:#\w+[,\s]*){2,}",
        r"(?:tags?|topics|categories|keywords|filed under|archives?|calendar|search|menu|home|navigation)",
    )),
    ("page control", 12, "", (
        r"page \d+(?: of \d+)?", r"(?:[«‹<←]\s*)?(?:previous|prev|next|back|older|newer)(?: (?:page|posts?|article|"
        r"story|entries))?(?:\s*[»›>→])?", r"(?:\d+\s+){2,}(?:…\s*)?(?:\d+\s*)?(?:next.{0,3})?",
        r"(?:back|go|scroll|return|skip|jump) to (?:the )?(?:top|content|main content|home(?:page)?|navigation|"
        r"comments|main)\W*", r"(?:loading|please wait|close|dismiss|ok|got it|expand|collapse|toggle .{2,30}|play|"
        r"pause|mute|unmute|enlarge(?: image)?|sign in|log ?in|log ?out|register|my account|sign out|hide|"
        r"no thanks|enable javascript.{0,40})\W*", r"[×✕✖xX]",
        r"(?:[^>›»|/]{1,24}\s+[>›»]\s+){1,6}[^>›»|]{1,80}", r"(?:login|log in|sign in)\s*[|/]\s*.{2,20}",
        r"listen(?: now| here)?(?:\s*[(–-]?\s*\d+(?::\d\d)? ?(?:min(?:ute)?s?)?\)?)?", r"\d+:\d\d(?: ?/ ?\d+:\d\d)?",
    )),
    ("note on the page", 45, "", (
        r"\(?(?:this (?:story|article|post|report|page|item|copy|is a (?:breaking|developing))(?: (?:has|was|is|will "
        r"be))?(?: been)?(?: being)?)\b.{0,40}\b(?:updated?|developing|breaking|syndicated|published|auto-?generated|"
        r"edited|translated|corrected|more (?:details|updates))\b.{0,160}",
        r"\(?(?:except for the headline|with the exception of the headline)\b.{0,200}",
        r"(?:(?:more|further) (?:details?|updates?|information) (?:to follow|soon|to come|as .{2,30})|more (?:soon|"
        r"to follow)|developing story|breaking news|check back .{2,60}|refresh for .{2,40})\W*",
        r"(?:have|got) (?:a|any) (?:tip|story|news tip|questions?|feedback)\b.{0,120}", r"contact (?:the|us|our)\b.{0,80}",
        r"(?:do you|did you) (?:have|like|enjoy|find)\b.{0,80}\?.{0,60}", r"was this (?:article|page|story) .{2,40}\?",
        r"(?:the )?(?:views|opinions) expressed\b.{0,200}",
        r"report (?:a|an) (?:typo|error|correction|mistake)\b.{0,60}",
    )),
)  # fmt: skip


@cache
def _kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(reason, re.compile(f"(?:{')|(?:'.join(patterns)})", re.IGNORECASE), words, opens)
        for reason, words, opens, patterns in _TABLE
    )


_SIGNED = re.compile(
    r"[(\[]?\s*(?:additional |with additional )?(?:(?:reporting|writing|editing|compiled|edited|reported|translated|"
    r"written|report|story|contributions?|inputs?)\b|with (?:\w+ )?(?:inputs?|contributions?|reporting)\b|"
    r"contribut(?:ing|ed)\b).{0,300}",
    re.IGNORECASE,
)
_SIGNED_WORDS = frozenset(
    """reporting writing editing additional by from in at and with compiled edited reported translated written
    for the of inputs input contributions contribution contributed contributing to this report story article
    agency agencies newsroom bureau desk wires wire service staff reporters correspondents""".split()
)
_ENDS = re.compile(r"[-–—#*(\[\s]*(?:ends?|endit|30)[-–—#*)\]\s]*|###", re.IGNORECASE)
_AGENCY_LINE = re.compile(rf"[—–-]*\s*(?:{_PARENS}|{_AGENCY}(?:\s?[/,&]\s?{_AGENCY})*)\.?")
_SIGN_OFF = Kind("agency credit", _AGENCY_LINE, 6, "sign-off")
_CREDITS = Kind("reporting credits", _SIGNED, 45, "sign-off")


def _credit(line: str, words: int) -> Kind | None:
    """Agencies and desks that sign a report. "Reporting by the ministry showed …" is no such line:
    in a credit every word is a name or one of a few."""
    if words <= _SIGN_OFF.words and (_AGENCY_LINE.fullmatch(line) or (words <= 2 and _ENDS.fullmatch(line))):
        return _SIGN_OFF
    if words <= _CREDITS.words and _SIGNED.fullmatch(line):
        plain = [word.strip("().,;:[]&/–—-") for word in line.split()]
        if all(not word or word[0].isupper() or word.lower() in _SIGNED_WORDS for word in plain):
            return _CREDITS
    return None
