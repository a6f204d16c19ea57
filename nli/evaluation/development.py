"""The checker, and simpler ways beside it, on the corpus's development split."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from nli.aggregate import VERDICTS
from nli.checker import Request
from nli.evaluation import baselines
from nli.evaluation.metrics import NOT_MENTIONED, Predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from nli.checker import Checker
    from nli.evaluation.corpus import CorpusFile

WIDTHS = (1, 2, 3)


@dataclass(slots=True)
class Run:
    """What came out for every claim, in the order of the files."""

    checker: Predictions
    logits: NDArray[np.float64]
    """Shape (claims, 3): of the aggregator, before its temperature."""
    is_off_topic: NDArray[np.bool_]
    """Shape (claims,): whether the article was taken to be about something else."""
    kinds: list[str]
    hits: list[bool | None]
    """Whether a gold sentence is among the evidence shown; None for NOT_MENTIONED claims."""
    first_hits: list[bool | None]
    """Whether the sentence shown first is a gold sentence."""
    off_topic: Predictions
    """Claims held against an article that is about something else: all NOT_MENTIONED."""
    baselines: dict[str, Predictions] = field(default_factory=dict)


def run(
    checker: Checker,
    files: Sequence[CorpusFile],
    training: Sequence[CorpusFile],
    *,
    compare: bool = False,
    progress: Callable[[Sequence[CorpusFile]], Iterable[CorpusFile]] = iter,
) -> Run:
    """Check every claim of the files.

    Args:
        checker: the checker to be judged.
        files: articles it has never seen.
        training: articles for the claim-only baseline.
        compare: also read all windows of two and three sentences, and the strongest together.
        progress: wraps the files, for a progress bar.
    """
    widths = WIDTHS if compare else WIDTHS[:1]
    tables: dict[str, list[NDArray[np.float64]]] = {}
    found: list[NDArray[np.float64]] = []
    logits: list[NDArray[np.float64]] = []
    elsewhere: list[NDArray[np.float64]] = []
    silent: list[bool] = []
    hits: list[bool | None] = []
    first_hits: list[bool | None] = []
    for position, file in enumerate(progress(files)):
        claims = [each.claim for each in file.claims]
        examined = [
            each for (each,) in checker.examine([Request(c, (file.article,)) for c in claims])
        ]
        found.append(checker.probabilities(examined))
        silent += [checker.is_off_topic(each) for each in examined]
        logits.append(checker.aggregator.logits(np.array([each.features() for each in examined])))
        for judgement, each in zip(checker.judge(examined), file.claims, strict=True):
            gold = file.evidence(each)
            shown = [evidence.index for evidence in judgement.evidence]
            hits.append(bool(gold & set(shown)) if gold else None)
            first_hits.append(shown[0] in gold if gold else None)
        foreign = files[(position + 1) % len(files)].article
        others = checker.examine([Request(c, (foreign,)) for c in claims[::2]])
        elsewhere.append(checker.probabilities([each for (each,) in others]))
        tables.setdefault("nearest sentence by cosine", []).append(
            baselines.nearest_sentence(checker.scorer, checker.relevance, file.article, claims)
        )
        for width in widths:
            scores = baselines.window_scores(checker.scorer, file.article, claims, width)
            name = (
                "maximum over single sentences"
                if width == 1
                else f"maximum over windows of {width}"
            )
            tables.setdefault(name, []).append(baselines.maximum(scores))
            if compare:
                tables.setdefault(f"strongest three by windows of {width}, joined", []).append(
                    baselines.joint_pass(checker.scorer, file.article, claims, scores)
                )
    labels = np.array([VERDICTS.index(each.verdict) for file in files for each in file.claims])
    groups = np.repeat(np.arange(len(files)), [len(file.claims) for file in files])
    guessed = baselines.claim_only(
        checker.relevance, training, [each.claim for file in files for each in file.claims]
    )
    foreign_groups = np.repeat(np.arange(len(files)), [len(each) for each in elsewhere])
    return Run(
        checker=Predictions(np.concatenate(found), labels, groups),
        logits=np.concatenate(logits),
        is_off_topic=np.array(silent),
        kinds=[each.kind for file in files for each in file.claims],
        hits=hits,
        first_hits=first_hits,
        off_topic=Predictions(
            np.concatenate(elsewhere), np.full(len(foreign_groups), NOT_MENTIONED), foreign_groups
        ),
        baselines={
            "claim only": Predictions(guessed, labels, groups),
            **{
                name: Predictions(np.concatenate(table), labels, groups)
                for name, table in tables.items()
            },
        },
    )
