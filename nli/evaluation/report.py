"""Evaluations as tables for people, or as JSON."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nli.aggregate import VERDICTS, silenced
from nli.errors import InputError
from nli.evaluation import metrics
from nli.evaluation.corpus import CorpusFile, read_corpus
from nli.evaluation.development import Run, run
from nli.evaluation.metrics import Predictions
from nli.scorer import Pair

if TYPE_CHECKING:
    from nli.checker import Checker
    from nli.scorer import Scorer

FOLDS = 12
REFERENCE = "maximum over single sentences"
_LABELS = {verdict.value: position for position, verdict in enumerate(VERDICTS)}


def print_development(checker: Checker, folder: Path, *, compare: bool, as_json: bool) -> None:
    """Measure on the development split and print."""
    files = read_corpus(folder, development=True)
    training = read_corpus(folder, development=False)
    found = run(checker, files, training, compare=compare, progress=progress_bar("Checking"))
    figures = development_figures(found)
    if as_json:
        print(json.dumps(figures, indent=1))  # noqa: T201
        return
    from nli.evaluation.tables import development_tables

    development_tables(figures, model=checker.scorer.name, calibrated=checker.calibrated)


def development_figures(found: Run) -> dict[str, object]:
    """Everything measured, as plain data: figures with intervals, tables by name."""
    predictions = found.checker
    honest = cross_fitted(found)
    figures: dict[str, object] = {
        "claims": len(predictions.labels),
        "articles": len(np.unique(predictions.groups)),
        "macro-F1": asdict(metrics.bootstrap(metrics.macro_f1, predictions)),
        "accuracy": asdict(metrics.bootstrap(metrics.accuracy, predictions)),
        "not mentioned called contradicted": asdict(
            metrics.bootstrap(metrics.false_contradictions, predictions)
        ),
        "evidence hit": asdict(_share(found.hits, predictions)),
        "evidence hit, first sentence": asdict(_share(found.first_hits, predictions)),
        "off-topic called anything else": asdict(
            metrics.bootstrap(lambda each: 1 - metrics.accuracy(each), found.off_topic)
        ),
        "calibration error": asdict(metrics.bootstrap(metrics.calibration_error, honest)),
        "coverage at 5% risk": asdict(metrics.bootstrap(metrics.coverage_at_risk, honest)),
        "above the maximum over single sentences": asdict(
            metrics.bootstrap_difference(metrics.macro_f1, predictions, found.baselines[REFERENCE])
        ),
        "verdicts": {
            verdict.value: dict(
                zip(
                    ("precision", "recall", "F1"),
                    metrics.precision_recall_f1(predictions, label),
                    strict=True,
                )
            )
            for label, verdict in enumerate(VERDICTS)
        },
        "kinds": _by_kind(found),
        "baselines": {
            name: {
                "macro-F1": asdict(metrics.bootstrap(metrics.macro_f1, each)),
                "not mentioned called contradicted": metrics.false_contradictions(each),
            }
            for name, each in found.baselines.items()
        },
    }
    return figures


def cross_fitted(found: Run) -> Predictions:
    """Probabilities with the temperature that the *other* articles ask for.

    The shipped temperature was chosen on these articles, which would flatter it. The verdicts do
    not depend on it.
    """
    labels, groups = found.checker.labels, found.checker.groups
    table = np.empty_like(found.logits)
    for fold in range(FOLDS):
        inside = groups % FOLDS == fold
        temperature = metrics.best_temperature(found.logits[~inside], labels[~inside])
        table[inside] = metrics.softmax(found.logits[inside] / temperature)
    table = silenced(table, found.is_off_topic)
    return Predictions(table, labels, groups)


def print_pairs(scorer: Scorer, paths: Sequence[Path], *, as_json: bool) -> None:
    """Accuracy of the bare model on files of premise-hypothesis pairs."""
    for path in paths:
        rows = _read_pairs(path)
        scores = scorer.score([Pair(premise, hypothesis) for premise, hypothesis, _ in rows])
        labels = [label for _, _, label in rows]
        figures = {"file": path.name, "pairs": len(rows), **_pair_figures(scores, labels)}
        if as_json:
            print(json.dumps(figures))  # noqa: T201
        else:
            print("  ".join(f"{key} {_short(value)}" for key, value in figures.items()))  # noqa: T201


def progress_bar(
    title: str,
) -> Callable[[Sequence[CorpusFile]], Iterable[CorpusFile]]:
    """A progress bar on standard error, or nothing where that is no terminal."""

    def wrap(files: Sequence[CorpusFile]) -> Iterable[CorpusFile]:
        if not sys.stderr.isatty():
            return iter(files)
        from rich.console import Console
        from rich.progress import track

        return track(files, description=title, console=Console(stderr=True))

    return wrap


def _read_pairs(path: Path) -> list[tuple[str, str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            records = [json.loads(line) for line in file if line.strip()]
        rows = [(record["premise"], record["hypothesis"], record["label"]) for record in records]
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is not a file of pairs: each line needs premise, hypothesis and label as JSON."
        ) from error
    unknown = {label for _, _, label in rows} - set(_LABELS) - {"not_supported"}
    if unknown or not rows:
        raise InputError(f"{path} has no pairs, or labels that are no verdicts.")
    return rows


def _pair_figures(scores: np.ndarray, labels: list[str]) -> dict[str, float]:
    """Three-way accuracy, or balanced two-way accuracy where some labels only deny support."""
    if "not_supported" in labels:
        truth = np.array([label == "supported" for label in labels])
        said = scores.argmax(axis=1) == 0
        return {"balanced accuracy": float(np.mean([said[truth].mean(), 1 - said[~truth].mean()]))}
    wanted = np.array([_LABELS[label] for label in labels])
    found = Predictions(scores.astype(np.float64), wanted, np.arange(len(wanted)))
    figures = {"accuracy": metrics.accuracy(found), "macro-F1": metrics.macro_f1(found)}
    if (wanted == metrics.NOT_MENTIONED).any():
        figures["not mentioned called contradicted"] = metrics.false_contradictions(found)
    return figures


def _share(hits: Sequence[bool | None], predictions: Predictions) -> metrics.Interval:
    """Share of the claims with evidence for which it was found, with its interval."""
    known = np.array([hit is not None for hit in hits])
    values = np.array([bool(hit) for hit in hits])[known]
    as_labels = Predictions(
        np.eye(2)[np.ones(len(values), dtype=int)],
        values.astype(np.int64),
        predictions.groups[known],
    )
    return metrics.bootstrap(metrics.accuracy, as_labels)


def _by_kind(found: Run) -> dict[str, dict[str, float]]:
    kinds = np.array(found.kinds)
    return {
        kind: {
            "claims": int((kinds == kind).sum()),
            "accuracy": metrics.accuracy(found.checker.take(kinds == kind)),
        }
        for kind in sorted(set(found.kinds))
    }


def _short(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
