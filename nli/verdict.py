"""What comes out of a check: a verdict, how sure, why, and the sentences that decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The article's answer to a claim. NOT_MENTIONED never means false."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_MENTIONED = "not_mentioned"


class Stance(StrEnum):
    """What one sentence does to the claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Reason(StrEnum):
    """Why the verdict came out as it did."""

    STATED = "stated"
    """One sentence says it."""
    STATED_JOINTLY = "stated_jointly"
    """Several sentences say it together."""
    REFUTED = "refuted"
    """One sentence cannot be true together with it."""
    REFUTED_JOINTLY = "refuted_jointly"
    """Several sentences together cannot be true with it."""
    OFF_TOPIC = "off_topic"
    """Nothing in the article is about it."""
    NOT_SETTLED = "not_settled"
    """The article touches on it without saying whether it is so."""
    CONFLICTING = "conflicting"
    """Some sentences speak for it and others against it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of the article and what it says about the claim."""

    index: int
    """Position in the article, from 0."""
    sentence: str
    stance: Stance
    score: float
    """Probability of the stance, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one claim by one article."""

    claim: str
    verdict: Verdict
    confidence: float
    """Calibrated probability that the verdict is right, 0 to 1."""
    reason: Reason
    evidence: tuple[Evidence, ...]
    """The deciding sentence, and a second that tells nearly as much; the nearest if none does."""
    runners_up: tuple[Evidence, ...] = ()
    """Further sentences worth reading, best first."""
    calibrated: bool = True
    """False if the model in use was never calibrated: the confidence is then raw."""
