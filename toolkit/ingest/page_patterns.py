"""What the lines around an article say on news pages: kinds of lines as patterns, one a row.

Each row of ``lines`` is a regular expression for a whole line, tried without regard to case, with
single spaces and without a leading bullet. ``<NAME>`` stands for the piece of that name in PIECES.
Nothing here knows a site, an event or a text: a row is a habit that many sites share.
"""

# ruff: noqa: E501 (a row of a table is one line)

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Opens = Literal["", "list", "end", "legal", "sign-off"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of line: its reason, its longest line in words, what may stand below it, its patterns.

    ``opens`` says what the lines below belong to: a ``list`` of links (the article may go on after
    it), the ``end`` of the page (readers' comments: it may not), a ``legal`` notice or a ``sign-off``
    (the article goes on only where the subject does).
    """

    reason: str
    words: int
    lines: str
    opens: Opens = ""


_AGENCIES = (
    "AAP AFP AGERPRES ANA ANI ANSA AP APA APS ATS Anadolu BBC BNO BTA Belga Bernama Bloomberg CNA CNN CTK "
    "DPA EFE FARS Fides GNA IANS INA Interfax IPS IRNA JTA KUNA KNA Kyodo LUSA MAP MENA MTI NAN NTB PA PAP "
    "PNA PTI Reuters REUTERS Ritzau RIA SANA SAPA SPA STT TAP TASS TT Tanjug UNI UPI UNB VOA VNA WAFA "
    "Xinhua Yonhap dpa"
)
AGENCIES = _AGENCIES.split()

PIECES = {
    "AGENCY": f"({'|'.join(AGENCIES)}|Associated Press|Agence France-Presse|Agenc(y|ies)|Newswires?)",
    "DAY": "(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?",
    "MONTH": (
        r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
        r"|nov(ember)?|dec(ember)?)\.?"
    ),
    "DATE": (
        r"(<DAY>,? )?(\d{1,2}(st|nd|rd|th)? <MONTH>,? \d{4}|<MONTH> \d{1,2}(st|nd|rd|th)?,? \d{4}"
        r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
    ),
    "CLOCK": r"\d{1,2}[:.]\d\d(:\d\d)?( ?[ap]\.?m\.?)?( \(?[A-Z]{1,5}([+-]\d+)?\)?)?",
    "AGE": (
        r"(\d+|an?|one|two|three) ?(s|m|h|d|sec(ond)?s?|min(ute)?s?|h(ou)?rs?|days?|weeks?|months?|years?)"
    ),
    "THINGS": (
        "(news|stories|story|articles?|posts?|content|topics?|reading|reads|links?|coverage|headlines"
        "|videos?|items|updates|reports|features|columns)"
    ),
    "SITE": (
        r"(facebook|twitter|x|instagram|youtube|whats ?app|telegram|linked ?in|pinterest|reddit|tiktok|tumblr"
        r"|messenger|e-?mail|print|copy( link| url)?|link|share|tweet|pin|save|bookmark|rss|flipboard|threads"
        r"|bluesky|mastodon|viber|sms|vk|follow|on|via|to|this|article|story|and|or|us|with)"
    ),
    "NETWORK": (
        r"(facebook|twitter|x|instagram|youtube|whats ?app|telegram|linked ?in|google|tiktok|threads|bluesky)"
    ),
    "NAME": r"(?-i:[A-ZÀ-Þ])[\w.’'-]*",
    "FOOTER": (
        "(terms|privacy|cookies?|legal|imprint|about|contact|accessibility|sitemap|policy|of|use|service"
        "|notice|us|conditions|and|settings|careers)"
    ),
    "COPYING": r"\b(reproduc\w+|republish\w*|published|copied|copy|reprint\w*|redistribut\w+|rewritten|used|stored)\b",
    "LEAVE": r"\b(permission|consent|authori[sz]ation|contract|licen[cs]e|in whole|in part|redistributed)\b",
    "WORKS": r"\b(material|content|texts?|articles?|story|stories|photos?|pictures|site|website|news|pages?)\b",
    "FORBIDDEN": r"\b((may|must|can|could|shall|should) not be|no part of|cannot be|prohibited|under no circumstances)\b",
    "ENDS": "[:»›>…]*",
}

KINDS = (
    Wording("advertisement", 12, r"""
        [-–—*\[(]* ?(advertisements?|advertising|advertisement feature|promoted|paid content|ad) ?[-–—*\])]*
        sponsored( by .{2,30}| content| post)?
        (article|story|text) continues (below|after).*
        (continue|scroll)( down)? (reading )?(below|after|to continue)\b.*
        remove ads\b.*
    """),
    Wording("list of other articles", 9, r"""
        (the )?(latest|recent|top|more|other|related|similar|trending|popular)( [\w-]+)? <THINGS>( for you)?<ENDS>
        (the )?(recommended|featured|breaking|must[ -]read|sponsored|promoted|suggested) <THINGS>( for you)?<ENDS>
        (more|other|related|latest|top) <THINGS> (on this( topic)?|(from|in|about|on) .{2,30}?)<ENDS>
        (related|latest|trending|trending now|recommended( for you)?|just in)<ENDS>
        (the )?most (read|popular|viewed|shared|commented|discussed|watched|recent)( .{2,20}?)?<ENDS>
        (the )?editors?['’]?s? (picks?|choice)<ENDS>
        (what to read next|read next|up next|next up|in other news|further reading|keep reading)<ENDS>
        ((from )?around the web|from the web|from our partners|in case you missed it|more like this)<ENDS>
        (more (from|on|about|in)|also (on|in|from)) .{2,40}?<ENDS>
        you (may|might|could) (also )?(like|be interested in|have missed|enjoy)<ENDS>
        (don['’]?t miss|also read|read (also|more|now)|see also)<ENDS>
        (previous|next) (post|article|story)<ENDS>
    """, "list"),
    Wording("reader comments", 12, r"""
        (leave|post|write|add|submit) (a|your) (reply|comment|response)s?\b.{0,30}
        (join|start) the (conversation|discussion)\W*
        (view |show |read |see )?(all )?(\(?\d+\)? |no )?comments?( ?[(:] ?\d+\)?)?
        (\d+|no) comments? on .{2,60}
        \d+ (responses|replies|thoughts) (to|on) .{2,80}
    """, "end"),
    Wording("comment form", 30, r"""
        your e-?mail address will not be (published|shared).*
        required fields are marked.*
        save my name,? e-?mail.*
        (post|submit|cancel) (comment|reply)
        comments? (are|is) closed\.?
        (you must (be )?|please )?log(ged)?[ -]?in (or (register|sign up) )?to (post|leave|join|comment|reply).{0,40}
        this site uses akismet.*
        notify me of .{0,40}(comments?|posts?) by e-?mail\.?
        (name|e-?mail|website|comment|your (name|e-?mail|comment)) ?\*:?
        be the first to comment.?
    """),
    Wording("legal notice", 130, r"""
        (legal (notice|warning|disclaimer)|copyright notice|disclaimer|terms (of|and) \w+) ?[:–—-].*
        (©|\(c\) ?(copyright )?\d{4}|copyright\W{0,4}(\d{4}|by\b|protected\b|reserved\b)).{0,200}
        .{0,200}\ball rights reserved\b.{0,300}
        all (publishing )?rights .{0,120}\breserved\b.*
        (?!.*(["“”]|''))(?=.*<COPYING>)(?=.*<LEAVE>)(?=.*<WORKS>).*<FORBIDDEN>.*
        (reproduction|republication|republishing|reprinting|copying)\b.{0,80}\b(prohibited|forbidden)\b.{0,40}
        (<FOOTER>[·|•/&., ]*){2,12}
    """, "legal"),
    Wording("cookie notice", 70, r"""
        (?!.*["“”]).{0,80}\b(we|our|site|website|partners|page)\b.{0,60}\b(uses?|store|using|place) (of )?cookies\b.*
        by (continuing|using|browsing|clicking|staying)\b.{0,160}\b(cookies?|terms of|privacy|consent|agree to)\b.*
        (accept|reject|allow|decline|manage)( all)?( cookies| preferences| choices| settings)
    """),
    Wording("newsletter", 45, r"""
        (newsletters?|subscribe|sign[ -]?up|stay (connected|informed|updated|tuned|in touch)|get connected)[!:.»]*
        (subscribe|sign[ -]?up|register)( now| today| here| for free| to our newsletter)[!:.»]*
        (\S+ ){0,4}(subscribe|sign[ -]?up|register)\b.{0,40}\b(newsletter|mailing list|updates?|alerts?|e-?mails?)\b.*
        (\S+ ){0,3}(subscribe|sign[ -]?up)\b.{0,40}\b(letter|channel|digest|free|inbox|premium|podcast)\b.*
        (get|receive|want)\b.{0,80}\b(in|to|into) your (inbox|e-?mail|phone)\b.*
        get (our|the|your) (free |daily |weekly |morning )*(newsletter|e-?mail|updates?)\b.*
        (enter|type) your e-?mail\b.*
        don['’]?t miss (any|out|an?)\b.{0,60}
        subscribe (to|for|and)\b.{0,80}
        (already a subscriber|become a (member|subscriber)).{0,60}
        (please )?(support|donate to|help fund) (our|independent|quality) (journalism|work|reporting|newsroom).{0,100}
        (thank you|thanks) for (signing up|subscribing|reading).{0,60}
    """),
    Wording("call to follow", 30, r"""
        (please )?(follow|like|find|join|connect with|visit)( [\w@.,’'-]+){1,7} (on|at|in)\b.{0,20}\b<NETWORK>\b.{0,80}
        (join|follow|subscribe to) (our|the) (.{0,30}\b)?(channel|group|page|community) (on|at|for|now|here)\b.{0,60}
        (download|get|install) (our|the) (.{0,30}\b)?app\b.{0,60}
        follow (us|@\w+)\W*
    """),
    Wording("share bar", 14, r"""
        (<SITE>[ |,/·•:&+-]*){1,14}
        share (this|on|via|with)\b.{0,60}
        click to (share|print|e-?mail)\b.*
        (like this|sharing is caring)[ :!]*
        \(?opens in (a )?new (window|tab)\)?
        [\d.,]+ ?k? (shares?|views?|likes?|reads?|retweets?)
    """),
    Wording("link to another article", 40, r"""
        (read (also|more|next|this)|also read|see also|must read|don['’]?t miss|recommended|related) ?[:|»›] ?\S.*
        (more on this( story)?|related (story|stories|articles?|news|content|reading|coverage)) ?[:|»›] ?\S.*
        (watch( now| live| more| also)?|listen|in pictures|live( updates?)?|trending|next|previous) ?[:|»›] ?\S.*
        (?-i:READ (ALSO|MORE|NEXT)|ALSO READ|SEE ALSO|MORE:|RELATED)\b ?[–—-]? ?\S.*
        (read (more|on)|continue reading|(see|show|load|learn|find out|view) (more|all)|full story|see all)\W*
        (read (more|on)|continue reading|see more|learn more|find out more) ((about|on|at|here|from|in) .{0,60}|[»›>→]+)
        (tap|click) (here|on)\b.{0,100}
        read (the )?(full|whole|original|entire) (story|article|report|text|interview)\b.{0,80}
        (for (more|further|full) (details?|information)|to read (more|the full)|read the (full|original))\b.{0,140}
        ((see|view|visit) the (original|full)|originally published)\b.{0,140}
        this (article|story|post|report) (was )?(originally|first) (appeared|published)\b.{0,140}
        (listen to|watch|play) (this|the) ((full|whole|latest|original) )?(article|story|video|audio|episode|interview)\b.{0,60}
    """),
    Wording("source or web address", 12, r"""
        ((source|link|url|via|from|read more|original|website|web|here|see|more|online)( \w+)? ?[:–-]? ?)?(https?://|www\.)\S+
        (source|via|credit)s? ?: ?\S.{0,60}
        online:
    """),
    Wording("byline", 16, r"""
        (by|author|words|written by|posted by|published by|text by) ?:? <NAME>(,? (and|&|\||in|for|of|at|with))?( ?<NAME>)?( <NAME>){0,3}
        by <NAME>( <NAME>){0,3}((,| and| &)+ <NAME>( <NAME>){0,3}){0,3}((,| in| for| of)+ (the )?<NAME>( <NAME>){0,3})?
        by <NAME>( <NAME>){1,3} ?[|•·–—-] ?.{0,60}
        (administrator|admin|editor(ial)?( (staff|team|board))?|staff( (writer|reporter))?|guest (author|writer))
        (web ?(desk|master|team)|news ?(desk|room|room staff)|our (correspondent|reporter|staff)|online desk)
        ((special|staff|senior|chief) )?correspondent
        (about (the )?)?(author|writer)s?:?
        (agencies|agency report|newswires?|wire services?)
        the (author|writer) is (an?|the)\b.{0,200}
    """),
    Wording("publication line", 18, r"""
        ((first |last )?(published|updated|posted|modified|date)( (on|at))? ?[:|-]? ?)?<DATE>([ ,|@•·–—-]*(at )?<CLOCK>)?( ?[|•·–—-].{0,60})?
        ((first |last )?(published|updated|posted|modified) ?:? ?)?<AGE>( ago)? ?[-–—|•]?
        (first |last )?(published|updated|posted|modified) ?(on|at|:) ?.{0,50}
        \d+[ -]min(ute)?s?( to)? read
        (reading|read) time ?:?.{0,20}
        just now ?[-–—]?
    """),
    Wording("image credit", 60, r"""
        [(\[]?(photos?|images?|pictures?|illustration|graphic|screenshot)( (credits?|source|caption|by|courtesy|of))* ?[:|©/].*
        [(\[]?((file|representational|cover|stock) (photos?|images?|pictures?)|file|photographs?) ?[:|©/].*
        (photo(graph)?s?|images?|pictures?|illustrations?) (by|courtesy( of)?|via)\b.{2,80}
        .{0,400}[(\[][^()\[\]]{0,60}/ ?(AP|EPA|AFP|Reuters|Getty|file|handout|courtesy)\b[^()\[\]]{0,60}[)\]]\.?
        .{0,400}[(\[](AP|EPA|AFP|Reuters)[ /-]+(photo|images|EFE)\b[^()\[\]]{0,60}[)\]]\.?
        .{0,400}[(\[](file|handout|courtesy)([:,/ ][^()\[\]]{0,40})?[)\]]\.?
        .{0,400}\b(?-i:REUTERS/[A-Z])\S.{0,60}
        .{0,400}(©|/|via|\|) ?(?-i:AFP|AP|EPA|Getty Images|Reuters|Shutterstock|Anadolu)( (via Getty Images|Images|Photo|pool))?
        getty images|(image|photo) (source|caption|credit)s?(, .{0,60})?
    """),
    Wording("tags", 40, r"""
        (tags?|tagged( with)?|keywords?|filed under|categor(y|ies)|posted in|topics?|related topics|labels?) ?:.*
        in this (article|story):.*
        (#\w+[, ]*){2,}
        (tags?|topics|categories|keywords|filed under|archives?|calendar|search|menu|home|navigation)
    """),
    Wording("page control", 12, r"""
        page \d+( of \d+)?
        ([«‹<←] ?)?(previous|prev|next|back|older|newer)( (page|posts?|article|story|entries))?( ?[»›>→])?
        1 2( \d+)*( ?…)?( \d+)?( next.{0,3})?
        (back|go|scroll|return|skip|jump) to (the )?(top|content|main content|home(page)?|navigation|comments|main)\W*
        (loading|please wait|close|dismiss|ok|got it|expand|collapse|play|pause|mute|unmute|hide|no thanks)[!…]*
        (enlarge( image)?|sign in|log ?in|log ?out|register|my account|sign out|enable javascript.{0,40})
        [×✕✖x]
        ([^>›»|/.]{1,24} [>›»] ){1,6}[^>›»|.]{1,80}
        (log ?in|sign in) ?[|/] ?.{2,20}
        listen( now| here)?( ?[(–-]? ?\d+(:\d\d)? ?(min(ute)?s?)?\)?)?
        \d+:\d\d( ?/ ?\d+:\d\d)?
    """),
    Wording("note on the page", 45, r"""
        \(?this (story|article|post|report|page|item|copy) (has|was|is|will be)( been| being)?( \w+)? (updated?|syndicated|edited|translated|published|auto-?generated)\b.*
        \(?this is a (breaking|developing)( news)? (story|report)\b.{0,160}
        \(?this story (is|will) .{0,20}(developing|be updated)\b.{0,100}
        \(?(except for the headline|with the exception of the headline)\b.{0,200}
        ((more|further) (details?|updates?|information) (to follow|soon|to come|as .{2,30})|more (soon|to follow))\W*
        (developing story|breaking news|check back .{2,60}|refresh for .{2,40})\W*
        (have|got|do you have) (a|any) (news )?(tip|questions?|feedback|comments?)\b.{0,120}
        contact (us|our|the (author|reporter|editor|newsroom))\b.{0,80}
        (did you (like|enjoy|find)|was this (article|page|story)) .{2,60}\?.{0,60}
        (the )?(views|opinions) expressed (in|here|by|are)\b.{0,200}
        report (an?) (typo|error|correction|mistake)\b.{0,60}
    """),
)  # fmt: skip
