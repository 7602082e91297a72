"""Reading loans: the member's own, the officers' queue, who is late, and the whole portfolio."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.loans.access import READERS, today_at
from cooperatives.loans.arrears import ArrearsClass, Portfolio, Standing, bounds_on, days_late, portfolio
from cooperatives.loans.lifecycle import RUNNING, LoanState
from cooperatives.loans.models import (
    Loan,
    LoanApproval,
    LoanGuarantee,
    LoanInstalment,
    LoanPayment,
    LoanRestructuring,
)
from marketplace.batches import rows_by
from marketplace.database import connection, is_postgres
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.paging import Page, page_by_id

R = TypeVar("R", LoanApproval, LoanGuarantee, LoanPayment, LoanRestructuring)


async def my_loans(actor: Actor, *, first: int, after: str | None) -> Page[Loan]:
    """The signed-in person's own loans in all his co-ops, newest first. Raises Unauthenticated."""
    return await page_by_id(Loan.filter(account_id=signed_in(actor)), first=first, after=after)


async def loans_behind(actor: Actor, *, first: int, after: str | None) -> Page[LoanGuarantee]:
    """The loans that the signed-in person was asked to stand behind, newest first. Raises Unauthenticated."""
    return await page_by_id(LoanGuarantee.filter(account_id=signed_in(actor)), first=first, after=after)


async def list_loans(
    actor: Actor,
    cooperative_id: UUID,
    *,
    states: Sequence[LoanState],
    is_late: bool,
    first: int,
    after: str | None,
) -> Page[Loan]:
    """A co-op's loans in these states (none: all), newest first; or those that are late alone. Raises Forbidden."""
    require(actor, *READERS, cooperative_id=cooperative_id)
    found = Loan.filter(cooperative_id=cooperative_id)
    if states:
        found = found.filter(state__in=list(states))
    if is_late:
        found = found.filter(Q(late_since__isnull=False))
    return await page_by_id(found, first=first, after=after)


async def loans_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Loan]:
    """The loans with these ids. One statement."""
    return {row.pk: row for row in await rows_by(Loan, "id", ids)}


async def instalments_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanInstalment]]:
    """Of each loan the instalments in force, in the order of their days. One statement."""
    found: dict[UUID, list[LoanInstalment]] = {id: [] for id in ids}
    for row in await rows_by(LoanInstalment, "loan_id", ids, order="id"):
        if row.superseded_at is None:
            found[row.loan_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: (row.version, row.ordinal))
    return found


async def _grouped(model: type[R], ids: Sequence[UUID]) -> dict[UUID, list[R]]:
    found: dict[UUID, list[R]] = {id: [] for id in ids}
    for row in await rows_by(model, "loan_id", ids, order="id"):
        found[row.loan_id].append(row)
    return found


async def approvals_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanApproval]]:
    """Of each loan the officers' words. One statement."""
    return await _grouped(LoanApproval, ids)


async def guarantees_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanGuarantee]]:
    """Of each loan who was asked to stand behind it. One statement."""
    return await _grouped(LoanGuarantee, ids)


async def payments_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanPayment]]:
    """Of each loan what was paid early, oldest first. One statement."""
    return await _grouped(LoanPayment, ids)


async def restructurings_by_loan(ids: Sequence[UUID]) -> Mapping[UUID, list[LoanRestructuring]]:
    """Of each loan the new terms that were proposed, oldest first. One statement."""
    return await _grouped(LoanRestructuring, ids)


def arrears_of(loan: Loan, today: date) -> tuple[int, ArrearsClass]:
    """How many days late a loan is, and its class."""
    late = days_late(loan.late_since, today)
    return late, bounds_on(today).of(late)


async def portfolio_of(actor: Actor, cooperative_id: UUID) -> Portfolio:
    """All running loans of a co-op added up, as of today. Raises Forbidden."""
    require(actor, *READERS, cooperative_id=cooperative_id)
    today, standings = await standings_of(cooperative_id)
    bounds = bounds_on(today)
    return portfolio(
        Standing(owed, late := days_late(loan.late_since, today), bounds.of(late), loan.reserved)
        for loan, owed in standings
    )


async def standings_of(cooperative_id: UUID) -> tuple[date, list[tuple[Loan, int]]]:
    """Today, and each running loan with what is owed of its principal, oldest first. A fixed number of statements."""
    loans = await Loan.filter(cooperative_id=cooperative_id, state__in=list(RUNNING)).order_by("id")
    rows = await connection().execute_query_dict(
        """
        SELECT i.loan_id, SUM(i.principal - CASE WHEN i.paid > i.interest THEN i.paid - i.interest ELSE 0 END) AS owed
        FROM loan_instalment i JOIN loan l ON l.id = i.loan_id
        WHERE i.superseded_at IS NULL AND l.cooperative_id = """
        + ("$1" if is_postgres() else "?")
        + " GROUP BY i.loan_id",
        [cooperative_id if is_postgres() else str(cooperative_id)],
    )
    owed = {UUID(str(row["loan_id"])): int(row["owed"]) for row in rows}
    return await today_at(cooperative_id), [(loan, owed.get(loan.pk, 0)) for loan in loans]
