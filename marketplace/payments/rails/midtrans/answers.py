"""What Midtrans' answers say, in the port's words. Pure."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marketplace.payments.gateway import Charge, ChargeOutcome, PaymentChannel, Returned, Sent, texts
from marketplace.payments.rails.fees import fee_of

#: What a transaction's status means; `capture` counts with an accepted fraud status only.
OUTCOMES = {
    "pending": ChargeOutcome.PENDING,
    "authorize": ChargeOutcome.AUTHORISED,
    "capture": ChargeOutcome.SUCCEEDED,
    "settlement": ChargeOutcome.SUCCEEDED,
    "refund": ChargeOutcome.SUCCEEDED,
    "partial_refund": ChargeOutcome.SUCCEEDED,
    "chargeback": ChargeOutcome.SUCCEEDED,
    "partial_chargeback": ChargeOutcome.SUCCEEDED,
    "deny": ChargeOutcome.FAILED,
    "cancel": ChargeOutcome.FAILED,
    "expire": ChargeOutcome.FAILED,
    "failure": ChargeOutcome.FAILED,
}
PAYOUTS = {
    "queued": ChargeOutcome.PENDING,
    "approved": ChargeOutcome.PENDING,
    "processed": ChargeOutcome.PENDING,
    "completed": ChargeOutcome.SUCCEEDED,
    "rejected": ChargeOutcome.FAILED,
    "failed": ChargeOutcome.FAILED,
}
#: Each is a payment type of its own.
WALLETS = ("gopay", "shopeepay")


def charge_of(answer: Mapping[str, Any], fees: object) -> Charge:
    """A transaction as a charge; what Midtrans keeps of it follows from the schedule `fees`, see `fee_of`."""
    status = str(answer.get("transaction_status", ""))
    outcome = OUTCOMES.get(status, ChargeOutcome.PENDING)
    if status == "capture" and answer.get("fraud_status") != "accept":
        outcome = ChargeOutcome.PENDING
    channel = _channel(str(answer.get("payment_type", "")))
    amount = rupiah(answer.get("gross_amount"))
    is_taken = outcome is ChargeOutcome.SUCCEEDED
    return Charge(
        outcome=outcome,
        reference=str(answer.get("transaction_id", ""))[:120],
        failure=status.upper()[:60] if outcome is ChargeOutcome.FAILED else "",
        amount=amount if is_taken else None,
        fee=fee_of(fees, channel, amount) if is_taken and channel and amount else None,
        channel=channel,
        issuer=str(answer.get("issuer", ""))[:40],
        instructions=_instructions(answer) if outcome is ChargeOutcome.PENDING else {},
    )


def refunded(answer: Mapping[str, Any], key: str) -> Returned | None:
    """The refund of this key, when the transaction lists it."""
    for one in answer.get("refunds") or []:
        if isinstance(one, dict) and one.get("refund_key") == key:
            return Returned(ChargeOutcome.SUCCEEDED, str(one.get("refund_chargeback_id", key))[:120])
    return None


def sent(payout: Mapping[str, Any], fee: object) -> Sent:
    """A payout, with the rupiah that the co-op's contract names as its `fee` once it has arrived."""
    outcome = PAYOUTS.get(str(payout.get("status", "")), ChargeOutcome.PENDING)
    return Sent(
        outcome,
        str(payout.get("reference_no", ""))[:120],
        str(payout.get("error_code") or payout.get("status", "")).upper()[:60]
        if outcome is ChargeOutcome.FAILED
        else "",
        int(fee) if isinstance(fee, int) and outcome is ChargeOutcome.SUCCEEDED else None,
    )


def rupiah(text: object) -> int | None:
    """`"275000.00"` as whole rupiah; None when it isn't."""
    whole, _, cents = str(text).partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 16 and not cents.strip("0") else None


def our_id(order_id: object) -> UUID | None:
    """Our payment's id, where the order id is one."""
    try:
        return UUID(str(order_id))
    except ValueError:
        return None


def _instructions(answer: Mapping[str, Any]) -> dict[str, str]:
    urls = {
        str(action.get("name")): action.get("url")
        for action in answer.get("actions") or []
        if isinstance(action, dict)
    }
    numbers = answer.get("va_numbers") or [{}]
    return texts(
        {
            "qr": answer.get("qr_string"),
            "qr_url": urls.get("generate-qr-code-v2") or urls.get("generate-qr-code"),
            "url": urls.get("deeplink-redirect"),
            "va_number": numbers[0].get("va_number") or answer.get("permata_va_number"),
            "bank": numbers[0].get("bank") or ("permata" if answer.get("permata_va_number") else None),
        }
    )


def _channel(payment_type: str) -> PaymentChannel | None:
    if payment_type in WALLETS:
        return PaymentChannel.EWALLET
    return {"qris": PaymentChannel.QRIS, "bank_transfer": PaymentChannel.VIRTUAL_ACCOUNT}.get(payment_type)
