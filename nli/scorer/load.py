"""From a model's name to a scorer that is ready for use."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from nli.scorer.folders import find_model

if TYPE_CHECKING:
    from nli.scorer.base import Scorer


def load_scorer(model: str | None = None, *, threads: int | None = None) -> Scorer:
    """Load the shipped model, a model from a local folder, or one from the model hub.

    Args:
        model: a folder or a hub id; None for the shipped model, which needs no network.
        threads: for matrix products; by default one for each physical core.

    Raises:
        ModelError: there is no such model, it is damaged, or it gives no verdicts.
    """
    folder, name = find_model(model)
    _let_waiting_threads_sleep()
    from nli.scorer.local import load_folder

    return load_folder(folder, name=name, threads=threads)


def _let_waiting_threads_sleep() -> None:
    """Ask OpenMP not to spin while a thread waits for the others; counts before torch's import.

    Spinning gains next to nothing on idle cores. Where anything else runs, the thread that spins
    takes the core from the one it is waiting for: a check then takes four times as long.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
