"""Whatever a test does, it stays on this computer."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pytest_socket import SocketConnectBlockedError

pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket:UserWarning")

ELSEWHERE = ("192.0.2.1", 80)
"""An address that is reserved for documentation; nobody has it."""


def test_no_test_reaches_the_network() -> None:
    with socket.socket() as connection, pytest.raises(SocketConnectBlockedError):
        connection.connect(ELSEWHERE)


async def test_no_test_reaches_the_network_asynchronously() -> None:
    with pytest.raises(SocketConnectBlockedError):
        await asyncio.open_connection(*ELSEWHERE)


async def test_this_computer_can_be_reached() -> None:
    async def close(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with await asyncio.start_server(close, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
