"""The one class others use: starts and stops the server, and waits for what the bot does."""

from __future__ import annotations

import functools
import json
import time
from typing import TYPE_CHECKING, Self, TypeVar

from aiohttp import web

from bot.benchmark.loopback import (
    rest_application,
    rest_channels,
    rest_interactions,
)
from bot.benchmark.loopback.gateway import Gateway, Session
from bot.benchmark.loopback.interactions import Interaction
from bot.benchmark.loopback.limits import LOADING
from bot.benchmark.loopback.members import Members
from bot.benchmark.loopback.rest import API, Rest, serve_attachment
from bot.benchmark.loopback.state import State
from bot.benchmark.loopback.view import MessageView
from bot.benchmark.loopback.world import Channel, World

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bot.benchmark.loopback.faults import FaultPlan, Recorded

T = TypeVar("T")

GATEWAY_PATH = "/gw"


class LoopbackDiscord(Members):
    """A Discord with one bot, one server and its owner; more of each can be added.

    Use it as an async context manager, and start the bot with `environment()`. Members act
    through `send_message`, `slash` and so on; `wait_for_reply` waits for what comes back.

    Args:
        token: the bot's; any other is refused.
        heartbeat_interval: seconds between the heartbeats asked of the client.
        answer_within: seconds an interaction may wait for its first answer.
        shards: how many the client is told to open.
        approved_intents: privileged intents that are granted; none by default.
        quotes_readable: whether a message that mentions the bot also shows it the content of
            the message it replies to. Discord's documentation does not promise it.
    """

    def __init__(
        self,
        *,
        token: str = "loopback-token",  # noqa: S107
        heartbeat_interval: float = 41.25,
        answer_within: float = 3.0,
        shards: int = 1,
        approved_intents: int = 0,
        quotes_readable: bool = False,
    ) -> None:
        self.token = token
        world = World()
        self.gateway = Gateway(
            world,
            token,
            heartbeat_interval=heartbeat_interval,
            approved_intents=approved_intents,
            quotes_readable=quotes_readable,
        )
        super().__init__(State(world, self.gateway, answer_within=answer_within, shards=shards))
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen on a port of the system's choice, or on the one given."""
        routes = (
            *rest_application.routes(),
            *rest_channels.routes(),
            *rest_interactions.routes(),
        )
        app = web.Application(client_max_size=32 << 20)
        app.router.add_get(GATEWAY_PATH, self.gateway.handle)
        app.router.add_get(GATEWAY_PATH + "/", self.gateway.handle)
        attachment = functools.partial(serve_attachment, self._state)
        app.router.add_get("/attachments/{file}/{name}", attachment)
        app.router.add_route("*", API + "/{rest:.*}", Rest(self._state, self.token, routes).handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        port = self._runner.addresses[0][1]
        self._state.base_url = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}{GATEWAY_PATH}"

    async def stop(self) -> None:
        await self.gateway.drop(1001)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def shards(self) -> int:
        """How many shards the client is told to open."""
        return self._state.shards

    @shards.setter
    def shards(self, count: int) -> None:
        self._state.shards = count

    # Where it is, and what was asked of it

    @property
    def api_url(self) -> str:
        return self._state.base_url + API

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    def environment(self) -> dict[str, str]:
        """The settings that point the bot here."""
        return {
            "DISCORD_TOKEN": self.token,
            "ATTEST_DISCORD_API": self.api_url,
            "ATTEST_DISCORD_GATEWAY": self.gateway_url,
        }

    @property
    def faults(self) -> FaultPlan:
        return self._state.faults

    @property
    def requests(self) -> list[Recorded]:
        return self._state.requests

    @property
    def typing(self) -> list[tuple[int, float]]:
        return self._state.typing

    def requests_to(self, method: str, ending: str) -> list[Recorded]:
        """Requests whose path ends so."""
        return [r for r in self.requests if r.method == method and r.path.endswith(ending)]

    @property
    def sessions(self) -> list[Session]:
        return list(self.gateway.sessions.values())

    def messages(self, channel: Channel | None = None) -> list[MessageView]:
        """All messages of a channel, oldest first."""
        return [MessageView(m) for m in self._state.messages_in(channel or self.channel)]

    def heartbeat_gaps(self) -> list[float]:
        """Seconds between heartbeats on every connection so far."""
        now = time.perf_counter()
        return [gap for connection in self.gateway.connections for gap in connection.gaps(now)]

    # Waiting

    async def until(self, look: Callable[[], T | None], within: float = 60.0) -> T:
        """Wait until `look` sees something, looking again now and then.

        Raises:
            TimeoutError: it never did.
        """
        return await self._state.until(look, within, "expected change")

    async def wait_for_ready(self, within: float = 120.0) -> None:
        """Wait until the bot is logged in; it has sent its commands before that."""
        await self._state.until(lambda: self.logged_in or None, within, "login")

    @property
    def logged_in(self) -> bool:
        """Whether every shard has a session."""
        return len(self.gateway.live()) >= self._state.shards

    async def wait_for_reply(
        self,
        to: MessageView | Interaction,
        *,
        within: float = 60.0,
    ) -> MessageView:
        """The bot's answer to a message (its reply to it) or to an interaction."""
        if isinstance(to, Interaction):
            what = f"answer to {json.dumps(to.data)[:200]}"
            return await self._state.until(lambda: to.reply, within, what)
        what = f"reply to {to.text[:200]!r}"
        return await self._state.until(lambda: self.reply_to(to), within, what)

    def reply_to(self, message: MessageView) -> MessageView | None:
        """The bot's reply to a message, if it is there."""
        for found in reversed(self._state.messages_in(int(message.raw["channel_id"]))):
            if found["author"]["id"] != str(self.world.bot.id) or found["flags"] & LOADING:
                continue
            if MessageView(found).replies_to == message.id:
                return MessageView(found)
        return None

    def replied_at(self, message: MessageView) -> float:
        """When the bot's reply to a message came in, by perf_counter.

        Raises:
            LookupError: there is no reply yet.
        """
        for request in self.requests:
            if request.status not in (0, 200) or not isinstance(request.payload, dict):
                continue
            reference = request.payload.get("message_reference")
            if reference and int(reference["message_id"]) == message.id:
                return request.at
        raise LookupError(f"{message.id} has no reply")

    async def wait_for_answer(self, to: Interaction, *, within: float = 60.0) -> Interaction:
        """Wait for the callback alone: choices, a form, or a deferral."""
        what = f"callback for {json.dumps(to.data)[:200]}"
        await self._state.until(lambda: to.answer, within, what)
        return to

    async def wait_for_resume(self, *, resumes: int = 1, within: float = 60.0) -> Session:
        """Wait until a session has been resumed so often."""

        def look() -> Session | None:
            return next((s for s in self.sessions if s.connection and s.resumes >= resumes), None)

        return await self._state.until(look, within, "resumed session")
