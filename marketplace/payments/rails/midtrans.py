"""Midtrans: dynamic QRIS, virtual accounts and e-wallets by its Core API, payouts by its Payouts (Iris) API.

Sources: docs.midtrans.com/reference: qris, bank-transfer-object, gopay, api-headers (an Idempotency-Key lives five
minutes and is answered whatever the body), get-transaction-status, refund-transaction (by `refund_key`), code-4xx,
best-practices-to-handle-notification, create-payout, https-header, notification-payload. The order id is our
payment's id, so that a second charge of it is refused (406) for good, and its status can be asked by it.

A notification's signature covers the order id, the status code and the amount only: it says that there is something
to ask, and the status API is asked.
"""

import hmac
import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from hashlib import sha512
from typing import Any
from uuid import UUID

import httpx
import orjson

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
from marketplace.payments.rails.fees import fee_of
from marketplace.settings import Settings

TIMEOUT_S = 15
LARGEST_ANSWER = 1_048_576
URLS = {
    "sandbox": ("https://api.sandbox.midtrans.com", "https://app.sandbox.midtrans.com/iris"),
    "production": ("https://api.midtrans.com", "https://app.midtrans.com/iris"),
}

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
BANKS = ("bca", "bni", "bri", "cimb", "permata")
WALLETS = ("gopay", "shopeepay")
#: In `notes` of a payout, so that it is found again in the list when its answer was lost.
NOTE = re.compile(r"\bLB-([0-9a-f]{32})\b")


class MidtransGateway:
    """One co-op's Midtrans account."""

    name = "MIDTRANS"
    is_simulated = False

    def __init__(
        self, settings: Settings, account: RailAccount, secrets: Mapping[str, str], former: Mapping[str, str]
    ) -> None:
        self.account_id: UUID | None = account.id
        self._options = account.options
        self._server_keys = [found for kept in (secrets, former) if (found := kept.get("server_key"))]
        self._merchant_keys = [found for kept in (secrets, former) if (found := kept.get("payout_merchant_key"))]
        self._creator, self._approver = secrets.get("payout_creator_key"), secrets.get("payout_approver_key")
        core, payouts = URLS[str(account.options.get("environment", "sandbox"))]
        limits = httpx.Limits(max_connections=20)
        self._core = httpx.AsyncClient(
            base_url=settings.midtrans_url or core, auth=(self._server_keys[0], ""), timeout=TIMEOUT_S, limits=limits
        )
        self._payouts = httpx.AsyncClient(
            base_url=settings.midtrans_payouts_url or payouts, timeout=TIMEOUT_S, limits=limits
        )
        self.channels: Mapping[PaymentChannel, Capabilities] = {
            # off-us issuers: 7 days, and whether the issuer takes part of it back is its own affair
            PaymentChannel.QRIS: Capabilities(refund_window=timedelta(days=7)),
            PaymentChannel.EWALLET: Capabilities(refund_window=timedelta(days=45), institutions=WALLETS),
            # Midtrans refunds no bank transfer: what is in a bank account goes back by a transfer
            PaymentChannel.VIRTUAL_ACCOUNT: Capabilities(refunds=False, refunds_in_part=False, institutions=BANKS),
        }

    @property
    def pays_out(self) -> bool:
        return bool(self._creator)

    async def charge(self, intent: Intent) -> Charge:
        body = {
            "transaction_details": {"order_id": str(intent.id), "gross_amount": intent.amount},
            **self._method(intent),
            **_expiry(intent),
        }
        try:
            answer = await self._ask("POST", "/v2/charge", body, key=f"{intent.id}-charge")
        except GatewayRefused as refused:
            if refused.failure == "406":  # made before: its answer was lost
                return await self.find(intent, "") or Charge(ChargeOutcome.FAILED, failure="406")
            return Charge(ChargeOutcome.FAILED, failure=refused.failure)
        return self._charge_of(answer)

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        try:
            return self._charge_of(await self._ask("GET", f"/v2/{intent.id}/status"))
        except GatewayRefused as refused:
            if refused.failure == "404":
                return None
            raise GatewayUnreachable from refused

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        body = {"transaction_id": reference, "gross_amount": amount}
        return self._charge_of(await self._ask("POST", "/v2/capture", body, key=f"{payment_id}-capture"))

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        try:
            await self._ask("POST", f"/v2/{payment_id}/cancel", {}, key=f"{payment_id}-cancel")
        except GatewayRefused as refused:
            if refused.failure not in ("404", "412"):
                raise GatewayUnreachable from refused
        found = await self.find(Intent(payment_id, 0, ""), reference)
        return found or Charge(ChargeOutcome.FAILED, reference, "NEVER_ARRIVED")

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        """Midtrans knows a refund by its key for good, so that asking twice gives it back once."""
        key = refund_id.hex
        try:
            status = await self._ask("GET", f"/v2/{payment_id}/status")
            if (done := _refunded(status, key)) is not None:
                return done
            body = {"refund_key": key, "amount": amount, "reason": "Pengembalian pesanan"}
            answer = await self._ask("POST", f"/v2/{payment_id}/refund", body, key=f"{refund_id}-refund")
        except GatewayRefused as refused:
            return Returned(ChargeOutcome.FAILED, failure=f"MIDTRANS_{refused.failure}")
        return _refunded(answer, key) or Returned(ChargeOutcome.SUCCEEDED, key)

    async def pay_out(self, *, payout_id: UUID, amount: int, to: Destination, note: str) -> Sent:
        payout = {
            "beneficiary_name": to.holder,
            "beneficiary_account": to.number,
            "beneficiary_bank": to.institution,
            "amount": f"{amount}.00",
            "notes": f"{note[:60]} LB-{payout_id.hex}"[:100],
        }
        try:
            answer = await self._ask(
                "POST", "/api/v1/payouts", {"payouts": [payout]}, key=str(payout_id), payouts=self._creator
            )
            made = answer["payouts"][0]
            if self._approver and made["status"] == "queued":
                body = {"reference_nos": [made["reference_no"]]}
                await self._ask(
                    "POST", "/api/v1/payouts/approve", body, key=f"{payout_id}-approve", payouts=self._approver
                )
        except GatewayRefused as refused:
            return Sent(ChargeOutcome.FAILED, failure=f"MIDTRANS_{refused.failure}")
        return self._sent(made)

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        try:
            if reference:
                found = await self._ask("GET", f"/api/v1/payouts/{reference}", payouts=self._creator)
                return self._sent(found)
            day = timedelta(days=1)
            first, last = (made_at - day).date(), (clock.now() + day).date()
            path = f"/api/v1/statements?from_date={first}&to_date={last}"
            for line in (await self._ask("GET", path, payouts=self._creator)).get("list", []):
                if (note := NOTE.search(str(line.get("notes", "")))) and note[1] == payout_id.hex:
                    return await self.find_payout(
                        payout_id=payout_id, reference=str(line["reference_no"]), made_at=made_at
                    )
        except GatewayRefused as refused:
            if refused.failure != "404":
                raise GatewayUnreachable from refused
        return None

    async def take_back(self, *, payout_id: UUID, reference: str, amount: int) -> Sent:
        """What a bank has is not taken back."""
        raise GatewayRefused("NOT_REVERSIBLE")

    async def find_theirs(self, reference: str) -> Theirs | None:
        try:
            answer = await self._ask("GET", f"/v2/{reference}/status")
        except GatewayRefused as refused:
            if refused.failure == "404":
                return None
            raise GatewayUnreachable from refused
        charge = self._charge_of(answer)
        return Theirs(
            reference=charge.reference,
            our_id=_uuid(str(answer.get("order_id", ""))),
            amount=_rupiah(answer.get("gross_amount")) or 0,
            succeeded=charge.outcome is ChargeOutcome.SUCCEEDED,
            made_at=clock.now(),
            fee=charge.fee,
        )

    async def list_since(self, moment: datetime) -> AsyncIterator[Theirs]:
        """Midtrans has no list of transactions: strays are known by their notifications."""
        nothing: tuple[Theirs, ...] = ()
        for one in nothing:
            yield one

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        try:
            said = orjson.loads(body)
        except orjson.JSONDecodeError as cause:
            raise SignatureRefused("not signed") from cause
        if not isinstance(said, dict):
            raise SignatureRefused("not signed")
        if "iris-signature" in headers:
            return self._read_payout(headers["iris-signature"], said, body)
        order_id, code, amount = (str(said.get(name, "")) for name in ("order_id", "status_code", "gross_amount"))
        given = str(said.get("signature_key", ""))
        if not any(
            hmac.compare_digest(
                given.encode(), sha512(f"{order_id}{code}{amount}{key}".encode()).hexdigest().encode()
            )
            for key in self._server_keys
        ):
            raise SignatureRefused("wrong signature")
        status, reference = str(said.get("transaction_status", "")), str(said.get("transaction_id", ""))
        # No event id of its own: one event is one status of one transaction, told with one set of refunds.
        refunds = sorted(str(one.get("refund_key", "")) for one in said.get("refunds") or [] if isinstance(one, dict))
        event = sha512(orjson.dumps([order_id, reference, status, code, refunds])).hexdigest()[:64]
        return Said(event, status[:60] or "?", Subject.PAYMENT, _uuid(order_id), reference[:120], _rupiah(amount))

    async def close(self) -> None:
        await self._core.aclose()
        await self._payouts.aclose()

    def _read_payout(self, given: str, said: dict[str, Any], body: bytes) -> Said:
        if not any(_is_signed(given, body + key.encode()) for key in self._merchant_keys):
            raise SignatureRefused("wrong signature")
        reference, status = str(said.get("reference_no", "")), str(said.get("status", ""))
        event = sha512(orjson.dumps([reference, status, str(said.get("updated_at", ""))])).hexdigest()[:64]
        return Said(
            event, f"payout.{status}"[:60], Subject.PAYOUT, None, reference[:120], _rupiah(said.get("amount"))
        )

    def _method(self, intent: Intent) -> dict[str, Any]:
        if intent.channel is PaymentChannel.VIRTUAL_ACCOUNT:
            bank = intent.institution or "bca"
            return {"payment_type": "bank_transfer", "bank_transfer": {"bank": bank}}
        if intent.channel is PaymentChannel.EWALLET:
            wallet = intent.institution or "gopay"
            back = {"enable_callback": True, "callback_url": intent.return_url} if intent.return_url else {}
            return {"payment_type": wallet, wallet: back} if back else {"payment_type": wallet}
        acquirer = str(self._options.get("acquirer", "gopay"))
        return {"payment_type": "qris", "qris": {"acquirer": acquirer}}

    async def _ask(
        self, method: str, path: str, body: object = None, *, key: str = "", payouts: str | None = None
    ) -> dict[str, Any]:
        """One call. GatewayRefused carries Midtrans' status code; anything unclear is GatewayUnreachable."""
        client, name = (self._payouts, "X-Idempotency-Key") if payouts else (self._core, "Idempotency-Key")
        headers = {"Accept": "application/json"} | ({name: key} if key else {})
        auth = httpx.BasicAuth(payouts, "") if payouts else httpx.USE_CLIENT_DEFAULT
        try:
            answer = await client.request(
                method, path, json=body if method == "POST" else None, headers=headers, auth=auth
            )
            found = orjson.loads(answer.content) if len(answer.content) <= LARGEST_ANSWER else None
        except (httpx.HTTPError, orjson.JSONDecodeError) as unknown:
            raise GatewayUnreachable from unknown
        if not isinstance(found, dict):
            raise GatewayUnreachable
        code = int(found["status_code"]) if str(found.get("status_code", "")).isdigit() else answer.status_code
        # 202 is a denied charge when it has a transaction, and a request still under way when not
        if code == 429 or code >= 500 or (code == 202 and "transaction_status" not in found and not payouts):
            raise GatewayUnreachable
        if code >= 400:
            raise GatewayRefused(str(code))
        return found

    def _charge_of(self, answer: Mapping[str, Any]) -> Charge:
        status = str(answer.get("transaction_status", ""))
        outcome = OUTCOMES.get(status, ChargeOutcome.PENDING)
        if status == "capture" and answer.get("fraud_status") != "accept":
            outcome = ChargeOutcome.PENDING
        channel = _channel(str(answer.get("payment_type", "")))
        amount = _rupiah(answer.get("gross_amount"))
        is_taken = outcome is ChargeOutcome.SUCCEEDED
        fee = fee_of(self._options.get("fees"), channel, amount) if is_taken and channel and amount else None
        return Charge(
            outcome=outcome,
            reference=str(answer.get("transaction_id", ""))[:120],
            failure=status.upper()[:60] if outcome is ChargeOutcome.FAILED else "",
            amount=amount if is_taken else None,
            fee=fee,
            channel=channel,
            issuer=str(answer.get("issuer", ""))[:40],
            instructions=_instructions(answer) if outcome is ChargeOutcome.PENDING else {},
        )

    def _sent(self, payout: Mapping[str, Any]) -> Sent:
        outcome = PAYOUTS.get(str(payout.get("status", "")), ChargeOutcome.PENDING)
        fee = self._options.get("payout_fee")
        return Sent(
            outcome,
            str(payout.get("reference_no", ""))[:120],
            str(payout.get("error_code") or payout.get("status", "")).upper()[:60]
            if outcome is ChargeOutcome.FAILED
            else "",
            int(fee) if isinstance(fee, int) and outcome is ChargeOutcome.SUCCEEDED else None,
        )


def _is_signed(given: str, over: bytes) -> bool:
    return hmac.compare_digest(given.encode(), sha512(over).hexdigest().encode())


def _expiry(intent: Intent) -> dict[str, Any]:
    """So long the code may be paid: until the order expires."""
    if intent.expires_at is None:
        return {}
    minutes = max(1, int((intent.expires_at - clock.now()).total_seconds() // 60))
    return {"custom_expiry": {"expiry_duration": minutes, "unit": "minute"}}


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


def _refunded(answer: Mapping[str, Any], key: str) -> Returned | None:
    """The refund of this key, when the transaction lists it."""
    for one in answer.get("refunds") or []:
        if isinstance(one, dict) and one.get("refund_key") == key:
            return Returned(ChargeOutcome.SUCCEEDED, str(one.get("refund_chargeback_id", key))[:120])
    return None


def _rupiah(text: object) -> int | None:
    """`"275000.00"` as whole rupiah; None when it isn't."""
    whole, _, cents = str(text).partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 16 and not cents.strip("0") else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
