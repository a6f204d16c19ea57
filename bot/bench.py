"""`python -m bot bench`: the whole bot, measured in one run."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.benchmark.articles import ArticleMill, seed_sentences
from bot.benchmark.big_library import fill, measure_finding, measure_searching
from bot.benchmark.crowd import measure_crowd
from bot.benchmark.machine import describe_machine
from bot.benchmark.mentions import measure_mentions
from bot.benchmark.report import Report, print_line, print_report
from bot.benchmark.stage import stage
from bot.errors import StartupError
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

MENTION_SENTENCES = 14
CROWD_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    mentions: int
    members: int
    articles: int
    pairs: int
    """Claims that are checked both with and without a source."""


FULL = Size(mentions=100, members=200, articles=10_000, pairs=60)
QUICK = Size(mentions=15, members=40, articles=500, pairs=10)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, and write JSON if asked to; the exit status.

    Raises:
        StartupError: the bot does not start, or the JSON cannot be written.
    """
    chosen = _parser().parse_args(arguments)
    size = _size(chosen)
    output: Path | None = chosen.json
    if output is not None and not output.parent.is_dir():
        raise StartupError(f"The folder {output.parent} does not exist. Create it first.")
    progress = Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="attest-bench-") as folder:
        report = asyncio.run(measure(Path(folder), size, chosen.seed, progress))
    print_report(report, Console())
    if output is not None:
        try:
            output.write_text(report.json() + "\n", encoding="utf-8")
        except OSError as error:
            raise StartupError(f"{output} cannot be written: {error.strerror}.") from error
    return 0


async def measure(folder: Path, size: Size, seed: int, progress: Console) -> Report:
    """All measurements, in databases of their own in `folder`."""
    began = time.monotonic()

    def say(text: str) -> None:
        print_line(progress, f"[{time.monotonic() - began:4.0f} s] {text}")

    model = Settings.read().model
    mill = ArticleMill(seed_sentences(), seed)
    article = mill.sentences(MENTION_SENTENCES)
    say("Starting the bot")
    async with stage(folder, folder / "small.sqlite3", model=model, article=article) as small:
        say(f"{size.mentions} mentions, one after another")
        mentions = await measure_mentions(small.discord, mill, article, size.mentions)
        say(f"{size.members} members within {CROWD_SECONDS:g} s")
        crowd = await measure_crowd(
            small.discord,
            mill,
            article,
            members=size.members,
            seconds=CROWD_SECONDS,
            seed=seed,
        )
    say(f"Filling a library with {size.articles:,} articles")
    database = folder / "large.sqlite3"
    filling, samples = await fill(database, mill, size.articles, size.pairs)
    say("Starting the bot with it")
    async with stage(folder, database, model=model) as large:
        say(f"{size.pairs} claims, each with and without a source")
        searching = await measure_searching(large.discord, mill, samples)
    finding = await measure_finding(database, mill, samples)
    say("Done")
    return Report(
        machine=describe_machine(),
        model=model or "the one that comes with Attest",
        seed=seed,
        mention_sentences=MENTION_SENTENCES,
        mentions=mentions,
        crowd=crowd,
        filling=filling,
        searching=searching,
        finding=finding,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot bench",
        description="Measure the whole bot against a Discord of its own on this computer.",
    )
    add = parser.add_argument
    add("--quick", action="store_true", help="a small run of a minute or so")
    add("--mentions", type=_positive, help=f"mentions one after another ({FULL.mentions})")
    add("--members", type=_positive, help=f"members asking at once ({FULL.members})")
    add("--articles", type=_positive, help=f"articles in the large library ({FULL.articles})")
    add("--pairs", type=_positive, help=f"claims checked in it, each twice ({FULL.pairs})")
    add("--seed", type=int, default=1, help="makes up other articles and claims (1)")
    add("--json", type=Path, metavar="FILE", help="also write all numbers there")
    return parser


def _size(chosen: argparse.Namespace) -> Size:
    base = QUICK if chosen.quick else FULL
    articles: int = chosen.articles or base.articles
    return Size(
        mentions=chosen.mentions or base.mentions,
        members=chosen.members or base.members,
        articles=articles,
        pairs=min(chosen.pairs or base.pairs, articles),
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
