"""A small unmodified discord.py client that uses what the bot will use."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

import discord
from discord import app_commands, ui

if TYPE_CHECKING:
    import re


class Echo(ui.DynamicItem[ui.Button[ui.View]], template=r"tiny:echo:(?P<word>\w+)"):
    """A button that works on messages this process never sent."""

    def __init__(self, word: str) -> None:
        super().__init__(ui.Button(label=f"Echo {word}", custom_id=f"tiny:echo:{word}"))
        self.word = word

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[ui.View], match: re.Match[str]
    ) -> Self:
        return cls(match["word"])

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"pressed {self.word}", ephemeral=True)


class Form(ui.Modal, title="A form"):
    """One text, one file."""

    body = ui.Label(
        text="Text", component=ui.TextInput(max_length=4000, style=discord.TextStyle.paragraph)
    )
    upload = ui.Label(text="File", component=ui.FileUpload(required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.body.component, ui.TextInput)
        assert isinstance(self.upload.component, ui.FileUpload)
        files = [await attachment.read() for attachment in self.upload.component.values]
        size = sum(map(len, files))
        await interaction.response.send_message(f"{self.body.component.value}, {size} bytes")


class Card(ui.LayoutView):
    """Components V2: a text and a button."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Container(ui.TextDisplay(text)))
        row: ui.ActionRow[Self] = ui.ActionRow()
        row.add_item(Echo("card"))  # pyright: ignore[reportArgumentType]
        self.add_item(row)


class TinyClient(discord.AutoShardedClient):
    """Remembers what it saw; echoes what mentions it."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        self.ready = asyncio.Event()
        self.seen: list[discord.Message] = []
        self.events: list[str] = []
        _add_commands(self.tree)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """discord.py waits five seconds before it identifies again; tests need not."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Echo)
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.ready.set()

    async def on_resumed(self) -> None:
        self.events.append("resumed")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.events.append(f"left {guild.id}")

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message)
        if message.author != self.user and self.user in message.mentions:
            await message.reply(view=Card(message.clean_content))


def _add_commands(tree: app_commands.CommandTree[TinyClient]) -> None:
    @tree.command(description="Say it again")
    @app_commands.describe(text="What to say", word="From a list", attachment="A file")
    async def echo(
        interaction: discord.Interaction,
        text: str,
        word: str = "",
        attachment: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True)
        size = len(await attachment.read()) if attachment else 0
        context = interaction.context
        where = "server" if context.guild else "direct" if context.dm_channel else "group"
        await interaction.followup.send(f"{text}/{word}/{size}/{where}")

    @echo.autocomplete("word")
    async def complete(
        interaction: discord.Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        words = ["apple", "apricot", "banana"]
        found = [w for w in words if w.startswith(current)]
        return [app_commands.Choice(name=w, value=w) for w in found]

    @tree.command(description="Open a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    things = app_commands.Group(name="things", description="Things")

    @things.command(name="list", description="List them")
    async def list_things(interaction: discord.Interaction, page: int = 1) -> None:
        await interaction.response.send_message(view=Card(f"page {page}"), ephemeral=True)

    tree.add_command(things)

    @tree.context_menu(name="Read this")
    async def read(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content or "nothing")
