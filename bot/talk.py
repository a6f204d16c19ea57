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


async def talk(settings: Settings, console: Console, *, interactive: bool) -> int:
    """Open everything, talk, close everything; returns the exit status."""
    async with AsyncExitStack() as stack:
        if interactive:
            texts = Catalogues.load().texts(settings.language)
            with console.status(texts("Loading the model …"), spinner="dots"):
                app = await stack.enter_async_context(compose(settings))
        else:
            app = await stack.enter_async_context(compose(settings))
        return await chat(app, console, interactive=interactive)
