"""The gateway to one co-op's Midtrans account."""

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

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
    Theirs,
)
from marketplace.payments.models import RailAccount
from marketplace.payments.rails.midtrans import answers, notifications
from marketplace.payments.rails.midtrans.client import MidtransClient
from marketplace.settings import Settings

BANKS = ("bca", "bni", "bri", "cimb", "permata")
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
        self._client = MidtransClient(
            settings,
            environment=str(account.options.get("environment", "sandbox")),
            server_key=self._server_keys[0],
        )
        self.channels: Mapping[PaymentChannel, Capabilities] = {
            # off-us issuers: 7 days, and whether the issuer takes part of it back is its own affair
            PaymentChannel.QRIS: Capabilities(refund_window=timedelta(days=7)),
            PaymentChannel.EWALLET: Capabilities(refund_window=timedelta(days=45), institutions=answers.WALLETS),
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
            answer = await self._client.ask("POST", "/v2/charge", body, key=f"{intent.id}-charge")
        except GatewayRefused as refused:
            if refused.failure == "406":  # made before: its answer was lost
                return await self.find(intent, "") or Charge(ChargeOutcome.FAILED, failure="406")
            return Charge(ChargeOutcome.FAILED, failure=refused.failure)
        return self._charge_of(answer)

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        try:
            return self._charge_of(await self._client.ask("GET", f"/v2/{intent.id}/status"))
        except GatewayRefused as refused:
            if refused.failure == "404":
                return None
            raise GatewayUnreachable from refused

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        body = {"transaction_id": reference, "gross_amount": amount}
        return self._charge_of(await self._client.ask("POST", "/v2/capture", body, key=f"{payment_id}-capture"))

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        try:
            await self._client.ask("POST", f"/v2/{payment_id}/cancel", {}, key=f"{payment_id}-cancel")
        except GatewayRefused as refused:
            if refused.failure not in ("404", "412"):
                raise GatewayUnreachable from refused
        found = await self.find(Intent(payment_id, 0, ""), reference)
        return found or Charge(ChargeOutcome.FAILED, reference, "NEVER_ARRIVED")

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        """Midtrans knows a refund by its key for good, so that asking twice gives it back once."""
        key = refund_id.hex
        try:
            status = await self._client.ask("GET", f"/v2/{payment_id}/status")
            if (done := answers.refunded(status, key)) is not None:
                return done
            body = {"refund_key": key, "amount": amount, "reason": "Pengembalian pesanan"}
            answer = await self._client.ask("POST", f"/v2/{payment_id}/refund", body, key=f"{refund_id}-refund")
        except GatewayRefused as refused:
            return Returned(ChargeOutcome.FAILED, failure=f"MIDTRANS_{refused.failure}")
        return answers.refunded(answer, key) or Returned(ChargeOutcome.SUCCEEDED, key)

    async def pay_out(self, *, payout_id: UUID, amount: int, to: Destination, note: str) -> Sent:
        payout = {
            "beneficiary_name": to.holder,
            "beneficiary_account": to.number,
            "beneficiary_bank": to.institution,
            "amount": f"{amount}.00",
            "notes": f"{note[:60]} LB-{payout_id.hex}"[:100],
        }
        try:
            answer = await self._client.ask(
                "POST", "/api/v1/payouts", {"payouts": [payout]}, key=str(payout_id), payouts=self._creator
            )
            made = answer["payouts"][0]
            if self._approver and made["status"] == "queued":
                body = {"reference_nos": [made["reference_no"]]}
                await self._client.ask(
                    "POST", "/api/v1/payouts/approve", body, key=f"{payout_id}-approve", payouts=self._approver
                )
        except GatewayRefused as refused:
            return Sent(ChargeOutcome.FAILED, failure=f"MIDTRANS_{refused.failure}")
        return self._sent(made)

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        try:
            if reference:
                found = await self._client.ask("GET", f"/api/v1/payouts/{reference}", payouts=self._creator)
                return self._sent(found)
            day = timedelta(days=1)
            first, last = (made_at - day).date(), (clock.now() + day).date()
            path = f"/api/v1/statements?from_date={first}&to_date={last}"
            for line in (await self._client.ask("GET", path, payouts=self._creator)).get("list", []):
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
            answer = await self._client.ask("GET", f"/v2/{reference}/status")
        except GatewayRefused as refused:
            if refused.failure == "404":
                return None
            raise GatewayUnreachable from refused
        charge = self._charge_of(answer)
        return Theirs(
            reference=charge.reference,
            our_id=answers.our_id(answer.get("order_id")),
            amount=answers.rupiah(answer.get("gross_amount")) or 0,
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
        return notifications.read(headers, body, server_keys=self._server_keys, merchant_keys=self._merchant_keys)

    async def close(self) -> None:
        await self._client.close()

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

    def _charge_of(self, answer: Mapping[str, Any]) -> Charge:
        return answers.charge_of(answer, self._options.get("fees"))

    def _sent(self, payout: Mapping[str, Any]) -> Sent:
        return answers.sent(payout, self._options.get("payout_fee"))


def _expiry(intent: Intent) -> dict[str, Any]:
    """So long the code may be paid: until the order expires."""
    if intent.expires_at is None:
        return {}
    minutes = max(1, int((intent.expires_at - clock.now()).total_seconds() // 60))
    return {"custom_expiry": {"expiry_duration": minutes, "unit": "minute"}}
