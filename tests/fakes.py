"""Stand-ins without weights, for tests of everything around the model."""

from __future__ import annotations

import hashlib
import re
import threading
from typing import TYPE_CHECKING

import numpy as np

from nli import Checker, Evidence, Judgement, Reason, Stance, Verdict
from nli.aggregate import Aggregator
from nli.features import CONTRADICTION, ENTAILMENT, FEATURES
from nli.relevance import RelevanceModel
from nli.scorer import Pair
from nli.topic import TOPIC_FEATURES, TopicGate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from nli import Article, Request

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_NEGATIONS = frozenset(
    _WORD.findall(
        "no not never none nobody nothing neither nor without cannot didn doesn isn wasn aren "
        "weren won hasn haven hadn couldn wouldn shouldn don denied denies "
        "nicht kein keine keinen keiner keines nie niemals ohne weder"
    )
)
_STOPWORDS = frozenset(
    _WORD.findall(
        "a an the of to in on at by for from with and or but that this these those it its is are "
        "was were be been being has have had do does did will would can could may might as than "
        "then so he she they his her their him them who which what there s t "
        "der die das ein eine einen und oder in im am auf von mit ist sind war waren hat haben "
        "wird zu zum zur den dem des"
    )
)
_STEM = 5
_COVERED = 0.6


class OverlapScorer:
    """Natural language inference by counting words; implements `nli.scorer.Scorer`.

    A premise that has most of the hypothesis' content words entails it, or contradicts it if just
    one of the two is negated or if the hypothesis has a number that the premise replaces by
    another. Everything else is neutral. Deterministic, and fast enough for thousands of pairs.
    """

    def __init__(self) -> None:
        self.closed = False
        self.pairs_scored = 0

    @property
    def name(self) -> str:
        return "word overlap"

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(b"word overlap").hexdigest()

    @property
    def contradicts(self) -> bool:
        return True

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        self.pairs_scored += len(pairs)
        rows = [_probabilities(pair.premise, pair.hypothesis) for pair in pairs]
        return np.asarray(rows, dtype=np.float32).reshape(len(pairs), 3)

    def close(self) -> None:
        self.closed = True


def _probabilities(premise: str, hypothesis: str) -> tuple[float, float, float]:
    """Entailment, contradiction, neutral."""
    there, wanted = _words(premise), _words(hypothesis)
    content = _content(wanted)
    if not content:
        return (0.01, 0.01, 0.98)
    coverage = len(content & _content(there)) / len(content)
    if coverage < _COVERED:
        return (0.02 * coverage, 0.02 * coverage, 1 - 0.04 * coverage)
    sure = min(0.98, 0.8 + 0.18 * coverage)
    rest = (1 - sure) / 2
    if _negated(there) != _negated(wanted) or _other_number(there, wanted):
        return (rest, sure, rest)
    return (sure, rest, rest)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _content(words: list[str]) -> set[str]:
    return {
        word[:_STEM]
        for word in words
        if word not in _STOPWORDS and word not in _NEGATIONS and not word[0].isdigit()
    }


def _negated(words: list[str]) -> bool:
    return sum(word in _NEGATIONS for word in words) % 2 == 1


def _other_number(there: list[str], wanted: list[str]) -> bool:
    have = {word for word in there if word[0].isdigit()}
    asked = {word for word in wanted if word[0].isdigit()}
    return bool(have) and bool(asked - have)


class PlainChecker(Checker):
    """Judges by the strongest single sentence: `Checker` without its reading strategy.

    Tests can see what it was asked (`batches`), hold it up (`gate`) and make it fail (`failing`).
    """

    def __init__(self) -> None:
        # Not the parent's: it would read a calibration, and verdicts must not depend on one here.
        self.scorer = OverlapScorer()
        self.calibrated = True
        self.batches: list[list[Request]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.failing: Callable[[Request], Exception | None] = lambda _: None

    def check_many(self, requests: Sequence[Request]) -> list[tuple[Judgement, ...]]:
        self.batches.append(list(requests))
        self.entered.set()
        self.gate.wait(timeout=20)
        for request in requests:
            if error := self.failing(request):
                raise error
        return [
            tuple(self._judge(article, request.claim) for article in request.articles)
            for request in requests
        ]

    def _judge(self, article: Article, claim: str) -> Judgement:
        pairs = [Pair(sentence.text, claim) for sentence in article.sentences]
        scores = self.scorer.score(pairs)
        index, kind = np.unravel_index(int(scores[:, :2].argmax()), (len(pairs), 2))
        score = float(scores[index, kind])
        if score < 0.5:
            verdict, stance, reason = Verdict.NOT_MENTIONED, Stance.NEUTRAL, Reason.OFF_TOPIC
            score = 1 - score
        elif kind == 0:
            verdict, stance, reason = Verdict.SUPPORTED, Stance.SUPPORTS, Reason.STATED
        else:
            verdict, stance, reason = Verdict.CONTRADICTED, Stance.CONTRADICTS, Reason.REFUTED
        deciding = Evidence(int(index), article.sentences[int(index)].text, stance, score)
        return Judgement(claim, verdict, score, reason, (deciding,))


def fake_checker() -> Checker:
    """The real checker with its reading strategy, around `OverlapScorer`.

    Its aggregator is made here: the strongest sentence decides, and nothing was calibrated.
    """
    weights = np.zeros((len(FEATURES), 3))
    weights[FEATURES.index("highest entailment"), ENTAILMENT] = 1.0
    weights[FEATURES.index("highest contradiction"), CONTRADICTION] = 1.0
    return Checker(
        OverlapScorer(),
        RelevanceModel.load(),
        Aggregator(
            weights,
            bias=np.zeros(3),
            mean=np.zeros(len(FEATURES)),
            scale=np.ones(len(FEATURES)),
            gate=TopicGate(np.zeros(len(TOPIC_FEATURES)), bias=-1.0),
        ),
        calibrated=False,
    )
