"""/source: the articles that claims are checked against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.cogs.adding import AddingCommands
from bot.cogs.choosing import SourceChoice
from bot.cogs.permissions import require_contributor
from bot.cogs.reading import Reading
from bot.errors import UserError
from bot.replies.library import hits_reply, removed_reply, using_reply

if TYPE_CHECKING:
    from bot.desk import Desk

LAST_PAGE = 100_000
LONGEST_NAME = 200


class SourcesCog:
    """Everything under /source; what adds articles is in `AddingCommands`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._choice = SourceChoice(desk)
        self._reading = Reading(desk)
        self._adding = AddingCommands(desk)

    def register(self, tree: app_commands.CommandTree[Any]) -> None:
        group = app_commands.Group(
            name="source", description="The articles claims are checked against"
        )
        group.add_command(self._adding.group())
        group.add_command(
            app_commands.Command(
                name="list", description="Which articles there are", callback=self.list
            )
        )
        show = app_commands.Command(
            name="show", description="Read an article, its sentences numbered", callback=self.show
        )
        search = app_commands.Command(
            name="search", description="Find sentences by their words", callback=self.search
        )
        use = app_commands.Command(
            name="use",
            description="Check this channel's claims against one article, or against all again",
            callback=self.use,
        )
        remove = app_commands.Command(
            name="remove", description="Remove an article", callback=self.remove
        )
        for command in (show, search, use, remove):
            command.autocomplete("source")(self._choice.suggest)
            group.add_command(command)
        tree.add_command(group)

    @app_commands.describe(page="Which page of the list")
    async def list(
        self,
        interaction: discord.Interaction[Any],
        page: app_commands.Range[int, 1, LAST_PAGE] = 1,
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        texts = await self._desk.texts(interaction, place)
        reply = await self._reading.list_page(place, page, texts)
        await self._desk.answer(interaction, reply, private=hidden)

    @app_commands.describe(source="The article", page="Which page of it")
    async def show(
        self,
        interaction: discord.Interaction[Any],
        source: app_commands.Range[str, 1, LONGEST_NAME],
        page: app_commands.Range[int, 1, LAST_PAGE] = 1,
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        found = await self._choice.find(place, source)
        texts = await self._desk.texts(interaction, place)
        reply = await self._reading.article_page(place, found.id, page, texts)
        await self._desk.answer(interaction, reply, private=hidden)

    @app_commands.describe(words="What to look for", source="Look in this article only")
    async def search(
        self,
        interaction: discord.Interaction[Any],
        words: app_commands.Range[str, 1, LONGEST_NAME],
        source: app_commands.Range[str, 1, LONGEST_NAME] | None = None,
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        source_id = await self._choice.find_id(place, source)
        hits = await self._desk.app.store.search(place.visible, words, source_id=source_id)
        texts = await self._desk.texts(interaction, place)
        await self._desk.answer(interaction, hits_reply(words, hits, texts), private=hidden)

    @app_commands.describe(source="The article; leave out to use all again")
    async def use(
        self,
        interaction: discord.Interaction[Any],
        source: app_commands.Range[str, 1, LONGEST_NAME] | None = None,
    ) -> None:
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        found = await self._choice.find(place, source) if source else None
        await self._desk.app.store.set_channel_source(place, found.id if found else None)
        texts = await self._desk.texts(interaction, place)
        await self._desk.answer(interaction, using_reply(found, texts), private=hidden)

    @app_commands.describe(source="The article")
    async def remove(
        self,
        interaction: discord.Interaction[Any],
        source: app_commands.Range[str, 1, LONGEST_NAME],
    ) -> None:
        await self._desk.defer(interaction, private=True)
        place = self._desk.place(interaction)
        await require_contributor(self._desk, interaction, place)
        found = await self._choice.find(place, source)
        removed = await self._desk.app.store.remove(found.id, place.scope)
        if removed is None:
            raise UserError(
                "Article #{number} comes with the bot and stays. You can remove articles that "
                "were added here.",
                number=found.id,
            )
        texts = await self._desk.texts(interaction, place)
        await self._desk.answer(interaction, removed_reply(removed, texts), private=True)
