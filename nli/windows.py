"""Which parts of an article the model is to read for a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nli.article import Article
    from nli.relevance import Relevance

LEAST = 4
"""Windows read however long they are, as far as the article has that many."""
LEAST_OF_FIRST = 3
"""The same for the first of several articles that one claim is held against: the likeliest."""
LEAST_OF_EACH = 1
"""The same for each of the others."""
CONTEXT_CHARACTERS = 400
"""The sentence before is context only: of a very long one the end is enough."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How much the model may read for one claim."""

    windows: int = 8
    characters: int = 1_500
    """Of premises and, once a window, the claim. A word piece has about 4.4 characters."""


def window(article: Article, index: int) -> str:
    """A sentence with the one before it, which tells who "she" and what "the visit" is."""
    sentence = article.sentences[index].text
    if index == 0:
        return sentence
    return f"{article.sentences[index - 1].text[-CONTEXT_CHARACTERS:]} {sentence}"


def choose(
    articles: Sequence[Article], relevance: Sequence[Relevance], claim: str, budget: Budget
) -> list[list[int]]:
    """For each article the sentences to read, in its order.

    The articles, likeliest first, share one budget: of the first at least three sentences are
    read, of each other one, and then the most relevant of all.
    """
    queue: list[tuple[bool, float, int, int]] = []
    for which, each in enumerate(relevance):
        near = each.in_context
        for rank, index in enumerate(np.argsort(-near, kind="stable")[: budget.windows].tolist()):
            is_spare = len(articles) > 1 and rank >= (LEAST_OF_EACH if which else LEAST_OF_FIRST)
            queue.append((is_spare, -float(near[index]), which, index))
    queue.sort()
    least = max(LEAST, LEAST_OF_FIRST + LEAST_OF_EACH * (len(articles) - 1))
    chosen: list[list[int]] = [[] for _ in articles]
    spent = 0
    for taken, (_, _, which, index) in enumerate(queue[: max(budget.windows, least)]):
        cost = len(window(articles[which], index)) + len(claim)
        if taken >= least and spent + cost > budget.characters:
            break
        spent += cost
        chosen[which].append(index)
    return [sorted(indices) for indices in chosen]


def joint(article: Article, indices: Sequence[int]) -> str:
    """Sentences in the article's order, as one premise: facts may be spread over several."""
    return " ".join(article.sentences[index].text for index in sorted(indices))
