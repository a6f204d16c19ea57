"""The evaluation's figures as tables."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table

FIGURES = (
    "macro-F1",
    "accuracy",
    "evidence hit",
    "evidence hit, first sentence",
    "not mentioned called contradicted",
    "off-topic called anything else",
    "calibration error",
    "coverage at 5% risk",
    "above the maximum over single sentences",
)


def development_tables(figures: dict[str, Any], *, model: str, calibrated: bool) -> None:
    """Print what `report.development_figures` gives."""
    console = Console(soft_wrap=True)
    note = "" if calibrated else ", not calibrated"
    console.print(
        f"Development split: {figures['claims']} claims on {figures['articles']} articles. "
        f"Model: {model}{note}.\n"
        "In brackets: 95% bootstrap intervals over articles. The calibration error and the "
        "coverage are measured with a temperature chosen on other articles.\n",
        highlight=False,
    )
    overall = Table("figure", "value", "interval", title="The checker")
    for name in FIGURES:
        overall.add_row(name, *_interval(figures[name]))
    console.print(overall)
    verdicts = Table("verdict", "precision", "recall", "F1", title="By verdict")
    for name, row in figures["verdicts"].items():
        verdicts.add_row(name, *(f"{row[key]:.3f}" for key in ("precision", "recall", "F1")))
    console.print(verdicts)
    kinds = Table("kind", "claims", "accuracy", title="By kind of claim")
    for name, row in figures["kinds"].items():
        kinds.add_row(name, str(row["claims"]), f"{row['accuracy']:.3f}")
    console.print(kinds)
    others = Table("way", "macro-F1", "interval", "false contradictions", title="Simpler ways")
    for name, row in figures["baselines"].items():
        others.add_row(
            name,
            *_interval(row["macro-F1"]),
            f"{row['not mentioned called contradicted']:.3f}",
        )
    console.print(others)


def _interval(figure: dict[str, float]) -> tuple[str, str]:
    return f"{figure['value']:.3f}", f"[{figure['low']:.3f}, {figure['high']:.3f}]"
