"""The calibrate command: from a corpus to a calibration file."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from nli.calibrations import own_file
from nli.evaluation.corpus import read_corpus
from nli.evaluation.report import progress_bar
from nli.training.calibration import collect, fit, fit_temperature

if TYPE_CHECKING:
    from pathlib import Path

    from nli.checker import Checker

SEED = 0


def calibrate_model(
    checker: Checker, corpus: Path, *, articles: int, output: Path | None = None
) -> Path:
    """Fit an aggregator to the checker's model and write it; gives the file."""
    training = read_corpus(corpus, development=False)
    random.Random(SEED).shuffle(training)
    unseen = read_corpus(corpus, development=True)
    examples = collect(checker, training[:articles], progress=progress_bar("Learning"))
    scorer = checker.scorer
    aggregator = fit(examples, model=scorer.fingerprint, contradicts=scorer.contradicts)
    check = collect(checker, unseen, foreign_share=0.0, progress=progress_bar("Calibrating"))
    aggregator = fit_temperature(aggregator, check)
    path = output or own_file(scorer)
    aggregator.save(
        path,
        examples=len(examples.labels),
        articles=min(articles, len(training)),
        temperature_from=len(check.labels),
        model_name=scorer.name,
    )
    return path
