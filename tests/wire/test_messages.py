"""Messages arrive as Discord would send them, and the bot's own are kept and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

if TYPE_CHECKING:
    from bot.benchmark.loopback import LoopbackDiscord
    from tests.wire.conftest import Login
    from tests.wire.tiny import TinyClient


async def seen(loopback: LoopbackDiscord, client: TinyClient, message_id: int) -> discord.Message:
    return await loopback.until(lambda: next((m for m in client.seen if m.id == message_id), None))


async def test_content_is_hidden_unless_the_bot_is_mentioned(
    loopback: LoopbackDiscord, login: Login
) -> None:
    client = await login()
    private = await loopback.send_message("between us")
    public = await loopback.send_message("hello", mention_bot=True)
    assert (await seen(loopback, client, private.id)).content == ""
    assert (await seen(loopback, client, public.id)).content.endswith("hello")
    assert client.get_channel(loopback.channel.id) is not None
    channel = client.get_partial_messageable(loopback.channel.id)
    assert (await channel.fetch_message(private.id)).content == ""
    assert (await channel.fetch_message(public.id)).content.endswith("hello")


async def test_direct_messages_can_be_read(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    person = loopback.world.add_person("ada")
    channel = loopback.world.direct_channel(person)
    sent = await loopback.send_message("psst", author=person, channel=channel)
    message = await seen(loopback, client, sent.id)
    assert message.content == "psst"
    assert message.guild is None
    assert message.author.id == person.id
    await message.channel.send("I heard you")
    assert loopback.messages(channel)[-1].text == "I heard you"


@pytest.mark.parametrize(("readable", "expected"), [(True, "the sky is green"), (False, "")])
async def test_quoted_message(
    readable: bool, expected: str, loopback: LoopbackDiscord, login: Login
) -> None:
    loopback.gateway.quotes_readable = readable
    client = await login()
    other = loopback.world.add_person("bea")
    claim = await loopback.send_message("the sky is green", author=other)
    asked = await loopback.send_message("is it?", mention_bot=True, reply_to=claim)
    message = await seen(loopback, client, asked.id)
    assert message.reference is not None
    assert isinstance(message.reference.resolved, discord.Message)
    assert message.reference.resolved.content == expected
    assert message.reference.resolved.author.id == other.id


async def test_reply_to_the_bot_mentions_it(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    first = await loopback.send_message("one", mention_bot=True)
    reply = await loopback.wait_for_reply(first)
    assert reply.is_v2
    assert reply.text == "@Attest one"
    assert reply.raw["mentions"] == []
    second = await loopback.send_message("two", reply_to=reply)
    message = await seen(loopback, client, second.id)
    assert client.user in message.mentions
    assert message.content == "two"
    silent = await loopback.send_message("three", reply_to=reply, ping=False)
    assert (await seen(loopback, client, silent.id)).content == ""


async def test_reply_to_a_command_does_not_mention_the_bot(
    loopback: LoopbackDiscord, login: Login
) -> None:
    client = await login()
    answer = await loopback.wait_for_reply(await loopback.slash("echo", {"text": "x"}))
    asked = await loopback.send_message("and now?", reply_to=answer)
    message = await seen(loopback, client, asked.id)
    assert message.content == ""
    assert not message.mentions


async def test_own_messages_come_back_readable(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    channel = client.get_partial_messageable(loopback.channel.id)
    sent = await channel.send("mine")
    message = await seen(loopback, client, sent.id)
    assert message.content == "mine"
    assert message.author == client.user
    await sent.edit(content="changed")
    assert loopback.messages()[-1].text == "changed"
    await sent.delete()
    assert loopback.messages() == []


async def test_pings_are_worked_out(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    text = f"@everyone {loopback.owner.mention}"
    channel = client.get_partial_messageable(loopback.channel.id)
    await channel.send(text)
    await channel.send(text, allowed_mentions=discord.AllowedMentions.all())
    only = discord.AllowedMentions(users=[discord.Object(loopback.owner.id)])
    await channel.send(text, allowed_mentions=only)
    quiet, loud, one = (message.raw for message in loopback.messages())
    assert (quiet["mentions"], quiet["mention_everyone"]) == ([], False)
    assert (len(loud["mentions"]), loud["mention_everyone"]) == (1, True)
    assert (len(one["mentions"]), one["mention_everyone"]) == (1, False)


async def test_history_typing_files_and_direct_channels(
    loopback: LoopbackDiscord, login: Login
) -> None:
    client = await login()
    channel = client.get_channel(loopback.channel.id)
    assert isinstance(channel, discord.TextChannel)
    async with channel.typing():
        pass
    assert [where for where, _ in loopback.typing] == [channel.id]
    await channel.send("first")
    file = discord.File(__file__, "source.txt")
    sent = await channel.send("second", file=file)
    assert b"second" in await sent.attachments[0].read()
    assert [m.content async for m in channel.history(limit=5)] == ["second", "first"]
    person = loopback.world.add_person("cleo")
    user = await client.fetch_user(person.id)
    await user.send("hi")
    assert loopback.messages(loopback.world.direct_channel(person))[0].text == "hi"


async def test_unknown_message_and_address(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    channel = client.get_partial_messageable(loopback.channel.id)
    with pytest.raises(discord.NotFound) as missing:
        await channel.fetch_message(1)
    assert missing.value.code == 10008
    with pytest.raises(discord.NotFound):
        await client.fetch_webhook(5)
    assert [r.path for r in loopback.requests if not r.known] == ["/webhooks/5"]
