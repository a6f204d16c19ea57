"""The evaluation's arithmetic, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nli.evaluation import metrics
from nli.evaluation.metrics import Predictions


def predictions(choices: list[int], labels: list[int], sure: float = 0.8) -> Predictions:
    table = np.full((len(choices), 3), (1 - sure) / 2)
    table[np.arange(len(choices)), choices] = sure
    return Predictions(table, np.array(labels), np.arange(len(choices)))


def test_macro_f1() -> None:
    found = predictions([0, 0, 1, 2], [0, 1, 1, 2])
    assert metrics.macro_f1(found) == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert metrics.precision_recall_f1(found, 0) == pytest.approx((0.5, 1.0, 2 / 3))


def test_false_contradictions() -> None:
    assert metrics.false_contradictions(predictions([1, 2, 0, 1], [2, 2, 2, 1])) == pytest.approx(
        1 / 3
    )


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    assert metrics.calibration_error(predictions([0] * 4, [0, 0, 0, 1], 0.75)) == pytest.approx(0)
    assert metrics.calibration_error(predictions([0] * 4, [0] * 4, 0.75)) == pytest.approx(0.25)


def test_coverage_at_risk_takes_the_surest_first() -> None:
    sure, unsure = predictions([0] * 6, [0] * 6, 0.9), predictions([0] * 4, [1] * 4, 0.5)
    found = Predictions(
        np.vstack([unsure.probabilities, sure.probabilities]),
        np.concatenate([unsure.labels, sure.labels]),
        np.arange(10),
    )
    assert metrics.coverage_at_risk(found, 0.05) == pytest.approx(0.6)
    assert metrics.coverage_at_risk(unsure, 0.05) == 0


def test_the_bootstrap_draws_articles_and_surrounds_the_figure() -> None:
    chance = np.random.default_rng(0)
    labels = chance.integers(3, size=400)
    choices = np.where(chance.random(400) < 0.7, labels, (labels + 1) % 3)
    found = predictions(choices.tolist(), labels.tolist())
    found = Predictions(found.probabilities, found.labels, np.arange(400) // 10)
    interval = metrics.bootstrap(metrics.accuracy, found, draws=300)
    assert interval.low < interval.value < interval.high
    assert 0.05 < interval.high - interval.low < 0.15
    nothing = metrics.bootstrap_difference(metrics.accuracy, found, found, draws=50)
    assert (nothing.low, nothing.value, nothing.high) == (0, 0, 0)
