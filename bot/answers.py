"""What a check answers, before anybody puts it into words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.library.models import Source
from nli import Judgement


@dataclass(frozen=True, slots=True)
class Finding:
    """One article's judgement of a claim."""

    source: Source
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one claim."""

    check_id: int
    claim: str
    finding: Finding
    disagreeing: Finding | None = None
    """Another article that says the opposite."""
    searched: int = 1
    """How many articles were searched; 1 if the source was chosen."""
