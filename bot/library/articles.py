"""Articles: putting them on their shelf, taking them off, reading them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.library import keys, rows
from bot.library.models import BUILTIN, NewArticle, Scope, Source
from bot.library.normalise import digest, storable
from nli import Article, Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.library.database import Database, Transaction

BATCH = 64
"""Articles a transaction while importing: short enough that others can write in between."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """An article ready to be written."""

    digest: bytes
    texts: tuple[str, ...]
    new: NewArticle


class Articles:
    """The articles of all scopes; each call says whose it may touch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_many(
        self, news: Sequence[NewArticle], scope: Scope, added_by: int
    ) -> list[tuple[Source, bool]]:
        added: list[tuple[Source, bool]] = []
        for start in range(0, len(news), BATCH):
            batch = await asyncio.to_thread(_prepare, news[start : start + BATCH])
            async with self._database.transaction() as transaction:
                shelf_id = await _shelf(transaction, scope)
                # Kept in a list of its own: these count only once they are committed.
                written = [
                    await _add(transaction, article, scope, shelf_id, added_by) for article in batch
                ]
            added += written
        return added

    async def remove(self, source_id: int, scope: Scope) -> Source | None:
        if abs(source_id) > keys.MAX_INTEGER:
            return None
        async with self._database.transaction() as transaction:
            found = await transaction.rows(
                "SELECT * FROM sources WHERE id = ? AND scope = ?", source_id, scope
            )
            if not found:
                return None
            await transaction.run("DELETE FROM articles WHERE id = ?", source_id)
        return rows.source(found[0])

    async def source(self, source_id: int, visible: Sequence[Scope]) -> Source | None:
        if abs(source_id) > keys.MAX_INTEGER:
            return None
        found = await self._database.rows(
            "SELECT * FROM sources WHERE id = ? AND scope IN (SELECT value FROM json_each(?))",
            (source_id, rows.names(visible)),
        )
        return rows.source(found[0]) if found else None

    async def sources(self, visible: Sequence[Scope], limit: int, offset: int) -> list[Source]:
        found = await self._database.rows(
            "SELECT * FROM sources WHERE scope IN (SELECT value FROM json_each(?)) "
            "ORDER BY id DESC LIMIT ? OFFSET ?",
            (rows.names(visible), max(0, limit), max(0, offset)),
        )
        return [rows.source(row) for row in found]

    async def count(self, visible: Sequence[Scope]) -> int:
        found = await self._database.rows(
            "SELECT coalesce(sum(articles), 0) FROM shelves "
            "WHERE scope IN (SELECT value FROM json_each(?))",
            (rows.names(visible),),
        )
        return found[0][0]

    async def count_sentences(self, visible: Sequence[Scope]) -> int:
        found = await self._database.rows(
            "SELECT coalesce(sum(sentences), 0) FROM shelves "
            "WHERE scope IN (SELECT value FROM json_each(?))",
            (rows.names(visible),),
        )
        return found[0][0]

    async def article(self, source_id: int) -> Article | None:
        if abs(source_id) > keys.MAX_INTEGER:
            return None
        # One statement, so that nothing can be removed between title and text.
        found = await self._database.rows(
            "SELECT a.title, a.date, a.url, s.start_offset, s.end_offset, s.text "
            "FROM articles AS a JOIN sentences AS s "
            "ON s.key BETWEEN (a.shelf_id << 44) | (a.id << 20) "
            "AND (a.shelf_id << 44) | (a.id << 20) | ((1 << 20) - 1) "
            "WHERE a.id = ? ORDER BY s.key",
            (source_id,),
        )
        if not found:
            return None
        title, date, url, *_ = found[0]
        sentences = tuple(
            Sentence(index, start, end, text)
            for index, (_, _, _, start, end, text) in enumerate(found)
        )
        return Article(sentences, title, date, url)


def _prepare(news: Sequence[NewArticle]) -> list[_Prepared]:
    prepared: list[_Prepared] = []
    for new in news:
        texts = tuple(storable(sentence.text) for sentence in new.article.sentences)
        if not 0 < len(texts) <= keys.MAX_SENTENCES:
            raise UserError(
                "The article has {count} sentences; between 1 and {most} can be stored. "
                "Give the part that matters.",
                count=len(texts),
                most=keys.MAX_SENTENCES,
            )
        prepared.append(_Prepared(digest(texts), texts, new))
    return prepared


async def _shelf(transaction: Transaction, scope: Scope) -> int:
    await transaction.run(
        "INSERT INTO shelves (scope) SELECT ?1 "
        "WHERE NOT EXISTS (SELECT 1 FROM shelves WHERE scope = ?1)",
        scope,
    )
    [row] = await transaction.rows("SELECT id FROM shelves WHERE scope = ?", scope)
    return row[0]


async def _add(
    transaction: Transaction, article: _Prepared, scope: Scope, shelf_id: int, added_by: int
) -> tuple[Source, bool]:
    known = await transaction.rows(
        "SELECT * FROM sources WHERE id IN (SELECT id FROM articles WHERE digest = ?2 AND "
        "shelf_id IN (SELECT id FROM shelves WHERE scope IN (?1, ?3))) "
        "ORDER BY scope = ?1 DESC LIMIT 1",
        scope,
        article.digest,
        BUILTIN,
    )
    if known:
        return rows.source(known[0]), False
    new = article.new
    source = Source(
        id=0,
        scope=scope,
        title=storable(new.article.title),
        date=storable(new.article.date),
        url=storable(new.article.url),
        author=storable(new.author),
        added_by=added_by,
        added_at=rows.from_milliseconds(rows.now()),
        sentence_count=len(article.texts),
    )
    source_id = await transaction.insert(
        "INSERT INTO articles (shelf_id, digest, title, date, url, author, language, added_by, "
        "added_at, sentence_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        shelf_id,
        article.digest,
        source.title,
        source.date,
        source.url,
        source.author,
        storable(new.language),
        added_by,
        rows.to_milliseconds(source.added_at),
        source.sentence_count,
    )
    await transaction.run_many(
        "INSERT INTO sentences (key, article_id, start_offset, end_offset, text) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (keys.sentence_key(shelf_id, source_id, index), source_id, old.start, old.end, text)
            for index, (old, text) in enumerate(
                zip(new.article.sentences, article.texts, strict=True)
            )
        ],
    )
    return replace(source, id=source_id), True
