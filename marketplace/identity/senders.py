"""How a one-time code reaches its owner: the console, e-mail, or a gateway for WhatsApp and SMS.

A sender is called outside any transaction. It raises CodeNotSent when the code surely did not go out.
"""

import hashlib
import hmac
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import aiosmtplib
import anyio
import httpx
import orjson
import structlog

from marketplace import clock, outgoing
from marketplace.errors import Code, MarketplaceError
from marketplace.settings import Settings

log = structlog.get_logger()
TIMEOUT_S = 10.0
TEXT = {
    "id": "Kode masuk Lumbung: {code}. Berlaku {minutes} menit. Jangan berikan kepada siapa pun.",
    "en": "Your Lumbung code: {code}. Good for {minutes} minutes. Never give it to anyone.",
}


class CodeNotSent(MarketplaceError):
    """The code could not be sent: try again in a while."""

    code = Code.UNAVAILABLE
    pesan = "Kode tidak dapat dikirim: coba lagi sebentar."
    retryable = True


class CodeSender(Protocol):
    """Sends a one-time code to a phone."""

    @property
    def is_simulated(self) -> bool:
        """Whether nothing leaves the node, so that who asked is shown the code instead."""

    async def send(self, phone: str, code: str, *, language: str, life: timedelta) -> None: ...

    async def tell(self, phone: str, text: str) -> None:
        """Send a plain message, such as a warning."""


def text_of(code: str, language: str, life: timedelta) -> str:
    """The message, in the person's language."""
    return TEXT.get(language, TEXT["id"]).format(code=code, minutes=int(life.total_seconds() // 60))


class ConsoleSender:
    """For development: the code goes to the log and to `outgoing-codes.jsonl` in the node's folder."""

    is_simulated = True

    def __init__(self, folder: Path) -> None:
        self.path = folder / "outgoing-codes.jsonl"

    async def send(self, phone: str, code: str, *, language: str, life: timedelta) -> None:
        log.info("one-time code", phone=phone, code=code)
        line = orjson.dumps({"phone": phone, "code": code, "at": clock.now()}) + b"\n"
        await anyio.to_thread.run_sync(self._append, line)

    async def tell(self, phone: str, text: str) -> None:
        log.info("message", phone=phone, text=text)

    def _append(self, line: bytes) -> None:
        with self.path.open("ab", buffering=0) as file:  # one write: lines of several processes don't mix
            file.write(line)


class NullSender:
    """Where nothing is set up to send: says so, rather than pretend."""

    is_simulated = False

    async def send(self, phone: str, code: str, *, language: str, life: timedelta) -> None:
        raise CodeNotSent

    async def tell(self, phone: str, text: str) -> None:
        raise CodeNotSent


class SmtpSender:
    """By e-mail, to an SMS gateway that takes `<digits>@<domain of mail_from>`."""

    is_simulated = False

    def __init__(self, url: str, mail_from: str) -> None:
        self.url = urlsplit(url)
        self.mail_from = mail_from

    async def send(self, phone: str, code: str, *, language: str, life: timedelta) -> None:
        await self.tell(phone, text_of(code, language, life))

    async def tell(self, phone: str, text: str) -> None:
        message = EmailMessage()
        message["From"] = self.mail_from
        message["To"] = f"{phone.lstrip('+')}@{self.mail_from.rpartition('@')[2]}"
        message["Subject"] = "Lumbung"
        message.set_content(text)
        try:
            await aiosmtplib.send(
                message,
                hostname=self.url.hostname,
                port=self.url.port,
                username=self.url.username,
                password=self.url.password,
                use_tls=self.url.scheme == "smtps",
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError) as cause:
            raise CodeNotSent from cause


class GatewaySender:
    """By a webhook that sends WhatsApp or SMS.

    The body is signed: `Lumbung-Signature: t=<unix time>,v1=<hex HMAC-SHA256 of "<t>.<body>">`.
    """

    is_simulated = False

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self.url = url
        self.secret = secret.encode()
        self.client = client

    async def send(self, phone: str, code: str, *, language: str, life: timedelta) -> None:
        await self._post({"to": phone, "text": text_of(code, language, life), "kind": "one-time-code"})

    async def tell(self, phone: str, text: str) -> None:
        await self._post({"to": phone, "text": text, "kind": "message"})

    async def _post(self, content: dict[str, str]) -> None:
        body = orjson.dumps(content)
        headers = {"Content-Type": "application/json", "Lumbung-Signature": self.signature(body)}
        try:
            if self.client is not None:
                answer = await self.client.post(self.url, content=body, headers=headers, timeout=TIMEOUT_S)
            else:
                async with outgoing.http() as client:
                    answer = await client.post(self.url, content=body, headers=headers, timeout=TIMEOUT_S)
            answer.raise_for_status()
        except httpx.HTTPError as cause:
            raise CodeNotSent from cause

    def signature(self, body: bytes) -> str:
        moment = str(int(clock.now().timestamp()))
        digest = hmac.new(self.secret, f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        return f"t={moment},v1={digest}"


def sender_for(settings: Settings) -> CodeSender:
    """The gateway where one is set, then SMTP; the console in development only."""
    if settings.code_gateway_url:
        return GatewaySender(settings.code_gateway_url, settings.code_gateway_secret.get_secret_value())
    if settings.smtp_url.get_secret_value():
        return SmtpSender(settings.smtp_url.get_secret_value(), settings.mail_from)
    return NullSender() if settings.is_production else ConsoleSender(settings.folder)
