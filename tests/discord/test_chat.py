"""Mentions, replies and direct messages."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import discord
import pytest

import bot.cogs.chat
from bot.client import intents
from bot.cogs.chat import typing_if_long
from tests.discord.conftest import INCIDENT
from tests.discord.reading import answer_of, labels_of, text_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.discord.conftest import World

CLAIM = "Oakham council bought twelve electric buses"


def last_by_bot(world: World) -> discord.Message:
    message = world.channel.last_message
    assert message is not None
    assert message.author == world.client.user
    return message


async def test_a_mention_is_answered_by_a_reply(world: World) -> None:
    await world.add_article()
    asked = await world.member.send(world.channel, f"{world.bot_mention} so {CLAIM}, right?")
    reply = last_by_bot(world)
    assert "SUPPORTED" in text_of(reply)
    assert len(labels_of(reply)) == 4
    assert reply.reference is not None
    assert reply.reference.message_id == asked.id
    assert world.member.id not in reply.raw_mentions


async def test_the_mention_is_no_part_of_the_claim(world: World) -> None:
    await world.add_article()
    await world.member.send(world.channel, f"{CLAIM}, {world.bot_mention}!")
    assert world.client.user is not None
    claim = world.checker.batches[-1][0].claim
    assert str(world.client.user.id) not in claim
    assert world.client.user.name not in claim


async def test_a_direct_message_needs_no_mention(world: World) -> None:
    await world.add_article()
    tom = world.member.user
    shown = await tom.slash("source add text")
    await tom.submit_modal(shown, {"title": "Mine", "text": "My cat sleeps on Mondays."})
    await tom.send_dm("My cat sleeps on Mondays")
    reply = tom.dm_channel.last_message
    assert reply is not None
    assert "SUPPORTED" in text_of(reply)
    assert "Mine" in text_of(reply)


@pytest.mark.parametrize(
    "text",
    ["{claim}", "@everyone {claim}", "@here {claim}", "{other} {claim}", "@TestBot {claim}"],
)
async def test_what_is_not_meant_for_it_is_left_alone(world: World, text: str) -> None:
    await world.add_article()
    before = len(world.checker.batches)
    await world.manager.send(world.channel, text.format(claim=CLAIM, other=world.member.mention))
    message = world.channel.last_message
    assert message is not None
    assert message.author.id == world.manager.id
    assert len(world.checker.batches) == before


async def test_a_mention_of_its_role_is_no_mention(world: World) -> None:
    me = world.guild.me
    assert me is not None
    role = world.guild.create_role("Attest")
    asked = await world.manager.send(world.channel, f"{role.mention} {CLAIM}")
    assert world.channel.last_message == asked


async def test_other_bots_and_webhooks_are_left_alone(world: World) -> None:
    await world.add_article()
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.bot_mention} {CLAIM}")
    hook = world.guild.create_webhook(world.channel)
    await hook.send(f"{world.bot_mention} {CLAIM}")
    authors = {message.author.id for message in world.channel.history()[-2:]}
    assert authors == {robot.id, hook.id}


async def test_a_ping_reply_checks_the_message_replied_to(world: World) -> None:
    await world.add_article()
    said = await world.manager.send(world.channel, CLAIM)
    await world.member.send(world.channel, f"{world.bot_mention} true?", reply_to=said)
    assert "SUPPORTED" in text_of(last_by_bot(world))
    assert "twelve electric buses" in world.checker.batches[-1][0].claim


@pytest.mark.simcord(approved_intents=intents())
async def test_a_message_discord_hides_is_explained(world: World) -> None:
    """Where the application has no access to content, others' messages come without text."""
    await world.add_article()
    said = await world.manager.send(world.channel, CLAIM)
    await world.member.send(world.channel, world.bot_mention, reply_to=said)
    text = text_of(last_by_bot(world))
    assert "Check this message" in text
    assert INCIDENT.search(text)


async def test_why_after_a_verdict_shows_more(world: World) -> None:
    await world.add_article()
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    await world.member.send(world.channel, f"{world.bot_mention} why?")
    assert "denied that taxes will rise" in text_of(last_by_bot(world))


async def test_why_in_reply_to_a_verdict_is_about_that_verdict(world: World) -> None:
    await world.add_article()
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    first = last_by_bot(world)
    await world.member.send(world.channel, f"{world.bot_mention} The buses will run from May")
    await world.member.send(world.channel, "why?", reply_to=first)
    assert CLAIM in text_of(last_by_bot(world))


async def test_why_after_a_command_is_about_that_command(world: World) -> None:
    await world.add_article()
    result = await world.check(CLAIM)
    assert answer_of(result)
    await world.member.send(world.channel, f"{world.bot_mention} why?")
    assert "denied that taxes will rise" in text_of(last_by_bot(world))


@pytest.mark.parametrize("text", ["", "help", "which articles do you have?", "thanks!"])
async def test_small_talk_is_answered(world: World, text: str) -> None:
    await world.add_article()
    await world.member.send(world.channel, f"{world.bot_mention} {text}")
    assert len(text_of(last_by_bot(world))) > 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("why?", "which claim you mean"),
        ("is this true?", "What shall I check"),
        ("https://example.org/news/1", "/source add"),
        ("word" * 300, "too long for one claim"),
    ],
)
async def test_what_cannot_be_answered_gets_one_kind_sentence(
    world: World, caplog: pytest.LogCaptureFixture, text: str, expected: str
) -> None:
    caplog.set_level(logging.INFO)
    await world.add_article()
    asked = await world.member.send(world.channel, f"{world.bot_mention} {text}")
    before, refusal = world.channel.history()[-2:]
    assert before == asked
    assert refusal.author == world.client.user
    told = text_of(refusal)
    assert told.count(expected) == 1
    [number] = INCIDENT.findall(told)
    [logged] = [record for record in caplog.records if getattr(record, "incident", "") == number]
    assert logged.levelno == logging.INFO
    assert text not in caplog.text


async def test_messages_are_answered_in_the_servers_language(world: World) -> None:
    await world.manager.slash(world.channel, "settings", language="de")
    await world.add_article()
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    assert "BESTÄTIGT" in text_of(last_by_bot(world))


class Channel(discord.abc.Messageable):
    """Notes when somebody types. The simulated Discord cannot tell time while a thread works."""

    def __init__(self, error: Exception | None = None) -> None:
        self.typed = asyncio.Event()
        self.error = error

    @asynccontextmanager
    async def _typing(self) -> AsyncIterator[None]:
        self.typed.set()
        if self.error:
            raise self.error
        yield

    def typing(self) -> Any:
        return self._typing()


async def test_a_long_check_shows_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.cogs.chat, "SOON", 0)
    channel = Channel()

    async def work() -> str:
        await channel.typed.wait()
        return "done"

    assert await typing_if_long(channel, work()) == "done"


async def test_a_short_one_does_not() -> None:
    channel = Channel()

    async def work() -> str:
        return "done"

    assert await typing_if_long(channel, work()) == "done"
    assert not channel.typed.is_set()


async def test_typing_that_fails_spoils_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.cogs.chat, "SOON", 0)
    response = SimpleNamespace(status=500, reason="")
    channel = Channel(discord.DiscordServerError(cast("Any", response), "no"))

    async def work() -> str:
        await channel.typed.wait()
        return "done"

    assert await typing_if_long(channel, work()) == "done"


async def test_who_stops_waiting_stops_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.cogs.chat, "SOON", 0)
    channel = Channel()
    stopped = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    task = asyncio.create_task(typing_if_long(channel, work()))
    await channel.typed.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await stopped.wait()


async def test_a_channel_where_it_may_not_speak_harms_nobody(world: World) -> None:
    await world.add_article()
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50013)
    asked = await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    assert world.channel.last_message == asked
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    assert "SUPPORTED" in text_of(last_by_bot(world))
