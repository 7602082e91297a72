"""A meal paid by QRIS: officers set the co-op's account, the buyer scans, the provider calls, the shop declines, the
buyer chooses how his money comes back: all over HTTP, with a provider that stands apart."""

from collections.abc import Iterator

import httpx
import pytest

from marketplace import wiring, worker
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_warung_order import Story
from tests.orders import stage
from tests.payments.rails.fake_midtrans import CREATOR_KEY, MERCHANT_KEY, SERVER_KEY, FakeMidtrans
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
SEEN = """query($id: ID!) { node(id: $id) { ... on Order { subOrders { id state refunds { id state amount way } }
  payments { id state channel explanation isSimulated instructions { qr qrPicture vaNumber bank expiresAt } } } } }"""
CHANNELS = """query($slug: String!) { cooperative(slug: $slug) {
  paymentChannels { channel refunds refundDays institutions fallsBackTo }
  railAccounts { rail state webhookUrl } } }"""


@pytest.fixture
def midtrans() -> FakeMidtrans:
    return FakeMidtrans()


@pytest.fixture
def settings(settings: Settings, midtrans: FakeMidtrans) -> Iterator[Settings]:
    with serving(midtrans.app) as url:
        yield settings.model_copy(update={"midtrans_url": url, "midtrans_payouts_url": url})


async def person(name: str) -> Account:
    return await Account.get(id=(await stage.buyer(name)).account_id)


async def test_a_meal_paid_by_qris_and_given_back(
    client: httpx.AsyncClient, graphql: GraphQL, settings: Settings, midtrans: FakeMidtrans
) -> None:
    story = Story(graphql)
    do, ask, key = story.do, story.ask, story.key
    coop = await stage.cooperative("QRS")
    shop = await stage.shop(coop)
    food = await stage.dish(shop, price=50_000)
    treasurer = await token_of(await person("Bendahara"), Role.TREASURER, cooperative_id=coop.pk)
    chair = await token_of(await person("Ketua"), Role.CHAIR, cooperative_id=coop.pk)
    owner = await token_of(
        await Account.get(id=shop.owner_id), Role.SELLER_OWNER, seller_id=shop.pk, cooperative_id=coop.pk
    )
    buyer = await token_of(await person("Ani"))
    adapters = wiring.build(settings)

    keys = {"server_key": SERVER_KEY, "payout_creator_key": CREATOR_KEY, "payout_merchant_key": MERCHANT_KEY}
    account = await do(
        treasurer,
        "setRailAccount",
        "... on RailAccount { id state hasProposal }",
        cooperativeId=to_id("Cooperative", coop.pk),
        rail="MIDTRANS",
        secrets=[{"name": name, "value": value} for name, value in keys.items()],
        idempotencyKey=key(),
    )
    assert (account["state"], account["hasProposal"]) == ("PROPOSED", True)
    agreed = await do(
        chair,
        "agreeToRailAccount",
        "... on RailAccount { state webhookUrl options }",
        input_type="RailAccountInput",
        id=account["id"],
        idempotencyKey=key(),
    )
    assert agreed["state"] == "ACTIVE"
    seen = (await ask(treasurer, CHANNELS, slug=coop.slug))["cooperative"]
    assert [one["channel"] for one in seen["paymentChannels"]] == ["QRIS", "EWALLET", "VIRTUAL_ACCOUNT"]
    assert SERVER_KEY not in str(seen)

    order = await do(
        buyer,
        "placeOrder",
        "... on Order { id }",
        lines=[{"variantId": to_id("Variant", food.pk), "quantity": 1}],
        fulfilment="PICKUP",
        payment="ONLINE",
        payBy={"channel": "QRIS"},
        idempotencyKey=key(),
    )
    waiting = (await ask(buyer, SEEN, id=order["id"]))["node"]
    (payment,) = waiting["payments"]
    assert (payment["state"], payment["channel"], payment["isSimulated"]) == ("PROCESSING", "QRIS", False)
    assert payment["instructions"]["qrPicture"].startswith("<svg")
    assert payment["instructions"]["expiresAt"]
    assert payment["explanation"].startswith("Menunggu pembayaran Anda")
    assert (await ask(owner, SEEN, id=order["id"]))["node"]["payments"] == []  # the shop is shown no code

    (charge,) = midtrans.charges
    midtrans.pay(charge, issuer="bank_lain")  # an issuer that takes no refund back
    path = agreed["webhookUrl"].removeprefix(settings.public_url)
    for headers, body in reversed(midtrans.events):  # paid comes before pending
        assert (await client.post(path, content=body, headers=headers)).status_code == 200
    await worker.drain(adapters)
    paid = (await ask(buyer, SEEN, id=order["id"]))["node"]
    assert [one["state"] for one in paid["payments"]] == ["SUCCEEDED"]
    assert paid["payments"][0]["instructions"] is None
    assert [one["state"] for one in paid["subOrders"]] == ["PAID"]

    declined = {"subOrderId": paid["subOrders"][0]["id"], "reason": "habis", "idempotencyKey": key()}
    await do(owner, "declineSubOrder", "... on SubOrder { state }", **declined)
    await worker.drain(adapters)
    (back,) = (await ask(buyer, SEEN, id=order["id"]))["node"]["subOrders"][0]["refunds"]
    assert (back["state"], back["amount"]) == ("AWAITING", 50_000)
    await do(
        buyer,
        "chooseRefundWay",
        "... on Refund { way }",
        refundId=back["id"],
        way="TRANSFER",
        to={"institution": "gopay", "number": "0812-3456-7890", "holder": "Ani"},
        idempotencyKey=key(),
    )
    assert await broken() == set()
    await wiring.close(adapters)
