"""A bank statement held against a plan's payments. Pure.

A line is a payment's when the bank's words hold its reference; what it says of it is one outcome.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from cooperatives.books.bank_files import BankFile, Movement
from cooperatives.settlements.references import references_in

#: What a bank takes for one transfer at most (RTGS, Bank Indonesia's ceiling): more is no fee.
LARGEST_FEE = 35_000


class Outcome(StrEnum):
    """What a line, or its absence, says of a payment."""

    PAID = "PAID"
    CONFIRMED = "CONFIRMED"
    ALREADY = "ALREADY"
    TOO_EARLY = "TOO_EARLY"
    FEE = "FEE"
    AMOUNT = "AMOUNT"
    TWICE = "TWICE"
    RETURNED = "RETURNED"
    VOID = "VOID"
    MISSING = "MISSING"
    UNKNOWN = "UNKNOWN"


#: What both sides must look at.
DIFFERENCES = frozenset({Outcome.FEE, Outcome.AMOUNT, Outcome.TWICE, Outcome.RETURNED, Outcome.VOID, Outcome.MISSING})


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment as the statement's owner sees it: `amount` above zero comes in, below goes out.

    `state` as the plan has it; `paid_on`: the day on which the payer said that it was paid.
    """

    id: UUID
    reference: str
    amount: int
    state: str
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome. `moved` is the sum on the line, None when it is missing; `expected` what the plan has."""

    outcome: Outcome
    reference: str
    payment_id: UUID | None = None
    expected: int | None = None
    movement: Movement | None = None

    @property
    def moved(self) -> int | None:
        return None if self.movement is None else self.movement.amount

    @property
    def is_step(self) -> bool:
        """Whether the payment goes a step further by this line."""
        is_paid_with_fee = self.outcome is Outcome.FEE and (self.expected or 0) < 0
        return self.outcome in (Outcome.PAID, Outcome.CONFIRMED) or is_paid_with_fee


def read_off(file: BankFile, payments: Sequence[Expected]) -> list[Told]:
    """What the statement says of each payment that it names, in its order; then the payments that it lacks."""
    known = {payment.reference: payment for payment in payments}
    told: list[Told] = []
    seen: dict[str, int] = {}
    for movement in file.movements:
        names = references_in(f"{movement.description} {movement.reference}")
        if not names:
            continue
        name = next((one for one in names if one in known), names[0])
        payment = known.get(name)
        if payment is None:
            told.append(Told(Outcome.UNKNOWN, name, movement=movement))
            continue
        outcome = _outcome(movement.amount, payment, is_again=seen.get(name, 0) * movement.amount > 0)
        seen.setdefault(name, movement.amount)
        told.append(Told(outcome, name, payment.id, payment.amount, movement))
    return told + [Told(Outcome.MISSING, one.reference, one.id, one.amount) for one in _missing(file, payments, seen)]


def _outcome(amount: int, payment: Expected, *, is_again: bool) -> Outcome:
    if amount * payment.amount < 0:
        return Outcome.RETURNED
    if payment.state == "VOID":
        return Outcome.VOID
    if is_again:
        return Outcome.TWICE
    comes_in = payment.amount > 0
    if amount != payment.amount:
        # A fee makes less of what comes in, and more of what goes out: below the plan in both.
        if not 0 < payment.amount - amount <= LARGEST_FEE:
            return Outcome.AMOUNT
        if not comes_in:
            return {"APPROVED": Outcome.FEE, "PLANNED": Outcome.TOO_EARLY}.get(payment.state, Outcome.ALREADY)
        return Outcome.ALREADY if payment.state == "CONFIRMED" else Outcome.FEE
    if comes_in:
        return {"PAID": Outcome.CONFIRMED, "CONFIRMED": Outcome.ALREADY}.get(payment.state, Outcome.TOO_EARLY)
    return {"APPROVED": Outcome.PAID, "PLANNED": Outcome.TOO_EARLY}.get(payment.state, Outcome.ALREADY)


def _missing(file: BankFile, payments: Iterable[Expected], seen: dict[str, int]) -> list[Expected]:
    """Said to be paid within the statement's days, but for its last, and not on it."""
    first, last = file.starts_on, file.ends_on
    if first is None or last is None:
        return []
    return [
        one
        for one in payments
        if one.state == "PAID" and one.reference not in seen and one.paid_on and first <= one.paid_on < last
    ]
