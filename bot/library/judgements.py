"""Judgements as JSON, for the check log."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.library.normalise import storable
from nli import Evidence, Judgement, Reason, Stance, Verdict


def dump_judgement(judgement: Judgement) -> str:
    return storable(json.dumps(asdict(judgement), ensure_ascii=False))


def load_judgement(text: str) -> Judgement:
    values: dict[str, Any] = json.loads(text)
    return Judgement(
        claim=values["claim"],
        verdict=Verdict(values["verdict"]),
        confidence=values["confidence"],
        reason=Reason(values["reason"]),
        evidence=tuple(map(_evidence, values["evidence"])),
        runners_up=tuple(map(_evidence, values["runners_up"])),
        calibrated=values["calibrated"],
    )


def _evidence(values: dict[str, Any]) -> Evidence:
    return Evidence(
        index=values["index"],
        sentence=values["sentence"],
        stance=Stance(values["stance"]),
        score=values["score"],
    )
