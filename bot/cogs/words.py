"""What a Discord message says, in plain words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord.ui import Button, Select

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECK_BUTTON = re.compile(r"attest:(?:more|other|right|wrong):(\d{1,18})")
CUSTOM_EMOJI = re.compile(r"<a?:(\w+):\d+>")
TIMESTAMP = re.compile(r"<t:-?\d+(?::\w)?>")


def words_of(message: discord.Message, *, without: int | None = None) -> str:
    """The text of a message, or of what it forwards or embeds; mentions become names.

    A mention of the user `without` is left out. Empty if Discord does not show the text.
    """
    text = message.content or _forwarded(message) or _embedded(message)
    if without is not None:
        text = re.sub(rf"<@!?{without}>", " ", text)
    for user in message.mentions:
        text = re.sub(rf"<@!?{user.id}>", lambda _, user=user: user.display_name, text)
    for role in message.role_mentions:
        text = text.replace(f"<@&{role.id}>", role.name)
    for channel in message.channel_mentions:
        text = text.replace(f"<#{channel.id}>", channel.name)
    text = CUSTOM_EMOJI.sub("", TIMESTAMP.sub("", text))
    return text.strip()


def check_of(message: discord.Message) -> int | None:
    """The check a verdict of the bot's own belongs to, as its buttons say."""
    for custom_id in _custom_ids(message):
        if match := CHECK_BUTTON.fullmatch(custom_id):
            return int(match[1])
    return None


def _forwarded(message: discord.Message) -> str:
    return "\n".join(filter(None, (snapshot.content for snapshot in message.message_snapshots)))


def _embedded(message: discord.Message) -> str:
    parts = (part for embed in message.embeds for part in (embed.title, embed.description))
    return "\n".join(filter(None, parts))


def _custom_ids(message: discord.Message) -> Iterator[str]:
    items: Any = discord.ui.LayoutView.from_message(message).walk_children()
    for item in items:
        if isinstance(item, Button | Select) and isinstance(item.custom_id, str):
            yield item.custom_id
