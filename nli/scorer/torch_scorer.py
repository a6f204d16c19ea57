"""Scores pairs with torch."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

import numpy as np
import torch

from nli.errors import ModelError
from nli.scorer.cores import usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from nli.scorer.base import Pair
    from nli.scorer.labels import Labels
    from nli.scorer.pairs import PairTokenizer, TokenPair

BATCH_TOKENS = 2_048
"""Padding included. Enough to keep two cores busy; a larger batch only leaves their caches."""


class Encoder(Protocol):
    """A model in evaluation mode."""

    @property
    def vocabulary(self) -> int:
        """How many token ids it knows."""
        ...

    def logits(self, batch: Sequence[TokenPair]) -> torch.Tensor:
        """Scores of shape (pairs, labels). The pairs come in order of length."""
        ...


class TorchScorer:
    """A `Scorer` around an encoder that runs in this process."""

    def __init__(
        self,
        encoder: Encoder,
        tokenizer: PairTokenizer,
        labels: Labels,
        *,
        name: str,
        fingerprint: str,
        threads: int | None = None,
        batch_tokens: int = BATCH_TOKENS,
    ) -> None:
        self._encoder: Encoder | None = encoder
        self._tokenizer = tokenizer
        self._labels = labels
        self._name = name
        self._fingerprint = fingerprint
        self._batch_tokens = batch_tokens
        self._lock = threading.Lock()
        torch.set_num_threads(threads or usable_cores())

    @property
    def name(self) -> str:
        """For people: a folder or hub id."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Hexadecimal digest of the weights and labels."""
        return self._fingerprint

    @property
    def contradicts(self) -> bool:
        """False for two-way models."""
        return self._labels.contradicts

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Probabilities of shape (pairs, 3): entailment, contradiction, neutral.

        Calls from several threads wait for each other: they would share the same cores anyway.
        """
        with self._lock, torch.inference_mode():
            if self._encoder is None:
                raise ModelError("The model was closed. Load it again.")
            encoded = self._tokenizer.encode(pairs)
            outputs = np.empty((len(pairs), len(self._labels.names)), dtype=np.float32)
            for batch in self._batches(encoded):
                logits = self._encoder.logits([encoded[index] for index in batch])
                outputs[batch] = torch.softmax(logits.float(), dim=-1).cpu().numpy()
        return self._labels.arrange(outputs)

    def close(self) -> None:
        """Release the model, after the call that is under way."""
        with self._lock:
            self._encoder = None

    def _batches(self, encoded: Sequence[TokenPair]) -> Iterator[list[int]]:
        """Positions in order of length, so that neighbours need little padding."""
        batch: list[int] = []
        for index in sorted(range(len(encoded)), key=lambda index: len(encoded[index].ids)):
            if batch and (len(batch) + 1) * len(encoded[index].ids) > self._batch_tokens:
                yield batch
                batch = []
            batch.append(index)
        if batch:
            yield batch
