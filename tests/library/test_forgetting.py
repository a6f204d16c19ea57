from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import BusyError
from bot.library.database import Database
from bot.library.models import (
    BUILTIN,
    Forgotten,
    Place,
    Preferences,
    guild_scope,
    user_scope,
)
from tests.library.database import check_whole, select
from tests.library.samples import (
    CHEESE,
    DAM,
    DIRECT,
    ELSEWHERE,
    FERRY,
    HERE,
    PLACE,
    article,
    judgement,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bot.library.store import Store


async def test_person_is_forgotten_everywhere(store: Store, path: Path) -> None:
    me, you = PLACE.user_id, 999
    shared, _ = await store.add(DAM, HERE, me)
    yours, _ = await store.add(FERRY, ELSEWHERE, you)
    own, _ = await store.add(CHEESE, user_scope(me), me)
    await store.set_channel_source(DIRECT, own.id)
    await store.set_preferences(DIRECT.scope, Preferences("de"))
    mine = [
        await store.log_check(place, "My claim.", shared.id, judgement())
        for place in (PLACE, DIRECT, Place(ELSEWHERE, 20, me))
    ]
    your_check = await store.log_check(Place(HERE, 10, you), "Your claim.", 0, judgement())
    await store.add_feedback(your_check, me, right=False, why="my words")
    await store.add_feedback(your_check, you, right=True)
    await store.add_feedback(mine[0], you, right=True)

    assert await store.forget_user(me) == Forgotten(checks=3, feedback=1, articles=1)

    assert [await store.stored_check(check_id) for check_id in mine] == [None] * 3
    assert await store.stored_check(your_check) is not None
    assert await store.count([user_scope(me)]) == 0
    assert await store.channel_source(DIRECT) is None
    assert await store.preferences(DIRECT.scope) == Preferences()
    kept = await store.source(shared.id, [HERE])
    assert kept is not None
    assert kept.added_by == 0
    assert await store.source(yours.id, [ELSEWHERE]) == yours
    assert select(path, "SELECT user_id FROM feedback") == [(you,)]
    check_whole(path)
    assert await store.forget_user(me) == Forgotten(0, 0, 0)


async def test_forgotten_words_are_not_left_in_the_files(store: Store, path: Path) -> None:
    secret = "quixotrumpet"  # in lower case, as the indexes hold it
    for number in range(3):
        await store.add(article(f"The {secret} sings {number}."), DIRECT.scope, DIRECT.user_id)
    await store.log_check(DIRECT, f"{secret} sings", 0, judgement(f"{secret} sings"))
    await store.forget_user(DIRECT.user_id)
    left = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    assert secret.encode() not in left


async def test_server_is_forgotten_with_all_it_has(store: Store, path: Path) -> None:
    many = [article(f"Story number {number}.") for number in range(120)]
    added = await store.add_many(many, HERE, 7)
    await store.set_channel_source(PLACE, added[0][0].id)
    await store.set_preferences(HERE, Preferences("de"))
    check_id = await store.log_check(PLACE, "A claim.", added[0][0].id, judgement())
    await store.add_feedback(check_id, 5, right=True)
    await store.forget_scope(HERE)
    for table in ("articles", "sentences", "shelves", "channel_sources", "preferences", "checks"):
        assert select(path, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert select(path, "SELECT count(*) FROM feedback") == [(0,)]
    assert await store.search([HERE], "story") == []
    check_whole(path)


async def test_servers_of_which_something_is_stored(store: Store) -> None:
    assert await store.guild_ids() == []
    await store.add(DAM, guild_scope(1), 7)
    await store.set_preferences(guild_scope(2), Preferences("de"))
    await store.log_check(Place(guild_scope(3), 10, 7), "A claim.", 0, judgement())
    await store.add(DAM, BUILTIN, 0)
    await store.add(DAM, user_scope(4), 4)
    await store.set_preferences(user_scope(5), Preferences("de"))
    assert sorted(await store.guild_ids()) == [1, 2, 3]
    await store.forget_scope(guild_scope(2))
    assert sorted(await store.guild_ids()) == [1, 3]


async def test_server_is_forgotten_though_the_library_was_busy_once(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "quixotrumpet"  # in lower case, as the indexes hold it
    await store.add(article(f"The {secret} sings."), HERE, 7)
    wipe_log = Database.wipe_log
    failures = [BusyError("Busy for {seconds} s.", 1)]

    async def busy_once(self: Database) -> None:
        if failures:
            raise failures.pop()
        await wipe_log(self)

    monkeypatch.setattr(Database, "wipe_log", busy_once)
    await store.forget_scope(HERE)
    assert await store.guild_ids() == []
    left = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    assert secret.encode() not in left


async def test_server_is_not_said_to_be_forgotten_while_the_library_stays_busy(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.add(DAM, HERE, 7)

    async def busy(_: Database) -> None:
        raise BusyError("Busy for {seconds} s.", 1)

    monkeypatch.setattr(Database, "wipe_log", busy)
    with pytest.raises(BusyError):
        await store.forget_scope(HERE)


async def test_server_that_returns_starts_afresh(store: Store) -> None:
    old, _ = await store.add(DAM, HERE, 7)
    await store.forget_scope(HERE)
    new, is_new = await store.add(DAM, HERE, 7)
    assert is_new
    assert new.id > old.id
    assert await store.sources([HERE]) == [new]
    assert await store.search([HERE], "spillway")
