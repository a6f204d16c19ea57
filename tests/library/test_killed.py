"""kill -9 in the middle of adding articles."""

from __future__ import annotations

import asyncio
import random
import sys
from typing import TYPE_CHECKING

from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.database import check_whole, select

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 12


async def test_article_is_whole_or_absent_whenever_the_process_is_killed(path: Path) -> None:
    chance = random.Random(5)
    kept: set[str] = set()
    broken_off = 0
    for round_number in range(1, ROUNDS + 1):
        said = await _add_until_killed(path, round_number, chance.uniform(0.0, 0.25))
        titles = {title for (title,) in select(path, "SELECT title FROM articles")}
        check_whole(path)
        kept |= {f"T {number}" for verb, number in said if verb == "added"}
        kept -= {f"T {number}" for verb, number in said if verb == "removed"}
        # What was reported as added is there; of the last one, either everything or nothing is.
        last_verb, last = said[-1]
        maybe = {f"T {last}"} if last_verb == "add" else set()
        missing = kept - titles
        assert len(missing) <= 1  # An article may be gone without "removed" having been said.
        kept -= missing
        assert titles - {""} <= kept | maybe
        broken_off += last_verb == "add"
        kept |= maybe & titles
    assert broken_off > 0, "no kill fell into the middle of adding"

    store = await Store.open(path)
    assert await store.count([BUILTIN]) == len(select(path, "SELECT id FROM articles"))
    assert await store.search([BUILTIN], "sentence 0")
    await store.close()


async def _add_until_killed(path: Path, seed: int, seconds: float) -> list[tuple[str, str]]:
    """What the process said; the clock runs from its first article."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.library.adding", str(path), str(seed)),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    first = await process.stdout.readline()
    assert first.startswith(b"add "), "the process did not start"
    await asyncio.sleep(seconds)
    process.kill()
    rest = await process.stdout.read()
    await process.wait()
    lines = [
        line for line in (first + rest).decode().splitlines(keepends=True) if line[-1:] == "\n"
    ]
    return [(verb, number) for verb, number in (line.split() for line in lines)]
