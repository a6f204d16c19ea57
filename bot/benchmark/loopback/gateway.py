"""The websocket side: sessions, heartbeats, events, resuming."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import itertools
import json
import secrets
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from bot.benchmark.loopback.world import Json, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 7, 8, 9, 10, 11

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
"""Members, presences, message content."""


@dataclass(slots=True)
class Connection:
    """One websocket, from HELLO until it closes."""

    socket: web.WebSocketResponse
    opened_at: float
    deflate: zlib._Compress | None = None  # pyright: ignore[reportPrivateUsage]
    session: Session | None = None
    heartbeats: list[float] = field(default_factory=list)
    closed_at: float | None = None
    close_code: int | None = None

    async def send(self, payload: Json) -> None:
        text = json.dumps(payload, separators=(",", ":"))
        with contextlib.suppress(ConnectionError):
            if self.deflate is None:
                await self.socket.send_str(text)
            else:
                # One stream for the whole connection, flushed at each message's end.
                packed = self.deflate.compress(text.encode())
                await self.socket.send_bytes(packed + self.deflate.flush(zlib.Z_SYNC_FLUSH))

    def gaps(self, now: float) -> list[float]:
        """Seconds between heartbeats, the first counted from HELLO, the last up to now."""
        marks = [self.opened_at, *self.heartbeats, self.closed_at or now]
        return [later - earlier for earlier, later in itertools.pairwise(marks)]


@dataclass(slots=True)
class Session:
    """What survives a lost connection: the events sent, so that they can be sent again."""

    id: str
    intents: int
    shard: int
    shards: int
    sequence: int = 0
    sent: list[Json] = field(default_factory=list)
    connection: Connection | None = None
    resumes: int = 0
    replayed: int = 0
    """Events that a resume had to send again."""

    def concerns(self, guild_id: int | None) -> bool:
        return self.shard == ((guild_id >> 22) % self.shards if guild_id else 0)


class Gateway:
    """All sessions of the one bot this Discord knows."""

    def __init__(
        self,
        world: World,
        token: str,
        *,
        heartbeat_interval: float,
        approved_intents: int,
        quotes_readable: bool,
    ) -> None:
        self.world = world
        self.token = token
        self.heartbeat_interval = heartbeat_interval
        self.approved_intents = approved_intents
        self.quotes_readable = quotes_readable
        self.url = ""
        self.sockets: list[web.WebSocketResponse] = []
        """Every websocket that was opened, those still waiting for their HELLO included."""
        self.connections: list[Connection] = []
        self.sessions: dict[str, Session] = {}
        self.received: list[Json] = []
        """Every payload a client sent, heartbeats excepted."""
        self.on_change: Callable[[], None] = lambda: None
        self._open = asyncio.Event()
        self._open.set()

    # Towards the client

    async def dispatch(self, event: str, data: Json, guild_id: int | None) -> None:
        """Send an event to the session it concerns, and keep it for a resume."""
        for session in list(self.sessions.values()):
            if session.concerns(guild_id):
                await self._dispatch_to(session, event, data)

    async def _dispatch_to(self, session: Session, event: str, data: Json) -> None:
        if not _wanted(session.intents, event, data):
            return
        session.sequence += 1
        # A copy, because the message may change before a resume sends it again.
        payload = {"op": DISPATCH, "t": event, "s": session.sequence, "d": copy.deepcopy(data)}
        if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
            self.censor(payload["d"], session.intents)
        session.sent.append(payload)
        if session.connection is not None:
            await session.connection.send(payload)

    def censor(self, message: Json, intents: int | None = None) -> Json:
        """Blank in place what a bot without the message content intent may not read."""
        if intents is None:
            intents = max((s.intents for s in self.sessions.values()), default=0)
        if intents & MESSAGE_CONTENT:
            return message
        me = str(self.world.bot.id)
        ours = message["author"]["id"] == me or any(m["id"] == me for m in message["mentions"])
        quoted = message.get("referenced_message")
        if quoted and not (ours and self.quotes_readable):
            self.censor(quoted, intents)
        if not ours and "guild_id" in message:
            message.update(content="", embeds=[], attachments=[], components=[])
        return message

    def live(self) -> list[Connection]:
        """Connections with a session, still open."""
        return [s.connection for s in self.sessions.values() if s.connection is not None]

    async def ask_to_reconnect(self) -> None:
        """Opcode 7: the client is to come back and resume."""
        for connection in self.live():
            await connection.send({"op": RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Opcode 9: the session is over, or may be resumed."""
        for connection in self.live():
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            await connection.send({"op": INVALID_SESSION, "d": resumable})

    async def drop(self, code: int = 4000) -> None:
        """Close every connection; what is dispatched meanwhile waits for the resume."""
        for connection in self.live():
            if connection.session is not None:
                connection.session.connection = None
            await connection.socket.close(code=code)

    @contextlib.asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """New connections get no HELLO until this ends."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    # From the client

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        self.sockets.append(socket)
        self.on_change()
        await self._open.wait()
        packed = request.query.get("compress") == "zlib-stream"
        deflate = zlib.compressobj() if packed else None
        connection = Connection(socket, time.perf_counter(), deflate)
        self.connections.append(connection)
        interval = round(self.heartbeat_interval * 1000)
        await connection.send({"op": HELLO, "d": {"heartbeat_interval": interval}})
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                code = await self._receive(connection, message.data)
                self.on_change()
                if code is not None:
                    await socket.close(code=code)
        finally:
            connection.closed_at = time.perf_counter()
            connection.close_code = socket.close_code
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
            self.on_change()
        return socket

    async def _receive(self, connection: Connection, text: str) -> int | None:
        """Handle one payload; a number closes the connection with that code."""
        try:
            payload: Json = json.loads(text)
        except ValueError:
            return 4002
        opcode, data = payload.get("op"), payload.get("d")
        if opcode == HEARTBEAT:
            connection.heartbeats.append(time.perf_counter())
            await connection.send({"op": ACK, "d": None})
            return None
        self.received.append(payload)
        if opcode == IDENTIFY:
            return await self._identify(connection, data or {})
        if opcode == RESUME:
            return await self._resume(connection, data or {})
        if connection.session is None:
            return 4003
        if opcode == REQUEST_MEMBERS:
            await self._send_members(connection.session, data or {})
            return None
        return None if opcode in (PRESENCE, VOICE) else 4001

    async def _identify(self, connection: Connection, data: Json) -> int | None:
        if connection.session is not None:
            return 4005
        if data.get("token") != self.token:
            return 4004
        intents = data.get("intents", 0)
        if intents & PRIVILEGED & ~self.approved_intents:
            return 4014
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            return 4010
        # The ended session of the same shard gets no more events.
        for old in [s for s in self.sessions.values() if (s.shard, s.shards) == (shard, shards)]:
            del self.sessions[old.id]
        session = Session(secrets.token_hex(16), intents, shard, shards)
        session.connection, connection.session = connection, session
        guilds = [g for g in self.world.guilds.values() if g.has_bot and session.concerns(g.id)]
        ready: Json = {
            "v": 10,
            "user": self.world.bot.user_payload(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [shard, shards],
            "application": {"id": str(self.world.application_id), "flags": 0},
        }
        self.sessions[session.id] = session
        await self._dispatch_to(session, "READY", ready)
        for guild in guilds:
            await self._dispatch_to(session, "GUILD_CREATE", guild.payload(self.world.bot))
        return None

    async def _resume(self, connection: Connection, data: Json) -> int | None:
        if data.get("token") != self.token:
            return 4004
        session = self.sessions.get(str(data.get("session_id")))
        sequence = data.get("seq")
        if session is None or not isinstance(sequence, int):
            await connection.send({"op": INVALID_SESSION, "d": False})
            return None
        if sequence > session.sequence:
            return 4007
        session.resumes += 1
        connection.session = session
        # Events may be dispatched while older ones are sent again: look again after each.
        position = sum(payload["s"] <= sequence for payload in session.sent)
        while position < len(session.sent):
            await connection.send(session.sent[position])
            position += 1
            session.replayed += 1
        session.connection = connection
        await self._dispatch_to(session, "RESUMED", {})
        return None

    async def _send_members(self, session: Session, data: Json) -> None:
        """Without the members intent only those asked for by id, or the bot itself, are told."""
        wanted: Iterable[int] = map(int, data.get("user_ids") or (self.world.bot.id,))
        people = [self.world.people[i] for i in wanted if i in self.world.people]
        chunk: Json = {
            "guild_id": str(data.get("guild_id")),
            "members": [person.member_payload() for person in people],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        await self._dispatch_to(session, "GUILD_MEMBERS_CHUNK", chunk)


def _wanted(intents: int, event: str, data: Json) -> bool:
    if event in ("MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"):
        return bool(intents & (GUILD_MESSAGES if "guild_id" in data else DIRECT_MESSAGES))
    return not event.startswith("GUILD_") or bool(intents & GUILDS) or "MEMBERS" in event
