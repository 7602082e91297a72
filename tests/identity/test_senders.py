"""Codes leave the node signed, or not at all."""

import hashlib
import hmac
import json
from datetime import timedelta

import httpx
import pytest

from marketplace.identity.senders import CodeNotSent, ConsoleSender, GatewaySender, NullSender, SmtpSender, sender_for
from marketplace.settings import Mode, Settings

pytestmark = pytest.mark.anyio
LIFE = timedelta(minutes=5)


async def test_the_gateways_request_is_signed_and_in_the_persons_language() -> None:
    seen: list[httpx.Request] = []

    def gateway(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    client = httpx.AsyncClient(transport=httpx.MockTransport(gateway))
    await GatewaySender("https://sms.example/send", "secret", client).send(
        "+62812", "123456", language="en", life=LIFE
    )
    (request,) = seen
    told = dict(part.split("=") for part in request.headers["Lumbung-Signature"].split(","))
    signed = f"{told['t']}.".encode() + request.content
    assert told["v1"] == hmac.new(b"secret", signed, hashlib.sha256).hexdigest()
    assert json.loads(request.content)["text"].startswith("Your Lumbung code: 123456. Good for 5 minutes")


@pytest.mark.parametrize("status", [400, 500])
async def test_a_gateway_that_fails_is_reported(status: int) -> None:
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(status)))
    with pytest.raises(CodeNotSent):
        await GatewaySender("https://sms.example", "s", client).send("+62812", "123456", language="id", life=LIFE)


async def test_a_mail_server_that_is_away_is_reported() -> None:
    with pytest.raises(CodeNotSent):
        await SmtpSender("smtp://127.0.0.1:9", "node@sms.example").send("+62812", "123456", language="id", life=LIFE)


def test_codes_are_written_to_a_file_in_development_only() -> None:
    development = Settings()
    production = Settings(mode=Mode.PRODUCTION, secret_key="x" * 32)
    gateway = Settings(mode=Mode.PRODUCTION, secret_key="x" * 32, code_gateway_url="https://sms.example")
    assert isinstance(sender_for(development), ConsoleSender)
    assert isinstance(sender_for(production), NullSender)
    assert isinstance(sender_for(gateway), GatewaySender)
