"""A stateful Midtrans of our own for tests, as docs.midtrans.com describes it, for what the rail uses of it.

Core API: the answer's `status_code` counts; an Idempotency-Key keeps successful answers only, whatever the body, for
five minutes (`forget_keys`); an order id used before is 406; a refund of a known `refund_key` is the same refund.
Payouts: an X-Idempotency-Key of another body is refused; queued → approved → processed → completed | failed.
Notifications: `signature_key` over order id, status code, amount and server key; payouts by `Iris-Signature`.
"""

import base64
from hashlib import sha512
from itertools import count
from typing import Any
from uuid import UUID

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

SERVER_KEY = "SB-Mid-server-fake1"
CREATOR_KEY, APPROVER_KEY, MERCHANT_KEY = "IRIS-creator-1", "IRIS-approver-1", "IRIS-merchant-1"
#: Issuers that take no refund of a QRIS payment of theirs.
STUBBORN = frozenset({"bank_lain"})


class FakeMidtrans:
    """One merchant's state. `mishaps` is a queue of what happens to the coming POSTs."""

    def __init__(self) -> None:
        self.charges: dict[str, dict[str, Any]] = {}  # by order id
        self.payouts: dict[str, dict[str, Any]] = {}  # by reference
        self.paid_out_limit = 10**12  # the deposit
        self.events: list[tuple[dict[str, str], bytes]] = []  # headers and body, not yet delivered
        self.mishaps: list[str] = []  # "429", "500", "500 after", "drop after"
        self._keys: dict[str, Any] = {}
        self._payout_keys: dict[str, tuple[bytes, Any]] = {}
        self._ids = count(1)
        self.app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    # what a test does in others' places

    def pay(self, order_id: object, issuer: str = "gopay") -> None:
        """The buyer pays."""
        charge = self.charges[str(order_id)]
        assert charge["transaction_status"] == "pending", charge["transaction_status"]
        charge.update(transaction_status="settlement", status_code="200", issuer=issuer)
        self._tell(charge)

    def expire(self, order_id: object) -> None:
        """Nobody paid in time."""
        self.charges[str(order_id)].update(transaction_status="expire", status_code="202")
        self._tell(self.charges[str(order_id)])

    def settle_payout(self, reference: str, status: str = "completed") -> None:
        """The bank has it, or sends it back."""
        self.payouts[reference].update(status=status)
        if status == "failed":
            self.payouts[reference]["error_code"] = "012"
        self._tell_payout(self.payouts[reference])

    def forget_keys(self) -> None:
        """Five minutes have passed."""
        self._keys.clear()

    @property
    def taken(self) -> int:
        """What the merchant has of its buyers, refunds taken off."""
        paid = [
            c for c in self.charges.values() if c["transaction_status"] in ("settlement", "partial_refund", "refund")
        ]
        return sum(_rupiah(c["gross_amount"]) - sum(_rupiah(r["refund_amount"]) for r in c["refunds"]) for c in paid)

    @property
    def sent(self) -> int:
        """What went out by payouts and did not come back."""
        return sum(_rupiah(p["amount"]) for p in self.payouts.values() if p["status"] not in ("failed", "rejected"))

    # the API

    async def _answer(self, request: Request) -> Response:
        path, body = request.path_params["path"], await request.body()
        given = base64.b64decode(request.headers.get("authorization", " ").split(" ")[1]).decode().removesuffix(":")
        if path.startswith("api/v1/"):
            return self._payout_call(request, path, body, given)
        if given != SERVER_KEY:
            return _said(401, "Unknown Merchant server_key/id")
        if request.method == "GET":
            return JSONResponse(self._status(path.split("/")[1]))
        mishap = self.mishaps.pop(0) if self.mishaps else ""
        if mishap in ("429", "500"):
            return _said(int(mishap), "later")
        key = request.headers.get("idempotency-key", "")
        if key in self._keys:
            return JSONResponse(self._keys[key])
        answer = self._post(path.split("/")[1:], orjson.loads(body))
        if key and answer["status_code"] in ("200", "201"):
            self._keys[key] = answer
        if mishap == "500 after":
            return _said(500, "internal")
        if mishap == "drop after":
            return Response(b"{", 200, headers={"Content-Length": "9999"})
        return JSONResponse(answer)

    def _post(self, parts: list[str], body: dict[str, Any]) -> dict[str, Any]:
        match parts:
            case ["charge"]:
                return self._charge(body)
            case [order_id, "cancel"]:
                charge = self.charges.get(order_id)
                if charge is None:
                    return {"status_code": "404", "status_message": "Transaction doesn't exist."}
                if charge["transaction_status"] != "pending":
                    return {"status_code": "412", "status_message": "Transaction status cannot be updated."}
                charge.update(transaction_status="cancel", status_code="200")
                self._tell(charge)
                return charge
            case [order_id, "refund"]:
                return self._refund(order_id, body)
        return {"status_code": "404", "status_message": "The requested resource is not found"}

    def _charge(self, body: dict[str, Any]) -> dict[str, Any]:
        details, kind = body["transaction_details"], body["payment_type"]
        order_id, amount = details["order_id"], details["gross_amount"]
        if order_id in self.charges:
            return {"status_code": "406", "status_message": "Duplicate order ID."}
        if not isinstance(amount, int) or amount < 1 or len(order_id) > 50:
            return {"status_code": "400", "status_message": "Validation error"}
        charge: dict[str, Any] = {
            "status_code": "201",
            "transaction_id": str(UUID(int=next(self._ids))),
            "order_id": order_id,
            "gross_amount": f"{amount}.00",
            "currency": "IDR",
            "payment_type": kind,
            "transaction_status": "pending",
            "fraud_status": "accept",
            "custom_expiry": body.get("custom_expiry"),
            "refunds": [],
        }
        if kind == "qris":
            charge["qr_string"] = f"00020101021226{order_id}"
            charge["actions"] = [{"name": "generate-qr-code", "method": "GET", "url": "https://api/qr"}]
        elif kind == "bank_transfer":
            bank = body["bank_transfer"]["bank"]
            number = f"8808{next(self._ids):010}"
            charge |= (
                {"permata_va_number": number}
                if bank == "permata"
                else {"va_numbers": [{"bank": bank, "va_number": number}]}
            )
        elif kind in ("gopay", "shopeepay"):
            charge["actions"] = [{"name": "deeplink-redirect", "method": "GET", "url": f"{kind}://pay"}]
        else:
            return {"status_code": "402", "status_message": "No access for this payment type."}
        self.charges[order_id] = charge
        self._tell(charge)
        return charge

    def _refund(self, order_id: str, body: dict[str, Any]) -> dict[str, Any]:
        charge = self.charges.get(order_id)
        if charge is None:
            return {"status_code": "404", "status_message": "Transaction doesn't exist."}
        if any(row["refund_key"] == body["refund_key"] for row in charge["refunds"]):
            return charge
        left = _rupiah(charge["gross_amount"]) - sum(_rupiah(r["refund_amount"]) for r in charge["refunds"])
        if charge["transaction_status"] not in ("settlement", "partial_refund") or body["amount"] > left:
            return {"status_code": "412", "status_message": "Transaction status cannot be updated."}
        if charge["payment_type"] == "bank_transfer" or charge.get("issuer") in STUBBORN:
            return {"status_code": "412", "status_message": "Refund is not supported."}
        charge["refunds"].append(
            {
                "refund_key": body["refund_key"],
                "refund_amount": f"{body['amount']}.00",
                "refund_chargeback_id": next(self._ids),
            }
        )
        status = "refund" if body["amount"] == left else "partial_refund"
        charge.update(transaction_status=status, status_code="200")
        self._tell(charge)
        return charge

    def _status(self, id: str) -> dict[str, Any]:
        found = self.charges.get(id) or next((c for c in self.charges.values() if c["transaction_id"] == id), None)
        return found or {"status_code": "404", "status_message": "Transaction doesn't exist."}

    def _payout_call(self, request: Request, path: str, body: bytes, given: str) -> Response:
        parts = path.split("/")[2:]
        if request.method == "GET":
            if given not in (CREATOR_KEY, APPROVER_KEY):
                return JSONResponse({"error_message": "Access denied"}, 401)
            if parts == ["statements"]:
                return JSONResponse({"list": list(self.payouts.values())})
            found = self.payouts.get(parts[1])
            return JSONResponse(found or {"error_message": "not found"}, 200 if found else 404)
        mishap = self.mishaps.pop(0) if self.mishaps else ""
        if mishap in ("429", "500"):
            return JSONResponse({"error_message": "later"}, int(mishap))
        key = request.headers.get("x-idempotency-key", "")
        if key in self._payout_keys:
            said, answer = self._payout_keys[key]
            if said != body:
                return JSONResponse({"error_message": "idempotency-key is not unique"}, 400)
            return JSONResponse(answer, 201)
        if parts == ["payouts", "approve"]:
            if given != APPROVER_KEY:
                return JSONResponse({"error_message": "Access denied"}, 401)
            for reference in orjson.loads(body)["reference_nos"]:
                self.payouts[reference]["status"] = "approved"
                self._tell_payout(self.payouts[reference])
            return JSONResponse({"status": "ok"}, 202)
        if given != CREATOR_KEY:
            return JSONResponse({"error_message": "Access denied"}, 401)
        answer = self._make_payouts(orjson.loads(body)["payouts"])
        if answer is None:
            return JSONResponse({"error_message": "An error occurred when creating payouts"}, 400)
        self._payout_keys[key] = (body, answer)
        if mishap == "500 after":
            return JSONResponse({"error_message": "internal"}, 500)
        return JSONResponse(answer, 201)

    def _make_payouts(self, wanted: list[dict[str, Any]]) -> dict[str, Any] | None:
        made = []
        for one in wanted:
            if not one["beneficiary_account"].isdigit() or self.sent + _rupiah(one["amount"]) > self.paid_out_limit:
                return None
            reference = f"ref{next(self._ids)}"
            self.payouts[reference] = {**one, "reference_no": reference, "status": "queued", "updated_at": ""}
            made.append({"status": "queued", "reference_no": reference})
        return {"payouts": made}

    def _tell(self, charge: dict[str, Any]) -> None:
        said = {**charge, "status_message": "midtrans payment notification"}
        said.pop("custom_expiry")
        over = f"{said['order_id']}{said['status_code']}{said['gross_amount']}{SERVER_KEY}"
        said["signature_key"] = sha512(over.encode()).hexdigest()
        self.events.append(({}, orjson.dumps(said)))

    def _tell_payout(self, payout: dict[str, Any]) -> None:
        payout["updated_at"] = str(next(self._ids))
        names = ("reference_no", "amount", "status", "updated_at", "error_code")
        body = orjson.dumps({name: payout[name] for name in names if name in payout})
        self.events.append(({"Iris-Signature": sha512(body + MERCHANT_KEY.encode()).hexdigest()}, body))


def _said(code: int, message: str) -> Response:
    return JSONResponse({"status_code": str(code), "status_message": message}, code)


def _rupiah(text: str) -> int:
    return int(text.split(".")[0])
