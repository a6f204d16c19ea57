"""Which articles speak about a claim, from where its words were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bot.library.keys import ARTICLE_SHIFT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

REPEATS = 1.2
"""How soon further sentences with the same word stop counting (k1 of BM25)."""
LENGTH = 0.3
"""How much a long article is held back for having more words (b of BM25)."""
TOGETHER = 1.0
"""What words in one sentence count beside words anywhere in the article."""


class Findings:
    """Where the words of a claim occur, sentence by sentence."""

    def __init__(self, words: NDArray[np.int64], keys: NDArray[np.int64], word_count: int) -> None:
        """words[i], a position in the claim below word_count, occurs in sentence keys[i]."""
        order = np.argsort(keys)
        self.keys = keys[order]
        self.words = words[order]
        places = self.keys >> ARTICLE_SHIFT
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        self.articles = places[starts]
        """Keys without position, ascending; shape (articles,)."""
        row = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(places)))
        self.counts = np.bincount(
            row * word_count + self.words, minlength=len(starts) * word_count
        ).reshape(len(starts), word_count)
        """Sentences with the word; shape (articles, words)."""

    def rank(
        self,
        weight: NDArray[np.float64],
        most: int,
        lengths: Mapping[int, int] | None = None,
    ) -> list[int]:
        """The best articles, at most so many, best first, of equally good ones the newest.

        An article scores by the different words of the claim in it, wherever they stand, and
        by its best sentence, as a claim is mostly about one.

        weight has shape (words,). lengths gives the sentences of each article.
        """
        if not len(self.articles):
            return []
        norm = np.ones(len(self.articles))
        if lengths:
            size = np.array([lengths.get(article, 0) for article in self.articles.tolist()])
            norm = 1 - LENGTH + LENGTH * size / max(1.0, size.mean())
        saturated = self.counts * (REPEATS + 1) / (self.counts + REPEATS * norm[:, None])
        scores = saturated @ weight + TOGETHER * self._best_sentence(weight)
        return self.articles[np.lexsort((-self.articles, -scores))[:most]].tolist()

    def _best_sentence(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Weight of the words in the sentence with most of it, for each article."""
        starts = np.flatnonzero(np.diff(self.keys, prepend=-1))
        sums = np.add.reduceat(weight[self.words], starts)
        changes = np.flatnonzero(np.diff(self.keys[starts] >> ARTICLE_SHIFT, prepend=-1))
        return np.maximum.reduceat(sums, changes)


def weights(frequency: NDArray[np.float64], articles: int) -> NDArray[np.float64]:
    """How telling words are: the rarer, the more (BM25's inverse document frequency)."""
    return np.log1p(np.maximum(0, articles - frequency + 0.5) / (frequency + 0.5))
