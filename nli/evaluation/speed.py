"""How fast the checker is on this machine, beside the plain transformers pipeline."""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nli.checker import Request
from nli.files import read_source
from nli.scorer import Pair
from nli.scorer.cores import usable_cores
from nli.windows import window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nli.checker import Checker

SEEDS = Path(__file__).parents[2] / "seeds"
ARTICLE = "envoy-visit.md"
"""One of the articles of a new installation; it has 14 sentences."""
CLAIMS = (
    "Karvia's top diplomat came to Tolmar at the start of the week.",
    "Venn and Sorrake are to meet on Tuesday.",
    "so luhn says karvia hasnt sold any drones abroad in six years?",
    "Sorrake called on the president to cancel the visit.",
    "Trade between Karvia and Tolmar grew last year.",
    "The foreign ministry agreed to Adel's demand.",
    "Karvia sold surveillance drones to the rebels in the north.",
    "Sorrake plans to visit Karvia next spring.",
)
COLD_STARTS = 3


def print_speed(checker: Checker, *, model: str | None, repeats: int, as_json: bool) -> None:
    """Measure and print."""
    figures = measure(checker, model=model, repeats=repeats)
    if as_json:
        print(json.dumps(figures, indent=1))  # noqa: T201
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(soft_wrap=True)
    console.print(f"{figures['machine']}\n", highlight=False)
    table = Table("what", "value", "unit")
    for name, (value, unit) in figures["figures"].items():
        table.add_row(name, f"{value:,.1f}", unit)
    console.print(table)


def measure(checker: Checker, *, model: str | None, repeats: int) -> dict[str, Any]:
    """Medians of so many repeats, warm, of everything in one process."""
    article = read_source(str(SEEDS / ARTICLE))
    pairs = [
        Pair(window(article, at), claim) for claim in CLAIMS for at in range(len(article.sentences))
    ]
    claims = iter(range(10**9))
    one = _timed(lambda: checker.check(article, CLAIMS[next(claims) % len(CLAIMS)]), 2 * repeats)
    several = _timed(
        lambda: checker.check_many([Request(claim, (article,)) for claim in CLAIMS]), repeats
    )
    bare = _timed(lambda: checker.scorer.score(pairs), max(3, repeats // 3))
    figures: dict[str, tuple[float, str]] = {
        "one claim, 14 sentences, median": (1000 * statistics.median(one), "ms"),
        "one claim, 14 sentences, 95th percentile": (1000 * _high(one), "ms"),
        "eight claims together": (len(CLAIMS) / statistics.median(several), "claims/s"),
        "bare model": (len(pairs) / statistics.median(bare), "pairs/s"),
        "cold start of python -m nli check": (statistics.median(_cold_starts(model)), "s"),
    }
    plain = _pipeline(pairs, model, max(3, repeats // 3))
    figures["plain transformers pipeline, default settings"] = (
        len(pairs) / statistics.median(plain),
        "pairs/s",
    )
    figures["plain pipeline, all 14 sentences"] = (
        len(CLAIMS) / statistics.median(plain),
        "claims/s",
    )
    figures["eight claims together, against the pipeline"] = (
        figures["eight claims together"][0] / figures["plain pipeline, all 14 sentences"][0],
        "times",
    )
    figures["bare model, against the pipeline"] = (
        statistics.median(plain) / statistics.median(bare),
        "times",
    )
    figures["matrix multiply at its best"] = (_peak(repeats), "GFLOP/s")
    return {"machine": machine(), "repeats": repeats, "figures": figures}


def machine() -> str:
    """The machine in one line."""
    import torch

    processor = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        names = [
            line.partition(":")[2].strip()
            for line in information.read_text().splitlines()
            if line.startswith("model name")
        ]
        processor = names[0] if names else processor
    return (
        f"{processor}, {usable_cores()} cores, {torch.get_num_threads()} threads, "
        f"{platform.system()}, Python {platform.python_version()}, torch {torch.__version__}"
    )


def _timed(work: Callable[[], object], repeats: int) -> list[float]:
    work()
    seconds: list[float] = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return seconds


def _high(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(0.95 * (len(seconds) - 1))]


def _cold_starts(model: str | None) -> list[float]:
    command = [sys.executable, "-m", "nli", "check", "--claim", CLAIMS[0]]
    command += ["--source", str(SEEDS / ARTICLE)]
    if model:
        command += ["--model", model]
    return _timed(
        lambda: subprocess.run(command, check=True, capture_output=True),  # noqa: S603
        COLD_STARTS,
    )


def _pipeline(pairs: Sequence[Pair], model: str | None, repeats: int) -> list[float]:
    """The same pairs through transformers as its documentation shows it."""
    import torch
    from transformers import pipeline

    from nli.scorer.folders import find_model

    folder, _ = find_model(model)
    classify = pipeline("text-classification", model=str(folder), dtype=torch.float32, device="cpu")
    inputs = [{"text": pair.premise, "text_pair": pair.hypothesis} for pair in pairs]
    return _timed(lambda: classify(inputs), repeats)


def _peak(repeats: int) -> float:
    """The best this machine does on large square matrices, in fp32."""
    import torch

    size = 1536
    one, other = torch.rand(size, size), torch.rand(size, size)
    return 2 * size**3 / min(_timed(lambda: one @ other, repeats)) / 1e9
