"""Two co-ops settle what their members did for each other, over the public API: the example of an order's money."""

from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import checks
from marketplace.deliveries import service as deliveries
from marketplace.identity.actor import Role
from marketplace.orders.models import PaymentMethod
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

WINDOW = """__typename ... on Problem { code message } ... on SettlementWindow { id state grossTotal netTotal
  positions { amount cooperative { code } }
  payments { id amount state bankReference payer { code } payee { code } } }"""
BOOK = """query ($slug: String!) { cooperative(slug: $slug) { windows { nodes { id state obligations {
      nodes { amount debtor { code } creditor { code } } } } }
    book { trialBalance { debits credits lines { purpose balance } } } } }"""


async def one_order_each_way(a: Cooperative, b: Cooperative) -> None:
    """Sold by A's seller, carried by B's driver: one order paid online, one in cash. Food 50,000, delivery 12,000."""
    shop, _ = await stage.seller(a)
    _, driver = await stage.on_shift(b, "Budi")
    for method in (PaymentMethod.CASH, PaymentMethod.ONLINE):
        order = await stage.sub_order(shop, await stage.account("Ani"), method=method)
        job_id = (await stage.job_of(order)).pk
        key = str(job_id)
        await deliveries.claim_job(driver, job_id=job_id, key=key, dispatch=BOARD)
        await deliveries.arrive_at_pickup(driver, job_id=job_id, key=key)
        await deliveries.confirm_pickup(driver, job_id=job_id, pin="1111", place=None, key=key, signer=SIGNER)
        await deliveries.arrive_at_drop_off(driver, job_id=job_id, drop_id=None, key=key)
        await deliveries.confirm_drop_off(
            driver, job_id=job_id, drop_id=None, pin="2222", place=None, key=key, signer=SIGNER
        )


async def test_a_window_is_closed_approved_paid_and_confirmed(graphql: GraphQL, settings: Settings) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    await one_order_each_way(a, b)
    operator = await token_of(await stage.account("Operator"), Role.NODE_OPERATOR)
    sari = await token_of(await stage.account("Sari, bendahara A"), Role.TREASURER, cooperative_id=a.pk)
    budi = await token_of(await stage.account("Budi, bendahara B"), Role.TREASURER, cooperative_id=b.pk)

    async def do(token: str | None, name: str, **input: Any) -> dict[str, Any]:
        kind = name[0].upper() + name[1:] + "Input"
        text = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ {WINDOW} }} }}"
        input.setdefault("idempotencyKey", f"{name}-{sorted(input)}-{token}"[:100])
        answer = await graphql(text, {"input": input}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    async def book(token: str, slug: str) -> dict[str, int]:
        seen = (await graphql(BOOK, {"slug": slug}, token=token))["data"]["cooperative"]["book"]["trialBalance"]
        assert seen["debits"] == seen["credits"]
        balances: dict[str, int] = {}
        for line in seen["lines"]:
            balances[line["purpose"]] = balances.get(line["purpose"], 0) + line["balance"]
        return balances

    assert await book(sari, "fod") == {
        "GATEWAY_CLEARING": 62_000,
        "DUE_FROM": 50_000,
        "DUE_TO": 12_000,
        "ORDER_ESCROW": 0,
        "SELLER_PAYABLE": 95_000,
        "COMMISSION_INCOME": 5_000,
    }
    assert await book(budi, "drv") == {
        "CASH_WITH_DRIVER": 62_000,
        "DUE_FROM": 12_000,
        "DUE_TO": 50_000,
        "DRIVER_PAYABLE": 22_080,
        "DELIVERY_INCOME": 1_920,
    }
    (window,) = (await graphql(BOOK, {"slug": "drv"}, token=budi))["data"]["cooperative"]["windows"]["nodes"]
    owed = [(o["debtor"]["code"], o["creditor"]["code"], o["amount"]) for o in window["obligations"]["nodes"]]
    assert sorted(owed) == [("DRV", "FOD", 50_000), ("FOD", "DRV", 12_000)]

    closed = await do(operator, "closeWindow", windowId=window["id"])
    assert (closed["grossTotal"], closed["netTotal"]) == (62_000, 38_000)
    (payment,) = closed["payments"]
    assert (payment["payer"]["code"], payment["payee"]["code"], payment["amount"]) == ("DRV", "FOD", 38_000)

    for token, coop in ((sari, a), (budi, b)):
        id = to_id("Cooperative", coop.pk)
        await do(token, "approveSettlement", windowId=window["id"], cooperativeId=id)
    paid = await do(budi, "recordSettlementPayment", paymentId=payment["id"], bankReference="BI-FAST 0001")
    assert (paid["state"], paid["payments"][0]["state"]) == ("PENDING_SETTLEMENT", "PAID")
    settled = await do(sari, "confirmSettlementPayment", paymentId=payment["id"])
    assert settled["state"] == "SETTLED"

    assert (await book(sari, "fod"))["BANK"] == 38_000
    after = await book(budi, "drv")
    assert (after["BANK"], after["DUE_TO"], after["DUE_FROM"], after["SETTLEMENT_CLEARING"]) == (-38_000, 0, 0, 0)
    assert [found async for found in checks.findings()] == []
