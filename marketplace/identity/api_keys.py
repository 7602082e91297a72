"""API keys: what an app shows instead of a person's token, and which web pages may use it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, FieldFault, Invalid, NotFound
from marketplace.identity import tokens
from marketplace.identity.actor import Actor, Forbidden, signed_in
from marketplace.identity.models import Account, ApiKey

MOST_KEYS = 20
MOST_ORIGINS = 20
ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
HINT_LENGTH = 10


class Scope(StrEnum):
    """What an app may do for the account that made its key."""

    READ = "READ"
    SELL = "SELL"
    BUY = "BUY"
    CARRY = "CARRY"
    SETTLE = "SETTLE"
    MEMBERSHIP = "MEMBERSHIP"


async def create_api_key(
    actor: Actor,
    *,
    name: str,
    scopes: Sequence[Scope],
    origins: Sequence[str] = (),
    expires_in_days: int | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its text, which is kept nowhere. A person only: a key can't make keys.

    Raises Invalid, Forbidden.
    """
    account_id = _person(actor)
    _check(name, scopes, origins, expires_in_days)
    token = tokens.API_KEY_PREFIX + tokens.new_secret_token()
    ends: datetime | None = clock.now() + timedelta(days=expires_in_days) if expires_in_days else None
    async with transaction():
        await locked_one(Account, account_id)
        if await ApiKey.filter(account_id=account_id, revoked_at=None).count() >= MOST_KEYS:
            raise Invalid.field(
                "name", Code.TOO_MANY, f"at most {MOST_KEYS} keys", f"paling banyak {MOST_KEYS} kunci"
            )
        row = await ApiKey.create(
            account_id=account_id,
            name=name.strip(),
            hint=token[:HINT_LENGTH],
            token_hash=tokens.token_hash(token),
            scopes=sorted({scope.value for scope in scopes}),
            origins=sorted({origin.lower().rstrip("/") for origin in origins}),
            expires_at=ends,
        )
    return row, token


async def revoke_api_key(actor: Actor, *, api_key_id: UUID) -> ApiKey:
    """End one of one's own keys, at once. Raises NotFound."""
    account_id = _person(actor)
    row = await ApiKey.get_or_none(pk=api_key_id, account_id=account_id)
    if row is None:
        raise NotFound("API key")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        await row.save(update_fields=["revoked_at"])
    return row


async def api_keys_of(actor: Actor) -> list[ApiKey]:
    """One's own keys that are not revoked, newest first."""
    return await ApiKey.filter(account_id=signed_in(actor), revoked_at=None).order_by("-id")


async def app_origins() -> frozenset[str]:
    """The web origins that belong to a living key: pages from there may call this node."""
    found = await ApiKey.filter(revoked_at=None).only("id", "origins", "expires_at")
    now = clock.now()
    return frozenset(
        origin for key in found if key.expires_at is None or key.expires_at > now for origin in key.origins
    )


def _person(actor: Actor) -> UUID:
    account_id = signed_in(actor)
    if actor.scopes is not None:
        raise Forbidden(needs="a person, not an API key")
    return account_id


def _check(name: str, scopes: Sequence[Scope], origins: Sequence[str], days: int | None) -> None:
    rules = [
        (1 <= len(name.strip()) <= 80, "name", "1 to 80 characters", "1 sampai 80 karakter"),
        (bool(scopes), "scopes", "at least one", "minimal satu"),
        (len(origins) <= MOST_ORIGINS, "origins", f"at most {MOST_ORIGINS}", f"paling banyak {MOST_ORIGINS}"),
        (
            all(ORIGIN.fullmatch(origin.lower().rstrip("/")) for origin in origins),
            "origins",
            "like https://app.example (http only for localhost)",
            "seperti https://app.example (http hanya untuk localhost)",
        ),
        (days is None or 1 <= days <= 3650, "expiresInDays", "1 to 3650", "1 sampai 3650"),
    ]
    faults = [
        FieldFault((field,), Code.INVALID, message, pesan) for holds, field, message, pesan in rules if not holds
    ]
    if faults:
        raise Invalid(faults=faults)
