"""May a feed lead to this network address?

Feeds are named by strangers: in a list that somebody shares, by a redirect, by the answer of a name server. None may
make this machine ask its own services or its neighbours, unless the workspace allows that network.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses of IPv4 at the end of those of IPv6: translated (RFC 6052, 8215, 2765) and "compatible" ones (RFC 4291).
# 6to4 and mapped ones the library knows.
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "::/96")))


@dataclass(frozen=True, slots=True)
class Reachable:
    """The addresses that may be asked: public ones, and those in the networks that the workspace allows."""

    networks: tuple[_Network, ...] = ()

    @classmethod
    def of(cls, networks: Iterable[str]) -> Self:
        """From networks in CIDR notation (RFC 4632); ValueError for one that is none."""
        return cls(tuple(map(ipaddress.ip_network, networks)))

    def allows(self, address: str) -> bool:
        """Whether an IP address may be asked; what is no IP address may not.

        >>> Reachable().allows("93.184.216.34"), Reachable().allows("169.254.169.254"), Reachable().allows("::1")
        (True, False, False)
        """
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        meant = _within(parsed)
        if any(one in network for network in self.networks for one in (parsed, meant)):
            return True
        return meant.is_global and not meant.is_multicast and not getattr(meant, "is_site_local", False)


PUBLIC = Reachable()


def _within(address: _Address) -> _Address:
    """The address of IPv4 that an address of IPv6 stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
