"""A month's bills: what each enrolment costs by the rules of that month, charged as dues. Caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from cooperatives.books.periods import last_day
from cooperatives.dues import service as dues
from cooperatives.dues.models import DueKind
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.ledger.accounts import AccountRef, Cause, Purpose
from cooperatives.protection.models import (
    ProtectionBill,
    ProtectionDependant,
    ProtectionEnrolment,
    ProtectionMonth,
    ProtectionProgramme,
)
from cooperatives.protection.pricing import alone, month_of
from cooperatives.savings.terms import cited
from marketplace.batches import lists_by

#: The causes of dues: a bill by its id, and what a member gives to the fund in a month.
BILL, SOLIDARITY = "protection.bill", "protection.solidarity"
COLLECTED = "protection.collected"


def due_on(programme: ProtectionProgramme, month: date) -> date:
    """By which day of the month members pay; its last one where it is shorter."""
    return month.replace(day=min(programme.pay_by, last_day(month).day))


def fund_of(cooperative_id: UUID) -> AccountRef:
    """The co-op's solidarity fund."""
    return AccountRef(cooperative_id, Purpose.SOLIDARITY_FUND)


async def row_of(programme: ProtectionProgramme, month: date) -> ProtectionMonth:
    """The month's row: that somebody was billed, so that it will be closed."""
    fresh = ProtectionMonth(cooperative_id=programme.cooperative_id, programme_id=programme.pk, month=month)
    await ProtectionMonth.bulk_create([fresh], ignore_conflicts=True)
    return await ProtectionMonth.get(programme_id=programme.pk, month=month)


async def bill(
    programme: ProtectionProgramme, enrolments: Sequence[ProtectionEnrolment], month: date
) -> list[ProtectionBill]:
    """Bill these enrolments, all in force, for the month; one that was billed stays as it is."""
    families = await _families(enrolments, month)
    made = [_made(programme, row, families[row.pk], month) for row in enrolments]
    made = [row for row in made if row.amount]
    if not made:
        return []
    await ProtectionBill.bulk_create(made, ignore_conflicts=True)
    ids = [row.enrolment_id for row in made]
    bills = await ProtectionBill.filter(enrolment_id__in=ids, month=month).order_by("id")
    await dues.charge(programme.cooperative_id, [_charge(programme, row) for row in bills])
    await _charge_solidarity(programme, bills, month)
    return bills


async def _families(enrolments: Sequence[ProtectionEnrolment], month: date) -> Mapping[UUID, int]:
    """How many persons each enrolment covers in that month, the member himself among them."""
    found = await lists_by(ProtectionDependant, "enrolment_id", [row.pk for row in enrolments])
    return {
        row.pk: 1
        + sum(one.since <= month and (one.until is None or one.until >= month) for one in found.get(row.pk, []))
        for row in enrolments
    }


def _made(programme: ProtectionProgramme, row: ProtectionEnrolment, persons: int, month: date) -> ProtectionBill:
    lines = month_of(programme.kind, row.insured(persons, programme.premium), month)
    return ProtectionBill(
        cooperative_id=row.cooperative_id,
        programme_id=programme.pk,
        enrolment_id=row.pk,
        membership_id=row.membership_id,
        month=month,
        persons=persons,
        full=sum(line.full for line in lines),
        amount=sum(line.amount for line in lines),
        alone=alone(programme.kind, lines, persons, programme.alone_monthly),
        lines=[
            [line.component.value, line.full, line.amount, [cited(rule) for rule in line.rules]] for line in lines
        ],
    )


def _charge(programme: ProtectionProgramme, row: ProtectionBill) -> dues.Charge:
    part = dues.Part(programme.ref, row.amount, COLLECTED)
    about = f"{programme.name} {row.month:%m/%Y}"
    due, cause = due_on(programme, row.month), Cause(BILL, row.pk)
    return dues.Charge(row.membership_id, DueKind.PROTECTION, due, cause, (part,), about, opens_on=row.month)


async def _charge_solidarity(programme: ProtectionProgramme, bills: Sequence[ProtectionBill], month: date) -> None:
    """What the by-laws ask of each who is insured, once a month however many programmes he is in."""
    laws = await by_laws_on(programme.cooperative_id, month)
    amount, fund = laws[ByLaw.PROTECTION_SOLIDARITY], fund_of(programme.cooperative_id)
    if amount:
        charges = [
            dues.Charge(
                member,
                DueKind.PROTECTION,
                due_on(programme, month),
                Cause(SOLIDARITY, uuid5(member, f"solidarity:{month:%Y-%m}")),
                (dues.Part(fund, amount, SOLIDARITY),),
                f"Dana solidaritas {month:%m/%Y}",
                opens_on=month,
            )
            for member in dict.fromkeys(row.membership_id for row in bills)
        ]
        await dues.charge(programme.cooperative_id, charges)


def of_bill(bill_id: UUID) -> Cause:
    """The cause of a bill's due."""
    return Cause(BILL, bill_id)
