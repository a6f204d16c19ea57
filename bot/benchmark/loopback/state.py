"""What REST, gateway and members share: the world, what was asked, and who waits for what."""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, TypeVar

from bot.benchmark.loopback.faults import FaultPlan, Recorded
from bot.benchmark.loopback.interactions import Interaction, interaction_payload
from bot.benchmark.loopback.limits import EPHEMERAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.benchmark.loopback.gateway import Gateway
    from bot.benchmark.loopback.world import Channel, Json, World

T = TypeVar("T")

_USER_MENTION = re.compile(r"<@!?(\d+)>")


class State:
    """One running Discord."""

    def __init__(
        self, world: World, gateway: Gateway, *, answer_within: float, shards: int
    ) -> None:
        self.world = world
        self.gateway = gateway
        self.answer_within = answer_within
        self.shards = shards
        self.base_url = ""
        self.faults = FaultPlan()
        self.requests: list[Recorded] = []
        self.interactions: dict[str, Interaction] = {}
        """By token."""
        self.typing: list[tuple[int, float]] = []
        """(channel, when)."""
        self._changed = asyncio.Event()
        gateway.on_change = self.changed

    def changed(self) -> None:
        """Let everybody who waits look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, look: Callable[[], T | None], within: float, what: str) -> T:
        """Wait until `look` sees something.

        Raises:
            TimeoutError: it never did; the message tells what was waited for.
        """
        deadline = time.monotonic() + within
        while (seen := look()) is None:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"No {what} within {within:g} s.")
            try:
                # What is looked at may also change without a word from this side.
                await asyncio.wait_for(self._changed.wait(), min(left, 0.05))
            except TimeoutError:
                continue
        return seen

    def mentions_in(self, text: str, allowed: Json | None = None) -> list[Json]:
        """The people a text pings. `allowed` is a message's allowed_mentions; None allows all."""
        people: list[Json] = []
        if allowed is not None and "users" not in (allowed.get("parse") or ()):
            permitted = {int(i) for i in allowed.get("users") or ()}
        else:
            permitted = None
        for match in dict.fromkeys(map(int, _USER_MENTION.findall(text))):
            person = self.world.people.get(match)
            if person is not None and (permitted is None or match in permitted):
                people.append(person.user_payload() | {"member": person.member_payload()})
        return people

    async def publish(self, event: str, message: Json) -> None:
        """Tell the bot of a message. Ephemeral ones are not told to anybody but their reader."""
        if not message["flags"] & EPHEMERAL:
            guild = message.get("guild_id")
            await self.gateway.dispatch(event, message, int(guild) if guild else None)
        self.changed()

    async def start_interaction(self, interaction: Interaction) -> None:
        self.interactions[interaction.token] = interaction
        payload = interaction_payload(self.world, interaction)
        await self.gateway.dispatch("INTERACTION_CREATE", payload, interaction.channel.guild_id)

    def messages_in(self, channel: Channel | int) -> list[Json]:
        """A channel's messages, oldest first."""
        wanted = str(channel if isinstance(channel, int) else channel.id)
        return [m for m in self.world.messages.values() if m["channel_id"] == wanted]
