"""`python -m bot bench`: what it measures with, and one small run of the whole."""

from __future__ import annotations

import io
import json
import random
import re
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from bot.bench import FULL, QUICK, main
from bot.benchmark.articles import ArticleMill, seed_sentences
from bot.benchmark.big_library import Filling, Searching, fill
from bot.benchmark.crowd import Crowd, outcome_of
from bot.benchmark.loopback import MessageView
from bot.benchmark.machine import describe_machine
from bot.benchmark.percentiles import Percentiles
from bot.benchmark.process import BotProcess
from bot.benchmark.report import Report, print_report
from bot.errors import StartupError
from bot.library.models import BUILTIN
from bot.library.store import Store

if TYPE_CHECKING:
    from pathlib import Path

ORIGINAL = [
    "The mayor, Anna Berg, opened 12 schools in 2024.",
    "On Monday Anna Berg thanked the 300 teachers of Lindhaven.",
]


def test_percentiles() -> None:
    seconds = [n / 1000 for n in range(1, 101)]
    random.Random(0).shuffle(seconds)
    found = Percentiles.of(seconds)
    assert (found.count, found.p50) == (100, 50.5)
    assert found.p50 < found.p95 < found.p99 <= 100
    assert Percentiles.of([]) == Percentiles(0, 0.0, 0.0, 0.0)


def test_articles_have_other_names_and_numbers_and_are_the_same_each_time() -> None:
    made = ArticleMill([ORIGINAL], seed=7).sentences(2)
    assert made == ArticleMill([ORIGINAL], seed=7).sentences(2)
    assert made != ArticleMill([ORIGINAL], seed=8).sentences(2)
    first, second = made
    assert "Anna Berg" not in first + second
    assert re.fullmatch(r"The mayor, \w+ \w+, opened [1-9]\d schools in 20\d\d\.", first)
    name = first.split(",")[1].strip()
    assert name in second, "a name must stay the same within an article"


def test_articles_have_the_length_asked_for() -> None:
    mill = ArticleMill([ORIGINAL, ["A third sentence."]], seed=1)
    for count in (1, 2, 5, 20):
        assert len(mill.sentences(count)) == count


def test_no_two_claims_alike() -> None:
    mill = ArticleMill([ORIGINAL], seed=1)
    claims = [mill.claim(ORIGINAL) for _ in range(200)]
    assert len(set(claims)) == 200
    assert max(map(len, claims)) <= 400


def test_seeds_can_be_started_from() -> None:
    assert all(len(sentences) > 3 for sentences in seed_sentences())


def message(content: str, *custom_ids: str) -> MessageView:
    buttons = [{"type": 2, "custom_id": custom_id} for custom_id in custom_ids]
    row = [{"type": 1, "components": buttons}] if buttons else []
    return MessageView({"id": "1", "content": content, "embeds": [], "components": row})


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (message("SUPPORTED", "attest:more:5", "attest:right:5"), "answered"),
        (message("Many people are asking just now. Try again in 4 s."), "busy"),
        (message("Something went wrong."), "failed"),
        (message("Which article?", "attest:pick:5"), "failed"),
    ],
)
def test_outcomes(reply: MessageView, outcome: str) -> None:
    assert outcome_of(reply) == outcome


async def test_filling_a_library(tmp_path: Path) -> None:
    database = tmp_path / "library.sqlite3"
    filling, samples = await fill(database, ArticleMill([ORIGINAL], seed=1), 7, 3)
    assert filling.articles == 7
    assert filling.megabytes > 0
    store = await Store.open(database)
    try:
        assert await store.count([BUILTIN]) == 7
        assert len(samples) == 3
        for sample in samples:
            article = await store.article(sample.source_id)
            assert article is not None
            assert tuple(s.text for s in article.sentences) == sample.sentences
    finally:
        await store.close()


def report() -> Report:
    times = Percentiles(20, 120.0, 200.0, 300.0)
    crowd = Crowd(200, 10.0, 190, 9, 0, 1, times, 12, 1.0, 1.02, 0)
    machine, searching = describe_machine(), Searching(times, times, 3.0)
    return Report(machine, "m", 1, 14, times, crowd, Filling(10, 200, 2.0, 0.5), searching, times)


def test_report_in_a_pipe_is_plain_and_whole() -> None:
    output = io.StringIO()
    print_report(report(), Console(file=output, width=40))
    text = output.getvalue()
    assert "120 / 200 / 300 ms" in text
    assert "190 answered, 9 told to wait, 1 lost, 0 failed" in text
    assert "5 articles a second" in text
    assert "+3 ms (goal: at most +50 ms)" in text
    assert describe_machine().line in text
    assert not re.search(r"[│┃─━\x1b]", text)


def test_report_in_a_terminal_is_a_table() -> None:
    output = io.StringIO()
    print_report(report(), Console(file=output, width=100, force_terminal=True))
    assert "│" in output.getvalue()


def test_report_as_json() -> None:
    written = json.loads(report().json())
    assert written["crowd"]["lost"] == 1
    assert written["mentions"]["p50"] == 120.0
    assert written["machine"]["cores"] >= 1


def test_machine_is_described() -> None:
    machine = describe_machine()
    assert machine.cpu
    assert machine.memory_gib > 0
    assert re.match(r"\d+\.\d+", machine.torch)


def test_unusable_json_file_is_told_before_anything_is_measured(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="does not exist"):
        main(["--json", str(tmp_path / "missing" / "out.json")])


@pytest.mark.parametrize("wrong", [["--members", "0"], ["--articles", "many"], ["--colour"]])
def test_unusable_arguments(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(wrong)
    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_quick_is_smaller_in_every_way() -> None:
    for part in ("mentions", "members", "articles", "pairs"):
        assert getattr(QUICK, part) < getattr(FULL, part)


async def test_a_small_run(tmp_path: Path) -> None:
    size = ["--mentions", "2", "--members", "6", "--articles", "8", "--pairs", "2"]
    output = tmp_path / "numbers.json"
    async with BotProcess({}, tmp_path, "bench", *size, "--json", str(output)) as bench:
        assert await bench.wait(within=300) == 0, bench.log
    numbers = json.loads(output.read_text())
    assert numbers["mentions"]["count"] == 2
    crowd = numbers["crowd"]
    assert (crowd["members"], crowd["lost"], crowd["failed"]) == (6, 0, 0)
    assert crowd["answered"] + crowd["busy"] == 6
    assert numbers["filling"]["articles"] == 8
    assert numbers["searching"]["one_article"]["count"] == 2
    assert "goal" in bench.log
