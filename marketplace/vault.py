"""Secrets at rest: AES-256-GCM, bound to the row that holds them, under keys that the operator may change.

A sealed text is `1.<key's name>.<base64 of nonce and ciphertext>`. The first key of the settings seals; the others
still open what they sealed, until `lumbung reseal-credentials` has written all anew.
"""

import base64
import binascii
import hmac
import os
from hashlib import sha256
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from marketplace.errors import Code, MarketplaceError
from marketplace.settings import Settings

NONCE_BYTES = 12


class CredentialsSealed(MarketplaceError):
    """The stored credentials can't be opened with this node's keys: the operator must give the key they were sealed with, or an officer set them anew."""  # noqa: E501  # the docstring is the message

    code = Code.UNAVAILABLE
    pesan = "Kredensial tersimpan tidak dapat dibuka: hubungi operator node, atau pengurus mengisinya kembali."


class Vault:
    """Seals and opens with the node's keys."""

    def __init__(self, settings: Settings) -> None:
        given = settings.credentials_keys.get_secret_value()
        secrets = [part.strip() for part in given.split(",") if part.strip()]
        if not secrets:
            secrets = [settings.secret_key.get_secret_value()]
        self._keys = {}
        self._marking = []
        for secret in secrets:
            key = HKDF(SHA256(), 32, salt=None, info=b"lumbung credentials v1").derive(secret.encode())
            self._keys[sha256(key).hexdigest()[:8]] = AESGCM(key)
            self._marking.append(HKDF(SHA256(), 32, salt=None, info=b"lumbung marks v1").derive(secret.encode()))
        self._name = next(iter(self._keys))

    def seal(self, values: dict[str, str], *, row_id: UUID, owner_id: UUID) -> str:
        """The values as one text that only this row of this owner can give back."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._keys[self._name].encrypt(nonce, orjson.dumps(values), _bound(row_id, owner_id))
        return f"1.{self._name}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, text: str, *, row_id: UUID, owner_id: UUID) -> dict[str, str]:
        """What was sealed. Raises CredentialsSealed when no key opens it, or it stands in another's row."""
        version, _, rest = text.partition(".")
        name, _, body = rest.partition(".")
        key = self._keys.get(name)
        if version != "1" or key is None:
            raise CredentialsSealed
        try:
            raw = base64.b64decode(body, validate=True)
            found = key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _bound(row_id, owner_id))
        except (binascii.Error, InvalidTag, ValueError) as cause:
            raise CredentialsSealed from cause
        values: dict[str, str] = orjson.loads(found)
        return values

    def marks(self, text: str, *, owner_id: UUID) -> list[str]:
        """By what a text of this owner is known again without being read: one a key, that of the newest first."""
        return [hmac.digest(key, owner_id.bytes + text.encode(), "sha256").hex() for key in self._marking]

    def is_fresh(self, text: str) -> bool:
        """Whether it was sealed with the key that seals now."""
        return text.startswith(f"1.{self._name}.")


def _bound(row_id: UUID, owner_id: UUID) -> bytes:
    return row_id.bytes + owner_id.bytes
