"""Putting the bot together for a talk in the terminal."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.compose import compose
from bot.i18n import Catalogues
from bot.terminal import chat

if TYPE_CHECKING:
    from rich.console import Console

    from bot.settings import Settings

UNLIMITED = {"user_checks": 0, "server_checks": 0}
"""Nobody shares the bot in a terminal, so a pipe may ask as much as it likes."""


async def talk(settings: Settings, console: Console, *, interactive: bool) -> int:
    """Open everything, talk, close everything; returns the exit status."""
    settings = settings.model_copy(update=UNLIMITED)
    async with AsyncExitStack() as stack:
        if interactive:
            texts = Catalogues.load().texts(settings.language)
            with console.status(texts("Loading the model …"), spinner="dots"):
                app = await stack.enter_async_context(compose(settings))
        else:
            app = await stack.enter_async_context(compose(settings))
        return await chat(app, console, interactive=interactive)
