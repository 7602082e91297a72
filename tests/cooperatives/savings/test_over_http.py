"""Savings as a front end has them: a member's own, an officer's lists at a fixed cost, and what is taken home."""

import io
from datetime import timedelta
from typing import Any

import httpx
import openpyxl
import pytest

from cooperatives.dues import service as dues
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings import service
from cooperatives.savings.models import SavingsAccount
from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.savings.saver import opened
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

LISTS = """
query ($slug: String!, $first: Int!) {
  cooperative(slug: $slug) {
    dues(first: $first) { nodes { kind outstanding member { number account { name } } } }
    duePayments(first: $first) { nodes { number lines { amount due { kind } } member { number } } }
    savingsAccounts(kind: VOLUNTARY, first: $first) { nodes { balance rate product { name rate } member { number } } }
    savingsWithdrawals(first: $first) { nodes { amount member { number } } }
  }
}
"""
OWN = """
{
  viewer { memberships {
    owed
    savings { kind number balance passbookPath passbook(first: 2) { nodes { words amount balance }
      pageInfo { hasNextPage endCursor } } }
    duePayments(first: 5) { nodes { receiptPath amount } }
  } }
}
"""


async def test_a_member_sees_his_own_and_takes_it_home(client: httpx.AsyncClient, graphql: GraphQL) -> None:
    on, (ani, budi) = await opened(2)
    await service.deposit_cash(on.at.treasurer, savings_id=ani.savings.pk, amount=500_000, key="d")
    await service.request_withdrawal(
        ani.acting, savings_id=ani.savings.pk, amount=20_000, way=service.WithdrawalWay.CASH, key="w"
    )
    row = await service.SavingsWithdrawal.get()
    await service.pay_withdrawal(on.at.treasurer, withdrawal_id=row.pk, key="p")
    mine = await token_of(await Account.get(pk=ani.acting.account_id))
    his = await token_of(await Account.get(pk=budi.acting.account_id))
    (member,) = (await graphql(OWN, token=mine))["data"]["viewer"]["memberships"]
    (savings,) = member["savings"]
    assert savings["balance"] == 480_000
    assert [(line["words"], line["amount"], line["balance"]) for line in savings["passbook"]["nodes"]] == [
        ("Penarikan", -20_000, 480_000),
        ("Setoran", 500_000, 500_000),
    ]
    paths = [savings["passbookPath"], member["duePayments"]["nodes"][0]["receiptPath"]]
    for path in paths:
        assert (await file(client, path, mine)).content.startswith(b"%PDF")
        assert (await file(client, path, his)).status_code == 404
        assert (await client.get(path)).status_code == 401
    book = await file(client, savings["passbookPath"].replace(".pdf", ".xlsx"), mine)
    cells = {cell for line in openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows() for cell in line}
    assert {500_000, 20_000, 480_000} <= {cell.value for cell in cells}
    (other,) = (await graphql(OWN, token=his))["data"]["viewer"]["memberships"]
    assert other["savings"][0]["balance"] == 0
    query = "query ($id: ID!) { node(id: $id) { id } }"
    asked = await graphql(query, {"id": to_id("SavingsAccount", ani.savings.pk)}, token=his)
    assert asked["data"]["node"] is None


async def file(client: httpx.AsyncClient, path: str, token: str) -> httpx.Response:
    return await client.get(path, headers={"Authorization": f"Bearer {token}"})


async def test_an_officers_lists_cost_the_same_for_one_and_for_many(
    client: httpx.AsyncClient, graphql: GraphQL
) -> None:
    on, (ani,) = await opened(1)
    asked: dict[str, Any] = {"slug": on.at.cooperative.slug, "first": 50}
    token = await token_of(await Account.get(pk=on.at.treasurer.account_id))

    async def one_more(member: Membership, savings: SavingsAccount, key: str) -> None:
        await service.deposit_cash(on.at.treasurer, savings_id=savings.pk, amount=50_000, key=key)
        await on.owe(member, 10_000, (clock.now() + timedelta(days=3)).date())
        way = service.WithdrawalWay.CASH
        await service.request_withdrawal(on.at.chair, savings_id=savings.pk, amount=1_000, way=way, key=key)

    await one_more(ani.member, ani.savings, "0")
    await graphql(LISTS, asked, token)
    with count_statements() as few:
        assert "errors" not in await graphql(LISTS, asked, token)
    for number in range(20):
        person = await Account.create(phone=f"+6281277{number:06d}", name=f"Orang {number}")
        member = await Membership.create(
            cooperative_id=on.id, account_id=person.pk, number=900 + number, state=MembershipState.ACTIVE
        )
        savings = await SavingsAccount.create(
            id=new_id(),
            cooperative_id=on.id,
            membership_id=member.pk,
            account_id=person.pk,
            kind=service.SavingsKind.VOLUNTARY,
            product_id=ani.savings.product_id,
            number=f"SS-{number}",
            opened_on=ani.savings.opened_on,
        )
        await one_more(member, savings, f"n{number}")
    with count_statements() as many:
        answer = await graphql(LISTS, asked, token)
    lists = answer["data"]["cooperative"]
    assert {name: len(found["nodes"]) for name, found in lists.items()} == {
        "dues": 21,
        "duePayments": 21,
        "savingsAccounts": 21,
        "savingsWithdrawals": 21,
    }
    assert few.number == many.number
    assert await dues.outstanding([ani.member.pk]) == {ani.member.pk: 10_000}
