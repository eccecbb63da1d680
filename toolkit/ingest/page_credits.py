"""Who wrote a report or took a picture, and when: bylines, stamps and captions, one pattern a row.

Patterns as in :mod:`toolkit.ingest.page_patterns`.
"""

# ruff: noqa: E501 (a row of a table is one line)

from __future__ import annotations

from toolkit.ingest.page_patterns import Wording

SIGNED = (
    Wording("byline", 16, r"""
        (by|author|words|written by|posted by|published by|text by) ?:? <NAME>(,? (and|&|\||in|for|of|at|with))?( ?<NAME>)?( <NAME>){0,3}
        by <NAME>( <NAME>){0,3}((,| and| &)+ <NAME>( <NAME>){0,3}){0,3}((,| in| for| of)+ (the )?<NAME>( <NAME>){0,3})?
        by <NAME>( <NAME>){1,3} ?[|•·–—-] ?.{0,60}
        by ((our|the) )?(staff|wire|online|news|agency|web)( (writers?|reporters?|reports?|correspondents?|staff|desk|team|services?))?( ?[|•·–—-] ?.{0,80})?
        by .{2,60} \S+@\S+\.\S+|by .{2,40} <DATE>( .{0,80})?|(rolling|live|full) coverage by .{2,100}
        <NAME>( <NAME>){1,2},? ([\w&’'-]+ ){0,3}<PRESS>
        <NAME>( <NAME>){1,2},? (associated press|agence france-presse)|<NAME>( <NAME>){1,2} ?/ ?(the )?<NAME>( <NAME>){0,3}
        (administrator|admin|(the )?editor(ial)?( (staff|team|board))?|staff( (writer|reporter))?|guest (author|writer))
        ([\w&]+ ){0,3}desk|(reporting|words|edited|written|publishing editor|author|editor|reporter|translated|posted|compiled) ?(by)? ?:? <NAME>([ ,&]+(and |in )?<NAME>){0,5}|([\w&]+ ){0,2}(correspondent|reporter|writer)
        by ?:? <NAME>( <NAME>){1,3} ?([,/|•·–—-]| in | for | @).{1,80}|\(with <NAME>( <NAME>){0,3}\)
        (author|translator|editor)s? ?: .{2,60}|translated from( the)? .{2,80}
        (web ?(desk|master|team)|news ?(desk|room|room staff)|our (correspondent|reporter|staff)|online desk)
        ((special|staff|senior|chief) )?correspondent
        (about (the )?)?(author|writer)s?:?
        (agencies|agency report|newswires?|wire services?)
        the (author|writer) is (an?|the)\b.{0,200}
    """),
    Wording("publication line", 18, r"""
        ((first |last )?(published|updated|posted|modified|date)( (on|at))? ?[:|-]? ?)?<DATE>([ ,|@•·–—-]*(at )?<CLOCK>)?( ?[|•·–—-].{0,60})?
        (first |last )?(published|updated|posted|modified) ?(on|at|:) ?.{0,50}
        (first |last )?(published|updated?|posted|modified|edited|created|date|on)( on| at)? ?[:|-]? ?(<CLOCK>|<DATE>|\d{1,2} <MONTH>|<MONTH> \d{1,2})([ ,/|@•·–—-]*(at )?(<CLOCK>|<DATE>|\d{1,2} <MONTH>|[A-Z]{2,5}\b))*( ?[|•·–—/-].{0,60})?
        .{1,40} ?/ ?(updated|published|posted)\b.{0,60}
        <MONTH> \d{1,2}|\d{1,2} <MONTH>
        <DATE>([ ,|@•·–—-]*<CLOCK>)? ?[|•·–—-]? ?(last )?(updated|modified|published|posted)\b.{0,60}
        (\S+ ){1,4}<DATE>,? <CLOCK>.{0,20}|.{2,40}: ?<DATE>|invalid date,?|published
        (<CLOCK>|yesterday|today),? ?[|•·–—-]? ?(<CLOCK>|<DATE>|\d{1,2} <MONTH>)?
        .{2,40} ?[/|•·–—-] ?(<CLOCK>[ ,]*<DATE>|<DATE>[ ,]*<CLOCK>)
        \d+[ -]min(ute)?s?( to)? read
        (reading|read) time ?:?.{0,20}|published in .{2,60}\d{4}\.?|issued on ?: ?.{2,80}
    """),
    Wording("age of an article", 8, r"""
        ((first |last )?(published|updated|posted|modified) ?:? ?)?<AGE>( ago)? ?[-–—|•]?
        just now ?[-–—]?|\d+ min(ute)?s?
        \d+ (second|minute|hour|day|week)s? ago\W+(last )?updated\b.{0,30}
    """),
    Wording("image credit", 60, r"""
        [(\[]?(photos?|images?|pictures?|illustration|graphic|screenshot)( (credits?|source|caption|by|courtesy|of))* ?[:|©/].*
        .{0,400}[(\[](photos?|images?|pictures?|credit)( (by|credits?|courtesy( of)?))? ?[:©/ ] ?[^()\[\]]{1,80}[)\]]\.?
        .{0,400}[—–-] ?(photos?|images?|pictures?) (by|courtesy of) .{2,60}
        .{0,400}© ?<NAME>( <NAME>){0,3}( ?/ ?<NAME>( <NAME>){0,3})?\.?
        photos? from .{2,40}|\(?(representational|representative|file|illustrative) (image|photo|picture)\)?
        [(\[]?((file|representational|cover|stock) (photos?|images?|pictures?)|file|photographs?) ?[:|©/].*
        (photo(graph)?s?|images?|pictures?|illustrations?) (by|courtesy( of)?|via)\b.{2,80}
        .{0,400}[(\[][^()\[\]]{0,60}/ ?(AP|EPA|AFP|Reuters|Getty|file|handout|courtesy)\b[^()\[\]]{0,60}[)\]]\.?
        .{0,400}[(\[](AP|EPA|AFP|Reuters)[ /-]+(photo|images|EFE)\b[^()\[\]]{0,60}[)\]]\.?
        .{0,400}[(\[](file|handout|courtesy)([:,/ ][^()\[\]]{0,40})?[)\]]\.?
        .{0,400}\b(?-i:REUTERS/[A-Z])\S.{0,60}
        .{0,400}(©|/|via|\|) ?(?-i:AFP|AP|EPA|Getty Images|Reuters|Shutterstock|Anadolu)( (via Getty Images|Images|Photo|pool))?
        image source(, .{0,60})?|(image|photo) credits?(, .{0,60})?
        .{2,200}(?-i:Image source), .{2,60}
        <AGENCY> (photo|pic|picture)s? ?/? ?.{2,40}|.{0,400}[–—-] ?<AGENCY> (file )?(photo|pic|picture)s?
        (image|photo|picture) copyright .{2,60}|(image|media|picture|photo|video) captions? \S.{0,300}|captions? ?: ?\S.{0,300}
        (?-i:FILE)( (?-i:PHOTO|IMAGE|PICTURE))? ?[–—:-] ?\S.{0,400}
        .{0,400}[.!?)”"’] ?(file |staff |stock )?(photo(graph)?s?|images?|pictures?|graphics?|maps?|illustrations?|video|credits?)( credits?)? ?[:©] ?[^.]{2,60}\.?( ?\([^()]{2,80}\))?
        .{0,400}[.!?)”"’] (file |staff |stock )?(photo(graph)?s?|images?|pictures?|illustrations?) (by|courtesy of|via) <NAME>.{0,60}
        .{4,300} (?-i:Credits?): ?[^.]{2,60}|.{0,300}[.] (file|library|archive|stock) (photo(graph)?|image|picture)\.?
    """),
    Wording("map", 14, r"""
        (?!.*\b(shows|said|says|is|was|are|were|has|had)\b)map (of|showing|highlighting|locating) .{2,100}
    """),
    Wording("image credit above a caption", 6, r"""
        (image|photo|media|picture|video) captions?,?:?|getty images|image source, <NAME>( <NAME>){0,3}
    """, "caption"),
)  # fmt: skip
