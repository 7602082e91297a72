"""What Midtrans' notifications say, once their signature holds. Pure.

A payment's signature covers the order id, the status code and the amount only: it says that there is something to
ask, and the status API is asked. A payout's covers the whole body.
"""

import hmac
from collections.abc import Iterable, Mapping
from hashlib import sha512
from typing import Any

import orjson

from marketplace.payments.gateway import Said, SignatureRefused, Subject
from marketplace.payments.rails.midtrans.answers import our_id, rupiah


def read(
    headers: Mapping[str, str], body: bytes, *, server_keys: Iterable[str], merchant_keys: Iterable[str]
) -> Said:
    """What a notification says. Raises SignatureRefused unless one of the keys signed it."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as cause:
        raise SignatureRefused("not signed") from cause
    if not isinstance(said, dict):
        raise SignatureRefused("not signed")
    if "iris-signature" in headers:
        if not any(_is_signed(headers["iris-signature"], body + key.encode()) for key in merchant_keys):
            raise SignatureRefused("wrong signature")
        return _of_payout(said)
    signed = "".join(str(said.get(name, "")) for name in ("order_id", "status_code", "gross_amount"))
    if not any(_is_signed(str(said.get("signature_key", "")), f"{signed}{key}".encode()) for key in server_keys):
        raise SignatureRefused("wrong signature")
    return _of_payment(said)


def _of_payment(said: dict[str, Any]) -> Said:
    order_id, code, amount = (str(said.get(name, "")) for name in ("order_id", "status_code", "gross_amount"))
    status, reference = str(said.get("transaction_status", "")), str(said.get("transaction_id", ""))
    # No event id of its own: one event is one status of one transaction, told with one set of refunds.
    refunds = sorted(str(one.get("refund_key", "")) for one in said.get("refunds") or [] if isinstance(one, dict))
    event = sha512(orjson.dumps([order_id, reference, status, code, refunds])).hexdigest()[:64]
    return Said(event, status[:60] or "?", Subject.PAYMENT, our_id(order_id), reference[:120], rupiah(amount))


def _of_payout(said: dict[str, Any]) -> Said:
    reference, status = str(said.get("reference_no", "")), str(said.get("status", ""))
    event = sha512(orjson.dumps([reference, status, str(said.get("updated_at", ""))])).hexdigest()[:64]
    return Said(event, f"payout.{status}"[:60], Subject.PAYOUT, None, reference[:120], rupiah(said.get("amount")))


def _is_signed(given: str, over: bytes) -> bool:
    return hmac.compare_digest(given.encode(), sha512(over).hexdigest().encode())
