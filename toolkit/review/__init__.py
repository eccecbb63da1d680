"""Review: what annotators made of the suggestions becomes one set of claims for each document."""

from toolkit.review.adjudicate import settle
from toolkit.review.disagreements import Disagreement, Disputed, disagreements
from toolkit.review.strategies import STRATEGIES, Strategy

__all__ = ["STRATEGIES", "Disagreement", "Disputed", "Strategy", "disagreements", "settle"]
