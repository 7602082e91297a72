"""What a purchase by loan is refused for."""

import pytest

from cooperatives.books.lining import VoucherKind
from cooperatives.loans import service as loans
from cooperatives.loans.access import OwnLoan
from cooperatives.loans.applying import PaysUnits
from cooperatives.loans.kinds import LoanPurpose, MoneyWay
from cooperatives.loans.lifecycle import LoanState, LoanWrongState
from cooperatives.loans.models import Loan, LoanProduct
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from cooperatives.units import service as units
from cooperatives.units.financing.paying import BoughtOtherwise
from cooperatives.units.financing.quoting import NotForPurchases
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem, UnitSale
from cooperatives.units.units import PurchasesWait
from marketplace.errors import Invalid, MarketplaceError, NotFound
from tests.cooperatives.books.desk import desk
from tests.cooperatives.dues.stage import TODAY
from tests.cooperatives.units.lender import GOODS, Lender

pytestmark = pytest.mark.anyio


async def test_what_is_not_just_what_was_agreed_to_is_refused_and_nothing_is_written(lender: Lender) -> None:
    plain = await loans.offer_product(
        lender.at.keeper,
        cooperative_id=lender.at.id,
        offer=Offer("Tunai", LoanPurpose.FAMILY, Method.FLAT, 1_200, 100_000, 9_000_000, 1, 12),
        key="plain",
    )
    elsewhere = await shop_elsewhere()
    with pytest.raises(NotForPurchases):
        await lender.ask(product=plain)
    with pytest.raises(MarketplaceError, match="members alone"):
        await lender.ask(product=elsewhere)
    with pytest.raises(PaysUnits):
        await loans.apply_for_loan(
            lender.ani, product_id=lender.product.pk, amount=600_000, months=6, reason="tunai", key="money"
        )
    with pytest.raises(Invalid):
        await lender.ask(tyres=0)
    loan = await lender.agreed(tyres=2)
    for way in (MoneyWay.CASH, MoneyWay.UNIT):
        with pytest.raises((PaysUnits, Invalid)):
            await loans.disburse_loan(lender.at.keeper, loan_id=loan.pk, way=way, reference="KK 1", key=f"give {way}")
    for tyres, oils in ((1, 0), (3, 0), (2, 1), (0, 15)):
        with pytest.raises(BoughtOtherwise, match=r"1\.200\.000 for 2 x Barang BAN"):
            await lender.sell(loan, tyres, oils)
    with pytest.raises(Invalid):
        await lender.sell(None, 2)
    with pytest.raises(NotFound):  # another member's
        await units.sell(
            lender.at.keeper,
            unit_id=lender.at.unit.pk,
            lines=[units.SaleLine(2, lender.tyre.pk)],
            way=SaleWay.FINANCED,
            membership_id=lender.at.at.members[1][0].pk,
            loan_id=loan.pk,
            key="other",
        )
    assert await UnitSale.all().count() == 0
    assert (await Loan.get(pk=loan.pk)).state is LoanState.APPROVED
    assert await lender.current() == (0, 0)
    await loans.withdraw_application(lender.ani, loan_id=loan.pk)
    with pytest.raises(LoanWrongState):
        await lender.sell(loan, 2)
    await lender.at.whole()


async def test_a_unit_where_loans_are_to_pay_is_not_closed(lender: Lender) -> None:
    at, chair = lender.at, lender.at.at.at.chair
    await UnitItem.filter(unit_id=at.unit.pk).update(quantity=0)
    waits, agreed = await lender.ask(), await lender.agreed()
    with pytest.raises(PurchasesWait, match="2 in all"):
        await units.close_unit(chair, unit_id=at.unit.pk)
    await loans.withdraw_application(lender.ani, loan_id=agreed.pk)
    with pytest.raises(PurchasesWait, match="1 in all"):
        await units.close_unit(chair, unit_id=at.unit.pk)
    await loans.reject_loan(chair, loan_id=waits.pk, reason="unit ditutup")
    assert (await units.close_unit(chair, unit_id=at.unit.pk)).closed_at is not None


async def shop_elsewhere() -> LoanProduct:
    """A product that finances purchases at another co-op."""
    other = await desk(code="OTH")
    return await loans.offer_product(other.treasurer, cooperative_id=other.id, offer=GOODS, key="elsewhere")


async def test_nobody_sells_to_himself_on_his_own_loan(lender: Lender) -> None:
    keeper = lender.at.keeper
    await lender.at.at.at.book(TODAY, {"1-1101": 5_000_000}, {"3-1102": 5_000_000}, kind=VoucherKind.CASH_IN)
    loan = await units.ask_to_finance(
        keeper,
        product_id=lender.product.pk,
        wanted=units.Wanted(lender.at.unit.pk, ((lender.oil.variant_id, 3),)),
        months=6,
        reason="Ban saya",
        key="own",
    )
    await loans.approve_loan(lender.at.at.at.chair, loan_id=loan.pk)
    with pytest.raises(OwnLoan):
        await lender.sell(loan, 0, 3)
    assert (await lender.sell(loan, 0, 3, by=lender.at.at.at.chair)).total == 120_000
    await lender.at.whole()
