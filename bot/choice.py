"""Which of several articles answers a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nli import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers import Finding

OPPOSITES = {
    Verdict.SUPPORTED: Verdict.CONTRADICTED,
    Verdict.CONTRADICTED: Verdict.SUPPORTED,
}
SURE = 0.6
"""An article other than the likeliest must be at least so sure to be heard: it may be about
another event, and contradict the claim for that reason alone."""


def choose(findings: Sequence[Finding]) -> tuple[Finding, Finding | None]:
    """The finding that answers, and one that says the opposite, if any does.

    `findings` come likeliest article first, and there is at least one. An article that settles
    the claim beats one that is silent, the surer the better; if all are silent, the likeliest
    one is the honest answer.
    """
    settled = [
        finding
        for position, finding in enumerate(findings)
        if finding.judgement.verdict in OPPOSITES
        and (position == 0 or _confidence(finding) >= SURE)
    ]
    if not settled:
        return findings[0], None
    settled.sort(key=_confidence, reverse=True)
    best = settled[0]
    opposite = OPPOSITES[best.judgement.verdict]
    for finding in settled[1:]:
        if finding.judgement.verdict is opposite and _confidence(finding) >= SURE:
            return best, finding
    return best, None


def _confidence(finding: Finding) -> float:
    return finding.judgement.confidence
