"""Calls to Stripe's API by one secret key."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import stripe

from marketplace.payments.gateway import GatewayRefused, GatewayUnreachable
from marketplace.settings import Settings

TIMEOUT_S = 15
#: Things looked through in one of Stripe's lists, at most.
MOST_LISTED = 2_000
#: The version of the API that is spoken, whichever one the library would choose by itself: from 2026-09-30 on Stripe
#: refuses `payment_method_types`, and each later one may refuse something else.
API_VERSION = "2026-08-26.dahlia"


class Client:
    """Stripe's own client, with what it raises in the port's words."""

    def __init__(self, settings: Settings, secret_key: str) -> None:
        self._http = stripe.HTTPXClient(timeout=TIMEOUT_S)
        self.v1 = stripe.StripeClient(
            secret_key,
            http_client=self._http,
            stripe_version=API_VERSION,
            base_addresses={"api": settings.stripe_url},
            max_network_retries=1,
        ).v1

    async def ask(self, call: Any) -> dict[str, Any]:
        """Await one call. What says that nothing happened is GatewayRefused; all else is not known."""
        try:
            answer: Any = await call
            values: dict[str, Any] = answer.to_dict()
            return values
        except (stripe.CardError, stripe.InvalidRequestError) as refused:
            raise GatewayRefused(str(refused.code or "REFUSED").upper()) from refused
        except stripe.StripeError as unknown:
            raise GatewayUnreachable from unknown

    async def list_since(self, things: Any, moment: datetime) -> AsyncIterator[dict[str, Any]]:
        """What `things` (`v1.payment_intents`) lists as made since then, newest first."""
        params: Any = {"created": {"gte": int(moment.timestamp())}, "limit": 100}
        seen = 0
        while True:
            page = await self.ask(things.list_async(params))
            for found in page["data"]:
                yield found
            seen += len(page["data"])
            if not page["has_more"] or not page["data"] or seen >= MOST_LISTED:
                return
            params["starting_after"] = page["data"][-1]["id"]

    async def close(self) -> None:
        """Let go of connections."""
        await self._http.close_async()  # type: ignore[no-untyped-call]  # stripe leaves it untyped
