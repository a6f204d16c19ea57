"""/source and everything below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.library.models import BUILTIN
from tests.discord.conftest import ARTICLE, RIVAL
from tests.discord.reading import answer_of, labels_of, said, text_of

if TYPE_CHECKING:
    from bot.library.models import NewArticle
    from tests.discord.conftest import World


async def test_pasted_text_becomes_an_article(world: World) -> None:
    shown = await world.manager.slash(world.channel, "source add text")
    result = await world.manager.submit_modal(
        shown, {"title": "Buses", "date": "2026-05-04", "text": ARTICLE}
    )
    text = said(result)
    assert "Buses" in text
    assert "3 sentences" in text
    [source] = await world.app.store.sources((world.scope,))
    assert (source.title, source.date) == ("Buses", "2026-05-04")
    assert source.added_by == world.manager.id


async def test_the_same_text_is_recognised(world: World) -> None:
    await world.add_article()
    shown = await world.manager.slash(world.channel, "source add text")
    assert "Already here" in said(await world.manager.submit_modal(shown, {"text": ARTICLE}))
    assert await world.app.store.count((world.scope,)) == 1


async def test_a_form_without_a_text_worth_reading_is_told(world: World) -> None:
    shown = await world.manager.slash(world.channel, "source add text")
    result = await world.manager.submit_modal(shown, {"text": " \u200b "})
    assert "text" in said(result)
    assert await world.app.store.count((world.scope,)) == 0


@pytest.mark.parametrize("name", ["buses.txt", "buses.md", "buses.html"])
async def test_a_file_becomes_an_article(world: World, name: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in ARTICLE.splitlines())
    body = f"<html><body><article>{text}</article></body></html>" if "html" in name else ARTICLE
    result = await world.manager.slash(world.channel, "source add file", file=(name, body.encode()))
    assert "Added" in said(result)
    assert await world.app.store.count((world.scope,)) == 1


async def test_a_file_of_another_kind_is_told(world: World) -> None:
    result = await world.manager.slash(
        world.channel, "source add file", file=("cat.png", b"\x89PNG")
    )
    assert ".pdf" in world.refused(result)


async def test_a_link_becomes_an_article(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(url: str) -> NewArticle:
        return world.app.ingest.from_text(ARTICLE, title="Linked", url=url)

    monkeypatch.setattr(world.app.ingest, "from_url", read)
    result = await world.manager.slash(
        world.channel, "source add link", url="https://news.example/buses"
    )
    assert "https://news.example/buses" in said(result)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "ftp://news.example/", "not a link"])
async def test_a_link_that_must_not_be_followed_is_told(world: World, url: str) -> None:
    assert world.refused(await world.manager.slash(world.channel, "source add link", url=url))


async def test_reading_fails_with_the_readers_own_sentence(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: str) -> NewArticle:
        raise UserError("{host} does not answer.", host="news.example")

    monkeypatch.setattr(world.app.ingest, "from_url", fail)
    result = await world.manager.slash(world.channel, "source add link", url="https://a.example")
    assert "news.example does not answer" in world.refused(result)


async def test_adding_has_a_pace(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(url: str) -> NewArticle:
        return world.app.ingest.from_text(f"This is what {url} says.", title=url)

    monkeypatch.setattr(world.app.ingest, "from_url", read)
    results = [
        await world.manager.slash(world.channel, "source add link", url=f"https://a.example/{n}")
        for n in range(7)
    ]
    assert "Try again in" in world.refused(results[-1])


@pytest.mark.parametrize("command", ["text", "link", "file"])
async def test_members_may_not_add_unless_allowed(world: World, command: str) -> None:
    options = {"link": {"url": "https://a.example"}, "file": {"file": ("a.txt", b"Hello.")}}
    result = await world.member.slash(
        world.channel, f"source add {command}", **options.get(command, {})
    )
    assert "manage this server" in world.refused(result)
    assert result.modal is None


async def test_members_may_add_where_everyone_may(world: World) -> None:
    await world.manager.slash(world.channel, "settings", contributors="everyone")
    result = await world.member.slash(
        world.channel, "source add file", file=("a.txt", ARTICLE.encode())
    )
    assert "Added" in said(result)


async def test_nobody_may_add_where_nobody_may(world: World) -> None:
    await world.manager.slash(world.channel, "settings", contributors="nobody")
    result = await world.manager.slash(world.channel, "source add text")
    assert "Nobody may add" in world.refused(result)


async def test_rights_are_asked_again_when_the_form_comes_back(world: World) -> None:
    shown = await world.manager.slash(world.channel, "source add text")
    await world.manager.slash(world.channel, "settings", contributors="nobody")
    result = await world.manager.submit_modal(shown, {"text": ARTICLE})
    assert "Nobody may add" in said(result)
    assert await world.app.store.count((world.scope,)) == 0


async def test_the_list_is_turned_with_buttons(world: World) -> None:
    await world.app.store.add_many(
        [
            world.app.ingest.from_text(f"Story {number} is told here.", title=f"Story {number}")
            for number in range(12)
        ],
        world.scope,
        1,
    )
    result = await world.member.slash(world.channel, "source list")
    first = answer_of(result)
    assert "Story 11" in text_of(first)
    assert labels_of(first) == ["Next"]
    await world.member.click(first.message, label="Next")
    second = text_of(world.channel.history()[-1])
    assert "Story 0" in second
    assert "Story 11" not in second


async def test_a_page_far_beyond_the_last_is_the_last(world: World) -> None:
    await world.add_article()
    result = await world.member.slash(world.channel, "source list", page=9_999)
    assert "Buses for Oakham" in said(result)


async def test_an_article_is_shown_with_numbered_sentences(world: World) -> None:
    await world.add_article()
    result = await world.member.slash(world.channel, "source show", source="Buses")
    text = said(result)
    for line in ARTICLE.splitlines():
        assert line in text
    assert "**1**" in text
    assert "**3**" in text


async def test_a_long_article_is_paged(world: World) -> None:
    lines = "\n".join(f"Line number {number} of the story." for number in range(1, 40))
    await world.add_article(lines, "Long")
    result = await world.member.slash(world.channel, "source show", source="Long")
    message = answer_of(result).message
    assert "number 39" not in text_of(message)
    for _ in range(3):
        await world.member.click(world.channel.history()[-1], label="Next")
    assert "number 39" in text_of(world.channel.history()[-1])


async def test_sentences_are_found_by_their_words(world: World) -> None:
    await world.add_article()
    result = await world.member.slash(world.channel, "source search", words="taxes")
    assert "denied that taxes will rise" in said(result)


@pytest.mark.parametrize("words", ['"', "AND OR NOT", "a* OR b:(", "';--", "\u202e"])
async def test_odd_words_are_searched_safely(world: World, words: str) -> None:
    await world.add_article()
    assert said(await world.member.slash(world.channel, "source search", words=words))


async def test_a_search_can_keep_to_one_article(world: World) -> None:
    await world.add_article()
    await world.add_article(RIVAL, "Council denies buses")
    result = await world.member.slash(
        world.channel, "source search", words="buses", source="Council denies"
    )
    assert "did not buy" in said(result)
    assert "September" not in said(result)


async def test_a_channel_can_have_its_article(world: World) -> None:
    await world.add_article()
    await world.add_article(RIVAL, "Council denies buses")
    used = await world.member.slash(world.channel, "source use", source="Council denies")
    assert "Council denies buses" in said(used)
    assert "Council denies buses" in said(await world.check("The buses will run from September"))
    await world.member.slash(world.channel, "source use")
    assert "Buses for Oakham" in said(await world.check("The buses will run from September"))


async def test_an_article_is_removed_by_those_who_may(world: World) -> None:
    await world.add_article()
    refused = await world.member.slash(world.channel, "source remove", source="Buses")
    assert "manage this server" in world.refused(refused)
    removed = await world.manager.slash(world.channel, "source remove", source="Buses")
    assert "Removed" in said(removed)
    assert await world.app.store.count((world.scope,)) == 0


async def test_built_in_articles_stay(world: World) -> None:
    new = world.app.ingest.from_text(ARTICLE, title="Built in")
    [(source, _)] = await world.app.store.add_many([new], BUILTIN, 0)
    result = await world.manager.slash(world.channel, "source remove", source=str(source.id))
    assert "comes with the bot" in world.refused(result)
    assert await world.app.store.source(source.id, [BUILTIN]) is not None


async def test_a_direct_message_has_its_own_library(world: World) -> None:
    tom = world.member.user
    shown = await tom.slash("source add text")
    await tom.submit_modal(shown, {"title": "Mine", "text": "My cat sleeps on Mondays."})
    assert "Mine" in said(await tom.slash("check", statement="My cat sleeps on Mondays"))
    assert "Mine" not in said(await world.member.slash(world.channel, "source list"))
    assert "Mine" not in said(await world.manager.user.slash("source list"))
    assert "Removed" in said(await tom.slash("source remove", source="Mine"))
