"""The database file: opening, closing, reading beside writing."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, TypeAlias

import aiosqlite

from bot.errors import BusyError, StartupError, UserError
from bot.library import schema
from bot.library.lock import ProcessLock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence
    from pathlib import Path

OLDEST_SQLITE = (3, 37)
"""STRICT tables."""
PATIENCE = 10.0
"""Seconds to wait for another process to end its transaction."""
TIDY_PAGES = 500
"""Pages of an index that are merged in one step."""

SqlValue: TypeAlias = int | str | bytes | None


class Transaction:
    """Statements that are kept together or not at all."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, *values: SqlValue) -> list[sqlite3.Row]:
        return list(await self._connection.execute_fetchall(sql, values))

    async def run(self, sql: str, *values: SqlValue) -> int:
        """Run a statement and say how many rows it changed."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.rowcount

    async def run_many(self, sql: str, rows: Iterable[Sequence[SqlValue]]) -> None:
        async with self._connection.executemany(sql, rows):
            pass

    async def insert(self, sql: str, *values: SqlValue) -> int:
        """Insert a row and return its id."""
        async with self._connection.execute(sql, values) as cursor:
            return cursor.lastrowid or 0


class Database:
    """One connection that writes and one that reads beside it, which WAL allows.

    Each connection has a thread of its own that works off its calls in order, so a rollback
    always runs before the next transaction begins, also when the caller was cancelled.
    """

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        reader: aiosqlite.Connection,
        resources: AsyncExitStack,
    ) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._resources = resources
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, *, shared: bool = False) -> Database:
        """Open the file, create or migrate it.

        The bot that runs holds the file for itself. `shared` is for work beside a running
        bot, such as an import: SQLite keeps the two apart, but the schema is then left alone.

        Raises:
            StartupError: it cannot be used; the message says why and what to do.
        """
        try:
            _require_sqlite()
            path = _place(path)
            async with AsyncExitStack() as resources:
                return await cls._open(path, shared, resources)
        except StartupError as error:
            raise StartupError(f"The library {path} cannot be opened. {error}") from error
        except sqlite3.DatabaseError as error:
            raise StartupError(_explain(path, error)) from error

    @classmethod
    async def _open(cls, path: Path, shared: bool, resources: AsyncExitStack) -> Database:
        # Longer than a moment: an import that looks at the schema holds the lock that long.
        lock = ProcessLock.take(path, patience=0.0 if shared else 1.0)
        if lock is not None:
            resources.callback(lock.release)
        elif not shared:
            raise StartupError(
                "A running bot already uses it. Stop that one first, or set ATTEST_DATABASE "
                "to another file."
            )
        writer = await resources.enter_async_context(
            aiosqlite.connect(path, timeout=PATIENCE, isolation_level=None)
        )
        current = await schema.is_current(writer)
        await _tune(writer)
        if not current:
            if lock is None:
                raise StartupError(
                    "It comes from an older version and a bot is using it. Stop the bot, then "
                    "try again."
                )
            await schema.migrate(writer)
        reader = await resources.enter_async_context(
            aiosqlite.connect(
                f"{path.as_uri()}?mode=ro", uri=True, timeout=PATIENCE, isolation_level=None
            )
        )
        await _tune_reader(reader)
        if shared and lock is not None:
            lock.release()
        return cls(path, writer, reader, resources.pop_all())

    async def close(self) -> None:
        """Close both connections and let the file go. Closing twice does nothing."""
        await self._resources.aclose()

    async def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[sqlite3.Row]:
        """Read what has been committed."""
        return list(await self._reader.execute_fetchall(sql, values))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Write; an error or a cancellation inside undoes everything.

        Raises:
            BusyError: another process kept writing for too long.
            UserError: the disk is full.
        """
        async with self._writing:
            try:
                await self._writer.execute_fetchall("BEGIN IMMEDIATE")
                yield Transaction(self._writer)
                await self._writer.commit()
            except sqlite3.OperationalError as error:
                await self._writer.rollback()
                if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                    raise BusyError(
                        "The library is being changed by somebody else. "
                        "Try again in {seconds} seconds.",
                        retry_after=PATIENCE,
                    ) from error
                if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
                    raise UserError(
                        "The disk the library lies on is full. Ask whoever runs the bot to "
                        "make room."
                    ) from error
                raise
            except BaseException:
                await self._writer.rollback()
                raise

    async def wipe_log(self) -> None:
        """Empty the write-ahead log, in which deleted text would stay until it is reused."""
        async with self._writing:
            await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def tidy(self) -> None:
        """Merge what many small writes have left, so that searches stay fast.

        Step by step, as another process may want to write in between.
        """
        for command in (
            "INSERT INTO words (words, rank) VALUES ('merge', ?)",
            "INSERT INTO titles (titles, rank) VALUES ('merge', ?)",
        ):
            changed = await self._step(command, -TIDY_PAGES)
            while changed > 1:  # A step that finds nothing to merge counts as one change.
                changed = await self._step(command, TIDY_PAGES)

    async def _step(self, command: str, pages: int) -> int:
        async with self.transaction() as transaction:
            [before] = await transaction.rows("SELECT total_changes()")
            await transaction.run(command, pages)
            [after] = await transaction.rows("SELECT total_changes()")
        return after[0] - before[0]

    def size(self) -> int:
        """Bytes on disk."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())


async def _tune(writer: aiosqlite.Connection) -> None:
    for pragma in (
        "journal_mode = WAL",
        # A killed process loses nothing; a power cut loses at most the last transactions.
        "synchronous = NORMAL",
        "foreign_keys = ON",
        # What is deleted on request is overwritten, not just let go.
        "secure_delete = ON",
        "cache_size = -16384",
        "temp_store = MEMORY",
    ):
        await writer.execute_fetchall(f"PRAGMA {pragma}")


async def _tune_reader(reader: aiosqlite.Connection) -> None:
    for pragma in ("cache_size = -65536", "mmap_size = 1073741824", "temp_store = MEMORY"):
        await reader.execute_fetchall(f"PRAGMA {pragma}")


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StartupError(
            f"Python here comes with SQLite {sqlite3.sqlite_version}; "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer is needed. Use a newer Python."
        )


def _place(path: Path) -> Path:
    """The file's one true path, so that it has one lock however it is reached."""
    path = path.expanduser().resolve()
    if path.is_dir():
        raise StartupError("It is a folder. Set ATTEST_DATABASE to a file in it.")
    if not path.parent.is_dir():
        raise StartupError(
            f"There is no folder {path.parent}. Create it, or set ATTEST_DATABASE to a file "
            "elsewhere."
        )
    return path


def _explain(path: Path, error: sqlite3.DatabaseError) -> str:
    """What to do about an error while opening, in words."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    reasons = {
        sqlite3.SQLITE_NOTADB: "It is not a database. Set ATTEST_DATABASE to another file.",
        sqlite3.SQLITE_CORRUPT: "It is damaged. Put a backup in its place, or move it away to "
        "start with an empty library.",
        sqlite3.SQLITE_BUSY: "Another process keeps it locked. Stop that one, then try again.",
        sqlite3.SQLITE_FULL: "The disk is full. Make room, then try again.",
        **dict.fromkeys(
            (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM),
            "The bot may not write there. Give it the right to write to the file and its "
            "folder, or set ATTEST_DATABASE to a file elsewhere.",
        ),
    }
    reason = reasons.get(code, f"SQLite reports: {error}.")
    return f"The library {path} cannot be opened. {reason}"
