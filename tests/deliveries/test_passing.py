"""Goods that pass from driver to driver on the road, over HTTP: the PIN, the chain, the money, and who may."""

from typing import Any

import pytest

from cooperatives.ledger.service import Purpose as P
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import wiring, worker
from marketplace.database import new_id
from marketplace.deliveries import custody, passing
from marketplace.deliveries.custody import Signer
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Driver, DriverHandOver
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

SEEN = """ __typename ... on DeliveryJob { state carrier { code } driver { name } handOver { pin giverPart }
  custody { handOver } history { event } } ... on Problem { code message } """


class Road:
    """An order that Budi carries, and what his colleagues do."""

    def __init__(self, graphql: GraphQL, job: DeliveryJob) -> None:
        self.graphql, self.job, self.keys = graphql, job, 0

    async def do(self, token: str, name: str, kind: str, /, **input: Any) -> dict[str, Any]:
        self.keys += 1
        whole = {"jobId": to_id("DeliveryJob", self.job.pk), "idempotencyKey": f"k{self.keys}", **input}
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {SEEN} }} }}"
        answer = await self.graphql(document, {"input": whole}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def offer(self, token: str, taker: Driver, part: int = 0) -> dict[str, Any]:
        phone = (await Account.get(pk=taker.account_id)).phone
        return await self.do(
            token, "offerHandOver", "OfferHandOverInput", phone=phone, giverPart=part, reason="Ban bocor"
        )

    async def take(self, token: str, pin: str, **more: Any) -> dict[str, Any]:
        return await self.do(token, "takeOverJob", "TakeOverJobInput", pin=pin, **more)


async def riding(graphql: GraphQL, coop: Cooperative, name: str, **limits: int) -> tuple[Driver, str]:
    row, _ = await stage.on_shift(coop, name, **limits)
    return row, await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=coop.pk)


async def on_the_road(graphql: GraphQL, *coops: Cooperative) -> tuple[Road, SubOrder, Driver, str]:
    """A cash order of the first co-op's shop, picked up by Budi of the second."""
    shop, _ = await stage.seller(coops[0])
    order = await stage.sub_order(shop, await stage.account("Ani"), method=PaymentMethod.CASH)
    budi, token = await riding(graphql, coops[1], "Budi")
    road = Road(graphql, await stage.job_of(order))
    await road.do(token, "claimJob", "ClaimJobInput")
    await road.do(token, "arriveAtPickup", "ArriveInput")
    taken = await road.do(token, "confirmPickup", "SellerPinInput", pin="1111")
    assert taken["state"] == "CARRYING", taken
    return road, order, budi, token


async def chain_holds(road: Road, settings: Settings, seller_id: Any) -> bool:
    receipts = (await custody.receipts_by_job([road.job.pk]))[road.job.pk]
    return custody.broken_links(receipts, signer=Signer.of(settings), seller_id=seller_id) == []


@pytest.mark.parametrize("is_same_coop", [True, False])
async def test_another_driver_takes_over_and_delivers(
    graphql: GraphQL, settings: Settings, is_same_coop: bool
) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    c = b if is_same_coop else await stage.cooperative("LOG")
    for carrier in {b.pk: b, c.pk: c}.values():
        await stage.ally(a, carrier)
    road, order, budi, budis = await on_the_road(graphql, a, b)
    siti, sitis = await riding(graphql, c, "Siti")
    offered = await road.offer(budis, siti, part=3_000)
    assert offered["handOver"]["giverPart"] == 3_000
    pin = offered["handOver"]["pin"]
    assert (await road.offer(budis, siti))["code"] == "CONFLICT"
    ask = "{ viewer { driving { handOversOffered { jobId pin price cashToCollect giver { name } } } } }"
    (seen,) = (await graphql(ask, token=sitis))["data"]["viewer"]["driving"]["handOversOffered"]
    assert (seen["pin"], seen["cashToCollect"], seen["giver"]["name"]) == (None, 62_000, "Budi")
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)
    told = await graphql("{ viewer { notices { nodes { kind body } } } }", token=sitis)
    (notice,) = told["data"]["viewer"]["notices"]["nodes"]
    assert notice["kind"] == "HAND_OVER_OFFERED"
    mine = await graphql("{ viewer { notices { nodes { kind } } } }", token=budis)
    assert mine["data"]["viewer"]["notices"]["nodes"] == []  # he claimed it himself

    assert (await road.take(sitis, "xxxx"))["code"] == "WRONG_PIN"
    taken = await road.take(sitis, pin, idempotencyKey="take")
    assert (await road.take(sitis, pin, idempotencyKey="take"))["state"] == taken["state"] == "CARRYING"
    assert (taken["driver"]["name"], taken["carrier"]["code"], taken["handOver"]) == ("Siti", c.code, None)
    late = await road.do(budis, "arriveAtDropOff", "ArriveInput")
    assert late["code"] in ("NOT_FOUND", "FORBIDDEN")
    await road.do(sitis, "arriveAtDropOff", "ArriveInput")
    done = await road.do(sitis, "confirmDropOff", "ConfirmDropOffInput", pin="2222")
    assert done["state"] == "DELIVERED", done
    assert [receipt["handOver"] for receipt in done["custody"]] == ["PICKUP", "PASSED", "DROP_OFF"]
    assert "PASS_ON" in [change["event"] for change in done["history"]]
    assert await chain_holds(road, settings, order.seller_id)
    assert await stage.amount(b, P.DRIVER_PAYABLE, budi.account_id) == 3_000
    assert await stage.amount(c, P.DRIVER_PAYABLE, siti.account_id) == 11_040 - 3_000
    assert await stage.amount(c, P.CASH_WITH_DRIVER, siti.account_id) == 62_000
    owed = {(o.debtor_id, o.creditor_id): o.amount for o in await Obligation.all()}
    between = {} if is_same_coop else {(c.pk, b.pk): 3_000}
    assert owed == {(c.pk, a.pk): 50_000} | between
    assert await stage.what_is_broken(Signer.of(settings)) == []


async def test_goods_that_go_back_may_be_passed_on_too(graphql: GraphQL, settings: Settings) -> None:
    coop = await stage.cooperative("DRV")
    road, order, _, budis = await on_the_road(graphql, coop, coop)
    siti, sitis = await riding(graphql, coop, "Siti", cash_limit=0)
    await road.do(budis, "failDropOff", "FailDropOffInput", code="NOBODY_HOME")
    pin = (await road.offer(budis, siti))["handOver"]["pin"]
    taken = await road.take(sitis, pin)  # no cash is to come any more, so her limit doesn't count
    assert taken["state"] == "RETURNING", taken
    job = await DeliveryJob.get(pk=road.job.pk)
    back = await road.do(sitis, "confirmReturn", "SellerPinInput", pin=job.return_pin)
    assert back["state"] == "RETURNED"
    assert [receipt["handOver"] for receipt in back["custody"]] == ["PICKUP", "PASSED", "RETURN"]
    assert await chain_holds(road, settings, order.seller_id)
    assert await stage.amount(coop, P.DRIVER_PAYABLE, siti.account_id) == 11_040
    assert await stage.what_is_broken() == []


async def test_check_books_finds_a_receipt_that_was_changed(graphql: GraphQL, settings: Settings) -> None:
    coop = await stage.cooperative("DRV")
    road, _, budi, _ = await on_the_road(graphql, coop, coop)
    signer = Signer.of(settings)
    assert await stage.what_is_broken(signer) == []
    (found,) = await stage.what_is_broken(Signer(b"another node's key, thirty-two by"))
    assert "signature does not fit" in found.where
    receipt = await CustodyReceipt.get()
    receipt.lat = -7.9
    assert "signature does not fit" in await said_of(receipt, signer)
    receipt.lat = None
    receipt.taker_id = new_id()
    signer.seal(receipt)  # even one who holds the key can't give the goods to another
    assert "gives them to" in await said_of(receipt, signer)
    assert (await DeliveryJob.get(pk=road.job.pk)).driver_id == budi.pk


async def said_of(receipt: CustodyReceipt, signer: Signer) -> str:
    await receipt.save()
    return " ".join(found.where for found in await stage.what_is_broken(signer))


async def test_what_is_refused_and_changes_nothing(graphql: GraphQL) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    road, _, _, budis = await on_the_road(graphql, a, b)
    siti, sitis = await riding(graphql, b, "Siti", cash_limit=10_000)
    other, others = await riding(graphql, await stage.cooperative("LOG"), "Joko")
    assert (await road.offer(sitis, siti))["code"] == "NOT_FOUND"  # she does not hold it
    assert (await road.offer(budis, other))["code"] == "NOT_FOUND"  # his co-op does not carry for the shop's
    assert (await road.offer(budis, siti, part=11_041))["code"] == "INVALID"  # more than the ride brings
    assert await DriverHandOver.all().count() == 0
    pin = (await road.offer(budis, siti))["handOver"]["pin"]
    assert (await road.take(others, pin))["code"] == "NOT_FOUND"
    assert (await road.take(sitis, pin))["code"] == "CASH_LIMIT"
    assert (await road.do(others, "withdrawHandOver", "ClaimJobInput"))["code"] == "NOT_FOUND"
    wrong = [(await road.take(sitis, f"x{n}"))["code"] for n in range(6)]
    assert wrong == ["WRONG_PIN"] * 5 + ["TOO_MANY"]
    withdrawn = await road.do(sitis, "withdrawHandOver", "ClaimJobInput")  # the taker turns it down
    assert withdrawn["__typename"] == "DeliveryJob"
    job = await DeliveryJob.get(pk=road.job.pk)
    assert (job.state.value, job.carrier_id) == ("CARRYING", b.pk)
    dispatcher = await token_of(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=b.pk)
    again = await road.offer(dispatcher, siti)
    assert again["handOver"]["pin"] is None  # only who holds the goods tells it
    assert (await road.do(budis, "giveUpJob", "JobReasonInput", reason="x"))["code"] == "WRONG_STATE"
    assert passing.ON_THE_ROAD
    assert await stage.what_is_broken() == []
