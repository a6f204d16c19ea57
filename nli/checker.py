"""The one class others use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nli.article import Article
from nli.scorer import Scorer
from nli.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Request:
    """A claim and the articles it is to be held against."""

    claim: str
    articles: tuple[Article, ...]


class Checker:
    """Holds claims against articles."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer

    @classmethod
    def load(cls, model: str | None = None) -> Checker:
        raise NotImplementedError

    def check(self, article: Article, claim: str) -> Judgement:
        return self.check_many([Request(claim, (article,))])[0][0]

    def check_many(self, requests: Sequence[Request]) -> list[tuple[Judgement, ...]]:
        """One judgement an article, in the order given, for each request.

        The articles of one request share one budget of sentences to read, so a claim held
        against five articles costs about as much as against one.
        """
        raise NotImplementedError

    def close(self) -> None:
        self.scorer.close()
