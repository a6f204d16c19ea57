"""Many durations in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Percentiles:
        """All zero if there are none."""
        if not seconds:
            return cls(0, 0.0, 0.0, 0.0)
        p50, p95, p99 = (round(float(v) * 1000, 1) for v in np.percentile(seconds, (50, 95, 99)))
        return cls(len(seconds), p50, p95, p99)

    def __str__(self) -> str:
        return f"{self.p50:.0f} / {self.p95:.0f} / {self.p99:.0f} ms"
