"""Connections are lost and resumed; heartbeats are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

if TYPE_CHECKING:
    from bot.benchmark.loopback import LoopbackDiscord
    from tests.wire.conftest import Login


async def test_reconnect_resumes_and_replays(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    before = loopback.sessions[0].id
    async with loopback.gateway.held():
        await loopback.gateway.drop()
        missed = await loopback.send_message("while you were away", mention_bot=True)
    session = await loopback.wait_for_resume()
    assert session.id == before
    assert session.replayed == 1
    assert (await loopback.wait_for_reply(missed)).text.endswith("while you were away")
    await loopback.until(lambda: "resumed" in client.events or None)
    assert [m.id for m in client.seen].count(missed.id) == 1


async def test_opcode_7(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    await loopback.gateway.ask_to_reconnect()
    session = await loopback.wait_for_resume()
    assert session.resumes == 1
    assert len(loopback.gateway.connections) == 2
    asked = await loopback.send_message("still there?", mention_bot=True)
    assert await loopback.wait_for_reply(asked)


@pytest.mark.parametrize("resumable", [True, False])
async def test_opcode_9(resumable: bool, loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    before = loopback.sessions[0].id
    await loopback.gateway.invalidate(resumable=resumable)
    await loopback.until(lambda: len(loopback.gateway.connections) == 2 or None)
    await loopback.until(lambda: loopback.gateway.live() or None)
    assert (loopback.sessions[0].id == before) is resumable
    asked = await loopback.send_message("still there?", mention_bot=True)
    assert await loopback.wait_for_reply(asked)


async def test_unknown_session_is_told_so(loopback: LoopbackDiscord) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(loopback.gateway_url) as socket,
    ):
        assert (await socket.receive_json())["op"] == 10
        resume = {"token": loopback.token, "session_id": "gone", "seq": 5}
        await socket.send_json({"op": 6, "d": resume})
        assert await socket.receive_json() == {"op": 9, "d": False}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not json", 4002),
        ('{"op": 3, "d": {}}', 4003),
        ('{"op": 2, "d": {"token": "wrong", "intents": 0}}', 4004),
        ('{"op": 2, "d": {"token": "loopback-token", "intents": 0, "shard": [2, 2]}}', 4010),
        ('{"op": 2, "d": {"token": "loopback-token", "intents": 2}}', 4014),
    ],
)
async def test_close_codes(text: str, code: int, loopback: LoopbackDiscord) -> None:
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(loopback.gateway_url) as socket,
    ):
        await socket.receive_json()
        await socket.send_str(text)
        await socket.receive()
        assert socket.close_code == code


async def test_heartbeats_are_written_down(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    connection = loopback.gateway.connections[0]
    # The first comes at once, the others every second.
    await loopback.until(lambda: len(connection.heartbeats) >= 3 or None)
    gaps = loopback.heartbeat_gaps()
    assert len(gaps) == len(connection.heartbeats) + 1
    assert sum(gaps) > 0
    assert client.latency < float("inf")
