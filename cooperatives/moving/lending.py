"""Loans in the middle of their schedule: each with its own terms, what was paid of it, and what comes."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.ledger.compounds import Compound
from cooperatives.loans.access import RELATED
from cooperatives.loans.kinds import LoanPurpose
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan, LoanInstalment, LoanProduct
from cooperatives.loans.posting import interest_of, principal_of
from cooperatives.loans.rates import effective_rate
from cooperatives.membership.models import Membership
from cooperatives.moving.checking import LOAN_SERIES
from cooperatives.moving.records import LoanRow
from marketplace import clock
from marketplace.database import new_id
from marketplace.identity import service as identity
from marketplace.identity.actor import Role

LENT = "loan.imported"
REASON = "Pinjaman pindahan dari pembukuan lama"


async def write_loans(
    cooperative_id: UUID, rows: Sequence[LoanRow], members: Mapping[int, Membership], by: UUID | None, today: date
) -> list[Compound]:
    """Write the loans with their instalments; answers what moves to them. Caller's transaction."""
    if not rows:
        return []
    chairs = await identity.holders(Role.CHAIR, cooperative_id=cooperative_id)
    products = await _products(cooperative_id, rows, by or chairs[0])
    related = {id for role in RELATED for id in await identity.holders(role, cooperative_id=cooperative_id)}
    series = f"{LOAN_SERIES}{today.year}/"
    before = await Loan.filter(cooperative_id=cooperative_id, number__startswith=series).count()
    loans, instalments, moves = [], [], []
    for place, row in enumerate(rows, start=before + 1):
        loan = _loan(row, members[row.member], products[row.product], today)
        loan.number, loan.is_related = f"{series}{place:04}", loan.account_id in related
        loans.append(loan)
        instalments += _instalments(loan, row)
        moves.append(Compound(Cause(LENT, loan.pk), _entries(loan, row)))
    await Loan.bulk_create(loans)
    await LoanInstalment.bulk_create(instalments)
    return moves


async def _products(cooperative_id: UUID, rows: Sequence[LoanRow], by: UUID) -> Mapping[str, LoanProduct]:
    """What each kind of loan was in the old books: retired at once, as nobody borrows anew on it."""
    made: dict[str, LoanProduct] = {}
    for name in dict.fromkeys(row.product for row in rows):
        of_it = [row.plan.terms for row in rows if row.product == name]
        first = of_it[0]
        made[name] = LoanProduct(
            id=new_id(),
            cooperative_id=cooperative_id,
            name=f"{name} (pindahan)"[:80],
            purpose=LoanPurpose.OTHER,
            method=first.method,
            rate_bp=first.rate_bp,
            highest_effective_bp=max(effective_rate(terms).nominal_bp for terms in set(of_it)),
            least_amount=min(terms.principal for terms in of_it),
            most_amount=max(terms.principal for terms in of_it),
            least_months=min(terms.months for terms in of_it),
            most_months=max(terms.months for terms in of_it),
            offered_by=by,
            retired_at=clock.now(),
        )
    await LoanProduct.bulk_create(list(made.values()))
    return made


def _loan(row: LoanRow, member: Membership, product: LoanProduct, today: date) -> Loan:
    terms, rate = row.plan.terms, effective_rate(row.plan.terms)
    late = [one.due_on for one in row.plan.instalments if not one.is_paid and one.due_on < today]
    return Loan(
        id=new_id(),
        cooperative_id=member.cooperative_id,
        membership_id=member.pk,
        account_id=member.account_id,
        product_id=product.pk,
        reason=REASON,
        amount=terms.principal,
        lent=terms.principal,
        state=LoanState.DISBURSED,
        months=terms.months,
        rate_bp=terms.rate_bp,
        method=terms.method,
        multiple=terms.multiple,
        effective_bp=rate.nominal_bp,
        compounded_bp=rate.compounded_bp,
        rules=[],
        disbursed_on=row.plan.given_on,  # but no moment: nobody here agreed to it or paid it out
        reference=row.number,
        late_since=min(late, default=None),
        next_on=today,
    )


def _instalments(loan: Loan, row: LoanRow) -> list[LoanInstalment]:
    return [
        LoanInstalment(
            id=new_id(),
            loan_id=loan.pk,
            version=1,
            ordinal=ordinal,
            began_on=one.began_on,
            due_on=one.due_on,
            principal=one.principal,
            interest=one.interest,
            paid=one.principal + one.interest if one.is_paid else 0,
            accrued=one.accrued,
        )
        for ordinal, one in enumerate(row.plan.instalments, start=1)
    ]


def _entries(loan: Loan, row: LoanRow) -> tuple[Entry, ...]:
    book = loan.cooperative_id
    return (
        Entry(principal_of(book, loan.pk), AccountRef(book, Purpose.LOAN_PRINCIPAL), row.plan.owed, LENT),
        Entry(interest_of(book, loan.pk), AccountRef(book, Purpose.LOAN_INTEREST_DUE), row.plan.interest_owed, LENT),
    )
