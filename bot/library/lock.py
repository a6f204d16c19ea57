"""A lock on the library's file that goes away with the process that holds it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class ProcessLock:
    """Held by one bot at a time, in a file beside the database.

    The file is an empty SQLite database, for its locks: they work the same on every system
    SQLite runs on, and a killed process leaves none behind.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def take(cls, database: Path, *, patience: float) -> ProcessLock | None:
        """None if another holds it for longer than `patience` seconds."""
        path = database.with_name(database.name + ".lock")
        connection = sqlite3.connect(
            path, timeout=patience, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return None
            raise
        return cls(connection)

    def release(self) -> None:
        self._connection.close()
