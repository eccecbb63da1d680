"""What news pages say to their readers in whole sentences: notices, appeals, forms, authors' notes.

Patterns as in :mod:`toolkit.ingest.page_patterns`. A sentence of an article may well speak of cookies or
subscriptions; these rows ask for the page's own voice ("we", "our readers", "you") and for no quotation.
"""

# ruff: noqa: E501 (a row of a table is one line)

from __future__ import annotations

from toolkit.ingest.page_patterns import Wording

NOTICES = (
    Wording("legal notice", 130, r"""
        (legal (notice|warning|disclaimer)|copyright notice|disclaimer|terms (of|and) \w+) ?[:–—-].*
        (©|\(c\) ?(copyright )?\d{4}|copyright\W{0,4}(\d{4}|by\b|protected\b|reserved\b)).{0,200}
        .{0,200}\ball rights reserved\b.{0,300}
        copyright (NPR|AFP|AP|Reuters|Agence|The|©)\b.{0,140}
        .{0,140}\b(available|licensed|released) under\b.{0,60}\b(creative commons|cc[- ]by|licen[cs]e)\b.{0,80}
        all (publishing )?rights .{0,120}\breserved\b.*
        (?!.*(["“”]|''))(?=.*<COPYING>)(?=.*<LEAVE>)(?=.*<WORKS>).*<FORBIDDEN>.*
        (the |any )?((unauthori[sz]ed )?reproduction|(re)?publication|republishing|reprinting|copying|dissemination)\b(?!.*["“”]).{0,80}\b(prohibited|forbidden)\b.{0,40}
        (<FOOTER>[·|•/&., ]*){2,12}(© ?\d{4}.{0,40})?
    """, "legal"),
    Wording("cookie notice", 70, r"""
        (?!.*["“”]).{0,80}\b(we|our|site|website|partners|page)\b.{0,60}\b(uses?|store|using|place) (of )?cookies\b.*
        by (continuing|using|browsing|clicking|staying)\b.{0,160}\b(cookies?|terms of|privacy|consent|agree to)\b.*
        we (value|care about|respect) your privacy\b.*
        (?!.*["“”])(we|our) .{0,40}\b(partners|vendors)\b.{0,60}\b(store|access|process|use)\b.*
        (?!.*["“”])(this|the following) (article|content|page|section) (contains|includes|uses) content (provided )?(by|from)\b.*
        (?!.*["“”])we (ask for|need) your (permission|consent)\b.*
        (accept|reject|allow|decline|manage)( all)?( cookies| preferences| choices| settings)
        (accept|allow|enable) cookies to\b.{0,120}
    """),
    Wording("newsletter", 45, r"""
        (newsletters?|subscribe|sign[ -]?up|stay (connected|informed|updated|tuned|in touch)|get connected)[!:.»]*
        (subscribe|sign[ -]?up|register)( now| today| here| for free| to our newsletter)[!:.»]*
        (\S+ ){0,4}(subscribe|sign[ -]?up|register)\b.{0,40}\b(newsletter|mailing list|updates?|alerts?|e-?mails?)\b.*
        (\S+ ){0,3}(subscribe|sign[ -]?up)\b.{0,40}\b(letter|channel|digest|free|inbox|premium|podcast)\b.*
        (get|receive|want)\b.{0,80}\b(in|to|into) your (inbox|e-?mail|phone)\b.*
        get (our|the|your) (free |daily |weekly |morning )*(newsletter|e-?mail|updates?)\b.*
        (?!.*["“”])(.{0,160}[.:] )?(enter|type) your e-?mail\b.*|(skip past|after) newsletter promotion|(the|our) (daily|weekly|morning|evening) newsletter\b.{0,80}|(take|get) .{2,60}[.!] download the app|privacy notice ?:.*
        (?!.*["“”])(\W ?)?i (understand|agree|consent|have read)\b.{0,60}\b(agree|registration|terms|policy|site|e-?mails?)\b.*
        (?!.*["“”])(.{0,120}[.:] )?((more than|over|join) )?[\d,.]+ ?k? (\w+ )?(subscribers|followers)( .{0,30})?\.?
        [(\[]?(for )?(subscribers?|members?)( only)? ?: ?.{2,80}
        don['’]?t miss (any|out|an?)\b.{0,60}
        subscribe (to|for|and)\b.{0,80}
        (get|enjoy|for) (unlimited|full|complete)( digital)? access\b.*|(?!.*["“”]).{0,160}\bcancel (at )?any ?time\b.{0,40}
        (subscribe|sign[ -]?up|log[ -]?in|register|continue|keep reading) (to|and|with|for) (continue|keep|read|a|an?|get|free)\b.{0,80}
        (create|make) (an|a free|your( free)?) account\b.*|(already|not yet) (a|an) (subscriber|member).*
        by (signing up|subscribing|providing|entering|submitting|registering)\b(?=.*\b(you|i)\b).{0,200}\b(terms|privacy|agree|consent)\b.*
        (sign[ -]?up|register) for (the|our|a)\b.{2,60}|sign[ -]?up (here|now|today) .*
        (sign|log) ?in to (save|read|follow|continue|view|comment)\b.{0,160}|(your )?e-?mail( address)?\W+(sign ?up|subscribe)\W*
        your subscription (has|could|was)\b.*|newsletter ?[:“"–—|].{2,60}|see (all )?(the|our) newsletters.{0,20}
        (receive|get) (the|our|all) (most|latest|top|best|day['’]s|week['’]s)\b.{0,160}
        (already a subscriber|become a (member|subscriber)).{0,60}
        (please )?(support|donate to|help fund) (us|our|independent|quality) (journalism|work|reporting|newsroom).{0,100}
        (thank you|thanks) for (signing up|subscribing|reading)\b.{0,160}
    """),
    Wording("call to follow", 30, r"""
        (please )?(follow|like|find|join|connect with|visit)( [\w@.,’'-]+){1,7} (on|at|in)\b.{0,20}\b<NETWORK>\b.{0,80}
        (join|follow|subscribe to) (our|the) (.{0,30}\b)?(channel|group|page|community) (on|at|for|now|here)\b.{0,60}
        (download|get|install) (our|the) (.{0,30}\b)?app\b.{0,60}
        (have|got|do you have) (an opinion|a view|thoughts|something to say)\b.{0,120}
        catch (all )?(the )?(latest|live|breaking)\b.{0,240}|(.{0,160}[.] )?download the .{2,40} app\b.{0,80}
        join .{2,40} (telegram|whatsapp|viber)( \w+)? (channel|group|community)\b.{0,100}
        follow (us|@\w+|our .{2,30})\W*|(aa? )?follow us (on|in)\b.{2,40}
        (go to|visit|head to) .{2,40} for (the )?(more|latest|all)\b.*|(?!.*["“”])(.{0,160}[.!] )?follow us on\b.{0,100}
        (what do you think\?|have your say\b).{0,120}|this post is (public|free|for (paid|paying|sub))\b.{0,160}
        follow (our|us|the)\b.{0,60}\b(channels?|page|news|first to know)\b.{0,60}
        (get|download|install)\b.{0,40}\bapp\b.{0,80}
        (for (all )?(the )?latest (news|stor|updates|headlines)\w*|for more (news|stories|updates)|track (the )?latest|get the latest|stay up to date|never miss|be the first to know)\b.{0,160}
        (get|receive|turn on|allow) (breaking |instant |news |free )*(alerts|notifications)\b.{0,80}
        (if you (liked|enjoyed|like|enjoy) this|you made it to the end)\b.{0,200}
    """),
    Wording("call to readers", 110, r"""
        (?!.*["“”])(.{0,240}[.?!] )?(tell us|get in touch|contact us|email us|send us|share your (story|stories|experiences?|views|photos|pictures|videos?))\b.{0,80}\b(e-?mail(ing)?|whatsapp|telegram|using the form|form below|upload|on \+?\d)\b.*
        (?!.*["“”])(some|a selection) of (your|the|readers['’]?) (comments|replies|responses|stories|emails|letters)\b.{0,60}\b(may|might|will) be (used|published|edited|shared|featured)\b.{0,80}
        (?!.*["“”])a selection (of (replies|comments|responses|your \w+) )?(may|might|will) be (used|published|edited|shared|featured)\b.{0,80}
    """),
    Wording("note on the page", 45, r"""
        \(?this (story|article|post|report|page|item|copy) (has|was|is|will be)( not)?( been| being)?( \w+)? (updated?|syndicated|edited|translated|published|auto-?generated)\b.*
        \(?this is a (breaking|developing)( news)? (story|report)\b.{0,160}
        \(?this story (is|will) .{0,20}(developing|be updated)\b.{0,100}
        \(?(except for the headline|with the exception of the headline)\b.{0,200}
        ((more|further) (details?|updates?|information) (to follow|soon|to come|as .{2,30})|more (soon|to follow))\W*
        (developing story|breaking news|check back .{2,60}|refresh for .{2,40})\W*
        (have|got|do you have) (a|any) (news )?(tip|story|correction|questions?|feedback|comments?)\b.{0,240}
        for (feedback|complaints|corrections|inquiries|enquiries|queries|advertising|permissions?)\b.{0,60}\b(contact|e-?mail|call|visit) (us|our|the (editor|newsroom)|\S+@\S+|\+?\d)\b.{0,80}
        to complete the (process|registration|subscription)\b.{0,140}
        a version of this (article|story|report) (appears|appeared|ran)\b.*|quotes (displayed|delayed)\b.*|e-?mail ?: ?\S+@\S+
        this page (is|was|has been) (automatically )?(archived|last (edited|modified|updated))\b.{0,240}
        this (article|report|story) (contains|includes|uses) (information|material|reporting|content) (from|by|provided)\b.{0,120}|some (information|material|reporting) (for|in) this (report|story|article)\b.{0,140}
        a (compilation|round-?up|selection|digest|summary) of (brief |short |the |our |today['’]s )*(news|stories|headlines|reports)\b.{0,60}
        (?!.*["“”])<NAME>( <NAME>){0,3} (publishes|aggregates) .{0,80}\b(reports|stories|articles|news)\b.*
        contact (us|our|(the )?(author|reporter|editor|newsroom))\b.{0,120}
        (?!.*["“”])(.{0,160}[.?!] )?(please )?(tell|send|email|e-mail|write to|contact|message|share with|let) us\b.{0,160}
        (?!.*["“”])(are you|have you|were you|do you)\b.{0,120}\?.{0,80}\b(share|email|e-mail|contact|tell|write|get in touch|advertise)\b.{0,160}
        please include (a|your)\b.{0,100}|what['’]s happening in your (area|town)\b.*
        (found|noticed|spotted|if you (notice|find|see|spot)) an? .{0,20}\b(error|mistake|typo|inaccurac)\w*\b.{0,120}
        (correction|clarification|note to readers)s?( (and|&) \w+)?( \(.{2,30}\))? ?[:–—-] ?.*
        editor['’]?s['’]? note ?[:–—-] ?.*\b(version|updated?|corrected|correction|amended|first published|this (article|story|post|report|piece)|misspel\w+|misstated)\b.*
        .{0,60}\b(an )?(earlier|previous) version of (this|the) (article|story|report|post|headline|page)\b.*
        (this|the) (interview|conversation|transcript|q&a) (has|was) .{0,20}(edited|condensed|shortened)\b.*
        this (article|story) (appeared|appears|was printed) in (the|our) .{2,20}\b(edition|issue)\b.*
        (?!.*["“”]).{0,80}\b(is|are) (not|solely) (responsible|liable)( or liable)? for (the |all |any )*(contents?|accuracy)\b.{0,120}
        (our standards|editorial standards|purchase licensing rights|licen[cs]ing rights)\b.{0,60}
        .{0,200}\bmay (not )?be (republished|reprinted|rebroadcast)\b.{0,200}|republish (our|this)\b.*
        you can find this (story|article) in\b.*
        disclaimer ?: ?.*
        (did you (like|enjoy|find)|was this (article|page|story)) .{2,60}\?.{0,60}
        (the )?(views|opinions) expressed (in|here|by|are)\b.{0,200}
        report (an?) (typo|error|correction|mistake)\b.{0,60}
    """),
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
        (sort by|sorted by) .{2,20}|(most recent|newest|oldest|top) (first|comments)
        (reply|report( abuse)?|like|dislike|upvote|flag)( ?\(?\d+\)?)?|(show|view|hide|load) (more |all |\d+ )*repl(y|ies)
    """),
    Wording("appeal to readers", 90, r"""
        (?!.*["“”])(?=.*<OURS>)(?=.*<CALL>).*
        (give|contribute|donate|support us)\b[: ].{0,20}([$£€]\d+ ?){2,}.*
        (give|contribute|pay) (what you can|once|monthly|now|today)\W*|[$£€]\d{1,3}
        (you['’]ve|you have|you) (reached|made it to) the end\b.{0,60}
        (?!.*["“”])(good|quality|independent) journalism (costs?|needs|takes)\b.{0,200}
        we (rely|depend) on (our |the )?(readers|donations|your)\b.*
        (?!.*["“”]).{0,40}\bfunded by (our )?(readers|donations)\b.*
        (?!.*["“”])(?=.*\b(we|us)\b)(.*[.!?] )?(please |you can )?(support us|donate|become a (patron|member|supporter))\b.*
    """),
    Wording("author's note", 70, r"""
        <NAME>( <NAME>){1,3} (is|works as) (an?|the|our) ([\w&’'-]+,? ){0,7}<PRESS>\b.*
        <NAME>( <NAME>){1,3} (covers|reports on|writes (about|for|on)|writes (?-i:The|<NAME>)|has (covered|reported (on|for|from)|written for))\b.*
        (an? |the )?([\w-]+ ){0,2}<PRESS> (speciali[sz]ing in|who speciali[sz]es|who covers|covering)\b.*
        <NAME>( <NAME>){0,4} is (the|our) (news ?desk|newsroom|web ?desk|editorial (team|board))\b.*
        (contact|reach|e-?mail|call) (the )?(<PRESS>|<NAME>)( <NAME>){0,3},? (at|on|via|by)\b.{0,100}(@|\d{3}[-.) ]).{0,160}
        ((the|this) <PRESS>|<NAME>( <NAME>){1,2}) (can|may) be (reached|contacted) (at|on|by|via|through)\b.{0,160}
        (he|she|they) (can be reached|tweets (as|at)|posts (as|at))\b.{0,160}
        <NAME>( <NAME>){0,3} is (an?|the|our) ([\w&’'-]+ ){0,4}<PRESS> (based|covering|who covers|who writes|focus\w+)\b.*
        ((you can )?(reach|contact|e-?mail|follow)) (him|her|them|me)\b.{0,120}
    """, "author"),
    Wording("about the publisher", 5, r"""
        about (the )?(?-i:[A-ZÀ-Þ])[\w.’'-]*( <NAME>){0,3}:?
    """, "author"),
    Wording("contributors", 50, r"""
        (?!.*["“”])(.{0,160}[.] )?.{2,120}\bcontributed (to this (report|story|article)|reporting)\b.{0,60}
        <NAME>( <NAME>){0,3} reported from <NAME>.{0,80}
        (with|—with) (reports?|reporting|files|inputs?|agency|agencies) ?(from|by)? .{0,80}|\(?with <AGENCY>\)?
    """, "sign-off"),
)  # fmt: skip
