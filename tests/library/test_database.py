"""Opening and closing the file, and what a broken-off write leaves."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import BusyError, StartupError
from bot.library import database, schema
from bot.library.database import Database
from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.database import check_whole, select
from tests.library.samples import DAM, FERRY, HERE, VISIBLE


@pytest.fixture(autouse=True)
def no_threads_left() -> object:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if "asyncio" not in thread.name:
            thread.join(timeout=10)
            assert not thread.is_alive()


async def test_library_is_there_again_after_closing(path: Path) -> None:
    store = await Store.open(path)
    source, _ = await store.add(DAM, HERE, 7)
    await store.close()
    await store.close()
    store = await Store.open(path)
    assert await store.sources(VISIBLE) == [source]
    await store.close()
    assert not path.with_name(path.name + "-wal").exists()


async def test_file_is_set_up_as_it_should_be(path: Path) -> None:
    store = await Store.open(path)
    await store.close()
    assert select(path, "PRAGMA journal_mode") == [("wal",)]
    assert select(path, "PRAGMA user_version") == [(len(schema.migrations()),)]
    tables = select(
        path,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite_%' AND NOT strict",
    )
    assert tables == []


async def test_older_library_is_migrated_and_keeps_its_articles(path: Path) -> None:
    first = schema.migrations()[0]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(first)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO shelves (scope) VALUES ('builtin')")
        connection.execute(
            "INSERT INTO articles (shelf_id, digest, title, date, url, author, language, "
            "added_by, added_at, sentence_count) VALUES (1, x'00', 'Old', '', '', '', '', 0, 0, 1)"
        )
        connection.commit()
    store = await Store.open(path)
    assert [source.title for source in await store.sources([BUILTIN])] == ["Old"]
    assert (await store.stats()).checks == 0
    await store.close()


async def test_failed_migration_leaves_the_old_version(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = schema.migrations()
    broken = "CREATE TABLE fine (id INTEGER) STRICT;\nCREATE TABLE fine (id INTEGER) STRICT;\n"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda: [*known, broken])
        with pytest.raises(StartupError):
            await Store.open(path)
    assert select(path, "PRAGMA user_version") == [(len(known),)]
    assert select(path, "SELECT name FROM sqlite_schema WHERE name = 'fine'") == []
    await (await Store.open(path)).close()


def test_statements_of_a_script_are_told_apart() -> None:
    script = (
        "-- A comment; with a semicolon.\nCREATE TABLE a (b);\n\n"
        "CREATE TRIGGER c AFTER INSERT ON a BEGIN\n    DELETE FROM a;\n    DELETE FROM a;\nEND;\n"
    )
    found = list(schema.statements(script))
    assert len(found) == 2
    assert "".join(found) == script


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("folder", "is a folder"),
        ("no folder", "no folder"),
        ("in a file", "no folder"),
        ("text", "not a database"),
        ("other program", "another program"),
        ("newer", "newer version"),
        ("damaged", "damaged"),
    ],
)
async def test_what_cannot_be_opened_is_explained(tmp_path: Path, case: str, words: str) -> None:
    path = await _unusable(tmp_path, case)
    with pytest.raises(StartupError, match=words) as caught:
        await Store.open(path)
    assert str(path) in str(caught.value)


async def _unusable(folder: Path, case: str) -> Path:
    path = folder / "attest.sqlite3"
    match case:
        case "folder":
            return folder
        case "no folder":
            return folder / "nowhere" / "attest.sqlite3"
        case "in a file":
            _write(path, b"hello")
            return path / "attest.sqlite3"
        case "text":
            _write(path, b"hello " * 1_000)
        case "other program":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("CREATE TABLE notes (text)")
        case "newer":
            await (await Store.open(path)).close()
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA user_version = 9999")
        case _:
            await (await Store.open(path)).close()
            _overwrite(path, 100, b"\xff" * 3_000)
    return path


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


async def test_unwritable_place_is_explained() -> None:
    with pytest.raises(StartupError, match=r"may not write|no folder"):
        await Store.open(Path("/proc/attest.sqlite3"))


async def test_failed_opening_does_not_keep_the_lock(path: Path) -> None:
    _write(path, b"hello " * 1_000)
    with pytest.raises(StartupError):
        await Store.open(path)
    _write(path, b"")
    await (await Store.open(path)).close()


async def test_cancelled_write_leaves_nothing(path: Path) -> None:
    opened = await Database.open(path)
    entered = asyncio.Event()

    async def write() -> None:
        async with opened.transaction() as transaction:
            await transaction.run("INSERT INTO shelves (scope) VALUES ('builtin')")
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(write())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await opened.rows("SELECT * FROM shelves") == []
    async with opened.transaction() as transaction:
        await transaction.run("INSERT INTO shelves (scope) VALUES ('guild:1')")
    assert [row[0] for row in await opened.rows("SELECT scope FROM shelves")] == ["guild:1"]
    await opened.close()


@pytest.mark.parametrize("steps", range(12))
async def test_article_is_whole_or_absent_wherever_adding_is_cancelled(
    path: Path, steps: int
) -> None:
    store = await Store.open(path)
    await store.add(FERRY, BUILTIN, 0)
    task = asyncio.create_task(store.add(DAM, HERE, 7))
    for _ in range(steps):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    source, _ = await store.add(DAM, HERE, 7)
    assert await store.article(source.id) == DAM.article
    await store.close()
    check_whole(path)


async def test_reading_goes_on_beside_a_long_write(path: Path) -> None:
    store = await Store.open(path)
    await store.add(DAM, BUILTIN, 0)
    opened = store._database
    async with opened.transaction() as transaction:
        await transaction.run("DELETE FROM articles")
        assert await store.count([BUILTIN]) == 1
        assert await store.candidates([BUILTIN], "the dam's spillway")
    assert await store.count([BUILTIN]) == 0
    await store.close()


async def test_many_writers_take_turns(path: Path) -> None:
    store = await Store.open(path)
    results = await asyncio.gather(*(store.add(DAM, HERE, user) for user in range(20)))
    assert sum(is_new for _, is_new in results) == 1
    assert len({source for source, _ in results}) == 1
    await store.close()
    check_whole(path)


async def test_other_process_that_keeps_writing_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    store = await Store.open(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match="changed by somebody else"):
            await store.add(DAM, HERE, 7)
        other.execute("ROLLBACK")
    assert (await store.add(DAM, HERE, 7))[1]
    await store.close()


async def test_tidying_changes_nothing_that_is_found(path: Path) -> None:
    store = await Store.open(path)
    for number in range(30):
        await store.add_many([DAM, FERRY], BUILTIN, number)
    before = await store.search([BUILTIN], "the")
    await store.tidy()
    assert await store.search([BUILTIN], "the") == before
    await store.close()
    check_whole(path)
