"""What rules found becomes claims: who said it, which count of which harm to whom, where and when.

Names come from alias lists (:mod:`toolkit.claims.entities`), sources and contents from attributions
(:mod:`toolkit.claims.attribution`, :mod:`toolkit.claims.speakers`), counts as intervals and dates as
days from :mod:`toolkit.model.number` and :mod:`toolkit.claims.dates`; :mod:`toolkit.claims.assemble`
puts the draft together.
"""

from toolkit.claims.assemble import build_draft
from toolkit.claims.entities import Entities, load_entities

__all__ = ["Entities", "build_draft", "load_entities"]
