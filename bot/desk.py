"""What every way of asking shares: who asks from where, in what words to answer, and failing."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.cards.discord import layout
from bot.errors import UserError
from bot.library.models import Place, guild_scope, user_scope
from bot.logs import new_incident, origin
from bot.replies.problems import problem_reply, unexpected_reply
from nli import AttestError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from discord.ui import LayoutView

    from bot.compose import App
    from bot.i18n import Catalogues, Texts
    from bot.metrics import Metrics
    from bot.replies import Reply

log = logging.getLogger(__name__)

Asked = discord.Interaction[Any]

ANSWERED = "answered"


def outcome_of(error: Exception) -> str:
    """How a request ended, for the log and the metrics."""
    return "refused" if isinstance(error, AttestError) else "failed"


class Desk:
    """Stands between Discord's requests and the app's answers; knows of every open request."""

    def __init__(
        self,
        catalogues: Catalogues,
        app: App | None,
        metrics: Metrics,
        is_member: Callable[[int], bool],
    ) -> None:
        self.catalogues = catalogues
        self._app = app
        self._metrics = metrics
        self._is_member = is_member
        self._open: dict[int, float] = {}
        """Open requests by interaction or message id, and when each began."""
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def app(self) -> App:
        if self._app is None:
            raise RuntimeError("this desk only describes the commands")
        return self._app

    # Who asks ------------------------------------------------------------------

    def place(self, interaction: Asked) -> Place:
        """Where somebody asks.

        A person may bring the bot along to a server it is no member of. That server has
        neither articles nor settings here, so the person's own count.
        """
        user_id = interaction.user.id
        guild_id = interaction.guild_id
        known = guild_id is not None and self._is_member(guild_id)
        scope = guild_scope(guild_id) if guild_id is not None and known else user_scope(user_id)
        return Place(scope, interaction.channel_id or 0, user_id)

    async def texts(self, interaction: Asked, place: Place) -> Texts:
        """The language that was set, else that of the person's Discord."""
        preferences = await self.app.store.preferences(place.scope)
        return self.catalogues.texts(preferences.language, interaction.locale.value)

    async def is_private(self, place: Place, choice: bool | None) -> bool:
        """Whether the answer is for the asker alone."""
        if choice is not None:
            return choice
        return (await self.app.store.preferences(place.scope)).private

    # Answering -----------------------------------------------------------------

    async def defer(self, interaction: Asked, *, private: bool) -> None:
        """Tell Discord that an answer will come; it waits three seconds for this."""
        await interaction.response.defer(ephemeral=private, thinking=True)

    async def answer(self, interaction: Asked, reply: Reply, *, private: bool) -> None:
        await self.show(interaction, layout(reply), private=private)

    async def show(self, interaction: Asked, view: LayoutView, *, private: bool) -> None:
        """Answer an interaction, deferred or not."""
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=private)
        else:
            await interaction.response.send_message(view=view, ephemeral=private)

    async def fail(self, interaction: Asked, error: Exception, command: str) -> None:
        """Tell somebody, kindly and with an incident id, what went wrong."""
        guild = interaction.guild_id
        incident = self.report(error, command, interaction.id, guild)
        try:
            if not _is_past_telling(interaction):
                texts = await self._texts_for_failure(interaction)
                reply = self.problem(error, texts, incident)
                await self.answer(interaction, reply, private=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError):
            log.exception("The problem could not be told", extra={"incident": incident})
        finally:
            self.finish(interaction.id, command, outcome_of(error), guild)

    def report(self, error: Exception, command: str, request: int, guild: int | None) -> str:
        """Log an error under a new incident id."""
        incident = new_incident()
        extra = {"incident": incident, "interaction": request, "guild": guild, "command": command}
        if isinstance(error, AttestError):
            log.info("Refused by %s", origin(error), extra=extra)
        else:
            log.error("Failed", exc_info=error, extra=extra)
        return incident

    def problem(self, error: Exception, texts: Texts, incident: str) -> Reply:
        if isinstance(error, AttestError):
            return problem_reply(error, texts, incident)
        if isinstance(error, discord.Forbidden):
            missing = UserError(
                "Discord does not let me do that here. I may lack a permission in this channel."
            )
            return problem_reply(missing, texts, incident)
        return unexpected_reply(texts, incident)

    async def _texts_for_failure(self, interaction: Asked) -> Texts:
        """Texts even if the database is what failed."""
        try:
            return await self.texts(interaction, self.place(interaction))
        except Exception:
            log.exception("The settings could not be read")
            return self.catalogues.texts(interaction.locale.value)

    # Keeping track -------------------------------------------------------------

    def begin(self, request: int) -> None:
        self._open[request] = time.monotonic()
        self._idle.clear()

    def finish(self, request: int, command: str, outcome: str, guild: int | None) -> None:
        """Close a request; once is enough, further calls do nothing."""
        began = self._open.pop(request, None)
        if not self._open:
            self._idle.set()
        if began is None:
            return
        seconds = time.monotonic() - began
        self._metrics.count(command, outcome, seconds)
        extra = {
            "interaction": request,
            "guild": guild,
            "command": command,
            "outcome": outcome,
            "ms": round(seconds * 1000),
        }
        log.info("Done", extra=extra)

    async def drain(self, seconds: float) -> None:
        """Wait for open requests to be answered, but no longer than that."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            log.warning("%d requests were still open at the end", len(self._open))

    @asynccontextmanager
    async def handling(self, interaction: Asked, command: str) -> AsyncIterator[None]:
        """Around everything that no command tree looks after: buttons, menus and forms."""
        self.begin(interaction.id)
        try:
            yield
        except Exception as error:
            await self.fail(interaction, error, command)
        else:
            self.finish(interaction.id, command, ANSWERED, interaction.guild_id)


def _is_past_telling(interaction: Asked) -> bool:
    """Suggestions cannot hold a message, and Discord forgets an interaction after a while."""
    suggesting = interaction.type is discord.InteractionType.autocomplete
    return suggesting or interaction.is_expired()
