"""What a co-op took: listed for its officers, and each month added up by the way it came."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace.database import new_id
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders import answering
from marketplace.orders.models import PaymentMethod
from marketplace.outbox import OutboxEvent
from marketplace.payments import disputes, handlers, refunding
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.payments.takings.models import Taking, TakingSource, TakingState, TakingWay
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of
from tests.orders import stage
from tests.payments.test_paying import allies, delivered
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
_numbers = count(30_000_000)
GraphQL = Callable[..., Awaitable[dict[str, Any]]]

LIST = """
query Taken(
  $slug: String!, $first: Int, $after: String, $from: Date, $to: Date, $way: TakingWay, $state: TakingState
) {
  cooperative(slug: $slug) {
    takings(first: $first, after: $after, from: $from, to: $to, way: $way, state: $state) {
      nodes { id takenAt source way gateway reference amount fee refunded net state orderNumber collectedBy { code } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
"""
MONTHS = """
query Months($slug: String!, $from: Date!, $to: Date!) {
  cooperative(slug: $slug) { takingMonths(from: $from, to: $to) { month way count amount fee refunded net } }
}
"""


async def test_cash_is_taken_when_it_is_delivered_and_given_back_over_the_counter(db: object) -> None:
    a, b = await allies()
    food = await stage.dish(await stage.shop(a), price=25_000)
    ani = await stage.buyer()
    _, (row,) = await stage.ordered(ani, (food, 2), method=PaymentMethod.CASH)
    assert await Taking.all().count() == 0
    row = await delivered(row, b)
    said = OutboxEvent(event="sub_order.delivered", aggregate_id=row.id, payload={"order_id": str(row.order_id)})
    for _ in range(2):
        await handlers.close_cash(stage, said)  # type: ignore[arg-type]  # it asks no provider
    taken = await Taking.get()
    assert (taken.cooperative_id, taken.way, taken.amount, taken.net) == (a.pk, TakingWay.CASH, 62_000, 62_000)
    await disputes.dispute_sub_order(ani, sub_order_id=row.id, reason="tumpah", key="d")
    await disputes.resolve_dispute(
        stage.chair(a), sub_order_id=row.id, refund=5_000, liable=disputes.LiableParty.SELLER, reason="ya", key="r"
    )
    await disputes.confirm_refund(stage.chair(a), refund_id=(await Refund.get()).id, key="c")
    taken = await Taking.get()
    assert (taken.refunded, taken.net, taken.state) == (5_000, 57_000, TakingState.PARTLY_RETURNED)
    assert await broken() == set()


async def test_a_disputed_part_does_not_keep_the_others_cash_open(db: object) -> None:
    a, b = await allies()
    shops = [await stage.shop(a) for _ in range(2)]
    foods = [await stage.dish(shop, price=20_000) for shop in shops]
    ani = await stage.buyer()
    _, rows = await stage.ordered(ani, *[(food, 1) for food in foods], method=PaymentMethod.CASH)
    await delivered(rows[0], b)
    await disputes.dispute_sub_order(ani, sub_order_id=rows[0].id, reason="tumpah", key="d")
    await answering.decline_sub_order(
        stage.owner(next(shop for shop in shops if shop.pk == rows[1].seller_id)),
        sub_order_id=rows[1].id,
        reason="habis",
        key="n",
    )
    said = OutboxEvent(
        event="sub_order.declined", aggregate_id=rows[1].id, payload={"order_id": str(rows[1].order_id)}
    )
    await handlers.close_cash(stage, said)  # type: ignore[arg-type]  # it asks no provider
    assert (await Payment.get()).state is PaymentState.SUCCEEDED
    assert (await Taking.get()).amount == rows[0].total


async def test_an_order_that_comes_back_whole_is_returned(db: object) -> None:
    a, _ = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.ONLINE)
    taken = await Taking.get()
    assert (taken.way, taken.amount, taken.state) == (TakingWay.SIMULATED, 62_000, TakingState.TAKEN)
    await answering.decline_sub_order(stage.owner(shop), sub_order_id=row.id, reason="habis", key="n")
    await refunding.refund_sub_order(row.id, stage.RAILS)
    taken = await Taking.get()
    assert (taken.refunded, taken.net, taken.state) == (62_000, 0, TakingState.RETURNED)
    assert await broken() == set()


async def taking(coop: Cooperative, at: datetime, way: TakingWay, amount: int, fee: int = 0, back: int = 0) -> Taking:
    return await Taking.create(
        created_at=at,
        cooperative_id=coop.pk,
        source=TakingSource.ORDER,
        source_id=new_id(),
        order_id=new_id(),
        collector_id=new_id(),
        way=way,
        amount=amount,
        fee=fee,
        refunded=back,
    )


async def test_officers_list_filter_and_add_up(graphql: GraphQL) -> None:
    coop = await stage.cooperative("TKG")
    token = await token_for(coop, Role.TREASURER)
    # Where the node stands it is seven hours later: the first of these is the last day of October there.
    for at, way, amount, fee, back in (
        (datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC), TakingWay.QRIS, 10_000, 70, 0),
        (datetime(2026, 10, 31, 17, 0, tzinfo=UTC), TakingWay.QRIS, 20_000, 140, 5_000),
        (datetime(2026, 11, 5, tzinfo=UTC), TakingWay.CASH, 30_000, 0, 30_000),
        (datetime(2026, 11, 30, 16, 59, 59, tzinfo=UTC), TakingWay.QRIS, 40_000, 280, 0),
        (datetime(2026, 11, 30, 17, 0, tzinfo=UTC), TakingWay.CARD, 50_000, 1_450, 0),
    ):
        await taking(coop, at, way, amount, fee, back)
    await taking(await stage.cooperative("OTH"), datetime(2026, 11, 5, tzinfo=UTC), TakingWay.QRIS, 99)

    async def listed(**wish: object) -> list[int]:
        answer = await graphql(LIST, {"slug": coop.slug, "first": 10} | wish, token=token)
        assert "errors" not in answer, answer
        return [int(node["amount"]) for node in answer["data"]["cooperative"]["takings"]["nodes"]]

    november = {"from": "2026-11-01", "to": "2026-11-30"}
    assert await listed() == [50_000, 40_000, 30_000, 20_000, 10_000]
    assert await listed(**november) == [40_000, 30_000, 20_000]
    assert await listed(**november, way="QRIS") == [40_000, 20_000]
    for state, amounts in (
        ("TAKEN", [50_000, 40_000, 10_000]),
        ("PARTLY_RETURNED", [20_000]),
        ("RETURNED", [30_000]),
    ):
        assert await listed(state=state) == amounts
    asked = {"slug": coop.slug, "from": "2026-10-01", "to": "2026-11-30"}
    answer = await graphql(MONTHS, asked, token=token)
    told = [tuple(row.values()) for row in answer["data"]["cooperative"]["takingMonths"]]
    assert told == [
        ("2026-10-01", "QRIS", 1, 10_000, 70, 0, 9_930),
        ("2026-11-01", "CASH", 1, 30_000, 0, 30_000, 0),
        ("2026-11-01", "QRIS", 2, 60_000, 420, 5_000, 54_580),
    ]
    for wrong in ({"from": "2024-10-01"}, {"from": "2026-12-01"}):
        answer = await graphql(MONTHS, asked | wrong, token=token)
        assert answer["errors"][0]["extensions"]["code"] == "INVALID", answer
    page = await graphql(LIST, {"slug": coop.slug, "first": 3}, token=token)
    info = page["data"]["cooperative"]["takings"]["pageInfo"]
    assert info["hasNextPage"]
    assert await listed(after=info["endCursor"]) == [20_000, 10_000]
    stranger = await token_for(await stage.cooperative("STR"), Role.TREASURER)
    for text, values in ((LIST, {"slug": coop.slug}), (MONTHS, asked)):
        assert (await graphql(text, values, token=stranger))["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_a_list_costs_the_same_however_long(graphql: GraphQL) -> None:
    coop = await stage.cooperative("TKG")
    token = await token_for(coop, Role.TREASURER)
    costs = set()
    for number in (1, 49):
        for _ in range(number):
            await taking(coop, datetime(2026, 11, 5, tzinfo=UTC), TakingWay.QRIS, 1_000, 7)
        with count_statements() as counted:
            answer = await graphql(LIST, {"slug": coop.slug, "first": 50}, token=token)
        assert "errors" not in answer, answer
        costs.add(counted.number)
    assert len(costs) == 1, costs


async def token_for(coop: Cooperative, role: Role) -> str:
    account = await Account.create(phone=f"+62815{next(_numbers)}", name="Petugas")
    return await token_of(account, role, cooperative_id=coop.pk)
