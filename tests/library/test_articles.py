from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.library.models import BUILTIN, NewArticle
from nli import Article
from tests.library.samples import CHEESE, DAM, ELSEWHERE, FERRY, HERE, VISIBLE, article

if TYPE_CHECKING:
    from bot.library.store import Store

HUGE = 10**30


async def test_added_article_comes_back_as_it_was(store: Store) -> None:
    text = Article(tuple(DAM.article.sentences), "Dam", "2024-03-05", "https://example.org/d")
    source, is_new = await store.add(NewArticle(text, author="Jo Wren"), HERE, added_by=7)
    assert is_new
    assert (source.scope, source.added_by, source.author) == (HERE, 7, "Jo Wren")
    assert (source.title, source.date, source.url) == ("Dam", "2024-03-05", text.url)
    assert source.sentence_count == 3
    assert datetime.now(UTC) - source.added_at < timedelta(minutes=1)
    assert await store.source(source.id, VISIBLE) == source
    assert await store.article(source.id) == text


@pytest.mark.parametrize(
    "variant",
    [
        [sentence.text for sentence in DAM.article.sentences],
        [" ".join(sentence.text for sentence in DAM.article.sentences)],
        [sentence.text.replace("'", "’").upper() for sentence in DAM.article.sentences],
        [sentence.text.replace(" ", "\u00a0") for sentence in DAM.article.sentences],
    ],
    ids=["same", "split otherwise", "typography and case", "spaces"],
)
async def test_same_text_is_recognised(store: Store, variant: list[str]) -> None:
    first, _ = await store.add(DAM, HERE, 7)
    again, is_new = await store.add(article(*variant, title="Another title"), HERE, 8)
    assert not is_new
    assert again == first
    assert await store.count(VISIBLE) == 1


async def test_another_figure_makes_another_article(store: Store) -> None:
    await store.add(article("It cost £5."), HERE, 7)
    assert (await store.add(article("It cost £6."), HERE, 7))[1]
    assert (await store.add(article("It cost -£5."), HERE, 7))[1]


async def test_builtin_article_is_recognised_but_not_another_scopes(store: Store) -> None:
    builtin, _ = await store.add(DAM, BUILTIN, 0)
    theirs, _ = await store.add(FERRY, ELSEWHERE, 7)
    assert await store.add(DAM, HERE, 7) == (builtin, False)
    ours, is_new = await store.add(FERRY, HERE, 7)
    assert is_new
    assert ours.id != theirs.id


async def test_own_article_is_preferred_over_a_later_builtin(store: Store) -> None:
    own, _ = await store.add(DAM, HERE, 7)
    assert (await store.add(DAM, BUILTIN, 0))[1]
    assert await store.add(DAM, HERE, 7) == (own, False)


async def test_many_are_added_in_order_and_known_ones_told_apart(store: Store) -> None:
    known, _ = await store.add(FERRY, BUILTIN, 0)
    many = [article(f"Number {number} is out.") for number in range(150)]
    added = await store.add_many([*many, FERRY, many[0]], BUILTIN, 0)
    assert [is_new for _, is_new in added] == [True] * 150 + [False, False]
    assert added[150][0] == known
    assert added[151][0] == added[0][0]
    assert await store.count([BUILTIN]) == 151


async def test_sources_are_listed_newest_first_and_paged(store: Store) -> None:
    ids = [(await store.add(article(f"Story {n}."), HERE, 7))[0].id for n in range(5)]
    listed = await store.sources(VISIBLE, limit=3)
    assert [source.id for source in listed] == ids[:1:-1]
    rest = await store.sources(VISIBLE, limit=3, offset=3)
    assert [source.id for source in rest] == [ids[1], ids[0]]
    assert await store.sources(VISIBLE, limit=-1, offset=-5) == []


async def test_removed_article_is_gone_from_everywhere(store: Store) -> None:
    source, _ = await store.add(DAM, HERE, 7)
    assert await store.remove(source.id, HERE) == source
    assert await store.remove(source.id, HERE) is None
    assert await store.article(source.id) is None
    assert await store.source(source.id, VISIBLE) is None
    assert await store.search(VISIBLE, "spillway") == []
    assert await store.candidates(VISIBLE, "the spillway was tested") == []
    assert await store.find_sources(VISIBLE, "dam") == []
    stats = await store.stats()
    assert (stats.articles, stats.sentences) == (0, 0)


async def test_number_of_a_removed_article_is_not_given_again(store: Store) -> None:
    source, _ = await store.add(DAM, HERE, 7)
    await store.remove(source.id, HERE)
    assert (await store.add(DAM, HERE, 7))[0].id > source.id


async def test_what_cannot_be_stored_is_replaced(store: Store) -> None:
    new = article("One \ud800 two\0three.", title="\udc00", url="u\0", date="\ud83d\ude00")
    source, _ = await store.add(replace(new, author="\udfff"), HERE, 7)
    assert source.title == "\N{REPLACEMENT CHARACTER}"
    assert source.author == "\N{REPLACEMENT CHARACTER}"
    assert source.date == "\N{GRINNING FACE}"
    stored = await store.article(source.id)
    assert stored is not None
    assert stored.sentences[0].text == (
        "One \N{REPLACEMENT CHARACTER} two\N{REPLACEMENT CHARACTER}three."
    )


@pytest.mark.parametrize("number", [0, -1, 999, HUGE, -HUGE])
async def test_number_of_nothing_finds_nothing(store: Store, number: int) -> None:
    await store.add(DAM, HERE, 7)
    assert await store.source(number, VISIBLE) is None
    assert await store.article(number) is None
    assert await store.remove(number, HERE) is None
    assert await store.stored_check(number) is None
    assert await store.search(VISIBLE, "dam", source_id=number) == []
    assert len(await store.find_sources(VISIBLE, f"#{number}")) == 0


async def test_stats_count_all_scopes(store: Store) -> None:
    await store.add(DAM, BUILTIN, 0)
    await store.add(FERRY, HERE, 7)
    await store.add(CHEESE, ELSEWHERE, 7)
    stats = await store.stats()
    assert (stats.articles, stats.sentences, stats.checks) == (3, 8, 0)
    assert stats.bytes > 0
