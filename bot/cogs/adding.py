"""/source add: by text, by link or by file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.cards.plain import shorten
from bot.cogs.permissions import require_contributor
from bot.cooldowns import Allowance, Cooldowns
from bot.errors import UserError
from bot.i18n import mark
from bot.library.documents import ReadingLimits
from bot.replies.library import added_reply

if TYPE_CHECKING:
    from bot.desk import Asked, Desk
    from bot.i18n import Texts
    from bot.library.models import NewArticle, Place

LONGEST_LINK = 2_000
LONGEST_TEXT = 4_000
"""Discord's own limit for a form; a longer article is added as a file."""
FORM_SECONDS = 3_600.0
LABEL_LIMIT = 45

FORM_TITLE = mark("Add an article")
PERSON = Allowance(checks=6, seconds=120)
SERVER = Allowance(checks=30, seconds=120)


class AddingCommands:
    """Reads an article from where somebody has it and puts it into the library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._cooldowns = Cooldowns(user=PERSON, server=SERVER)

    def group(self) -> app_commands.Group:
        group = app_commands.Group(name="add", description="Add an article")
        group.add_command(
            app_commands.Command(
                name="text", description="Add an article by pasting its text", callback=self.text
            )
        )
        group.add_command(
            app_commands.Command(
                name="link", description="Add the article a link leads to", callback=self.link
            )
        )
        group.add_command(
            app_commands.Command(
                name="file",
                description="Add an article from a file: .txt, .md, .html or .pdf",
                callback=self.file,
            )
        )
        return group

    async def text(self, interaction: discord.Interaction[Any]) -> None:
        place = self._desk.place(interaction)
        await require_contributor(self._desk, interaction, place)
        texts = await self._desk.texts(interaction, place)
        await interaction.response.send_modal(ArticleForm(self, texts))

    @app_commands.describe(url="The article's address, starting with https://")
    async def link(
        self,
        interaction: discord.Interaction[Any],
        url: app_commands.Range[str, 1, LONGEST_LINK],
    ) -> None:
        place, hidden = await self._prepare(interaction)
        await self._add(interaction, place, await self._desk.app.ingest.from_url(url), hidden)

    @app_commands.describe(file="The article: .txt, .md, .html or .pdf")
    async def file(self, interaction: discord.Interaction[Any], file: discord.Attachment) -> None:
        place, hidden = await self._prepare(interaction)
        most = ReadingLimits().max_bytes
        if file.size > most:
            raise UserError(
                "The file has more than {size} MB. Give the part that matters.",
                size=most // 1_000_000,
            )
        try:
            data = await file.read()
        except discord.HTTPException as error:
            raise UserError(
                "Discord did not hand the file over. Send it again in a moment."
            ) from error
        new = await self._desk.app.ingest.from_file(file.filename, data)
        await self._add(interaction, place, new, hidden)

    async def submit(
        self, interaction: discord.Interaction[Any], title: str, date: str, text: str
    ) -> None:
        """Add what the form was filled with."""
        async with self._desk.handling(interaction, "source add form"):
            place, hidden = await self._prepare(interaction)
            new = self._desk.app.ingest.from_text(text, title=title, date=date)
            await self._add(interaction, place, new, hidden)

    async def failed(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        await self._desk.fail(interaction, error, "source add form")

    async def _prepare(self, interaction: Asked) -> tuple[Place, bool]:
        """Defer first: reading a link may take longer than Discord waits."""
        place = self._desk.place(interaction)
        hidden = await self._desk.is_private(place, None)
        await self._desk.defer(interaction, private=hidden)
        await require_contributor(self._desk, interaction, place)
        self._cooldowns.spend(place)
        return place, hidden

    async def _add(self, interaction: Asked, place: Place, new: NewArticle, hidden: bool) -> None:
        source, is_new = await self._desk.app.store.add(new, place.scope, place.user_id)
        texts = await self._desk.texts(interaction, place)
        await self._desk.answer(interaction, added_reply(source, is_new, texts), private=hidden)


class ArticleForm(discord.ui.Modal):
    """Title, date and text of an article."""

    def __init__(self, adding: AddingCommands, texts: Texts) -> None:
        super().__init__(title=_label(texts(FORM_TITLE)), timeout=FORM_SECONDS)
        self._adding = adding
        self._title = discord.ui.TextInput[Any](custom_id="title", required=False, max_length=200)
        self._date = discord.ui.TextInput[Any](
            custom_id="date",
            required=False,
            max_length=40,
            placeholder=texts("For example 2026-05-03"),
        )
        self._text = discord.ui.TextInput[Any](
            custom_id="text", style=discord.TextStyle.paragraph, max_length=LONGEST_TEXT
        )
        self.add_item(discord.ui.Label(text=_label(texts("Title")), component=self._title))
        self.add_item(discord.ui.Label(text=_label(texts("Date")), component=self._date))
        self.add_item(
            discord.ui.Label(
                text=_label(texts("Text of the article")),
                description=shorten(
                    texts("If it is longer than this form takes, use /source add file."), 100
                ),
                component=self._text,
            )
        )

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        await self._adding.submit(
            interaction, self._title.value, self._date.value, self._text.value
        )

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        await self._adding.failed(interaction, error)


def _label(text: str) -> str:
    return shorten(text, LABEL_LIMIT)
