from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import UserError
from bot.library.judgements import dump_judgement, load_judgement
from bot.library.models import BUILTIN, Preferences
from nli import Verdict
from tests.library.database import select
from tests.library.samples import DAM, DIRECT, HERE, OTHER_PLACE, PLACE, judgement

if TYPE_CHECKING:
    from pathlib import Path

    from bot.library.store import Store


async def test_check_comes_back_as_it_was(store: Store) -> None:
    source, _ = await store.add(DAM, HERE, 7)
    check_id = await store.log_check(PLACE, "The dam is big.", source.id, judgement())
    check = await store.stored_check(check_id)
    assert check is not None
    assert (check.id, check.place, check.claim) == (check_id, PLACE, "The dam is big.")
    assert check.source == source
    assert check.judgement == judgement()
    assert datetime.now(UTC) - check.created_at < timedelta(minutes=1)
    assert (await store.stats()).checks == 1


async def test_check_outlives_its_article(store: Store) -> None:
    source, _ = await store.add(DAM, HERE, 7)
    check_id = await store.log_check(PLACE, "The dam is big.", source.id, judgement())
    await store.remove(source.id, HERE)
    check = await store.stored_check(check_id)
    assert check is not None
    assert check.source is None
    assert check.judgement == judgement()


async def test_check_against_an_article_just_removed_is_kept(store: Store) -> None:
    check_id = await store.log_check(PLACE, "The dam is big.", 12345, judgement())
    check = await store.stored_check(check_id)
    assert check is not None
    assert check.source is None


def test_judgement_goes_through_json_unchanged() -> None:
    odd = replace(judgement('"quoted"\n\0'), reason=judgement().reason, evidence=())
    assert load_judgement(dump_judgement(odd)) == odd
    lone = load_judgement(dump_judgement(judgement("\ud800")))
    assert lone.claim == "\N{REPLACEMENT CHARACTER}"


async def test_feedback_is_kept_once_a_person(store: Store, path: Path) -> None:
    source, _ = await store.add(DAM, BUILTIN, 0)
    check_id = await store.log_check(PLACE, "The dam is big.", source.id, judgement())
    await store.add_feedback(check_id, 1, right=True)
    await store.add_feedback(check_id, 2, right=True)
    await store.add_feedback(
        check_id, 1, right=False, right_verdict=Verdict.CONTRADICTED, why="w\ud800" + "y" * 5_000
    )
    rows = select(path, "SELECT user_id, agrees, right_verdict, why FROM feedback ORDER BY 1")
    assert [row[:3] for row in rows] == [(1, 0, "contradicted"), (2, 1, None)]
    assert rows[0][3].startswith("w\N{REPLACEMENT CHARACTER}yyy")
    assert len(rows[0][3]) <= 1_000


@pytest.mark.parametrize("check_id", [0, 77, 10**40, -(10**40)])
async def test_feedback_to_no_check_says_so(store: Store, check_id: int) -> None:
    with pytest.raises(UserError, match="no longer stored"):
        await store.add_feedback(check_id, 1, right=True)


async def test_purge_keeps_to_each_places_retention(store: Store) -> None:
    await store.set_preferences(HERE, Preferences(retention_days=7))
    await store.set_preferences(DIRECT.scope, Preferences(retention_days=0))
    weekly = await store.log_check(PLACE, "One.", 0, judgement())
    daily = await store.log_check(DIRECT, "Two.", 0, judgement())
    usual = await store.log_check(OTHER_PLACE, "Three.", 0, judgement())
    await store.add_feedback(daily, 1, right=True)
    now = datetime.now(UTC)

    async def kept() -> list[int]:
        return [i for i in (weekly, daily, usual) if await store.stored_check(i)]

    assert await store.purge(now + timedelta(hours=23)) == 0
    assert await store.purge(now + timedelta(hours=25)) == 1
    assert await kept() == [weekly, usual]
    assert await store.purge(now + timedelta(days=6, hours=23)) == 0
    assert await store.purge(now + timedelta(days=7, hours=1)) == 1
    assert await kept() == [usual]
    assert await store.purge(now + timedelta(days=29, hours=23)) == 0
    assert await store.purge(now + timedelta(days=30, hours=1)) == 1
    assert await kept() == []
