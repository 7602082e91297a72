"""A driver whom a shop keeps waiting for an order: by whose rule, how long, at whose cost, and seen by whom."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from cooperatives.ledger.models import Transfer
from cooperatives.ledger.service import Purpose as P
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.deliveries import service
from marketplace.deliveries.dispatch import standings
from marketplace.deliveries.dispatch.models import DriverStanding
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.waiting import words
from marketplace.deliveries.waiting.charging import waited_minutes
from marketplace.deliveries.waiting.models import OrderWaiting
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments.proofs import ShareProof
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.details import details_json, with_details
from marketplace.tariffs.rules import Terms
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

PAID = Terms(waiting_per_minute=500, waits_for_orders=True)
AT = datetime(2026, 11, 9, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.use(None)


@pytest.mark.parametrize(
    ("promised", "picked_up", "minutes"),
    [
        (None, 0, 0),
        (None, 59, 0),
        (None, 725, 12),
        (300, 725, 7),  # he came before the promised time: that is his
        (-300, 725, 12),  # he came late
        (900, 725, 0),  # handed over before it was promised
    ],
)
def test_minutes_count_from_the_later_of_arrival_and_promise(
    promised: int | None, picked_up: int, minutes: int
) -> None:
    promised_at = None if promised is None else AT + timedelta(seconds=promised)
    assert waited_minutes(AT, promised_at, AT + timedelta(seconds=picked_up)) == minutes


def test_the_switch_is_kept_with_the_tariff() -> None:
    assert with_details({}, details_json(PAID)) == PAID
    kept = details_json(Terms(waiting_per_minute=500))
    assert kept is not None
    del kept["waits_for_orders"]  # as earlier releases kept it
    assert with_details({}, kept) == Terms(waiting_per_minute=500)


class Shop:
    """FOD's shop; DRV carries for it, at nine tenths of the fare, of which it keeps 8 %."""

    async def build(self, terms: Terms = PAID, method: PaymentMethod = PaymentMethod.ONLINE) -> "Shop":
        self.now = clock.now()
        self.food, self.ojek = await stage.cooperative("FOD"), await stage.cooperative("DRV")
        await stage.ally(self.food, self.ojek, 9_000)
        chair = await stage.officer(self.food)
        tariff = await tariffs.set_tariff(chair, cooperative_id=self.food.pk, terms=terms, key="t")
        self.shop, _ = await stage.seller(self.food)
        self.order = await stage.sub_order(self.shop, await stage.account("Ani"), method=method)
        basis = {"tariff_id": str(tariff.pk), "distance_is": "ESTIMATED", "zones": []}
        ready_at = self.now + timedelta(minutes=5)
        await SubOrder.filter(pk=self.order.pk).update(delivery_basis=basis, ready_at=ready_at)
        self.job = await stage.job_of(await SubOrder.get(pk=self.order.pk))
        self.driver, self.budi = await stage.on_shift(self.ojek, "Budi")
        await service.claim_job(self.budi, job_id=self.job.pk, key="claim", dispatch=BOARD)
        return self

    async def fetched_after(self, minutes: float) -> DeliveryJob:
        """He arrives now, and gets the goods so many minutes later; asked for twice, as apps do."""
        await service.arrive_at_pickup(self.budi, job_id=self.job.pk, key="here")
        self.wait(minutes)
        ask: dict[str, Any] = {"job_id": self.job.pk, "pin": "1111", "place": None, "key": "up", "signer": SIGNER}
        await service.confirm_pickup(self.budi, **ask)
        return await service.confirm_pickup(self.budi, **ask)

    def wait(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        clock.use(lambda: self.now)

    async def paid(self) -> tuple[int, int, int, int]:
        """What the seller paid, and what his co-op, the carrier and the driver got of it."""
        rows = await Transfer.filter(cause_kind="delivery.waited").values("kind", "amount")
        by_kind = {row["kind"]: row["amount"] for row in rows}
        return (
            -await stage.amount(self.food, P.SELLER_PAYABLE, self.shop.pk),
            by_kind.get("delivery.hosting", 0),
            by_kind.get("delivery.carrier", 0),
            await stage.amount(self.ojek, P.DRIVER_PAYABLE, self.driver.account_id),
        )


async def test_the_shop_pays_and_the_driver_gets_his_share(db: object) -> None:
    shop = await Shop().build()
    await shop.fetched_after(22.5)  # 17 whole minutes after the promised time, 10 of them free
    assert await shop.paid() == (3_500, 350, 252, 2_898)
    row = await OrderWaiting.get()
    assert (row.pk, row.minutes, row.amount, row.driver_id) == (shop.job.pk, 17, 3_500, shop.driver.pk)
    owed = {(each.debtor_id, each.creditor_id): (each.amount, each.receipt_id) for each in await Obligation.all()}
    assert owed == {(shop.food.pk, shop.ojek.pk): (3_150, row.receipt_id)}
    proof = await ShareProof.get(pk=shop.job.pk)
    assert (proof.fare, proof.hosting, proof.carrier_share, proof.driver_share) == (3_500, 350, 252, 2_898)
    assert await stage.what_is_broken() == []
    ask: dict[str, Any] = {"job_id": shop.job.pk, "drop_id": None}
    await service.arrive_at_drop_off(shop.budi, **ask, key="door")
    await service.confirm_drop_off(shop.budi, **ask, pin="2222", place=None, key="off", signer=SIGNER)
    assert await stage.amount(shop.food, P.SELLER_PAYABLE, shop.shop.pk) == 47_500 - 3_500
    await standings.reckon(shop.ojek.pk)
    earned = (await DriverStanding.get(pk=shop.driver.pk)).earned
    assert earned == await stage.amount(shop.ojek, P.DRIVER_PAYABLE, shop.driver.account_id)  # all that he was paid
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize(
    ("terms", "minutes"),
    [
        (Terms(waiting_per_minute=500), 60.0),  # the members did not switch it on
        (Terms(waits_for_orders=True), 60.0),
        (PAID, 15.9),  # five minutes too early, ten are free
    ],
)
async def test_nothing_is_paid_where_the_rule_asks_nothing(db: object, terms: Terms, minutes: float) -> None:
    shop = await Shop().build(terms, PaymentMethod.CASH)
    await shop.fetched_after(minutes)
    assert await shop.paid() == (0, 0, 0, 0)
    assert await OrderWaiting.all().count() == 0
    assert await stage.what_is_broken() == []


async def test_no_more_than_the_most_and_who_came_later_waited_later(db: object) -> None:
    shop = await Shop().build()
    await service.arrive_at_pickup(shop.budi, job_id=shop.job.pk, key="here first")
    await service.give_up_job(shop.budi, job_id=shop.job.pk, reason="Ban bocor", key="up")
    siti, sitis = await stage.on_shift(shop.ojek, "Siti")
    await service.claim_job(sitis, job_id=shop.job.pk, key="claim", dispatch=BOARD)
    shop.wait(90)
    shop.driver, shop.budi = siti, sitis
    await shop.fetched_after(300)
    row = await OrderWaiting.get()
    assert (row.minutes, row.amount, row.driver_id) == (300, 110 * 500, siti.pk)  # 120 count at most
    assert await stage.what_is_broken() == []


async def test_check_books_finds_what_is_not_by_the_rule(db: object) -> None:
    shop = await Shop().build()
    await shop.fetched_after(22.5)
    await OrderWaiting.all().update(minutes=18)
    (found,) = await stage.what_is_broken()
    assert "18 minutes waited" in found.where
    await OrderWaiting.all().delete()
    assert any(found.rule.startswith("7 what a seller paid for a driver") for found in await stage.what_is_broken())


SEEN = """query($id: ID!) { node(id: $id) { ... on DeliveryJob { price waiting { minutes freeMinutes perMinute amount
  driverShare carrierShare hosting indonesian english rule { name value instrument }
  shareProof { fare driverShare } } } } }"""


async def test_driver_shop_and_officers_read_why_and_buyers_need_not(graphql: GraphQL) -> None:
    shop = await Shop().build()
    await shop.fetched_after(22.5)
    clock.use(None)
    await SubOrder.filter(pk=shop.order.pk).update(buyer_id=(ani := await stage.account("Ani lagi")).pk)
    owner = await Account.get(pk=shop.shop.owner_id)

    async def seen(account: Account, role: Role | None = None, **scope: UUID) -> dict[str, Any] | None:
        token = await token_of(account, role, **scope) if role else await token_of(account)
        answer = await graphql(SEEN, {"id": to_id("DeliveryJob", shop.job.pk)}, token=token)
        job = answer["data"]["node"]
        return None if job is None else job["waiting"]

    told = await seen(owner, Role.SELLER_OWNER, seller_id=shop.shop.pk)
    assert told is not None
    assert (told["minutes"], told["freeMinutes"], told["perMinute"], told["amount"]) == (17, 10, 500, 3_500)
    assert (told["driverShare"], told["carrierShare"], told["hosting"]) == (2_898, 252, 350)
    assert told["shareProof"] == {"fare": 3_500, "driverShare": 2_898}
    assert told["rule"]["value"] == "7 menit × Rp500"
    assert told["rule"]["instrument"] == f"Tarif {shop.food.name}"
    assert "17 menit setelah waktu yang dijanjikan toko" in told["indonesian"]
    assert "ditanggung toko" in told["indonesian"]
    assert "17 min after the time that the shop promised" in told["english"]
    driver = await Account.get(pk=shop.driver.account_id)
    assert await seen(driver, Role.DRIVER, cooperative_id=shop.ojek.pk) == told
    assert await seen(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=shop.food.pk) == told
    assert await seen(ani) is None
    row = await OrderWaiting.get()
    row.promised_at = None
    assert "setelah pengemudi tiba" in words.in_words(row, "id")
    assert "after the driver's arrival" in words.in_words(row, "en")
