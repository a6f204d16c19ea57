"""`import`: files and folders of articles into the built-in library."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from bot.library.bulk import Progress, import_articles
from bot.library.fetch import open_session
from bot.library.ingest import Ingest, read_article_bytes, reads_quickly
from bot.library.store import Store
from nli import AttestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.library.models import NewArticle
    from bot.settings import Settings

MOST_SHOWN = 20
"""Problems that are listed; the others are counted."""


async def _read(ingest: Ingest, name: str, data: bytes) -> NewArticle:
    """Plain text at once: starting a process for each of ten thousand files takes an hour."""
    if reads_quickly(name):
        return await asyncio.to_thread(read_article_bytes, name, data)
    return await ingest.from_file(name, data)


async def import_paths(
    settings: Settings, paths: Sequence[Path], console: Console | None = None
) -> int:
    """Add everything at the paths; 0 if all of it is in the library now, else 1.

    Works beside a running bot. What was already there is recognised, so an import that was
    broken off can simply be started again.

    Raises:
        StartupError: the database cannot be opened.
    """
    console = console or Console()
    outcomes: list[Progress] = []
    failures: list[str] = []
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database, shared=True)
        stack.push_async_callback(store.close)
        ingest = Ingest(await stack.enter_async_context(open_session()))
        bar = stack.enter_context(_bar(console))
        for path in paths:
            task = bar.add_task(path.name or str(path), total=None)
            progress = Progress(total=0)
            try:
                async for progress in import_articles(store, path, partial(_read, ingest)):
                    bar.update(task, total=progress.total, completed=progress.done)
            except AttestError as error:
                failures.append(str(error))
            outcomes.append(progress)
    _summarise(console, outcomes, failures)
    return 1 if failures or any(outcome.problems for outcome in outcomes) else 0


def _bar(console: Console) -> Bar:
    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def _summarise(console: Console, outcomes: Sequence[Progress], failures: Sequence[str]) -> None:
    added = sum(outcome.added for outcome in outcomes)
    known = sum(outcome.known for outcome in outcomes)
    problems = [f"{path}: {reason}" for outcome in outcomes for path, reason in outcome.problems]
    lines = [*failures, *problems]
    for line in lines[:MOST_SHOWN]:
        console.print(line, style="red", markup=False, highlight=False, soft_wrap=True)
    if len(lines) > MOST_SHOWN:
        console.print(f"… and {len(lines) - MOST_SHOWN} more", style="red")
    console.print(f"{added} added, {known} already there, {len(lines)} not added", highlight=False)
