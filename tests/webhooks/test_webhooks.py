"""A provider may call late, twice, out of order or falsely: a payment is finished once, by a true call only."""

import asyncio
import hmac
import time
from datetime import timedelta

import httpx
import orjson
import pytest

from marketplace import clock, webhooks, wiring, worker
from marketplace.database import new_id
from marketplace.orders.models import PaymentMethod
from marketplace.payments import finishing
from marketplace.payments.gateway import Charge, ChargeOutcome
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.rails import SimulatedGateway
from marketplace.settings import Settings
from marketplace.webhooks.models import CallState, ProviderCall

pytestmark = pytest.mark.anyio


async def make_payment() -> Payment:
    return await Payment.create(
        order_id=new_id(),
        payer_id=new_id(),
        method=PaymentMethod.ONLINE,
        amount=50_000,
        state=PaymentState.PROCESSING,
        gateway="SIMULATED",
    )


def body_of(payment: Payment, **changed: object) -> bytes:
    said = {"id": "evt_1", "type": "charge.succeeded", "payment_id": str(payment.id), "amount": payment.amount}
    return orjson.dumps({**said, **changed})


def provider_of(settings: Settings) -> SimulatedGateway:
    return SimulatedGateway(has_triggers=False, secret=settings.secret_key.get_secret_value())


async def call(client: httpx.AsyncClient, settings: Settings, body: bytes, signature: str | None = None) -> int:
    signature = provider_of(settings).sign(body) if signature is None else signature
    answer = await client.post(
        "/webhooks/simulated", content=body, headers={"Lumbung-Signature": signature.encode("latin-1")}
    )
    return answer.status_code


@pytest.fixture
def finished(monkeypatch: pytest.MonkeyPatch) -> list[Charge]:
    """What payments are told, in place of the service: an order with its books belongs to its own tests."""
    told: list[Charge] = []

    async def finish(payment_id: object, charge: Charge) -> None:
        told.append(charge)

    monkeypatch.setattr(finishing, "finish_payment", finish)
    return told


async def test_a_true_call_finishes_the_payment_once(
    client: httpx.AsyncClient, settings: Settings, finished: list[Charge]
) -> None:
    payment = await make_payment()
    body = body_of(payment, reference="sim_9")
    statuses = await asyncio.gather(*(call(client, settings, body) for _ in range(5)))
    assert set(statuses) == {200}
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)
    assert finished == [Charge(ChargeOutcome.SUCCEEDED, "sim_9")]
    assert (await ProviderCall.get()).state is CallState.DONE


@pytest.mark.parametrize("signature", ["", "t=1,v1=00", "v1=00", "t=²,v1=00", "t=9999999999,v1=", "nonsense"])
async def test_a_false_call_is_refused_and_writes_nothing(
    client: httpx.AsyncClient, settings: Settings, signature: str
) -> None:
    assert await call(client, settings, body_of(await make_payment()), signature) == 401
    assert await ProviderCall.all().count() == 0


async def test_a_call_overheard_cannot_be_played_again_later_or_altered(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    payment = await make_payment()
    body = body_of(payment)
    key = provider_of(settings)._key
    moment = str(int(time.time()) - 600)
    old = f"t={moment},v1={hmac.digest(key, f'{moment}.'.encode() + body, 'sha256').hex()}"
    assert await call(client, settings, body, old) == 401
    assert await call(client, settings, body_of(payment, amount=1), provider_of(settings).sign(body)) == 401


@pytest.mark.parametrize(
    "changed",
    [{"payment_id": "x"}, {"amount": -1}, {"amount": 1.5}, {"amount": "5"}, {"type": "charge.made"}, {"id": ""}],
)
async def test_a_signed_call_that_makes_no_sense_is_refused(
    client: httpx.AsyncClient, settings: Settings, changed: dict[str, object]
) -> None:
    assert await call(client, settings, body_of(await make_payment(), **changed)) == 400


async def test_a_call_of_another_amount_or_payment_books_nothing(
    client: httpx.AsyncClient, settings: Settings, finished: list[Charge]
) -> None:
    payment = await make_payment()
    assert await call(client, settings, body_of(payment, id="evt_2", amount=1)) == 200
    assert await call(client, settings, body_of(payment, id="evt_3", payment_id=str(new_id()))) == 200
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)
    assert finished == []
    states = {row.event_id: row.state for row in await ProviderCall.all()}
    assert states == {"evt_2": CallState.WRONG_AMOUNT, "evt_3": CallState.UNMATCHED}


async def test_an_unknown_provider_is_not_found(client: httpx.AsyncClient) -> None:
    assert (await client.post("/webhooks/nobody", content=b"{}")).status_code == 404


async def test_the_routes_are_no_wildcard() -> None:
    assert [route.path for route in webhooks.routes()] == ["/webhooks/{provider}", "/webhooks/{provider}/{account}"]


async def test_calls_of_long_ago_are_forgotten_unless_they_wait(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    payment = await make_payment()
    for number in range(3):
        assert await call(client, settings, body_of(payment, id=f"evt_{number}")) == 200
    await ProviderCall.filter(event_id__in=["evt_0", "evt_1"]).update(created_at=clock.now() - timedelta(days=91))
    await ProviderCall.filter(event_id__in=["evt_0", "evt_2"]).update(state=CallState.DONE)
    assert await webhooks.forget_old() == 1
    assert {row.event_id for row in await ProviderCall.all()} == {"evt_1", "evt_2"}
