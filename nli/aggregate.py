"""From an article's features to calibrated probabilities of the three verdicts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nli.errors import ModelError
from nli.features import CONTRADICTION, FEATURES, NEUTRAL
from nli.topic import TOPIC_FEATURES, TopicGate
from nli.verdict import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERDICTS = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_MENTIONED)


@dataclass(frozen=True, slots=True)
class Aggregator:
    """A multinomial logistic regression over document features, with a temperature.

    The same for every article and claim; fitted for one model by `nli.training.calibration`.
    """

    weights: NDArray[np.float64]
    """Shape (features, 3), for standardised features."""
    bias: NDArray[np.float64]
    """Shape (3,)."""
    mean: NDArray[np.float64]
    """Shape (features,)."""
    scale: NDArray[np.float64]
    """Shape (features,)."""
    gate: TopicGate
    """Tells which articles have nothing to say about a claim."""
    temperature: float = 1.0
    """Divides the logits: above 1 the model it was fitted for is too sure of itself."""
    model: str = ""
    """Fingerprint of the model it was fitted for."""
    contradicts: bool = True
    """False for two-way models: what speaks against a claim they cannot tell from silence."""

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (articles, 3) from features of shape (articles, features)."""
        logits = self.logits(features) / self.temperature
        if not self.contradicts:
            logits[:, CONTRADICTION] = -np.inf
        exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponents / exponents.sum(axis=1, keepdims=True)

    def logits(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Unnormalised scores before the temperature, of shape (articles, 3)."""
        return ((features - self.mean) / self.scale) @ self.weights + self.bias

    def save(self, path: Path, **about: object) -> None:
        """Write as JSON, with anything worth remembering about where it comes from."""
        record = {
            "about": about,
            "model": self.model,
            "features": {
                name: [*map(_rounded, self.weights[row]), self.mean[row], self.scale[row]]
                for row, name in enumerate(FEATURES)
            },
            "bias": [*map(_rounded, self.bias)],
            "temperature": self.temperature,
            "topic": {
                name: _rounded(weight)
                for name, weight in zip(TOPIC_FEATURES, self.gate.weights, strict=True)
            },
            "topic_bias": _rounded(self.gate.bias),
            "contradicts": self.contradicts,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Aggregator:
        """Read what `save` wrote.

        Raises:
            ModelError: it is damaged, or was made for other features than these.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            table = np.array([record["features"][name] for name in FEATURES], dtype=np.float64)
            return cls(
                weights=table[:, :3],
                bias=np.array(record["bias"], dtype=np.float64),
                mean=table[:, 3],
                scale=table[:, 4],
                temperature=float(record["temperature"]),
                gate=TopicGate(
                    np.array([record["topic"][name] for name in TOPIC_FEATURES], dtype=np.float64),
                    float(record["topic_bias"]),
                ),
                model=str(record["model"]),
                contradicts=bool(record["contradicts"]),
            )
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelError(
                f"The calibration {path} cannot be used. Make it again: python -m nli calibrate"
            ) from error


def silenced(
    probabilities: NDArray[np.float64], off_topic: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Probabilities of shape (articles, 3) in which articles on another topic decide nothing.

    Where the scores spoke for NOT_MENTIONED anyway nothing changes; where they spoke against it,
    it is as good as a coin flip between them and the gate.
    """
    table = probabilities.copy()
    overruled = off_topic & (table.argmax(axis=1) != NEUTRAL)
    others = np.delete(table[overruled], NEUTRAL, axis=1)
    table[overruled, :NEUTRAL] = 0.499 * others / others.sum(axis=1, keepdims=True)
    table[overruled, NEUTRAL] = 0.501
    return table


def _rounded(number: float) -> float:
    return round(float(number), 6)
