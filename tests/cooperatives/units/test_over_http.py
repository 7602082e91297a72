"""Units as a front end and a treasurer have them: lists at a fixed cost, a member's own purchases, workbooks."""

import io

import httpx
import openpyxl
import pytest

from cooperatives.units.kinds import SaleWay
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.units.shop import shop
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("noon")]


LISTS = """
query ($id: ID!, $slug: String!) {
  cooperative(slug: $slug) { units { name kind { code } shop { slug } } suppliers(first: 50) { nodes { name } } }
  node(id: $id) {
    ... on BusinessUnit {
      items(first: 50) { nodes { sku price quantity value } }
      purchases(first: 50) { nodes { total supplier { name } lines { quantity item { sku } } } }
      sales(first: 50) { nodes { number total cost returned loanNumber unitName member { number } } }
      awaitedPurchases(first: 50) { nodes { total member { number } sale { number } unit { name } } }
      counts(first: 50) { nodes { short } }
    }
  }
}
"""
OWN = "{ viewer { memberships { unitPurchases(first: 5) { nodes { id number total cost lines { name } } } } } }"


async def test_lists_cost_the_same_for_few_and_for_many(graphql: GraphQL) -> None:
    at = await shop()
    token = await token_of(await Account.get(pk=at.keeper.account_id))
    asked = {"id": to_id("BusinessUnit", at.unit.pk), "slug": at.at.at.cooperative.slug}
    member, _ = at.at.members[0]

    async def counted() -> tuple[int, int]:
        with count_statements() as counting:
            found = await graphql(LISTS, asked, token)
        shown = found["data"]["node"]
        return counting.number, sum(len(shown[name]["nodes"]) for name in ("items", "purchases", "sales"))

    async def trade(number: int) -> None:
        item = await at.item(f"B-{number}")
        await at.buy(item, 5, 50_000 + number)
        await at.sell(item, 1, member)

    await trade(0)
    await counted()
    few = await counted()
    for number in range(1, 9):
        await trade(number)
    assert await counted() == (few[0], few[1] + 24)


async def test_a_member_sees_what_he_bought_and_not_what_it_cost(graphql: GraphQL) -> None:
    at = await shop()
    item = await at.item()
    await at.buy(item, 5, 150_000)
    (ani, acting), (_, other) = at.at.members
    sale = await at.sell(item, 2, ani, SaleWay.CREDIT)
    mine, theirs = [await token_of(await Account.get(pk=who.account_id)) for who in (acting, other)]
    (membership,) = (await graphql(OWN, token=mine))["data"]["viewer"]["memberships"]
    (bought,) = membership["unitPurchases"]["nodes"]
    assert (bought["number"], bought["total"], bought["cost"]) == (sale.number, 80_000, None)
    (membership,) = (await graphql(OWN, token=theirs))["data"]["viewer"]["memberships"]
    assert membership["unitPurchases"]["nodes"] == []
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await graphql(query, {"id": bought["id"]}, theirs))["data"]["node"] is None


async def test_a_treasurer_takes_the_registers_home(client: httpx.AsyncClient) -> None:
    at = await shop()
    item = await at.item(reorder_level=4)
    await at.buy(item, 6, 210_000)
    await at.sell(item, 2, at.at.members[0][0], SaleWay.CREDIT)
    token = await token_of(await Account.get(pk=at.keeper.account_id))
    query = {"cooperative": to_id("Cooperative", at.id), "unit": to_id("BusinessUnit", at.unit.pk)}
    wanted: dict[str, tuple[object, ...]] = {
        "stock": ("OLI-08", 4, 35_000, 140_000),
        "moves": ("penjualan", -2, -70_000, 140_000),
        "purchases": ("PT Oli Nusantara", 210_000, 0, "tempo"),
        "sales": ("PJ/2026/000001", 80_000, 70_000, 10_000, "tempo"),
        "results": ("5-1105", 70_000),
    }
    for name, cells in wanted.items():
        answer = await client.get(f"/units/{name}.xlsx", params=query, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, (name, answer.text)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        rows = [set(row) for row in sheet.iter_rows(values_only=True)]
        assert any(set(cells) <= row for row in rows), (name, cells, rows)
    wrong = query | {"unit": to_id("BusinessUnit", at.id)}
    gone = await client.get("/units/stock.xlsx", params=wrong, headers={"Authorization": f"Bearer {token}"})
    assert gone.status_code == 404
