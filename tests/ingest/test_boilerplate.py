"""Page junk is marked by kind, and the article around it is left alone."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.config import Limits
from toolkit.ingest import mark, normalise, read_documents
from toolkit.ingest.page_credits import SIGNED
from toolkit.ingest.page_notices import NOTICES
from toolkit.ingest.page_patterns import KINDS
from toolkit.model import Document

SHARED = Path(__file__).parents[2].parent / "shared"
LEAD = "The governor of Dakora said on Friday that nine miners died when a shaft near Lake Tem fell in."
NEXT = "The miners' union in Dakora counted fourteen dead and said the governor had ignored its warnings."
LAST = "Rescuers were still searching the shaft for missing miners on Saturday, the union added."
TEASERS = (
    "A court in Oslo has ordered a software maker to pay back licence fees to hundreds of schools.",
    "Cricket fans camped outside stadiums as tickets for the winter tour went on sale across Punjab.",
    "Scientists in Chile have photographed a comet whose tail is longer than any yet measured by them.",
)


def marked(text: str, title: str | None = None) -> list[str]:
    return [text[region.start : region.end] for region in mark(text, title=title)]


def lines_of(text: str) -> set[str]:
    return {line.strip() for piece in marked(text) for line in piece.split("\n") if line.strip()}


JUNK = """
Were you there? Tell us by emailing news@example.org. A selection of replies may be used.
Some of your stories may be published.
ADVERTISEMENT
Advertisement - story continues below
Advert: Cars for sale in thirty minutes!
Most read in News: 1 Woman, 91, dies after crash 2 Firm denies felling oaks
0:00 / 1:42 Video: Six hurt in a Main Street crash
6 hours ago. Updated 21 minutes ago
LPN / Updated: Jul 17, 2025, 21:40 IST
Sign in to save this story. Subscribers get it all for £2 a month.
Accept cookies to view this content. Manage choices
Email address   SIGN UP
— Advertisement —
Article continues below this advert
READ MORE: Five maps of the region
Also read | Minister resigns over contracts
Related: What we know about the mine
More on this story: the owners' reply
Watch: Drone footage of the mine
Read the full report here
A shaft near the lake fell in on Friday and nine miners … Continue reading Nine miners die at Lake Tem
1. Home
2. West Africa
Listen to this article
Listen (4 min)
Share this article: Facebook Twitter WhatsApp
Facebook Twitter WhatsApp Email
Share on Facebook | Share on X | Copy link
Click to share on Twitter (Opens in new window)
1.2k shares
Follow us on Facebook, X and Instagram
Join our WhatsApp channel for the latest news
Download our app for breaking news
Sign up for our morning newsletter
Subscribe to our mailing list to get the new updates!
Get the day's top stories in your inbox
Your email address will not be published. Required fields are marked *
Save my name, email, and website in this browser for the next time I comment.
You must be logged in to post a comment.
We use cookies to improve your experience on this site.
By continuing to browse the site you agree to our use of cookies.
By Anna-Maria Ode
BY JOHN SMITH
By Ada Lovelace and Charles Babbage in London
administrator
News Desk
Published: July 30, 2024 10:05 am
Tue, 30 July 2024, 11.05 BST
Updated 3 hours ago
46 minutes -
3 min read
Photo: Jane Doe/AFP
(Photo by Jane Doe/Getty Images)
FILE PHOTO: Miners leave the shaft in 2019. REUTERS/Jane Doe
Miners wait at the gate on Friday. (AP Photo/Jane Doe)
Image source, Getty Images
Getty Images
Tags: mining, Dakora, accidents
#Dakora #mining #safety
Filed under: Africa
Home > News > Africa
« Previous
Next page »
Page 2 of 3
1 2 3 Next »
Back to top
Skip to content
Load more
https://example.org/news/article?id=7
Source: https://example.org/
Reuters
(AFP/Reuters)
(Reporting by Jane Doe in Dakora; Editing by John Smith and Ada Roe)
Additional reporting by Jane Doe
With inputs from ANI
Contributing: Jane Doe, John Smith
This story has been updated with comments from the ministry.
This is a breaking news story and will be updated.
(Except for the headline, this story has not been edited and comes from a syndicated feed.)
Do you have a news tip? Write to us.
""".strip().split("\n")

ARTICLE = """
A selection of the victims' letters will be shown in the town hall.
Reporting by the inspectorate showed that two exits were blocked.
By Monday the toll had risen to twelve.
By Land and by sea, the rescuers kept arriving.
Follow the money, the union told its members on Friday.
"All of us are responsible," the owner said on Twitter.
More than 40 men work there.
More from the mine was expected on Sunday.
The union published its list without asking for permission of the ministry.
The next day, nine more were found.
Copyright law has nothing to do with it, the owner said.
The photo was taken by a passer-by, police said.
Read the figures again, the mayor told reporters.
In this story nobody is innocent.
(UNM) said it had lost four members.
Comments by the minister were few.
The newsletter of the union named eleven men.
Twenty-one women, 3 children
Deaths: 14
Two hours later the second shaft fell in.
On 30 July 2024 the mine was closed.
The company shares fell by 7 per cent.
Watch out for the second wave, doctors warned.
""".strip().split("\n")


@pytest.mark.parametrize("junk", JUNK)
def test_line_is_marked_and_nothing_else(junk: str) -> None:
    text = f"{LEAD}\n\n{junk}\n\n{NEXT}\n\n{LAST}\n"
    assert lines_of(text) == {junk}


@pytest.mark.parametrize("line", ARTICLE)
def test_line_of_the_article_is_left_alone(line: str) -> None:
    assert marked(f"{LEAD}\n\n{line}\n\n{NEXT}\n\n{LAST}\n") == []


def test_who_wrote_it_is_no_part_of_the_article() -> None:
    note = "Jane Doe joined the Lake Press in 2019 after nine miners died in Dakora."
    about = "Jane Doe said the governor of Dakora had called the union on Friday."
    text = f"By Jane Doe, Chief Reporter\n\n{LEAD}\n\n{NEXT}\n\n{LAST}\n\n"
    assert note in lines_of(text + note)
    assert about not in lines_of(text + about)
    for other in (
        "Journalist specialising in security issues, he has covered the deaths of 100 soldiers.",
        "LPN is the news desk of the Lake Press. Its journalists work round the clock.",
    ):
        assert other in lines_of(text + other)


@pytest.mark.parametrize(
    "section",
    [
        "Latest Stories\n-\nFerry fares to rise in spring\n46 minutes -\nOld lighthouse sold\n1 hour -",
        "Related Articles\n\nFerry fares to rise\n\nThe company that runs them said it would raise fares",
        "More News\n\n  • Politics\n  • Sports\n  • National News",
        "Leave a Reply\n\nI was with the miners and the governor of Dakora lies about the shaft.\n\nMe too!",
        "12 comments\n\nJohn says:\nThe governor of Dakora and the union are wrong about the miners.",
        f"LEGAL WARNING: All rights of the texts are reserved.\n{TEASERS[0]}\n{TEASERS[1]}",
        f"© 2024 Lake Press. All rights reserved.\n\n{TEASERS[2]}",
        f"(Reporting by Jane Doe; Editing by John Smith)\n\n{TEASERS[0]}",
        f"(AFP)\n{TEASERS[1]}\n{TEASERS[2]}",
        "Home\nPolitics\nSport\nContact us",
        "\n\n".join(TEASERS),
    ],
)  # fmt: skip
def test_end_of_the_page_is_marked(section: str) -> None:
    text = f"{LEAD}\n\n{NEXT}\n\n{LAST}\n\n{section}\n"
    assert lines_of(text) == {line.strip() for line in section.split("\n") if line.strip()}


@pytest.mark.parametrize(
    "box",
    [
        "Most read\n1. Ferry fares to rise\n2. Old lighthouse sold\n3. Two arrested over stolen anchors",
        "Related stories\n\nFerry fares to rise\n\nOld lighthouse sold to a hotel group",
        "READ ALSO:\nFerry fares to rise",
        "Newsletter\nSign up for our morning newsletter",
        "Share\nTweet\nPrint",
    ],
)  # fmt: skip
def test_article_goes_on_after_a_box(box: str) -> None:
    text = f"{LEAD}\n\n{NEXT}\n\n{box}\n\n{LAST}\n"
    assert lines_of(text) == set(box.replace("\n\n", "\n").split("\n"))


def test_page_head_does_not_swallow_the_article() -> None:
    text = (
        f"Latest news\nFerry fares to rise\nComments (3)\nMiners killed in Dakora\n{LEAD}\n{NEXT}\n{LAST}\n"
    )
    assert not {LEAD, NEXT, LAST} & lines_of(text)


def test_agency_signs_inside_the_last_line() -> None:
    assert marked(f"{LEAD}\n{LAST} (ILX)\n") == ["(ILX)"]
    assert marked(f"{LEAD}\n{LAST} - Reuters\n") == ["- Reuters"]
    assert marked(f"DAKORA (AP) — {LEAD}\n{LAST}\n") == ["(AP)"]
    # The same abbreviation elsewhere: it is somebody in the story.
    assert marked(f"The union (UNM) said so.\n{LAST} (UNM)\nThe UNM denied it.\n") == []


def test_a_headline_with_the_name_of_the_site_is_junk_where_it_stands_again() -> None:
    headline = "Nine miners die at Lake Tem"
    assert marked(f"{headline} | Radio Sol\n\n{headline}\n\n{LEAD}") == [f"{headline} | Radio Sol"]
    assert not marked(f"{headline} | Radio Sol\n\n{LEAD}")
    assert not marked(f"{headline} - union\n\nUnion: {headline}\n\n{LEAD}")


def test_headline_once_is_the_headline_and_twice_is_junk() -> None:
    head = "Nine miners killed in Dakora"
    assert marked(f"{head}\n\n{LEAD}\n") == []
    text = f"{head}\n\nNINE MINERS KILLED IN DAKORA!\n\n{LEAD}\n{LAST}\n"
    assert marked(text) == ["NINE MINERS KILLED IN DAKORA!"]
    assert marked(f"{LEAD}\n{head}\n{LAST}\n", title=head) == [head]


def test_new_last_paragraph_stays() -> None:
    for teaser in TEASERS:
        assert marked(f"{LEAD}\n\n{NEXT}\n\n{LAST}\n\n{teaser}\n") == []


def test_hard_line_breaks_are_not_lines_of_their_own() -> None:
    text = (
        "The governor said that the mine would stay closed for as long as the\n"
        "latest reports\nspeak of gas in the shaft, and that nothing would be published without\n"
        "more from the inspectors, who are\nexpected on Sunday.\n"
    )
    assert marked(text) == []


JUNK_OR_NOT = st.lists(
    st.sampled_from([*JUNK, *ARTICLE, *TEASERS, LEAD, NEXT, LAST, "", "  ", "-", "(AFP)", "Latest Stories"])
    | st.text(max_size=30),
    max_size=25,
)  # fmt: skip


@given(JUNK_OR_NOT)
def test_regions_are_ordered_apart_and_within_the_text(lines: list[str]) -> None:
    text = normalise("\n".join(["x", *lines]).replace("\0", ""), limit=10_000)
    regions = mark(text)
    for region in regions:
        assert 0 <= region.start < region.end <= len(text)
        assert text[region.start : region.end].strip() == text[region.start : region.end]
        assert region.reason
    assert all(left.end < right.start for left, right in pairwise(regions))
    assert mark(text) == regions


def test_every_reason_is_used_by_one_kind() -> None:
    kinds = (*KINDS, *SIGNED, *NOTICES)
    assert len({kind.reason for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    "unit",
    [
        "x\n",
        "Related articles\n",
        "It is done. (ABC)\n",
        ". ",
        "A",
        "A ",
        "(",
        "share ",
        "-\n",
        "© \n",
        "a > ",
    ],
)
def test_time_grows_with_the_text_alone(unit: str) -> None:
    text = LEAD + "\n" + unit * (300_000 // len(unit))
    before = time.process_time()
    mark(text)
    assert time.process_time() - before < 15


GOLD = SHARED / "eval" / "seeds_gold_dev.json"
needs_gold = pytest.mark.skipif(not GOLD.is_file(), reason="no ../shared/eval beside this checkout")


@needs_gold
@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_boilerplate_of_real_pages(number: str) -> None:
    (path,) = (SHARED / "seeds").glob(f"{number}_*.txt")
    (document,) = read_documents([str(path)], limits=Limits())
    assert isinstance(document, Document)
    records = json.loads(GOLD.read_text("utf-8"))["documents"]
    (gold,) = [each for each in records if Path(each["file"]).name == path.name]
    wanted = {i for part in gold["boilerplate"] for i in range(part["start"], part["end"])}
    found = {i for region in document.regions for i in range(region.start, region.end)}
    assert len(wanted & found) >= 0.98 * len(wanted)
    assert len(wanted & found) >= 0.98 * len(found)
    assert all(document.text[part["start"] : part["end"]] == part["text"] for part in gold["boilerplate"])


@needs_gold
def test_real_articles_keep_their_paragraphs() -> None:
    """PolNeAR's texts were cleaned by hand: what is marked in them must be rare and short."""
    total = long = 0
    lines = (SHARED / "eval" / "polnear_train.jsonl").read_text("utf-8").split("\n")
    for text in {json.loads(line)["text"] for line in lines if line}:
        canonical = normalise(text, limit=10**6)
        total += len(canonical)
        long += sum(max(0, region.end - region.start - 250) for region in mark(canonical))
    assert long <= total / 100_000
