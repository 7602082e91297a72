"""A round's life: a co-op and another, and a seller, buy together; each owes his part and pays it by tempo."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from catalog.models import Seller
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import CooperativeKind
from cooperatives.purchasing import service
from cooperatives.purchasing.access import RoundWrongState
from cooperatives.purchasing.committing import RoundClosed
from cooperatives.purchasing.lifecycle import STEPS, RoundEvent, RoundState
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.purchasing.paying import NotOfSales, PartWay
from cooperatives.purchasing.receiving import AlreadyTakenIn
from cooperatives.purchasing.rounds import TooFew
from cooperatives.units import service as units
from cooperatives.units.approving import NeedsAnotherOfficer
from cooperatives.units.kinds import SupplyWay
from cooperatives.units.models import BusinessUnit, UnitItem, UnitPurchase
from marketplace import checks, clock
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid
from marketplace.identity.actor import Actor, Forbidden
from marketplace.settings import Settings
from tests.cooperatives.books.desk import Desk, desk
from tests.cooperatives.dues.stage import NOON, TODAY
from tests.cooperatives.units.shop import SHOP
from tests.orders import stage

pytestmark = pytest.mark.anyio
TIERS = (service.Tier(10, 50_000), service.Tier(50, 46_000))


def test_the_life_of_a_round_is_this_table() -> None:
    told = {(state.value, event.value): after.value for (state, event), after in STEPS.items()}
    assert told == {
        ("OPEN", "ORDER"): "ORDERED",
        ("OPEN", "CANCEL"): "CANCELLED",
        ("ORDERED", "RECEIVE"): "RECEIVED",
        ("ORDERED", "CANCEL"): "CANCELLED",
    }
    assert {event for _, event in STEPS} == set(RoundEvent)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


async def shop_of(at: Desk) -> tuple[BusinessUnit, UnitItem]:
    unit = await units.open_unit(at.chair, cooperative_id=at.id, kind="store", shop=SHOP, key="open")
    item = units.NewItem("MINYAK", "Minyak goreng 1 L", "goods.staples.oil", 19_000)
    return unit, await units.add_item(at.treasurer, unit_id=unit.pk, item=item, key="item")


@dataclass
class Together:
    """A round of cooking oil that MKT runs, with a store of its own, one of DRV's, and a seller of MKT."""

    at: Desk
    other: Desk
    mine: UnitItem
    theirs: UnitItem
    seller: Seller
    round: PurchaseRound

    async def commit(self, actor: Actor, quantity: int, **whose: object) -> Commitment:
        return await service.commit(
            actor,
            round_id=self.round.pk,
            quantity=quantity,
            key=str(new_id()),
            **whose,  # type: ignore[arg-type]
        )

    async def all_commit(self) -> list[Commitment]:
        return [
            await self.commit(self.at.treasurer, 60, item_id=self.mine.pk),
            await self.commit(self.other.treasurer, 30, item_id=self.theirs.pk),
            await self.commit(stage.owner(self.seller), 10, seller_id=self.seller.pk),
        ]

    async def receive(self, quantity: int = 90) -> PurchaseRound:
        return await service.receive_round(
            self.at.treasurer,
            round_id=self.round.pk,
            quantity=quantity,
            carriage=100_000,
            reference="SJ-1",
            received_on=TODAY,
            key="receive",
        )

    async def stands(self, purpose: Purpose) -> int:
        return (await ledger.balance(AccountRef(self.at.id, purpose, self.round.pk))).amount

    async def whole(self) -> None:
        assert [found async for found in checks.findings()] == []


@pytest.fixture
async def at(db: Settings) -> Together:
    one, other = await desk(), await desk(code="DRV", kind=CooperativeKind.DRIVER)
    (_, mine), (_, theirs) = await shop_of(one), await shop_of(other)
    seller = await stage.shop(one.cooperative)
    row = await service.open_round(
        one.chair,
        cooperative_id=one.id,
        title="Minyak goreng",
        measure="dus isi 12",
        supplier="PT Minyak Sawit",
        tiers=TIERS,
        closes_at=NOON + timedelta(days=3),
        credit_days=14,
        supplier_days=30,
        key="round",
    )
    return Together(one, other, mine, theirs, seller, row)


async def test_a_round_is_shared_out_taken_in_and_paid(at: Together) -> None:
    mine, theirs, sellers = await at.all_commit()
    row = await service.order_round(at.at.treasurer, round_id=at.round.pk)
    assert (row.number, row.ordered, row.price) == ("PB/MKT/2026/0001", 100, 46_000)
    row = await at.receive()
    assert await at.receive() == row  # said again
    assert (row.total, row.due_on) == (90 * 46_000 + 100_000, TODAY + timedelta(days=30))
    parts = {part.pk: part for part in await Commitment.all()}
    assert [parts[one.pk].received for one in (mine, theirs, sellers)] == [54, 27, 9]
    assert parts[theirs.pk].due_on == TODAY + timedelta(days=14)
    assert await at.stands(Purpose.JOINT_RECEIVABLE) == await at.stands(Purpose.JOINT_PAYABLE) == row.total
    await at.whole()

    taken = await service.take_delivery(at.other.treasurer, commitment_id=theirs.pk, key="take")
    invoice = await UnitPurchase.get(pk=taken.purchase_id)
    assert (invoice.total, invoice.outstanding, invoice.due_on) == (taken.total, taken.total, taken.due_on)
    assert (await UnitItem.get(pk=at.theirs.pk)).held.average == taken.total // 27
    with pytest.raises(AlreadyTakenIn):
        await service.take_delivery(at.other.treasurer, commitment_id=theirs.pk, key="again")
    own = await service.take_delivery(at.at.treasurer, commitment_id=mine.pk, key="own")
    assert own.outstanding == 0  # who runs it owes himself nothing
    await at.whole()

    await units.pay_supplier(
        at.other.treasurer, purchase_id=invoice.pk, amount=invoice.total, way=SupplyWay.TRANSFER, key="pay"
    )
    await service.take_part_payment(
        at.at.treasurer, commitment_id=theirs.pk, amount=taken.total, way=PartWay.TRANSFER, key="theirs"
    )
    payable = AccountRef(at.at.id, Purpose.SELLER_PAYABLE, at.seller.pk)
    async with transaction():
        source = AccountRef(at.at.id, Purpose.GATEWAY_CLEARING)
        await ledger.post([Entry(source, payable, 300_000, "order.goods")], cause=Cause("test", new_id()))
    pay = {"commitment_id": sellers.pk, "way": PartWay.SALES}
    with pytest.raises(NotOfSales, match=r"Rp300\.000"):
        await service.take_part_payment(at.at.treasurer, amount=300_001, key="much", **pay)  # type: ignore[arg-type]
    left = await service.take_part_payment(at.at.treasurer, amount=300_000, key="sales", **pay)  # type: ignore[arg-type]
    assert await at.stands(Purpose.JOINT_RECEIVABLE) == left.outstanding == 9 * 46_000 + 10_000 - 300_000
    await at.whole()


async def test_a_large_payment_to_the_supplier_takes_two_officers(at: Together) -> None:
    await at.commit(at.at.treasurer, 200, item_id=at.mine.pk)
    await service.order_round(at.at.treasurer, round_id=at.round.pk)
    row = await at.receive(200)
    pay = {"round_id": row.pk, "amount": row.total, "way": SupplyWay.TRANSFER}
    asked = await service.pay_round_supplier(at.at.treasurer, key="ask", **pay)  # type: ignore[arg-type]
    assert (asked.paid, asked.paying) == (0, row.total)
    with pytest.raises(NeedsAnotherOfficer):
        await service.pay_round_supplier(at.at.treasurer, key="self", **pay)  # type: ignore[arg-type]
    done = await service.pay_round_supplier(at.at.chair, key="agree", **pay)  # type: ignore[arg-type]
    assert (done.outstanding, await at.stands(Purpose.JOINT_PAYABLE)) == (0, 0)
    await at.whole()


async def test_too_few_the_refused_and_the_late(at: Together) -> None:
    small = await at.commit(at.other.treasurer, 9, item_id=at.theirs.pk)
    with pytest.raises(TooFew, match="9 are committed"):
        await service.order_round(at.at.treasurer, round_id=at.round.pk)
    again = await at.commit(at.other.treasurer, 12, item_id=at.theirs.pk)
    assert (again.pk, again.quantity) == (small.pk, 12)
    sellers = await at.commit(stage.owner(at.seller), 40, seller_id=at.seller.pk)
    with pytest.raises(Forbidden):
        await at.commit(at.at.treasurer, 5, item_id=at.theirs.pk)  # another co-op's
    with pytest.raises(Forbidden):
        await service.order_round(at.other.treasurer, round_id=at.round.pk)
    with pytest.raises(Invalid):
        await at.commit(at.at.treasurer, 5)
    clock.use(lambda: NOON + timedelta(days=4))
    with pytest.raises(RoundClosed):
        await at.commit(at.other.treasurer, 13, item_id=at.theirs.pk)
    row = await service.order_round(at.at.treasurer, round_id=at.round.pk, refused=[sellers.pk])
    assert (row.ordered, row.price) == (12, 50_000)
    row = await service.cancel_round(at.at.treasurer, round_id=at.round.pk)
    assert row.state is RoundState.CANCELLED
    with pytest.raises(RoundWrongState):
        await at.receive(12)
    await at.whole()
