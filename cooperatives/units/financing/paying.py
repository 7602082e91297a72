"""The credit unit pays a unit for what a member buys, in the transaction of the sale; and is paid back by a return.

What it owes the unit stands in a current account between the two (rekening koran): one side in the unit's books, one
in the credit unit's, moved by the same amount in the same transaction. Locks: the book and the loan, the unit and the
membership held already.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.loans import service as loans
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.models import BusinessUnit, UnitSale
from marketplace.database import locked_one
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.money import format_rupiah

#: So many of its lines a refusal names.
SHOWN = 4


class BoughtOtherwise(MarketplaceError):
    """This loan pays {amount} for {what}: sell just that for just as much, or let the member ask for another loan."""

    code = Code.CONFLICT
    pesan = (
        "Pinjaman ini membayar {amount} untuk {what}: jual persis itu dengan jumlah itu, atau minta anggota "
        "mengajukan pinjaman lain."
    )

    @classmethod
    def of(cls, purchase: FinancedPurchase) -> "BoughtOtherwise":
        """For what the loan was agreed to."""
        names = [f"{line['quantity']} x {line['name']}" for line in purchase.lines]
        more = f", +{len(names) - SHOWN}" if len(names) > SHOWN else ""
        return cls(amount=format_rupiah(purchase.total), what=", ".join(names[:SHOWN]) + more)


async def purchase_of(unit: BusinessUnit, loan_id: UUID | None, membership_id: UUID | None) -> FinancedPurchase:
    """What this loan is to pay at this locked unit, locked. Raises Invalid without a loan, NotFound."""
    if loan_id is None:
        raise Invalid.field("loanId", Code.REQUIRED, "the loan that pays it", "pinjaman yang membayarnya")
    row = await locked_one(FinancedPurchase, loan_id)
    if row is None or row.unit_id != unit.pk or membership_id not in (None, row.membership_id):
        raise NotFound("loan")
    return row


def require_quoted(purchase: FinancedPurchase, goods: Sequence[tuple[UUID | None, int]]) -> None:
    """Go on when these, each item and how many, are just the goods that were quoted. Raises BoughtOtherwise."""
    quoted: Counter[UUID | None] = Counter()
    for line in purchase.lines:
        quoted[UUID(line["item"]) if "item" in line else None] += line["quantity"]
    sold: Counter[UUID | None] = Counter()
    for item_id, quantity in goods:
        sold[item_id] += quantity
    if purchase.job_id is not None or quoted != sold:
        raise BoughtOtherwise.of(purchase)


def require_job(purchase: FinancedPurchase, job_id: UUID, total: int) -> None:
    """Go on when it is this job that the loan was agreed to for, and it costs what it did.

    Raises BoughtOtherwise.
    """
    if (purchase.job_id, purchase.total) != (job_id, total):
        raise BoughtOtherwise.of(purchase)


async def pay(actor: Actor, purchase: FinancedPurchase, sale_id: UUID) -> None:
    """The loan pays the unit for this sale, which the caller writes in this transaction.

    Raises OwnLoan, LoanWrongState, AgainstTheLaw.
    """
    paid = await loans.pay_unit(actor, loan_id=purchase.pk, unit_id=purchase.unit_id)
    purchase.sale_id = sale_id
    await purchase.save(update_fields=["sale_id"])
    await ledger.post(paid.entries, cause=paid.cause)


async def call_off(job_id: UUID, told: Mapping[str, str]) -> None:
    """Loans that were asked for to pay this job are asked for no more: it was called off. Locks them by id."""
    for row in await FinancedPurchase.filter(job_id=job_id, sale_id=None).order_by("id"):
        await loans.call_off(row.pk, told)


async def give_back(sale: UnitSale, amount: int, cause_id: UUID, by: UUID) -> None:
    """So much of a financed sale came back: the unit gives it to the credit unit, which takes it for the loan."""
    purchase = await FinancedPurchase.get(sale_id=sale.pk)
    paid = await loans.pay_by_return(purchase.pk, unit_id=sale.unit_id, amount=amount, payment_id=cause_id, by=by)
    await ledger.post(paid.entries, cause=paid.cause)
