"""What happens under a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.client import AttestClient
from bot.metrics import Metrics
from nli import Verdict
from tests.discord.conftest import RIVAL
from tests.discord.reading import answer_of, custom_ids_of, said

if TYPE_CHECKING:
    import discord

    from tests.discord.conftest import World

CLAIM = "The council of Oakham bought twelve electric buses on Monday"


@pytest.fixture
async def verdict(world: World) -> discord.Message:
    """A verdict in the channel, by an article that another one disagrees with."""
    rival = await world.add_article(RIVAL, "Council denies buses")
    await world.add_article()
    result = await world.check(CLAIM, source=str(rival))
    return answer_of(result).message


def button(verdict: discord.Message, kind: str) -> str:
    [custom_id] = [each for each in custom_ids_of(verdict) if each.startswith(f"attest:{kind}:")]
    return custom_id


async def press(world: World, verdict: discord.Message, kind: str) -> Any:
    return await world.manager.click(verdict, custom_id=button(verdict, kind))


async def test_more_shows_the_neighbouring_sentences(
    world: World, verdict: discord.Message
) -> None:
    result = await press(world, verdict, "more")
    assert result.ephemeral
    assert "Rivals of the council spoke at length" in said(result)
    assert "Nobody else was there" in said(result)


async def test_another_source_is_offered_and_checked(
    world: World, verdict: discord.Message
) -> None:
    menu = await press(world, verdict, "other")
    assert menu.ephemeral
    [source] = await world.app.store.find_sources((world.scope,), "Buses for Oakham", limit=1)
    result = await world.manager.select(answer_of(menu), [str(source.id)])
    assert "SUPPORTED" in said(result)
    assert "Buses for Oakham" in said(result)


async def test_right_is_kept(world: World, verdict: discord.Message) -> None:
    assert "Thank you" in said(await press(world, verdict, "right"))
    assert await feedback(world) == [(world.manager.id, 1, None, "")]


async def test_wrong_asks_what_agrees_and_why(world: World, verdict: discord.Message) -> None:
    shown = await press(world, verdict, "wrong")
    result = await world.manager.submit_modal(
        shown, {"verdict": Verdict.SUPPORTED.value, "why": "Another paper says so."}
    )
    assert "Thank you" in said(result)
    assert await feedback(world) == [
        (world.manager.id, 0, Verdict.SUPPORTED.value, "Another paper says so.")
    ]


@pytest.mark.parametrize("kind", ["more", "other", "right", "wrong"])
async def test_buttons_outlive_a_restart(world: World, verdict: discord.Message, kind: str) -> None:
    await world.env.restart_bot(AttestClient(world.app, Metrics()))
    result = await press(world, verdict, kind)
    assert result.modal if kind == "wrong" else said(result)


@pytest.mark.parametrize("kind", ["more", "other", "right", "wrong"])
async def test_a_forgotten_check_is_told(world: World, verdict: discord.Message, kind: str) -> None:
    await world.app.store.forget_user(world.member.id)
    assert "no longer stored" in said(await press(world, verdict, kind))


async def test_the_only_article_has_no_other(world: World) -> None:
    number = await world.add_article()
    verdict = answer_of(await world.check(CLAIM)).message
    for source in await world.app.store.sources(("builtin",), limit=1_000):  # pyright: ignore[reportArgumentType]
        await world.app.store.remove(source.id, source.scope)
    assert await world.app.store.count((world.scope,)) == 1
    assert number
    assert "no other article" in said(await press(world, verdict, "other"))


async def test_show_article_opens_it(world: World) -> None:
    shown = await world.manager.slash(world.channel, "source add text")
    added = await world.manager.submit_modal(shown, {"title": "Rivals", "text": RIVAL})
    result = await press(world, answer_of(added).message, "show")
    assert result.ephemeral
    assert "Nobody else was there" in said(result)


async def feedback(world: World) -> list[tuple[Any, ...]]:
    """What is stored, read past the store, which has no use for reading it."""
    rows = await world.app.store._database.rows(
        "SELECT user_id, agrees, right_verdict, why FROM feedback"
    )
    return [tuple(row) for row in rows]
