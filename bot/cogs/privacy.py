"""/privacy and /forget-me."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.replies.pages import forgotten_reply, privacy_reply

if TYPE_CHECKING:
    from bot.desk import Desk


class PrivacyCog:
    """What is stored of people, and having it deleted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, tree: app_commands.CommandTree[Any]) -> None:
        tree.add_command(
            app_commands.Command(
                name="privacy",
                description="What is stored, for how long, and who sees it",
                callback=self.privacy,
            )
        )
        tree.add_command(
            app_commands.Command(
                name="forget-me",
                description="Delete all that is stored about you, at once",
                callback=self.forget_me,
            )
        )

    async def privacy(self, interaction: discord.Interaction[Any]) -> None:
        place = self._desk.place(interaction)
        texts = await self._desk.texts(interaction, place)
        preferences = await self._desk.app.store.preferences(place.scope)
        reply = privacy_reply(texts, preferences.retention_days)
        await self._desk.answer(interaction, reply, private=True)

    async def forget_me(self, interaction: discord.Interaction[Any]) -> None:
        await self._desk.defer(interaction, private=True)
        texts = await self._desk.texts(interaction, self._desk.place(interaction))
        self._desk.app.chat.memory.forget_user(interaction.user.id)
        forgotten = await self._desk.app.service.forget_user(interaction.user.id)
        await self._desk.answer(interaction, forgotten_reply(forgotten, texts), private=True)
