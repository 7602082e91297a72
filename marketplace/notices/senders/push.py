"""Web push: encrypted for the browser (RFC 8291), signed by the node (VAPID, RFC 8292)."""

import base64
import os
import time
from urllib.parse import urlsplit

import http_ece
import httpx
import orjson
import structlog
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from marketplace import outgoing
from marketplace.notices.models import PushSubscription
from marketplace.notices.senders import keys, reach
from marketplace.notices.senders.port import Message, NotSent, Recipient
from marketplace.settings import Settings

log = structlog.get_logger()

TIMEOUT_S = 10.0
TOKEN_LIFE_S = 12 * 3600
DEAD = frozenset({404, 410})


class PushSender:
    """Sends to every browser of the recipient; a subscription that the push service forgot is removed."""

    name = "web_push"
    costs_money = False
    uses_mail = False
    uses_push = True

    def __init__(self, settings: Settings, client: httpx.AsyncClient | None = None) -> None:
        self._settings = settings
        self._client = client or outgoing.http(timeout=TIMEOUT_S)
        self._key: ec.EllipticCurvePrivateKey | None = None

    @property
    def key(self) -> ec.EllipticCurvePrivateKey:
        if self._key is None:
            self._key = keys.private_key(self._settings)
        return self._key

    @property
    def public_key(self) -> str:
        """What a browser subscribes with."""
        return keys.public_key(self.key)

    async def send(self, recipient: Recipient, message: Message) -> bool:
        reached, failure = False, ""
        for subscription in await PushSubscription.filter(account_id=recipient.account_id).limit(20):
            try:
                reached |= await self._send_to(subscription, message)
            except (NotSent, reach.Refused) as refused:
                failure = str(refused)
        if failure and not reached:
            raise NotSent(reason=f"web push: {failure}")
        return reached

    async def _send_to(self, subscription: PushSubscription, message: Message) -> bool:
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(message.life_s),
            "Urgency": "high" if message.is_urgent else "normal",
            "Authorization": self._authorization(subscription.endpoint),
        }
        try:
            answer = await reach.post(
                self._client,
                subscription.endpoint,
                encrypted(payload_of(message), subscription.p256dh, subscription.auth),
                headers,
                allow_private=self._settings.allow_private_endpoints,
            )
        except httpx.HTTPError as cause:
            raise NotSent(reason=f"{type(cause).__name__}: {cause}") from cause
        except (ValueError, UnsupportedAlgorithm) as cause:  # keys that are no keys
            log.warning("push subscription removed", reason=str(cause))
            await subscription.delete()
            return False
        if answer.status_code in DEAD:
            await subscription.delete()
            return False
        if not answer.is_success:
            raise NotSent(reason=f"push service answered {answer.status_code}")
        return True

    def _authorization(self, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        claims = {
            "aud": f"{parts.scheme}://{parts.netloc}",
            "exp": int(time.time()) + TOKEN_LIFE_S,
            "sub": self._settings.web_push_subject,
        }
        return f"vapid t={_signed(claims, self.key)}, k={self.public_key}"


def payload_of(message: Message) -> bytes:
    """What the service worker in the browser reads; short enough for every push service (4096 bytes)."""
    body = {
        "title": message.title[:200],
        "body": message.body[:400],
        "url": message.url,
        "tag": message.tag,
        "kind": message.kind,
        "ring": message.is_urgent,
        **({"stop": {"text": message.stop.text, "url": message.stop.url}} if message.stop else {}),
    }
    return orjson.dumps(body)


def encrypted(payload: bytes, p256dh: str, auth: str) -> bytes:
    """The payload for the holder of these keys only; raises ValueError when they are no keys."""
    content: bytes = http_ece.encrypt(
        payload,
        salt=os.urandom(16),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_bytes(p256dh),
        auth_secret=_bytes(auth),
        version="aes128gcm",
    )
    return content


def _signed(claims: dict[str, object], key: ec.EllipticCurvePrivateKey) -> str:
    """A JWT with ES256."""
    head = f"{_text(orjson.dumps({'typ': 'JWT', 'alg': 'ES256'}))}.{_text(orjson.dumps(claims))}"
    r, s = decode_dss_signature(key.sign(head.encode(), ec.ECDSA(SHA256())))
    return f"{head}.{_text(r.to_bytes(32) + s.to_bytes(32))}"


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
