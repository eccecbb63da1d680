"""Review: how far annotators agree, and how what they made of the suggestions becomes one set of claims."""

from toolkit.review.adjudicate import settle
from toolkit.review.agreement import Agreement, Section, agreement
from toolkit.review.disagreements import Disagreement, Disputed, disagreements
from toolkit.review.picture import svg
from toolkit.review.scorecard import RuleScore, Scorecard, score_rules
from toolkit.review.statistics import Figure
from toolkit.review.strategies import STRATEGIES, Strategy

__all__ = [
    "STRATEGIES",
    "Agreement",
    "Disagreement",
    "Disputed",
    "Figure",
    "RuleScore",
    "Scorecard",
    "Section",
    "Strategy",
    "agreement",
    "disagreements",
    "score_rules",
    "settle",
    "svg",
]
