"""What the lines around an article say on news pages: kinds of lines as patterns, one a row.

The notices in whole sentences stand in :mod:`toolkit.ingest.page_notices`, who wrote, took or published what in
:mod:`toolkit.ingest.page_credits`.

Each row of ``lines`` is a regular expression for a whole line, tried without regard to case, with
single spaces and without a leading bullet. ``<NAME>`` stands for the piece of that name in PIECES.
Nothing here knows a site, an event or a text: a row is a habit that many sites share.
"""

# ruff: noqa: E501 (a row of a table is one line)

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Opens = Literal["", "list", "end", "comments", "legal", "sign-off", "caption", "author"]


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind of line: its reason, its longest line in words, what may stand below it, its patterns.

    ``opens`` says what the lines below belong to: a ``list`` of links (the article may go on after
    it), the ``end`` of the page (readers' comments: it may not), ``comments`` or a mere
    link to them, a ``legal`` notice or a ``sign-off``
    (the article goes on only where the subject does), a picture's ``caption`` (one
    line). A note on the ``author`` counts only where the article is over.
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
    "OURS": (
        r"\b(our|my) (\w+ )?(reporters?|journalists?|journalism|newsroom|readers|reporting|newsletters?|briefings?"
        r"|podcasts?|apps?|website|coverage|channels?|subscribers|inbox)\b"
    ),
    "CALL": (
        r"\b(donat\w+|contribute|subscri\w+|sign(ing)? up|fund(ed)? by|membership|join us|newsletter"
        r"|patron|republish\w*|tell us|help us|support us|you|your)\b"
    ),
    "PRESS": (
        "(reporter|correspondent|journalist|editor|columnist|writer|producer|photographer|contributor|blogger"
        "|bureau chief|broadcaster|intern)"
    ),
    "ENDS": "[:»›>…]*",
}

KINDS = (
    Wording("advertisement", 12, r"""
        [-–—*\[(]* ?(advertisements?|advertising|advertisement feature|promoted|paid content|ad) ?[-–—*\])]*
        sponsored( by .{2,30}| content| post)?|promoted links?( by .{2,20})?|text ad ?:.*
        advertisement ?[-–—:|] ?.{0,60}|(advert|sponsored|ad) ?: ?\S.*
        (article|story|text) continues (below|after).*
        (continue|scroll)( down)? (reading )?(below|after|to continue)\b.*
        remove ads\b.*
    """),
    Wording("list of other articles", 9, r"""
        (the )?(latest|recent|top|more|other|related|similar|trending|popular)( [\w-]+)? <THINGS>( for you)?<ENDS>
        (the )?(recommended|featured|breaking|must[ -]read|sponsored|promoted|suggested) <THINGS>( for you)?<ENDS>
        (more|other|related|latest|top) <THINGS> (on this( topic)?|(from|in|about|on) .{2,30}?)<ENDS>
        (related|latest|trending( now| \w+ly)?|recommended( for you)?|just in|similar|markets)<ENDS>
        (related|visual|video|web|photo|featured?|external|last|all|today['’]?s|local|latest)( internet| web)? (topics?|stor(y|ies)|news|links?|galler(y|ies)|videos?|weather|obituaries|events|paper|jobs)<ENDS>
        (videos?|stories|news|articles?) (recommended|suggested|of the day|for you|on (the|this|the same) (topic|subject))<ENDS>
        on (the same|this) (subject|topic|story)<ENDS>
        (upcoming events|what['’]s on|fixtures( (and|&) results)?|poll|quiz|market data|stock watch|exchange rates|prayer times|gold price|around the \w+|e-?paper)<ENDS>
        explore (more|further)( .{2,40})?<ENDS>
        (the )?most (read|popular|viewed|shared|commented|discussed|watched|recent)( .{2,20}?)?<ENDS>
        (the )?editors?['’]?s? (picks?|choice|selection)<ENDS>
        (what to read next|read next|up next|next up|in other news|further reading|keep reading)<ENDS>
        ((from )?around the web|from the web|from our partners|in case you missed it|more like this)<ENDS>
        (more (from|on|about|in)|also (on|in|from)) .{2,40}?<ENDS>
        you (may|might|could) (also )?(like|be interested in|have missed|enjoy)( (these|this|our|more) [\w ]{2,20})?<ENDS>
        related to this (story|article|topic)<ENDS>|in ?focus|spotlight
        (te puede interesar|lee también|lea también|más noticias|noticias relacionadas|(à )?lire aussi|lesen sie auch|leia também|veja também|leggi anche)<ENDS>
        (don['’]?t miss|also read|(to )?read (also|more|now)|see also|you can also read)<ENDS>
        (previous|next) (post|article|story)<ENDS>
    """, "list"),
    Wording("entry of a list", 5, r"""
        list \d+ of \d+
    """, "caption"),
    Wording("list of sources", 40, r"""
        (external |further )?(sources?|references|external links?|bibliography|footnotes)<ENDS>
        (.{2,60}[.,:] )?["“].{5,200}["”],? ?[—–-]+ ?\w.{0,80}?,? (<DATE>|<MONTH> \d{1,2}|<MONTH> \d{4})\.?
    """),
    Wording("reader comments", 12, r"""
        (leave|post|write|add|submit) (a|your) (reply|comment|response)s?\b.{0,30}
        (join|start) the (conversation|discussion)\W*
        (\d+|no) comments? on .{2,60}
        \d+ (responses|replies|thoughts) (to|on) .{2,80}
        (anonymous (said|says|wrote)\b.{0,20}|<NAME>( <NAME>){0,2} (said|wrote)(\.\.\.|…))
        readers?['’]? (discussion|comments|forum|opinions)( \(\d+\))?|(discussion|comments) about this (post|article)
    """, "end"),
    Wording("comments", 8, r"""
        (view |show |read |see )?(all )?(\(?\d+\)? |no )?comments?( ?[(:] ?\d+\)?)?:?
        comments? \(\d+\) closed|(add|view|read|post|write)( (or|and) (add|view|read|post|write))? comments?|your (thoughts|views|comments)\W*
        (discussion|forum)( \(\d+\))?|(enter|open|go to|join) the (discussion|conversation|forum|comments)\W*
    """, "comments"),
    Wording("share bar", 14, r"""
        (<SITE>[ |,/·•:&+-]*){1,14}
        (?=.*\b(tweet|like|share|shares|facebook|twitter|linked ?in|pin)\b)((<SITE>|like|shares?|recommend|send|\+1|(?>[\d.,]+ ?k?))[ |,/·•:&+-]*){2,14}
        share (this|on|via|with)\b.{0,60}
        share page|about sharing|share or comment on\b.*|advertisement share\b.{0,40}|(facebook|twitter|google) (count|share|like)s?|permalink ?\S*
        click to (share|print|e-?mail)\b.*
        (like this|sharing is caring)[ :!]*
        \(?opens in (a )?new (window|tab)\)?
        [\d.,]+ ?k? (shares?|views?|likes?|reads?|retweets?|restacks?|votes?|comments?)
        (kindly |please )?share (this|the|our) (story|article|post|page|news)\b.{0,40}
        (like )?loading[.…]*|story saved.{0,40}|saved?|print this page|((adjust|change|increase|decrease) )?(text|font)[ -]?size\b.{0,20}|aa?|reuse this content|share ?:
        pic\.twitter\.com/\S+|[—–-] .{2,40} ?\(@\w+\).{0,30}
        (view (this|more) (post )?on|a post shared by|an? \w+ post( by| shared)?:?)\b.{0,160}
    """),
    Wording("link to another article", 40, r"""
        (read (also|more|next|this)|also read|see also|must read|don['’]?t miss|recommended|related) ?[:|»›] ?\S.*
        (more on this( story)?|related (story|stories|articles?|news|content|reading|coverage)) ?[:|»›] ?\S.*
        (watch( now| live| more| also)?|listen|in pictures|live( updates?)?|trending|next|previous|look|read|more|video|photos?|podcast|opinion|explainer|analysis|gallery) ?[:|»›] ?\S.*
        ((you can|you may|to|please) )?(also )?(read|watch|see|look|listen|check)( also| more| too| it)? ?[:|»›] ?\S.*
        (the )?(most (read|popular|viewed|shared|commented|watched)|top stories|hot picks|trending( now)?)( (in|on) [\w ]{2,20})? ?[:|–-] ?\S.*
        \d+:\d\d ?/ ?\d+:\d\d\b.{0,160}
        (it may interest you|you (may|might) (also )?(like|be interested in)|on the same (subject|topic)|editors?['’]s? (pick|choice)) ?[:|»›] ?\S.*
        (?-i:READ (ALSO|MORE|NEXT)|ALSO READ|SEE ALSO|MORE:|RELATED)\b ?[–—-]? ?\S.*
        (read (more|on)|continue reading|(see|show|load|learn|find out|view) (more|all)|full story|see all)\W*
        (read (more|on)|continue reading|see more|learn more|find out more) ((about|on|at|here|from|in) .{0,60}|[»›>→]+)
        .{20,600}(…|\.\.\.) ?(continue reading|read more|read on)\b.{0,200}
        (tap|click) (here|on)\b.{0,100}
        read (the )?(full|whole|original|entire) (story|article|report|text|interview)\b.{0,80}
        (for (more|further|full) (details?|information)|to read (more|the full)|read the (full|original))\b.{0,140}
        ((see|view|visit) the (original|full)|originally published)\b.{0,140}
        this (article|story|post|report) (was )?(originally|first) (appeared|published)\b.{0,140}
        (listen to|watch|play) (this|the) ((full|whole|latest|original) )?(article|story|video|audio|episode|interview)\b.{0,60}
    """),
    Wording("source or web address", 12, r"""
        ((source|link|url|via|from|read more|original|website|web|here|see|more|online)( \w+)? ?[:–-]? ?)?(https?://|www\.)\S+
        (source|via|credit)s? ?: ?\S.{0,60}|retrieved from ["“]?(https?://|www\.)\S+
        online:
    """),
    Wording("tags", 40, r"""
        (tags?|tagged( with)?|key ?words?|filed under|categor(y|ies)|posted in|topics?|related topics|labels?) ?:.*
        in this (article|story):.*
        (#\w+[, ]*){2,}
        ([\w&’' -]{1,24} / ){2,6}.{1,120}
        (tags?|topics|categories|keywords|filed under|archives?|calendar|search|menu|home|navigation)
    """),
    Wording("page control", 12, r"""
        page \d+( of \d+)?
        ([«‹<←] ?)?(previous|prev|next|back|older|newer)( (page|posts?|article|story|entries))?( ?[»›>→])?
        1 2( \d+)*( ?…)?( \d+)?( next.{0,3})?
        (back|go|scroll|return|skip|jump) to (the )?(top|content|main content|home(page)?|navigation|comments|main)\W*
        (loading|please wait|close|dismiss|ok|got it|expand|collapse|play|pause|mute|unmute|hide|no thanks)[!…]*
        \d{1,2}[.)] (home|world|news|africa|asia|europe|(north |south |latin )?america|((north|south|west|east) )?(africa|asia|europe)|middle east|business|politics|opinion|sports?|culture|regions?|countries)
        (enlarge( image)?|sign in|log ?in|log ?out|register|my account|sign out|enable javascript.{0,40})
        [×✕✖x]
        ([^>›»|/.]{1,24} [>›»] ){1,6}[^>›»|.]{1,80}
        (?!.*\d)([^|.:]{1,24} \| ){1,12}[^|.:]{1,24}
        (now playing|watch live|play video|video player\b.{0,40}|this is a modal window.{0,40}|close modal|suggest a correction|your email)
        (current time|duration|video duration|loaded|remaining time|playback rate|volume) ?:?( <CLOCK>| \d.{0,40})
        \d+ (of|/) \d+
        list of \d+( items)?|end of (list|article|story|carousel|slideshow)|show (more|less|all)
        (live|breaking|category|live (reporting|updates|blog)|pinned post|key (events|points)|jump to .{2,20}|all times (are|stated) .{2,40}|this live blog (is|has) .{2,40})
        (hide|toggle|show) captions?|replay( more)?( videos?)?.{0,10}|must watch|just watched|skip ads?|story continues|transcript|\d+-minute listen|newer older|join us
        to see content please.{0,60}|(click to (see|view|enlarge)|enlarge this) .{2,40}|scroll down for (the )?(video|photos?|more).{0,20}|report (this )?(ad|error)|(video )?ad feedback|ads by \w+
        heard on .{2,40}|the (content|page|video) you requested\b.{0,80}|got a tv licen[cs]e\?
        ([«‹<]{1,2} ?)?(previous|prev|next)( page)? ?[|·] ?page \d+( of \d+)?.{0,20}|\d{1,2}|buy now|exclusive|loading\b.{2,20}
        (success|error|almost finished|oops)[!.…]*|embed( share| code)?|width px.{0,20}|(the|this) (url|code|link|embed code) has been copied\b.{0,60}
        there was (a problem|an error) (processing|while|with your|with the (request|submission|form))\b.{0,120}|(we need to|please) (confirm|verify) your e-?mail\b.{0,80}|media playback is\b.{0,60}
        (?!.*["“”]).{0,60}\b(ad ?blocker|(reload|refresh) (the|this) page|enable javascript)\b.{0,80}
        download (the |this |full )?(report|pdf|file|map|infographic|document|attachment|transcript)s?\b.{0,40}|(primary country|other countries|content format|disaster( type)?|attachments?|from the section .{2,40})
        \(?(photo|video|audio)s?\)?( ?\(?(photo|video|audio)s?\)?){0,2}|[a-z]{2,4}(/[a-z]{2,4}){1,4}( \([A-Za-z, ]{2,40}\))?
        (accept|reject|allow)( all| cookies)*|(cookie|manage) (settings|options|preferences)|(skip|end of|allow|view) .{1,20} (post|content|embed|tweet)\??( by .{2,60})?
        yes|no|vote( now)?|see results|monthly|one-time|donate( now)?|notifications?
    """),
    Wording("market or weather data", 24, r"""
        [\w .&/:-]{1,24} [$€£]?[\d.,]+( [+−–-]?[\d.,]+)? [+−–▲▼-]?\d+(\.\d+)? ?%
        (today|tonight|tomorrow|<DAY>)\b.{0,20}\d+ ?°.*
        (market |all market |stock )?(data|quotes|prices) (is|are|was|were)? ?(delayed|provided|supplied)\b.*
        (log ?in|sign in) ?[|/] ?.{2,20}
        listen( now| here)?( ?[(–-]? ?\d+(:\d\d)? ?(min(ute)?s?)?\)?)?
        \d+:\d\d( ?/ ?\d+:\d\d)?
    """),
)  # fmt: skip
