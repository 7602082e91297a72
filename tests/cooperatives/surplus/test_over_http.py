"""A surplus as a front end has it: a member's share with its lines, and officers' lists at a fixed cost."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from cooperatives.membership.models import Membership, MembershipState
from cooperatives.surplus.models import SurplusAllocation
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.surplus.test_year import begun, real_clock_after
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

__all__ = ["real_clock_after"]
pytestmark = pytest.mark.anyio

PROPOSE = """
mutation ($input: ProposeSurplusInput!) {
  proposeSurplus(input: $input) { __typename ... on SurplusAllocation { number } ... on Problem { code message } }
}
"""
LISTS = """
query ($slug: String!) {
  cooperative(slug: $slug) {
    surplusAllocations(first: 1) {
      nodes { number pools { pool amount } shares(first: 100) {
        nodes { amount lines { pool amount } allocation { number } member { number } } } }
    }
  }
}
"""
OWN = """
{ viewer { memberships { surplusShares(first: 2) { nodes {
  id amount excluded deliveries transactions lines { pool poolAmount own everyones amount }
  allocation { state rules { name article } } } } } } }
"""


async def test_lists_and_reckoning_cost_the_same_for_few_and_for_many(graphql: GraphQL) -> None:
    year = await begun()
    await year.lock()
    token = await token_of(await Account.get(pk=year.treasurer.account_id))
    asked: dict[str, Any] = {"cooperativeId": to_id("Cooperative", year.id), "year": 2026}

    async def counted(key: str) -> tuple[int, int, int]:
        with count_statements() as proposing:
            answer = await graphql(PROPOSE, {"input": asked | {"idempotencyKey": key}}, token)
        assert answer["data"]["proposeSurplus"]["__typename"] == "SurplusAllocation"
        with count_statements() as listing:
            found = await graphql(LISTS, {"slug": year.at.at.cooperative.slug}, token)
        (shown,) = found["data"]["cooperative"]["surplusAllocations"]["nodes"]
        return proposing.number, listing.number, len(shown["shares"]["nodes"])

    await counted("warm")
    proposing, listing, members = await counted("few")
    people = [Account(phone=f"+6281288{n:06d}", name=f"Orang {n}") for n in range(50)]
    await Account.bulk_create(people)
    await Membership.bulk_create(
        Membership(cooperative_id=year.id, account_id=row.pk, number=900 + n, state=MembershipState.ACTIVE)
        for n, row in enumerate(people)
    )
    assert await counted("many") == (proposing, listing, members + 50)
    assert await SurplusAllocation.filter(state="PROPOSED").count() == 1


async def test_a_member_reads_his_share_and_nobody_elses(graphql: GraphQL) -> None:
    year = await begun()
    await year.lock()
    await year.propose()
    (_, ani), _, (_, cici) = year.at.members
    mine, hers = [await token_of(await Account.get(pk=who.account_id)) for who in (ani, cici)]
    (member,) = (await graphql(OWN, token=mine))["data"]["viewer"]["memberships"]
    (share,) = member["surplusShares"]["nodes"]
    assert (share["amount"], share["excluded"], share["deliveries"]) == (3_541_667, None, 6_000_000)
    assert share["lines"] == [
        {
            "pool": "CAPITAL",
            "poolAmount": 2_000_000,
            "own": 36_500_000,
            "everyones": 43_800_000,
            "amount": 1_666_667,
        },
        {
            "pool": "PATRONAGE",
            "poolAmount": 2_500_000,
            "own": 6_000_000,
            "everyones": 8_000_000,
            "amount": 1_875_000,
        },
    ]
    rules = {rule["name"]: rule["article"] for rule in share["allocation"]["rules"]}
    assert rules["surplus.percentages_total"] == "45"
    (other,) = (await graphql(OWN, token=hers))["data"]["viewer"]["memberships"]
    (excluded,) = other["surplusShares"]["nodes"]
    assert (excluded["amount"], excluded["excluded"], excluded["lines"]) == (0, "FEW_TRANSACTIONS", [])
    query = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await graphql(query, {"id": share["id"]}, token=mine))["data"]["node"] is not None
    assert (await graphql(query, {"id": share["id"]}, token=hers))["data"]["node"] is None


async def test_an_officer_takes_the_shares_home(client: httpx.AsyncClient, graphql: GraphQL) -> None:
    year = await begun()
    await year.lock()
    await year.propose()
    officer, member = [
        await token_of(await Account.get(pk=who.account_id)) for who in (year.treasurer, year.at.members[0][1])
    ]
    path = f"/surplus/allocations.xlsx?cooperative={to_id('Cooperative', year.id)}"
    book = await client.get(path, headers={"Authorization": f"Bearer {officer}"})
    allocations, shares = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[:2]
    years = [{cell for cell in row if cell is not None} for row in allocations.iter_rows(values_only=True)]
    assert any({"SHU/2026/1", 4_000_000, 10_000_000, "Diusulkan"} <= row for row in years)
    people = [{cell for cell in row if cell is not None} for row in shares.iter_rows(values_only=True)]
    assert any({"Anggota 1", 1_666_667, 1_875_000, 3_541_667, "Belum dibayar"} <= row for row in people)
    assert any({"Anggota 3", "Transaksi kurang"} <= row for row in people)
    pdf = await client.get(path.replace(".xlsx", ".pdf"), headers={"Authorization": f"Bearer {officer}"})
    assert pdf.content.startswith(b"%PDF")
    assert (await client.get(path, headers={"Authorization": f"Bearer {member}"})).status_code == 404
    assert (await client.get(path)).status_code == 401
