"""What members do: write, use commands, press buttons, fill in forms."""

from __future__ import annotations

import copy
import secrets
import time
from typing import TYPE_CHECKING

from bot.benchmark.loopback import commands, interactions
from bot.benchmark.loopback.interactions import Interaction
from bot.benchmark.loopback.view import MessageView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.benchmark.loopback.state import State
    from bot.benchmark.loopback.world import Channel, Guild, Json, Person

MESSAGE_REPLY = 19


class Members:
    """Everybody but the bot. Where nobody is named it is the owner, in the first channel."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.world = state.world
        self.owner = self.world.owner
        self.guild = self.world.add_guild("Newsroom")

    @property
    def channel(self) -> Channel:
        """The first channel of the first server."""
        return self.guild.channels[0]

    async def send_message(
        self,
        content: str,
        *,
        author: Person | None = None,
        channel: Channel | None = None,
        mention_bot: bool = False,
        reply_to: MessageView | None = None,
        ping: bool = True,
    ) -> MessageView:
        """Write a message; `mention_bot` puts a mention in front of it.

        A reply pings the author of what it replies to, unless that answers an interaction.
        """
        author, channel = author or self.owner, channel or self.channel
        text = f"{self.world.bot.mention} {content}" if mention_bot else content
        mentions = self._state.mentions_in(text)
        extra: dict[str, object] = {"mentions": mentions}
        if reply_to is not None:
            quoted = copy.deepcopy(reply_to.raw)
            quoted.pop("referenced_message", None)
            extra["type"] = MESSAGE_REPLY
            extra["referenced_message"] = quoted
            extra["message_reference"] = {
                "type": 0,
                "message_id": quoted["id"],
                "channel_id": quoted["channel_id"],
                "guild_id": quoted.get("guild_id"),
            }
            there = any(m["id"] == quoted["author"]["id"] for m in mentions)
            if ping and "interaction_metadata" not in quoted and not there:
                mentions.append(quoted["author"])
        message = self.world.add_message(author, channel, {"content": text}, **extra)
        await self._state.publish("MESSAGE_CREATE", message)
        return MessageView(message)

    async def send_timed(
        self, content: str, *, author: Person | None = None
    ) -> tuple[MessageView, float]:
        """Mention the bot in the first channel; with the moment before that was dispatched."""
        sent_at = time.perf_counter()
        return await self.send_message(content, author=author, mention_bot=True), sent_at

    async def slash(
        self,
        command: str,
        options: Mapping[str, object] | None = None,
        *,
        person: Person | None = None,
        channel: Channel | None = None,
    ) -> Interaction:
        """Use a registered command: `slash("check", {"statement": "..."})`."""
        channel = channel or self.channel
        data = self._invoke(command, options or {}, channel)
        return await self._interact(interactions.COMMAND, data, person, channel)

    async def autocomplete(
        self,
        command: str,
        focused: str,
        options: Mapping[str, object],
        *,
        person: Person | None = None,
        channel: Channel | None = None,
    ) -> Interaction:
        """Type into the option `focused` of a command, whose text so far is in `options`."""
        channel = channel or self.channel
        data = self._invoke(command, options, channel, focused)
        return await self._interact(interactions.AUTOCOMPLETE, data, person, channel)

    async def context_menu(
        self,
        name: str,
        target: MessageView,
        *,
        person: Person | None = None,
        channel: Channel | None = None,
    ) -> Interaction:
        """Right-click a message and choose a registered entry of its menu."""
        channel = channel or self.channel
        kind = commands.MESSAGE_MENU
        command = commands.find_command(self.world, name, kind, channel.guild_id)
        data: Json = {
            "id": command["id"],
            "name": name,
            "type": kind,
            "target_id": str(target.id),
            "resolved": {"messages": {str(target.id): target.raw}},
        }
        return await self._interact(interactions.COMMAND, data, person, channel)

    async def component(
        self,
        message: MessageView,
        wanted: str,
        values: tuple[str, ...] = (),
        *,
        person: Person | None = None,
    ) -> Interaction:
        """Press a button or choose from a select, found by custom id or label."""
        data = interactions.component_data(message, wanted, values)
        channel = self.world.channels[int(message.raw["channel_id"])]
        return await self._interact(
            interactions.COMPONENT, data, person, channel, message=message.raw
        )

    async def modal_submit(
        self, opened: Interaction, values: Mapping[str, object], *, person: Person | None = None
    ) -> Interaction:
        """Fill in and send the form that an interaction opened; `values` by label or custom id."""
        if opened.modal is None:
            raise LookupError("That interaction opened no form.")
        data = interactions.modal_data(self.world, opened.modal, values, self._state.base_url)
        return await self._interact(
            interactions.MODAL_SUBMIT,
            data,
            person or opened.person,
            opened.channel,
            message=opened.message,
        )

    def _invoke(
        self, command: str, options: Mapping[str, object], channel: Channel, focused: str = ""
    ) -> Json:
        return commands.invoke(
            self.world,
            command,
            options,
            guild_id=channel.guild_id,
            base_url=self._state.base_url,
            focused=focused,
        )

    async def _interact(
        self,
        kind: int,
        data: Json,
        person: Person | None,
        channel: Channel,
        message: Json | None = None,
    ) -> Interaction:
        interaction = Interaction(
            id=self.world.new_id(),
            token=secrets.token_urlsafe(24),
            kind=kind,
            person=person or self.owner,
            channel=channel,
            data=data,
            sent_at=time.perf_counter(),
            message=message,
        )
        await self._state.start_interaction(interaction)
        return interaction

    async def leave_guild(self, guild: Guild) -> None:
        """Remove the bot from a server."""
        guild.has_bot = False
        gone = {"id": str(guild.id), "unavailable": False}
        await self._state.gateway.dispatch("GUILD_DELETE", gone, guild.id)

    async def join_guild(self, guild: Guild) -> None:
        """Add the bot to a server."""
        guild.has_bot = True
        await self._state.gateway.dispatch("GUILD_CREATE", guild.payload(self.world.bot), guild.id)
