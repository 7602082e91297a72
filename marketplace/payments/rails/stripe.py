"""Stripe: PaymentIntents taken at once or held first, refunds, and transfers to connected accounts.

Sources: docs.stripe.com/payments/payment-intents, /payments/place-a-hold-on-a-payment-method,
/api/idempotent_requests, /webhooks/signature, /connect/separate-charges-and-transfers. Stripe counts IDR in
hundredths of a rupiah. A saved 5xx is answered again to the same idempotency key, so that what was lost is looked for
in lists, by our id in the metadata, and never made again on a guess.
"""

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
import stripe

from marketplace import clock
from marketplace.payments.gateway import (
    Capabilities,
    Charge,
    ChargeOutcome,
    Destination,
    GatewayRefused,
    GatewayUnreachable,
    Intent,
    PaymentChannel,
    Returned,
    Said,
    Sent,
    SignatureRefused,
    Subject,
    Theirs,
    texts,
)
from marketplace.payments.models import RailAccount
from marketplace.settings import Settings

#: Hundredths that Stripe counts in a rupiah.
PER_RUPIAH = 100
TIMEOUT_S = 15
TOLERANCE_S = 300
#: Things looked through in one of Stripe's lists, at most.
MOST_LISTED = 2_000

#: What a PaymentIntent's status means. A refused card leaves the intent open: another card may be tried.
OUTCOMES = {
    "requires_payment_method": ChargeOutcome.PENDING,
    "requires_confirmation": ChargeOutcome.PENDING,
    "requires_action": ChargeOutcome.PENDING,
    "processing": ChargeOutcome.PENDING,
    "requires_capture": ChargeOutcome.AUTHORISED,
    "canceled": ChargeOutcome.FAILED,
    "succeeded": ChargeOutcome.SUCCEEDED,
}
RETURNS = {
    "succeeded": ChargeOutcome.SUCCEEDED,
    "failed": ChargeOutcome.FAILED,
    "canceled": ChargeOutcome.FAILED,
}
#: The metadata in which our ids travel, by what an event speaks of.
NAMES = {Subject.PAYMENT: "payment_id", Subject.REFUND: "refund_id", Subject.PAYOUT: "payout_id"}
SUBJECTS = {
    "payment_intent": Subject.PAYMENT,
    "refund": Subject.REFUND,
    "transfer": Subject.PAYOUT,
}


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
        self._http = stripe.HTTPXClient(timeout=TIMEOUT_S)
        self._client = stripe.StripeClient(
            secrets["secret_key"],
            http_client=self._http,
            base_addresses={"api": settings.stripe_url},
            max_network_retries=1,
        )
        self.channels: Mapping[PaymentChannel, Capabilities] = {
            PaymentChannel.CARD: Capabilities(captures_later=self._is_held_first, refund_window=timedelta(days=180))
        }

    @property
    def pays_out(self) -> bool:
        return self._connects

    async def charge(self, intent: Intent) -> Charge:
        params: Any = {
            "amount": intent.amount * PER_RUPIAH,
            "currency": "idr",
            "metadata": {"payment_id": str(intent.id), "order": intent.description},
            "payment_method_types": ["card"],
            "capture_method": "manual" if self._is_held_first else "automatic",
        }
        if self._connects:
            params["transfer_group"] = intent.id.hex
        try:
            made = await self._call(
                self._client.v1.payment_intents.create_async(params, {"idempotency_key": f"pi-{intent.id}"})
            )
        except GatewayRefused as refused:
            return Charge(ChargeOutcome.FAILED, failure=refused.failure)
        return self._charge_of(made)

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        if reference:
            params: Any = {"expand": ["latest_charge.balance_transaction"]}
            try:
                return self._charge_of(
                    await self._call(self._client.v1.payment_intents.retrieve_async(reference, params))
                )
            except GatewayRefused:
                return None
        since = (intent.made_at or clock.now()) - timedelta(minutes=5)
        async for found in self._listed(since):
            if _ours(found, Subject.PAYMENT) == intent.id:
                return await self.find(intent, found["id"])
        return None

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        params: Any = {
            "amount_to_capture": amount * PER_RUPIAH,
            "expand": ["latest_charge.balance_transaction"],
        }
        options: Any = {"idempotency_key": f"capture-{payment_id}"}
        return self._charge_of(
            await self._call(self._client.v1.payment_intents.capture_async(reference, params, options))
        )

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        with contextlib.suppress(GatewayRefused):  # paid or ended already: look
            await self._call(self._client.v1.payment_intents.cancel_async(reference))
        found = await self.find(Intent(payment_id, 0, ""), reference)
        return found or Charge(ChargeOutcome.FAILED, reference, "NEVER_ARRIVED")

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        listing: Any = {"payment_intent": reference, "limit": 100}
        params: Any = {
            "payment_intent": reference,
            "amount": amount * PER_RUPIAH,
            "metadata": {"refund_id": str(refund_id)},
        }
        try:
            made = await self._call(self._client.v1.refunds.list_async(listing))
            found = next((one for one in made["data"] if _ours(one, Subject.REFUND) == refund_id), None)
            if found is None:
                found = await self._call(
                    self._client.v1.refunds.create_async(params, {"idempotency_key": f"re-{refund_id}"})
                )
        except GatewayRefused as refused:
            return Returned(ChargeOutcome.FAILED, failure=refused.failure)
        failure = str(found.get("failure_reason") or "")
        return Returned(RETURNS.get(found["status"], ChargeOutcome.PENDING), found["id"], failure)

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
        try:
            made = await self._call(
                self._client.v1.transfers.create_async(params, {"idempotency_key": f"tr-{payout_id}"})
            )
        except GatewayRefused as refused:
            return Sent(ChargeOutcome.FAILED, failure=refused.failure)
        return _sent(made)

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        params: Any = {"transfer_group": payout_id.hex, "limit": 10}
        found = await self._call(self._client.v1.transfers.list_async(params))
        return next((_sent(one) for one in found["data"] if _ours(one, Subject.PAYOUT) == payout_id), None)

    async def take_back(self, *, payout_id: UUID, reference: str, amount: int) -> Sent:
        """A reversal: out of the connected account's balance. Raises GatewayRefused, GatewayUnreachable."""
        params: Any = {"amount": amount * PER_RUPIAH, "metadata": {"payout_id": str(payout_id)}}
        options: Any = {"idempotency_key": f"trr-{payout_id}"}
        await self._call(self._client.v1.transfers.reversals.create_async(reference, params, options))
        return Sent(ChargeOutcome.FAILED, reference, "REVERSED")

    async def list_since(self, moment: datetime) -> AsyncIterator[Theirs]:
        async for found in self._listed(moment):
            yield self._theirs(found)

    async def find_theirs(self, reference: str) -> Theirs | None:
        try:
            params: Any = {"expand": ["latest_charge.balance_transaction"]}
            return self._theirs(await self._call(self._client.v1.payment_intents.retrieve_async(reference, params)))
        except GatewayRefused:
            return None

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        self._verify(headers.get("stripe-signature", ""), body)
        event = orjson.loads(body)
        try:
            kind, id, about = str(event["type"]), str(event["id"]), event["data"]["object"]
            is_live, reference = bool(event["livemode"]), str(about.get("id", ""))
            metadata, amount = about.get("metadata") or {}, about.get("amount")
        except (KeyError, TypeError, AttributeError) as cause:
            raise ValueError("not an event") from cause
        if is_live is not self._is_live:
            raise ValueError("a test event on a live account, or the reverse")
        subject = SUBJECTS.get(str(about.get("object")), Subject.OTHER)
        ours = _uuid(metadata.get(NAMES.get(subject, ""))) if isinstance(metadata, dict) else None
        rupiah = amount // PER_RUPIAH if isinstance(amount, int) else None
        return Said(id[:120], kind[:60], subject, ours, reference[:120], rupiah)

    async def close(self) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]  # stripe leaves it untyped

    def _verify(self, header: str, body: bytes) -> None:
        for secret in self._secrets:
            with contextlib.suppress(stripe.SignatureVerificationError, UnicodeDecodeError):
                stripe.WebhookSignature.verify_header(body.decode(), header, secret, TOLERANCE_S)
                return
        raise SignatureRefused("wrong signature, or signed too long ago")

    async def _listed(self, since: datetime) -> AsyncIterator[dict[str, Any]]:
        params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100}
        seen = 0
        while True:
            page = await self._call(self._client.v1.payment_intents.list_async(params))
            for found in page["data"]:
                yield found
            seen += len(page["data"])
            if not page["has_more"] or not page["data"] or seen >= MOST_LISTED:
                return
            params["starting_after"] = page["data"][-1]["id"]

    async def _call(self, call: Any) -> dict[str, Any]:
        """Await one call. What says that nothing happened is GatewayRefused; all else is not known."""
        try:
            answer: Any = await call
            values: dict[str, Any] = answer.to_dict()
            return values
        except (stripe.CardError, stripe.InvalidRequestError) as refused:
            raise GatewayRefused(str(refused.code or "REFUSED").upper()) from refused
        except stripe.StripeError as unknown:
            raise GatewayUnreachable from unknown

    def _theirs(self, found: Mapping[str, Any]) -> Theirs:
        charge = self._charge_of(found)
        return Theirs(
            reference=found["id"],
            our_id=_ours(found, Subject.PAYMENT),
            amount=charge.amount or found["amount"] // PER_RUPIAH,
            succeeded=charge.outcome is ChargeOutcome.SUCCEEDED,
            made_at=datetime.fromtimestamp(found["created"], UTC),
            fee=charge.fee,
        )

    def _charge_of(self, made: Mapping[str, Any]) -> Charge:
        outcome = OUTCOMES.get(made["status"], ChargeOutcome.PENDING)
        error = made.get("last_payment_error")
        failure = str(error.get("decline_code") or error.get("code") or "") if error else ""
        if outcome is ChargeOutcome.FAILED:
            failure = failure or "CANCELLED"
        is_taken = outcome is ChargeOutcome.SUCCEEDED
        is_open = outcome is ChargeOutcome.PENDING
        return Charge(
            outcome=outcome,
            reference=made["id"],
            failure=failure.upper()[:60],
            amount=made.get("amount_received", made["amount"]) // PER_RUPIAH if is_taken else None,
            fee=_fee(made.get("latest_charge")) if is_taken else None,
            channel=PaymentChannel.CARD,
            instructions=texts({"client_secret": made.get("client_secret"), "publishable_key": self._publishable})
            if is_open
            else {},
        )


def _sent(transfer: Mapping[str, Any]) -> Sent:
    is_back = bool(transfer.get("reversed"))
    outcome = ChargeOutcome.FAILED if is_back else ChargeOutcome.SUCCEEDED
    return Sent(outcome, transfer["id"], "REVERSED" if is_back else "")


def _fee(charge: Any) -> int | None:
    """What Stripe kept, in whole rupiah rounded up; None where the account isn't settled in rupiah."""
    booked = charge.get("balance_transaction") if isinstance(charge, dict) else None
    if not isinstance(booked, dict) or booked.get("currency") != "idr":
        return None
    return int(-(-booked["fee"] // PER_RUPIAH))


def _ours(found: Mapping[str, Any], subject: Subject) -> UUID | None:
    metadata = found.get("metadata")
    return _uuid(metadata.get(NAMES[subject])) if isinstance(metadata, dict) else None


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
