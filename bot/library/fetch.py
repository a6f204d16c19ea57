"""Fetches what a link leads to, without letting the link lead anywhere it should not."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import UserError
from bot.library.addresses import (
    Admits,
    ForbiddenAddressError,
    PublicResolver,
    guarded_socket_factory,
    is_public,
)

USER_AGENT = "Attest/0.1 (fact-checking bot; fetches a page when a person asks it to)"
MAX_URL_CHARACTERS = 2_000

_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9",
    # Those that aiohttp always unpacks piece by piece.
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONTENT_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "text/x-markdown",
        "application/pdf",
        "application/x-pdf",
    }
)
_VAGUE_CONTENT_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_PDF_MARK = b"%PDF-"
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How far a link is followed."""

    max_bytes: int = 10 * 1024 * 1024
    """Of the unpacked body."""
    seconds: float = 20.0
    """For everything: look-ups, redirects and the body."""
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as a site sent it."""

    url: str
    """Where it was found in the end."""
    content_type: str
    charset: str
    """As the header names it; may be empty, unknown or wrong."""
    data: bytes


def open_session(
    admits: Admits = is_public, resolver: AbstractResolver | None = None
) -> aiohttp.ClientSession:
    """A session that connects to admitted addresses alone and remembers nothing between links.

    Call it inside the running event loop; the caller closes it.
    """
    connector = aiohttp.TCPConnector(
        resolver=PublicResolver(admits, resolver),
        socket_factory=guarded_socket_factory(admits),
        use_dns_cache=False,
        force_close=True,
        limit=16,
    )
    return aiohttp.ClientSession(
        connector=connector,
        headers=_HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None),  # fetch() keeps one clock over all redirects
    )


async def fetch(session: aiohttp.ClientSession, link: str, limits: FetchLimits) -> Fetched:
    """Follow a link to a document.

    Raises:
        UserError: the link is unfit, the site does not answer, or what it sends cannot be used.
    """
    url = _parse(link)
    _check(url, limits)
    try:
        async with asyncio.timeout(limits.seconds):
            for _ in range(limits.redirects + 1):
                step = await _request(session, url, limits)
                if isinstance(step, Fetched):
                    return step
                url = _next_hop(url, step, limits)
    except TimeoutError:
        raise UserError(
            "{host} took longer than {seconds} seconds to send the page. "
            "Try again later, or paste the text of the article instead.",
            host=_host(url),
            seconds=round(limits.seconds),
        ) from None
    except (aiohttp.ClientError, ValueError, OSError) as error:
        raise _explain(error, url) from error
    raise UserError(
        "The link is passed on more than {count} times. "
        "Open it in a browser and give the address it ends at, or paste the text of the article.",
        count=limits.redirects,
    )


def _parse(link: str) -> URL:
    link = link.strip().removeprefix("<").removesuffix(">").strip()
    if len(link) > MAX_URL_CHARACTERS:
        raise UserError(
            "The link is longer than {limit} characters. Give a shorter one, "
            "or paste the text of the article instead.",
            limit=MAX_URL_CHARACTERS,
        )
    if "://" not in link and "." in link.partition("/")[0]:
        link = f"https://{link}"
    try:
        return URL(link)
    except ValueError:
        raise _not_a_link() from None


def _next_hop(url: URL, location: str, limits: FetchLimits) -> URL:
    try:
        following = url.join(URL(location))
    except ValueError:
        raise UserError(
            "{host} passes the link on to an address that makes no sense. "
            "Paste the text of the article instead.",
            host=_host(url),
        ) from None
    _check(following, limits)
    if url.scheme == "https" and following.scheme == "http":
        raise UserError(
            "The link leads from a secure page to one that is not. "
            "Paste the text of the article instead."
        )
    return following


def _check(url: URL, limits: FetchLimits) -> None:
    """Hold one hop against the rules that need no network."""
    try:
        port = url.port
    except ValueError:
        raise _not_a_link() from None
    if not url.host or url.scheme not in ("http", "https"):
        raise _not_a_link()
    if url.user is not None or url.password is not None:
        raise UserError("The link holds a user name or a password. Give a link that works without.")
    if port not in limits.ports:
        raise UserError(
            "The link names port {port}. Only ordinary web pages (ports 80 and 443) can be read; "
            "paste the text of the article instead.",
            port=port,
        )


async def _request(session: aiohttp.ClientSession, url: URL, limits: FetchLimits) -> Fetched | str:
    """One request: the document, or where the site passes the link on to."""
    async with session.get(url, allow_redirects=False) as response:
        location = response.headers.get("Location", "")
        if response.status in _REDIRECTS and location:
            return location
        _check_status(response.status, url)
        content_type = response.content_type if "Content-Type" in response.headers else ""
        if content_type not in _CONTENT_TYPES | _VAGUE_CONTENT_TYPES:
            raise _wrong_type(content_type)
        if (response.content_length or 0) > limits.max_bytes:
            raise _too_big(limits)
        # Counted as unpacked: a small body can unpack to a huge one.
        data = bytearray()
        async for piece in response.content.iter_chunked(_CHUNK):
            data += piece
            if len(data) > limits.max_bytes:
                raise _too_big(limits)
        if content_type in _VAGUE_CONTENT_TYPES:
            if not data.startswith(_PDF_MARK):
                raise _wrong_type(content_type)
            content_type = "application/pdf"
        return Fetched(str(url), content_type, response.charset or "", bytes(data))


def _check_status(status: int, url: URL) -> None:
    if 200 <= status < 300:
        return
    if status in (401, 402, 403, 407, 451):
        raise UserError(
            "{host} does not let this bot read the page (it answered {status}). "
            "Open it yourself and paste its text instead.",
            host=_host(url),
            status=status,
        )
    if status in (404, 410):
        raise UserError(
            "{host} has no page at this link (it answered {status}). "
            "Check the link, or paste the text of the article instead.",
            host=_host(url),
            status=status,
        )
    raise UserError(
        "{host} could not send the page (it answered {status}). "
        "Try again later, or paste the text of the article instead.",
        host=_host(url),
        status=status,
    )


def _explain(error: Exception, url: URL) -> UserError:
    host = _host(url)
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, ForbiddenAddressError):
        return UserError(
            "{host} is not on the public internet, so it is not read. "
            "Paste the text of the article instead.",
            host=host,
        )
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return UserError("There is no site called {host}. Check the link.", host=host)
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return UserError(
            "{host} has no valid certificate, so its page cannot be trusted. "
            "Paste the text of the article instead.",
            host=host,
        )
    if isinstance(error, aiohttp.InvalidURL) or not isinstance(
        error, aiohttp.ClientError | OSError
    ):
        return _not_a_link()
    if isinstance(error, aiohttp.ClientConnectionError | OSError):
        return UserError(
            "{host} does not answer. Try again later, or paste the text of the article instead.",
            host=host,
        )
    return UserError(
        "What {host} sends is damaged. Paste the text of the article instead.", host=host
    )


def _not_a_link() -> UserError:
    return UserError(
        "This is not a link to a web page. Give one that starts with https:// or http://."
    )


def _wrong_type(content_type: str) -> UserError:
    return UserError(
        "The link leads to a file of the kind {kind}. "
        "Only web pages, plain text and PDF can be read; paste the text instead.",
        kind=content_type or "?",
    )


def _too_big(limits: FetchLimits) -> UserError:
    return UserError(
        "The page is larger than {limit} MB. Paste the part that matters instead.",
        limit=round(limits.max_bytes / 1_048_576, 1),
    )


def _host(url: URL) -> str:
    """The site as the user knows it; never the path, which may hold what should not be shown."""
    return (url.host or "?")[:100]
