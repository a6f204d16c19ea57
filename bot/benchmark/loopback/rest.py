"""The REST side: one door through which every request comes, is written down and answered."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.benchmark.loopback.faults import ApiError, Recorded, fault_answer
from bot.benchmark.loopback.state import State
from bot.benchmark.loopback.world import Json, Upload

API = "/api/v10"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that found its handler. `args` are the named parts of the path."""

    request: Recorded
    args: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Json:
        return self.request.payload if isinstance(self.request.payload, dict) else {}

    def id(self, name: str) -> int:
        return int(self.args[name])


Answer = Json | list[Json] | None
Handler = Callable[[State, Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """An address, written `/channels/{channel}/messages`, and who answers there."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    authorized: bool


def route(method: str, path: str, handler: Handler, *, authorized: bool = True) -> Route:
    parts = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    return Route(method, re.compile(parts), handler, authorized)


class Rest:
    """Answers every REST request from a table of routes."""

    def __init__(self, state: State, token: str, routes: Iterable[Route]) -> None:
        self._state = state
        self._token = token
        self._routes = tuple(routes)

    async def handle(self, request: web.Request) -> web.Response:
        recorded = Recorded(
            request.method,
            request.path.removeprefix(API),
            dict(request.query),
            time.perf_counter(),
            request.headers.get("Authorization", ""),
        )
        self._state.requests.append(recorded)
        headers: dict[str, str] = {}
        try:
            recorded.payload, recorded.files = await _read_body(request)
            fault = self._state.faults.meet(recorded)
            if fault is not None:
                recorded.status = fault.status
                body, headers = fault_answer(fault)
            else:
                body = await self._answer(recorded)
                recorded.status = 204 if body is None else 200
        except ApiError as error:
            recorded.status, body = error.status, error.body
        self._state.changed()
        return _response(recorded.status, body, headers)

    async def _answer(self, recorded: Recorded) -> Answer:
        for candidate in self._routes:
            match = candidate.pattern.fullmatch(recorded.path)
            if match is None or candidate.method != recorded.method:
                continue
            if candidate.authorized and recorded.authorization != f"Bot {self._token}":
                raise ApiError(401, 0, "401: Unauthorized")
            try:
                return await candidate.handler(self._state, Call(recorded, match.groupdict()))
            except ValueError as error:
                raise ApiError(400, 50035, f"Invalid Form Body: {error}") from error
        recorded.known = False
        raise ApiError(404, 0, "404: Not Found")


async def _read_body(request: web.Request) -> tuple[Any, tuple[Upload, ...]]:
    """The JSON of a request, and its files if it came in parts."""
    if request.content_type == "multipart/form-data":
        payload: Any = None
        files: list[Upload] = []
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise ApiError(400, 50035, "Parts do not nest.")
            data = await part.read(decode=True)
            if part.name == "payload_json":
                payload = json.loads(data)
            elif re.fullmatch(r"files\[\d+\]", part.name or ""):
                kind = part.headers.get("Content-Type", "application/octet-stream")
                files.append(Upload(part.filename or "file", bytes(data), kind))
            else:
                raise ApiError(400, 50035, f"Unknown part {part.name!r}")
        return payload, tuple(files)
    raw = await request.read()
    if not raw:
        return None, ()
    if request.content_type != "application/json":
        raise ApiError(400, 50035, f"{request.content_type} is not understood")
    try:
        return json.loads(raw), ()
    except ValueError as error:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from error


def _response(status: int, body: Answer, headers: dict[str, str]) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    # Clients compare the content type with "application/json": no charset may follow it.
    headers = headers | {"Content-Type": "application/json"}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


async def serve_attachment(state: State, request: web.Request) -> web.Response:
    """A file that somebody attached, as the content network serves it."""
    upload = state.world.files.get(int(request.match_info["file"]))
    if upload is None:
        raise web.HTTPNotFound
    return web.Response(body=upload.data, headers={"Content-Type": upload.content_type})
