"""Personal numbers (NPWP) are kept sealed: AES-256-GCM under a key derived from the node's secret."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from marketplace.identity.tokens import derived

_NONCE_BYTES = 12


def _cipher() -> AESGCM:
    return AESGCM(derived("seal-personal-number", b"npwp"))


def seal(number: str) -> str:
    """The number, sealed, as text."""
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, number.encode(), None)).decode()


def unseal(sealed: str) -> str | None:
    """The number; None when it was sealed under another secret."""
    raw = base64.b64decode(sealed)
    try:
        return _cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], None).decode()
    except InvalidTag:
        return None
