from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.library.addresses import (
    ForbiddenAddressError,
    PublicResolver,
    guarded_socket_factory,
    is_public,
)
from tests.ingest.conftest import Names

PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::6810:84e5", "2a00:1450:4001:80b::200e"]
FORBIDDEN = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.1",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001:db8::1",
    "2001::1",
    "3fff::1",
    "5f00::1",
    "4000::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:7f00:1::1",
    "2606:4700::5efe:127.0.0.1",
    "2606:4700::200:5efe:10.0.0.1",
    "2606:4700::1%eth0",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_admitted(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", FORBIDDEN)
def test_other_addresses_are_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_a_carried_public_address_is_admitted(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_carrying_an_address_never_makes_it_public(address: IPv4Address) -> None:
    number = int(address)
    carriers = [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x0064_FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | (number << 80)),
    ]
    assert {is_public(carrier) for carrier in carriers} == {is_public(address)}


async def test_the_resolver_leaves_out_what_is_not_public() -> None:
    resolver = PublicResolver(inner=Names({"mixed.example": ["10.0.0.1", "8.8.8.8", "::1"]}))
    found = await resolver.resolve("mixed.example", 443)
    assert [result["host"] for result in found] == ["8.8.8.8"]


async def test_the_resolver_refuses_a_name_with_private_addresses_alone() -> None:
    resolver = PublicResolver(inner=Names({"inside.example": ["10.0.0.1", "fd00::1"]}))
    with pytest.raises(ForbiddenAddressError):
        await resolver.resolve("inside.example", 443)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_socket_is_made_for_a_forbidden_address(address: str) -> None:
    create = guarded_socket_factory()
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with pytest.raises(ForbiddenAddressError):
        create((family, socket.SOCK_STREAM, 0, "", (address, 443)))


def test_a_socket_is_made_for_a_public_address() -> None:
    with guarded_socket_factory()(
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("8.8.8.8", 443))
    ) as made:
        assert made.family == socket.AF_INET
