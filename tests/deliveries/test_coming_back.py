"""A delivery that comes back, over HTTP: who bears the ride and the goods, in both books and between them."""

from dataclasses import dataclass
from typing import Any

import pytest

from cooperatives.ledger.service import Purpose as P
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import wiring, worker
from marketplace.deliveries.models import DeliveryJob, Driver, FarePayer
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_booking import book, wish
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

ANSWER = " { __typename ... on DeliveryJob { state price pickup { returnPin } } ... on Problem { code message } } }"
SPLIT = """query($id: ID!) { node(id: $id) { ... on SubOrder { state total split {
  amount party { kind } rule { name value legalCaps { name value confidence isKept } } } } } }"""


@dataclass
class Ride:
    """A job that a driver has picked up, and the tokens of its people."""

    graphql: GraphQL
    seller_coop: Cooperative
    carrier_coop: Cooperative
    seller_id: Any
    job: DeliveryJob
    driver: Driver
    rider: str
    owner: str

    async def do(self, name: str, kind: str, **input: Any) -> dict[str, Any]:
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {ANSWER}"
        whole = {"jobId": to_id("DeliveryJob", self.job.pk), "idempotencyKey": name, **input}
        answer = await self.graphql(document, {"input": whole}, token=self.rider)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def come_back(self, code: str) -> None:
        failed = await self.do("failDropOff", "FailDropOffInput", code=code)
        assert failed["state"] == "RETURNING", failed
        self.job = await DeliveryJob.get(pk=self.job.pk)
        for _ in range(2):  # sent again: nothing more happens
            back = await self.do("confirmReturn", "SellerPinInput", pin=self.job.return_pin)
            assert back["state"] == "RETURNED", back

    async def paid(self) -> int:
        """What the driver reads that the job brought him."""
        seen = await self.graphql("{ viewer { driving { jobs { nodes { driverPay } } } } }", token=self.rider)
        [job] = seen["data"]["viewer"]["driving"]["jobs"]["nodes"]
        return int(job["driverPay"])

    async def owed(self) -> list[tuple[str, int]]:
        """Every debt between the two, by its debtor's code."""
        codes = {coop.pk: coop.code for coop in (self.seller_coop, self.carrier_coop)}
        return [(codes[row.debtor_id], row.amount) for row in await Obligation.all()]

    async def balance(self, coop: Cooperative, purpose: P) -> int:
        subject = {P.DRIVER_PAYABLE: self.driver.account_id, P.SELLER_PAYABLE: self.seller_id}.get(purpose)
        return await stage.amount(coop, purpose, subject)


async def picked_up(graphql: GraphQL, job: DeliveryJob, seller: Any, a: Cooperative, b: Cooperative) -> Ride:
    row, _ = await stage.driver(b, "Budi")
    rider = await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=b.pk)
    owner = await token_of(await Account.get(pk=seller.owner_id), Role.SELLER_OWNER, seller_id=seller.pk)
    start = "mutation($input: PlaceInput!) { startShift(input: $input) { __typename } }"
    await graphql(start, {"input": {"place": {"lat": -7.26, "lon": 112.75}}}, token=rider)
    ride = Ride(graphql, a, b, seller.pk, job, row, rider, owner)
    await ride.do("claimJob", "ClaimJobInput")
    await ride.do("arriveAtPickup", "ArriveInput")
    taken = await ride.do("confirmPickup", "SellerPinInput", pin=job.pickup_pin)
    assert taken["state"] == "CARRYING", taken
    return ride


async def carried(
    graphql: GraphQL, *, method: PaymentMethod, is_food: bool = False, own_driver: bool = False
) -> tuple[Ride, SubOrder]:
    a = await stage.cooperative("FOD")
    b = a if own_driver else await stage.cooperative("DRV")
    if not own_driver:
        await stage.ally(a, b)
    seller, _ = await stage.seller(a)
    order = await stage.sub_order(seller, await stage.account("Ani"), method=method)
    order.is_perishable = is_food
    await order.save(update_fields=["is_perishable"])
    return await picked_up(graphql, await stage.job_of(order), seller, a, b), order


async def split_seen(ride: Ride, order: SubOrder) -> list[tuple[str, str, int]]:
    seen = (await ride.graphql(SPLIT, {"id": to_id("SubOrder", order.pk)}, token=ride.owner))["data"]["node"]
    return [(line["party"]["kind"], line["rule"]["name"], line["amount"]) for line in seen["split"]]


async def test_a_cash_ride_in_vain_is_paid_by_the_co_op_that_let_the_buyer_pay_in_cash(graphql: GraphQL) -> None:
    ride, order = await carried(graphql, method=PaymentMethod.CASH)
    await ride.come_back("NOBODY_HOME")
    a, b = ride.seller_coop, ride.carrier_coop
    assert await ride.balance(b, P.DRIVER_PAYABLE) == await ride.paid() == 11_040
    assert await ride.balance(b, P.DELIVERY_INCOME) == 960
    assert await stage.amount(b, P.DUE_FROM, a.pk) == await stage.amount(a, P.DUE_TO, b.pk) == 12_000
    assert await ride.balance(a, P.DELIVERY_EXPENSE) == 12_000
    assert await ride.balance(a, P.SELLER_PAYABLE) == 0
    assert await ride.owed() == [("FOD", 12_000)]
    assert await split_seen(ride, order) == [
        ("DRIVER", "failed_ride", 11_040),
        ("CARRIER_COOPERATIVE", "failed_ride", 960),
        ("SELLER_COOPERATIVE", "failed_ride", -12_000),
    ]
    assert await stage.what_is_broken() == []


async def test_of_its_own_driver_the_co_op_bears_what_he_earns(graphql: GraphQL) -> None:
    ride, _ = await carried(graphql, method=PaymentMethod.CASH, own_driver=True)
    await ride.come_back("CLOSED")
    coop = ride.seller_coop
    assert await ride.balance(coop, P.DRIVER_PAYABLE) == await ride.balance(coop, P.DELIVERY_EXPENSE) == 11_040
    assert await ride.balance(coop, P.DELIVERY_INCOME) == 0
    assert await ride.owed() == []
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("method", [PaymentMethod.ONLINE, PaymentMethod.CASH])
async def test_goods_damaged_on_the_way_are_made_good_by_the_carriers_co_op(
    graphql: GraphQL, settings: Settings, method: PaymentMethod
) -> None:
    ride, order = await carried(graphql, method=method)
    await ride.come_back("DAMAGED")
    adapters = wiring.build(settings)
    await worker.drain(adapters)  # gives back what was paid online
    await wiring.close(adapters)
    a, b = ride.seller_coop, ride.carrier_coop
    assert await ride.balance(a, P.SELLER_PAYABLE) == 47_500  # what a delivery would have brought him
    assert await ride.balance(b, P.GOODS_LOSS_EXPENSE) == 47_500
    assert await stage.amount(b, P.DUE_TO, a.pk) == await stage.amount(a, P.DUE_FROM, b.pk) == 47_500
    assert await ride.balance(b, P.DRIVER_PAYABLE) == await ride.balance(a, P.COMMISSION_INCOME) == 0
    assert await stage.amount(a, P.ORDER_ESCROW, order.pk) == 0
    assert await ride.owed() == [("DRV", 47_500)]
    lines = await split_seen(ride, order)
    assert lines[-2:] == [("SELLER", "lost_goods", 47_500), ("CARRIER_COOPERATIVE", "lost_goods", -47_500)]
    back = 62_000 if method is PaymentMethod.ONLINE else 0
    assert sum(amount for *_, amount in lines) == back
    assert [amount for kind, _, amount in lines if kind == "BUYER"] == ([back] if back else [])
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize(
    ("code", "is_food", "lost"),
    [
        ("VEHICLE", True, 47_500),  # food that a breakdown brought back
        ("VEHICLE", False, 0),  # goods that can be sold again
        ("WEATHER", True, 0),  # nobody could help it: each bears his own
    ],
)
async def test_only_what_the_carrier_lost_is_made_good(graphql: GraphQL, code: str, is_food: bool, lost: int) -> None:
    ride, _ = await carried(graphql, method=PaymentMethod.CASH, is_food=is_food)
    await ride.come_back(code)
    assert await ride.balance(ride.seller_coop, P.SELLER_PAYABLE) == lost
    assert await ride.balance(ride.carrier_coop, P.GOODS_LOSS_EXPENSE) == lost
    assert await ride.balance(ride.carrier_coop, P.DRIVER_PAYABLE) == 0
    assert await ride.owed() == ([("DRV", lost)] if lost else [])
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("payer", [FarePayer.SELLER_PAYABLE, FarePayer.CASH_AT_PICKUP])
async def test_a_booked_delivery_that_spoils_its_goods_costs_its_seller_nothing(
    graphql: GraphQL, payer: FarePayer
) -> None:
    a, b = await stage.cooperative("MKT"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    seller, selling = await stage.seller(a)
    job = await book(selling, seller.pk, wish(cash=75_000), payer=payer)
    ride = await picked_up(graphql, job, seller, a, b)
    await ride.come_back("DAMAGED")
    cash = job.price if payer is FarePayer.CASH_AT_PICKUP else 0  # the driver has it; it is still the seller's
    assert await ride.balance(a, P.SELLER_PAYABLE) == 75_000 + cash
    assert await ride.balance(b, P.GOODS_LOSS_EXPENSE) == 75_000
    assert await ride.balance(b, P.DRIVER_PAYABLE) == await ride.balance(b, P.DELIVERY_INCOME) == 0
    assert sorted(await ride.owed()) == sorted([("DRV", 75_000)] + ([("DRV", cash)] if cash else []))
    assert await stage.what_is_broken() == []
