"""Messages that are meant for the bot: mentions, replies to it and direct messages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, TypeVar

import aiohttp
import discord

from bot.cards.discord import layout
from bot.chat.message import ChatMessage
from bot.cogs.words import check_of, words_of
from bot.desk import ANSWERED, outcome_of
from bot.errors import UserError
from bot.library.models import Place, guild_scope, user_scope

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bot.desk import Desk
    from bot.i18n import Texts
    from bot.replies import Reply

T = TypeVar("T")

SOON = 0.6
"""Seconds after which the bot shows that it is at work; most answers come before."""

SHORTEST_OWN_CLAIM = 4
"""Words; fewer, such as "is this true?", are about the message replied to."""

KINDS = (discord.MessageType.default, discord.MessageType.reply)
DIRECT = "direct message"
MENTION = "mention"

log = logging.getLogger(__name__)


class ChatCog:
    """Hands messages to the chat handler and its replies back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def on_message(self, message: discord.Message, me: discord.abc.User) -> None:
        """Answer a message if it asks for an answer."""
        if not is_meant_for(message, me):
            return
        command = MENTION if message.guild else DIRECT
        guild = message.guild.id if message.guild else None
        self._desk.begin(message.id)
        outcome = ANSWERED
        try:
            reply = await typing_if_long(message.channel, self._handle(message, me))
            await _send(message, reply)
        except Exception as error:
            outcome = outcome_of(error)
            incident = self._desk.report(error, command, message.id, guild)
            # Where it may not speak there is no way to tell anybody; the log is all there is.
            if not isinstance(error, discord.Forbidden):
                await self._apologise(message, error, incident)
        finally:
            self._desk.finish(message.id, command, outcome, guild)

    async def _handle(self, message: discord.Message, me: discord.abc.User) -> Reply:
        place = _place(message)
        texts = await self._texts(message, place)
        text = words_of(message, without=me.id)
        replied_text, check_id = await self._replied(message, me)
        if replied_text == "" and len(text.split()) < SHORTEST_OWN_CLAIM:
            raise UserError(
                "Discord does not show me the text of that message. Right-click it, choose Apps "
                "and then “Check this message”, or send me its words."
            )
        return await self._desk.app.chat.handle(
            ChatMessage(
                text=text,
                place=place,
                texts=texts,
                replied_text=replied_text,
                replied_check_id=check_id,
            )
        )

    async def _texts(self, message: discord.Message, place: Place) -> Texts:
        """Messages do not tell their writer's language; a server may have set one."""
        preferences = await self._desk.app.store.preferences(place.scope)
        server = message.guild.preferred_locale.value if message.guild else ""
        return self._desk.catalogues.texts(preferences.language, server)

    async def _replied(
        self, message: discord.Message, me: discord.abc.User
    ) -> tuple[str | None, int | None]:
        """The text of the message replied to, or the check if it is one of the bot's verdicts.

        The text is empty where Discord does not show it to the bot.
        """
        original = await _original(message)
        if original is None:
            return None, None
        if original.author.id == me.id:
            return None, check_of(original)
        return words_of(original), None

    async def _apologise(self, message: discord.Message, error: Exception, incident: str) -> None:
        try:
            texts = await self._texts(message, _place(message))
        except Exception:
            log.exception("The settings could not be read")
            texts = self._desk.catalogues.texts()
        try:
            await _send(message, self._desk.problem(error, texts, incident))
        except discord.HTTPException:
            log.exception("The problem could not be told", extra={"incident": incident})


def is_meant_for(message: discord.Message, me: discord.abc.User) -> bool:
    """Whether a person asks the bot: by name or in private; @everyone and roles are no names."""
    if message.author.bot or message.webhook_id or message.type not in KINDS:
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


def _place(message: discord.Message) -> Place:
    user = message.author.id
    scope = guild_scope(message.guild.id) if message.guild else user_scope(user)
    return Place(scope, message.channel.id, user)


async def _original(message: discord.Message) -> discord.Message | None:
    """The message that this one replies to, if Discord still has it."""
    reference = message.reference
    if message.type is not discord.MessageType.reply or not reference or not reference.message_id:
        return None
    resolved = reference.resolved
    if isinstance(resolved, discord.DeletedReferencedMessage):
        return None
    if resolved is not None and words_of(resolved):
        return resolved
    if resolved is not None and resolved.components:
        return resolved
    try:
        return await message.channel.fetch_message(reference.message_id)
    except discord.HTTPException:
        return resolved


async def _send(message: discord.Message, reply: Reply) -> None:
    reference = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(view=layout(reply), reference=reference, mention_author=False)


async def typing_if_long(channel: discord.abc.Messageable, work: Coroutine[None, None, T]) -> T:
    """Wait for the work, typing once it takes long. Typing that fails or lags spoils nothing."""
    task = asyncio.create_task(work)
    typing: asyncio.Task[None] | None = None
    try:
        done, _ = await asyncio.wait({task}, timeout=SOON)
        if not done:
            typing = asyncio.create_task(_type(channel))
        return await task
    finally:
        task.cancel()
        if typing is not None:
            typing.cancel()


async def _type(channel: discord.abc.Messageable) -> None:
    """Show that the bot is at work until cancelled; Discord may be slow to take even that."""
    with contextlib.suppress(discord.DiscordException, aiohttp.ClientError, OSError):
        async with channel.typing():
            await asyncio.Event().wait()
