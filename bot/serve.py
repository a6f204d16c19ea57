"""Running on Discord."""

from __future__ import annotations

import contextlib
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.client import AttestClient, SyncClient, aim, silence_voice
from bot.compose import compose
from bot.desk import Desk
from bot.errors import StartupError
from bot.health import serve_health
from bot.i18n import Catalogues
from bot.metrics import Metrics
from bot.sync import SyncRecord, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

MISSING = (
    "There is no token. Create an application at https://discord.com/developers/applications, "
    "copy the token from its page “Bot”, and write DISCORD_TOKEN=<the token> into the file .env. "
    "Without one, `make chat` starts the same bot in this terminal."
)


class UnreachableError(StartupError):
    """Discord cannot be reached or does not let the bot in at the moment."""


async def serve(settings: Settings) -> None:
    """Answer on Discord until cancelled.

    Raises:
        StartupError: it cannot start or go on; the message says why.
    """
    token = _token(settings)
    silence_voice()
    aim(settings)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(compose(settings))
        metrics = Metrics()
        metrics.watch_queue(app.queue)
        client = await stack.enter_async_context(AttestClient(app, metrics))
        if settings.health_port:
            await stack.enter_async_context(
                serve_health(settings.health_port, metrics, client.health)
            )
        with _explained():
            await client.start(token)


async def sync_commands(settings: Settings) -> int:
    """Send the commands to Discord, changed or not; returns how many.

    Raises:
        StartupError: Discord does not take them; the message says why.
    """
    token = _token(settings)
    silence_voice()
    aim(settings)
    catalogues = Catalogues.load()
    desk = Desk(catalogues, None, Metrics(), lambda _: False)
    with _explained():
        async with SyncClient(desk) as client:
            await client.login(token)
            synced = await client.tree.sync()
            record = SyncRecord.beside(settings.database)
            record.write(await fingerprint(client.tree))
    return len(synced)


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise StartupError(MISSING)
    return settings.discord_token.get_secret_value()


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what stops a client into a sentence for the operator."""
    try:
        yield
    except discord.LoginFailure as error:
        raise StartupError(
            "Discord does not know this token. Copy it again from the page “Bot” of your "
            "application, or reset it there, and put it into .env as DISCORD_TOKEN."
        ) from error
    except discord.HTTPException as error:
        raise UnreachableError(
            f"Discord answered with error {error.status}. Try again in a few minutes."
        ) from error
    except discord.ConnectionClosed as error:
        raise UnreachableError(
            f"Discord closed the connection with code {error.code}. Start the bot again."
        ) from error
    except (discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise UnreachableError(
            "Discord cannot be reached. Check this computer's connection and try again."
        ) from error
