"""A motion's signing key as it is kept: sealed with the node's secret; a copy of the database signs nothing."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from marketplace.identity.tokens import derived

_NONCE_BYTES = 12


def _cipher() -> AESGCM:
    return AESGCM(derived("seal-ballot-key", b"rsabssa"))


def sealed(private: bytes) -> str:
    """The key as text."""
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, private, None)).decode()


def unsealed(text: str) -> bytes:
    """The key. Raises InvalidTag when it was sealed under another secret."""
    raw = base64.b64decode(text)
    return _cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None)
