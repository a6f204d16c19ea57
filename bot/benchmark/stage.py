"""A bot on a Discord of its own, with the settings under which it is measured."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.benchmark.loopback import LoopbackDiscord
from bot.benchmark.process import BotProcess
from bot.library.models import NewArticle, Place, guild_scope
from bot.library.store import Store
from nli import Article

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

HEARTBEAT_SECONDS = 1.0
"""Discord asks for one every 41 s; a shorter interval shows shorter stalls."""

LIMITS_LIFTED = {"ATTEST_USER_CHECKS": "0", "ATTEST_SERVER_CHECKS": "0"}
"""Cooldowns would refuse most of what is to be measured; the queue's bound stays."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What the measurements work with."""

    discord: LoopbackDiscord
    bot: BotProcess


@asynccontextmanager
async def stage(
    folder: Path, database: Path, *, model: str | None, article: Sequence[str] | None = None
) -> AsyncIterator[Stage]:
    """Start the bot; with `article`, it is what the first channel's claims are checked against."""
    async with LoopbackDiscord(heartbeat_interval=HEARTBEAT_SECONDS) as discord:
        if article is not None:
            await _choose(discord, database, article)
        environment = discord.environment() | LIMITS_LIFTED | {"ATTEST_DATABASE": str(database)}
        if model:
            environment["ATTEST_MODEL"] = model
        async with BotProcess(environment, folder) as bot:
            await bot.log_in(discord)
            yield Stage(discord, bot)


async def _choose(discord: LoopbackDiscord, database: Path, sentences: Sequence[str]) -> None:
    scope = guild_scope(discord.guild.id)
    place = Place(scope, discord.channel.id, discord.owner.id)
    article = Article.from_sentences(sentences, title="The article measured with")
    store = await Store.open(database)
    try:
        source, _ = await store.add(NewArticle(article), scope, discord.owner.id)
        await store.set_channel_source(place, source.id)
    finally:
        await store.close()
