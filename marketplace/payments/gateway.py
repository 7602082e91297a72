"""The port to whoever takes money from buyers, and the simulated one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from marketplace.errors import Code, MarketplaceError


class GatewayUnreachable(MarketplaceError):
    """The payment provider does not answer: wait, the payment is looked after."""

    code = Code.UNAVAILABLE
    pesan = "Penyedia pembayaran tidak menjawab: tunggu, pembayaran Anda sedang diurus."
    retryable = True


class ChargeOutcome(StrEnum):
    """What the gateway says of a charge."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    PENDING = "PENDING"


@dataclass(frozen=True, slots=True)
class Charge:
    """A gateway's answer: its own reference, and a code where it refused."""

    outcome: ChargeOutcome
    reference: str = ""
    failure: str = ""


class PaymentGateway(Protocol):
    """Takes money from a buyer and gives it back. Every call is idempotent by the id we give it."""

    @property
    def name(self) -> str:
        """How the gateway is called in rows and to clients."""

    @property
    def is_simulated(self) -> bool:
        """Whether no real money moves."""

    async def charge(self, *, payment_id: UUID, amount: int, description: str) -> Charge:
        """Take `amount` rupiah. Raises GatewayUnreachable: then nothing is known of the outcome."""

    async def find(self, *, payment_id: UUID, amount: int) -> Charge | None:
        """What became of a charge; None when the gateway never heard of it. Raises GatewayUnreachable."""

    async def refund(self, *, refund_id: UUID, payment_reference: str, amount: int) -> str:
        """Give `amount` back; answers the gateway's reference. Raises GatewayUnreachable."""


#: Amounts by whose last three digits a sandbox makes a payment go wrong.
INSUFFICIENT_FUNDS = 1
UNREACHABLE_BUT_PAID = 2
PENDING_THEN_PAID = 3
REFUSED_BY_BANK = 4
UNREACHABLE_AND_LOST = 5


class SimulatedGateway:
    """No real money: says yes at once. In a sandbox the amount's last three digits choose a failure.

    001 insufficient funds; 002 the answer is lost but the money came; 003 pending, later paid;
    004 refused by the bank; 005 the call is lost before it arrives.
    """

    name = "SIMULATED"
    is_simulated = True

    def __init__(self, *, has_triggers: bool) -> None:
        self._has_triggers = has_triggers

    async def charge(self, *, payment_id: UUID, amount: int, description: str) -> Charge:
        trigger = self._trigger(amount)
        if trigger in (UNREACHABLE_BUT_PAID, UNREACHABLE_AND_LOST):
            raise GatewayUnreachable
        if trigger == PENDING_THEN_PAID:
            return Charge(ChargeOutcome.PENDING, f"sim_{payment_id.hex}")
        return await self._settled(payment_id, trigger)

    async def find(self, *, payment_id: UUID, amount: int) -> Charge | None:
        trigger = self._trigger(amount)
        return None if trigger == UNREACHABLE_AND_LOST else await self._settled(payment_id, trigger)

    async def refund(self, *, refund_id: UUID, payment_reference: str, amount: int) -> str:
        return f"sim_refund_{refund_id.hex}"

    def _trigger(self, amount: int) -> int:
        return amount % 1_000 if self._has_triggers else 0

    async def _settled(self, payment_id: UUID, trigger: int) -> Charge:
        failures = {INSUFFICIENT_FUNDS: "INSUFFICIENT_FUNDS", REFUSED_BY_BANK: "REFUSED_BY_BANK"}
        outcome = ChargeOutcome.FAILED if trigger in failures else ChargeOutcome.SUCCEEDED
        return Charge(outcome, f"sim_{payment_id.hex}", failures.get(trigger, ""))
