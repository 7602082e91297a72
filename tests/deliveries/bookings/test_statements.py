"""What lists of booked jobs and of weekly deliveries cost in SQL: the same at one row and at fifty."""

from datetime import datetime, timedelta

import pytest

from marketplace import clock
from marketplace.deliveries.bookings import recurring, supplements
from marketplace.deliveries.bookings.models import Occurrence
from marketplace.deliveries.bookings.recurring import Pattern
from marketplace.deliveries.bookings.wishes import Load, Window
from marketplace.deliveries.models import FarePayer
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.bookings.shop import Shop, wish
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

JOBS = """query($id: ID!) { node(id: $id) { ... on Cooperative { jobs(first: 50) { nodes { id price distanceIs
  priceLines { kind amount } supplements { name amount } pickupWindow { startsAt } shareProof { held } } } } } }"""
WEEKLY = """query($id: ID!) { node(id: $id) { ... on Seller { recurringDeliveries(first: 50) { nodes { id
  days { on jobId } } } } } }"""


async def test_booked_jobs(graphql: GraphQL) -> None:
    shop = await Shop.open()
    chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=shop.coop.pk)
    tomorrow = clock.now() + timedelta(days=1)
    load = Load(window=Window(tomorrow, tomorrow + timedelta(hours=1)))

    async def cost(number: int) -> int:
        for n in range(number):
            job = await shop.book(-7.27, load=load, key=f"{number}-{n}")
            await supplements.add_supplement(
                shop.chair, job_id=job.pk, name="Tangga", amount=1, reason="x", key=f"{number}-{n}"
            )
        with count_statements() as counted:
            answer = await graphql(JOBS, {"id": to_id("Cooperative", shop.coop.pk)}, token=chair)
        (shown, *_) = answer["data"]["node"]["jobs"]["nodes"]
        assert sum(line["amount"] for line in shown["priceLines"]) == shown["price"]
        return counted.number

    assert await cost(1) == await cost(49)


EXPECTED = """query($id: ID!) { node(id: $id) { ... on Cooperative { jobs(first: 50) { nodes { id
  estimate { dropOff { to } } drops { position expected { from to } } } } } } }"""


async def test_when_each_drop_is_expected(graphql: GraphQL) -> None:
    shop = await Shop.open()
    chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=shop.coop.pk)

    async def cost(number: int) -> int:
        for n in range(number):
            await shop.book(-7.27, -7.28, -7.265, key=f"{number}-{n}")
        with count_statements() as counted:
            answer = await graphql(EXPECTED, {"id": to_id("Cooperative", shop.coop.pk)}, token=chair)
        (shown, *_) = answer["data"]["node"]["jobs"]["nodes"]
        ends = [drop["expected"]["to"] for drop in shown["drops"]]
        assert ends == sorted(ends)
        assert len(set(ends)) == 3
        assert datetime.fromisoformat(ends[-1]) - datetime.fromisoformat(
            shown["estimate"]["dropOff"]["to"]
        ) < timedelta(seconds=2)
        return counted.number

    assert await cost(1) == await cost(20)


async def test_weekly_deliveries(graphql: GraphQL) -> None:
    shop = await Shop.open()
    owner = await Account.get(pk=shop.row.owner_id)
    seller = await token_of(owner, Role.SELLER_OWNER, cooperative_id=shop.coop.pk, seller_id=shop.row.pk)
    today = clock.now().date()

    async def cost(number: int) -> int:
        for n in range(number):
            row = await recurring.set_up_recurring(
                shop.seller,
                seller_id=shop.row.pk,
                pattern=Pattern((1,), 390, 60, today + timedelta(days=1)),
                drops=[wish(-7.27)],
                load=Load(),
                fare_payer=FarePayer.SELLER_PAYABLE,
                key=f"{number}-{n}",
            )
            await Occurrence.create(recurring_id=row.pk, on=today, why_id="x", why_en="x")
        with count_statements() as counted:
            answer = await graphql(WEEKLY, {"id": to_id("Seller", shop.row.pk)}, token=seller)
        nodes = answer["data"]["node"]["recurringDeliveries"]["nodes"]
        assert all(len(node["days"]) == 1 for node in nodes)
        return counted.number

    assert await cost(1) == await cost(49)
