"""Which network addresses links may lead to: public ones only."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import AddrInfoType
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

Address = IPv4Address | IPv6Address
Admits = Callable[[Address], bool]

# Not all of these are "not global" in every Python we run on.
_RESERVED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",  # Azure's host service: public by number, internal by nature
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "198.18.0.0/15",
        "240.0.0.0/4",
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_RESERVED_V6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20")
)
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")  # deprecated "IPv4-compatible" notation
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


class ForbiddenAddressError(OSError):
    """The link leads to an address that is not public."""


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach the address.

    An IPv6 address that carries an IPv4 address is judged by that one, since a gateway would
    unwrap it.
    """
    if isinstance(address, IPv4Address):
        return (
            address.is_global
            and not address.is_multicast
            and not any(address in network for network in _RESERVED_V4)
        )
    embedded = _embedded(address)
    if embedded is not None:
        return is_public(embedded)
    return (
        address in _GLOBAL_UNICAST
        and address.is_global
        and not address.is_multicast
        and address.scope_id is None
        and not any(address in network for network in _RESERVED_V6)
    )


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    low = int(address) & 0xFFFF_FFFF
    if address in _NAT64 or address in _COMPATIBLE:
        return IPv4Address(low)
    if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(low)
    return None


class PublicResolver(AbstractResolver):
    """Resolves names, and forgets the answers that may not be connected to."""

    def __init__(self, admits: Admits = is_public, inner: AbstractResolver | None = None) -> None:
        self._admits = admits
        self._inner = inner or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        results = await self._inner.resolve(host, port, family)
        admitted = [result for result in results if self._admits(ip_address(result["host"]))]
        if results and not admitted:
            raise ForbiddenAddressError(f"{host} has no public address")
        return admitted

    async def close(self) -> None:
        await self._inner.close()


def guarded_socket_factory(admits: Admits = is_public) -> Callable[[AddrInfoType], socket.socket]:
    """Make the sockets of a connector, for admitted addresses only.

    Every connection passes here with the very address it is about to be made to, also one to
    a literal address, for which no resolver is asked. So no second look-up can slip in another.
    """

    def create(info: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, destination = info
        if not admits(ip_address(str(destination[0]))):
            raise ForbiddenAddressError(f"{destination[0]} is not a public address")
        return socket.socket(family, kind, protocol)

    return create
