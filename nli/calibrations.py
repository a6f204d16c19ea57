"""Where the calibration of each model lies."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nli.aggregate import Aggregator

if TYPE_CHECKING:
    from nli.scorer import Scorer

SHIPPED = Path(__file__).parent / "calibration.json"


def own_file(scorer: Scorer) -> Path:
    """Where a calibration made on this machine is kept, for all installations of this user."""
    data = os.environ.get("XDG_DATA_HOME")
    if not data:
        try:
            data = Path.home() / ".local" / "share"
        except RuntimeError:  # a user without a home, as in some containers
            data = Path(tempfile.gettempdir())
    return Path(data) / "attest" / "calibrations" / f"{scorer.fingerprint[:16]}.json"


def find(scorer: Scorer) -> tuple[Aggregator, bool]:
    """The aggregator for a model, and whether it was fitted for it.

    A model that was never calibrated is read with the weights of the shipped one, which are a
    fair guess for any NLI model, as far as it can tell contradictions at all.

    Raises:
        ModelError: the calibration is damaged.
    """
    own = own_file(scorer)
    if own.is_file():
        return Aggregator.read(own), True
    shipped = Aggregator.read(SHIPPED)
    if shipped.model == scorer.fingerprint:
        return shipped, True
    return replace(shipped, contradicts=scorer.contradicts), False
