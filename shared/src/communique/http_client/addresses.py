# SPDX-License-Identifier: EUPL-1.2
"""Which addresses are on the public internet."""

import ipaddress
from typing import Final

_IPV4_INSIDE: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the whole internet, also by the IPv4 address inside it."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if inside is None and any(found in network for network in _IPV4_INSIDE):
            inside = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(str(inside))
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast
