"""Asks Midtrans' two APIs, and says of every call whether it was carried out, refused, or nothing is known of it."""

from typing import Any

import httpx
import orjson

from marketplace import outgoing
from marketplace.payments.gateway import GatewayRefused, GatewayUnreachable
from marketplace.settings import Settings

TIMEOUT_S = 15
LARGEST_ANSWER = 1_048_576
URLS = {
    "sandbox": ("https://api.sandbox.midtrans.com", "https://app.sandbox.midtrans.com/iris"),
    "production": ("https://api.midtrans.com", "https://app.midtrans.com/iris"),
}


class MidtransClient:
    """Calls to the Core API by the server key, and to the Payouts API by the key that a call names."""

    def __init__(self, settings: Settings, *, environment: str, server_key: str) -> None:
        core, payouts = URLS[environment]
        limits = httpx.Limits(max_connections=20)
        self._core = outgoing.http(
            base_url=settings.midtrans_url or core, auth=(server_key, ""), timeout=TIMEOUT_S, limits=limits
        )
        self._payouts = outgoing.http(
            base_url=settings.midtrans_payouts_url or payouts, timeout=TIMEOUT_S, limits=limits
        )

    async def ask(
        self, method: str, path: str, body: object = None, *, key: str = "", payouts: str | None = None
    ) -> dict[str, Any]:
        """One call, of the Payouts API where `payouts` is a key of it.

        GatewayRefused carries Midtrans' status code; anything unclear is GatewayUnreachable.
        """
        client, name = (self._payouts, "X-Idempotency-Key") if payouts else (self._core, "Idempotency-Key")
        headers = {"Accept": "application/json"} | ({name: key} if key else {})
        auth = httpx.BasicAuth(payouts, "") if payouts else httpx.USE_CLIENT_DEFAULT
        try:
            answer = await client.request(
                method, path, json=body if method == "POST" else None, headers=headers, auth=auth
            )
            found = orjson.loads(answer.content) if len(answer.content) <= LARGEST_ANSWER else None
        except (httpx.HTTPError, orjson.JSONDecodeError) as unknown:
            raise GatewayUnreachable from unknown
        if not isinstance(found, dict):
            raise GatewayUnreachable
        code = int(found["status_code"]) if str(found.get("status_code", "")).isdigit() else answer.status_code
        # 202 is a denied charge when it has a transaction, and a request still under way when not
        if code == 429 or code >= 500 or (code == 202 and "transaction_status" not in found and not payouts):
            raise GatewayUnreachable
        if code >= 400:
            raise GatewayRefused(str(code))
        return found

    async def close(self) -> None:
        """Let go of connections."""
        await self._core.aclose()
        await self._payouts.aclose()
