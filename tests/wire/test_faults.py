"""Failures on request, met by an unmodified client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

if TYPE_CHECKING:
    from bot.benchmark.loopback import LoopbackDiscord
    from tests.wire.conftest import Login

MESSAGES = r"/channels/\d+/messages"


async def test_rate_limit_is_waited_for(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    fault = loopback.faults.add("POST", MESSAGES, 429, retry_after=0.3)
    channel = client.get_partial_messageable(loopback.channel.id)
    await channel.send("patient")
    statuses = [r.status for r in loopback.requests_to("POST", "/messages")]
    assert statuses == [429, 200]
    assert fault.spent
    first, second = loopback.requests_to("POST", "/messages")
    assert second.at - first.at >= 0.3


async def test_server_error_is_tried_again(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    loopback.faults.add("POST", MESSAGES, 500)
    await client.get_partial_messageable(loopback.channel.id).send("again")
    assert [r.status for r in loopback.requests_to("POST", "/messages")] == [500, 200]
    assert len(loopback.messages()) == 1


async def test_unavailable_is_an_error(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    loopback.faults.add("POST", MESSAGES, 503)
    channel = client.get_partial_messageable(loopback.channel.id)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("lost")
    loopback.faults.add("POST", MESSAGES, 503, times=99)
    loopback.faults.clear()
    await channel.send("found")
    assert [message.text for message in loopback.messages()] == ["found"]


async def test_follow_up_meets_both(loopback: LoopbackDiscord, login: Login) -> None:
    await login()
    webhook = rf"/webhooks/{loopback.world.application_id}/[^/]+"
    loopback.faults.add("POST", webhook, 429)
    loopback.faults.add("POST", webhook, 500)
    reply = await loopback.wait_for_reply(await loopback.slash("echo", {"text": "hi"}))
    assert reply.text.startswith("hi/")
