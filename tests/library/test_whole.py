"""That the check used after a kill would notice what it is there to notice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.database import check_whole
from tests.library.samples import DAM, FERRY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM sentences WHERE text LIKE 'Farmers%'",
        "UPDATE articles SET sentence_count = 4 WHERE id = 1",
        "DELETE FROM articles WHERE id = 1",
        "UPDATE sentences SET text = 'Something else.' WHERE text LIKE 'Farmers%'",
        "UPDATE articles SET title = 'Something else' WHERE id = 1",
        "INSERT INTO words (rowid, text) VALUES (99, 'stray')",
        "UPDATE shelves SET articles = 7",
    ],
)
async def test_damage_is_noticed(path: Path, damage: str) -> None:
    store = await Store.open(path)
    await store.add_many([DAM, FERRY], BUILTIN, 0)
    await store.close()
    check_whole(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(damage)
        connection.commit()
    with pytest.raises((AssertionError, sqlite3.DatabaseError)):
        check_whole(path)
