"""/settings, /privacy, /forget-me, /help, /about and /status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.library.models import BUILTIN, Preferences, user_scope
from tests.discord.reading import said

if TYPE_CHECKING:
    from tests.discord.conftest import World

PAGES = ("help", "about", "status", "privacy", "settings")


@pytest.mark.parametrize("command", [*PAGES, "forget-me"])
async def test_pages_are_for_the_asker_alone(world: World, command: str) -> None:
    result = await world.member.slash(world.channel, command)
    assert result.ephemeral
    assert len(said(result)) > 20


@pytest.mark.parametrize("command", PAGES)
async def test_pages_work_in_direct_messages(world: World, command: str) -> None:
    assert said(await world.member.user.slash(command))


@pytest.mark.parametrize("command", PAGES)
async def test_pages_are_in_the_servers_language(world: World, command: str) -> None:
    english = said(await world.member.slash(world.channel, command))
    await world.manager.slash(world.channel, "settings", language="de")
    assert said(await world.member.slash(world.channel, command)) != english


async def test_status_and_about_name_the_model(world: World) -> None:
    assert "word overlap" in said(await world.member.slash(world.channel, "status"))
    assert "word overlap" in said(await world.member.slash(world.channel, "about"))


async def test_settings_are_kept(world: World) -> None:
    result = await world.manager.slash(
        world.channel, "settings", answers="true", contributors="everyone", retention=7
    )
    assert "7 days" in said(result)
    assert await world.app.store.preferences(world.scope) == Preferences(
        private=True, contributors="everyone", retention_days=7
    )


async def test_settings_not_given_stay_as_they_are(world: World) -> None:
    await world.manager.slash(world.channel, "settings", language="de", retention=7)
    await world.manager.slash(world.channel, "settings", language="auto")
    preferences = await world.app.store.preferences(world.scope)
    assert preferences == Preferences(retention_days=7)


async def test_members_see_settings_but_do_not_change_them(world: World) -> None:
    assert said(await world.member.slash(world.channel, "settings"))
    result = await world.member.slash(world.channel, "settings", retention=1)
    assert "manage this server" in world.refused(result)
    assert await world.app.store.preferences(world.scope) == Preferences()


async def test_everybody_has_settings_of_their_own(world: World) -> None:
    await world.member.user.slash("settings", language="de")
    own = await world.app.store.preferences(user_scope(world.member.id))
    assert own.language == "de"
    assert await world.app.store.preferences(world.scope) == Preferences()


async def test_privacy_tells_the_retention_that_is_set(world: World) -> None:
    await world.manager.slash(world.channel, "settings", retention=9)
    assert "9 days" in said(await world.member.slash(world.channel, "privacy"))


async def test_status_counts_no_article_of_anybody_else(world: World) -> None:
    await world.add_article()
    article = world.app.ingest.from_text("The ferry sails. It sails daily.", title="Ferry")
    await world.app.store.add(article, user_scope(7), 7)
    seen = said(await world.member.slash(world.channel, "status"))
    place = (BUILTIN, world.scope)
    count, sentences = (
        await world.app.store.count(place),
        await world.app.store.count_sentences(place),
    )
    assert f"{count} article" in seen
    assert f"{sentences} sentence" in seen
    assert sentences == (await world.app.store.stats()).sentences - 2


async def test_forget_me_deletes_at_once(world: World) -> None:
    await world.add_article()
    await world.check("The council bought twelve buses")
    tom = world.member.user
    shown = await tom.slash("source add text")
    await tom.submit_modal(shown, {"title": "Mine", "text": "My cat sleeps on Mondays."})
    text = said(await world.member.slash(world.channel, "forget-me"))
    assert "1 check" in text
    assert "1 article" in text
    assert await world.app.store.count((user_scope(tom.id),)) == 0
    assert (await world.app.store.stats()).checks == 0
    assert "Nothing" in said(await world.member.slash(world.channel, "forget-me"))
