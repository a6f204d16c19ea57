"""Starting, stopping and failing to start: the process as an operator sees it."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest

from bot.benchmark.process import BotProcess
from tests.wire.running import (
    SUPPORTED_CLAIM,
    add_article,
    loopback,
    loopback_on,
    replies_to,
    running,
)

if TYPE_CHECKING:
    from pathlib import Path

TRACEBACK = "Traceback (most recent call last)"


def assert_sound(database: Path) -> None:
    """Nothing is left to be written, and what is written is whole."""
    wal = database.with_name(database.name + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_stops_in_order(number: signal.Signals, tmp_path: Path) -> None:
    async with loopback() as discord, running(discord, tmp_path) as started:
        await add_article(discord)
        assert await started.bot.stop(number) == 0
        await discord.until(lambda: not discord.gateway.live() or None)
        assert discord.gateway.connections[-1].close_code == 1000
        assert TRACEBACK not in started.bot.log
    assert_sound(tmp_path / "attest.sqlite3")


async def test_answers_what_was_asked_before_it_stops(tmp_path: Path) -> None:
    async with loopback() as discord, running(discord, tmp_path) as started:
        await add_article(discord)
        asked = await discord.slash("check", {"statement": SUPPORTED_CLAIM})
        await discord.wait_for_answer(asked)
        assert await started.bot.stop() == 0
        assert asked.reply is not None
        assert "SUPPORTED" in asked.reply.text


async def test_old_buttons_and_commands_survive_a_restart(tmp_path: Path) -> None:
    async with loopback() as discord:
        async with running(discord, tmp_path) as first:
            await add_article(discord)
            asked = await discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
            verdict = await discord.wait_for_reply(asked)
            first.bot.kill()
            await first.bot.wait()
        async with running(discord, tmp_path):
            pressed = await discord.component(verdict, "attest:more")
            assert (await discord.wait_for_reply(pressed)).text
            again = await discord.send_message(SUPPORTED_CLAIM, mention_bot=True)
            assert "SUPPORTED" in (await discord.wait_for_reply(again)).text
            assert len(replies_to(discord, asked)) == 1
        synced = [r for r in discord.requests if r.method == "PUT"]
        assert len(synced) == 1, "unchanged commands were sent again"
    assert_sound(tmp_path / "attest.sqlite3")


async def test_second_process_on_the_same_database(tmp_path: Path) -> None:
    async with loopback() as discord, running(discord, tmp_path) as first:
        other = tmp_path / "other"
        other.mkdir()
        environment = discord.environment() | {"ATTEST_DATABASE": str(first.database)}
        async with BotProcess(environment, other) as second:
            assert await second.wait() == 2
            assert TRACEBACK not in second.log
            assert first.database.name in second.log
        asked = await discord.slash("about")
        assert (await discord.wait_for_reply(asked)).text


async def test_wrong_token(tmp_path: Path) -> None:
    async with loopback() as discord:
        environment = discord.environment() | {
            "DISCORD_TOKEN": "wrong-token",
            "ATTEST_DATABASE": str(tmp_path / "attest.sqlite3"),
        }
        async with BotProcess(environment, tmp_path) as bot:
            assert await bot.wait() == 2
            assert "does not know this token" in bot.log
            assert "wrong-token" not in bot.log
            assert TRACEBACK not in bot.log


async def test_no_token(tmp_path: Path) -> None:
    async with BotProcess({}, tmp_path) as bot:
        assert await bot.wait() == 2
        assert "DISCORD_TOKEN" in bot.log
        assert TRACEBACK not in bot.log


async def test_discord_cannot_be_reached(tmp_path: Path) -> None:
    async with loopback() as discord:
        environment = discord.environment()
    environment["ATTEST_DATABASE"] = str(tmp_path / "attest.sqlite3")
    async with BotProcess(environment, tmp_path) as bot:
        assert await bot.wait() == 1
        assert "cannot be reached" in bot.log
        assert TRACEBACK not in bot.log
    assert_sound(tmp_path / "attest.sqlite3")


async def test_waits_for_a_gateway_that_is_down(tmp_path: Path) -> None:
    """REST answers, the gateway does not: the bot says so and keeps trying."""
    async with loopback() as down:
        elsewhere = down.gateway_url
    async with loopback() as discord:
        environment = discord.environment() | {
            "ATTEST_DISCORD_GATEWAY": elsewhere,
            "ATTEST_DATABASE": str(tmp_path / "attest.sqlite3"),
        }
        async with BotProcess(environment, tmp_path) as bot:
            await discord.until(lambda: "Retrying" in bot.log or None, within=120)
            assert bot.running
            async with loopback_on(elsewhere) as back:
                await bot.log_in(back)
                assert await bot.stop() == 0


async def test_stops_while_it_is_reconnecting(tmp_path: Path) -> None:
    async with (
        loopback() as discord,
        running(discord, tmp_path) as started,
        discord.gateway.held(),
    ):
        before = len(discord.gateway.sockets)
        await discord.gateway.drop()
        await discord.until(lambda: len(discord.gateway.sockets) > before or None)
        assert await started.bot.stop() == 0
    assert_sound(tmp_path / "attest.sqlite3")


async def test_unusable_setting(tmp_path: Path) -> None:
    async with BotProcess({"ATTEST_QUEUE_CAPACITY": "many"}, tmp_path) as bot:
        assert await bot.wait() == 2
        assert "ATTEST_QUEUE_CAPACITY" in bot.log
        assert TRACEBACK not in bot.log


async def test_sync_sends_the_commands_and_ends(tmp_path: Path) -> None:
    async with loopback() as discord:
        environment = discord.environment() | {"ATTEST_DATABASE": str(tmp_path / "attest.sqlite3")}
        async with BotProcess(environment, tmp_path, "sync") as bot:
            assert await bot.wait() == 0
        assert {"check", "source"} <= {c["name"] for c in discord.world.commands[None]}
        assert discord.gateway.connections == []
