"""Fixtures: a loopback Discord, and a small client of discord.py that lives in the test."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.benchmark.loopback import LoopbackDiscord
from tests.wire.tiny import TinyClient


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """These tests talk over loopback."""


@pytest.fixture
async def loopback() -> AsyncIterator[LoopbackDiscord]:
    # Patient about answers: a loaded machine must not fail a test.
    async with LoopbackDiscord(answer_within=60.0, heartbeat_interval=1.0) as server:
        yield server


Login = Callable[..., Awaitable[TinyClient]]


@pytest.fixture
async def login(loopback: LoopbackDiscord, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Login]:
    """Log the small client in; `intents` may be given."""
    monkeypatch.setattr(Route, "BASE", loopback.api_url)
    gateway = yarl.URL(loopback.gateway_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    async with contextlib.AsyncExitStack() as stack:

        async def start(intents: discord.Intents | None = None) -> TinyClient:
            client = TinyClient(intents or discord.Intents.default())
            await stack.enter_async_context(client)
            running = asyncio.create_task(client.start(loopback.token))
            stack.push_async_callback(_stopped, running)
            ready = asyncio.create_task(client.ready.wait())
            await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED, timeout=60)
            ready.cancel()
            if running.done():
                running.result()
            return client

        yield start


async def _stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError, discord.DiscordException):
        await running
