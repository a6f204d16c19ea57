"""/check and the menu entry on messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.discord.conftest import ARTICLE, RIVAL
from tests.discord.reading import answer_of, callbacks, labels_of, said

if TYPE_CHECKING:
    from tests.discord.conftest import World

CLAIM = "Oakham council bought twelve electric buses"
MENU = "Check this message"


async def test_a_claim_gets_a_verdict_and_where_it_is_from(world: World) -> None:
    number = await world.add_article()
    result = await world.check(CLAIM)
    text = said(result)
    assert "SUPPORTED" in text
    assert "bought twelve electric buses on Monday" in text
    assert "Buses for Oakham" in text
    assert f"{number}" in text
    assert not result.ephemeral
    assert len(labels_of(answer_of(result))) == 4


async def test_it_is_acknowledged_before_anything_is_judged(world: World) -> None:
    await world.add_article()
    await world.check(CLAIM)
    assert callbacks(world.env)[-1]["type"] == 5  # deferred


async def test_the_best_article_of_the_library_answers(world: World) -> None:
    await world.add_article("The harbour of Elm closed in March.\nShips go to Ashby.", "Harbour")
    await world.add_article()
    assert "Buses for Oakham" in said(await world.check(CLAIM))
    assert "Harbour" in said(await world.check("The harbour of Elm closed in March"))


async def test_articles_that_disagree_are_both_shown(world: World) -> None:
    await world.add_article()
    await world.add_article(RIVAL, "Council denies buses")
    text = said(await world.check("The council of Oakham bought twelve electric buses on Monday"))
    assert "Buses for Oakham" in text
    assert "Council denies buses" in text


async def test_a_chosen_source_is_used(world: World) -> None:
    await world.add_article()
    rival = await world.add_article(RIVAL, "Council denies buses")
    result = await world.check(CLAIM, source=str(rival))
    text = said(result)
    assert "CONTRADICTED" in text
    assert "Buses for Oakham" not in text


@pytest.mark.parametrize("typed", ["Council denies", "#{}", " {} "])
async def test_a_source_may_be_typed_without_choosing(world: World, typed: str) -> None:
    await world.add_article()
    rival = await world.add_article(RIVAL, "Council denies buses")
    text = said(await world.check(CLAIM, source=typed.format(rival)))
    assert "Council denies buses" in text
    assert "Buses for Oakham" not in text


@pytest.mark.parametrize("typed", ["987654", "#9" * 60, "9" * 30, "volcano"])
async def test_a_source_that_is_not_there_is_told(world: World, typed: str) -> None:
    await world.add_article()
    assert "/source list" in world.refused(await world.check(CLAIM, source=typed))


async def test_sources_are_suggested_while_typing(world: World) -> None:
    number = await world.add_article()
    await world.add_article(RIVAL, "Council denies buses")
    choices = await world.member.autocomplete(
        world.channel, "check", "source", "Buses", statement="x"
    )
    assert [choice["value"] for choice in choices if "Buses for Oakham" in choice["name"]] == [
        str(number)
    ]
    everything = await world.member.autocomplete(
        world.channel, "check", "source", "", statement="x"
    )
    assert len(everything) >= 2


async def test_a_suggestion_keeps_to_discords_length(world: World) -> None:
    await world.add_article(title="Zebra " * 33)
    choices = await world.member.autocomplete(
        world.channel, "check", "source", "zebra", statement="x"
    )
    assert 0 < len(choices[0]["name"]) <= 100


async def test_suggestions_fail_silently(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object, **__: object) -> list[object]:
        raise OSError

    monkeypatch.setattr(world.app.store, "find_sources", broken)
    choices = await world.member.autocomplete(world.channel, "check", "source", "a", statement="x")
    assert choices == []


async def test_a_private_check_is_for_the_asker_alone(world: World) -> None:
    await world.add_article()
    assert (await world.check(CLAIM, private=True)).ephemeral
    assert not (await world.check(CLAIM, private=False)).ephemeral


async def test_the_server_may_make_checks_private(world: World) -> None:
    await world.add_article()
    await world.manager.slash(world.channel, "settings", answers="true")
    assert (await world.check(CLAIM)).ephemeral
    assert not (await world.check(CLAIM, private=False)).ephemeral


async def test_several_claims_are_checked_one_by_one(world: World) -> None:
    await world.add_article()
    result = await world.check(
        "The council of Oakham bought twelve electric buses. The buses will run from September."
    )
    text = said(result)
    assert text.count("SUPPORTED") >= 2
    assert labels_of(answer_of(result)) == ["More on claim 1", "More on claim 2"]


async def test_the_menu_checks_a_message(world: World) -> None:
    await world.add_article()
    message = await world.manager.send(world.channel, CLAIM)
    text = said(await world.member.context_menu(world.channel, MENU, message))
    assert "SUPPORTED" in text


async def test_mentions_in_a_checked_message_are_read_as_names(world: World) -> None:
    await world.add_article()
    message = await world.manager.send(world.channel, f"{world.member.mention} says {CLAIM}")
    await world.member.context_menu(world.channel, MENU, message)
    assert world.checker.batches[-1][0].claim.startswith("tom says")


async def test_a_message_without_text_is_told(world: World) -> None:
    await world.add_article()
    message = await world.manager.send(world.channel, attachments=[("cat.png", b"x")])
    result = await world.member.context_menu(world.channel, MENU, message)
    assert "no text" in world.refused(result)


async def test_too_much_asked_says_when_to_come_back(world: World) -> None:
    await world.add_article()
    asked = world.app.settings.user_checks + 1
    results = [await world.check(f"{CLAIM}, part {number}") for number in range(asked)]
    assert "Try again in" in world.refused(results[-1])


async def test_one_server_does_not_see_anothers_articles(world: World) -> None:
    await world.add_article()
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    stranger = other.add_member(world.env.create_user("eve"))
    choices = await stranger.autocomplete(channel, "check", "source", "Buses", statement="x")
    assert not any("Oakham" in choice["name"] for choice in choices)
    seen = await world.app.store.sources((world.scope,))
    result = await stranger.slash(channel, "check", statement=CLAIM, source=str(seen[0].id))
    assert "no article" in world.refused(result)


async def test_nobody_is_ever_pinged(world: World) -> None:
    await world.add_article(f"The council thanked @everyone and {world.member.mention}.\n{ARTICLE}")
    await world.check("The council thanked @everyone")
    for request in world.env.http_requests:
        if isinstance(request.json, dict) and "allowed_mentions" in request.json:
            assert request.json["allowed_mentions"].get("parse") == []
    sent = [
        request.json.get("data", request.json)
        for request in world.env.http_requests
        if request.path.endswith("/messages") or "/webhooks/" in request.path
        if isinstance(request.json, dict)
    ]
    assert sent
    assert all(body["allowed_mentions"]["parse"] == [] for body in sent)
