"""Whether an article is about a claim at all.

Models for natural language inference contradict, and sometimes support, claims about something
else entirely, because they were trained on pairs that are always about the same thing. What a
claim and an article share in words tells the two cases apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nli.symbols import numbers, without_possessive, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nli.article import Article
    from nli.relevance import Relevance

TOPIC_FEATURES = (
    "relevance",
    "relevance squared",
    "second relevance",
    "overlap with a sentence",
    "overlap with the article",
    "coverage by the article",
    "content words found",
    "share of content words missing",
    "names missing",
    "all names missing",
    "numbers missing",
)
_LITERAL = 0.99
_STEM = 5
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_FUNCTION_WORDS = words(
    "a about after all also an and any are as at be because been before both but by can could did "
    "do does first for from had has have he her him his how i if in into is it its just last many "
    "may more most much must my new no not now of off on one only or other our out over said say "
    "says she should so some than that the their them then there these they this those three to "
    "too true two up us was we were what when where which who why will with would you your"
)


@dataclass(frozen=True, slots=True)
class TopicGate:
    """A logistic regression that keeps an article from judging what it is not about."""

    weights: NDArray[np.float64]
    """Shape (len(TOPIC_FEATURES),)."""
    bias: float
    """Set so that hardly any claim is lost that the article does decide."""

    def is_off_topic(self, features: NDArray[np.float64]) -> bool:
        """Whether features of shape (len(TOPIC_FEATURES),) are those of another topic."""
        return float(features @ self.weights) + self.bias > 0


def topic_features(article: Article, claim: str, relevance: Relevance) -> NDArray[np.float64]:
    """What the claim shares with the article as a whole, in the order of TOPIC_FEATURES."""
    text = " ".join(sentence.text for sentence in article.sentences)
    known = words(text)
    stems = {word[:_STEM] for word in known}
    content = [
        (match.group()[0].isupper(), word)
        for match in _WORD.finditer(claim)
        if (word := without_possessive(match.group()).lower()) not in _FUNCTION_WORDS
    ]
    found = [word in known or word[:_STEM] in stems for _, word in content]
    names = [word in known for capital, word in content if capital]
    best = relevance.pieces.max(axis=1)
    near = np.sort(relevance.sentences)[::-1]
    return np.array(
        [
            near[0],
            near[0] ** 2,
            near[1] if len(near) > 1 else 0.0,
            relevance.overlap.max(),
            relevance.weights @ (best > _LITERAL),
            relevance.weights @ best,
            np.log1p(sum(found)),
            1 - sum(found) / len(found) if found else 0.0,
            names.count(False),
            float(bool(names) and not any(names)),
            len(numbers(claim) - numbers(text)),
        ],
        dtype=np.float64,
    )
