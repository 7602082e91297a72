"""A member asks the credit unit to pay for what he wants to buy at a unit: goods at his price, or a job as estimated.

The quote is what the loan is for: its amount is the loan's, and what is sold later is this, at this price. Nothing is
set aside for him meanwhile but what his agreed job sets aside anyhow. He can look at it before he asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from catalog import stock as catalogue
from catalog.models import Variant
from cooperatives.loans import service as loans
from cooperatives.loans.models import Loan
from cooperatives.units.access import MOST_QUANTITY, UnitClosed, check_lines, check_number
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.models import BusinessUnit, UnitItem
from cooperatives.units.selling import SaleLine, kept, priced_for
from cooperatives.units.workshop.access import JobWrongState
from cooperatives.units.workshop.lifecycle import JobState
from cooperatives.units.workshop.models import JobCard
from marketplace.batches import rows_by
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: A job can be asked for once it was estimated, and until it is billed.
ESTIMATED = frozenset({JobState.ESTIMATED, JobState.WORKING})


class NotForPurchases(MarketplaceError):
    """Loans of this product are paid to the member himself: choose a product that pays for purchases at units."""

    code = Code.WRONG_STATE
    pesan = "Pinjaman produk ini dibayarkan kepada anggota: pilih produk untuk membiayai belanja di unit."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be bought at a unit: so many of these variants of its shop, or a job of its workshop."""

    unit_id: UUID
    goods: tuple[tuple[UUID, int], ...] = ()
    job_id: UUID | None = None


async def ask_to_finance(
    actor: Actor,
    *,
    product_id: UUID,
    wanted: Wanted,
    months: int,
    reason: str,
    guarantors: Sequence[int] = (),
    key: str,
) -> Loan:
    """Ask for a loan that pays a unit for this. Officers decide on it as on any loan.

    Raises NotFound, AgainstTheLaw, Invalid, NotForPurchases, UnitClosed, JobWrongState, and what asking for any loan
    raises.
    """
    account_id, id, reason = signed_in(actor), new_id(), loans.checked_reason(reason)
    _check(wanted)
    async with transaction():
        borrower = await loans.borrower_of(account_id, product_id)
        asked = [product_id, wanted, months, reason, list(guarantors)]
        if (earlier := await once(account_id, "applyForPurchaseLoan", key, asked, id)) is not None:
            return await Loan.get(pk=earlier)
        _require_for_purchases(borrower)
        unit = await _unit_of(borrower, wanted)
        _require_open(unit)
        job = await _job_of(unit, borrower, wanted)
        lines = await _lines(unit, wanted, job)
        total = total_of(lines)
        loan = await loans.write_application(borrower, id, total, months, reason, guarantors)
        await FinancedPurchase.create(
            id=id,
            unit_id=unit.pk,
            cooperative_id=unit.cooperative_id,
            membership_id=borrower.member.pk,
            job_id=wanted.job_id,
            total=total,
            lines=lines,
        )
        return loan


@dataclass(frozen=True, slots=True)
class PurchaseQuote:
    """What asking for this would come to: `lines` as the loan's purchase would keep them.

    `foreseen`: what agreeing to it takes, and what it and the sale would lack today; `refusals`: why asking now would
    be refused, none when it would not.
    """

    lines: list[dict[str, Any]]
    weighed: loans.Weighed
    foreseen: loans.Foreseen
    missing: tuple[MarketplaceError, ...]
    refusals: tuple[MarketplaceError, ...]


async def quote_purchase(
    actor: Actor, *, product_id: UUID, wanted: Wanted, months: int, guarantors: Sequence[int] | None
) -> PurchaseQuote:
    """What `ask_to_finance` would make of this now, by its own steps; nothing is locked or written.

    Raises Unauthenticated, NotFound, Invalid for what can't be read, AgainstTheLaw for who is no member. All else
    that asking would be refused for is among the refusals.
    """
    account_id = signed_in(actor)
    _check(wanted)
    borrower = await loans.borrower_of(account_id, product_id, is_asking=False)
    unit = await _unit_of(borrower, wanted)
    refusals: list[MarketplaceError] = []
    with loans.gathering(refusals):
        _require_for_purchases(borrower)
    with loans.gathering(refusals):
        _require_open(unit)
    job, lines = None, list[dict[str, Any]]()
    with loans.gathering(refusals):
        job = await _job_of(unit, borrower, wanted)
        lines = await _lines(unit, wanted, job)
    total = total_of(lines)
    weighed = await loans.weigh(borrower, total, months, guarantors)
    foreseen = await loans.foresee(borrower, total)
    lacking = await _sold_out(wanted) if lines else ()
    against = weighed.refusals if lines else ()
    return PurchaseQuote(lines, weighed, foreseen, (*lacking, *foreseen.missing), (*refusals, *against))


def total_of(lines: Sequence[Mapping[str, Any]]) -> int:
    """What quoted lines come to."""
    return sum(int(line["total"]) for line in lines)


def _require_for_purchases(borrower: loans.Borrower) -> None:
    if not borrower.product.finances_purchases:
        raise NotForPurchases


async def _unit_of(borrower: loans.Borrower, wanted: Wanted) -> BusinessUnit:
    unit = await BusinessUnit.get_or_none(pk=wanted.unit_id, cooperative_id=borrower.member.cooperative_id)
    if unit is None:
        raise NotFound("unit")
    return unit


def _require_open(unit: BusinessUnit) -> None:
    if unit.closed_at is not None:
        raise UnitClosed(name=unit.name)


def _check(wanted: Wanted) -> None:
    if (wanted.job_id is None) == (not wanted.goods):
        raise Invalid.field("lines", Code.INVALID, "goods or a job, not both", "barang atau servis, bukan keduanya")
    if wanted.job_id is None:
        check_lines(len(wanted.goods))
    for place, (_, quantity) in enumerate(wanted.goods):
        check_number(("lines", str(place), "quantity"), quantity, 1, MOST_QUANTITY)


async def _job_of(unit: BusinessUnit, borrower: loans.Borrower, wanted: Wanted) -> JobCard | None:
    """The job that it is for, once it was estimated; None for goods. Raises NotFound, JobWrongState."""
    if wanted.job_id is None:
        return None
    job = await JobCard.get_or_none(pk=wanted.job_id, unit_id=unit.pk, membership_id=borrower.member.pk)
    if job is None:
        raise NotFound("job")
    if job.state not in ESTIMATED:
        raise JobWrongState(state=job.state.value)
    return job


async def _lines(unit: BusinessUnit, wanted: Wanted, job: JobCard | None) -> list[dict[str, Any]]:
    """The lines as the loan's purchase keeps them: a job's as estimated, goods at a member's price of now.

    Raises NotFound, Invalid.
    """
    if job is not None:
        return list(job.lines)
    items = {row.variant_id: row.pk for row in await rows_by(UnitItem, "variant_id", dict(wanted.goods))}
    if any(variant_id not in items for variant_id, _ in wanted.goods):
        raise NotFound("item")
    lines = [SaleLine(quantity, items[variant_id]) for variant_id, quantity in wanted.goods]
    return [kept(line, {}) for line in await priced_for(unit, lines, is_member=True)]


async def _sold_out(wanted: Wanted) -> tuple[MarketplaceError, ...]:
    """Of which of these goods the shop has fewer than that, so that they could not be sold now."""
    quantities = dict(wanted.goods)
    variants = await rows_by(Variant, "id", quantities)
    short = [row for row in variants if (catalogue.available(row) or 0) < quantities[row.pk]]
    return tuple([await catalogue.sold_out(row) for row in short])
