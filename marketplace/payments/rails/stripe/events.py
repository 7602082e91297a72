"""What Stripe's events say, once their signature holds."""

import contextlib
from collections.abc import Iterable, Mapping

import orjson
import stripe

from marketplace.payments.gateway import Said, SignatureRefused, Subject
from marketplace.payments.rails.stripe.answers import PER_RUPIAH, our_id

#: An event signed longer ago than this is not believed.
TOLERANCE_S = 300
SUBJECTS = {
    "payment_intent": Subject.PAYMENT,
    "checkout.session": Subject.PAYMENT,
    "refund": Subject.REFUND,
    "transfer": Subject.PAYOUT,
}


def read(headers: Mapping[str, str], body: bytes, *, secrets: Iterable[str], is_live: bool) -> Said:
    """What an event says. Raises SignatureRefused unless one of the secrets signed it just now, ValueError."""
    _verify(headers.get("stripe-signature", ""), body, secrets)
    event = orjson.loads(body)
    try:
        kind, id, about = str(event["type"]), str(event["id"]), event["data"]["object"]
        was_live, reference = bool(event["livemode"]), str(about.get("id", ""))
        amount = about.get("amount", about.get("amount_total"))
    except (KeyError, TypeError, AttributeError) as cause:
        raise ValueError("not an event") from cause
    if was_live is not is_live:
        raise ValueError("a test event on a live account, or the reverse")
    subject = SUBJECTS.get(str(about.get("object")), Subject.OTHER)
    rupiah = amount // PER_RUPIAH if isinstance(amount, int) else None
    return Said(id[:120], kind[:60], subject, our_id(about, subject), reference[:120], rupiah)


def _verify(header: str, body: bytes, secrets: Iterable[str]) -> None:
    for secret in secrets:
        with contextlib.suppress(stripe.SignatureVerificationError, UnicodeDecodeError):
            stripe.WebhookSignature.verify_header(body.decode(), header, secret, TOLERANCE_S)
            return
    raise SignatureRefused("wrong signature, or signed too long ago")
