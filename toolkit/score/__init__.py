"""How good drafts are against gold: what was found, missed and invented, per label, link, property and rule.

Spans are held side by side (:mod:`toolkit.model.matching`), counted document by document
(:mod:`toolkit.score.compare`), and both sides wait on disk (:mod:`toolkit.score.sides`), so memory does
not grow with them.
"""

from toolkit.score.figures import Count, Properties, Score, Shares
from toolkit.score.scoring import score_files

__all__ = ["Count", "Properties", "Score", "Shares", "score_files"]
