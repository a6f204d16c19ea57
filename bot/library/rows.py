"""Between database rows and the library's data."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.library.models import Scope, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

SOURCE_WIDTH = 10
"""Columns of the view `sources`."""


def source(row: Sequence[Any]) -> Source:
    """From a row of the view `sources`; further columns may follow."""
    return Source(
        id=row[0],
        scope=Scope(row[1]),
        title=row[2],
        date=row[3],
        url=row[4],
        author=row[5],
        added_by=row[6],
        added_at=from_milliseconds(row[7]),
        sentence_count=row[8],
    )


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def to_milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def from_milliseconds(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def names(scopes: Sequence[Scope]) -> str:
    """Scopes as one value, for `IN (SELECT value FROM json_each(?))`."""
    return json.dumps(list(scopes))
