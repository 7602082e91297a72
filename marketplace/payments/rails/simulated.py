"""The simulated rail: no real money, plainly marked."""

import hmac
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace import clock
from marketplace.money import LARGEST_RUPIAH
from marketplace.payments.gateway import (
    Capabilities,
    Charge,
    ChargeOutcome,
    Destination,
    GatewayUnreachable,
    Intent,
    PaymentChannel,
    Returned,
    Said,
    Sent,
    SignatureRefused,
    Subject,
    Theirs,
)

#: A signature older or newer than this is refused, so that a call overheard can't be played again later.
TOLERANCE_S = 300

#: Amounts by whose last three digits a sandbox makes a payment go wrong.
INSUFFICIENT_FUNDS = 1
UNREACHABLE_BUT_PAID = 2
PENDING_THEN_PAID = 3
REFUSED_BY_BANK = 4
UNREACHABLE_AND_LOST = 5


class _Call(BaseModel):
    """The body of the simulated provider's call."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(min_length=1, max_length=120)]
    type: Literal["charge.succeeded", "charge.failed", "charge.pending"]
    payment_id: UUID
    amount: Annotated[int, Field(ge=0, le=LARGEST_RUPIAH, strict=True)]
    reference: Annotated[str, Field(max_length=120)] = ""
    failure: Annotated[str, Field(max_length=60)] = ""


class SimulatedGateway:
    """No real money: says yes at once. In a sandbox the amount's last three digits choose a failure.

    001 insufficient funds; 002 the answer is lost but the money came; 003 pending, later paid;
    004 refused by the bank; 005 the call is lost before it arrives.
    """

    name = "SIMULATED"
    is_simulated = True
    account_id = None
    channels: Mapping[PaymentChannel, Capabilities] = {PaymentChannel.SIMULATED: Capabilities()}
    pays_out = True

    def __init__(self, *, has_triggers: bool, secret: str = "") -> None:
        self._has_triggers = has_triggers
        self._key = hmac.digest(secret.encode(), b"lumbung simulated gateway v1", sha256)

    async def charge(self, intent: Intent) -> Charge:
        trigger = self._trigger(intent.amount)
        if trigger in (UNREACHABLE_BUT_PAID, UNREACHABLE_AND_LOST):
            raise GatewayUnreachable
        if trigger == PENDING_THEN_PAID:
            return Charge(ChargeOutcome.PENDING, f"sim_{intent.id.hex}")
        return self._settled(intent.id, trigger)

    async def find(self, intent: Intent, reference: str) -> Charge | None:
        trigger = self._trigger(intent.amount)
        return None if trigger == UNREACHABLE_AND_LOST else self._settled(intent.id, trigger)

    async def capture(self, *, payment_id: UUID, reference: str, amount: int) -> Charge:
        return Charge(ChargeOutcome.SUCCEEDED, reference, amount=amount)

    async def cancel(self, *, payment_id: UUID, reference: str) -> Charge:
        return Charge(ChargeOutcome.FAILED, reference, "CANCELLED")

    async def refund(self, *, refund_id: UUID, payment_id: UUID, reference: str, amount: int) -> Returned:
        return Returned(ChargeOutcome.SUCCEEDED, f"sim_refund_{refund_id.hex}")

    async def pay_out(self, *, payout_id: UUID, amount: int, to: Destination, note: str) -> Sent:
        trigger = self._trigger(amount)
        if trigger == UNREACHABLE_BUT_PAID:
            raise GatewayUnreachable
        return self._sent(payout_id, trigger == REFUSED_BY_BANK)

    async def find_payout(self, *, payout_id: UUID, reference: str, made_at: datetime) -> Sent | None:
        return self._sent(payout_id, is_refused=False)

    async def take_back(self, *, payout_id: UUID, reference: str, amount: int) -> Sent:
        return Sent(ChargeOutcome.FAILED, reference, "REVERSED")

    async def find_theirs(self, reference: str) -> Theirs | None:
        return None

    async def list_since(self, moment: datetime) -> AsyncIterator[Theirs]:
        nothing: tuple[Theirs, ...] = ()
        for one in nothing:
            yield one

    def read(self, headers: Mapping[str, str], body: bytes) -> Said:
        """Signed as our own webhooks are: `Lumbung-Signature: t=…,v1=…`."""
        self._verify(headers.get("lumbung-signature", ""), body)
        try:
            call = _Call.model_validate_json(body)
        except ValidationError as cause:
            raise ValueError(f"{cause.error_count()} fields are not understood") from cause
        outcome = ChargeOutcome(call.type.removeprefix("charge.").upper())
        charge = Charge(outcome, call.reference, call.failure)
        return Said(call.id, call.type, Subject.PAYMENT, call.payment_id, call.reference, call.amount, charge)

    def sign(self, body: bytes) -> str:
        """The header that goes with this body, now."""
        moment = str(int(clock.machine().timestamp()))
        return f"t={moment},v1={self._digest(moment, body)}"

    async def close(self) -> None:
        """Nothing is held."""

    def _verify(self, header: str, body: bytes) -> None:
        parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
        moment, given = parts.get("t", ""), parts.get("v1", "")
        if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
            raise SignatureRefused("no signature")
        if not hmac.compare_digest(given.encode(), self._digest(moment, body).encode()):
            raise SignatureRefused("wrong signature")
        if abs(clock.machine().timestamp() - int(moment)) > TOLERANCE_S:
            raise SignatureRefused("signed too long ago")

    def _digest(self, moment: str, body: bytes) -> str:
        return hmac.digest(self._key, f"{moment}.".encode() + body, sha256).hex()

    def _trigger(self, amount: int) -> int:
        return amount % 1_000 if self._has_triggers else 0

    def _settled(self, payment_id: UUID, trigger: int) -> Charge:
        failures = {INSUFFICIENT_FUNDS: "INSUFFICIENT_FUNDS", REFUSED_BY_BANK: "REFUSED_BY_BANK"}
        outcome = ChargeOutcome.FAILED if trigger in failures else ChargeOutcome.SUCCEEDED
        return Charge(outcome, f"sim_{payment_id.hex}", failures.get(trigger, ""))

    def _sent(self, payout_id: UUID, is_refused: bool) -> Sent:
        outcome = ChargeOutcome.FAILED if is_refused else ChargeOutcome.SUCCEEDED
        return Sent(outcome, f"sim_payout_{payout_id.hex}", "REFUSED_BY_BANK" if is_refused else "")
