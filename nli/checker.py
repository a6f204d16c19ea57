"""The one class others use: it holds claims against articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nli import calibrations
from nli.aggregate import silenced
from nli.claims import as_statement, clean_claim
from nli.explain import judge
from nli.features import Reading, document_features
from nli.relevance import RelevanceModel
from nli.scorer import Pair
from nli.topic import topic_features
from nli.windows import Budget, choose, joint, window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nli.aggregate import Aggregator
    from nli.article import Article
    from nli.relevance import Relevance
    from nli.scorer import Scorer
    from nli.verdict import Judgement

JOINED = 3
"""How many of the most telling sentences are read together in the second pass."""


@dataclass(frozen=True, slots=True)
class Request:
    """A claim and the articles it is to be held against."""

    claim: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Examination:
    """Everything known about a claim and an article before the verdict."""

    article: Article
    claim: str
    hypothesis: str
    """The claim as a plain statement: what the model was given."""
    relevance: Relevance
    reading: Reading

    def topic_features(self) -> NDArray[np.float64]:
        """The gate's view, of shape (topic features,)."""
        return topic_features(self.article, self.hypothesis, self.relevance)

    def features(self) -> NDArray[np.float64]:
        """The aggregator's view, of shape (features,)."""
        return document_features(self.article, self.hypothesis, self.reading, self.relevance)


class Checker:
    """Reads the sentences most relevant to a claim, then those that tell most together.

    Nothing is kept between calls but tokenised sentences. Not for use from several threads at
    once; put a queue in front.
    """

    def __init__(
        self,
        scorer: Scorer,
        relevance: RelevanceModel,
        aggregator: Aggregator,
        *,
        calibrated: bool = True,
        budget: Budget | None = None,
    ) -> None:
        self.scorer = scorer
        self.calibrated = calibrated
        self.relevance = relevance
        self.aggregator = aggregator
        self._budget = budget or Budget()

    @classmethod
    def load(cls, model: str | None = None, *, threads: int | None = None) -> Checker:
        """Load a model: the shipped one, one from a folder, or one from the model hub.

        Raises:
            ModelError: there is no such model, or it gives no verdicts.
        """
        from nli.scorer.load import load_scorer

        return cls.around(load_scorer(model, threads=threads))

    @classmethod
    def around(cls, scorer: Scorer) -> Checker:
        """Use any scorer, with the calibration that is kept for it."""
        aggregator, calibrated = calibrations.find(scorer)
        return cls(scorer, RelevanceModel.load(), aggregator, calibrated=calibrated)

    def check(self, article: Article, claim: str) -> Judgement:
        """Hold one claim against one article.

        Raises:
            InputError: there is no claim in the text, or it is too long.
        """
        return self.check_many([Request(claim, (article,))])[0][0]

    def check_many(self, requests: Sequence[Request]) -> list[tuple[Judgement, ...]]:
        """One judgement an article, in the order given, for each request.

        The articles of one request share one budget of sentences to read, so a claim held
        against several articles costs little more than against one.

        Raises:
            InputError: there is no claim in one of the texts, or it is too long.
        """
        examined = self.examine(requests)
        judgements = iter(self.judge([each for group in examined for each in group]))
        return [tuple(next(judgements) for _ in group) for group in examined]

    def judge(self, examined: Sequence[Examination]) -> list[Judgement]:
        """The verdict on each examination."""
        return [
            judge(
                each.article,
                each.claim,
                each.reading,
                each.relevance,
                probabilities,
                off_topic=off_topic,
                calibrated=self.calibrated,
            )
            for each, probabilities, off_topic in zip(
                examined, *self._probabilities(examined), strict=True
            )
        ]

    def probabilities(self, examined: Sequence[Examination]) -> NDArray[np.float64]:
        """Calibrated, of shape (examined, 3): supported, contradicted, not mentioned."""
        return self._probabilities(examined)[0]

    def _probabilities(
        self, examined: Sequence[Examination]
    ) -> tuple[NDArray[np.float64], list[bool]]:
        """Probabilities, and which articles are about something else: their scores mean nothing."""
        if not examined:
            return np.empty((0, 3)), []
        off_topic = [self.is_off_topic(each) for each in examined]
        table = self.aggregator.probabilities(np.array([each.features() for each in examined]))
        return silenced(table, np.array(off_topic)), off_topic

    def is_off_topic(self, examination: Examination) -> bool:
        """Whether the article is about something else, so that the scores mean nothing."""
        return self.aggregator.gate.is_off_topic(examination.topic_features())

    def examine(self, requests: Sequence[Request]) -> list[list[Examination]]:
        """Everything up to the verdict; the model runs twice, over all requests together."""
        claims = [clean_claim(request.claim) for request in requests]
        hypotheses = [as_statement(claim) for claim in claims]
        relevance = [
            [
                self.relevance.compare(claim, [each.text for each in article.sentences])
                for article in request.articles
            ]
            for request, claim in zip(requests, hypotheses, strict=True)
        ]
        chosen = [
            choose(request.articles, near, claim, self._budget)
            for request, near, claim in zip(requests, relevance, hypotheses, strict=True)
        ]
        first = self._first_pass(requests, hypotheses, chosen)
        second = self._second_pass(requests, hypotheses, chosen, relevance, first)
        return [
            [
                Examination(
                    article=article,
                    claim=claims[at],
                    hypothesis=hypotheses[at],
                    relevance=relevance[at][which],
                    reading=Reading(tuple(chosen[at][which]), first[at][which], second[at][which]),
                )
                for which, article in enumerate(request.articles)
            ]
            for at, request in enumerate(requests)
        ]

    def close(self) -> None:
        """Release the model."""
        self.scorer.close()

    def _first_pass(
        self, requests: Sequence[Request], claims: Sequence[str], chosen: list[list[list[int]]]
    ) -> list[list[NDArray[np.float32]]]:
        """Each chosen sentence in its context; per request and article of shape (read, 3)."""
        pairs = [
            Pair(window(article, index), claim)
            for request, claim, per_article in zip(requests, claims, chosen, strict=True)
            for article, indices in zip(request.articles, per_article, strict=True)
            for index in indices
        ]
        scores = iter(self.scorer.score(pairs))
        return [
            [np.array([next(scores) for _ in indices]) for indices in per_article]
            for per_article in chosen
        ]

    def _second_pass(
        self,
        requests: Sequence[Request],
        claims: Sequence[str],
        chosen: list[list[list[int]]],
        relevance: list[list[Relevance]],
        first: list[list[NDArray[np.float32]]],
    ) -> list[list[NDArray[np.float32]]]:
        """The most telling sentences together, in the most telling article of each request.

        The other articles get the scores of their best window instead, of shape (3,).
        """
        second: list[list[NDArray[np.float32]]] = []
        pairs: list[Pair] = []
        places: list[tuple[int, int]] = []
        for at, (request, claim) in enumerate(zip(requests, claims, strict=True)):
            telling = [
                Reading(tuple(read), scores, scores[0]).weighed(near).max(axis=1)
                for read, scores, near in zip(chosen[at], first[at], relevance[at], strict=True)
            ]
            second.append(
                [scores[best.argmax()] for scores, best in zip(first[at], telling, strict=True)]
            )
            if not telling:
                continue
            which = int(np.argmax([best.max() for best in telling]))
            if len(telling[which]) > 1:
                top = np.argsort(-telling[which], kind="stable")[:JOINED]
                indices = [chosen[at][which][position] for position in top]
                pairs.append(Pair(joint(request.articles[which], indices), claim))
                places.append((at, which))
        for (at, which), scores in zip(places, self.scorer.score(pairs), strict=True):
            second[at][which] = scores
        return second
