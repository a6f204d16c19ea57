"""A page on the loopback interface that says whether the bot works."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import StartupError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.metrics import Metrics

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Health:
    """What /healthz answers; `ready` false makes it a 503."""

    ready: bool
    guilds: int = 0
    waiting: int = 0
    latency_ms: int = 0
    """Round trip to Discord's gateway; 0 while there is none."""


@asynccontextmanager
async def serve_health(
    port: int, metrics: Metrics, health: Callable[[], Health]
) -> AsyncIterator[int]:
    """Serve /healthz and /metrics to this computer alone; yields the port.

    Raises:
        StartupError: the port is taken.
    """

    async def healthz(_: web.Request) -> web.Response:
        now = health()
        return web.json_response(asdict(now), status=200 if now.ready else 503)

    async def numbers(_: web.Request) -> web.Response:
        return web.Response(body=metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    pages = web.Application()
    pages.router.add_get("/healthz", healthz)
    pages.router.add_get("/metrics", numbers)
    runner = web.AppRunner(pages, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError as error:
            raise StartupError(
                f"Port {port} of ATTEST_HEALTH_PORT is taken. Set another, or 0 for none."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
