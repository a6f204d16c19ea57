from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address

import aiohttp
import pytest
from aiohttp import web

from bot.errors import UserError
from bot.library.fetch import Fetched, FetchLimits, fetch, open_session
from tests.ingest.conftest import HOST, PAGE, Names, Site


async def get(link: str, limits: FetchLimits, names: Names | None = None) -> Fetched:
    names = names or Names({HOST: ["127.0.0.1"]})
    async with open_session(admits=lambda address: True, resolver=names) as session:
        return await fetch(session, link, limits)


async def refusal(link: str, limits: FetchLimits, names: Names | None = None) -> str:
    with pytest.raises(UserError) as caught:
        await get(link, limits, names)
    return str(caught.value)


async def test_a_page_is_fetched(site: Site, limits: FetchLimits) -> None:
    fetched = await get(site.page(), limits)
    assert fetched.data.decode() == PAGE
    assert (fetched.content_type, fetched.charset) == ("text/html", "utf-8")
    assert fetched.url == site.link("/article")


async def test_the_request_is_honest_and_carries_no_cookie(
    site: Site, limits: FetchLimits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.page("/end", headers={"Set-Cookie": "a=b"})

    async def start(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/end", "Set-Cookie": "id=1; Path=/"})

    await get(site.at("/start", start), limits)
    assert [request.path for request in site.requests] == ["/start", "/end"]
    for request in site.requests:
        assert request.headers["User-Agent"].startswith("Attest/")
        assert "Cookie" not in request.headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(site: Site, limits: FetchLimits, status: int) -> None:
    site.page("/b")
    fetched = await get(site.redirect("/a", "b", status), limits)
    assert fetched.url == site.link("/b")


async def test_a_redirect_loop_ends(site: Site, limits: FetchLimits) -> None:
    site.redirect("/b", "/a")
    assert "more than 3 times" in await refusal(site.redirect("/a", "/b"), limits)
    assert len(site.requests) == 4


@pytest.mark.parametrize(
    ("link", "says"),
    [
        ("ftp://news.example/a", "not a link"),
        ("file:///etc/passwd", "not a link"),
        ("javascript:alert(1)", "not a link"),
        ("data:text/html,hello", "not a link"),
        ("gopher://news.example:70/", "not a link"),
        ("", "not a link"),
        ("   ", "not a link"),
        ("hello", "not a link"),
        ("https://", "not a link"),
        ("https:///path", "not a link"),
        ("http://[::1", "not a link"),
        ("http://news.example:99999/", "not a link"),
        ("http://news.example:port/", "not a link"),
        ("http://user:secret@news.example/", "user name or a password"),
        ("http://user@news.example/", "user name or a password"),
        ("http://8.8.8.8@news.example/", "user name or a password"),
        ("http://news.example:22/", "port 22"),
        ("https://news.example:8443/", "port 8443"),
        ("http://news.example/" + "a" * 2_000, "longer than"),
    ],
)
async def test_unfit_links_are_refused_before_anything_is_asked(link: str, says: str) -> None:
    names = Names()
    assert says in await refusal(link, FetchLimits(), names)
    assert names.asked == []


@pytest.mark.parametrize(
    "location",
    [
        "ftp://news.example/a",
        "file:///etc/passwd",
        "http://user:secret@news.example/",
        "http://news.example:22/",
        "javascript:alert(1)",
        "http://[bad/",
    ],
)
async def test_every_hop_is_held_to_the_same_rules(
    site: Site, limits: FetchLimits, location: str
) -> None:
    await refusal(site.redirect("/a", location), limits)
    assert len(site.requests) == 1


async def test_no_step_down_from_https(monkeypatch: pytest.MonkeyPatch) -> None:
    async def passes_on(*_: object) -> str:
        return "http://news.example/"

    monkeypatch.setattr("bot.library.fetch._request", passes_on)
    with pytest.raises(UserError, match="secure page to one that is not"):
        async with open_session(resolver=Names()) as session:
            await fetch(session, "https://news.example/", FetchLimits())


async def test_a_link_may_lack_its_scheme_or_stand_in_angle_brackets(site: Site) -> None:
    names = Names()
    assert "no site called" in await refusal("news.example/a", FetchLimits(), names)
    assert "no site called" in await refusal("<https://news.example/a>", FetchLimits(), names)
    assert names.asked == ["news.example", "news.example"]


# What production does, with its own policy.


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "169.254.169.254",
        "10.1.2.3",
        "0.0.0.0",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
    ],
)
async def test_production_connects_to_no_private_address(site: Site, host: str) -> None:
    limits = FetchLimits(ports=frozenset({site.port}))
    async with open_session() as session:
        with pytest.raises(UserError, match=r"not on the public internet|not a link"):
            await fetch(session, f"http://{host}:{site.port}/", limits)
    assert site.requests == []


async def test_production_says_why(site: Site) -> None:
    limits = FetchLimits(ports=frozenset({site.port}))
    names = Names({"inside.example": ["127.0.0.1", "10.0.0.1"]})
    async with open_session(resolver=names) as session:
        for host in ("127.0.0.1", "inside.example"):
            with pytest.raises(UserError, match="not on the public internet"):
                await fetch(session, f"http://{host}:{site.port}/", limits)


async def test_a_redirect_to_a_private_address_is_not_followed(
    site: Site, limits: FetchLimits
) -> None:
    site.page("/secret", "the secret", "text/plain")
    link = site.redirect("/a", f"http://127.0.0.1:{site.port}/secret")
    # The site itself has an address that counts as public here; the one it points to does not.
    names = Names({HOST: ["127.0.0.1"]})
    answers = iter([True, True])

    def admits(address: object) -> bool:
        assert address == ip_address("127.0.0.1")
        return next(answers, False)

    async with open_session(admits=admits, resolver=names) as session:
        with pytest.raises(UserError, match="not on the public internet"):
            await fetch(session, link, limits)
    assert [request.path for request in site.requests] == ["/a"]


async def test_a_name_that_changes_its_address_gains_nothing(
    site: Site, limits: FetchLimits
) -> None:
    """DNS rebinding: what is connected to is judged, not what was resolved before."""
    names = Names({HOST: ["8.8.8.8"]})
    async with open_session(resolver=names) as session:
        connector = session.connector
        assert isinstance(connector, aiohttp.TCPConnector)
        assert not connector.use_dns_cache
        names.addresses[HOST] = ["127.0.0.1"]
        with pytest.raises(UserError, match="not on the public internet"):
            await fetch(session, site.page(), limits)
    assert site.requests == []


# What sites send.


async def test_a_body_that_is_too_long_is_refused_by_its_header(
    site: Site, limits: FetchLimits
) -> None:
    link = site.page(body=b"x" * (limits.max_bytes + 1), content_type="text/plain")
    assert "larger than" in await refusal(link, limits)


async def test_an_endless_body_is_left(site: Site, limits: FetchLimits) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b"<p>more</p>" * 1_000)
            sent += 1

    assert "larger than" in await refusal(site.at("/endless", endless), limits)
    await asyncio.sleep(0)
    assert sent < 1_000


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
async def test_a_small_body_that_unpacks_to_a_huge_one_is_left(
    site: Site, limits: FetchLimits, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = pack(b"\0" * 50_000_000)
    assert len(body) < limits.max_bytes
    link = site.page(body=body, headers={"Content-Encoding": encoding})
    assert "larger than" in await refusal(link, limits)


async def test_a_packed_page_is_unpacked(site: Site, limits: FetchLimits) -> None:
    link = site.page(body=gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
    assert (await get(link, limits)).data.decode() == PAGE


async def test_a_body_packed_wrongly_is_reported(site: Site, limits: FetchLimits) -> None:
    link = site.page(body=b"not packed at all", headers={"Content-Encoding": "gzip"})
    assert "damaged" in await refusal(link, limits)


async def test_a_slow_site_is_left(site: Site, limits: FetchLimits) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.01)

    link = site.at("/drip", drip)
    assert "took longer" in await refusal(link, replace(limits, seconds=0.2))


async def test_time_counts_over_all_redirects(site: Site, limits: FetchLimits) -> None:
    async def slow(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.1)
        return web.Response(status=302, headers={"Location": "/slow"})

    link = site.at("/slow", slow)
    message = await refusal(link, replace(limits, seconds=0.3, redirects=1_000))
    assert "took longer" in message


@pytest.mark.parametrize("kind", ["image/png", "application/json", "video/mp4", "text/css"])
async def test_other_kinds_of_file_are_refused(site: Site, limits: FetchLimits, kind: str) -> None:
    message = await refusal(site.page(body=b"x", content_type=kind), limits)
    assert kind in message


@pytest.mark.parametrize("kind", ["application/octet-stream", "binary/octet-stream"])
async def test_a_pdf_is_known_by_its_first_bytes(
    site: Site, limits: FetchLimits, kind: str
) -> None:
    fetched = await get(site.page(body=b"%PDF-1.7 ...", content_type=kind), limits)
    assert fetched.content_type == "application/pdf"
    await refusal(site.page(body=b"MZ\x90", content_type=kind), limits)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "does not let this bot"),
        (403, "does not let this bot"),
        (402, "does not let this bot"),
        (404, "no page at this link"),
        (410, "no page at this link"),
        (429, "Try again later"),
        (500, "Try again later"),
        (503, "Try again later"),
        (302, "Try again later"),
    ],
)
async def test_answers_that_are_no_page(
    site: Site, limits: FetchLimits, status: int, says: str
) -> None:
    message = await refusal(site.page(status=status), limits)
    assert says in message
    assert str(status) in message


async def test_a_site_that_does_not_answer(site: Site, limits: FetchLimits) -> None:
    async def gone(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    assert "does not answer" in await refusal(site.at("/gone", gone), limits)


async def test_a_site_that_does_not_exist(site: Site, limits: FetchLimits) -> None:
    message = await refusal(site.link("/", host="nowhere.example"), limits)
    assert message == "There is no site called nowhere.example. Check the link."


async def test_a_site_without_a_certificate(site: Site, limits: FetchLimits) -> None:
    link = f"https://{HOST}:{site.port}/"
    assert "certificate" in await refusal(link, limits)


async def test_messages_never_show_the_path(site: Site, limits: FetchLimits) -> None:
    message = await refusal(site.link("/private-token?key=1234"), limits)
    assert "private-token" not in message
    assert "1234" not in message
