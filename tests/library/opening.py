"""A process that opens a library and keeps it open.

python -m tests.library.opening FILE alone|shared: says "open", or why not, and closes it when
its input ends. Each line of input becomes an article.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.errors import StartupError
from bot.library.models import BUILTIN
from bot.library.store import Store
from tests.library.samples import article


async def keep_open(path: Path, shared: bool) -> int:
    try:
        store = await Store.open(path, shared=shared)
    except StartupError as error:
        _say(str(error))
        return 1
    _say("open")
    while line := await asyncio.to_thread(sys.stdin.readline):
        source, is_new = await store.add(article(line.strip()), BUILTIN, 0)
        _say(f"{'new' if is_new else 'known'} {source.id}")
    await store.close()
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(asyncio.run(keep_open(Path(sys.argv[1]), sys.argv[2] == "shared")))
