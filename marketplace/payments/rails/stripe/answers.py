"""What Stripe's objects say, in the port's words. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from marketplace.payments.gateway import Charge, ChargeOutcome, PaymentChannel, Returned, Sent, Subject, texts

#: Hundredths that Stripe counts in a rupiah.
PER_RUPIAH = 100
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
#: The metadata in which our ids travel, by what is spoken of.
NAMES = {Subject.PAYMENT: "payment_id", Subject.REFUND: "refund_id", Subject.PAYOUT: "payout_id"}


def charge_of(intent: Mapping[str, Any], publishable_key: str) -> Charge:
    """A PaymentIntent as a charge. `publishable_key` goes to the buyer beside its client secret."""
    outcome = OUTCOMES.get(intent["status"], ChargeOutcome.PENDING)
    error = intent.get("last_payment_error")
    failure = str(error.get("decline_code") or error.get("code") or "") if error else ""
    if outcome is ChargeOutcome.FAILED:
        failure = failure or "CANCELLED"
    is_taken = outcome is ChargeOutcome.SUCCEEDED
    is_open = outcome is ChargeOutcome.PENDING
    return Charge(
        outcome=outcome,
        reference=intent["id"],
        failure=failure.upper()[:60],
        amount=intent.get("amount_received", intent["amount"]) // PER_RUPIAH if is_taken else None,
        fee=_fee(intent.get("latest_charge")) if is_taken else None,
        channel=PaymentChannel.CARD,
        instructions=texts({"client_secret": intent.get("client_secret"), "publishable_key": publishable_key})
        if is_open
        else {},
    )


def page_charge_of(session: Mapping[str, Any]) -> Charge:
    """A Checkout Session, its intent expanded, as a charge.

    Once the buyer is through, all is its intent's, the reference too, so that captures and refunds go by it. Until
    then the reference is the session's own: Stripe makes the intent when the buyer pays and lets nobody else end it.
    """
    intent, status = session.get("payment_intent"), session.get("status")
    found = charge_of(intent, "") if isinstance(intent, dict) else None
    if found and (status == "complete" or found.outcome in (ChargeOutcome.SUCCEEDED, ChargeOutcome.AUTHORISED)):
        return replace(found, instructions={})
    has_ended = status == "expired"
    return Charge(
        outcome=ChargeOutcome.FAILED if has_ended else ChargeOutcome.PENDING,
        reference=session["id"],
        failure="EXPIRED" if has_ended else found.failure if found else "",
        channel=PaymentChannel.CARD,
        instructions={} if has_ended else texts({"url": session.get("url")}),
    )


def returned(refund: Mapping[str, Any]) -> Returned:
    """A refund."""
    failure = str(refund.get("failure_reason") or "")
    return Returned(RETURNS.get(refund["status"], ChargeOutcome.PENDING), refund["id"], failure)


def sent(transfer: Mapping[str, Any]) -> Sent:
    """A transfer to a connected account; one that was taken back has failed."""
    is_back = bool(transfer.get("reversed"))
    outcome = ChargeOutcome.FAILED if is_back else ChargeOutcome.SUCCEEDED
    return Sent(outcome, transfer["id"], "REVERSED" if is_back else "")


def our_id(found: Mapping[str, Any], subject: Subject) -> UUID | None:
    """The id of ours in an object's metadata."""
    metadata = found.get("metadata")
    try:
        return UUID(str(metadata.get(NAMES.get(subject, "")))) if isinstance(metadata, dict) else None
    except ValueError:
        return None


def _fee(charge: Any) -> int | None:
    """What Stripe kept, in whole rupiah rounded up; None where the account isn't settled in rupiah."""
    booked = charge.get("balance_transaction") if isinstance(charge, dict) else None
    if not isinstance(booked, dict) or booked.get("currency") != "idr":
        return None
    return int(-(-booked["fee"] // PER_RUPIAH))
