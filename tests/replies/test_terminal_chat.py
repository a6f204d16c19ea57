from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.compose import App, compose
from bot.library.models import BUILTIN
from bot.settings import Settings
from bot.talk import talk
from bot.terminal import chat
from bot.terminal_commands import PLACE
from bot.terminal_completion import TerminalCompleter
from bot.terminal_history import PromptHistory
from nli import Checker
from tests.fakes import PlainChecker

ARTICLE = """---
title: Buses for Oakham
date: 2026-05-04
---
The council of Oakham bought twelve electric buses on Monday.
Mayor Ilse Brandt denied that taxes will rise.
The buses will run from September."""


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = Settings.model_validate({"database": tmp_path / "attest.sqlite3"})
    async with compose(settings, lambda _: PlainChecker()) as app:
        for source in await app.store.sources((BUILTIN,)):
            await app.store.remove(source.id, BUILTIN)
        yield app


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "buses.md"
    path.write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture(autouse=True)
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of what was typed; not that of whoever runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "attest" / "history"


async def say(app: App, *lines: str) -> str:
    """What is printed when the lines come through a pipe."""
    out = StringIO()
    typed = StringIO("".join(f"{line}\n" for line in lines))
    status = await chat(app, Console(file=out, width=80), interactive=False, lines=typed)
    assert status == 0
    return out.getvalue()


async def test_a_claim_through_a_pipe_gets_its_verdict(app: App, article: Path) -> None:
    out = await say(app, f"/source add {article}", "The council bought twelve electric buses.")
    added, verdict, *_ = out.split("\n\n")
    assert added.startswith("Added\n")
    assert "Buses for Oakham\nMay 4, 2026" in added
    assert verdict.startswith("SUPPORTED\nClaim: The council bought twelve electric buses")
    assert "> Sentence 1: The council of Oakham bought twelve electric buses on Monday." in verdict
    assert "\x1b" not in out


async def test_follow_ups_know_what_was_checked(app: App, article: Path) -> None:
    await say(app, f"/source add {article}")
    out = await say(app, "/check The council bought twelve electric buses.", "more", "right")
    assert "More evidence" in out
    assert "> 2: Mayor Ilse Brandt denied that taxes will rise." in out
    assert "Thank you." in out


async def test_the_library_by_commands(app: App, article: Path) -> None:
    out = await say(
        app,
        "/source list",
        f"/source add {article}",
        f"/source add {article}",
        "/source show buses",
        "/source search taxes",
        "/source use buses",
        "/source use all",
        "/source remove buses",
        "/source list",
    )
    assert out.count("No articles yet") == 2
    for heading in ("Added", "Already here", "Chosen article", "All articles", "Removed"):
        assert out.count(f"{heading}\n") == 1
    assert "> 3: The buses will run from September." in out
    assert "1 sentence found" in out


async def test_settings_change_the_language_at_once(app: App) -> None:
    out = await say(app, "/settings language de", "/settings retention 7", "/settings")
    assert out.count("Sprache: Deutsch") == 3
    assert out.count("Wie lange Prüfungen aufgehoben werden: 7 Tage") == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/settings language klingon", "Type /settings language"),
        ("/settings retention -4", "Type /settings language"),
        ("/source", "No articles yet"),
        ("/source frobnicate", "Type /source list"),
        ("/source add", "Type /source list"),
        ("/source add /no/such/file.txt", "cannot be opened"),
        ("/source show 99", "There is no article 99 here"),
        ("/source show 9999999999999999999999", "There is no article"),
        ("/bogus", "There is no command /bogus here"),
        ("/check", "nothing to check"),
        ("/privacy", "Your checks are kept for 30 days"),
        ("/about", "Model: "),
        ("/status", "Waiting checks: 0"),
        ("/forget-me", "Nothing was stored about you."),
        ("/help", "/source add, list, show"),
        ("help", "Type a claim and press Enter."),
        ("\x00\x1b[31m", ""),
    ],
)
async def test_each_command_answers(app: App, line: str, expected: str) -> None:
    assert expected in await say(app, line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("why?", "which claim you mean"),
        ("is this true?", "What shall I check?"),
        ("https://example.org/news/1", "I do not open links in messages."),
        ("word" * 300, "This is too long for one claim"),
    ],
)
async def test_what_cannot_be_answered_gets_one_kind_sentence(
    app: App, article: Path, line: str, expected: str
) -> None:
    await say(app, f"/source add {article}")
    out = await say(app, line, "/about")
    told = " ".join(out.partition("About Attest")[0].split())
    assert told.startswith("That did not work ")
    assert told.count(expected) == 1
    assert "About Attest" in out


async def test_a_refusal_is_in_the_readers_language(app: App) -> None:
    out = await say(app, "/settings language de", "word" * 300)
    assert "Das ist zu lang für eine einzelne Behauptung: höchstens 1000 Zeichen" in " ".join(
        out.split()
    )


async def test_a_pipe_may_ask_as_much_as_it_likes(
    tmp_path: Path, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits share the bot among people, and a terminal has but one."""
    monkeypatch.setattr(Checker, "load", lambda _=None: PlainChecker())
    chosen = Settings.model_validate(
        {"database": tmp_path / "attest.sqlite3", "user_checks": 2, "server_checks": 2}
    )
    claims = 30
    typed = f"/source add {article}\n"
    typed += "".join(f"The buses will run from September {day}.\n" for day in range(claims))
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    out = StringIO()
    assert await talk(chosen, Console(file=out, width=80), interactive=False) == 0
    assert "Try again in" not in out.getvalue()
    assert out.getvalue().count("Claim: ") == claims


async def test_forget_me_forgets_the_checks(app: App, article: Path) -> None:
    await say(app, f"/source add {article}", "The council bought twelve electric buses.")
    assert "1 check," in await say(app, "/forget-me")
    assert await app.store.count((PLACE.scope,)) == 0


def kept(history: Path) -> str:
    return history.read_text("utf-8")


async def test_forget_me_empties_the_history(
    app: App, history: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await typed(app, "My secret claim.\r\x04", monkeypatch, tmp_path / "state")
    assert "My secret claim." in kept(history)
    keys = "Another secret.\r/forget-me\r/about\r\x04"
    out = await typed(app, keys, monkeypatch, tmp_path / "state")
    assert "secret" not in kept(history)
    assert "/about" in kept(history)
    assert out.count("secret") == 0
    assert "About Attest" in out


async def test_a_cleared_history_has_nothing_for_the_arrow_keys(history: Path) -> None:
    lines = PromptHistory(history)
    assert [line async for line in lines.load()] == []
    lines.append_string("My secret claim.")
    assert [line async for line in lines.load()] == ["My secret claim."]
    lines.clear()
    assert [line async for line in lines.load()] == []
    assert [line async for line in PromptHistory(history).load()] == []


async def test_forget_me_through_a_pipe_empties_the_history_of_the_prompt(
    app: App, history: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await typed(app, "My secret claim.\r\x04", monkeypatch, tmp_path / "state")
    await say(app, "/forget-me")
    assert kept(history) == ""


async def test_a_refusal_carries_an_id_that_the_log_knows(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.terminal")
    out = await say(app, "/bogus")
    [record] = [record for record in caplog.records if "Refused" in record.message]
    assert record.levelno == logging.INFO
    assert f"give the number {record.__dict__['incident']}" in out
    assert "bogus" not in record.message


async def test_an_error_nobody_foresaw_is_told_and_the_talk_goes_on(
    app: App, article: Path
) -> None:
    await say(app, f"/source add {article}")
    assert isinstance(app.checker, PlainChecker)
    app.checker.failing = lambda _: ValueError("secret")
    out = await say(app, "/check The council bought buses.", "/about")
    assert "Something went wrong" in out
    assert "secret" not in out
    assert "About Attest" in out


async def test_quit_ends_before_the_rest(app: App) -> None:
    out = await say(app, "/about", "quit", "/privacy")
    assert "About Attest" in out
    assert "Privacy" not in out


class BrokenPipe(StringIO):
    def write(self, _: str) -> int:
        raise BrokenPipeError


async def test_a_reader_who_leaves_early_is_no_error(app: App) -> None:
    lines = StringIO("/about\n/about\n")
    console = Console(file=BrokenPipe(), width=80)
    assert await chat(app, console, interactive=False, lines=lines) == 0


async def typed(app: App, text: str, monkeypatch: pytest.MonkeyPatch, home: Path) -> str:
    """What a reader at a terminal sees who types the text."""
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=80, legacy_windows=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text(text)
        assert await chat(app, console, interactive=True) == 0
    return out.getvalue()


@pytest.mark.parametrize("leave", ["\x04", "\x03", "quit\r"])
async def test_a_reader_is_welcomed_and_leaves(
    app: App, leave: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = await typed(app, leave, monkeypatch, tmp_path)
    assert "Attest checks claims against news articles." in out
    assert "No articles yet." in out
    assert "Goodbye." in out


async def test_the_welcome_shows_articles_and_history_is_kept(
    app: App, article: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await say(app, f"/source add {article}")
    out = await typed(app, "The buses will run from September.\r\x04", monkeypatch, tmp_path)
    assert "Buses for Oakham" in out
    assert "SUPPORTED" in out
    history = tmp_path / "attest" / "history"
    assert "The buses will run from September." in history.read_text("utf-8")


async def test_without_a_place_for_history_the_talk_goes_on(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert "Goodbye." in await typed(app, "\x04", monkeypatch, blocked)


async def completions(app: App, text: str, *, asked: bool = False) -> list[str]:
    completer = TerminalCompleter(app.store)
    event = CompleteEvent(completion_requested=asked)
    found = completer.get_completions_async(Document(text), event)
    return [text[: len(text) + each.start_position] + each.text async for each in found]


async def test_completion_knows_commands_and_articles(app: App, article: Path) -> None:
    await say(app, f"/source add {article}")
    (number,) = [source.id for source in await app.store.sources((PLACE.scope,))]
    assert "/source list" in await completions(app, "/so")
    assert await completions(app, "/source show buse") == [f"/source show #{number}"]
    assert await completions(app, "/source use #") == [f"/source use #{number}"]
    assert await completions(app, "wh") == []
    assert await completions(app, "wh", asked=True) == ["why?"]


def test_the_terminal_needs_no_discord() -> None:
    """Talking to the bot in a terminal must not wait for Discord's library to load."""
    code = "import bot.terminal, sys; sys.exit('discord' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=os.environ, check=False)
    assert done.returncode == 0
