"""Signed links that do one thing for one person until they expire. Pure but for the clock.

A link is `purpose | subject | account | expiry | MAC`, 53 bytes: short enough for an SMS. The MAC is
HMAC-SHA256 cut to 128 bits (RFC 2104 allows half), under a key made from the node's secret for links only.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from hashlib import sha256
from uuid import UUID

from marketplace import clock
from marketplace.errors import Code, MarketplaceError

MAC_BYTES = 16
SIGNED_BYTES = 1 + 16 + 16 + 4


class LinkRefused(MarketplaceError):
    """This link is not valid any more: open Lumbung and sign in."""

    code = Code.EXPIRED
    pesan = "Tautan ini sudah tidak berlaku: buka Lumbung dan masuk."


class Purpose(IntEnum):
    """The one thing that a link does."""

    ACCEPT_SUB_ORDER = 1
    CONFIRM_MAIL = 2
    STOP_SEARCH_ALERTS = 3


@dataclass(frozen=True, slots=True)
class Link:
    """Who may do what to which thing, until when."""

    purpose: Purpose
    subject_id: UUID
    account_id: UUID
    expires_at: datetime


def sign(link: Link, secret: str) -> str:
    """The link's token: letters, digits, `-` and `_`."""
    signed = _pack(link)
    return base64.urlsafe_b64encode(signed + _mac(signed, secret)).decode().rstrip("=")


def read(token: str, purpose: Purpose, secret: str) -> Link:
    """What the token allows; raises LinkRefused when forged, made for something else, or expired."""
    try:
        given = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as cause:
        raise LinkRefused from cause
    signed, mac = given[:SIGNED_BYTES], given[SIGNED_BYTES:]
    if len(signed) != SIGNED_BYTES or not hmac.compare_digest(mac, _mac(signed, secret)):
        raise LinkRefused
    expires_at = datetime.fromtimestamp(int.from_bytes(signed[33:37]), UTC)
    if signed[0] != purpose or expires_at <= clock.now():
        raise LinkRefused
    return Link(purpose, UUID(bytes=signed[1:17]), UUID(bytes=signed[17:33]), expires_at)


def _pack(link: Link) -> bytes:
    expiry = int(link.expires_at.timestamp()).to_bytes(4)
    return bytes([link.purpose]) + link.subject_id.bytes + link.account_id.bytes + expiry


def _mac(signed: bytes, secret: str) -> bytes:
    key = hmac.digest(secret.encode(), b"lumbung signed link v1", sha256)
    return hmac.digest(key, signed, sha256)[:MAC_BYTES]
