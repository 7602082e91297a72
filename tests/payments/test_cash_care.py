"""Cash: who may still pay so, who is paid when nobody takes it, advances at the pickup, and what is missing."""

from uuid import UUID

import pytest

from cooperatives.ledger.service import Purpose
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Role
from marketplace.orders import placing
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState, WrongState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.steps import advance_sub_order
from marketplace.payments import advances, cash_trust, explaining, paying, returning, sharing, shortages
from marketplace.payments.models import CashStanding, ShortageState
from tests.orders import stage
from tests.payments.rails.accounts import officer
from tests.payments.test_paying import DRIVER, allies, amount, delivered, step
from tests.test_checks import broken

pytestmark = pytest.mark.anyio

LIMITS = [
    (0, 500_000),
    (2, 500_000),
    (3, 1_000_000),
    (9, 1_000_000),
    (10, 2_000_000),
    (30, 5_000_000),
    (999, 5_000_000),
]


@pytest.mark.parametrize(("taken", "limit"), LIMITS)
def test_cash_grows_with_what_was_taken_before(taken: int, limit: int) -> None:
    assert cash_trust.limit_for(taken) == limit


async def collected(a: Cooperative, b: Cooperative, buyer: stage.Actor, **facts: object) -> SubOrder:
    """Two plates for cash, in the driver's hands."""
    food = await stage.dish(await stage.shop(a), price=25_000)
    _, (row,) = await stage.ordered(buyer, (food, 2))
    row = await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.MARK_READY, SubOrderEvent.COLLECT)
    row.carrier_id, row.driver_account_id = b.pk, DRIVER
    await row.save(update_fields=["carrier_id", "driver_account_id"])
    return row


async def nobody_home(row: SubOrder) -> SubOrder:
    """The driver rings in vain and brings it back."""
    async with transaction():
        locked = await locked_one(SubOrder, row.id)
        assert locked is not None
        await advance_sub_order(locked, SubOrderEvent.RETURN, by=DRIVER, side=Side.SYSTEM, failure="NOBODY_HOME")
        await returning.settle_return(locked, failure="NOBODY_HOME")
        return locked


FUNDS = [
    # in the fund, what it pays: ride, seller
    (100_000, 12_000, 47_500),
    (20_000, 12_000, 8_000),
    (5_000, 0, 5_000),
    (0, 0, 0),
]


@pytest.mark.parametrize(("held", "ride", "goods"), FUNDS)
async def test_a_no_show_pays_driver_and_seller_from_the_fund(db: object, held: int, ride: int, goods: int) -> None:
    a, b = await allies()
    if held:
        treasurer = officer(a, Role.TREASURER)
        for _ in range(2):
            assert (
                await cash_trust.contribute_to_fund(
                    treasurer, cooperative_id=a.pk, amount=held, note="RAT 2026", key="f"
                )
                == held
            )
    row = await nobody_home(await collected(a, b, await stage.buyer()))
    assert row.is_perishable
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 11_040
    assert await amount(a, Purpose.CASH_ORDER_FUND) == held - ride - goods
    assert await amount(a, Purpose.DELIVERY_EXPENSE) == 12_000 - ride
    assert await amount(a, Purpose.SELLER_PAYABLE, row.seller_id) == goods
    assert sum(share.amount for share in await explaining.split_of(row)) == 0
    assert await broken() == set()


async def test_who_did_not_take_it_pays_the_next_one_beforehand(db: object) -> None:
    a, b = await allies()
    ani = await stage.buyer()
    row = await nobody_home(await collected(a, b, ani))
    food = await stage.dish(await stage.shop(a), price=25_000)
    with pytest.raises(cash_trust.MustPrepay):
        await stage.ordered(ani, (food, 1))
    assert await SubOrder.filter(buyer_id=ani.account_id).count() == 1  # nothing was placed
    await stage.ordered(ani, (food, 1), method=PaymentMethod.ONLINE)
    _, (again,) = await stage.ordered(ani, (food, 1))
    assert again.state is SubOrderState.CASH_AGREED
    assert (await CashStanding.get(id=row.buyer_id)).no_shows == 1


async def test_a_large_order_of_a_new_buyer_is_paid_online(db: object) -> None:
    a, _ = await allies()
    food = await stage.dish(await stage.shop(a), price=500_000)
    ani = await stage.buyer()
    with pytest.raises(cash_trust.TooMuchCash):
        await stage.ordered(ani, (food, 1))
    order, _ = await stage.ordered(ani, (food, 1), method=PaymentMethod.ONLINE)
    assert order.payment_method is PaymentMethod.ONLINE
    request = stage.asking((food, 1))
    placed = await placing.place_order(ani, request=request, key="p")
    with pytest.raises(cash_trust.TooMuchCash):
        await paying.pay_order(ani, order_id=placed.id, method=PaymentMethod.CASH, rails=stage.RAILS, key="c")


async def test_the_driver_pays_at_the_pickup_and_keeps_the_cash(db: object) -> None:
    """Talangan over two books, to the rupiah."""
    a, b = await allies()
    food = await stage.dish(shop := await stage.shop(a), price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2))
    row = await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.MARK_READY)
    with pytest.raises(advances.NotCashOnDelivery):
        await advances.confirm_advance(stage.owner(shop), sub_order_id=row.id, key="early")
    row = await step(row, SubOrderEvent.COLLECT)
    row.carrier_id, row.driver_account_id = b.pk, DRIVER
    await row.save(update_fields=["carrier_id", "driver_account_id"])
    with pytest.raises(NotFound):
        await advances.confirm_advance(stage.chair(a), sub_order_id=row.id, key="x")
    for _ in range(2):
        await advances.confirm_advance(stage.owner(shop), sub_order_id=row.id, key="1")
    with pytest.raises(WrongState):
        await advances.confirm_advance(stage.owner(shop), sub_order_id=row.id, key="2")
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == -50_000
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 50_000
    assert await broken() == set()

    async with transaction():
        locked = await locked_one(SubOrder, row.id)
        assert locked is not None
        await advance_sub_order(locked, SubOrderEvent.DELIVER, by=DRIVER, side=Side.DRIVER)
        await sharing.collect_cash(locked, carrier_id=b.pk, driver_account_id=DRIVER)
    assert await amount(b, Purpose.CASH_WITH_DRIVER, DRIVER) == 62_000
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 61_040  # 960 of the cash is his co-op's
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == -2_500  # the commission, of what he has in hand
    assert await amount(a, Purpose.COMMISSION_INCOME) == 2_500
    assert await amount(a, Purpose.DUE_TO, b.pk) == await amount(b, Purpose.DUE_FROM, a.pk) == 50_000
    assert await amount(b, Purpose.DUE_TO, a.pk) == 50_000
    assert sorted((o.debtor_id == a.pk, o.amount) for o in await Obligation.all()) == [
        (False, 50_000),
        (True, 50_000),
    ]
    assert await broken() == set()


async def test_what_comes_back_whole_gives_the_driver_his_money_back(db: object) -> None:
    a, b = await allies()
    row = await collected(a, b, await stage.buyer())
    await SubOrder.filter(id=row.id).update(is_perishable=False)
    shop = await stage.Seller.get(id=row.seller_id)
    await advances.confirm_advance(stage.owner(shop), sub_order_id=row.id, key="1")
    await nobody_home(row)
    assert await amount(a, Purpose.SELLER_PAYABLE, row.seller_id) == 0
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 11_040
    assert await broken() == set()


async def short(a: Cooperative, b: Cooperative) -> tuple[stage.Actor, UUID]:
    """The driver should hold Rp 62,000 and has 42,000."""
    food = await stage.dish(await stage.shop(a), price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2))
    await delivered(row, b)
    treasurer = officer(b, Role.TREASURER)
    case = await shortages.report_shortage(
        treasurer, cooperative_id=b.pk, driver_account_id=DRIVER, amount=20_000, note="dompet hilang", key="s"
    )
    return treasurer, case.id


@pytest.mark.parametrize("end", [ShortageState.PAID, ShortageState.BORNE])
async def test_missing_cash_is_a_case_until_someone_has_made_it_good(db: object, end: ShortageState) -> None:
    a, b = await allies()
    treasurer, case_id = await short(a, b)
    assert await amount(b, Purpose.CASH_WITH_DRIVER, DRIVER) == 42_000
    assert await amount(b, Purpose.DRIVER_SHORTAGE, DRIVER) == 20_000
    with pytest.raises(shortages.NotHeld):  # he has earned 11,040
        await shortages.end_shortage(treasurer, shortage_id=case_id, end=ShortageState.DEDUCTED, key="d")
    if end is ShortageState.BORNE:
        with pytest.raises(shortages.AnotherOfficer):
            await shortages.end_shortage(treasurer, shortage_id=case_id, end=end, key="b")
    chair = officer(b, Role.CHAIR)
    for _ in range(2):
        row = await shortages.end_shortage(chair, shortage_id=case_id, end=end, key="e")
    assert row.state is end
    with pytest.raises(shortages.ShortageWrongState):
        await shortages.end_shortage(chair, shortage_id=case_id, end=ShortageState.PAID, key="again")
    assert await amount(b, Purpose.DRIVER_SHORTAGE, DRIVER) == 0
    taker = Purpose.CASH if end is ShortageState.PAID else Purpose.OTHER_EXPENSE
    assert await amount(b, taker) == 20_000
    assert await broken() == set()


async def test_missing_cash_is_taken_from_what_he_has_earned(db: object) -> None:
    a, b = await allies()
    treasurer, _ = await short(a, b)
    case = await shortages.report_shortage(
        treasurer, cooperative_id=b.pk, driver_account_id=DRIVER, amount=10_000, note="salah hitung", key="t"
    )
    await shortages.end_shortage(treasurer, shortage_id=case.id, end=ShortageState.DEDUCTED, key="e")
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 1_040
    assert await broken() == set()


async def test_no_more_is_missing_than_he_holds_and_no_stranger_says_so(db: object) -> None:
    a, b = await allies()
    await short(a, b)
    asked = {"cooperative_id": b.pk, "driver_account_id": DRIVER, "note": "hilang"}
    with pytest.raises(shortages.NotHeld):
        await shortages.report_shortage(officer(b, Role.CHAIR), **asked, amount=42_001, key=str(new_id()))
    with pytest.raises(Invalid):
        await shortages.report_shortage(officer(b, Role.CHAIR), **asked, amount=0, key=str(new_id()))
    with pytest.raises(NotFound):
        await shortages.report_shortage(officer(a, Role.CHAIR), **asked, amount=1_000, key=str(new_id()))
