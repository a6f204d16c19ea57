"""Several real processes on one library."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest

from bot.errors import StartupError
from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.database import check_whole
from tests.library.samples import DAM, article

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def another(path: Path, mode: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.library.opening", str(path), mode),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def said(process: Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


async def add(process: Process, text: str) -> str:
    assert process.stdin is not None
    process.stdin.write(text.encode() + b"\n")
    await process.stdin.drain()
    return await said(process)


async def test_second_bot_is_refused_until_the_first_ends(path: Path) -> None:
    async with another(path, "alone") as first:
        assert await said(first) == "open"
        async with another(path, "alone") as second:
            reason = await said(second)
            assert "running bot already uses it" in reason
            assert "ATTEST_DATABASE" in reason
            assert await second.wait() == 1
        assert await add(first, "The first one goes on.") == "new 1"
    async with another(path, "alone") as third:
        assert await said(third) == "open"


async def test_second_library_in_the_same_process_is_refused(path: Path) -> None:
    store = await Store.open(path)
    link = path.with_name("link.sqlite3")
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(StartupError, match="running bot"):
            await Store.open(name)
    assert (await store.add(DAM, BUILTIN, 0))[1]
    await store.close()


async def test_killed_bot_leaves_no_lock(path: Path) -> None:
    async with another(path, "alone") as first:
        assert await said(first) == "open"
        first.kill()
        await first.wait()
    store = await Store.open(path)
    await store.close()


async def test_import_beside_a_running_bot_is_safe(path: Path) -> None:
    store = await Store.open(path)
    async with another(path, "shared") as importer:
        assert await said(importer) == "open"

        async def add_here() -> int:
            articles = [article(f"Story {number}.") for number in range(60)]
            return sum([(await store.add(new, BUILTIN, 0))[1] for new in articles])

        async def add_there() -> int:
            answers = [await add(importer, f"Story {number}.") for number in range(60)]
            return sum(answer.startswith("new") for answer in answers)

        here, there = await asyncio.gather(add_here(), add_there())
    assert here + there == 60
    assert await store.count([BUILTIN]) == 60
    assert len(await store.search([BUILTIN], "story", limit=100)) == 60
    await store.close()
    check_whole(path)


async def test_bot_starts_beside_a_running_import(path: Path) -> None:
    async with another(path, "shared") as importer:
        assert await said(importer) == "open"
        store = await Store.open(path)
        assert await add(importer, "A story.") == "new 1"
        assert await store.count([BUILTIN]) == 1
        await store.close()


async def test_import_does_not_migrate_under_a_running_bot(path: Path) -> None:
    store = await Store.open(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
    async with another(path, "shared") as importer:
        assert "older version and a bot is using it" in await said(importer)
    await store.close()
