"""A process that adds and removes articles until it is killed.

python -m tests.library.adding FILE SEED: says "add N" before and "added N" after each.
"""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.samples import article


async def add(path: Path, seed: int) -> None:
    store = await Store.open(path)
    chance = random.Random(seed)
    for number in range(seed * 1_000_000, (seed + 1) * 1_000_000):
        length = chance.randint(1, 400)
        sentences = [f"Sentence {index} of article {number}." for index in range(length)]
        _say(f"add {number}")
        if chance.random() < 0.3:
            pair = [article(*sentences, title=f"T {number}"), article(*sentences, "And one more.")]
            await store.add_many(pair, BUILTIN, 0)
        else:
            await store.add(article(*sentences, title=f"T {number}"), BUILTIN, 0)
        _say(f"added {number}")
        if chance.random() < 0.2:
            oldest = await store.sources([BUILTIN], limit=1, offset=5)
            for source in oldest:
                await store.remove(source.id, BUILTIN)
                _say(f"removed {source.title.removeprefix('T ') or 0}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(add(Path(sys.argv[1]), int(sys.argv[2])))
