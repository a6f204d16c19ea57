"""The real bot, started as an operator starts it, against a loopback Discord."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yarl import URL

from bot.benchmark.loopback import LoopbackDiscord, MessageView
from bot.benchmark.process import BotProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TITLE = "Harbour opens new ferry terminal"
ARTICLE = """\
The port of Lindhaven opened its new ferry terminal on Tuesday after four years of work.
The building cost 48 million euros, said harbour master Ilse Brandt.
Ferries to the island of Skarn will leave every two hours from now on.
The old terminal will be torn down in the spring.
A spokesman for the fishermen, Jonas Reet, said that the noise was a nuisance.
"""
SUPPORTED_CLAIM = "The building cost 48 million euros."
CONTRADICTED_CLAIM = "The building cost 90 million euros."
UNRELATED_CLAIM = "Penguins live in Antarctica."
DECIDING = "The building cost 48 million euros"


@dataclass(frozen=True, slots=True)
class Running:
    discord: LoopbackDiscord
    bot: BotProcess
    database: Path


def loopback() -> LoopbackDiscord:
    """Patient about first answers, so that a loaded machine fails no test."""
    return LoopbackDiscord(answer_within=60.0, heartbeat_interval=1.0, quotes_readable=True)


@asynccontextmanager
async def loopback_on(gateway_url: str) -> AsyncIterator[LoopbackDiscord]:
    """Another one, at an address that was in use before."""
    discord = loopback()
    await discord.start(URL(gateway_url).port or 0)
    try:
        yield discord
    finally:
        await discord.stop()


@asynccontextmanager
async def running(
    discord: LoopbackDiscord, folder: Path, **settings: str
) -> AsyncIterator[Running]:
    """The bot, logged in; its database stays in `folder`."""
    database = folder / "attest.sqlite3"
    environment = {"ATTEST_DATABASE": str(database), "ATTEST_USER_CHECKS": "0"} | settings
    async with BotProcess(discord.environment() | environment, folder) as bot:
        await bot.log_in(discord)
        yield Running(discord, bot, database)


async def add_article(discord: LoopbackDiscord) -> int:
    """Add the article by its form, make it the channel's, and return its number."""
    opened = await discord.wait_for_answer(await discord.slash("source add text"))
    form = {"title": TITLE, "date": "2026-05-05", "text": ARTICLE}
    await discord.wait_for_reply(await discord.modal_submit(opened, form))
    typed = await discord.autocomplete("source use", "source", {"source": "Harbour"})
    await discord.wait_for_answer(typed)
    assert typed.choices, "the new article is not suggested"
    number = str(typed.choices[0]["value"])
    used = await discord.wait_for_reply(await discord.slash("source use", {"source": number}))
    assert TITLE in used.text
    return int(number)


def replies_to(discord: LoopbackDiscord, message: MessageView) -> list[MessageView]:
    """All of the bot's replies to a message: there must never be two."""
    channel = discord.world.channels[int(message.raw["channel_id"])]
    return [found for found in discord.messages(channel) if found.replies_to == message.id]
