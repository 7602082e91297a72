"""What the headers of a request say: who asks, and in which language he reads."""

from marketplace.identity import service as identity
from marketplace.identity.actor import NOBODY, Actor, Unauthenticated


def shown(header: str | None) -> str | None:
    """The token in an Authorization header."""
    return (header or "").partition(" ")[2].strip() or None


async def bearer(header: str | None) -> Actor:
    """Who an `Authorization: Bearer …` header proves; nobody without one. Raises MarketplaceError."""
    if header is None:
        return NOBODY
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated
    return await identity.authenticate(token.strip())


def preferred_language(header: str) -> str:
    """`en` when Accept-Language puts English before Indonesian, else `id`."""
    for part in header.split(","):
        language = part.split(";")[0].strip().lower()[:2]
        if language in {"en", "id"}:
            return language
    return "id"
