"""The command tree: where commands may be used, and the one place their errors end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.errors import UserError

if TYPE_CHECKING:
    from bot.desk import Asked, Desk


class AttestTree(app_commands.CommandTree[Any]):
    """Commands work in servers, in direct messages and in private channels alike."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.desk: Desk | None = None

    async def interaction_check(self, interaction: Asked, /) -> bool:
        if self.desk and interaction.type is discord.InteractionType.application_command:
            self.desk.begin(interaction.id)
        return True

    async def on_error(self, interaction: Asked, error: app_commands.AppCommandError, /) -> None:
        if self.desk is not None:
            name = interaction.command.qualified_name if interaction.command else "unknown"
            await self.desk.fail(interaction, _cause(error), name)


def _cause(error: app_commands.AppCommandError) -> Exception:
    """What went wrong, freed from the library's wrapping."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return UserError(
            "This command has changed since your Discord last looked. Reload Discord (Ctrl+R) "
            "or wait a few minutes, then try again."
        )
    return error
