"""Review: what annotators made of the suggestions becomes one set of claims for each document."""

from toolkit.review.adjudicate import settle

__all__ = ["settle"]
