from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.library.models import BUILTIN, Place, Preferences
from tests.library.samples import DAM, DIRECT, FERRY, HERE, PLACE

if TYPE_CHECKING:
    from bot.library.store import Store


async def test_channel_source_is_chosen_changed_and_unset(store: Store) -> None:
    dam, _ = await store.add(DAM, HERE, 7)
    ferry, _ = await store.add(FERRY, BUILTIN, 0)
    assert await store.channel_source(PLACE) is None
    await store.set_channel_source(PLACE, dam.id)
    assert await store.channel_source(PLACE) == dam
    await store.set_channel_source(PLACE, ferry.id)
    assert await store.channel_source(PLACE) == ferry
    assert await store.channel_source(Place(HERE, channel_id=11, user_id=100)) is None
    await store.set_channel_source(PLACE, None)
    assert await store.channel_source(PLACE) is None


async def test_removed_article_is_no_channels_source_any_more(store: Store) -> None:
    dam, _ = await store.add(DAM, HERE, 7)
    await store.set_channel_source(PLACE, dam.id)
    await store.remove(dam.id, HERE)
    assert await store.channel_source(PLACE) is None


@pytest.mark.parametrize("number", [0, 5, 10**30])
async def test_choosing_nothing_that_exists_keeps_the_choice(store: Store, number: int) -> None:
    dam, _ = await store.add(DAM, HERE, 7)
    await store.set_channel_source(PLACE, dam.id)
    with pytest.raises(UserError, match="no article"):
        await store.set_channel_source(PLACE, number)
    assert await store.channel_source(PLACE) == dam


async def test_preferences_are_kept_and_changed(store: Store) -> None:
    assert await store.preferences(HERE) == Preferences()
    first = Preferences("de", private=True, contributors="everyone", retention_days=3)
    await store.set_preferences(HERE, first)
    assert await store.preferences(HERE) == first
    await store.set_preferences(HERE, Preferences(retention_days=0))
    assert await store.preferences(HERE) == Preferences(retention_days=0)
    assert await store.preferences(DIRECT.scope) == Preferences()
