"""Label Studio: drafts become tasks with suggestions, people's work comes back as annotations.

Where a request can be done twice, it is asked again; what must happen once is sent once, and the
server's own listing tells what has arrived.
"""

from toolkit.studio.pull.pull import PullReport, Wanted, pull_annotations
from toolkit.studio.push.push import PushReport, push_drafts
from toolkit.studio.reach.connection import Connection, connect
from toolkit.studio.team.adjudication import Adjudication, Dispute, adjudicate
from toolkit.studio.team.arrange import ProjectReport, arrange, look
from toolkit.studio.team.recheck import RecheckReport, recheck

__all__ = [
    "Adjudication",
    "Connection",
    "Dispute",
    "ProjectReport",
    "PullReport",
    "PushReport",
    "RecheckReport",
    "Wanted",
    "adjudicate",
    "arrange",
    "connect",
    "look",
    "pull_annotations",
    "push_drafts",
    "recheck",
]
