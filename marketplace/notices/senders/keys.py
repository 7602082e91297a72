"""The node's web push key (VAPID, RFC 8292): from the settings, else made once and kept in the node's folder."""

import base64
import os
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from marketplace.settings import Settings

FILE = Path("keys") / "web-push.pem"


def private_key(settings: Settings) -> ec.EllipticCurvePrivateKey:
    """The node's key. Losing it makes every browser's subscription worthless: back it up with the folder."""
    given = settings.web_push_private_key.get_secret_value()
    if given:
        return _parse(given)
    path = settings.folder / FILE
    if not path.exists():
        _make(path)
    return _parse(path.read_text())


def public_key(key: ec.EllipticCurvePrivateKey) -> str:
    """The `applicationServerKey` that a browser subscribes with: an uncompressed point, base64url."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _parse(text: str) -> ec.EllipticCurvePrivateKey:
    """A PEM, or the 32 bytes in base64url as other tools print them; raises ValueError."""
    if "-----BEGIN" in text:
        key = load_pem_private_key(text.encode(), password=None)
    else:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key = ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1())
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("LUMBUNG_WEB_PUSH_PRIVATE_KEY: a P-256 private key is needed")
    return key


def _make(path: Path) -> None:
    """Several processes may start at once: the first to link its file into place wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
