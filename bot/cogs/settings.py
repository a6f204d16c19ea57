"""/settings of a server, or in direct messages of oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.cogs.permissions import require_manager
from bot.replies.pages import CONTRIBUTORS, LANGUAGE_NAMES, settings_reply

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.library.models import Preferences

AUTOMATIC = "auto"
"""Discord takes no empty value for a choice."""
LONGEST_RETENTION = 365

VISIBILITIES = {False: "everyone in the channel", True: "only the person who asks"}


class SettingsCog:
    """Shows the settings, and changes those that are given."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, tree: app_commands.CommandTree[Any]) -> None:
        command = app_commands.Command(
            name="settings", description="See or change how I answer here", callback=self.settings
        )
        app_commands.choices(
            language=[
                Choice(name=locale_str(LANGUAGE_NAMES.get(code, code)), value=code or AUTOMATIC)
                for code in ("", *self._desk.catalogues.languages)
            ],
            answers=[
                Choice(name=locale_str(name), value=str(private).lower())
                for private, name in VISIBILITIES.items()
            ],
            contributors=[
                Choice(name=locale_str(name), value=value) for value, name in CONTRIBUTORS.items()
            ],
        )(command)
        tree.add_command(command)

    @app_commands.describe(
        language="Language of my answers",
        answers="Who sees answers to commands unless asked otherwise",
        contributors="Who may add and remove articles",
        retention="How many days checks are kept",
    )
    async def settings(
        self,
        interaction: discord.Interaction[Any],
        language: str | None = None,
        answers: str | None = None,
        contributors: str | None = None,
        retention: app_commands.Range[int, 0, LONGEST_RETENTION] | None = None,
    ) -> None:
        await self._desk.defer(interaction, private=True)
        place = self._desk.place(interaction)
        store = self._desk.app.store
        before = await store.preferences(place.scope)
        after = _changed(before, language, answers, contributors, retention)
        if after != before:
            require_manager(interaction, place)
            await store.set_preferences(place.scope, after)
        texts = await self._desk.texts(interaction, place)
        await self._desk.answer(interaction, settings_reply(after, texts), private=True)


def _changed(
    preferences: Preferences,
    language: str | None,
    answers: str | None,
    contributors: str | None,
    retention: int | None,
) -> Preferences:
    if language is not None:
        chosen = "" if language == AUTOMATIC else language
        preferences = replace(preferences, language=chosen)
    if answers is not None:
        preferences = replace(preferences, private=answers == "true")
    if contributors is not None:
        preferences = replace(preferences, contributors=contributors)
    if retention is not None:
        preferences = replace(preferences, retention_days=retention)
    return preferences
