"""Small articles, judgements and answers to put into words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.answers import Answer, Finding
from bot.library.models import BUILTIN, Source
from nli import Evidence, Judgement, Reason, Stance, Verdict

SOURCE = Source(
    id=3,
    scope=BUILTIN,
    title="Ferry link to Norsby reopens",
    date="2026-03-14",
    url="https://news.example/ferry?id=1",
    author="Ada Holm",
    added_by=0,
    added_at=datetime(2026, 3, 15, tzinfo=UTC),
    sentence_count=12,
)
OTHER = replace(SOURCE, id=8, title="Ferry delayed again", date="", url="", author="")

STATED = Judgement(
    claim="The ferry sails again.",
    verdict=Verdict.SUPPORTED,
    confidence=0.962,
    reason=Reason.STATED,
    evidence=(Evidence(3, "The ferry resumed service on Saturday.", Stance.SUPPORTS, 0.97),),
)
REFUTED = replace(
    STATED,
    verdict=Verdict.CONTRADICTED,
    confidence=0.88,
    reason=Reason.REFUTED,
    evidence=(Evidence(0, "The ferry will not sail before May.", Stance.CONTRADICTS, 0.9),),
)
SILENT = replace(
    STATED,
    verdict=Verdict.NOT_MENTIONED,
    confidence=0.74,
    reason=Reason.NOT_SETTLED,
    evidence=(Evidence(6, "Tickets cost 40 crowns.", Stance.NEUTRAL, 0.8),),
)


def answer(judgement: Judgement, *, check_id: int = 41, source: Source = SOURCE) -> Answer:
    return Answer(check_id, judgement.claim, Finding(source, judgement))
