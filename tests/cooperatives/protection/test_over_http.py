"""Protection as a front end has it: lists at a fixed cost, and the files that officers take home."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from cooperatives.protection import monthly, service
from cooperatives.protection.models import ProtectionEnrolment
from marketplace import clock
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.protection.stage import crowd, insured
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
BILLS = """
query ($slug: String!) { cooperative(slug: $slug) { protectionBills(first: 100) { nodes {
  amount saved state lines { component rules { article } } programme { name } member { number }
  due { outstanding } } }
  remittances(first: 100) { nodes { number programme { name } } } claims(first: 100) { nodes { state } } } }
"""


async def test_lists_cost_the_same_for_few_and_for_many_and_the_provider_gets_whole_numbers(
    graphql: GraphQL, client: httpx.AsyncClient, settings: Settings
) -> None:
    of = await insured(settings, 1, alone_monthly=2_500, alone_source="loket", pay_by=31)
    month = clock.now().date().replace(day=1)
    await of.enrol(0, month)
    token = await token_of(await Account.get(pk=of.treasurer.account_id))

    async def listed() -> tuple[int, list[dict[str, Any]]]:
        with count_statements() as counted:
            body = await graphql(BILLS, {"slug": of.on.at.cooperative.slug}, token)
        nodes: list[dict[str, Any]] = body["data"]["cooperative"]["protectionBills"]["nodes"]
        return counted.number, nodes

    await listed()
    few, (one,) = await listed()
    assert (one["saved"], one["programme"]["name"], one["due"]["outstanding"]) == (
        2_500,
        of.programme.name,
        one["amount"],
    )
    await crowd(of, month, [(50, 1_000_000, False)])
    await monthly.bill_month(of.programme, month)
    many, nodes = await listed()
    assert (many, len(nodes)) == (few, 51)

    await of.pays(0, one["amount"], "pay")
    batch = await service.prepare(of.treasurer, programme_id=of.programme.pk, month=month, key="gather")
    path = f"/protection/remittances/{to_id('ProtectionBatch', batch.pk)}"
    bearer = {"Authorization": f"Bearer {token}"}
    answer = await client.get(f"{path}.xlsx", headers=bearer)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert any("21000000000" in row and one["amount"] in row for row in sheet.iter_rows(values_only=True))
    assert (await client.get(f"{path}.pdf", headers=bearer)).content.startswith(b"%PDF")
    member = await token_of(await Account.get(pk=of.on.members[0][0].account_id))
    for who, status in ((member, 403), ("", 401)):
        refused = await client.get(f"{path}.xlsx", headers={"Authorization": f"Bearer {who}"} if who else {})
        assert refused.status_code == status
    row = await ProtectionEnrolment.get(membership_id=of.on.members[0][0].pk)
    assert (row.masked, "21000000000" in row.sealed) == ("…0000", False)
