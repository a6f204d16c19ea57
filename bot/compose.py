"""The one place where the bot is put together and taken apart again."""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from bot.chat.handler import ChatHandler
from bot.chat.memory import ConversationMemory
from bot.cooldowns import Allowance, Cooldowns
from bot.errors import StartupError, UserError
from bot.i18n import Catalogues
from bot.inference import InferenceQueue
from bot.library.fetch import open_session
from bot.library.ingest import Ingest, read_article_file
from bot.library.models import BUILTIN
from bot.library.store import Store
from bot.service import FactChecker
from nli import Checker, ModelError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from bot.library.models import NewArticle
    from bot.settings import Settings

SEEDS = "seeds"
"""A package of articles that every installation starts with."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The parts that a front end, be it Discord or a terminal, works with."""

    settings: Settings
    store: Store
    queue: InferenceQueue
    service: FactChecker
    ingest: Ingest
    chat: ChatHandler
    catalogues: Catalogues
    checker: Checker


@asynccontextmanager
async def compose(
    settings: Settings, load_checker: Callable[[str | None], Checker] | None = None
) -> AsyncIterator[App]:
    """Open everything in the order in which it depends on one another; close in reverse.

    `load_checker` replaces `Checker.load`, for instance in tests.

    Raises:
        StartupError: a part cannot be opened; the message says what to change.
    """
    async with AsyncExitStack() as stack:
        catalogues = Catalogues.load()
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        await load_seeds(store)
        await store.purge(datetime.now(UTC))
        session = await stack.enter_async_context(open_session())
        checker = await _load(load_checker or Checker.load, settings.model)
        stack.callback(checker.close)
        queue = InferenceQueue(
            checker, capacity=settings.queue_capacity, max_batch=settings.batch_size
        )
        await queue.start()
        stack.push_async_callback(queue.close)
        service = FactChecker(store, queue, _cooldowns(settings))
        yield App(
            settings=settings,
            store=store,
            queue=queue,
            service=service,
            ingest=Ingest(session),
            chat=ChatHandler(service, store, ConversationMemory()),
            catalogues=catalogues,
            checker=checker,
        )


async def load_seeds(store: Store) -> None:
    """Put the articles of `seeds/` into the built-in library; those it has stay as they are."""
    articles = await asyncio.to_thread(_read_seeds)
    added = await store.add_many(articles, BUILTIN, 0)
    if new := sum(is_new for _, is_new in added):
        log.info("%d articles of seeds/ added to the built-in library", new)


def _read_seeds() -> list[NewArticle]:
    """The package may lie in a wheel, so its files are found as resources."""
    try:
        files = sorted(resources.files(SEEDS).iterdir(), key=lambda file: file.name)
    except ModuleNotFoundError:
        log.warning("There is no package `seeds`; the built-in library starts without it")
        return []
    articles: list[NewArticle] = []
    for file in files:
        if not file.name.endswith(".md"):
            continue
        with resources.as_file(file) as path:
            article = _read_seed(path)
        if article is not None:
            articles.append(article)
    return articles


def _read_seed(path: Path) -> NewArticle | None:
    """One spoilt file must not keep the bot from starting."""
    try:
        return read_article_file(path)
    except UserError as error:
        log.warning("seeds/%s is left out: %s", path.name, error)
        return None


async def _load(load_checker: Callable[[str | None], Checker], model: str | None) -> Checker:
    """In a thread, so that signals are heard meanwhile."""
    try:
        return await asyncio.to_thread(load_checker, model)
    except ModelError as error:
        raise StartupError(str(error)) from error


def _cooldowns(settings: Settings) -> Cooldowns:
    def allowance(checks: int, seconds: float) -> Allowance | None:
        return Allowance(checks, seconds) if checks else None

    return Cooldowns(
        user=allowance(settings.user_checks, settings.user_seconds),
        server=allowance(settings.server_checks, settings.server_seconds),
    )
