"""What a voter's device does: makes a token, blinds it, finishes the signature, fills in a ballot.

The reference for a front end (docs/ballots.md): RFC 9474, RSABSSA-SHA384-PSS-Randomized, with nothing but integers,
SHA-384 and Ed25519.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from cooperatives.governance.blind import PREFIX_BYTES, SALT_BYTES
from cooperatives.governance.results import Ballot, signed_choice

HASH_BYTES = 48


def mgf1(seed: bytes, length: int) -> bytes:
    """MGF1 of RFC 8017, B.2.1, with SHA-384."""
    blocks = -(-length // HASH_BYTES)
    return b"".join(hashlib.sha384(seed + n.to_bytes(4, "big")).digest() for n in range(blocks))[:length]


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with this salt."""
    length = -(-bits // 8)
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    masked = bytearray(x ^ y for x, y in zip(block, mgf1(hashed, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + hashed + b"\xbc"


def blind(n: int, e: int, prepared: bytes, salt: bytes, inverse: int) -> bytes:
    """Blind (section 4.2): `inverse` is the inverse of the blinding factor."""
    message = int.from_bytes(encode(prepared, n.bit_length() - 1, salt), "big")
    assert gcd(message, n) == 1
    return (message * pow(pow(inverse, -1, n), e, n) % n).to_bytes(-(-n.bit_length() // 8), "big")


def finish(n: int, signature: bytes, inverse: int) -> bytes:
    """Finalize (section 4.4), but for the check: the signature of the message that was blinded."""
    return (int.from_bytes(signature, "big") * inverse % n).to_bytes(-(-n.bit_length() // 8), "big")


@dataclass
class Device:
    """One voter's device for one vote."""

    public: bytes  # the key of the vote, DER

    def __post_init__(self) -> None:
        key = serialization.load_der_public_key(self.public)
        assert isinstance(key, RSAPublicKey)
        self.n, self.e = key.public_numbers().n, key.public_numbers().e
        self.secret = Ed25519PrivateKey.generate()
        self.token = self.secret.public_key().public_bytes_raw()
        self.prefix = secrets.token_bytes(PREFIX_BYTES)
        while gcd(inverse := secrets.randbelow(self.n - 2) + 2, self.n) != 1:
            pass
        self.inverse = inverse
        self.blinded = blind(self.n, self.e, self.prefix + self.token, secrets.token_bytes(SALT_BYTES), inverse)

    def ballot(self, signature: bytes, motion_id: str, choice: Sequence[str]) -> Ballot:
        """The ballot, once the register has signed what was blinded."""
        chosen = self.secret.sign(signed_choice(motion_id, choice))
        finished = finish(self.n, signature, self.inverse)
        return Ballot(self.token, self.prefix, finished, tuple(choice), chosen)
