"""Which network addresses Medley connects to."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from medley.kernel.errors import InvalidInput

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# RFC 6052 (NAT64) and RFC 8215 (its local-use prefix), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 4291 (IPv4-compatible).
_NAT64 = ip_network("64:ff9b::/96")
_COMPATIBLE = ip_network("::/96")
_NEVER: tuple[Network, ...] = (
    ip_network("64:ff9b:1::/48"),
    ip_network("2001::/32"),
    ip_network("168.63.129.16/32"),  # the host of a machine in Azure, on a public address
)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks such as “192.168.1.0/24”; InvalidInput for what is none."""
    found: list[Network] = []
    for text in texts:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError as error:
            raise InvalidInput(
                f"“{text}” in egress.allow is no network.", hint="Write it like 192.168.1.0/24 or fd00::/8."
            ) from error
    return tuple(found)


def permitted(text: str, allowed: Iterable[Network]) -> bool:
    """Whether `text`, a numeric address, may be connected to."""
    address = _unwrapped(ip_address(text.partition("%")[0]))
    if any(address.version == each.version and address in each for each in allowed):
        return True
    if any(address.version == each.version and address in each for each in _NEVER):
        return False
    return address.is_global and not address.is_multicast


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if inside := address.ipv4_mapped or address.sixtofour:
        return inside
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
