"""A bot without Discord and without weights, with a few articles."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.cooldowns import Cooldowns
from bot.inference import InferenceQueue
from bot.library.models import (
    BUILTIN,
    NewArticle,
    Place,
    Scope,
    Source,
    guild_scope,
    user_scope,
)
from bot.library.store import Store
from bot.service import FactChecker
from nli import Article
from tests.fakes import PlainChecker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

BRIDGE = (
    "The mayor opened the harbour bridge on Monday.",
    "The bridge cost 40 million euros.",
    "Engineers had warned about rust for years.",
    "Ferries will not run any more.",
)
FERRY = (
    "The mayor did not open the harbour bridge on Monday.",
    "The ferry company sued the town.",
    "A judge will hear the case in June.",
)
TALKS = (
    "Patrushev met the envoy in Astana.",
    "The talks ended without a deal.",
    "Kazakhstan offered to host a second round.",
)

HERE = Place(guild_scope(1), channel_id=10, user_id=100)
ELSEWHERE = Place(guild_scope(2), channel_id=20, user_id=100)
DIRECT = Place(user_scope(100), channel_id=30, user_id=100)


@dataclass
class Clock:
    """Time that passes when told to."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class World:
    store: Store
    checker: PlainChecker
    queue: InferenceQueue
    service: FactChecker
    clock: Clock = field(default_factory=Clock)

    async def add(self, title: str, sentences: Sequence[str], scope: Scope = BUILTIN) -> Source:
        article = Article.from_sentences(sentences, title=title, date="2026-03-04")
        source, _ = await self.store.add(NewArticle(article), scope, added_by=7)
        return source


@asynccontextmanager
async def world(folder: Path, *, cooldowns: Cooldowns | None = None) -> AsyncIterator[World]:
    """Everything open; closed in the order in which the bot closes it."""
    async with AsyncExitStack() as stack:
        store = await Store.open(folder / "library.sqlite3")
        stack.push_async_callback(store.close)
        checker = PlainChecker()
        stack.callback(checker.close)
        queue = InferenceQueue(checker)
        await queue.start()
        stack.push_async_callback(queue.close)
        service = FactChecker(store, queue, cooldowns or Cooldowns(user=None, server=None))
        yield World(store, checker, queue, service)
