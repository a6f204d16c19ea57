"""Every failure is told kindly, with an id that the log carries."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from tests.discord.conftest import INCIDENT
from tests.discord.reading import answer_of, said, text_of

if TYPE_CHECKING:
    from tests.discord.conftest import World

CLAIM = "Oakham council bought twelve electric buses"
SECRET = "a message that quotes the claim"


@pytest.fixture
def broken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(SECRET)

    for name in ("check_message", "more", "status"):
        monkeypatch.setattr(type(world.app.service), name, fail)


def incident_of(text: str, caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    """The log record that an answer's incident id leads to."""
    match = INCIDENT.search(text)
    assert match, text
    [record] = [record for record in caplog.records if record.__dict__.get("incident") == match[0]]
    return record


@pytest.mark.usefixtures("broken")
async def test_a_command_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    text = said(await world.check(CLAIM))
    record = incident_of(text, caplog)
    assert SECRET not in text
    assert record.levelno == logging.ERROR
    assert record.__dict__["command"] == "check"
    assert record.__dict__["guild"] == world.guild.id
    assert record.__dict__["interaction"]
    assert world.env.errors


@pytest.mark.usefixtures("broken")
async def test_a_menu_entry_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    message = await world.manager.send(world.channel, CLAIM)
    result = await world.member.context_menu(world.channel, "Check this message", message)
    assert incident_of(said(result), caplog).__dict__["command"] == "Check this message"
    assert world.env.errors


@pytest.mark.usefixtures("broken")
async def test_a_message_that_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    assert world.channel.last_message is not None
    assert incident_of(text_of(world.channel.last_message), caplog).exc_info


async def test_a_button_that_breaks(
    world: World, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    await world.add_article()
    verdict = answer_of(await world.check(CLAIM))
    request.getfixturevalue("broken")
    result = await world.member.click(verdict, label="More evidence")
    assert result.ephemeral
    assert incident_of(said(result), caplog).__dict__["command"] == "button more"


async def test_a_refusal_is_logged_without_its_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    text = world.refused(await world.check(CLAIM, source="volcano"))
    record = incident_of(text, caplog)
    assert record.levelno == logging.INFO
    assert "volcano" in text
    assert "volcano" not in record.getMessage()


async def test_a_database_that_breaks_is_told_all_the_same(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(world.app.store), "preferences", fail)
    text = said(await world.member.slash(world.channel, "help"))
    assert incident_of(text, caplog).__dict__["command"] == "help"
    assert world.env.errors


async def test_discord_failing_at_the_answer_is_only_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.add_article()
    world.env.inject_error("POST", "/webhooks/*", status=500, times=None)
    await world.check(CLAIM)
    assert "The problem could not be told" in caplog.text
    assert world.env.errors


async def test_a_command_discord_still_shows_but_is_gone(world: World) -> None:
    world.client.tree.remove_command("about")
    text = world.refused(await world.member.slash(world.channel, "about"))
    assert "Reload Discord" in text
