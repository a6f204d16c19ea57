"""What was measured, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

    from bot.benchmark.big_library import Filling, Searching
    from bot.benchmark.crowd import Crowd
    from bot.benchmark.machine import Machine
    from bot.benchmark.percentiles import Percentiles


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    value: str
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All of one run."""

    machine: Machine
    model: str
    seed: int
    mention_sentences: int
    mentions: Percentiles
    crowd: Crowd
    filling: Filling
    searching: Searching
    finding: Percentiles
    """The library's part in a search of all of it."""

    def json(self) -> str:
        return json.dumps(asdict(self), indent=2)

    def rows(self) -> list[Row]:
        crowd, filling, searching = self.crowd, self.filling, self.searching
        lost = f"{crowd.lost} lost, {crowd.failed} failed"
        return [
            Row(
                f"Mention to reply, article of {self.mention_sentences} sentences, "
                f"{self.mentions.count} mentions (p50 / p95 / p99)",
                str(self.mentions),
                "p50 at most 400 ms",
            ),
            Row(
                f"{crowd.members} members of one server ask within {crowd.seconds:g} s",
                f"{crowd.answered} answered, {crowd.busy} told to wait, {lost}",
                "0 lost",
            ),
            Row("  wait of those answered (p50 / p95 / p99)", str(crowd.waits)),
            Row(
                f"  heartbeats, asked for every {crowd.heartbeat_interval:g} s",
                f"{crowd.heartbeats}, longest gap {crowd.longest_gap:.2f} s, {crowd.missed} missed",
                "0 missed",
            ),
            Row(
                f"Filling a library: {filling.articles:,} articles, "
                f"{filling.sentences:,} sentences",
                f"{filling.seconds:.1f} s, {filling.per_second:,.0f} articles a second",
            ),
            Row("  its size on disk", f"{filling.megabytes:,.1f} MB"),
            Row(
                "/check in it, source named (p50 / p95 / p99)",
                str(searching.one_article),
            ),
            Row("/check in it, no source (p50 / p95 / p99)", str(searching.whole_library)),
            Row(
                f"  median difference over {searching.whole_library.count} claims",
                f"{searching.difference:+.0f} ms",
                "at most +50 ms",
            ),
            Row("  of it finding candidate articles (p50 / p95 / p99)", str(self.finding)),
        ]

    def notes(self) -> list[str]:
        return [
            f"Machine: {self.machine.line}.",
            f"Model: {self.model}. Seed: {self.seed}.",
            (
                "The bot ran as a process of its own on the same computer as the Discord it was "
                "measured against; cooldowns were lifted (ATTEST_USER_CHECKS=0, "
                "ATTEST_SERVER_CHECKS=0), the queue kept its default capacity. Discord's own rate "
                "limits and the way to it are not part of these times."
            ),
        ]


def print_report(report: Report, console: Console) -> None:
    """A table in a terminal, lines of text in a pipe."""
    if not console.is_terminal:
        for row in report.rows():
            goal = f" (goal: {row.goal})" if row.goal else ""
            print_line(console, f"{row.what}: {row.value}{goal}")
        for note in report.notes():
            print_line(console, note)
        return
    table = Table(title="Attest, measured", title_justify="left")
    table.add_column("What", overflow="fold")
    table.add_column("Measured", overflow="fold")
    table.add_column("Goal", overflow="fold")
    for row in report.rows():
        table.add_row(row.what, row.value, row.goal)
    console.print(table)
    for note in report.notes():
        console.print(note, style="dim", highlight=False)


def print_line(console: Console, text: str) -> None:
    """Without folding it to a width nobody has."""
    console.print(text, soft_wrap=True, highlight=False, markup=False)
