"""A parts shop's life: goods come at two prices, go at the average, for cash and on credit; what is refused, why."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from catalog.listings import StockIsBooked, set_stock
from catalog.models import Seller, Variant
from catalog.sellers import CooperativesOwnShop, hand_shop_to
from catalog.stock import OutOfStock
from cooperatives.books import vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import Period
from cooperatives.dues import service as dues
from cooperatives.dues.models import Due, DueKind
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.models import MemberEntry
from cooperatives.surplus.gathering import members_of
from cooperatives.surplus.sharing import Business
from cooperatives.units import service as units
from cooperatives.units.approving import NeedsAnotherOfficer, NeedsTwoOfficers
from cooperatives.units.kinds import SaleWay, SupplyWay
from cooperatives.units.models import StockMove, UnitItem, UnitSale
from cooperatives.units.opening import AlreadyMoved
from cooperatives.units.returning import AlreadyReturned
from cooperatives.units.selling import CreditLimitReached, NotAMember
from cooperatives.units.units import StockLeft
from marketplace import clock
from marketplace.errors import Invalid, NotFound
from marketplace.idempotency import IdempotencyMismatch
from marketplace.identity.actor import Forbidden
from marketplace.payments.payouts import destinations
from marketplace.payments.payouts import service as payouts
from marketplace.payments.payouts.lifecycle import PayeeKind
from marketplace.payments.payouts.models import Payout
from marketplace.rules import AgainstTheLaw
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.cooperatives.dues.stage import TODAY
from tests.cooperatives.units.shop import Shop, day, shop

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("noon")]


@pytest.fixture
async def at(db: Settings) -> Shop:
    return await shop()


async def test_goods_go_at_the_moving_average_and_the_units_books_say_so(at: Shop) -> None:
    oil = await at.item()
    first = await at.buy(oil, 10, 350_000)
    await at.buy(oil, 5, 200_000, SupplyWay.CASH)
    assert (first.due_on, first.outstanding) == (TODAY + timedelta(days=14), 350_000)
    member, _ = at.at.members[0]
    sale = await at.sell(oil, 3, member)
    assert (sale.total, sale.cost, sale.number) == (120_000, 110_000, "PJ/2026/000001")  # 40,000 each; 550,000 of 15
    other = await at.sell(oil, 2)
    assert (other.total, other.cost) == (90_000, 73_333)
    item = await UnitItem.get(pk=oil.pk)
    assert (item.quantity, item.value) == (10, 366_667)
    assert (await Variant.get(pk=oil.variant_id)).on_hand == 10
    assert await at.stands(Purpose.UNIT_STOCK) == 366_667
    assert await at.stands(Purpose.UNIT_PAYABLE) == 350_000
    assert await at.at.stands(AccountRef(at.id, Purpose.CASH)) == 210_000 - 200_000
    await at.at.at.book(
        TODAY, {"6-1103": 25_000}, {"1-1101": 25_000}, kind=VoucherKind.CASH_OUT, description="Listrik toko"
    )
    found = await units.unit_result(at.keeper, at.unit.pk, Period(day(1), TODAY))
    assert (found.income, found.expenses, found.stock, found.debts) == (210_000, 183_333, 366_667, 350_000)
    await at.whole()


async def test_a_voucher_is_the_units_when_officers_say_so_and_what_takes_it_back_follows(at: Shop) -> None:
    rent = await at.at.at.book(TODAY, {"6-1106": 300_000}, {"1-1101": 300_000}, kind=VoucherKind.CASH_OUT)
    period = Period(day(1), TODAY)
    assert (await units.unit_result(at.keeper, at.unit.pk, period)).expenses == 0
    await units.ascribe_voucher(at.keeper, voucher_id=rent.pk, unit_id=at.unit.pk)
    found = await units.unit_result(at.keeper, at.unit.pk, period)
    assert [(line.account.number, line.amount) for line in found.lines] == [("6-1106", 300_000)]
    back = await vouchers.reverse_voucher(
        at.keeper, voucher_id=rent.pk, booked_on=TODAY, reason="salah", key=at.key()
    )
    assert (await units.unit_result(at.keeper, at.unit.pk, period)).result == 0
    with pytest.raises(Invalid):
        await units.ascribe_voucher(at.keeper, voucher_id=back.pk, unit_id=at.unit.pk)
    await units.ascribe_voucher(at.keeper, voucher_id=rent.pk, unit_id=None)
    assert (await units.unit_result(at.keeper, at.unit.pk, period)).lines == ()


async def test_what_is_bought_on_credit_is_deducted_from_earnings(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 20, 700_000)
    member, acting = at.at.members[0]
    sale = await at.sell(oil, 5, member, SaleWay.CREDIT)
    assert await at.stands(Purpose.UNIT_RECEIVABLE) == 200_000
    (due,) = await Due.all()
    assert (due.kind, due.amount, due.cause_id, due.about) == (
        DueKind.PURCHASE,
        200_000,
        sale.pk,
        "Toko Suku Cadang Jaya PJ/2026/000001",
    )
    await dues.agree_to_deduction(acting, membership_id=member.pk, share_bp=3_000, kinds=[], key="agree")
    await at.at.earn(member, 400_000)
    clock.use(lambda: datetime(2026, 11, 26, 5, tzinfo=UTC))
    run = await dues.deduct_day(at.id, TODAY)
    assert (run.payments, run.deducted) == (1, 120_000)
    assert await at.stands(Purpose.UNIT_RECEIVABLE) == 80_000
    await dues.take_cash(at.keeper, membership_id=member.pk, amount=80_000, key="cash")
    assert await at.stands(Purpose.UNIT_RECEIVABLE) == 0
    await at.whole()


async def test_the_credit_limit_binds_whoever_sells_at_the_same_moment(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 30, 900_000)
    member, _ = at.at.members[0]
    answers = await asyncio.gather(
        *(at.sell(oil, 5, member, SaleWay.CREDIT) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["CreditLimitReached"] * 2 + ["UnitSale"] * 2
    refused = next(one for one in answers if isinstance(one, CreditLimitReached))
    assert "Rp400.000 di unit ini dari paling banyak Rp500.000: tambahan Rp200.000" in refused.message("id")
    with pytest.raises(NotAMember):
        await at.sell(oil, 1, None, SaleWay.CREDIT)
    await at.whole()


async def test_who_is_served_as_a_member_no_more_buys_for_money_alone(at: Shop) -> None:
    oil, (member, _) = await at.item(), at.at.members[0]
    await at.buy(oil, 3, 100_000)
    candidate = {"cooperative_id": at.id, "category": MemberCategory.CANDIDATE, "joined_on": day(1)}
    await MemberEntry.create(id=member.pk, **candidate)
    await at.sell(oil, 1, member, SaleWay.CREDIT)
    await MemberEntry.filter(pk=member.pk).update(joined_on=date(2026, 8, 24))  # three months and a day ago
    with pytest.raises(AgainstTheLaw, match=r"PP 9/1995 art\. 18\(2\)"):
        await at.sell(oil, 1, member, SaleWay.CREDIT)
    assert (await at.sell(oil, 1, member)).total == 40_000
    await at.whole()


async def test_the_last_one_is_sold_once(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 3, 100_000)
    answers = await asyncio.gather(*(at.sell(oil, 2) for _ in range(3)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in answers) == ["OutOfStock", "OutOfStock", "UnitSale"]
    with pytest.raises(OutOfStock, match="Only 1"):
        await at.sell(oil, 2)
    last = await at.sell(oil, 1)
    assert last.cost + (await UnitSale.exclude(pk=last.pk).get()).cost == 100_000
    assert await at.stands(Purpose.UNIT_STOCK) == 0
    await at.whole()


async def test_a_sale_is_taken_back_whole(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 10, 333_333)
    member, _ = at.at.members[0]
    bought = await at.sell(oil, 4, member, SaleWay.CREDIT)
    await dues.take_cash(at.keeper, membership_id=member.pk, amount=60_000, key="part")
    back = await units.take_back_sale(at.keeper, sale_id=bought.pk, reason="salah barang", key="back")
    again = await units.take_back_sale(at.keeper, sale_id=bought.pk, reason="salah barang", key="back")
    assert back.returned_at == again.returned_at
    with pytest.raises(AlreadyReturned):
        await units.take_back_sale(at.keeper, sale_id=bought.pk, reason="lagi-lagi", key="other")
    assert await at.stands(Purpose.UNIT_RECEIVABLE) == 0
    assert await at.at.stands(AccountRef(at.id, Purpose.MEMBER_CREDIT, member.pk)) == 60_000
    assert await at.stands(Purpose.UNIT_STOCK) == 333_333
    assert await at.stands(Purpose.UNIT_SALES) == 0
    await at.whole()


async def test_what_members_bought_is_their_business_of_the_year(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 10, 333_333)
    (ani, _), (budi, _) = at.at.members
    await at.sell(oil, 2, ani)  # in cash
    await at.sell(oil, 1, ani, SaleWay.CREDIT)
    gone = await at.sell(oil, 3, budi)
    await units.take_back_sale(at.keeper, sale_id=gone.pk, reason="rusak", key="back")
    await at.sell(oil, 1)
    book = await AccountingBook.get(pk=at.id)
    years = await members_of(book, day(1).replace(month=1), day(30).replace(month=12))
    found = {row.pk: (year.business.get(Business.PURCHASES, 0), year.transactions) for row, year in years.items()}
    assert (found[ani.pk], found[budi.pk]) == ((120_000, 2), (0, 0))


async def test_a_count_posts_what_differs_and_asks_why(at: Shop) -> None:
    oil, plug = await at.item(), await at.item("BUSI")
    await at.buy(oil, 9, 100_000)
    await at.buy(plug, 4, 60_000)
    lines = [units.Counted(oil.pk, 7), units.Counted(plug.pk, 5)]
    with pytest.raises(Invalid):
        await units.record_stock_count(at.keeper, unit_id=at.unit.pk, lines=lines, explanation=" ", key="why")
    done = await units.record_stock_count(
        at.keeper, unit_id=at.unit.pk, lines=lines, explanation="dua botol pecah", key="count"
    )
    assert (done.short, done.over) == (22_222, 15_000)
    assert await at.stands(Purpose.UNIT_STOCK_DIFFERENCE) == 7_222
    assert (await Variant.get(pk=plug.variant_id)).on_hand == 5
    await at.whole()


async def test_what_was_there_before_is_taken_in_once(at: Shop) -> None:
    oil, plug = await at.item(), await at.item("BUSI")
    lines = [units.OpeningStock(oil.pk, 12, 33_000), units.OpeningStock(plug.pk, 5, 17_500)]
    await units.take_opening_stock(at.keeper, unit_id=at.unit.pk, lines=lines, key="open-stock")
    await units.take_opening_stock(at.keeper, unit_id=at.unit.pk, lines=lines, key="open-stock")
    assert await at.stands(Purpose.UNIT_STOCK) == 12 * 33_000 + 5 * 17_500
    assert await StockMove.all().count() == 2
    with pytest.raises(AlreadyMoved, match="OLI-08"):
        await units.take_opening_stock(at.keeper, unit_id=at.unit.pk, lines=lines[:1], key="again")
    await at.whole()


async def test_an_invoice_above_the_threshold_takes_two_officers(at: Shop) -> None:
    oil = await at.item()
    with pytest.raises(NeedsTwoOfficers, match=r"AD/ART: Above this amount"):
        await at.buy(oil, 200, 6_000_000, SupplyWay.TRANSFER)
    row = await at.buy(oil, 200, 6_000_000)
    pay = {"purchase_id": row.pk, "amount": 5_500_000, "way": SupplyWay.TRANSFER}
    asked = await units.pay_supplier(at.keeper, key="ask", **pay)  # type: ignore[arg-type]
    assert (asked.paid, asked.paying, asked.paying_asked_by) == (0, 5_500_000, at.keeper.account_id)
    with pytest.raises(NeedsAnotherOfficer):
        await units.pay_supplier(at.keeper, key="self", **pay)  # type: ignore[arg-type]
    done = await units.pay_supplier(at.at.at.chair, key="agree", **pay)  # type: ignore[arg-type]
    assert (done.paid, done.paying, done.paying_asked_by) == (5_500_000, 0, None)
    await units.pay_supplier(at.keeper, purchase_id=row.pk, amount=500_000, way=SupplyWay.CASH, key="rest")
    with pytest.raises(Invalid):
        await units.pay_supplier(at.keeper, purchase_id=row.pk, amount=1, way=SupplyWay.CASH, key="more")
    assert await at.stands(Purpose.UNIT_PAYABLE) == 0
    await at.whole()


async def test_its_shop_is_the_co_ops_own(at: Shop, db: Settings) -> None:
    book, shop_id, chair = at.id, at.unit.seller_id, at.at.at.chair
    _, member = at.at.members[0]
    vault = Vault(db)
    for who, refusal in ((chair, CooperativesOwnShop), (member, Forbidden)):
        with pytest.raises(refusal):
            await hand_shop_to(who, seller_id=shop_id, phone="+6281234567890")
    to = destinations.checked("bca", "1234567890", "Ketua")
    payee: dict[str, Any] = {"cooperative_id": book, "payee": PayeeKind.SELLER, "payee_id": shop_id, "vault": vault}
    for who, refusal in ((chair, CooperativesOwnShop), (member, NotFound)):
        with pytest.raises(refusal):
            await destinations.set_destination(who, to=to, key="to", **payee)
        with pytest.raises(refusal):
            await payouts.request_payout(who, amount=50_000, key="out", **payee)
    assert await Payout.exists() is False
    assert (await Seller.get(pk=shop_id)).owner_id is None


async def test_what_is_wrong_is_refused_and_nothing_is_written(at: Shop) -> None:
    oil = await at.item()
    await at.buy(oil, 2, 60_000, reference="INV-1")
    with pytest.raises(Invalid):
        await at.buy(oil, 2, 60_000, reference="INV-1")
    with pytest.raises(Invalid):
        await at.buy(oil, 2, 60_000, received_on=day(26))
    with pytest.raises(Invalid):
        await at.item()  # the code is taken
    with pytest.raises(Invalid):
        await at.item("X", price=10, member_price=11)
    with pytest.raises(StockIsBooked):
        await set_stock(at.at.at.chair, variant_id=oil.variant_id, on_hand=99, key="set")
    member, acting = at.at.members[0]
    with pytest.raises(Forbidden):
        await units.sell(acting, unit_id=at.unit.pk, lines=[units.SaleLine(1, oil.pk)], way=SaleWay.CASH, key="own")
    with pytest.raises(NotFound):
        await units.sell(
            at.keeper, unit_id=at.unit.pk, lines=[units.SaleLine(1, uuid4())], way=SaleWay.CASH, key="no"
        )
    sold = await at.sell(oil, 1, member)
    with pytest.raises(IdempotencyMismatch):
        await units.sell(
            at.keeper,
            unit_id=at.unit.pk,
            lines=[units.SaleLine(2, oil.pk)],
            way=SaleWay.CASH,
            membership_id=member.pk,
            key=f"k{at.at.at.used}",
        )
    assert await UnitSale.all().count() == 1
    assert sold.total == 40_000
    with pytest.raises(StockLeft):
        await units.close_unit(at.at.at.chair, unit_id=at.unit.pk)
    seller = await Seller.get(pk=at.unit.seller_id)
    assert (seller.owner_id, seller.is_member) == (None, True)
    await at.whole()
