"""A stateful Stripe of our own for tests, as docs.stripe.com describes it, for what the rail uses of it.

Idempotency (api/idempotent_requests): the first answer of a key is kept, 5xx too, and given again for the same
parameters; other parameters are an `idempotency_error` (400); what failed validation before it began is not kept.
Rate limits are 429. Events carry a `Stripe-Signature: t=…,v1=…` over `t.body`. Money is in hundredths of a rupiah.
From API version 2026-09-30 on `payment_method_types` is refused (changelog/endive). Its own pages: `fake_checkout`.
"""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.payments.rails.fake_checkout import FakeCheckout
from tests.payments.rails.stripes_forms import Refused, nested, page

SECRET_KEY = "sk_test_fake1234"
WEBHOOK_SECRET = "whsec_fake_12345678"
#: What Stripe keeps of a card payment here: 3.4 % and Rp 5,000.
FEE_BP, FEE_FLAT = 340, 500_000

DECLINES = {"pm_card_visa": None, "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient_funds"}


class FakeStripe:
    """One account's state. `mishaps` is a queue of what happens to the coming POSTs."""

    def __init__(self) -> None:
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.transfers: dict[str, dict[str, Any]] = {}
        self.accounts: set[str] = {"acct_seller1"}
        self.events: list[bytes] = []  # bodies, oldest first, not yet delivered
        self.mishaps: list[str] = []  # "429", "500", "500 after", "drop after"
        self.checkout = FakeCheckout(self)
        self.requests: list[tuple[str, str]] = []
        self._keys: dict[str, tuple[str, int, Any]] = {}
        self._ids = count(1)
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    # what a test does in the buyer's place

    def confirm(self, intent_id: str, method: str = "pm_card_visa") -> None:
        """The buyer confirms with a card, in Stripe's own form."""
        intent = self.intents[intent_id]
        assert intent["status"] == "requires_payment_method", intent["status"]
        decline = DECLINES[method]
        if decline:
            intent["last_payment_error"] = {"code": "card_declined", "decline_code": decline, "type": "card_error"}
            self.tell("payment_intent.payment_failed", intent)
            return
        intent["last_payment_error"] = None
        if intent["capture_method"] == "manual":
            intent["status"], intent["amount_capturable"] = "requires_capture", intent["amount"]
            self.tell("payment_intent.amount_capturable_updated", intent)
        else:
            self._take(intent, intent["amount"])

    @property
    def balance(self) -> int:
        """The account's money in rupiah: taken, less fees, refunds and transfers that stand."""
        taken = sum(i["amount_received"] - self._fee(i) for i in self.intents.values() if i["amount_received"])
        back = sum(r["amount"] for r in self.refunds.values() if r["status"] in ("succeeded", "pending"))
        sent = sum(t["amount"] - t["amount_reversed"] for t in self.transfers.values())
        return int(taken - back - sent) // 100

    def next_id(self) -> int:
        """What no other thing of it is named by."""
        return next(self._ids)

    def sign(self, body: bytes, at: float | None = None, secret: str = WEBHOOK_SECRET) -> str:
        """The header that goes with an event."""
        moment = str(int(time.time() if at is None else at))
        digest = hmac.digest(secret.encode(), f"{moment}.".encode() + body, sha256).hex()
        return f"t={moment},v1={digest}"

    # the API

    async def _answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        self.requests.append((request.method, path))
        if request.headers.get("authorization") != f"Bearer {SECRET_KEY}":
            return _error(401, "invalid_request_error", "invalid_api_key")
        body = (await request.body()).decode()
        params = nested(parse_qsl(body if request.method == "POST" else request.url.query, keep_blank_values=True))
        if request.method == "GET":
            return self._run(lambda: self._read(path, params))
        if "payment_method_types" in params and request.headers.get("stripe-version", "9999") >= "2026-09-30":
            return _error(400, "invalid_request_error", "payment_method_types_no_longer_supported")
        mishap = self.mishaps.pop(0) if self.mishaps else ""
        if mishap == "429":
            return _error(429, "invalid_request_error", "rate_limit")
        return self._write(request.headers.get("idempotency-key", ""), path, body, params, mishap)

    def _write(self, key: str, path: str, body: str, params: dict[str, Any], mishap: str) -> Response:
        if key and key in self._keys:
            said, status, kept = self._keys[key]
            if said != f"{path}?{body}":
                return _error(400, "idempotency_error", "idempotency_key_in_use")
            return JSONResponse(kept, status, headers={"Idempotent-Replayed": "true"})
        if mishap == "500":
            response: Response = _error(500, "api_error", "")
        else:
            response = self._run(lambda: self._change(path, params))
        if mishap == "500 after":
            response = _error(500, "api_error", "")
        if key and (response.status_code < 400 or response.status_code >= 402):
            self._keys[key] = (f"{path}?{body}", response.status_code, orjson.loads(response.body))
        if mishap == "drop after":
            return Response(b"{", 200, headers={"Content-Length": "9999"})
        return response

    def _run(self, call: Callable[[], Any]) -> Response:
        try:
            return JSONResponse(call())
        except Refused as refused:
            return _error(refused.status, "invalid_request_error", refused.code)

    def _read(self, path: str, params: dict[str, Any]) -> Any:
        parts = path.split("/")[1:]
        if parts == ["payment_intents"]:
            since = int(params.get("created", {}).get("gte", 0))
            rows = [dict(row) for row in reversed(self.intents.values()) if row["created"] >= since]
            return page(rows, params, path)
        if parts[:2] == ["checkout", "sessions"]:
            return self.checkout.read(parts[2:], params, path)
        if parts == ["refunds"]:
            wanted = params["payment_intent"]
            return page([row for row in self.refunds.values() if row["payment_intent"] == wanted], params, path)
        if parts == ["transfers"]:
            wanted = params.get("transfer_group")
            return page([row for row in self.transfers.values() if row["transfer_group"] == wanted], params, path)
        if parts[0] == "payment_intents" and len(parts) == 2:
            return self.expanded(self._intent(parts[1]))
        raise Refused(404, "resource_missing")

    def _change(self, path: str, params: dict[str, Any]) -> Any:
        match path.split("/")[1:]:
            case ["payment_intents"]:
                return self.new_intent(params)
            case ["checkout", "sessions", *rest]:
                return self.checkout.change(rest, params)
            case ["payment_intents", id, "capture"]:
                return self._capture(self._intent(id), params)
            case ["payment_intents", id, "cancel"]:
                return self._cancel(self._intent(id))
            case ["refunds"]:
                return self._refund(params)
            case ["transfers"]:
                return self._transfer(params)
            case ["transfers", id, "reversals"]:
                return self._reverse(id, params)
        raise Refused(404, "resource_missing")

    def new_intent(self, params: dict[str, Any]) -> Any:
        amount = int(params["amount"])
        if params["currency"] != "idr" or amount % 100:
            raise Refused(400, "parameter_invalid_integer")
        if amount < 800_000:  # USD 0.50 and its like
            raise Refused(400, "amount_too_small")
        id = f"pi_{self.next_id()}"
        self.intents[id] = {
            "id": id,
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "amount_capturable": 0,
            "capture_method": params.get("capture_method", "automatic"),
            "client_secret": f"{id}_secret_x",
            "created": int(time.time()),
            "currency": "idr",
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": False,
            "metadata": params.get("metadata", {}),
            "status": "requires_payment_method",
        }
        self.tell("payment_intent.created", self.intents[id])
        return self.intents[id]

    def _take(self, intent: dict[str, Any], amount: int) -> None:
        intent.update(status="succeeded", amount_received=amount, amount_capturable=0)
        intent["latest_charge"] = f"ch_{intent['id']}"
        self.tell("payment_intent.succeeded", intent)

    def _capture(self, intent: dict[str, Any], params: dict[str, Any]) -> Any:
        if intent["status"] != "requires_capture":
            raise Refused(400, "payment_intent_unexpected_state")
        amount = int(params.get("amount_to_capture", intent["amount_capturable"]))
        if amount > intent["amount_capturable"]:
            raise Refused(400, "amount_too_large")
        self._take(intent, amount)
        return self.expanded(intent)

    def _cancel(self, intent: dict[str, Any]) -> Any:
        is_pages = intent["status"] != "requires_capture" and self.checkout.of(intent["id"]) is not None
        if is_pages or intent["status"] in ("succeeded", "canceled"):
            raise Refused(400, "payment_intent_unexpected_state")
        self.end_intent(intent)
        return intent

    def end_intent(self, intent: dict[str, Any]) -> None:
        """It is canceled, by whoever may."""
        intent.update(status="canceled", amount_capturable=0)
        self.tell("payment_intent.canceled", intent)

    def _refund(self, params: dict[str, Any]) -> Any:
        intent = self._intent(params["payment_intent"])
        done = sum(r["amount"] for r in self.refunds.values() if r["payment_intent"] == intent["id"])
        amount = int(params["amount"])
        if intent["status"] != "succeeded" or done + amount > intent["amount_received"]:
            raise Refused(400, "charge_already_refunded")
        id = f"re_{self.next_id()}"
        self.refunds[id] = {
            "id": id,
            "object": "refund",
            "amount": amount,
            "currency": "idr",
            "payment_intent": intent["id"],
            "metadata": params.get("metadata", {}),
            "status": "succeeded",
            "failure_reason": None,
        }
        self.tell("refund.created", self.refunds[id])
        return self.refunds[id]

    def _transfer(self, params: dict[str, Any]) -> Any:
        if params["destination"] not in self.accounts:
            raise Refused(400, "resource_missing")
        if int(params["amount"]) // 100 > self.balance:
            raise Refused(400, "balance_insufficient")
        id = f"tr_{self.next_id()}"
        self.transfers[id] = {
            "id": id,
            "object": "transfer",
            "amount": int(params["amount"]),
            "amount_reversed": 0,
            "currency": "idr",
            "destination": params["destination"],
            "metadata": params.get("metadata", {}),
            "reversed": False,
            "transfer_group": params.get("transfer_group"),
        }
        self.tell("transfer.created", self.transfers[id])
        return self.transfers[id]

    def _reverse(self, id: str, params: dict[str, Any]) -> Any:
        transfer = self.transfers[id]
        amount = int(params["amount"])
        if transfer["amount_reversed"] + amount > transfer["amount"]:
            raise Refused(400, "transfer_reversal_amount_too_large")
        transfer["amount_reversed"] += amount
        transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
        self.tell("transfer.reversed", transfer)
        return {"id": f"trr_{self.next_id()}", "object": "transfer_reversal", "amount": amount, "transfer": id}

    def _intent(self, id: str) -> dict[str, Any]:
        if id not in self.intents:
            raise Refused(404, "resource_missing")
        return self.intents[id]

    def expanded(self, intent: dict[str, Any]) -> dict[str, Any]:
        if not intent["latest_charge"]:
            return intent
        booked = {"id": "txn_1", "object": "balance_transaction", "currency": "idr", "fee": self._fee(intent)}
        charge = {"id": intent["latest_charge"], "object": "charge", "balance_transaction": booked}
        return {**intent, "latest_charge": charge}

    def _fee(self, intent: dict[str, Any]) -> int:
        return int(intent["amount_received"] * FEE_BP // 10_000 + FEE_FLAT)

    def tell(self, kind: str, about: dict[str, Any]) -> None:
        event = {
            "id": f"evt_{self.next_id()}",
            "object": "event",
            "type": kind,
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": dict(about)},
        }
        self.events.append(orjson.dumps(event))


def _error(status: int, kind: str, code: str) -> Response:
    return JSONResponse({"error": {"type": kind, "code": code, "message": code or "an error"}}, status)
