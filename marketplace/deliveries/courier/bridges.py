"""How two parties are put through to each other without either seeing the other's number: a port, and what fills it.

A bridge is called outside any transaction. It answers the number that the caller dials, or that it rings both itself.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import anyio
import httpx
import orjson
import structlog

from marketplace import clock, outgoing
from marketplace.errors import Code, MarketplaceError
from marketplace.identity.phones import masked, normalised
from marketplace.identity.senders import GatewaySender
from marketplace.settings import Settings

log = structlog.get_logger()
TIMEOUT_S = 10.0
#: What the console's bridge says is to be dialled: a number of nobody.
NOBODYS_NUMBER = "+620000000000"


class NotBridged(MarketplaceError):
    """You could not be put through: send a message, or try again in a while."""

    code = Code.UNAVAILABLE
    pesan = "Telepon tidak dapat disambungkan: kirim pesan, atau coba lagi sebentar."
    retryable = True


@dataclass(frozen=True, slots=True)
class Call:
    """Who is to speak with whom. `reference` names the call for the gateway: sent again, it is the same call."""

    reference: str
    caller: str
    callee: str


@dataclass(frozen=True, slots=True)
class Bridged:
    """How it goes on: `number` is dialled by the caller; empty where the bridge rings both."""

    number: str = ""
    is_simulated: bool = False


class CallBridge(Protocol):
    """Puts a caller through to another, each behind a number that is neither's own."""

    async def connect(self, call: Call) -> Bridged:
        """Raises NotBridged when the call surely was not put through."""


class ConsoleBridge:
    """For development: nobody is rung; the call stands in the log and in `outgoing-calls.jsonl`, numbers masked."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "outgoing-calls.jsonl"

    async def connect(self, call: Call) -> Bridged:
        told = {"reference": call.reference, "caller": masked(call.caller), "callee": masked(call.callee)}
        log.info("simulated call", **told)
        line = orjson.dumps({**told, "at": clock.now()}) + b"\n"
        await anyio.to_thread.run_sync(self._append, line)
        return Bridged(NOBODYS_NUMBER, is_simulated=True)

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab", buffering=0) as file:
            file.write(line)


class NoBridge:
    """Where no gateway is set up: says so, rather than pretend, or give a number away."""

    async def connect(self, call: Call) -> Bridged:
        raise NotBridged


class GatewayBridge:
    """By the operator's webhook, signed as one-time codes are.

    Posts `{"reference", "caller", "callee", "kind": "call"}`; it answers `{"number": "+62…"}` to be dialled by the
    caller, or `{}` when it rings both.
    """

    def __init__(self, url: str, secret: str, client: httpx.AsyncClient | None = None) -> None:
        self._gateway = GatewaySender(url, secret)
        self._client = client or outgoing.http(timeout=TIMEOUT_S)

    async def connect(self, call: Call) -> Bridged:
        body = orjson.dumps(
            {"reference": call.reference, "caller": call.caller, "callee": call.callee, "kind": "call"}
        )
        headers = {"Content-Type": "application/json", "Lumbung-Signature": self._gateway.signature(body)}
        try:
            answer = await self._client.post(self._gateway.url, content=body, headers=headers)
            answer.raise_for_status()
            number = str((orjson.loads(answer.content) or {}).get("number") or "")[:40]
            return Bridged(normalised(number) if number else "")
        except (httpx.HTTPError, orjson.JSONDecodeError, AttributeError, MarketplaceError) as cause:
            raise NotBridged from cause


def bridge_for(settings: Settings) -> CallBridge:
    """Twilio or the operator's own gateway, where one is set; the console in development only."""
    if settings.twilio_account:
        from marketplace.deliveries.courier.twilio import TwilioBridge  # it builds on this module

        token = settings.twilio_token.get_secret_value()
        return TwilioBridge(settings.twilio_account, token, settings.twilio_number, url=settings.twilio_url)
    if settings.call_gateway_url:
        return GatewayBridge(settings.call_gateway_url, settings.call_gateway_secret.get_secret_value())
    return NoBridge() if settings.is_production else ConsoleBridge(settings.folder)
