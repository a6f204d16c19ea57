"""Many members asking at once: who gets an answer, who is told to wait, who gets nothing."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.benchmark.percentiles import Percentiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.benchmark.articles import ArticleMill
    from bot.benchmark.loopback import LoopbackDiscord, MessageView

PATIENCE = 60.0
"""Seconds after which a member counts as lost."""
MISSED = 1.5
"""A heartbeat counts as missed when it comes this many intervals after the last."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """What became of so many questions."""

    members: int
    seconds: float
    answered: int
    busy: int
    failed: int
    """Told that something went wrong."""
    lost: int
    waits: Percentiles
    """Of those answered."""
    heartbeats: int
    heartbeat_interval: float
    longest_gap: float
    missed: int


async def measure_crowd(
    discord: LoopbackDiscord,
    mill: ArticleMill,
    article: Sequence[str],
    *,
    members: int,
    seconds: float,
    seed: int,
) -> Crowd:
    """Different people of one server, each with a claim of their own: half mention the bot,
    half use /check, at moments spread evenly by chance.
    """
    draw = random.Random(seed)
    started = time.perf_counter()
    outcomes = await asyncio.gather(
        *(
            _ask(discord, mill.claim(article), number, draw.uniform(0, seconds))
            for number in range(members)
        )
    )
    ended = time.perf_counter()
    counts = Counter(outcome for outcome, _ in outcomes)
    interval = discord.gateway.heartbeat_interval
    beats = [
        beat
        for connection in discord.gateway.connections
        for beat in connection.heartbeats
        if started - 2 * interval <= beat
    ]
    marks = [*(beats or [started]), ended]
    gaps = [later - earlier for earlier, later in pairwise(marks)]
    return Crowd(
        members=members,
        seconds=seconds,
        answered=counts["answered"],
        busy=counts["busy"],
        failed=counts["failed"],
        lost=counts["lost"],
        waits=Percentiles.of([wait for outcome, wait in outcomes if outcome == "answered"]),
        heartbeats=len(beats),
        heartbeat_interval=interval,
        longest_gap=round(max(gaps), 3),
        missed=sum(gap > MISSED * interval for gap in gaps),
    )


async def _ask(
    discord: LoopbackDiscord, claim: str, number: int, after: float
) -> tuple[str, float]:
    """The outcome, and the seconds it took."""
    await asyncio.sleep(after)
    member = discord.world.add_person(f"member{number}")
    try:
        if number % 2:
            asked = await discord.slash("check", {"statement": claim}, person=member)
            reply = await discord.wait_for_reply(asked, within=PATIENCE)
            wait = asked.waited
        else:
            message, sent_at = await discord.send_timed(claim, author=member)
            reply = await discord.wait_for_reply(message, within=PATIENCE)
            wait = discord.replied_at(message) - sent_at
    except TimeoutError:
        return "lost", PATIENCE
    return outcome_of(reply), wait


def outcome_of(reply: MessageView) -> str:
    """A verdict carries buttons to go on with; a refusal says when to come back."""
    if any(button.get("custom_id", "").startswith("attest:more:") for button in reply.buttons):
        return "answered"
    return "busy" if "Try again in" in reply.text else "failed"
