"""A library of many articles: how fast it fills, how large it gets, what searching it costs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from bot.benchmark.percentiles import Percentiles
from bot.library.models import BUILTIN, NewArticle
from bot.library.store import Store
from nli import Article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.benchmark.articles import ArticleMill
    from bot.benchmark.loopback import LoopbackDiscord

SENTENCES = 20
BATCH = 500
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Filling:
    """What it took to fill a library."""

    articles: int
    sentences: int
    seconds: float
    megabytes: float

    @property
    def per_second(self) -> float:
        return self.articles / self.seconds


@dataclass(frozen=True, slots=True)
class Searching:
    """/check with and without a source, in the full library."""

    one_article: Percentiles
    whole_library: Percentiles
    difference: float
    """Median over claims of the whole library's milliseconds less one article's."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of the full library to make claims from."""

    source_id: int
    sentences: tuple[str, ...]


async def fill(
    database: Path, mill: ArticleMill, articles: int, samples: int
) -> tuple[Filling, list[Sample]]:
    """Split and store that many texts; the clock stands still while they are made up."""
    seconds, sentences = 0.0, 0
    kept: list[Sample] = []
    every = max(1, articles // samples)
    store = await Store.open(database)
    try:
        for start in range(0, articles, BATCH):
            count = min(BATCH, articles - start)
            texts = [(mill.title(), "\n\n".join(mill.sentences(SENTENCES))) for _ in range(count)]
            began = time.perf_counter()
            news = [NewArticle(Article.from_text(text, title=title)) for title, text in texts]
            added = await store.add_many(news, BUILTIN, 0)
            seconds += time.perf_counter() - began
            sentences += sum(source.sentence_count for source, _ in added)
            for number in range(count):
                if (start + number) % every == 0:
                    article = news[number].article
                    words = tuple(sentence.text for sentence in article.sentences)
                    kept.append(Sample(added[number][0].id, words))
    finally:
        await store.close()
    size = sum(file.stat().st_size for file in database.parent.glob(database.name + "*"))
    filling = Filling(articles, sentences, round(seconds, 2), round(size / 1e6, 1))
    return filling, kept[:samples]


async def measure_searching(
    discord: LoopbackDiscord, mill: ArticleMill, samples: Sequence[Sample]
) -> Searching:
    """The same claim with and without naming its article, in turns as to which goes first."""
    alone: list[float] = []
    whole: list[float] = []
    warm_up = samples[:WARM_UP]
    for number, sample in enumerate([*warm_up, *samples]):
        claim = mill.claim(sample.sentences)
        named: dict[str, object] = {"statement": claim, "source": str(sample.source_id)}
        pairs = [(alone, named), (whole, {"statement": claim})]
        for times, options in pairs if number % 2 else reversed(pairs):
            asked = await discord.slash("check", options)
            await discord.wait_for_reply(asked)
            if number >= len(warm_up):
                times.append(asked.waited)
    differences = [w - a for w, a in zip(whole, alone, strict=True)]
    return Searching(
        Percentiles.of(alone),
        Percentiles.of(whole),
        round(median(differences) * 1000, 1) if differences else 0.0,
    )


async def measure_finding(
    database: Path, mill: ArticleMill, samples: Sequence[Sample]
) -> Percentiles:
    """How long the library takes to find the articles likeliest to speak about a claim."""
    seconds: list[float] = []
    store = await Store.open(database)
    try:
        warm_up = samples[:WARM_UP]
        for number, sample in enumerate([*warm_up, *samples]):
            claim = mill.claim(sample.sentences)
            began = time.perf_counter()
            await store.candidates((BUILTIN,), claim)
            if number >= len(warm_up):
                seconds.append(time.perf_counter() - began)
    finally:
        await store.close()
    return Percentiles.of(seconds)
