"""Looks into a library's file from outside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def select(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return connection.execute(sql, values).fetchall()


def check_whole(path: Path) -> None:
    """Every article has all of its sentences, and the indexes hold those and nothing else."""
    with closing(sqlite3.connect(path, timeout=10, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for index in ("words", "titles"):
            # With 1 the index is compared with the text it was made of, not only with itself.
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        incomplete = connection.execute(
            "SELECT id FROM articles AS a WHERE sentence_count != (SELECT count(*) FROM sentences "
            "WHERE article_id = a.id AND key BETWEEN ((a.shelf_id << 44) | (a.id << 20)) + 1 "
            "AND ((a.shelf_id << 44) | (a.id << 20)) + a.sentence_count)"
        ).fetchall()
        assert incomplete == []
        miscounted = connection.execute(
            "SELECT scope FROM shelves AS h WHERE (articles, sentences) != ("
            "SELECT count(*), coalesce(sum(sentence_count), 0) FROM articles "
            "WHERE shelf_id = h.id)"
        ).fetchall()
        assert miscounted == []
        [(sentences,)] = connection.execute("SELECT count(*) FROM sentences")
        [(owned,)] = connection.execute("SELECT sum(sentence_count) FROM articles")
        assert sentences == (owned or 0)
