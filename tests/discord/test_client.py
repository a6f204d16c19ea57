"""Starting, being removed, other languages and places, and what is told to Discord."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from simcord.gateway import FakeGateway

from bot.client import AttestClient, aim, intents
from bot.errors import BusyError
from bot.library.models import Preferences, guild_scope, user_scope
from bot.metrics import Metrics
from bot.replies.library import LIST_PAGE
from bot.settings import Settings
from bot.sync import SyncRecord, fingerprint, sync_if_changed
from tests.discord.conftest import settings
from tests.discord.reading import answer_of, said, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.discord.conftest import World

CLAIM = "Oakham council bought twelve electric buses"

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def alter(world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Change what Discord says of the next interactions."""

    def alter(change: Change) -> None:
        emit = world.env.backend.emit

        def altered(event: str, payload: Any) -> None:
            if event == "INTERACTION_CREATE":
                payload = dict(payload)
                change(payload)
            emit(event, payload)

        monkeypatch.setattr(world.env.backend, "emit", altered)

    return alter


def puts(world: World) -> list[Any]:
    """The times that commands were sent to Discord."""
    return [
        request.json
        for request in world.env.http_requests
        if request.method == "PUT" and request.path.endswith("/commands")
    ]


def test_no_privileged_intent_is_asked_for() -> None:
    chosen = intents()
    assert not chosen.message_content
    assert not chosen.members
    assert not chosen.presences
    assert chosen.value == (1 << 0) | (1 << 9) | (1 << 12)


async def test_commands_are_sent_once(world: World) -> None:
    assert len(puts(world)) == 1
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    assert len(puts(world)) == 1


async def test_changed_commands_are_sent_again(world: World) -> None:
    SyncRecord.beside(world.app.settings.database).write("of an older version")
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    assert len(puts(world)) == 2


async def test_a_sync_that_fails_is_tried_again_and_stops_nothing(world: World) -> None:
    record = SyncRecord.beside(world.app.settings.database)
    record.write("of an older version")
    world.env.inject_error("PUT", "/applications/*/commands", status=500)
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    assert record.read() == "of an older version"
    assert world.client.user is not None
    await world.member.send(world.channel, f"{world.bot_mention} help")
    assert world.channel.last_message is not None
    assert "/check" in text_of(world.channel.last_message)


async def test_a_sync_that_takes_too_long_does_not_hold_up_the_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = SyncRecord.beside(world.app.settings.database)
    record.write("of an older version")
    limited, sent = asyncio.Event(), asyncio.Event()

    async def wait(_: object) -> None:
        await limited.wait()
        sent.set()

    monkeypatch.setattr("bot.sync.PATIENCE", 0.0)
    monkeypatch.setattr(type(world.client.tree), "sync", wait)
    assert not await sync_if_changed(world.client.tree, record)
    assert record.read() == "of an older version"
    limited.set()
    await sent.wait()
    await asyncio.sleep(0)
    assert record.read() == await fingerprint(world.client.tree)


async def test_the_fingerprint_is_of_what_is_sent(world: World) -> None:
    before = await fingerprint(world.client.tree)
    assert before == await fingerprint(world.client.tree)
    command = world.client.tree.get_command("help")
    assert command is not None
    world.client.tree.remove_command("help")
    assert await fingerprint(world.client.tree) != before


async def test_all_commands_work_everywhere(world: World) -> None:
    [commands] = puts(world)
    assert {command["name"] for command in commands} == {
        "check",
        "Check this message",
        "source",
        "settings",
        "privacy",
        "forget-me",
        "about",
        "status",
        "help",
    }
    for command in commands:
        assert command["contexts"] == [0, 1, 2]
        assert command["integration_types"] == [0, 1]


async def test_commands_are_localised(world: World) -> None:
    [commands] = puts(world)
    for command in commands:
        if command.get("description"):
            assert command["description_localizations"]["de"] != command["description"]
        else:
            assert command["name_localizations"]["de"] != command["name"]


async def test_a_readers_own_language_is_spoken(
    world: World, alter: Callable[[Change], None]
) -> None:
    await world.add_article()
    alter(lambda payload: payload.update(locale="de"))
    assert "BESTÄTIGT" in said(await world.check(CLAIM))


async def test_the_servers_language_goes_before_the_readers(
    world: World, alter: Callable[[Change], None]
) -> None:
    await world.add_article()
    await world.manager.slash(world.channel, "settings", language="en")
    alter(lambda payload: payload.update(locale="de"))
    assert "SUPPORTED" in said(await world.check(CLAIM))


async def test_brought_along_to_a_strange_server_it_uses_ones_own_library(
    world: World, alter: Callable[[Change], None]
) -> None:
    """Installed to a person only: the server exists, but the bot is no member of it."""
    await world.add_article()
    tom = world.member.user
    await world.app.store.set_preferences(user_scope(tom.id), Preferences(private=True))
    shown = await tom.slash("source add text")
    await tom.submit_modal(shown, {"title": "Mine", "text": "My cat sleeps on Mondays."})

    def elsewhere(payload: dict[str, Any]) -> None:
        payload["guild_id"] = "42"
        payload["authorizing_integration_owners"] = {"1": str(tom.id)}

    alter(elsewhere)
    assert "Mine" in said(await world.check("My cat sleeps on Mondays"))
    result = await world.member.slash(world.channel, "source list")
    assert result.ephemeral
    assert "Mine" in said(result)
    assert "Buses" not in said(result)
    added = await world.member.slash(
        world.channel, "source add file", file=("b.txt", b"My dog barks on Fridays.")
    )
    assert "Added" in said(added)
    assert await world.app.store.count((user_scope(tom.id),)) == 2


async def test_nobody_turns_a_strangers_list_to_their_own_articles_in_the_open(
    world: World, alter: Callable[[Change], None]
) -> None:
    for person, name in ((world.member.user, "Fox"), (world.manager.user, "Owl")):
        for number in range(LIST_PAGE + 1):
            text = f"My {name} number {number} sleeps."
            new = world.app.ingest.from_text(text, title=f"{name} {number}")
            await world.app.store.add(new, user_scope(person.id), person.id)

    alter(lambda payload: payload.update(guild_id="42"))
    shown = answer_of(await world.member.slash(world.channel, "source list")).message
    turned = await world.manager.click(shown, custom_id="attest:page:0:2")
    assert turned.ephemeral
    assert "Owl 0" in said(turned)
    await world.member.click(shown, custom_id="attest:page:0:2")
    assert world.channel.last_message is not None
    assert "Fox 0" in text_of(world.channel.last_message)


async def test_a_server_that_removes_it_is_forgotten(world: World) -> None:
    await world.add_article()
    await world.check(CLAIM)
    await world.manager.slash(world.channel, "settings", retention=3)
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    assert await world.app.store.count((world.scope,)) == 0
    assert await world.app.store.preferences(world.scope) == Preferences()
    assert (await world.app.store.stats()).checks == 0


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The servers that READY names, all of them with an outage, as Discord does it."""
    guilds: list[int] = []
    feed = FakeGateway.feed

    def altered(self: FakeGateway, event: str, payload: Any) -> None:
        if event == "READY":
            named = [{"id": str(guild_id), "unavailable": True} for guild_id in guilds]
            payload = {**payload, "guilds": named}
        feed(self, event, payload)

    monkeypatch.setattr(FakeGateway, "feed", altered)
    return guilds


async def test_a_server_that_removed_it_while_it_was_away_is_forgotten(
    world: World, present: list[int]
) -> None:
    await world.add_article()
    store, gone = world.app.store, guild_scope(4_242)
    article = world.app.ingest.from_text("The ferry sails again.", title="Ferry")
    await store.add(article, gone, 7)
    await store.add(article, user_scope(7), 7)
    present.append(world.guild.id)
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    assert await store.guild_ids() == [world.guild.id]
    assert await store.count((gone,)) == 0
    assert await store.count((world.scope,)) == 1
    assert await store.count((user_scope(7),)) == 1


async def test_left_servers_are_looked_for_once_a_start(world: World) -> None:
    later = guild_scope(4_242)
    await world.app.store.set_preferences(later, Preferences("de"))
    await world.client.on_ready()
    assert await world.app.store.preferences(later) == Preferences("de")


async def test_left_servers_that_cannot_be_deleted_stop_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def busy(*_: object) -> None:
        raise BusyError("Busy for {seconds} s.", 1)

    monkeypatch.setattr(type(world.app.store), "forget_scope", busy)
    await world.app.store.set_preferences(guild_scope(4_242), Preferences("de"))
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    assert "could not be deleted" in caplog.text
    assert await world.app.store.preferences(guild_scope(4_242)) == Preferences("de")


async def test_an_outage_of_a_server_forgets_nothing(world: World) -> None:
    await world.add_article()
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    assert await world.app.store.count((world.scope,)) == 1


async def test_old_checks_are_deleted_every_hour(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.add_article()
    await world.check(CLAIM)
    purge = world.app.store.purge

    async def next_year(store: object, now: datetime) -> int:
        return await purge(datetime.now(UTC) + timedelta(days=366))

    monkeypatch.setattr(type(world.app.store), "purge", next_year)
    await world.env.advance_time(3_601)
    assert (await world.app.store.stats()).checks == 0


async def test_housekeeping_goes_on_after_a_failure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[datetime] = []

    async def fail(_: object, now: datetime) -> int:
        calls.append(now)
        raise OSError

    monkeypatch.setattr(type(world.app.store), "purge", fail)
    await world.env.advance_time(3_601)
    await world.env.advance_time(3_601)
    assert len(calls) == 2


async def test_health_knows_the_connection(world: World) -> None:
    health = world.client.health()
    assert health.ready
    assert health.guilds == 1


async def test_answers_under_way_are_given_before_it_closes(world: World) -> None:
    await world.add_article()
    desk = world.client._desk
    desk.begin(1)
    closing = asyncio.create_task(desk.drain(20))
    await asyncio.sleep(0)
    assert not closing.done()
    desk.finish(1, "check", "answered", None)
    await closing


async def test_closing_waits_only_so_long(world: World) -> None:
    world.client._desk.begin(1)
    await world.client._desk.drain(0.01)
    world.client._desk.finish(1, "check", "answered", None)


def test_addresses_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    aim(settings(tmp_path))
    assert Route.BASE.startswith("https://discord.com/")
    aim(
        Settings.model_validate(
            {
                "discord_api": "http://127.0.0.1:7/api/v10",
                "discord_gateway": "ws://127.0.0.1:7/gw",
            }
        )
    )
    assert Route("GET", "/users/@me").url == "http://127.0.0.1:7/api/v10/users/@me"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "ws://127.0.0.1:7/gw"
