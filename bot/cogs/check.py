"""/check and the menu entry on messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.cogs.choosing import SourceChoice
from bot.cogs.words import words_of
from bot.errors import UserError
from bot.replies.checks import answers_reply

if TYPE_CHECKING:
    from bot.desk import Asked, Desk

MENU_ENTRY = "Check this message"
LONGEST_STATEMENT = 2_000


class CheckCog:
    """Claims given by command."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sources = SourceChoice(desk)

    def register(self, tree: app_commands.CommandTree[Any]) -> None:
        command = app_commands.Command(
            name="check",
            description="Check a claim against the articles",
            callback=self.check,
        )
        command.autocomplete("source")(self._sources.suggest)
        tree.add_command(command)
        tree.add_command(app_commands.ContextMenu(name=MENU_ENTRY, callback=self.check_message))

    @app_commands.describe(
        statement="What is said to be so, in your own words",
        source="The article to check against; without it, the best of all",
        private="Whether only you see the answer",
    )
    async def check(
        self,
        interaction: discord.Interaction[Any],
        statement: app_commands.Range[str, 1, LONGEST_STATEMENT],
        source: app_commands.Range[str, 1, 200] | None = None,
        private: bool | None = None,
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, private)
        await self._desk.defer(interaction, private=hidden)
        source_id = await self._sources.find_id(place, source)
        await self._answer(interaction, statement, source_id, private=hidden)

    async def check_message(
        self, interaction: discord.Interaction[Any], message: discord.Message
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        text = words_of(message)
        if not text:
            raise UserError(
                "That message holds no text I can check. Copy the claim and use /check."
            )
        await self._answer(interaction, text, None, private=hidden)

    async def _answer(
        self, interaction: Asked, text: str, source_id: int | None, *, private: bool
    ) -> None:
        place = self._desk.place(interaction)
        texts = await self._desk.texts(interaction, place)
        answers = await self._desk.app.service.check_message(text, place, source_id=source_id)
        self._desk.app.chat.remember(place, answers)
        await self._desk.answer(interaction, answers_reply(answers, texts), private=private)
