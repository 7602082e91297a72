"""What a purchase by loan would come to, before it is asked for: just what asking makes of it."""

from dataclasses import replace

import pytest

from cooperatives.loans import service as loans
from cooperatives.loans.kinds import LoanPurpose
from cooperatives.loans.models import Loan, LoanProduct
from cooperatives.loans.pledging import SavingsTooSmall
from cooperatives.loans.products import Offer, ProductRetired
from cooperatives.loans.schedules import Method
from cooperatives.loans.weighing import MOST_LOANS, TooManyLoans
from cooperatives.units import service as units
from cooperatives.units.access import UnitClosed
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.financing.quoting import NotForPurchases, PurchaseQuote
from cooperatives.units.models import BusinessUnit
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.outbox import OutboxEvent
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.dues.stage import NOON
from tests.cooperatives.units.lender import GOODS, Lender

pytestmark = pytest.mark.anyio


async def quoted(
    at: Lender, tyres: int = 1, oils: int = 0, months: int = 6, product: LoanProduct | None = None, **more: object
) -> PurchaseQuote:
    return await units.quote_purchase(
        at.ani,
        product_id=(product or at.product).pk,
        wanted=at.wanted(tyres, oils),
        months=months,
        guarantors=more.get("guarantors"),  # type: ignore[arg-type]
    )


async def test_it_is_to_the_rupiah_what_is_asked_for_and_writes_nothing(lender: Lender) -> None:
    before = [await one.all().count() for one in (Loan, FinancedPurchase, OutboxEvent)]
    found = await quoted(lender, 9, 2)
    assert [await one.all().count() for one in (Loan, FinancedPurchase, OutboxEvent)] == before
    assert (found.refusals, found.missing, found.foreseen.officers) == ((), (), 2)
    assert [line["price"] for line in found.lines] == [600_000, 40_000]  # a member's, not everyone's 650,000
    loan = await lender.agreed(9, 2)
    assert found.lines == (await FinancedPurchase.get(pk=loan.pk)).lines
    priced = found.weighed.quote
    assert priced is not None
    assert (priced.terms.principal, priced.rate.nominal_bp) == (loan.amount, loan.effective_bp)
    assert [rule.name for rule in found.weighed.rules] == [rule["name"] for rule in loan.rules]
    await lender.sell(loan, 9, 2)
    rows = (await loans.instalments_by_loan([loan.pk]))[loan.pk]
    assert [(row.principal, row.interest) for row in rows] == [
        (row.principal, row.interest) for row in priced.instalments
    ]
    await lender.at.whole()


@pytest.mark.parametrize(
    ("tyres", "oils", "months", "expected"),
    [
        (1, 2, 6, []),
        (0, 1, 6, [Invalid]),  # Rp 40,000 is below what the product lends
        (1, 0, 40, [Invalid, AgainstTheLaw]),  # nor does it lend so long, and the by-laws don't
        (50, 0, 40, [Invalid, AgainstTheLaw, AgainstTheLaw]),
    ],
)
async def test_all_that_asking_would_be_refused_for_is_told(
    lender: Lender, tyres: int, oils: int, months: int, expected: list[type[MarketplaceError]]
) -> None:
    found = await quoted(lender, tyres, oils, months)
    assert [type(one) for one in found.refusals] == expected
    await same_when_asked(lender, found, tyres, oils, months)


async def same_when_asked(
    at: Lender, found: PurchaseQuote, tyres: int, oils: int, months: int, product: LoanProduct | None = None
) -> None:
    """Asking is refused for the first of what the quote told, or not at all."""
    if not found.refusals:
        await at.ask(tyres, oils, months, product)
        return
    with pytest.raises(type(found.refusals[0])) as refused:
        await at.ask(tyres, oils, months, product)
    for language in ("id", "en"):
        assert refused.value.message(language) == found.refusals[0].message(language)
    assert refused.value.faults == found.refusals[0].faults


async def test_products_units_and_loans_that_stand_in_the_way(lender: Lender) -> None:
    at = lender.at
    plain = replace(GOODS, name="Tunai", finances_purchases=False, purpose=LoanPurpose.FAMILY, method=Method.FLAT)
    other = await offered(lender, plain)
    found = await quoted(lender, product=other)
    assert [type(one) for one in found.refusals] == [NotForPurchases]
    await same_when_asked(lender, found, 1, 0, 6, other)
    for _ in range(MOST_LOANS):
        await lender.ask()
    await loans.retire_product(at.keeper, product_id=lender.product.pk)
    found = await quoted(lender)
    assert [type(one) for one in found.refusals] == [TooManyLoans, ProductRetired]
    assert found.weighed.quote is None
    await same_when_asked(lender, found, 1, 0, 6)
    await BusinessUnit.filter(pk=at.unit.pk).update(closed_at=NOON)
    assert [type(one) for one in (await quoted(lender)).refusals] == [UnitClosed, TooManyLoans, ProductRetired]
    with pytest.raises(NotFound):
        await units.quote_purchase(
            lender.ani, product_id=at.unit.pk, wanted=lender.wanted(1), months=6, guarantors=None
        )


async def offered(at: Lender, offer: Offer) -> LoanProduct:
    return await loans.offer_product(at.at.keeper, cooperative_id=at.at.id, offer=offer, key=at.at.key())


async def test_what_agreeing_and_selling_would_lack_is_told_apart(lender: Lender) -> None:
    pledged = await offered(lender, replace(GOODS, name="Dijamin", pledged_bp=2_000, guarantors=1))
    found = await quoted(lender, 21, product=pledged)
    assert found.foreseen.pledged == 2_520_000
    assert [one.message("id") for one in found.missing] == [
        "Barang BAN tinggal 20: kurangi jumlahnya.",
        "Pinjaman ini perlu jaminan simpanan sukarela Rp2.520.000, yang bebas Rp0: tambah simpanan, atau ajukan "
        "lebih sedikit.",
    ]
    assert isinstance(found.missing[1], SavingsTooSmall)
    assert found.refusals == ()  # who stands behind it is not named yet
    named = await quoted(lender, 21, product=pledged, guarantors=[99])
    assert [one.faults[0].path for one in named.refusals] == [("guarantors",)]
