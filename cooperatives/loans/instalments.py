"""A loan's instalments in force: charged as dues when their month begins, following what the dues were paid.

All stand in the transaction of a caller who holds the loan.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from cooperatives.dues import charging as dues
from cooperatives.dues.allocating import Part
from cooperatives.dues.charging import Charge
from cooperatives.dues.kinds import DueKind
from cooperatives.ledger.accounts import Cause
from cooperatives.loans.models import Loan, LoanInstalment
from cooperatives.loans.paying_off import Owed
from cooperatives.loans.posting import INSTALMENT, interest_of, principal_of
from cooperatives.loans.schedules import Instalment, Terms, due_days
from marketplace import clock
from marketplace.database import new_id


def terms_of(loan: Loan) -> Terms:
    """The terms in force."""
    return Terms(loan.lent, loan.months, loan.rate_bp, loan.method, loan.multiple)


async def in_force(loan_id: UUID) -> list[LoanInstalment]:
    """The instalments that count, in the order of their days."""
    return await LoanInstalment.filter(loan_id=loan_id, superseded_at=None).order_by("version", "ordinal")


def cause_of(row: LoanInstalment) -> Cause:
    """What makes its due one of a kind."""
    return Cause(INSTALMENT, row.pk)


async def followed(loan_id: UUID) -> list[LoanInstalment]:
    """The instalments in force, brought to what their dues were paid."""
    rows = await in_force(loan_id)
    await follow(rows)
    return rows


async def follow(rows: Sequence[LoanInstalment]) -> None:
    """Write down what the dues of these were paid."""
    charged = [row for row in rows if row.is_charged]
    found = await dues.dues_by_cause([cause_of(row) for row in charged])
    for row in charged:
        paid = found[cause_of(row)].paid
        if paid != row.paid:
            row.paid = paid
            await row.save(update_fields=["paid"])


async def write_rows(
    loan: Loan, instalments: Sequence[Instalment], began_on: date, first_on: date, day: int, carried: int = 0
) -> None:
    """Write the instalments of the loan's present version: due from `first_on` on, each month on `day`.

    `carried`: interest earned before and not paid; the first of them asks for it too.
    """
    days = due_days(first_on, len(instalments), day)
    await LoanInstalment.bulk_create(
        [
            LoanInstalment(
                id=new_id(),
                loan_id=loan.pk,
                version=loan.version,
                ordinal=ordinal,
                began_on=began,
                due_on=due_on,
                principal=row.principal,
                interest=row.interest + (carried if ordinal == 1 else 0),
                accrued=carried if ordinal == 1 else 0,
            )
            for ordinal, (row, began, due_on) in enumerate(
                zip(instalments, [began_on, *days[:-1]], days, strict=True), start=1
            )
        ]
    )


async def charge_begun(loan: Loan, rows: Iterable[LoanInstalment], today: date) -> None:
    """Put the instalments whose month has begun among the member's dues: they may be deducted from then on."""
    fresh = [row for row in rows if not row.is_charged and row.began_on <= today and row.owed > 0]
    charges = [
        Charge(
            membership_id=loan.membership_id,
            kind=DueKind.LOAN,
            due_on=row.due_on,
            opens_on=row.began_on,
            cause=cause_of(row),
            about=f"{loan.number} {row.due_on:%m/%Y}",
            parts=(
                Part(interest_of(loan.cooperative_id, loan.pk), row.interest, INSTALMENT),
                Part(principal_of(loan.cooperative_id, loan.pk), row.principal, INSTALMENT),
            ),
        )
        for row in fresh
    ]
    if charges:
        await dues.charge(loan.cooperative_id, charges)
        for row in fresh:
            row.is_charged = True
        await LoanInstalment.filter(pk__in=[row.pk for row in fresh]).update(is_charged=True)


async def supersede(rows: Sequence[LoanInstalment]) -> None:
    """These count no longer: nothing more is due on them. What was paid of them stays paid."""
    charged = [cause_of(row) for row in rows if row.is_charged]
    if charged:
        await dues.let_go(charged)
        await follow(rows)
    now = clock.now()
    for row in rows:
        row.superseded_at = now
        await row.save(update_fields=["superseded_at", "accrued"])


def owed_of(rows: Sequence[LoanInstalment]) -> list[Owed]:
    """As the rules see them; `id` is the place in the list."""
    return [
        Owed(place, row.due_on, row.principal - row.principal_paid, row.interest - row.interest_paid)
        for place, row in enumerate(rows)
    ]


def principal_owed(rows: Iterable[LoanInstalment]) -> int:
    """What of the loan is not paid back."""
    return sum(row.principal - row.principal_paid for row in rows)


def interest_owed(rows: Iterable[LoanInstalment]) -> int:
    """Interest earned and not paid; below zero what was paid ahead."""
    return sum(row.accrued - row.interest_paid for row in rows)


def late_since(rows: Iterable[LoanInstalment], today: date) -> date | None:
    """The day of the oldest instalment that fell due before today and is not wholly paid."""
    return min((row.due_on for row in rows if row.due_on < today and row.owed > 0), default=None)
