"""HTTP to others: the gateways, providers and route servers that a node asks."""

import ssl
from functools import cache
from typing import Any

import httpx


def http(**options: Any) -> httpx.AsyncClient:
    """A client that believes the usual authorities; `options` as `httpx.AsyncClient` has them."""
    return httpx.AsyncClient(verify=_certificates(), **options)


@cache
def _certificates() -> ssl.SSLContext:
    """Read once a process: that takes 20 ms, and each adapter would."""
    return httpx.create_ssl_context()
