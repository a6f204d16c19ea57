"""/help, /about and /status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.replies.pages import about_reply, help_reply, status_reply

if TYPE_CHECKING:
    from bot.desk import Desk


class AboutCog:
    """Pages about the bot, for the asker alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, tree: app_commands.CommandTree[Any]) -> None:
        tree.add_command(
            app_commands.Command(
                name="help", description="What you can ask and how", callback=self.help
            )
        )
        tree.add_command(
            app_commands.Command(
                name="about", description="What this bot is and cannot do", callback=self.about
            )
        )
        tree.add_command(
            app_commands.Command(
                name="status", description="Model, articles, speed and queue", callback=self.status
            )
        )

    async def help(self, interaction: discord.Interaction[Any]) -> None:
        texts = await self._desk.texts(interaction, self._desk.place(interaction))
        await self._desk.answer(interaction, help_reply(texts), private=True)

    async def about(self, interaction: discord.Interaction[Any]) -> None:
        texts = await self._desk.texts(interaction, self._desk.place(interaction))
        reply = about_reply(texts, self._desk.app.checker.scorer.name)
        await self._desk.answer(interaction, reply, private=True)

    async def status(self, interaction: discord.Interaction[Any]) -> None:
        await self._desk.defer(interaction, private=True)
        place = self._desk.place(interaction)
        texts = await self._desk.texts(interaction, place)
        reply = status_reply(await self._desk.app.service.status(place), texts)
        await self._desk.answer(interaction, reply, private=True)
