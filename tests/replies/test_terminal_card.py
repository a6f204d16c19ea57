from __future__ import annotations

from io import StringIO

import pytest
from hypothesis import given, settings
from rich.console import Console

from bot.cards.terminal import render
from bot.i18n import Catalogues
from bot.replies.checks import answer_reply
from bot.replies.reply import Block, BlockKind, Reply
from tests.replies.samples import STATED, answer
from tests.replies.test_discord_card import replies

ENGLISH = Catalogues.load().texts("en")


def printed(reply: Reply, *, terminal: bool, width: int = 80) -> str:
    file = StringIO()
    console = Console(
        file=file,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        width=width,
        legacy_windows=False,
    )
    render(reply, console)
    return file.getvalue()


def test_a_pipe_gets_plain_lines() -> None:
    assert printed(answer_reply(answer(STATED), ENGLISH), terminal=False) == (
        "SUPPORTED\n"
        "Claim: The ferry sails again.\n"
        "The article says so. Very sure, 96%.\n"
        "> Sentence 4: The ferry resumed service on Saturday.\n"
        "Article 3: Ferry link to Norsby reopens (https://news.example/ferry?id=1)\n"
        "Ada Holm · March 14, 2026\n"
        "\n"
    )


def test_a_pipe_gets_long_lines_whole() -> None:
    reply = Reply((Block(BlockKind.QUOTE, "word " * 100),))
    assert printed(reply, terminal=False).count("\n") == 2


@pytest.mark.parametrize("terminal", [True, False])
def test_text_is_never_read_as_markup(terminal: bool) -> None:
    reply = Reply(
        (Block(BlockKind.TEXT, "[red]not red[/red] [/] :smile: \x1b[31mescape", "[bold]label"),)
    )
    out = printed(reply, terminal=terminal)
    assert "[red]not red[/red] [/] :smile: [31mescape" in out
    assert "[bold]label" in out
    assert "\x1b[31m" not in out


def test_a_reader_sees_the_quotation_behind_a_bar_and_the_hint() -> None:
    reply = answer_reply(answer(STATED), ENGLISH)
    out = printed(reply, terminal=True)
    assert "│ " in out
    assert "You can ask: why?" in out
    assert "You can ask" not in printed(reply, terminal=False)


@settings(max_examples=50, deadline=None)
@given(replies)
def test_any_reply_can_be_printed(reply: Reply) -> None:
    assert printed(reply, terminal=True, width=40)
    plain = printed(reply, terminal=False)
    assert "\x1b" not in plain
    assert len(plain.split("\n")) <= max(len(reply.blocks), 1) + 2
