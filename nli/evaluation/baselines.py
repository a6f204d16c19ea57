"""Simpler ways to a verdict, for telling what the checker's own ways are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nli.aggregate import VERDICTS
from nli.features import CONTRADICTION, ENTAILMENT
from nli.scorer import Pair
from nli.windows import joint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nli.article import Article
    from nli.evaluation.corpus import CorpusFile
    from nli.relevance import RelevanceModel
    from nli.scorer import Scorer


def claim_only(
    relevance: RelevanceModel, training: Sequence[CorpusFile], claims: Sequence[str]
) -> NDArray[np.float64]:
    """Naive Bayes over the claim's word pieces: what can be guessed without the article.

    Returns:
        Probabilities of shape (claims, 3).
    """
    known = [
        (relevance.pieces(each.claim), VERDICTS.index(each.verdict))
        for file in training
        for each in file.claims
    ]
    asked = [relevance.pieces(claim) for claim in claims]
    vocabulary = 1 + max(int(pieces.max()) for pieces in (*asked, *(pieces for pieces, _ in known)))
    counts = np.ones((len(VERDICTS), vocabulary))
    prior = np.ones(len(VERDICTS))
    for pieces, label in known:
        counts[label, np.unique(pieces)] += 1
        prior[label] += 1
    chances = np.log(counts / (prior[:, None] + 1))
    logits = np.array(
        [
            np.log(prior / prior.sum()) + chances[:, np.unique(pieces)].sum(axis=1)
            for pieces in asked
        ]
    )
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def nearest_sentence(
    scorer: Scorer, relevance: RelevanceModel, article: Article, claims: Sequence[str]
) -> NDArray[np.float64]:
    """The model's word on the sentence nearest by cosine alone; shape (claims, 3)."""
    sentences = [sentence.text for sentence in article.sentences]
    matrix = relevance.vectors(sentences)
    nearest = [int((matrix @ vector).argmax()) for vector in relevance.vectors(claims)]
    return scorer.score(
        [Pair(sentences[index], claim) for index, claim in zip(nearest, claims, strict=True)]
    ).astype(np.float64)


def window_scores(
    scorer: Scorer, article: Article, claims: Sequence[str], width: int
) -> NDArray[np.float32]:
    """Every window of so many sentences for every claim; shape (claims, sentences, 3)."""
    texts = [sentence.text for sentence in article.sentences]
    premises = [
        " ".join(texts[max(0, index - width + 1) : index + 1]) for index in range(len(texts))
    ]
    pairs = [Pair(premise, claim) for claim in claims for premise in premises]
    return scorer.score(pairs).reshape(len(claims), len(premises), 3)


def maximum(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """The strongest entailment and contradiction of any window; shape (claims, 3).

    "Not mentioned" is what the stronger of the two leaves over (SummaC's zero-shot rule with a
    third verdict).
    """
    entailment = scores[:, :, ENTAILMENT].max(axis=1)
    contradiction = scores[:, :, CONTRADICTION].max(axis=1)
    table = np.stack(
        [entailment, contradiction, 1 - np.maximum(entailment, contradiction)], axis=1
    ).astype(np.float64)
    return table / table.sum(axis=1, keepdims=True)


def joint_pass(
    scorer: Scorer, article: Article, claims: Sequence[str], scores: NDArray[np.float32]
) -> NDArray[np.float64]:
    """The model's word on the three strongest sentences together; shape (claims, 3)."""
    strongest = np.argsort(-scores[:, :, :2].max(axis=2), axis=1)[:, :3]
    pairs = [
        Pair(joint(article, indices.tolist()), claim)
        for indices, claim in zip(strongest, claims, strict=True)
    ]
    return scorer.score(pairs).astype(np.float64)
