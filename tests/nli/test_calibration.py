"""Fitting, storing and finding calibrations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from nli import Checker, ModelError, Verdict, calibrations
from nli.aggregate import VERDICTS, Aggregator
from nli.evaluation.corpus import read_file
from nli.features import FEATURES
from nli.topic import TOPIC_FEATURES
from nli.training.calibration import LOST, Examples, collect, fit, fit_gate, fit_temperature
from tests.fakes import OverlapScorer, fake_checker
from tests.nli.test_corpus import FILES

if TYPE_CHECKING:
    from pathlib import Path


def examples(count: int = 900, *, noise: float = 1.0, seed: int = 0) -> Examples:
    """Verdicts that depend on the first three features."""
    chance = np.random.default_rng(seed)
    features = chance.normal(size=(count, len(FEATURES)))
    labels = (features[:, :3] + noise * chance.gumbel(size=(count, 3))).argmax(axis=1)
    return Examples(
        features=features,
        labels=labels,
        topic=chance.normal(size=(count, len(TOPIC_FEATURES))),
        groups=np.arange(count) // 20,
        foreign=np.zeros(count, dtype=bool),
    )


def test_the_fit_finds_what_decides() -> None:
    found = fit(examples(), model="m", contradicts=True, penalty=1.0)
    right = (
        found.probabilities(examples(seed=1).features).argmax(1) == examples(seed=1).labels
    ).mean()
    assert right > 0.55  # 0.33 is chance; the noise leaves about 0.62
    assert np.abs(found.weights[:3]).min(axis=1).max() > np.abs(found.weights[3:]).max()


def test_probabilities_sum_to_one() -> None:
    found = fit(examples(), model="m", contradicts=True)
    assert found.probabilities(examples().features).sum(axis=1) == pytest.approx(1.0)


def test_the_temperature_cools_what_is_too_sure() -> None:
    fitted = fit(examples(), model="m", contradicts=True, penalty=1.0)
    too_sure = replace(fitted, weights=fitted.weights * 3, bias=fitted.bias * 3)
    assert fit_temperature(too_sure, examples(seed=2)).temperature == pytest.approx(3.0, rel=0.25)


def test_saved_and_read_again(tmp_path: Path) -> None:
    fitted = fit(examples(), model="m", contradicts=True)
    fitted.save(tmp_path / "folder" / "c.json", examples=900)
    again = Aggregator.read(tmp_path / "folder" / "c.json")
    features = examples(seed=3).features
    assert again.probabilities(features) == pytest.approx(fitted.probabilities(features), abs=1e-4)
    assert (again.model, again.contradicts) == ("m", True)


@pytest.mark.parametrize("text", ["", "{}", '{"features": {}}', "\x00"])
def test_a_damaged_calibration_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="calibrate"):
        Aggregator.read(path)


def test_a_two_way_model_never_says_contradicted() -> None:
    found = fit(examples(), model="m", contradicts=False)
    table = found.probabilities(examples(seed=1).features)
    assert table[:, VERDICTS.index(Verdict.CONTRADICTED)].max() == 0
    assert table.sum(axis=1) == pytest.approx(1.0)


def test_an_unknown_model_is_uncalibrated_until_it_is_calibrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    scorer = OverlapScorer()
    assert not Checker.around(scorer).calibrated
    fit(examples(), model=scorer.fingerprint, contradicts=True).save(calibrations.own_file(scorer))
    assert Checker.around(scorer).calibrated


def test_the_shipped_model_is_calibrated(
    shipped: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    _, calibrated = calibrations.find(shipped.scorer)
    assert calibrated


def test_the_gate_keeps_out_other_topics_and_loses_few_that_are_decided() -> None:
    some = examples(1200)
    foreign = np.arange(1200) % 3 == 0
    topic = some.topic - 3.0 * foreign[:, None]
    labels = np.where(foreign, 2, some.labels)
    gate = fit_gate(Examples(some.features, labels, topic, some.groups, foreign))
    kept_out = np.array([gate.is_off_topic(row) for row in topic])
    assert kept_out[foreign].mean() > 0.95
    assert kept_out[~foreign & (labels < 2)].mean() <= LOST + 0.005


def test_without_other_topics_the_gate_lets_everything_pass() -> None:
    gate = fit_gate(examples())
    assert not any(gate.is_off_topic(row) for row in examples().topic)


def test_examples_come_from_the_corpus_and_from_other_articles() -> None:
    files = [read_file(path) for path in FILES[1:4]]
    found = collect(fake_checker(), files, foreign_share=1.0)
    claims = sum(len(file.claims) for file in files)
    assert found.features.shape == (2 * claims, len(FEATURES))
    assert found.foreign.sum() == claims
    assert set(found.labels[found.foreign].tolist()) == {VERDICTS.index(Verdict.NOT_MENTIONED)}
