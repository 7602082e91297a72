"""The books over the API: what lists cost, however long they are, and figures of a co-op that sells here."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cooperatives.books import books, reports, vouchers
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import Voucher
from marketplace import clock
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.books.desk import NOON, Desk, desk
from tests.cooperatives.membership import people
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_settlement import one_order_each_way

pytestmark = pytest.mark.anyio
NOVEMBER = date(2026, 11, 20)


@pytest.fixture
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


LISTS = """query ($slug: String!, $account: ID!) { cooperative(slug: $slug) { book { accounting {
  vouchers(first: 100) { nodes { number proposedBy { name } approvedBy { name } secondApprovedBy { name }
    reverses { number } reversedBy { number } attachments { url } lines { debit credit account { number } } } }
  generalLedger(account: $account, first: 100) { closing entries { nodes { voucherNumber debit balance } } }
  recurringVouchers(first: 50) { nodes { total } } cashCounts(first: 50) { nodes { counted } }
  assets(first: 50) { nodes { writtenOff account { number } } } } } } }"""


async def test_lists_cost_the_same_however_long(graphql: GraphQL, at_noon: None) -> None:
    cooperative, officers = await people.cooperative("MKT")
    treasurer = await people.acting(officers[Role.TREASURER])
    token = await token_of(officers[Role.TREASURER])
    await books.open_books(treasurer, cooperative_id=cooperative.pk, opened_on=date(2026, 1, 1), key="o")
    chart = await books.chart_of(cooperative.pk)
    cash, dues = chart.by_number["1-1101"], chart.by_number["4-1101"]

    async def record(number: int) -> None:
        await vouchers.record_voucher(
            treasurer,
            cooperative_id=cooperative.pk,
            kind=VoucherKind.CASH_IN,
            booked_on=NOVEMBER,
            description="Iuran",
            lines=[Line(cash.id, debit=1_000 + number), Line(dues.id, credit=1_000 + number)],
            key=str(number),
        )

    async def read() -> tuple[int, int]:
        with count_statements() as counted:
            asked = {"slug": cooperative.slug, "account": to_id("ChartAccount", cash.id)}
            answer = await graphql(LISTS, asked, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]["cooperative"]["book"]["accounting"]
        assert len(found["generalLedger"]["entries"]["nodes"]) == len(found["vouchers"]["nodes"])
        return len(found["vouchers"]["nodes"]), counted.number

    await record(0)
    few, cost_of_few = await read()
    for number in range(1, 50):
        await record(number)
    many, cost_of_many = await read()
    assert (few, many) == (1, 50)
    assert cost_of_many == cost_of_few
    assert cost_of_few <= 22


async def test_two_at_once_take_two_numbers(db: Settings, at_noon: None) -> None:
    at = await desk()

    async def one(actor_key: int) -> Voucher:
        return await vouchers.record_voucher(
            at.treasurer if actor_key % 2 else at.chair,
            cooperative_id=at.id,
            kind=VoucherKind.CASH_IN,
            booked_on=NOVEMBER,
            description="Iuran",
            lines=[Line(at.account("1-1101"), debit=5), Line(at.account("4-1101"), credit=5)],
            key=f"n{actor_key}",
        )

    made = await asyncio.gather(*(one(number) for number in range(8)))
    assert sorted(str(voucher.number) for voucher in made) == [f"BKM/2026/11/{n:04}" for n in range(1, 9)]


async def test_a_co_op_that_sells_here_has_both_in_its_statements(db: Settings) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    await one_order_each_way(a, b)
    now = datetime.now(UTC)
    today = now.date()
    for coop in (a, b):
        officer = await stage.officer(coop, Role.TREASURER)
        await books.open_books(officer, cooperative_id=coop.pk, opened_on=date(today.year, 1, 1), key="o")
        desk_ = Desk(coop, officer, officer, officer, await books.chart_of(coop.pk))
        await desk_.book(
            date(today.year, today.month, 1), {"1-1101": 100_000}, {"3-1101": 100_000}, kind=VoucherKind.CASH_IN
        )
        tomorrow = date.fromordinal(today.toordinal() + 1)
        sheet = await reports.balance_sheet(officer, coop.pk, tomorrow, compared=True)
        flows = await reports.cash_flow(officer, coop.pk, date(today.year, 1, 1), tomorrow, compared=True)
        result = await reports.surplus_statement(officer, coop.pk, date(today.year, 1, 1), tomorrow, compared=False)
        assert sheet.is_balanced
        assert flows.is_balanced
        assert result.is_balanced
        assert sheet.amount("PRINCIPAL_DEPOSITS") == flows.amount("CLOSING_CASH") == 100_000
        expected = {"FOD": (112_000, 107_000, 5_000), "DRV": (74_000, 72_080, 1_920)}[coop.code]
        assert (sheet.amount("PLATFORM_RECEIVABLES"), sheet.amount("PLATFORM_PAYABLES"), result.amount("RESULT")) == (
            expected
        )
