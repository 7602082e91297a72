"""What members buy with loans, as they, keepers and officers see it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Subquery

from cooperatives.loans.lifecycle import AWAITED, LoanState
from cooperatives.loans.models import Loan
from cooperatives.units.access import read_unit
from cooperatives.units.financing.models import FinancedPurchase
from marketplace.batches import rows_by
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id


async def list_awaited(
    actor: Actor, unit_id: UUID, *, membership_id: UUID | None, first: int, after: str | None
) -> Page[FinancedPurchase]:
    """What approved loans are to pay at a unit and was not sold yet, the latest first; of one member when named.

    Raises NotFound.
    """
    unit = await read_unit(actor, unit_id)
    approved = Loan.filter(cooperative_id=unit.cooperative_id, state=LoanState.APPROVED)
    found = FinancedPurchase.filter(unit_id=unit_id, sale_id=None, id__in=Subquery(approved.values("id")))
    if membership_id is not None:
        found = found.filter(membership_id=membership_id)
    return await page_by_id(found, first=first, after=after)


async def waiting_at(unit_id: UUID) -> int:
    """How many loans that are asked for or agreed to are to pay at a unit. One statement."""
    waiting = Loan.filter(state__in=list(AWAITED)).values("id")
    return await FinancedPurchase.filter(unit_id=unit_id, sale_id=None, id__in=Subquery(waiting)).count()


async def purchases_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, FinancedPurchase]:
    """What each loan is to pay, or paid. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(FinancedPurchase, "id", set(ids))}


async def loan_numbers_by_sale(ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """By which loan each financed sale was paid. Two statements. The caller has authorised."""
    loans = {row.pk: row.sale_id for row in await rows_by(FinancedPurchase, "sale_id", set(ids))}
    numbers = {loans[row.pk]: row.number for row in await rows_by(Loan, "id", set(loans))}
    return {sale_id: number for sale_id, number in numbers.items() if sale_id is not None and number is not None}
