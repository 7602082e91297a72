"""Money that the co-op borrowed and lends on: what members owe of it, added up and loan by loan for its lender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.loans.access import READERS, today_at
from cooperatives.loans.arrears import ArrearsClass, bounds_on, days_late
from cooperatives.loans.lifecycle import RUNNING
from cooperatives.loans.models import Borrowing, Loan, LoanInstalment, LoanProduct
from cooperatives.membership.models import Membership
from marketplace.batches import rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.service import accounts_by_id


@dataclass(frozen=True, slots=True)
class OnLent:
    """What members owe of money that the co-op borrowed: loans of the products that lend it on."""

    loans: int
    owed: int
    late: int


@dataclass(frozen=True, slots=True)
class LentTo:
    """One loan out of what was borrowed: whom it was lent to, and how it stands. `arrears` None: it has ended."""

    member_number: int | None
    name: str
    loan: Loan
    owed: int
    days_late: int
    arrears: ArrearsClass | None


async def on_lent_by_borrowing(ids: Sequence[UUID]) -> Mapping[UUID, OnLent]:
    """Of each how much of it members owe now. Three statements."""
    products = {row.pk: row.borrowing_id for row in await rows_by(LoanProduct, "borrowing_id", ids)}
    loans = [row for row in await rows_by(Loan, "product_id", list(products)) if row.state in RUNNING]
    owed = await _owed_of(loans)
    found: dict[UUID, OnLent] = {}
    for id in ids:
        mine = [loan for loan in loans if products[loan.product_id] == id]
        late = sum(owed[loan.pk] for loan in mine if loan.late_since is not None)
        found[id] = OnLent(len(mine), sum(owed[loan.pk] for loan in mine), late)
    return found


async def _owed_of(loans: Sequence[Loan]) -> Mapping[UUID, int]:
    """What of each loan's principal is owed, in rupiah. One statement."""
    owed = {loan.pk: 0 for loan in loans}
    for row in await rows_by(LoanInstalment, "loan_id", list(owed)):
        if row.superseded_at is None:
            owed[row.loan_id] += row.principal - row.principal_paid
    return owed


async def lent_out_of(actor: Actor, borrowing_id: UUID, *, most: int) -> tuple[Borrowing, date, list[LentTo]]:
    """The borrowing, today, and at most `most` loans that were paid out of it, oldest first, ended ones too.

    For those who lend and the pengawas. Raises Unauthenticated, NotFound.
    """
    signed_in(actor)
    row = await Borrowing.get_or_none(pk=borrowing_id)
    if row is None or not actor.holds(*READERS, cooperative_id=row.cooperative_id):
        raise NotFound("borrowing")
    products = await LoanProduct.filter(borrowing_id=borrowing_id).values_list("id", flat=True)
    loans = await Loan.filter(product_id__in=products, disbursed_on__isnull=False).order_by("id").limit(most)
    running = [loan for loan in loans if loan.is_running]
    owed, today = await _owed_of(running), await today_at(row.cooperative_id)
    members = {one.pk: one for one in await rows_by(Membership, "id", {loan.membership_id for loan in loans})}
    people, bounds = await accounts_by_id(sorted({loan.account_id for loan in loans})), bounds_on(today)
    found = []
    for loan in loans:
        late = days_late(loan.late_since, today) if loan.is_running else 0
        number, name = members[loan.membership_id].number, people[loan.account_id].name
        arrears = bounds.of(late) if loan.is_running else None
        found.append(LentTo(number, name, loan, owed.get(loan.pk, 0), late, arrears))
    return row, today, found
