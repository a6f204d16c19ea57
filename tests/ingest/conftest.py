"""A web site on loopback, under whatever host names a test gives it."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.library.documents import Document
from bot.library.extract import read_document
from bot.library.fetch import FetchLimits, open_session
from bot.library.ingest import Ingest
from bot.library.reader import Job
from bot.library.reading import Readers

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HOST = "news.example"
PARAGRAPHS = (
    "The ministers of trade met in Accra on Friday to discuss a common tariff on imported cement.",
    "They did not agree on a figure, according to Kofi Mensah, who chaired the meeting.",
    "A second meeting is planned for the end of June in Lomé, the capital of Togo.",
)
PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<title>Ministers fail to agree on cement tariff</title>
<meta name="author" content="Ama Owusu">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="canonical" href="https://elsewhere.example/forged">
</head><body>
<nav><ul><li><a href="/">Home page</a></li><li><a href="/sport">Sport section</a></li></ul></nav>
<article><h1>Ministers fail to agree on cement tariff</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)}
</article>
<aside><p>Subscribe to our newsletter for more!</p></aside>
<footer><p>Copyright 2019 The Example. All rights reserved.</p></footer>
</body></html>"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


class Names(AbstractResolver):
    """Resolves names as a test has them, and counts the look-ups."""

    def __init__(self, addresses: dict[str, list[str]] | None = None) -> None:
        self.addresses = addresses or {}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self.addresses[host]
        ]

    async def close(self) -> None:
        pass


class Site:
    """The web server; `requests` holds what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.requests: list[web.Request] = []
        self._pages: dict[str, Handler] = {}

    def at(self, path: str, handler: Handler) -> str:
        self._pages[path] = handler
        return self.link(path)

    def page(
        self,
        path: str = "/article",
        body: str | bytes = PAGE,
        content_type: str | None = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        data = body.encode() if isinstance(body, str) else body
        kind = {"Content-Type": content_type} if content_type is not None else {}

        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(body=data, status=status, headers={**kind, **(headers or {})})

        return self.at(path, handler)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers={"Location": to})

        return self.at(path, handler)

    def link(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        handler = self._pages.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    site.port = runner.addresses[0][1]
    yield site
    await runner.cleanup()


@pytest.fixture
def limits(site: Site) -> FetchLimits:
    return FetchLimits(max_bytes=200_000, seconds=5, redirects=3, ports=frozenset({site.port}))


@pytest.fixture
def names() -> Names:
    return Names({HOST: ["127.0.0.1"]})


class Here(Readers):
    """Reads in this process, which saves a test the start of another."""

    async def read(self, job: Job, data: bytes) -> Document:
        return read_document(data, job.kind, job.limits, charset=job.charset, url=job.url)


@pytest.fixture
async def ingest(limits: FetchLimits, names: Names) -> AsyncIterator[Ingest]:
    """Admits loopback, as production never does."""
    async with open_session(admits=lambda address: True, resolver=names) as session:
        yield Ingest(session, limits, readers=Here())


@pytest.fixture
async def offline() -> Ingest:
    """For files and text alone: its session is closed."""
    session = aiohttp.ClientSession()
    await session.close()
    return Ingest(session, readers=Here())
