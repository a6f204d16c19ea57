"""What is remembered of a place: its settings and a channel's chosen article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.library import keys, rows
from bot.library.models import Place, Preferences, Scope, Source
from bot.library.normalise import storable

if TYPE_CHECKING:
    from bot.library.database import Database


class Places:
    """Settings of servers, people and channels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def channel_source(self, place: Place) -> Source | None:
        found = await self._database.rows(
            "SELECT * FROM sources WHERE id = "
            "(SELECT source_id FROM channel_sources WHERE scope = ? AND channel_id = ?) "
            "AND scope IN (SELECT value FROM json_each(?))",
            (place.scope, place.channel_id, rows.names(place.visible)),
        )
        return rows.source(found[0]) if found else None

    async def set_channel_source(self, place: Place, source_id: int | None) -> None:
        async with self._database.transaction() as transaction:
            await transaction.run(
                "DELETE FROM channel_sources WHERE scope = ? AND channel_id = ?",
                place.scope,
                place.channel_id,
            )
            if source_id is None:
                return
            added = abs(source_id) <= keys.MAX_INTEGER and await transaction.run(
                "INSERT INTO channel_sources (scope, channel_id, source_id) "
                "SELECT ?, ?, id FROM sources "
                "WHERE id = ? AND scope IN (SELECT value FROM json_each(?))",
                place.scope,
                place.channel_id,
                source_id,
                rows.names(place.visible),
            )
            if not added:
                raise UserError(
                    "There is no article #{number} here. See the list of articles for those "
                    "there are.",
                    number=source_id,
                )

    async def preferences(self, scope: Scope) -> Preferences:
        found = await self._database.rows(
            "SELECT language, private, contributors, retention_days FROM preferences "
            "WHERE scope = ?",
            (scope,),
        )
        if not found:
            return Preferences()
        language, private, contributors, retention_days = found[0]
        return Preferences(language, bool(private), contributors, retention_days)

    async def set_preferences(self, scope: Scope, preferences: Preferences) -> None:
        async with self._database.transaction() as transaction:
            await transaction.run(
                "INSERT INTO preferences (scope, language, private, contributors, "
                "retention_days) VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET "
                "language = excluded.language, private = excluded.private, "
                "contributors = excluded.contributors, "
                "retention_days = excluded.retention_days",
                scope,
                storable(preferences.language),
                int(preferences.private),
                storable(preferences.contributors),
                max(0, preferences.retention_days),
            )
