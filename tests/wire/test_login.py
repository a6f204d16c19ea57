"""An unmodified client can log in, or is told why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

if TYPE_CHECKING:
    from bot.benchmark.loopback import LoopbackDiscord
    from tests.wire.conftest import Login


async def test_client_logs_in_and_registers_commands(
    loopback: LoopbackDiscord, login: Login
) -> None:
    client = await login()
    await loopback.wait_for_ready()
    assert client.user is not None
    assert client.user.id == loopback.world.bot.id
    assert [guild.name for guild in client.guilds] == ["Newsroom"]
    names = {command["name"] for command in loopback.world.commands[None]}
    assert names == {"echo", "form", "things", "Read this"}
    assert all(request.known for request in loopback.requests)
    info = await client.application_info()
    assert info.owner.id == loopback.owner.id


async def test_command_ids_survive_another_sync(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    before = {c["name"]: c["id"] for c in loopback.world.commands[None]}
    await client.tree.sync()
    assert {c["name"]: c["id"] for c in loopback.world.commands[None]} == before
    assert {command.name for command in await client.tree.fetch_commands()} == before.keys()


async def test_wrong_token_is_refused(loopback: LoopbackDiscord, login: Login) -> None:
    loopback.token = "something-else"
    with pytest.raises(discord.LoginFailure):
        await login()


async def test_privileged_intent_is_refused(login: Login) -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await login(intents)


@pytest.mark.parametrize("shards", [1, 3])
async def test_each_shard_gets_its_servers(
    shards: int, login: Login, loopback: LoopbackDiscord
) -> None:
    loopback.shards = shards
    for name in ("Second", "Third"):
        loopback.world.add_guild(name)
    client = await login()
    assert {guild.name for guild in client.guilds} == {"Newsroom", "Second", "Third"}
    assert sorted(session.shard for session in loopback.sessions) == list(range(shards))
    for guild in loopback.world.guilds.values():
        await loopback.send_message("hello", mention_bot=True, channel=guild.channels[0])
    for guild in loopback.world.guilds.values():
        asked = loopback.messages(guild.channels[0])[0]
        assert (await loopback.wait_for_reply(asked)).text


async def test_bot_leaves_and_joins_a_server(loopback: LoopbackDiscord, login: Login) -> None:
    client = await login()
    await loopback.leave_guild(loopback.guild)
    await loopback.until(lambda: client.events or None)
    assert client.events == [f"left {loopback.guild.id}"]
    await loopback.join_guild(loopback.guild)
    await loopback.until(lambda: client.guilds or None)
