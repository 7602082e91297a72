"""What is bought of a unit through the catalogue becomes its sale, however it was paid; once, to the rupiah."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from catalog.models import Seller, Variant
from cooperatives.ledger.service import AccountRef, Purpose, balance
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from cooperatives.surplus.models import MemberPurchase
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay, SupplyWay
from cooperatives.units.models import BusinessUnit, UnitItem, UnitSale
from cooperatives.units.ordering import book_order, on_order
from marketplace import checks
from marketplace.clock import now
from marketplace.identity.actor import Actor
from marketplace.orders.lifecycle import SubOrderEvent
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.orders.steps import facts
from marketplace.outbox import OutboxEvent
from marketplace.payments import disputes
from tests.cooperatives.units.shop import SHOP
from tests.orders import stage
from tests.payments.test_paying import allies, amount, delivered, step

pytestmark = pytest.mark.anyio


@dataclass
class Ordering:
    """A unit with ten bottles at 30,000 on offer at 50,000, and a buyer who is a member."""

    coop: Cooperative
    carrier: Cooperative
    unit: BusinessUnit
    item: UnitItem
    ani: Actor

    async def order(self, method: PaymentMethod, quantity: int = 2) -> SubOrder:
        _, (row,) = await stage.ordered(
            self.ani, (await Variant.get(pk=self.item.variant_id), quantity), method=method
        )
        return row

    async def told(self, row: SubOrder) -> None:
        """The node carries out the event, twice."""
        for _ in range(2):
            await on_order(None, OutboxEvent(event="sub_order.x", aggregate_id=row.id, payload=facts(row)))

    async def stands(self, purpose: Purpose) -> int:
        return (await balance(AccountRef(self.coop.pk, purpose, self.unit.pk))).amount

    async def whole(self) -> None:
        assert [finding async for finding in checks.findings() if finding.rule[0] != "8"] == []


@pytest.fixture
async def at(db: object) -> Ordering:
    a, b = await allies()
    chair, ani = stage.chair(a), await stage.buyer()
    unit = await units.open_unit(chair, cooperative_id=a.pk, kind="parts_shop", shop=SHOP, key="open")
    await Seller.filter(pk=unit.seller_id).update(lat=-7.2601, lon=112.7501)
    item = await units.add_item(
        chair, unit_id=unit.pk, item=units.NewItem("OLI", "Oli mesin", "goods.other", 50_000), key="item"
    )
    supplier = await units.add_supplier(
        chair, cooperative_id=a.pk, name="PT Oli", phone=None, credit_days=7, key="supplier"
    )
    await units.record_purchase(
        chair,
        unit_id=unit.pk,
        supplier_id=supplier.pk,
        reference="1",
        received_on=now().date(),
        way=SupplyWay.CREDIT,
        lines=[units.Bought(item.pk, 10, 300_000)],
        key="buy",
    )
    assert ani.account_id is not None
    await Membership.create(cooperative_id=a.pk, account_id=ani.account_id, number=7, state=MembershipState.ACTIVE)
    return Ordering(a, b, unit, item, ani)


@pytest.mark.parametrize("method", [PaymentMethod.ONLINE, PaymentMethod.CASH])
async def test_an_order_that_was_delivered_is_the_units_sale(at: Ordering, method: PaymentMethod) -> None:
    row = await at.order(method)
    assert (await UnitItem.get(pk=at.item.pk)).quantity == 10  # paid, and still the unit's
    assert (await Variant.get(pk=at.item.variant_id)).on_hand == 8
    await at.whole()
    row = await delivered(row, at.carrier)
    await at.told(await SubOrder.get(id=row.id))
    sale = await UnitSale.get()
    assert (sale.pk, sale.way, sale.total, sale.cost) == (row.id, SaleWay.ORDER, 100_000, 60_000)
    assert await at.stands(Purpose.UNIT_SALES) == 100_000  # the commission too: the co-op takes none of its own
    assert await at.stands(Purpose.UNIT_STOCK) == 240_000
    assert await amount(at.coop, Purpose.COMMISSION_INCOME) == 0
    assert await amount(at.coop, Purpose.SELLER_PAYABLE, at.unit.seller_id) == 0
    assert [purchase.amount for purchase in await MemberPurchase.all()] == [100_000]
    await at.whole()


async def test_what_a_dispute_takes_is_taken_off_the_units_sales(at: Ordering) -> None:
    row = await at.order(PaymentMethod.ONLINE)
    row = await delivered(row, at.carrier)
    await at.told(await SubOrder.get(id=row.id))
    await disputes.dispute_sub_order(at.ani, sub_order_id=row.id, reason="bocor", key="d")
    row = await disputes.resolve_dispute(
        stage.chair(at.coop),
        sub_order_id=row.id,
        refund=30_000,
        liable=LiableParty.SELLER,
        reason="benar",
        key="r",
    )
    await at.told(row)
    assert (await UnitSale.get()).total == 70_000
    assert await at.stands(Purpose.UNIT_SALES) == 70_000
    assert await amount(at.coop, Purpose.SELLER_PAYABLE, at.unit.seller_id) == 0
    await at.whole()


async def test_an_order_that_was_called_off_is_no_sale(at: Ordering) -> None:
    row = await at.order(PaymentMethod.CASH)
    row = await step(row, SubOrderEvent.DECLINE)
    assert await book_order(at.unit.pk, UUID(str(row.id))) is None
    assert await UnitSale.exists() is False
    assert (await Variant.get(pk=at.item.variant_id)).on_hand == 10
    await at.whole()
