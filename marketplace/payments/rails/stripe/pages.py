"""Stripe's own page for paying: a Checkout Session, as it is asked for. Pure."""

from datetime import datetime, timedelta
from typing import Any

from marketplace.payments.gateway import Intent
from marketplace.payments.rails.stripe.answers import PER_RUPIAH

#: What Stripe begins the id of a session with.
PREFIX = "cs_"
#: A session lives at least 30 minutes from when Stripe makes it, which is somewhat after the payment was begun, and
#: at most a day. One that outlives its payment is expired by the reconciler.
SHORTEST, LONGEST = timedelta(minutes=35), timedelta(hours=24)


def session(intent: Intent, *, details: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The parameters of a session for this payment; `details` are those of the PaymentIntent that comes of it.

    The same for the same intent, however often it is asked for: Stripe compares them by the idempotency key. The
    buyer pays exactly the intent's rupiah: in no other currency, with no code for a discount.
    """
    made_at = intent.made_at or now
    until = max(intent.expires_at or made_at, made_at + SHORTEST)
    price = {
        "currency": "idr",
        "unit_amount": intent.amount * PER_RUPIAH,
        "product_data": {"name": intent.description or str(intent.id)},
    }
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "adaptive_pricing": {"enabled": False},
        "payment_method_types": ["card"],
        "payment_intent_data": details,
        "metadata": details["metadata"],
        "client_reference_id": str(intent.id),
        "success_url": intent.return_url,
        "cancel_url": intent.return_url,
        "expires_at": int(min(until, made_at + LONGEST).timestamp()),
    }
