"""Stripe's own pages for paying, as docs.stripe.com/api/checkout/sessions describes them, for what the rail uses.

A session makes its PaymentIntent when the buyer first submits a card (changelog 2022-08-01), with the metadata of
`payment_intent_data`; a refused card leaves both open. `complete` follows the money, also money only held (then it is
`unpaid`). It lives 30 minutes to 24 hours; `expire` takes an open one alone. `url` is there while it is open. Nobody
cancels the intent of a session but by expiring it, unless it waits for its capture (api/payment_intents/cancel).
"""

import time
from typing import TYPE_CHECKING, Any

from tests.payments.rails.stripes_forms import Refused, page

if TYPE_CHECKING:
    from tests.payments.rails.fake_stripe import FakeStripe

#: What the rail has no reason to send, and what would let a buyer pay another sum.
REFUSED = frozenset({"allow_promotion_codes", "discounts", "automatic_tax", "optional_items", "ui_mode"})


class FakeCheckout:
    """The sessions of one account."""

    def __init__(self, stripe: "FakeStripe") -> None:
        self._stripe = stripe
        self.sessions: dict[str, dict[str, Any]] = {}
        self._details: dict[str, dict[str, Any]] = {}  # of the intent to come, by session

    # what a test does in others' places

    def pay(self, session_id: str, method: str = "pm_card_visa") -> None:
        """The buyer submits a card on the page."""
        session = self.sessions[session_id]
        assert session["status"] == "open", session["status"]
        if session["payment_intent"] is None:
            made = self._stripe.new_intent({"amount": session["amount_total"], **self._details[session_id]})
            session["payment_intent"] = made["id"]
        intent = self._stripe.intents[session["payment_intent"]]
        self._stripe.confirm(intent["id"], method)
        if intent["status"] in ("succeeded", "requires_capture"):
            status = "paid" if intent["status"] == "succeeded" else "unpaid"
            session.update(status="complete", payment_status=status, url=None)
            self._stripe.tell("checkout.session.completed", session)

    def lapse(self, session_id: str) -> None:
        """Its time is over, or it was expired."""
        session = self.sessions[session_id]
        if session["status"] != "open":
            raise Refused(400, "resource_missing")
        session.update(status="expired", url=None)
        if session["payment_intent"] is not None:
            self._stripe.end_intent(self._stripe.intents[session["payment_intent"]])
        self._stripe.tell("checkout.session.expired", session)

    def of(self, intent_id: str) -> dict[str, Any] | None:
        """The session that this intent came of."""
        return next((one for one in self.sessions.values() if one["payment_intent"] == intent_id), None)

    # the API

    def read(self, parts: list[str], params: dict[str, Any], path: str) -> Any:
        if not parts:
            since = int(params.get("created", {}).get("gte", 0))
            return page([one for one in reversed(self.sessions.values()) if one["created"] >= since], params, path)
        session = self._session(parts[0])
        expanded = set(params.get("expand", {}).values())
        if session["payment_intent"] is None or "payment_intent.latest_charge.balance_transaction" not in expanded:
            return session
        return {**session, "payment_intent": self._stripe.expanded(self._stripe.intents[session["payment_intent"]])}

    def change(self, parts: list[str], params: dict[str, Any]) -> Any:
        match parts:
            case []:
                return self._open(params)
            case [id, "expire"]:
                self.lapse(self._session(id)["id"])
                return self.sessions[id]
        raise Refused(404, "resource_missing")

    def _open(self, params: dict[str, Any]) -> Any:
        if REFUSED & params.keys() or params["mode"] != "payment" or params["adaptive_pricing"]["enabled"] != "false":
            raise Refused(400, "parameter_unknown")
        if not params["success_url"].startswith(("https://", "http://")):
            raise Refused(400, "url_invalid")
        now, until = int(time.time()), int(params["expires_at"])
        if not now + 30 * 60 <= until <= now + 24 * 3_600:
            raise Refused(400, "parameter_invalid_integer")
        amount = 0
        for line in params["line_items"].values():
            price = line["price_data"]
            if price["currency"] != "idr" or not price["product_data"]["name"]:
                raise Refused(400, "parameter_invalid_empty")
            amount += int(price["unit_amount"]) * int(line["quantity"])
        if amount < 800_000:  # USD 0.50 and its like
            raise Refused(400, "amount_too_small")
        id = f"cs_test_a1{self._stripe.next_id():056}"
        self._details[id] = {"currency": "idr", **params["payment_intent_data"]}
        self.sessions[id] = {
            "id": id,
            "object": "checkout.session",
            "amount_total": amount,
            "cancel_url": params["cancel_url"],
            "client_reference_id": params["client_reference_id"],
            "created": now,
            "currency": "idr",
            "expires_at": until,
            "livemode": False,
            "metadata": params.get("metadata", {}),
            "mode": "payment",
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": params["success_url"],
            "url": f"https://checkout.stripe.com/c/pay/{id}#fid",
        }
        return self.sessions[id]

    def _session(self, id: str) -> dict[str, Any]:
        if id not in self.sessions:
            raise Refused(404, "resource_missing")
        return self.sessions[id]
