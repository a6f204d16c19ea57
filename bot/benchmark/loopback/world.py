"""The people, servers, channels and messages that exist, and how Discord writes them as JSON."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

DISCORD_EPOCH_MS = 1_420_070_400_000
MANAGE_GUILD = 1 << 5
MEMBER_PERMISSIONS = (1 << 6) | (1 << 10) | (1 << 11) | (1 << 14) | (1 << 16) | (1 << 31)
"""Reactions, view, send, embed, history and slash commands: what anybody may."""
MANAGER_PERMISSIONS = MEMBER_PERMISSIONS | MANAGE_GUILD

GUILD_TEXT, DIRECT, GROUP = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `permissions` hold in every server they are met in."""

    id: int
    name: str
    bot: bool = False
    permissions: int = MEMBER_PERMISSIONS
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def user_payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }

    def member_payload(self, *, with_user: bool = True) -> Json:
        payload: Json = {
            "roles": [],
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }
        return payload | {"user": self.user_payload()} if with_user else payload


@dataclass(frozen=True, slots=True)
class Channel:
    """A server's text channel, a direct message, or a group of people without the bot in it."""

    id: int
    kind: int
    guild_id: int | None = None
    name: str = ""
    recipients: tuple[Person, ...] = ()

    def payload(self) -> Json:
        base: Json = {"id": str(self.id), "type": self.kind, "last_message_id": None, "flags": 0}
        if self.guild_id is None:
            people = [person.user_payload() for person in self.recipients]
            group: Json = {"name": self.name, "icon": None, "owner_id": None}
            return base | {"recipients": people} | (group if self.kind == GROUP else {})
        return base | {
            "guild_id": str(self.guild_id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": [],
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "parent_id": None,
        }


@dataclass(slots=True)
class Guild:
    """A server. The bot is a member of it if `has_bot`; else only its user installs work there."""

    id: int
    name: str
    owner: Person
    channels: list[Channel] = field(default_factory=list)
    locale: str = "en-US"
    has_bot: bool = True

    def payload(self, me: Person) -> Json:
        everyone = {
            "id": str(self.id),
            "name": "@everyone",
            "permissions": str(MEMBER_PERMISSIONS),
            "position": 0,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "icon": None,
            "roles": [everyone],
            "emojis": [],
            "stickers": [],
            "features": [],
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "afk_timeout": 300,
            "afk_channel_id": None,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "premium_progress_bar_enabled": False,
            "preferred_locale": self.locale,
            "joined_at": "2024-01-01T00:00:00.000000+00:00",
            "large": False,
            "unavailable": False,
            "member_count": 2,
            "members": [me.member_payload()],
            "channels": [channel.payload() for channel in self.channels],
            "threads": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody attaches to a command or a modal, or that the bot attached."""

    name: str
    data: bytes
    content_type: str = "text/plain; charset=utf-8"


class World:
    """Everything this Discord knows; messages are kept as Discord would send them, uncensored."""

    def __init__(self) -> None:
        self._counter = itertools.count()
        self._last_millisecond = 0
        self.owner = Person(self.new_id(), "olive", permissions=MANAGER_PERMISSIONS)
        self.bot = Person(self.new_id(), "Attest", bot=True)
        self.people: dict[int, Person] = {p.id: p for p in (self.owner, self.bot)}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Json] = {}
        self.files: dict[int, Upload] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}
        """Registered commands of a server, or under None those of everywhere."""

    @property
    def application_id(self) -> int:
        return self.bot.id

    def new_id(self) -> int:
        """A snowflake of now, greater than every one before."""
        self._last_millisecond = max(int(time.time() * 1000), self._last_millisecond)
        count = next(self._counter) & 0x3FFFFF
        if count == 0x3FFFFF:
            self._last_millisecond += 1
        return (self._last_millisecond - DISCORD_EPOCH_MS) << 22 | count

    def add_person(
        self, name: str, *, permissions: int = MEMBER_PERMISSIONS, locale: str = "en-US"
    ) -> Person:
        person = Person(self.new_id(), name, permissions=permissions, locale=locale)
        self.people[person.id] = person
        return person

    def add_guild(
        self, name: str, *, locale: str = "en-US", channels: int = 1, has_bot: bool = True
    ) -> Guild:
        guild = Guild(self.new_id(), name, self.owner, locale=locale, has_bot=has_bot)
        for number in range(channels):
            channel = Channel(
                self.new_id(), GUILD_TEXT, guild.id, "general" if not number else f"room-{number}"
            )
            guild.channels.append(channel)
            self.channels[channel.id] = channel
        self.guilds[guild.id] = guild
        return guild

    def direct_channel(self, person: Person) -> Channel:
        """The conversation of a person with the bot, opened when first asked for."""
        for channel in self.channels.values():
            if channel.kind == DIRECT and channel.recipients == (person,):
                return channel
        return self._add_private(DIRECT, (person,))

    def group_channel(self, *people: Person) -> Channel:
        """A group of people without the bot, where its user installs can still be used."""
        return self._add_private(GROUP, people)

    def _add_private(self, kind: int, people: tuple[Person, ...]) -> Channel:
        channel = Channel(self.new_id(), kind, recipients=people)
        self.channels[channel.id] = channel
        return channel

    def add_message(
        self, author: Person, channel: Channel, body: Mapping[str, Any], **extra: object
    ) -> Json:
        """Store a message whose content, components and so on are in `body`."""
        identifier = self.new_id()
        message: Json = {
            "id": str(identifier),
            "channel_id": str(channel.id),
            "author": author.user_payload(),
            "content": body.get("content") or "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": body.get("attachments") or [],
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "pinned": False,
            "flags": body.get("flags") or 0,
            "type": 0,
        }
        if channel.guild_id is not None:
            message["guild_id"] = str(channel.guild_id)
            message["member"] = author.member_payload(with_user=False)
        message.update(extra)
        self.messages[identifier] = message
        return message

    def add_file(self, upload: Upload, base_url: str) -> Json:
        """Store a file and describe it as an attachment that can be fetched from `base_url`."""
        identifier = self.new_id()
        self.files[identifier] = upload
        url = f"{base_url}/attachments/{identifier}/{upload.name}"
        return {
            "id": str(identifier),
            "filename": upload.name,
            "size": len(upload.data),
            "content_type": upload.content_type,
            "url": url,
            "proxy_url": url,
        }
