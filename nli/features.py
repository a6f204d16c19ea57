"""What the aggregator looks at: one article's scores for one claim, as a fixed-length vector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nli.symbols import names, numbers, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nli.article import Article
    from nli.relevance import Relevance

ENTAILMENT, CONTRADICTION, NEUTRAL = 0, 1, 2

FEATURES = (
    "best entailment: E", "best entailment: C", "best entailment: N",
    "best contradiction: E", "best contradiction: C", "best contradiction: N",
    "relevant entailment", "relevant contradiction",
    "second entailment", "second contradiction", "margin",
    "highest entailment", "highest contradiction", "lowest neutral",
    "joint: E", "joint: C", "joint: N",
    "relevance", "relevance of entailment", "relevance of contradiction", "second relevance",
    "relevance lost by entailment", "relevance lost by contradiction",
    "overlap", "overlap with entailment", "overlap with contradiction", "coverage",
    "names nowhere", "names not in entailment", "names not in contradiction",
    "has numbers", "numbers nowhere", "numbers not in contradiction",
)  # fmt: skip
_FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model said of the sentences it read."""

    indices: tuple[int, ...]
    """Positions in the article of the sentences read, ascending."""
    scores: NDArray[np.float32]
    """Shape (read, 3): entailment, contradiction, neutral of each in its context."""
    joint: NDArray[np.float32]
    """Shape (3,): the same of the most telling sentences together."""

    def weighed(self, relevance: Relevance) -> NDArray[np.float32]:
        """Shape (read, 2): entailment and contradiction, discounted by lack of relevance.

        A window that entails or contradicts through its context only, or by way of another
        matter, loses to the sentence that is about the claim.
        """
        return self.scores[:, :2] * relevance.sentences[list(self.indices), None]


def document_features(
    article: Article, claim: str, reading: Reading, relevance: Relevance
) -> NDArray[np.float64]:
    """Features of shape (len(FEATURES),), in the order of FEATURES."""
    read = list(reading.indices)
    logs = np.log(np.maximum(reading.scores, _FLOOR))
    weighed = reading.weighed(relevance)
    best = weighed.argmax(axis=0)
    entailment, contradiction = (_first_two(weighed[:, stance]) for stance in (0, 1))
    near = relevance.sentences[read]
    literal = relevance.overlap[read]
    top_relevance = float(near.max())
    values = [
        *logs[best[0]],
        *logs[best[1]],
        _logit(entailment[0]),
        _logit(contradiction[0]),
        _logit(entailment[1]),
        _logit(contradiction[1]),
        entailment[0] - contradiction[0],
        _logit(float(reading.scores[:, ENTAILMENT].max())),
        _logit(float(reading.scores[:, CONTRADICTION].max())),
        float(logs[:, NEUTRAL].min()),
        *np.log(np.maximum(reading.joint, _FLOOR)),
        top_relevance,
        near[best[0]],
        near[best[1]],
        _first_two(near)[1],
        near[best[0]] - top_relevance,
        near[best[1]] - top_relevance,
        float(literal.max()),
        literal[best[0]],
        literal[best[1]],
        float(relevance.weights @ relevance.pieces[:, read].max(axis=1)),
        *_symbols(article, claim, read, (read[best[0]], read[best[1]])),
    ]
    return np.asarray(values, dtype=np.float64)


def _symbols(
    article: Article, claim: str, read: Sequence[int], best: tuple[int, int]
) -> tuple[float, ...]:
    """How many of the claim's names and numbers are missing, and where."""
    around = {neighbour for index in read for neighbour in (index - 1, index) if neighbour >= 0}
    texts = [article.sentences[index].text for index in (*sorted(around), *best)]
    all_read, entailing, contradicting = " ".join(texts[:-2]), texts[-2], texts[-1]
    claimed, quantities = names(claim), numbers(claim)
    return (
        len(claimed - words(all_read)),
        len(claimed - words(entailing)),
        len(claimed - words(contradicting)),
        float(bool(quantities)),
        len(quantities - numbers(all_read)),
        len(quantities - numbers(contradicting)),
    )


def _first_two(values: NDArray[np.float32]) -> tuple[float, float]:
    ordered = np.sort(values)[::-1]
    return float(ordered[0]), float(ordered[1]) if len(ordered) > 1 else 0.0


def _logit(probability: float) -> float:
    return float(np.log(probability + _FLOOR) - np.log(1.0 - probability + _FLOOR))
