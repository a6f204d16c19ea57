"""Figures about verdicts, with bootstrap intervals over articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SUPPORTED, CONTRADICTED, NOT_MENTIONED = range(3)
BINS = 10
RISK = 0.05


@dataclass(frozen=True, slots=True)
class Predictions:
    """Probabilities beside the truth."""

    probabilities: NDArray[np.float64]
    """Shape (claims, 3): supported, contradicted, not mentioned."""
    labels: NDArray[np.int64]
    """Shape (claims,): 0, 1, 2."""
    groups: NDArray[np.int64]
    """Shape (claims,): the article each claim is about; the bootstrap draws whole articles."""

    @property
    def choices(self) -> NDArray[np.int64]:
        """Shape (claims,)."""
        return self.probabilities.argmax(axis=1)

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> Predictions:
        """Some of the claims."""
        return Predictions(self.probabilities[rows], self.labels[rows], self.groups[rows])


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95% bootstrap interval."""

    value: float
    low: float
    high: float


def accuracy(found: Predictions) -> float:
    """Share of right verdicts."""
    return float((found.choices == found.labels).mean())


def precision_recall_f1(found: Predictions, label: int) -> tuple[float, float, float]:
    """Of one verdict."""
    right = int(((found.choices == label) & (found.labels == label)).sum())
    precision = right / max(1, int((found.choices == label).sum()))
    recall = right / max(1, int((found.labels == label).sum()))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def macro_f1(found: Predictions) -> float:
    """Mean of the F1 scores of the verdicts that occur."""
    present = sorted(set(found.labels.tolist()))
    return float(np.mean([precision_recall_f1(found, label)[2] for label in present]))


def false_contradictions(found: Predictions) -> float:
    """Share of claims that are not mentioned but called contradicted."""
    return float((found.choices[found.labels == NOT_MENTIONED] == CONTRADICTED).mean())


def calibration_error(found: Predictions) -> float:
    """Expected calibration error over ten equal-width bins (Guo et al. 2017)."""
    sure = found.probabilities.max(axis=1)
    right = found.choices == found.labels
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(
        sum(
            abs(sure[bins == each].mean() - right[bins == each].mean()) * (bins == each).mean()
            for each in np.unique(bins)
        )
    )


def coverage_at_risk(found: Predictions, risk: float = RISK) -> float:
    """Largest share of claims, surest first, of which at most `risk` are wrong."""
    order = np.argsort(-found.probabilities.max(axis=1), kind="stable")
    wrong = (found.choices != found.labels)[order].cumsum()
    allowed = np.nonzero(wrong <= risk * np.arange(1, len(order) + 1))[0]
    return float((allowed[-1] + 1) / len(order)) if len(allowed) else 0.0


def bootstrap(
    figure: Callable[[Predictions], float], found: Predictions, *, draws: int = 1000, seed: int = 0
) -> Interval:
    """Draw articles with replacement; the 2.5 and 97.5 percentiles of the figure."""
    values = [figure(found.take(rows)) for rows in _resamples(found.groups, draws, seed)]
    return Interval(figure(found), *_percentiles(values))


def bootstrap_difference(
    figure: Callable[[Predictions], float],
    one: Predictions,
    other: Predictions,
    *,
    draws: int = 1000,
    seed: int = 0,
) -> Interval:
    """The figure of one less that of the other on the same claims, drawn together."""
    values = [
        figure(one.take(rows)) - figure(other.take(rows))
        for rows in _resamples(one.groups, draws, seed)
    ]
    return Interval(figure(one) - figure(other), *_percentiles(values))


def best_temperature(logits: NDArray[np.floating], labels: NDArray[np.int64]) -> float:
    """The temperature that makes the labels likeliest (Guo et al. 2017)."""
    candidates = np.exp(np.linspace(np.log(0.25), np.log(4.0), 201))
    rows = np.arange(len(labels))
    losses = [-np.log(softmax(logits / each)[rows, labels] + 1e-12).mean() for each in candidates]
    return float(candidates[int(np.argmin(losses))])


def softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Along the last of two axes."""
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponents / exponents.sum(axis=1, keepdims=True)


def _resamples(groups: NDArray[np.int64], draws: int, seed: int) -> list[NDArray[np.int64]]:
    chance = np.random.default_rng(seed)
    members = [np.nonzero(groups == group)[0] for group in np.unique(groups)]
    return [
        np.concatenate([members[each] for each in chance.integers(len(members), size=len(members))])
        for _ in range(draws)
    ]


def _percentiles(values: list[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
