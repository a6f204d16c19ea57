"""The command line, as a program of its own and in this process."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

import bot.check_config
from bot.check_config import describe_token, examine, token_looks_right
from bot.cli import cli
from bot.errors import StartupError
from bot.importing import import_paths
from bot.library.models import BUILTIN
from bot.library.store import Store
from bot.stopping import until_stopped
from nli import Checker, ModelError
from tests.discord.conftest import ARTICLE, settings
from tests.fakes import PlainChecker

ROOT = Path(__file__).parents[2]
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl." + "x" * 38


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("ATTEST_", "DISCORD_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def load_fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Checker, "load", lambda _=None: PlainChecker())


def python_m_bot(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_run_without_a_token_says_how_to_get_one() -> None:
    done = python_m_bot("run")
    assert done.returncode == 2
    assert "DISCORD_TOKEN" in done.stderr
    assert "make chat" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_sync_needs_a_token_too() -> None:
    done = CliRunner().invoke(cli, ["sync"])
    assert done.exit_code == 2
    assert "DISCORD_TOKEN" in done.stderr


def test_a_setting_that_does_not_fit_is_one_line() -> None:
    done = python_m_bot("run", ATTEST_HEALTH_PORT="many")
    assert done.returncode == 2
    assert done.stderr.startswith("ATTEST_HEALTH_PORT is not usable")
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("load_fake")
def test_a_database_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database " * 100)
    done = CliRunner(env={"ATTEST_DATABASE": "notes.txt", "DISCORD_TOKEN": TOKEN}).invoke(
        cli, ["run"]
    )
    assert done.exit_code == 2
    assert "notes.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_model_that_does_not_load_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str | None = None) -> Checker:
        raise ModelError("There is no model at somewhere.")

    monkeypatch.setattr(Checker, "load", fail)
    done = CliRunner(env={"DISCORD_TOKEN": TOKEN}).invoke(cli, ["chat"], input="")
    assert done.exit_code == 2
    assert done.stderr == "There is no model at somewhere.\n"


def test_what_nobody_foresaw_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str | None = None) -> Checker:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Checker, "load", fail)
    done = CliRunner().invoke(cli, ["chat"], input="")
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("load_fake")
def test_chat_takes_lines_from_a_pipe() -> None:
    done = CliRunner().invoke(cli, ["chat"], input="help\n")
    assert done.exit_code == 0
    assert "/check" in done.stdout or "/source" in done.stdout


def test_discord_that_cannot_be_reached_is_told(load_fake: None) -> None:
    environment = {
        "DISCORD_TOKEN": TOKEN,
        "ATTEST_DISCORD_API": "http://127.0.0.1:9/api/v10",
        "ATTEST_DISCORD_GATEWAY": "ws://127.0.0.1:9/gw",
    }
    done = subprocess.run(
        [sys.executable, "-m", "bot", "sync"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Discord cannot be reached")
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stderr


# import ------------------------------------------------------------------------


def import_(folder: Path, *names: str) -> tuple[int, str]:
    console = Console(record=True, width=120, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    status = asyncio.run(import_paths(settings(folder), [folder / n for n in names], console))
    return status, console.export_text()


async def texts(folder: Path) -> set[str]:
    """The first sentences of the built-in library's articles."""
    store = await Store.open(folder / "attest.sqlite3")
    try:
        sources = await store.sources([BUILTIN], limit=100)
        articles = [await store.article(source.id) for source in sources]
    finally:
        await store.close()
    return {article.sentences[0].text for article in articles if article}


def test_files_and_folders_are_imported_once(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.md").write_text(f"---\ntitle: One\n---\n{ARTICLE}\n")
    (tmp_path / "news" / "two.txt").write_text("The harbour of Elm closed in March.\n")
    (tmp_path / "three.txt").write_text("Ships go to Ashby instead of Elm.\n")
    status, text = import_(tmp_path, "news", "three.txt")
    assert status == 0
    assert "3 added, 0 already there, 0 not added" in text
    assert asyncio.run(texts(tmp_path)) == {
        "The council of Oakham bought twelve electric buses on Monday.",
        "The harbour of Elm closed in March.",
        "Ships go to Ashby instead of Elm.",
    }
    status, text = import_(tmp_path, "news")
    assert status == 0
    assert "0 added, 2 already there, 0 not added" in text


def test_what_cannot_be_imported_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "good.txt").write_text(ARTICLE)
    status, text = import_(tmp_path, "good.txt", "empty.txt", "missing.txt")
    assert status == 1
    assert "empty.txt" in text
    assert "missing.txt" in text
    assert "1 added, 0 already there, 2 not added" in text


def test_import_without_a_path_is_a_usage_error() -> None:
    assert CliRunner().invoke(cli, ["import"]).exit_code == 2


# check-config ------------------------------------------------------------------


def report(folder: Path, **values: Any) -> tuple[bool, str]:
    console = Console(record=True, width=200, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115
    sound = asyncio.run(examine(settings(folder, **values), console))
    return sound, console.export_text()


@pytest.mark.usefixtures("load_fake")
def test_check_config_shows_all_but_the_token(tmp_path: Path) -> None:
    sound, text = report(tmp_path, discord_token=TOKEN)
    assert sound
    assert TOKEN not in text
    assert "discord_token" in text
    assert "attest.sqlite3" in text
    assert "Database: opens" in text
    assert "word overlap loads" in text


def test_check_config_tells_what_does_not_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: str | None = None) -> Checker:
        raise ModelError("There is no model at somewhere.")

    monkeypatch.setattr(bot.check_config.Checker, "load", fail)
    sound, text = report(tmp_path, database=tmp_path / "no such folder" / "a.sqlite3")
    assert not sound
    assert "There is no model at somewhere." in text
    assert "no such folder" in text


@pytest.mark.usefixtures("load_fake")
def test_check_config_leaves_with_2_if_something_is_wrong() -> None:
    assert CliRunner().invoke(cli, ["check-config"]).exit_code == 0
    wrong = CliRunner(env={"DISCORD_TOKEN": "oops"}).invoke(cli, ["check-config"])
    assert wrong.exit_code == 2
    assert "oops" not in wrong.output


@pytest.mark.parametrize(
    ("token", "right"),
    [
        (TOKEN, True),
        ("", False),
        ("Bot " + TOKEN, False),
        ("abcdefghijklmnopqrstuvwxyz.GhIjKl." + "x" * 38, False),
        ("a.b.c", False),
    ],
)
def test_a_tokens_shape_is_looked_at(tmp_path: Path, token: str, right: bool) -> None:
    given = settings(tmp_path, discord_token=token)
    assert token_looks_right(given) is right
    assert not token or token not in describe_token(given)


# Stopping ----------------------------------------------------------------------


async def test_a_signal_ends_the_work_in_order() -> None:
    steps: list[str] = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.Event().wait()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # a second one must not break the closing
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            steps.append("closed")

    assert await until_stopped(work(), signal.SIGTERM) is None
    assert steps == ["closed"]


async def test_work_that_ends_by_itself_gives_its_result() -> None:
    async def work() -> int:
        return 3

    assert await until_stopped(work(), signal.SIGTERM) == 3


async def test_work_that_fails_fails() -> None:
    async def work() -> None:
        raise StartupError("no")

    with pytest.raises(StartupError):
        await until_stopped(work(), signal.SIGTERM)


def test_bench_hands_its_arguments_on(monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.bench

    seen: list[list[str]] = []

    def measure(arguments: list[str]) -> int:
        seen.append(arguments)
        return 0

    monkeypatch.setattr(bot.bench, "main", measure)
    assert CliRunner().invoke(cli, ["bench", "--quick", "--json", "x"]).exit_code == 0
    assert seen == [["--quick", "--json", "x"]]
