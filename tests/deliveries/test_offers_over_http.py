"""Offers as an app asks for them: what a list costs in statements, whatever its length."""

import pytest

from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.deliveries import offering, stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

MINE = """{ viewer { driving { offers { id ownShare why { words factors { words } } driver { name }
  job { id price pickup { name } drops { address } seller { name } } } } } }"""
WHY = """{ viewer { driving { considerations(first: 50) { nodes { words factors { words } driver { name }
  job { state } } } } } }"""
ALL = """query($id: ID!) { node(id: $id) { ... on Cooperative { jobs(first: 50) { nodes { id
  offers { state driver { name } why { words } } } } } } }"""


async def test_lists_cost_the_same_at_one_row_and_at_many(graphql: GraphQL) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_a_driver=20)
    shop, _ = await stage.seller(coop)
    driver, _ = await offering.at(coop, "Agus", cash_limit=9_000_000)
    own = await token_of(await Account.get(pk=driver.account_id), Role.DRIVER, cooperative_id=coop.pk)
    chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=coop.pk)

    async def costs(number: int) -> list[int]:
        found = []
        for token, document in ((own, MINE), (own, WHY), (chair, ALL)):
            variables = {"id": to_id("Cooperative", coop.pk)} if document is ALL else {}
            await graphql(document, variables, token=token)  # the first time a token and a document are looked up
            with count_statements() as counted:
                answer = await graphql(document, variables, token=token)
            assert "errors" not in answer, answer
            assert str(answer["data"]).count("urutan ke-1") == number, answer
            found.append(counted.number)
        return found

    await offering.looking(shop)
    once = await costs(1)
    for _ in range(4):
        await offering.looking(shop)
    assert await costs(5) == once
