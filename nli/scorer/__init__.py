"""Premise-hypothesis pairs in, probabilities out."""

from nli.scorer.base import Pair, Scorer

__all__ = ["Pair", "Scorer"]
