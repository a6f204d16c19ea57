"""Brings a database file to the schema this version of the bot knows."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.errors import StartupError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import aiosqlite

APPLICATION_ID = 0x41545354
"""Written into the file's header, so that another program's database is not taken for ours."""


def migrations() -> list[str]:
    """The scripts in order; the first brings an empty file to version 1."""
    folder = files("bot.library") / "migrations"
    scripts = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return [script.read_text(encoding="utf-8") for script in scripts]


def statements(script: str) -> Iterator[str]:
    """Split a script; `executescript` would commit before each call."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


async def is_current(connection: aiosqlite.Connection) -> bool:
    """Whether nothing has to be migrated.

    Raises:
        StartupError: the file is another program's, or a newer version's.
    """
    version = await _pragma(connection, "user_version")
    application = await _pragma(connection, "application_id")
    tables = await connection.execute_fetchall("SELECT 1 FROM sqlite_schema LIMIT 1")
    if application != APPLICATION_ID and (version or application or list(tables)):
        raise StartupError(
            "This is another program's database. Set ATTEST_DATABASE to a file of the bot's own."
        )
    newest = len(migrations())
    if version > newest:
        raise StartupError(
            f"A newer version of the bot has written it (schema {version}; this version knows "
            f"{newest}). Install the newer version again, or name another file in ATTEST_DATABASE."
        )
    return version == newest


async def migrate(connection: aiosqlite.Connection) -> None:
    """Run the scripts that are missing, each whole or not at all."""
    for version, script in enumerate(migrations(), start=1):
        await connection.execute_fetchall("BEGIN IMMEDIATE")
        try:
            if await _pragma(connection, "user_version") < version:
                for statement in statements(script):
                    await connection.execute_fetchall(statement)
                await connection.execute_fetchall(f"PRAGMA application_id = {APPLICATION_ID}")
                await connection.execute_fetchall(f"PRAGMA user_version = {version}")
            await connection.commit()
        except BaseException:
            await connection.rollback()
            raise


async def _pragma(connection: aiosqlite.Connection, name: str) -> int:
    [row] = await connection.execute_fetchall(f"PRAGMA {name}")
    return int(row[0])
