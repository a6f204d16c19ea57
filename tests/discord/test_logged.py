"""Logs hold ids, never what people write."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest

from bot.logs import configure
from bot.settings import Settings
from tests.discord.conftest import ARTICLE
from tests.discord.reading import answer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.discord.conftest import World

CLAIM = "Oakham council bought twelve electric buses"
WORDS = ("Oakham", "twelve", "electric", "Brandt", "taxes", "volcano", "harbour", "sleepy")


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure(Settings.model_validate({"log_format": request.param, "log_level": "DEBUG"}), stream)
    yield stream
    root.handlers[:], root.level = handlers, level


async def test_no_words_are_logged(log: io.StringIO, world: World) -> None:
    await world.add_article()
    verdict = answer_of(await world.check(CLAIM))
    await world.check(CLAIM, source="volcano")
    await world.member.autocomplete(world.channel, "check", "source", "harbour", statement="x")
    await world.member.slash(world.channel, "source search", words="sleepy taxes")
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    await world.member.send(world.channel, f"{world.bot_mention} the volcano is sleepy")
    await world.member.user.send_dm(CLAIM)
    await world.member.click(verdict, label="More evidence")
    shown = await world.member.click(verdict, label="Wrong")
    await world.member.submit_modal(shown, {"verdict": "supported", "why": "sleepy volcano"})
    await world.manager.slash(world.channel, "source add file", file=("a.txt", ARTICLE.encode()))
    await world.manager.slash(world.channel, "source add link", url="https://127.0.0.1/harbour")
    assert world.env.errors
    text = log.getvalue()
    for word in (*WORDS, world.member.name, world.manager.name):
        assert word not in text


async def test_every_answer_is_logged_with_its_ids(log: io.StringIO, world: World) -> None:
    await world.add_article()
    await world.check(CLAIM)
    [line] = [line for line in log.getvalue().splitlines() if "Done" in line and "check" in line]
    assert str(world.guild.id) in line
    assert "interaction" in line
    assert str(world.member.id) not in line


async def test_a_failures_message_is_not_logged(
    log: io.StringIO, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: object, text: str, *__: object, **___: object) -> None:
        raise ValueError(f"cannot read {text}")

    monkeypatch.setattr(type(world.app.service), "check_message", fail)
    await world.check(CLAIM)
    await world.member.send(world.channel, f"{world.bot_mention} {CLAIM}")
    assert world.env.errors
    assert "ValueError" in log.getvalue()
    assert "Oakham" not in log.getvalue()
