"""`check-config`: what is set, and whether it works."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.library.store import Store
from nli import AttestError, Checker

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.settings import Settings

TOKEN = re.compile(r"([\w-]{20,})\.[\w-]{5,8}\.[\w-]{25,}")


async def examine(settings: Settings, console: Console | None = None) -> bool:
    """Print every setting and try the parts; whether all is well. The token is never shown."""
    console = console or Console()
    table = Table("Setting", "Value", box=None, pad_edge=False)
    for name, value in settings:
        shown = "" if value is None else str(value)
        if name == "discord_token":
            shown = describe_token(settings)
        table.add_row(name, Text(shown))
    console.print(table)
    console.print()
    results = [
        await _try(console, "Database", _database(settings)),
        await _try(console, "Model", _model(settings)),
    ]
    token_usable = settings.discord_token is None or token_looks_right(settings)
    return all(results) and token_usable


def describe_token(settings: Settings) -> str:
    if settings.discord_token is None:
        return "not set; needed for `run` and `sync`, not for `chat`"
    if token_looks_right(settings):
        return "set"
    return "set, but it does not look like a bot's token; copy it again from the page “Bot”"


def token_looks_right(settings: Settings) -> bool:
    """Three parts, of which the first is the bot's id in base64."""
    secret = settings.discord_token
    match = TOKEN.fullmatch(secret.get_secret_value()) if secret else None
    if match is None:
        return False
    padded = match[1] + "=" * (-len(match[1]) % 4)
    try:
        return base64.urlsafe_b64decode(padded).isdigit()
    except binascii.Error:
        return False


async def _try(console: Console, part: str, attempt: Awaitable[str]) -> bool:
    try:
        outcome = await attempt
    except AttestError as error:
        console.print(f"{part}: {error}", style="red", markup=False)
        return False
    console.print(f"{part}: {outcome}", markup=False)
    return True


async def _database(settings: Settings) -> str:
    store = await Store.open(settings.database, shared=True)
    try:
        stats = await store.stats()
    finally:
        await store.close()
    return f"opens; {stats.articles} articles, {stats.checks} checks"


async def _model(settings: Settings) -> str:
    checker = await asyncio.to_thread(Checker.load, settings.model)
    name = checker.scorer.name
    checker.close()
    return f"{name} loads"
