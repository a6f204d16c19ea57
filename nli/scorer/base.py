"""The one thing the checker needs of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


class Pair(NamedTuple):
    """A premise (from the article) and a hypothesis (the claim)."""

    premise: str
    hypothesis: str


class Scorer(Protocol):
    """A natural language inference model."""

    @property
    def name(self) -> str:
        """For people: a folder or hub id."""
        ...

    @property
    def fingerprint(self) -> str:
        """Hexadecimal digest of the weights; calibrations are kept under it."""
        ...

    @property
    def contradicts(self) -> bool:
        """False for two-way models, which cannot tell "contradicted" from "not mentioned"."""
        ...

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Probabilities of shape (pairs, 3): entailment, contradiction, neutral."""
        ...

    def close(self) -> None:
        """Release the model. The scorer is of no use afterwards."""
        ...
