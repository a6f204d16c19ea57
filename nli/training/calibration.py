"""Fits the aggregator to a model, on articles with known verdicts.

The weights come from articles the model may have been trained on, where it is a little too sure
of itself; the temperature, one number that changes no verdict, from articles it has never seen.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from nli.aggregate import VERDICTS, Aggregator
from nli.checker import Request
from nli.evaluation.metrics import best_temperature
from nli.topic import TopicGate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from nli.checker import Checker
    from nli.evaluation.corpus import CorpusFile

PENALTY = 20.0
"""Strength of the quadratic penalty on standardised weights; chosen on training articles."""
FOREIGN_SHARE = 0.5
"""Share of claims that are also held against another article, which does not mention them."""
LOST = 0.025
"""Share of claims that an article does decide but is kept from deciding: the gate's price."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Claims held against articles, and the verdicts they ought to get."""

    features: NDArray[np.float64]
    """Shape (examples, features)."""
    labels: NDArray[np.int64]
    """Shape (examples,): positions in VERDICTS."""
    topic: NDArray[np.float64]
    """Shape (examples, topic features)."""
    groups: NDArray[np.int64]
    """Shape (examples,): which article."""
    foreign: NDArray[np.bool_]
    """Shape (examples,): whether the claim is about another article."""


def collect(
    checker: Checker,
    files: Sequence[CorpusFile],
    *,
    foreign_share: float = FOREIGN_SHARE,
    seed: int = 0,
    progress: Callable[[Sequence[CorpusFile]], Iterable[CorpusFile]] = iter,
) -> Examples:
    """Read every claim of the files with the checker's model; the slow part."""
    chance = random.Random(seed)
    columns: list[tuple[NDArray[np.float64], int, NDArray[np.float64], int, bool]] = []
    for group, file in enumerate(progress(files)):
        requests = [Request(each.claim, (file.article,)) for each in file.claims]
        labels = [VERDICTS.index(each.verdict) for each in file.claims]
        own = len(requests)
        if len(files) > 1:
            for each in file.claims:
                if chance.random() < foreign_share:
                    other = chance.choice([other for other in files if other is not file])
                    requests.append(Request(each.claim, (other.article,)))
                    labels.append(len(VERDICTS) - 1)
        for at, ((found,), label) in enumerate(zip(checker.examine(requests), labels, strict=True)):
            columns.append((found.features(), label, found.topic_features(), group, at >= own))
    features, labels, topic, groups, foreign = zip(*columns, strict=True)
    return Examples(
        features=np.array(features),
        labels=np.array(labels),
        topic=np.array(topic),
        groups=np.array(groups),
        foreign=np.array(foreign),
    )


def fit(
    examples: Examples, *, model: str, contradicts: bool, penalty: float = PENALTY
) -> Aggregator:
    """A multinomial logistic regression, by Newton's method on the penalised likelihood."""
    mean = examples.features.mean(axis=0)
    scale = examples.features.std(axis=0)
    scale[scale < 1e-6] = 1.0
    inputs = np.column_stack([(examples.features - mean) / scale, np.ones(len(examples.labels))])
    wanted = np.eye(len(VERDICTS))[examples.labels]
    table = _newton(inputs, wanted, penalty)
    return Aggregator(
        weights=table[:-1],
        bias=table[-1],
        mean=mean,
        scale=scale,
        gate=fit_gate(examples),
        model=model,
        contradicts=contradicts,
    )


def fit_gate(examples: Examples, *, penalty: float = 3.0) -> TopicGate:
    """Tell claims about other articles from the rest; all pass if there are none to learn from."""
    width = examples.topic.shape[1]
    if not examples.foreign.any():
        return TopicGate(np.zeros(width), -1.0)
    mean, scale = examples.topic.mean(axis=0), examples.topic.std(axis=0)
    scale[scale < 1e-6] = 1.0
    inputs = np.column_stack([(examples.topic - mean) / scale, np.ones(len(examples.foreign))])
    table = _newton(inputs, np.eye(2)[examples.foreign.astype(int)], penalty)
    weights = (table[:-1, 1] - table[:-1, 0]) / scale
    decided = ~examples.foreign & (examples.labels < len(VERDICTS) - 1)
    threshold = float(np.quantile(examples.topic[decided] @ weights, 1 - LOST))
    return TopicGate(weights, -threshold)


def fit_temperature(aggregator: Aggregator, examples: Examples) -> Aggregator:
    """Choose the temperature that makes the known verdicts likeliest."""
    own = ~examples.foreign
    logits = aggregator.logits(examples.features[own])
    return replace(aggregator, temperature=best_temperature(logits, examples.labels[own]))


def _newton(
    inputs: NDArray[np.float64], wanted: NDArray[np.float64], penalty: float, steps: int = 30
) -> NDArray[np.float64]:
    """Coefficients of shape (inputs, classes); the last input is the constant, unpenalised."""
    count, width = inputs.shape
    classes = wanted.shape[1]
    table = np.zeros((width, classes))
    ridge = np.full(width, penalty)
    ridge[-1] = 1.0  # the constants are defined only up to a common shift: keep it at nought
    for _ in range(steps):
        logits = inputs @ table
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances = exponents / exponents.sum(axis=1, keepdims=True)
        gradient = inputs.T @ (chances - wanted) + ridge[:, None] * table
        hessian = np.zeros((width * classes, width * classes))
        for row in range(classes):
            for column in range(classes):
                share = chances[:, row] * ((row == column) - chances[:, column])
                block = inputs.T @ (inputs * share[:, None])
                hessian[row * width : (row + 1) * width, column * width : (column + 1) * width] = (
                    block + (np.diag(ridge) if row == column else 0.0)
                )
        step = np.linalg.solve(hessian, gradient.T.ravel()).reshape(classes, width).T
        table -= step
        if np.abs(step).max() < 1e-6 * max(1, count):
            break
    return table
