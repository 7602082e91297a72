"""Bank statements that settle: what a co-op's bank says of a plan's payments, carried out by the usual steps.

The payer's statement says that he paid, the receiver's that the money came. What differs opens a case.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.books import statement_files
from cooperatives.books.bank_files import BankFile
from cooperatives.books.bank_forms import UnknownForm
from cooperatives.books.bank_statements import StatementUnreadable
from cooperatives.books.bank_templates import templates_for
from cooperatives.settlements import cases
from cooperatives.settlements.cases import Difference
from cooperatives.settlements.files import BANK_ZONE
from cooperatives.settlements.models import CaseKind, SettlementPayment
from cooperatives.settlements.payments import (
    REFERENCE_LENGTH,
    PaymentWrongState,
    confirm_settlement_payment,
    record_settlement_payment,
)
from cooperatives.settlements.reading_off import DIFFERENCES, Expected, Outcome, Told, read_off
from cooperatives.settlements.references import reference_of
from cooperatives.settlements.windows import SCOPE, hold_window
from marketplace.database import transaction
from marketplace.identity.actor import Actor, Role, require, signed_in

#: So many of a co-op's payments are looked for, the newest: years of windows.
MOST_PAYMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a statement; `cases`: how many differences were opened by it."""

    file: BankFile
    is_dry_run: bool
    told: Sequence[Told]
    cases: int = 0


async def import_statement(
    actor: Actor,
    content: bytes,
    *,
    cooperative_id: UUID,
    form: str | None = None,
    folder: Path | None = None,
    is_dry_run: bool = True,
) -> Taken:
    """Read a statement of the co-op's bank, and take each payment that it names a step further. Its treasurer.

    A file of which a line can't be read changes nothing; the same file again neither. Each payment is its own
    transaction, so that a broken import goes on when the file is sent again. Raises NotFound, StatementUnreadable.
    """
    by = signed_in(actor)
    require(actor, Role.TREASURER, cooperative_id=cooperative_id, scope=SCOPE, hide="co-operative")
    try:
        known = await templates_for(cooperative_id, folder)
        file = await asyncio.to_thread(statement_files.read, content, form, known)
    except UnknownForm as cause:
        raise StatementUnreadable(reason=str(cause)) from cause
    found = SettlementPayment.filter(Q(payer_id=cooperative_id) | Q(payee_id=cooperative_id))
    payments = {row.id: row for row in await found.order_by("-id").limit(MOST_PAYMENTS)}
    told = read_off(file, [_expected(row, cooperative_id) for row in payments.values()])
    if file.refusals or is_dry_run:
        return Taken(file, is_dry_run, told)
    for one in told:
        if one.is_step and one.payment_id is not None:
            await _step(actor, one, payments[one.payment_id], cooperative_id)
    return Taken(file, False, told, await _open_cases(told, payments, cooperative_id, by))


def _expected(row: SettlementPayment, cooperative_id: UUID) -> Expected:
    sign = -1 if row.payer_id == cooperative_id else 1
    day = row.paid_at.astimezone(BANK_ZONE).date() if row.paid_at else None
    return Expected(row.id, reference_of(row.id), sign * row.amount, row.state.value, day)


async def _step(actor: Actor, one: Told, payment: SettlementPayment, cooperative_id: UUID) -> None:
    assert one.movement is not None  # a step is what a line says
    key = f"statement-{payment.id}"
    try:
        if payment.payer_id == cooperative_id:
            reference = (one.movement.reference or one.reference)[:REFERENCE_LENGTH]
            await record_settlement_payment(actor, payment_id=payment.id, bank_reference=reference, key=key)
            return
        await confirm_settlement_payment(actor, payment_id=payment.id, key=key)
    except PaymentWrongState:
        return  # taken this step by another meanwhile
    async with transaction():
        words = f"{one.movement.day.isoformat()}: {one.reference}"
        await cases.close_missing(payment, cooperative_id, signed_in(actor), words)


async def _open_cases(
    told: Sequence[Told], payments: Mapping[UUID, SettlementPayment], cooperative_id: UUID, by: UUID
) -> int:
    by_pair: dict[tuple[UUID, UUID], list[Difference]] = defaultdict(list)
    for one in told:
        if one.outcome in DIFFERENCES and not one.is_step and one.payment_id is not None:
            payment = payments[one.payment_id]
            other = payment.payee_id if payment.payer_id == cooperative_id else payment.payer_id
            by_pair[payment.window_id, other].append(_difference(one))
    opened = 0
    for (window_id, other), differences in sorted(by_pair.items()):
        async with transaction():
            window = await hold_window(window_id)
            opened += await cases.keep(window, cooperative_id, other, differences, by)
    return opened


def _difference(one: Told) -> Difference:
    """Seen from the statement's owner: `here` is what his bank moved, `there` what the plan has."""
    assert one.payment_id is not None
    kinds = {Outcome.MISSING: CaseKind.MISSING_HERE, Outcome.FEE: CaseKind.FEE, Outcome.VOID: CaseKind.MISSING_THERE}
    there = None if one.outcome is Outcome.VOID else one.expected
    return Difference(
        kinds.get(one.outcome, CaseKind.AMOUNT),
        cases.PAYMENT,
        one.payment_id,
        one.moved,
        there,
        f"{one.outcome.value} {one.reference}",
    )
