"""How long a member waits for the reply to a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.benchmark.percentiles import Percentiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.benchmark.articles import ArticleMill
    from bot.benchmark.loopback import LoopbackDiscord

WARM_UP = 3


async def measure_mentions(
    discord: LoopbackDiscord, mill: ArticleMill, article: Sequence[str], count: int
) -> Percentiles:
    """From the message's dispatch to the request that brings the reply, one after another."""
    seconds: list[float] = []
    for number in range(WARM_UP + count):
        message, sent_at = await discord.send_timed(mill.claim(article))
        await discord.wait_for_reply(message)
        replied_at = discord.replied_at(message)
        if number >= WARM_UP:
            seconds.append(replied_at - sent_at)
    return Percentiles.of(seconds)
