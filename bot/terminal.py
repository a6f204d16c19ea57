"""The bot in a terminal: the same handlers and replies as on Discord, without a token."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from prompt_toolkit import PromptSession
from rich.text import Text

from bot.cards.plain import one_line
from bot.cards.terminal import render
from bot.logs import new_incident, origin
from bot.replies.pages import EXAMPLES
from bot.replies.problems import problem_reply, unexpected_reply
from bot.replies.words import article_details, article_title
from bot.terminal_commands import PLACE, Commands, Leave
from bot.terminal_completion import TerminalCompleter
from bot.terminal_history import PromptHistory, history_path
from nli.errors import AttestError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from rich.console import Console

    from bot.compose import App
    from bot.i18n import Texts
    from bot.replies.reply import Reply

log = logging.getLogger(__name__)

WELCOME_ARTICLES = 10


async def chat(
    app: App, console: Console, *, interactive: bool, lines: TextIO | None = None
) -> int:
    """Talk until the reader leaves; returns the exit status.

    Interactive: a prompt with history and completion. Otherwise each line of `lines`
    (standard input if None) is one message, answered in plain text.
    """
    history = PromptHistory(history_path())
    commands = Commands(app, history)
    texts = await _texts(app)
    if not interactive:
        return await _piped(commands, app, console, lines or sys.stdin)
    await _welcome(app, console, texts)
    async for line in _typed(app, history):
        texts = await _texts(app)
        with console.status(texts("Reading …"), spinner="dots"):
            reply = await _answer(commands, line, texts)
        if reply is None:
            break
        console.print()
        render(reply, console)
    console.print(Text(texts("Goodbye.")))
    return 0


async def _piped(commands: Commands, app: App, console: Console, lines: TextIO) -> int:
    for stream in (lines, console.file):
        # Bytes that are no text, or text the terminal's encoding lacks, must not end the talk.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        async for line in _lines(lines):
            reply = await _answer(commands, line, await _texts(app))
            if reply is None:
                break
            render(reply, console)
            console.file.flush()
    except BrokenPipeError:
        # Whoever read the answers has read enough; Python must not complain at exit either.
        _forget_output(console)
    return 0


async def _answer(commands: Commands, line: str, texts: Texts) -> Reply | None:
    """The reply to one message; None to leave."""
    try:
        return await commands.answer(line, texts)
    except Leave:
        return None
    except AttestError as error:
        incident = new_incident()
        log.info("Refused by %s", origin(error), extra={"incident": incident})
        return problem_reply(error, texts, incident)
    except Exception:
        incident = new_incident()
        log.exception("Message failed", extra={"incident": incident})
        return unexpected_reply(texts, incident)


async def _texts(app: App) -> Texts:
    """The language set in the talk, else the configured one."""
    preferences = await app.store.preferences(PLACE.scope)
    return app.catalogues.texts(preferences.language, app.settings.language)


async def _welcome(app: App, console: Console, texts: Texts) -> None:
    """Say what this is, what there is to ask about, and a claim to begin with."""
    total = await app.store.count(PLACE.visible)
    sources = await app.store.sources(PLACE.visible, limit=WELCOME_ARTICLES)
    console.print(Text(texts("Attest checks claims against news articles."), style="bold"))
    if total:
        console.print(
            Text(texts.plural("{count} article is here:", "{count} articles are here:", total))
        )
    for source in sources:
        line = Text("  ")
        line.append(f"#{source.id}  ", style="bold")
        line.append(one_line(article_title(source, texts)))
        line.append(f"  {one_line(article_details(source, texts))}", style="dim")
        console.print(line, no_wrap=True, overflow="ellipsis")
    if total > len(sources):
        console.print(Text(texts("  … and more: type articles"), style="dim"))
    if not total:
        console.print(Text(texts("No articles yet. Add one: /source add FILE or LINK")))
    console.print(Text.assemble(texts("Try:"), "  ", (texts(EXAMPLES[0]), "italic")))
    console.print(Text(texts("Type help to see what else there is, quit to leave."), style="dim"))
    console.print()


async def _typed(app: App, history: PromptHistory) -> AsyncIterator[str]:
    """Messages from a prompt, until Ctrl-C or Ctrl-D."""
    session: PromptSession[str] = PromptSession(
        history=history, completer=TerminalCompleter(app.store), complete_while_typing=True
    )
    while True:
        try:
            line = await session.prompt_async("› ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line


async def _lines(stream: TextIO) -> AsyncIterator[str]:
    """Lines of a stream, read without holding up the event loop."""
    while line := await asyncio.to_thread(stream.readline):
        if line.strip():
            yield line


def _forget_output(console: Console) -> None:
    """Point a broken standard output at nothing, so that flushing it at exit succeeds."""
    if console.file is sys.stdout:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
        os.close(nothing)
