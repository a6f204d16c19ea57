"""The Discord client: what it listens to, how it starts and how it ends."""

from __future__ import annotations

import asyncio
import logging
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord
import yarl
from discord.ext import tasks
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.actions import ButtonActions
from bot.cards.buttons import ActionButton
from bot.cards.ui_sources import SourceSelect
from bot.cogs.about import AboutCog
from bot.cogs.chat import ChatCog
from bot.cogs.check import CheckCog
from bot.cogs.privacy import PrivacyCog
from bot.cogs.settings import SettingsCog
from bot.cogs.sources import SourcesCog
from bot.desk import ANSWERED, Desk
from bot.health import Health
from bot.library.models import guild_scope
from bot.sync import SyncRecord, sync_if_changed
from bot.translator import CommandTranslator
from bot.tree import AttestTree

if TYPE_CHECKING:
    from discord import app_commands

    from bot.compose import App
    from bot.metrics import Metrics
    from bot.settings import Settings

STOP_SECONDS = 5.0
"""How long the connection may take to end once it is closed."""
DRAIN_SECONDS = 8.0
"""How long answers under way may take when the bot is stopped."""

log = logging.getLogger(__name__)


def intents() -> discord.Intents:
    """None of them privileged: servers, and messages without the text of those not meant for us."""
    chosen = discord.Intents.none()
    chosen.guilds = True
    chosen.guild_messages = True
    chosen.dm_messages = True
    return chosen


def register_commands(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    for cog in (CheckCog, SourcesCog, SettingsCog, PrivacyCog, AboutCog):
        cog(desk).register(tree)


class AttestClient(discord.AutoShardedClient):
    """Remembers no messages and no members; an interaction brings along what it needs."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self._app = app
        self._desk = Desk(app.catalogues, app, metrics, self._is_member_of)
        self._chat = ChatCog(self._desk)
        self.attest_actions = ButtonActions(self._desk)
        self.tree = AttestTree(self)
        self.tree.desk = self._desk
        register_commands(self.tree, self._desk)
        self.add_dynamic_items(ActionButton, SourceSelect)
        self._looked_for_left = False
        metrics.watch("attest_guilds", "Servers the bot is in", lambda: len(self.guilds))
        metrics.watch("attest_gateway_latency_seconds", "Round trip", self._heartbeat)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CommandTranslator(self._app.catalogues))
        await sync_if_changed(self.tree, SyncRecord.beside(self._app.settings.database))
        self._housekeeping.start()

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Run until closed or cancelled.

        The library swallows a cancellation that comes while it reconnects, and would run on.
        """
        running = asyncio.ensure_future(super().start(token, reconnect=reconnect))
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await self.close()
            running.cancel()
            await asyncio.wait({running}, timeout=STOP_SECONDS)
            raise

    async def close(self) -> None:
        """Let answers under way be given before the connection goes."""
        if not self.is_closed():
            self._housekeeping.cancel()
            await self._desk.drain(DRAIN_SECONDS)
        await super().close()

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """The address that was set wins over the one Discord's REST API names."""
        override = self._app.settings.discord_gateway
        address = yarl.URL(override) if override else gateway
        await super().launch_shard(address, shard_id, initial=initial)

    async def on_shard_connect(self, shard_id: int) -> None:
        """Discord names an address to resume at; the one that was set wins there too."""
        shard = self.get_shard(shard_id)
        if shard is not None and (override := self._app.settings.discord_gateway):
            shard._parent.ws.gateway = yarl.URL(override)

    # Events --------------------------------------------------------------------

    async def on_ready(self) -> None:
        """Comes again with every new session, and only once all shards have named their servers."""
        log.info("Ready: %d servers, %d shards", len(self.guilds), len(self.shards))
        if not self._looked_for_left:
            self._looked_for_left = True
            await self._forget_left()

    async def on_message(self, message: discord.Message) -> None:
        if self.user is not None:
            await self._chat.on_message(message, self.user)

    async def on_app_command_completion(
        self,
        interaction: discord.Interaction[Any],
        command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        self._desk.finish(interaction.id, command.qualified_name, ANSWERED, interaction.guild_id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Only when the bot was removed; an outage is another event."""
        await self._forget(guild.id)

    async def _forget_left(self) -> None:
        """Delete what is stored of servers that removed the bot while it was not running.

        A server with an outage is among those it is in. A bot in no server at all more likely
        was told too little, or runs with another application's token, than left every one.
        """
        if not self.guilds:
            return
        try:
            for guild_id in await self._app.store.guild_ids():
                if not self._is_member_of(guild_id):
                    await self._forget(guild_id)
        except Exception:
            log.exception("Left servers could not be deleted; the next start tries again")

    async def _forget(self, guild_id: int) -> None:
        await self._app.store.forget_scope(guild_scope(guild_id))
        log.info("Removed from a server; all of it is deleted", extra={"guild": guild_id})

    # Health --------------------------------------------------------------------

    def health(self) -> Health:
        ready = self.is_ready() and not self.is_closed()
        latency = round(self._heartbeat() * 1000)
        return Health(ready, len(self.guilds), self._app.queue.depth, latency)

    def _heartbeat(self) -> float:
        """Seconds a heartbeat takes to be answered; 0 before the first."""
        latency = self.latency if self.shards else 0.0
        return latency if math.isfinite(latency) else 0.0

    @tasks.loop(hours=1)
    async def _housekeeping(self) -> None:
        """Delete the checks whose time is up."""
        try:
            deleted = await self._app.store.purge(datetime.now(UTC))
        except Exception:
            log.exception("Old checks could not be deleted; trying again in an hour")
        else:
            log.info("%d old checks deleted", deleted)

    def _is_member_of(self, guild_id: int) -> bool:
        return self.get_guild(guild_id) is not None


def silence_voice() -> None:
    """The library warns at every start that it cannot speak; this bot never does."""
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False


def aim(settings: Settings) -> None:
    """Point the library at another server than Discord's. For testing."""
    if settings.discord_api:
        Route.BASE = settings.discord_api
    if settings.discord_gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)


class SyncClient(discord.Client):
    """Logs in, sends the commands and leaves; needs neither model nor database."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(intents=discord.Intents.none())
        self.tree = AttestTree(self)
        self._desk = desk
        register_commands(self.tree, desk)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(CommandTranslator(self._desk.catalogues))
