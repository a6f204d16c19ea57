"""Whatever is asked, nothing of another server comes back or changes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.library.models import BUILTIN, Preferences, Scope, Source
from bot.library.store import Store
from tests.library.samples import (
    CHEESE,
    DAM,
    ELSEWHERE,
    FERRY,
    HERE,
    OTHER_PLACE,
    PLACE,
    VISIBLE,
    judgement,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Listing = Callable[[Store, "Sequence[Scope]"], Awaitable["Sequence[Source]"]]


async def _by_words(store: Store, visible: Sequence[Scope]) -> list[Source]:
    return [hit.source for hit in await store.search(visible, '"the" dairy dam ferry gearbox')]


LISTINGS: dict[str, Listing] = {
    "sources": lambda store, visible: store.sources(visible),
    "newest for completion": lambda store, visible: store.find_sources(visible, ""),
    "search": _by_words,
    "candidates": lambda store, visible: store.candidates(visible, "dam ferry cheese prize"),
}


@pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS.keys())
async def test_lists_hold_own_and_builtin_articles_only(store: Store, listing: Listing) -> None:
    builtin, _ = await store.add(CHEESE, BUILTIN, 0)
    ours, _ = await store.add(DAM, HERE, 7)
    theirs, _ = await store.add(FERRY, ELSEWHERE, 8)
    assert {source.id for source in await listing(store, VISIBLE)} == {builtin.id, ours.id}
    both = {source.id for source in await listing(store, (BUILTIN, ELSEWHERE))}
    assert both == {builtin.id, theirs.id}
    assert {source.id for source in await listing(store, (HERE,))} == {ours.id}
    assert not await listing(store, ())


async def test_anothers_article_is_not_reached_by_number_or_title(store: Store) -> None:
    theirs, _ = await store.add(FERRY, ELSEWHERE, 8)
    assert await store.source(theirs.id, VISIBLE) is None
    assert await store.remove(theirs.id, HERE) is None
    assert await store.find_sources(VISIBLE, f"#{theirs.id}") == []
    assert await store.find_sources(VISIBLE, str(theirs.id)) == []
    assert await store.find_sources(VISIBLE, "Ferry") == []
    assert await store.search(VISIBLE, "ferry", source_id=theirs.id) == []
    assert await store.count(VISIBLE) == 0
    assert await store.source(theirs.id, (ELSEWHERE,)) == theirs


async def test_builtin_article_is_not_removed_by_a_server(store: Store) -> None:
    builtin, _ = await store.add(DAM, BUILTIN, 0)
    assert await store.remove(builtin.id, HERE) is None
    assert await store.count(VISIBLE) == 1


async def test_channel_uses_visible_articles_only(store: Store) -> None:
    theirs, _ = await store.add(FERRY, ELSEWHERE, 8)
    ours, _ = await store.add(DAM, HERE, 7)
    await store.set_channel_source(PLACE, ours.id)
    with pytest.raises(UserError, match=f"#{theirs.id}"):
        await store.set_channel_source(PLACE, theirs.id)
    assert await store.channel_source(PLACE) == ours
    assert await store.channel_source(OTHER_PLACE) is None


async def test_preferences_hold_where_they_were_set(store: Store) -> None:
    await store.set_preferences(HERE, Preferences(language="de"))
    assert (await store.preferences(ELSEWHERE)) == Preferences()


async def test_check_never_names_an_article_of_another_scope(store: Store) -> None:
    theirs, _ = await store.add(FERRY, ELSEWHERE, 8)
    check_id = await store.log_check(PLACE, "A claim.", theirs.id, judgement())
    check = await store.stored_check(check_id)
    assert check is not None
    assert check.place == PLACE
    assert check.source is None


async def test_forgetting_one_server_leaves_the_others(store: Store) -> None:
    theirs, _ = await store.add(FERRY, ELSEWHERE, 8)
    await store.add(DAM, HERE, 7)
    await store.set_channel_source(OTHER_PLACE, theirs.id)
    await store.set_preferences(ELSEWHERE, Preferences(private=True))
    check_id = await store.log_check(OTHER_PLACE, "A claim.", theirs.id, judgement())
    await store.forget_scope(HERE)
    assert await store.sources((ELSEWHERE,)) == [theirs]
    assert await store.channel_source(OTHER_PLACE) == theirs
    assert (await store.preferences(ELSEWHERE)).private
    assert await store.stored_check(check_id) is not None
