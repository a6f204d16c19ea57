"""What a check answers, before anybody puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.library.models import Source
    from nli import Evidence, Judgement, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One article's judgement of a claim."""

    source: Source
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one claim."""

    check_id: int
    """0 if the check was not kept, since its asker wanted to be forgotten meanwhile."""
    claim: str
    finding: Finding
    disagreeing: Finding | None = None
    """Another article that says the opposite."""
    searched: int = 1
    """How many articles were searched; 1 if the source was chosen."""
    left_out: int = 0
    """Further claims of the same message that were not checked; told by its last answer only."""


@dataclass(frozen=True, slots=True)
class MoreEvidence:
    """What stands around the sentences that decided a check, and what else comes near."""

    claim: str
    source: Source
    verdict: Verdict
    sentences: tuple[tuple[int, str, bool], ...]
    """Position in the article, text, and whether it decided."""
    runners_up: tuple[Evidence, ...]
    check_id: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """How the bot is doing, and how much there is to see in a place."""

    model: str
    articles: int
    sentences: int
    depth: int
    """Requests waiting for the model."""
    latency: float
    """Median seconds from request to answer of late; 0 before the first."""
