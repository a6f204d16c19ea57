"""From probabilities to a judgement: which sentences decide, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nli.aggregate import VERDICTS
from nli.features import CONTRADICTION, ENTAILMENT, NEUTRAL, Reading
from nli.verdict import Evidence, Judgement, Reason, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nli.article import Article
    from nli.relevance import Relevance

STANCES = (Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NEUTRAL)
NEARLY_AS_TELLING = 0.6
"""A second sentence is shown beside the first if it tells at least this share of it."""
RUNNERS_UP = 4


def judge(
    article: Article,
    claim: str,
    reading: Reading,
    relevance: Relevance,
    probabilities: NDArray[np.float64],
    *,
    off_topic: bool,
    calibrated: bool,
) -> Judgement:
    """Put a verdict's probabilities, of shape (3,), and its reading together."""
    choice = int(probabilities.argmax())
    verdict = VERDICTS[choice]
    strength = _strength(reading, relevance, choice)
    telling = _telling(reading, relevance)
    first = int(strength.argmax())
    rest = [int(position) for position in np.argsort(-telling, kind="stable") if position != first]
    evidence = _evidence(article, reading, [first], choice)
    if rest and not off_topic and telling[rest[0]] >= NEARLY_AS_TELLING * telling[first]:
        evidence += _evidence(article, reading, [rest.pop(0)])
    return Judgement(
        claim=claim,
        verdict=verdict,
        confidence=float(probabilities[choice]),
        reason=_reason(reading, relevance, choice, off_topic=off_topic),
        evidence=evidence,
        runners_up=_evidence(article, reading, rest[:RUNNERS_UP]),
        calibrated=calibrated,
    )


def _strength(reading: Reading, relevance: Relevance, choice: int) -> NDArray[np.float32]:
    """How much each sentence read speaks for the choice; shape (read,)."""
    if choice == NEUTRAL:
        return relevance.in_context[list(reading.indices)]
    return reading.weighed(relevance)[:, choice]


def _telling(reading: Reading, relevance: Relevance) -> NDArray[np.float32]:
    """How much each sentence read has to do with the claim and says about it; shape (read,)."""
    outspoken = 1 - reading.scores[:, NEUTRAL]
    return 0.5 * outspoken + relevance.sentences[list(reading.indices)]


def _evidence(
    article: Article, reading: Reading, positions: Sequence[int], choice: int | None = None
) -> tuple[Evidence, ...]:
    """Sentences with the stance that decides, or (choice None) each with its own."""
    found: list[Evidence] = []
    for position in positions:
        scores = reading.scores[position]
        stance = int(scores.argmax()) if choice is None else choice
        index = reading.indices[position]
        sentence = article.sentences[index].text
        found.append(Evidence(index, sentence, STANCES[stance], float(scores[stance])))
    return tuple(found)


def _reason(reading: Reading, relevance: Relevance, choice: int, *, off_topic: bool) -> Reason:
    if off_topic:
        return Reason.OFF_TOPIC
    best = reading.scores[reading.weighed(relevance).argmax(axis=0), (ENTAILMENT, CONTRADICTION)]
    if choice == NEUTRAL:
        return Reason.CONFLICTING if best.min() > 0.5 else Reason.NOT_SETTLED
    jointly = reading.joint[choice] > 0.5 >= best[choice]
    if choice == ENTAILMENT:
        return Reason.STATED_JOINTLY if jointly else Reason.STATED
    return Reason.REFUTED_JOINTLY if jointly else Reason.REFUTED
