"""Deleting all that is stored of a person or a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import BusyError
from bot.library.models import Forgotten, Scope, user_scope

if TYPE_CHECKING:
    from bot.library.database import Database

BATCH = 50
"""Articles a transaction, so that others are not kept waiting behind a large library."""


class Forgetting:
    """Deletes for good: what is left in the indexes and the write-ahead log is wiped too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def user(self, user_id: int) -> Forgotten:
        scope = user_scope(user_id)
        async with self._database.transaction() as transaction:
            feedback = await transaction.run("DELETE FROM feedback WHERE user_id = ?", user_id)
            checks = await transaction.run(
                "DELETE FROM checks WHERE user_id = ? OR scope = ?", user_id, scope
            )
        articles = await self._everything_in(scope)
        async with self._database.transaction() as transaction:
            await transaction.run("UPDATE articles SET added_by = 0 WHERE added_by = ?", user_id)
        await self._wipe(merge=articles > 0)
        return Forgotten(checks, feedback, articles)

    async def scope(self, scope: Scope) -> None:
        try:
            await self._wipe(merge=await self._everything_in(scope) > 0)
        except BusyError:
            # Something such as an import kept writing, and nobody is there to ask again.
            await self._everything_in(scope)
            await self._wipe(merge=True)

    async def guild_ids(self) -> list[int]:
        found = await self._database.rows(
            "SELECT CAST(substr(scope, 7) AS INTEGER) FROM (SELECT scope FROM shelves UNION "
            "SELECT scope FROM checks UNION SELECT scope FROM channel_sources UNION "
            "SELECT scope FROM preferences) WHERE scope GLOB 'guild:*'"
        )
        return [row[0] for row in found]

    async def _wipe(self, *, merge: bool) -> None:
        """The indexes keep the words of deleted articles until their parts are merged."""
        if merge:
            await self._database.tidy()
        await self._database.wipe_log()

    async def _everything_in(self, scope: Scope) -> int:
        """Returns how many articles there were."""
        async with self._database.transaction() as transaction:
            await transaction.run("DELETE FROM checks WHERE scope = ?", scope)
            await transaction.run("DELETE FROM channel_sources WHERE scope = ?", scope)
            await transaction.run("DELETE FROM preferences WHERE scope = ?", scope)
        articles = removed = await self._some_articles(scope)
        while removed == BATCH:
            removed = await self._some_articles(scope)
            articles += removed
        async with self._database.transaction() as transaction:
            articles += await transaction.run(
                "DELETE FROM articles WHERE shelf_id = (SELECT id FROM shelves WHERE scope = ?)",
                scope,
            )
            await transaction.run("DELETE FROM shelves WHERE scope = ?", scope)
        return articles

    async def _some_articles(self, scope: Scope) -> int:
        async with self._database.transaction() as transaction:
            return await transaction.run(
                "DELETE FROM articles WHERE id IN (SELECT id FROM articles WHERE shelf_id = "
                "(SELECT id FROM shelves WHERE scope = ?) LIMIT ?)",
                scope,
                BATCH,
            )
