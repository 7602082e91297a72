"""Access tokens, refresh tokens, API keys and one-time codes: how they are made and read. Keeps no rows.

An access token is a JWT (RFC 7519, HS256). Its key is derived from the node's secret and the week in which
it was signed, and `kid` names that week: keys rotate by themselves, every process derives the same ones,
and none is stored. A token of the week before is still read; any other `kid` is refused.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from marketplace import clock
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.actor import Unauthenticated
from marketplace.settings import DEVELOPMENT_SECRET

ACCESS_LIFE = timedelta(minutes=15)
KEY_LIFE = timedelta(days=7)
API_KEY_PREFIX = "lbk_"
ALGORITHM = "HS256"
CODE_DIGITS = 6

_secret = DEVELOPMENT_SECRET.encode()


class TokenExpired(MarketplaceError):
    """This access token has expired: refresh it, or sign in again."""

    code = Code.TOKEN_EXPIRED
    pesan = "Sesi Anda sudah berakhir: perbarui atau masuk lagi."
    retryable = True


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an access token proves."""

    session_id: UUID
    account_id: UUID
    expires_at: datetime


def use_secret(secret: str) -> None:
    """Sign and read with keys derived from this secret from now on."""
    global _secret
    _secret = secret.encode()


def derived(purpose: str, message: bytes) -> bytes:
    """A keyed hash of `message`, of no use for any other purpose."""
    key = hmac.digest(_secret, purpose.encode(), "sha256")
    return hmac.digest(key, message, "sha256")


def _key_number(moment: datetime) -> int:
    return int(moment.timestamp() // KEY_LIFE.total_seconds())


def _key(number: int) -> OctKey:
    return OctKey.import_key(derived("access-token", str(number).encode()))


def sign_access(session_id: UUID, account_id: UUID) -> tuple[str, datetime]:
    """An access token for this session, and when it ends."""
    now = clock.now()
    number = _key_number(now)
    expires_at = (now + ACCESS_LIFE).replace(microsecond=0)
    token = jwt.encode(
        {"alg": ALGORITHM, "kid": str(number)},
        {
            "sid": str(session_id),
            "sub": str(account_id),
            "iat": int(now.timestamp()),
            "exp": int(expires_at.timestamp()),
        },
        _key(number),
    )
    return token, expires_at


def _key_named(token: Any) -> OctKey:
    """The key that the token's header names, if it is this week's or last week's."""
    kid = str(token.headers().get("kid", ""))
    newest = _key_number(clock.now())
    if kid not in {str(newest), str(newest - 1)}:
        raise TokenExpired if kid.isdigit() and int(kid) < newest else Unauthenticated
    return _key(int(kid))


def read_access(token: str) -> AccessToken:
    """What the token proves; raises TokenExpired or Unauthenticated."""
    try:
        claims = jwt.decode(token, _key_named, algorithms=[ALGORITHM]).claims
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
        read = AccessToken(UUID(str(claims["sid"])), UUID(str(claims["sub"])), expires_at)
    except (JoseError, KeyError, TypeError, ValueError, OverflowError) as cause:
        raise Unauthenticated from cause
    if read.expires_at <= clock.now():
        raise TokenExpired
    return read


def new_secret_token() -> str:
    """256 random bits for a refresh token or an API key."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """How a random token is kept: with 256 bits of its own it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """A one-time code of six digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_hash(phone: str, code: str) -> str:
    """How a one-time code is kept: keyed, since six digits alone are soon guessed from a hash."""
    return derived("login-code", f"{phone}\0{code}".encode()).hex()
