"""Calls to addresses that someone else named: never into the node's own network.

The name is resolved once, every address is checked, and the call goes to the address that was checked, so
that a name which answers differently the second time (DNS rebinding) gains nothing. Redirects are not followed.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx


class Refused(Exception):
    """This address may not be called."""


async def checked_address(host: str, port: int, *, allow_private: bool = False) -> str:
    """An address of `host` that may be called; raises Refused when any of its addresses is not public."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as cause:
        raise Refused(f"{host} has no address") from cause
    addresses = [entry[4][0] for entry in found]
    if not allow_private and any(not is_public(str(address)) for address in addresses):
        raise Refused(f"{host} is not a public address")
    return str(addresses[0])


def is_public(address: str) -> bool:
    """Whether this address is one of the open internet; an IPv4 address within an IPv6 one is looked at too."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None or ip in ipaddress.ip_network("64:ff9b::/96"):
            return inner is not None and inner.is_global
    return ip.is_global and not ip.is_multicast


def check_url(url: str, *, allow_private: bool = False) -> tuple[str, int]:
    """Host and port of a URL that may be called: https, no user name; raises Refused."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as cause:
        raise Refused("not a URL") from cause
    schemes = {"https", "http"} if allow_private else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise Refused("an https:// URL without a user name is needed")
    return parts.hostname, port


async def post(
    client: httpx.AsyncClient, url: str, content: bytes, headers: Mapping[str, str], *, allow_private: bool
) -> httpx.Response:
    """POST to a URL that someone else named; raises Refused or httpx.HTTPError."""
    host, port = check_url(url, allow_private=allow_private)
    address = await checked_address(host, port, allow_private=allow_private)
    parts = urlsplit(url)
    literal = f"[{address}]" if ":" in address else address
    target = parts._replace(netloc=f"{literal}:{port}", fragment="").geturl()
    return await client.post(
        target,
        content=content,
        headers={**headers, "Host": parts.netloc},
        extensions={"sni_hostname": host},
        follow_redirects=False,
    )
