"""Calls put through by a provider, over HTTP: whose phone rings, what it shows, what stays of a call that failed."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from asgi_lifespan import LifespanManager
from pydantic import SecretStr, ValidationError

from marketplace.app import create_app
from marketplace.deliveries.courier.bridges import Call, NotBridged, bridge_for
from marketplace.deliveries.courier.models import ContactAttempt
from marketplace.deliveries.courier.twilio import TwilioBridge, instructions
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.deliveries.courier import days
from tests.deliveries.courier.fake_twilio import ACCOUNT, NUMBER, TOKEN, FakeTwilio
from tests.deliveries.test_over_http import token_of
from tests.payments.rails.serving import serving

pytestmark = pytest.mark.anyio

CALL = """mutation($input: CallPartyInput!) { callParty(input: $input) { __typename
  ... on ContactAttempt { number isConnected isSimulated } ... on Problem { code message } } }"""


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
def url(twilio: FakeTwilio) -> Iterator[str]:
    with serving(twilio.app) as served:
        yield served


@pytest.fixture
async def client(settings: Settings, url: str) -> AsyncIterator[httpx.AsyncClient]:
    chosen = {"twilio_account": ACCOUNT, "twilio_token": SecretStr(TOKEN), "twilio_number": NUMBER, "twilio_url": url}
    async with LifespanManager(create_app(settings.model_copy(update=chosen))) as running:
        transport = httpx.ASGITransport(app=running.app, client=("127.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as speaking:
            yield speaking


class Talk:
    """Budi brings Ani's order; either calls the other."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def begin(self) -> "Talk":
        day = await days.morning(1)
        (self.job,) = day.jobs
        self.drop = await self.job.drops.all().first()
        driver = await Account.get(pk=day.driver.account_id)
        self.budi, self.ani = driver.phone, self.drop.receiver_phone
        self.budis = await token_of(driver, Role.DRIVER, cooperative_id=day.coop.pk)
        self.anis = await token_of(await Account.get(name="Ani"))
        return self

    async def call(self, token: str, key: str) -> dict[str, Any]:
        input = {"jobId": to_id("DeliveryJob", self.job.pk), "idempotencyKey": key}
        if token == self.budis:
            input["dropId"] = to_id("DropStop", self.drop.pk)
        headers = {"Authorization": f"Bearer {token}"}
        body = {"query": CALL, "variables": {"input": input}}
        answer = (await self.client.post("/graphql", json=body, headers=headers)).json()
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]["callParty"]
        assert self.budi not in str(answer)
        assert self.ani not in str(answer)
        return found


async def test_each_is_rung_and_sees_the_nodes_number_alone(client: httpx.AsyncClient, twilio: FakeTwilio) -> None:
    talk = await Talk(client).begin()
    told = await talk.call(talk.budis, "1")
    assert told == {"__typename": "ContactAttempt", "number": None, "isConnected": True, "isSimulated": False}
    assert twilio.ringing() == [(talk.budi, NUMBER)]
    twilio.answer(talk.budi)
    assert twilio.ringing() == [(talk.ani, NUMBER)]
    twilio.answer(talk.ani)
    assert [leg.status for leg in twilio.calls] == ["in-progress", "in-progress"]
    assert await talk.call(talk.budis, "1") == told  # the same tap again rings nobody
    assert len(twilio.calls) == 2
    await talk.call(talk.anis, "2")
    assert twilio.ringing() == [((await Account.get(name="Ani")).phone, NUMBER)]


@pytest.mark.parametrize("mishap", ["429", "503", "lost"])
async def test_a_call_that_failed_is_no_try_and_goes_through_the_next_time(
    client: httpx.AsyncClient, twilio: FakeTwilio, mishap: str
) -> None:
    talk = await Talk(client).begin()
    twilio.mishaps.append(mishap)
    refused = await talk.call(talk.budis, "1")
    assert refused["code"] == "UNAVAILABLE"
    assert "coba lagi" in refused["message"]
    assert (await ContactAttempt.get()).failure == "UNAVAILABLE"  # no evidence that anybody was called
    assert (await talk.call(talk.budis, "1"))["isConnected"]
    attempt = await ContactAttempt.get()
    assert attempt.failure is None
    assert attempt.bridged_at is not None


@pytest.mark.parametrize(
    ("account", "token", "number", "caller"),
    [
        (ACCOUNT, "another token", NUMBER, "+6281200000001"),
        ("AC" + "1" * 32, TOKEN, NUMBER, "+6281200000001"),
        (ACCOUNT, TOKEN, "+622199999999", "+6281200000001"),  # no number of this account
        (ACCOUNT, TOKEN, NUMBER, "081200000001"),
    ],
)
async def test_what_twilio_refuses_was_not_put_through(
    url: str, twilio: FakeTwilio, account: str, token: str, number: str, caller: str
) -> None:
    bridge = TwilioBridge(account, token, number, url=url)
    with pytest.raises(NotBridged):
        await bridge.connect(Call("1", caller, "+6281200000002"))
    assert twilio.calls == []


async def test_an_unreachable_provider_and_a_call_that_ends_at_once() -> None:
    with pytest.raises(NotBridged):
        await TwilioBridge(ACCOUNT, TOKEN, NUMBER, url="http://127.0.0.1:9").connect(Call("1", NUMBER, NUMBER))
    for answer in (httpx.Response(201, json={"status": "failed"}), httpx.Response(201, json=[])):
        speaking = httpx.AsyncClient(transport=httpx.MockTransport(lambda _, found=answer: found))
        with pytest.raises(NotBridged):
            await TwilioBridge(ACCOUNT, TOKEN, NUMBER, client=speaking).connect(Call("1", NUMBER, NUMBER))


def test_nothing_of_a_number_becomes_markup() -> None:
    assert "<Number>&lt;Hangup/&gt;</Number>" in instructions("<Hangup/>", NUMBER)


def test_half_of_its_settings_is_refused_and_numbers_are_hidden_with_it() -> None:
    whole = {"twilio_account": ACCOUNT, "twilio_token": SecretStr(TOKEN), "twilio_number": NUMBER}
    assert Settings(**whole).hides_numbers
    assert isinstance(bridge_for(Settings(**whole)), TwilioBridge)
    for missing in whole:
        with pytest.raises(ValidationError, match="LUMBUNG_TWILIO"):
            Settings(**{name: value for name, value in whole.items() if name != missing})
    with pytest.raises(ValidationError, match="LUMBUNG_TWILIO"):
        Settings(**whole, call_gateway_url="https://calls.example/bridge")
