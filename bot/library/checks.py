"""The log of checks: what buttons and follow-up questions go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.library import keys, rows
from bot.library.judgements import dump_judgement, load_judgement
from bot.library.models import BUILTIN, Place, Preferences, Scope, StoredCheck
from bot.library.normalise import storable

if TYPE_CHECKING:
    from datetime import datetime

    from bot.library.database import Database
    from nli import Judgement, Verdict

MAX_WHY = 1_000
"""Characters kept of what somebody writes with their feedback."""
_DAY = 24 * 60 * 60 * 1000


class Checks:
    """Checks and what people thought of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def log(self, place: Place, claim: str, source_id: int, judgement: Judgement) -> int:
        async with self._database.transaction() as transaction:
            # The article may have been removed while the claim was being judged.
            return await transaction.insert(
                "INSERT INTO checks (created_at, scope, channel_id, user_id, claim, source_id, "
                "judgement) VALUES (?, ?, ?, ?, ?, (SELECT id FROM articles WHERE id = ?), ?)",
                rows.now(),
                place.scope,
                place.channel_id,
                place.user_id,
                storable(claim),
                source_id,
                dump_judgement(judgement),
            )

    async def stored(self, check_id: int) -> StoredCheck | None:
        if abs(check_id) > keys.MAX_INTEGER:
            return None
        found = await self._database.rows(
            "SELECT id, created_at, scope, channel_id, user_id, claim, source_id, judgement "
            "FROM checks WHERE id = ?",
            (check_id,),
        )
        if not found:
            return None
        _, created_at, scope, channel_id, user_id, claim, source_id, judgement = found[0]
        sources = await self._database.rows(
            "SELECT * FROM sources WHERE id = ? AND scope IN (?, ?)",
            (source_id, scope, BUILTIN),
        )
        return StoredCheck(
            id=check_id,
            created_at=rows.from_milliseconds(created_at),
            place=Place(Scope(scope), channel_id, user_id),
            claim=claim,
            source=rows.source(sources[0]) if sources else None,
            judgement=load_judgement(judgement),
        )

    async def add_feedback(
        self, check_id: int, user_id: int, right: bool, right_verdict: Verdict | None, why: str
    ) -> None:
        changed = 0
        if abs(check_id) <= keys.MAX_INTEGER:
            async with self._database.transaction() as transaction:
                changed = await transaction.run(
                    "INSERT INTO feedback (check_id, user_id, created_at, agrees, "
                    "right_verdict, why) SELECT id, ?, ?, ?, ?, ? FROM checks WHERE id = ? "
                    "ON CONFLICT (check_id, user_id) DO UPDATE SET "
                    "created_at = excluded.created_at, agrees = excluded.agrees, "
                    "right_verdict = excluded.right_verdict, why = excluded.why",
                    user_id,
                    rows.now(),
                    int(right),
                    right_verdict,
                    storable(why)[:MAX_WHY],
                    check_id,
                )
        if not changed:
            raise UserError(
                "This check is no longer stored, so there is nothing to add your feedback to. "
                "Check the claim again first."
            )

    async def purge(self, now: datetime) -> int:
        async with self._database.transaction() as transaction:
            return await transaction.run(
                "DELETE FROM checks WHERE created_at < ?1 - ?2 AND created_at < ?1 - ?2 * coalesce("
                "(SELECT retention_days FROM preferences AS p WHERE p.scope = checks.scope), ?3)",
                rows.to_milliseconds(now),
                _DAY,
                Preferences().retention_days,
            )
