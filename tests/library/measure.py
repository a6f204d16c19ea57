"""Measures a library of many articles: python -m tests.library.measure [articles] [folder].

Prints ingest speed, latency and how often a claim's own article is found. With a folder, the
corpus files in it (sentences, a line `===`, then tab-separated claims) are measured instead.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.library.models import BUILTIN, NewArticle, guild_scope
from bot.library.store import Store
from nli import Article
from tests.library.generate import Generator

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMITS = (1, 5, 10, 20)
VISIBLE = (BUILTIN, guild_scope(1))


def corpus(folder: Path) -> list[tuple[NewArticle, list[str]]]:
    """Articles with the claims that they support or contradict."""
    found: list[tuple[NewArticle, list[str]]] = []
    for path in sorted(folder.rglob("[0-9]*.txt")):
        text, _, table = path.read_text(encoding="utf-8").partition("\n===\n")
        lines = [line for line in text.splitlines() if line.strip()]
        rows = [row.split("\t") for row in table.splitlines() if row.strip()]
        claims = [row[3] for row in rows if row[0] in ("S", "C")]
        found.append((NewArticle(Article.from_sentences(lines)), claims))
    return found


def made_up(count: int) -> list[tuple[NewArticle, list[str]]]:
    """Made-up articles, about a thousand of them with a claim."""
    chance = random.Random(2)
    return [
        (sample.new, [sample.claim] if chance.random() * count < 1_000 else [])
        for sample in Generator().samples(count)
    ]


async def measure(library: Sequence[tuple[NewArticle, list[str]]], folder: Path) -> None:
    store = await Store.open(folder / "measured.sqlite3")
    try:
        start = time.perf_counter()
        added = await store.add_many([new for new, _ in library], BUILTIN, 0)
        seconds = time.perf_counter() - start
        _say(f"{len(library):,} articles added, {len(library) / seconds:,.0f} a second")
        _say(str(await store.stats()))
        start = time.perf_counter()
        await store.tidy()
        _say(f"tidied in {time.perf_counter() - start:.1f} s")

        places: list[int] = []
        times: list[float] = []
        for (source, _), (_, claims) in zip(added, library, strict=True):
            for claim in claims:
                start = time.perf_counter()
                found = await store.candidates(VISIBLE, claim, limit=max(LIMITS))
                times.append(time.perf_counter() - start)
                ids = [candidate.id for candidate in found]
                places.append(ids.index(source.id) if source.id in ids else max(LIMITS))
        for limit in LIMITS:
            share = sum(place < limit for place in places) / len(places)
            _say(f"in the first {limit}: {share:.1%} of {len(places):,} claims")
        times.sort()
        for share in (0.5, 0.95, 0.99):
            _say(f"p{share * 100:.0f}: {times[int(share * len(times))] * 1000:.1f} ms")
    finally:
        await store.close()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    arguments = sys.argv[1:]
    if arguments and not arguments[0].isdecimal():
        library = corpus(Path(arguments[0]))
    else:
        library = made_up(int(arguments[0]) if arguments else 10_000)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(library, Path(folder)))


if __name__ == "__main__":
    main()
