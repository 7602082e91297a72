"""The gateway to one co-op's Stripe account."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.payments.gateway import (
    Capabilities,
    Charge,
    ChargeOutcome,
    Destination,
    GatewayRefused,
    Intent,
    PaymentChannel,
    Returned,
    Said,
    Sent,
    Subject,
    Theirs,
)
from marketplace.payments.models import RailAccount
from marketplace.payments.rails.stripe import answers, events, pages
from marketplace.payments.rails.stripe.answers import PER_RUPIAH, our_id
from marketplace.payments.rails.stripe.client import Client
from marketplace.settings import Settings

#: With an intent comes what Stripe kept of it.
WITH_FEE = "latest_charge.balance_transaction"


class StripeGateway:
    """One co-op's Stripe account."""

    name = "STRIPE"
    is_simulated = False

    def __init__(
        self, settings: Settings, account: RailAccount, secrets: Mapping[str, str], former: Mapping[str, str]
    ) -> None:
        self.account_id: UUID | None = account.id
        options = account.options
        self._is_held_first = bool(options.get("manual_capture"))
        self._connects = bool(options.get("connect"))
        self._publishable = str(options.get("publishable_key", ""))
        self._secrets = [found for kept in (secrets, former) if (found := kept.get("webhook_secret"))]
        self._is_live = secrets["secret_key"].startswith(("sk_live_", "rk_live_"))
        self._client = Client(settings, secrets["secret_key"])
        self.channels: Mapping[PaymentChannel, Capabilities] = {
            PaymentChannel.CARD: Capabilities(captures_later=self._is_held_first, refund_window=timedelta(days=180))
        }

    @property
    def pays_out(self) -> bool:
        return self._connects

    async def charge(self, intent: Intent) -> Charge:
        """A page of Stripe's where it is said whereto that leads back, else an intent for the client's own form."""
        details: dict[str, Any] = {
            "metadata": {"payment_id": str(intent.id), "order": intent.description},
            "capture_method": "manual" if self._is_held_first else "automatic",
        }
        if self._connects:
            details["transfer_group"] = intent.id.hex
        try:
            return await (self._open_page if intent.return_url else self._open_intent)(intent, details)
        except GatewayRefused as refused:
            return Charge(ChargeOutcome.FAILED, failure=refused.failure)

    async def _open_page(self, intent: Intent, details: dict[str, Any]) -> Charge:
        params: Any = pages.session(intent, details=details, now=clock.now())
        options: Any = {"idempotency_key": f"cs-{intent.id}"}
        sessions = self._client.v1.checkout.sessions
        return answers.page_charge_of(await self._client.ask(sessions.create_async(params, options)))

    async def _open_intent(self, intent: Intent, details: dict[str, Any]) -> Charge:
        params: Any = {
            "amount": intent.amount * PER_RUPIAH,
            "currency": "idr",
            "payment_method_types": ["card"],
            **details,
        }
        options: Any = {"idempotency_key": f"pi-{intent.id}"}
        return self._charge_of(await self._client.ask(self._client.v1.payment_intents.create_async(params, options)))

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        try:
            if reference.startswith(pages.PREFIX):
                return await self._page(reference)
            if reference:
                return self._charge_of(await self._intent(reference))
        except GatewayRefused:
            return None
        since = (intent.made_at or clock.now()) - timedelta(minutes=5)
        # A page first: an intent that came of one is the page's to end.
        for things in (self._client.v1.checkout.sessions, self._client.v1.payment_intents):
            async for found in self._client.list_since(things, since):
                if our_id(found, Subject.PAYMENT) == intent.id:
                    return await self.find(intent, found["id"])
        return None

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        params: Any = {"amount_to_capture": amount * PER_RUPIAH, "expand": [WITH_FEE]}
        options: Any = {"idempotency_key": f"capture-{payment_id}"}
        intents = self._client.v1.payment_intents
        return self._charge_of(await self._client.ask(intents.capture_async(reference, params, options)))

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        v1 = self._client.v1
        is_page = reference.startswith(pages.PREFIX)
        ending = v1.checkout.sessions.expire_async if is_page else v1.payment_intents.cancel_async
        with contextlib.suppress(GatewayRefused):  # paid or ended already: look
            await self._client.ask(ending(reference))
        found = await self.find(Intent(payment_id, 0, ""), reference)
        return found or Charge(ChargeOutcome.FAILED, reference, "NEVER_ARRIVED")

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        refunds = self._client.v1.refunds
        listing: Any = {"payment_intent": reference, "limit": 100}
        params: Any = {
            "payment_intent": reference,
            "amount": amount * PER_RUPIAH,
            "metadata": {"refund_id": str(refund_id)},
        }
        try:
            made = await self._client.ask(refunds.list_async(listing))
            found = next((one for one in made["data"] if our_id(one, Subject.REFUND) == refund_id), None)
            if found is None:
                found = await self._client.ask(refunds.create_async(params, {"idempotency_key": f"re-{refund_id}"}))
        except GatewayRefused as refused:
            return Returned(ChargeOutcome.FAILED, failure=refused.failure)
        return answers.returned(found)

    async def pay_out(self, *, payout_id: UUID, amount: int, to: Destination, note: str) -> Sent:
        """A transfer to a connected account: `to.number` is its id, `acct_…`."""
        params: Any = {
            "amount": amount * PER_RUPIAH,
            "currency": "idr",
            "destination": to.number,
            "description": note,
            "metadata": {"payout_id": str(payout_id)},
            "transfer_group": payout_id.hex,
        }
        transfers = self._client.v1.transfers
        try:
            made = await self._client.ask(transfers.create_async(params, {"idempotency_key": f"tr-{payout_id}"}))
        except GatewayRefused as refused:
            return Sent(ChargeOutcome.FAILED, failure=refused.failure)
        return answers.sent(made)

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        params: Any = {"transfer_group": payout_id.hex, "limit": 10}
        found = await self._client.ask(self._client.v1.transfers.list_async(params))
        return next((answers.sent(one) for one in found["data"] if our_id(one, Subject.PAYOUT) == payout_id), None)

    async def take_back(self, *, payout_id: UUID, reference: str, amount: int) -> Sent:
        """A reversal: out of the connected account's balance. Raises GatewayRefused, GatewayUnreachable."""
        params: Any = {"amount": amount * PER_RUPIAH, "metadata": {"payout_id": str(payout_id)}}
        options: Any = {"idempotency_key": f"trr-{payout_id}"}
        await self._client.ask(self._client.v1.transfers.reversals.create_async(reference, params, options))
        return Sent(ChargeOutcome.FAILED, reference, "REVERSED")

    async def list_since(self, moment: datetime) -> AsyncIterator[Theirs]:
        async for found in self._client.list_since(self._client.v1.payment_intents, moment):
            yield self._theirs(found)

    async def find_theirs(self, reference: str) -> Theirs | None:
        try:
            return self._theirs(await self._intent(reference))
        except GatewayRefused:
            return None

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        return events.read(headers, body, secrets=self._secrets, is_live=self._is_live)

    async def close(self) -> None:
        await self._client.close()

    async def _intent(self, reference: str) -> dict[str, Any]:
        params: Any = {"expand": [WITH_FEE]}
        return await self._client.ask(self._client.v1.payment_intents.retrieve_async(reference, params))

    async def _page(self, reference: str) -> Charge:
        params: Any = {"expand": [f"payment_intent.{WITH_FEE}"]}
        sessions = self._client.v1.checkout.sessions
        return answers.page_charge_of(await self._client.ask(sessions.retrieve_async(reference, params)))

    def _charge_of(self, made: Mapping[str, Any]) -> Charge:
        return answers.charge_of(made, self._publishable)

    def _theirs(self, found: Mapping[str, Any]) -> Theirs:
        charge = self._charge_of(found)
        return Theirs(
            reference=found["id"],
            our_id=our_id(found, Subject.PAYMENT),
            amount=charge.amount or found["amount"] // PER_RUPIAH,
            succeeded=charge.outcome is ChargeOutcome.SUCCEEDED,
            made_at=datetime.fromtimestamp(found["created"], UTC),
            fee=charge.fee,
        )
