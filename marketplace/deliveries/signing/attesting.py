"""What a custody receipt says, what of it is signed, and whether a signature fits. Pure.

All is RFC 8785 canonical JSON; signatures are Ed25519 (RFC 8032), keys and signatures in lower-case hexadecimal.

The node signs the whole receipt. A party signs what both sides know when they stand together, also without a
connection: everything but the node's clock and place, with its side and its own device's clock. The receipt before
is part of it, so a signature fits one place of one chain and no other.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SCHEMA, KEY_SCHEMA = "lumbung.custody/1", "lumbung.custody-key/1"
KEY_HEX, SIGNATURE_HEX = 64, 128


class Side(StrEnum):
    """Whose signature it is."""

    GIVER = "GIVER"
    TAKER = "TAKER"


@dataclass(frozen=True, slots=True)
class Said:
    """One receipt, as JSON has it: ids as text, `at` as `moment` writes it."""

    job: str
    drop: str
    position: int
    hand_over: str
    giver: str
    taker: str
    cooperative: str
    previous: str
    at: str
    lat: float | None
    lon: float | None

    def shared(self) -> dict[str, Any]:
        """What both sides know when they stand together."""
        return {
            "schema": SCHEMA,
            "job": self.job,
            "drop": self.drop,
            "position": self.position,
            "handOver": self.hand_over,
            "giver": self.giver,
            "taker": self.taker,
            "cooperative": self.cooperative,
            "previous": self.previous,
        }

    def whole(self) -> dict[str, Any]:
        """What the node signs, and whose hash the next receipt names."""
        return {**self.shared(), "at": self.at, "lat": self.lat, "lon": self.lon}

    def hash(self) -> str:
        """SHA-256 of the whole receipt."""
        return sha256(canonical(self.whole())).hexdigest()

    def to_sign(self, side: Side, signed_at: str) -> bytes:
        """What a party's device signs."""
        return canonical({**self.shared(), "side": side.value, "signedAt": signed_at})


def canonical(value: dict[str, Any]) -> bytes:
    """RFC 8785."""
    return rfc8785.dumps(value)


def moment(at: datetime) -> str:
    """`2026-11-25T10:00:00.000000Z`: UTC, always with six decimals."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def key_proof(account: str, public_key: str) -> bytes:
    """What a device signs with a new key, so that nobody registers another's."""
    return canonical({"schema": KEY_SCHEMA, "account": account, "publicKey": public_key})


def is_key(text: str) -> bool:
    """Whether it is an Ed25519 public key as it is written here."""
    return _is_hex(text, KEY_HEX)


def fits(public_key: str, signature: str, message: bytes) -> bool:
    """Whether the key's owner has signed this."""
    if not is_key(public_key) or not _is_hex(signature, SIGNATURE_HEX):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _is_hex(text: str, length: int) -> bool:
    return len(text) == length and all(character in "0123456789abcdef" for character in text)
