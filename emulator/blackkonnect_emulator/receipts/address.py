"""Which addresses receipts may go to.

A gateway that calls any address for anybody who asks is a way into networks that are closed to the asker
(OWASP: server-side request forgery), so receipts stay on this machine unless a host is allowed by name.
The address may hold a secret, so no error repeats it.
"""

import re
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple

LONGEST = 2048
_EXAMPLE = "such as http://127.0.0.1:9000/receipts"
_LARGEST_PORT = 65_535
_PORTS = {"http": 80, "https": 443}
_LOOPBACK_6 = IPv6Address("::1")
# The characters of RFC 3986 alone: readers of addresses disagree about all others.
_CHARACTER = r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2}"
_FORM = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.\-_]+)(?::(?P<port>[0-9]{1,5}))?"
    rf"(?P<path>/(?:{_CHARACTER})*)?(?:\?(?P<query>(?:{_CHARACTER}|\?)*))?",
    re.IGNORECASE | re.ASCII,
)


class AddressError(ValueError):
    """Receipts can't go to an address.

    Attributes:
        field: What the address is called: `callback`.
        problem: What is wrong, and what would be right.
    """

    field = "callback"

    def __init__(self, problem: str) -> None:
        super().__init__(f"{self.field}: {problem}")
        self.problem = problem


class Address(NamedTuple):
    """An address that receipts may go to.

    Attributes:
        scheme: `http` or `https`.
        host: The name or the IP address, in lower case, that of IPv6 without brackets.
        port: The port.
        path: The path, still percent-encoded.
        query: What stands behind the question mark, if anything.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str

    def target(self, more: str) -> str:
        """Write path and query as a request line has them (RFC 9112, section 3.2.1).

        Args:
            more: What to add to the query.
        """
        return f"{self.path}?{self.query}&{more}" if self.query else f"{self.path}?{more}"

    @property
    def shown(self) -> str:
        """The address without its path and query, which may hold a secret."""
        return f"{self.origin}/" if self.path == "/" and not self.query else f"{self.origin}/…"

    @property
    def origin(self) -> str:
        """Scheme, host and port as they stand before the path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def read_address(text: str, allowed: Collection[str] = ()) -> Address:
    """Read an address that receipts are to go to.

    Loopback is 127.0.0.0/8 (RFC 1122, section 3.2.1.3), ::1 (RFC 4291, section 2.5.3) and the name
    localhost (RFC 6761, section 6.3). Another name is not, even if it leads to one of them today.

    Args:
        text: The address, of at most 2,048 characters.
        allowed: Names and IP addresses of other hosts that it may name.

    Raises:
        AddressError: It may not be called, or is none.
    """
    if len(text) > LONGEST:
        raise AddressError(f"must not be longer than {LONGEST} characters")
    if not text.lower().startswith(("http://", "https://")):
        raise AddressError(f"must begin with http:// or https://, {_EXAMPLE}")
    if "#" in text:
        raise AddressError("must not have a fragment; leave the # and what follows it out")
    if "@" in re.split(r"[/?]", text.partition("://")[2], maxsplit=1)[0]:
        raise AddressError("must not hold a user name or password; put a secret into the path or the query")
    found = _FORM.fullmatch(text)
    if found is None:
        raise AddressError(f"must be an address, percent-encoded where needed, {_EXAMPLE}")
    scheme = found["scheme"].lower()
    host = found["host"].lower()
    port = int(found["port"] or _PORTS[scheme])
    if not 1 <= port <= _LARGEST_PORT:
        raise AddressError(f"must have a port from 1 to {_LARGEST_PORT}")
    host = host.strip("[]")
    if not _is_loopback(host) and host not in {name.lower().strip("[]") for name in allowed}:
        raise AddressError(
            "must be on this machine: 127.0.0.1, [::1] or localhost; another host has to be allowed by name"
        )
    return Address(scheme, host, port, found["path"] or "/", found["query"] or "")


def is_address(text: str, allowed: Collection[str] = ()) -> bool:
    """Tell whether receipts may go to an address, as `read_address` reads it."""
    try:
        read_address(text, allowed)
    except AddressError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        known = ip_address(host)
    except ValueError:
        return False
    return known == _LOOPBACK_6 or (known.version == 4 and known.is_loopback)  # noqa: PLR2004 - IPv4
