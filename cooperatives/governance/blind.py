"""Blind RSA signatures of RFC 9474, variant RSABSSA-SHA384-PSS-Randomized: the node's half. Pure.

A voter's device makes a token, blinds it and has it signed; the node never sees the token before it comes back with
a ballot, and can't tell whose it was. The device's half (blind, finalize) is in `docs/ballots.md`.
"""

import secrets
from dataclasses import dataclass
from math import gcd

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from marketplace.errors import Code, Invalid

BITS = 2048
BYTES = BITS // 8
#: What RFC 9474 puts before a message, so that a signer can't choose it; and the salt of PSS.
PREFIX_BYTES, SALT_BYTES = 32, 48


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The key of one motion, in DER: SubjectPublicKeyInfo, and PKCS #8 without encryption."""

    public: bytes
    private: bytes


def new_keys() -> KeyPair:
    """A key pair of 2048 bits. Takes some tenths of a second: call it off the event loop."""
    key = rsa.generate_private_key(65_537, BITS)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return KeyPair(public, private)


def sign(private: bytes, blinded: bytes) -> bytes:
    """BlindSign (section 4.3): the blind signature of a blinded message of the key's size. Raises Invalid.

    What is raised to the private exponent is blinded once more, so that time tells nothing of it; by the remainders
    of the two primes, which takes a quarter of the time, and verified, so that a slip gives no prime away.
    """
    # Our own key: looking anew whether its primes are prime takes longer than signing.
    key = serialization.load_der_private_key(private, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey)  # as `new_keys` made it
    secret = key.private_numbers()
    n, e = secret.public_numbers.n, secret.public_numbers.e
    message = int.from_bytes(blinded, "big")
    if len(blinded) != _size(n) or not 0 < message < n:
        raise Invalid.field(
            "blinded", Code.INVALID, "a blinded message of the key's size", "pesan buta seukuran kunci"
        )
    while gcd(mask := secrets.randbelow(n - 2) + 2, n) != 1:
        pass
    masked = message * pow(mask, e, n) % n
    by_p, by_q = pow(masked, secret.dmp1, secret.p), pow(masked, secret.dmq1, secret.q)
    signed = (by_q + secret.q * (secret.iqmp * (by_p - by_q) % secret.p)) * pow(mask, -1, n) % n
    if pow(signed, e, n) != message:
        raise ArithmeticError("blind signature does not verify")
    return signed.to_bytes(_size(n), "big")


def _size(n: int) -> int:
    """How many bytes a number below `n` takes."""
    return (n.bit_length() + 7) // 8


def is_signed(public: bytes, prefix: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this key signed the message with its prefix: an RSA-PSS signature like any other."""
    if len(prefix) != PREFIX_BYTES:
        return False
    key = serialization.load_der_public_key(public)
    assert isinstance(key, rsa.RSAPublicKey)
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), SALT_BYTES)
    try:
        key.verify(signature, prefix + message, scheme, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
