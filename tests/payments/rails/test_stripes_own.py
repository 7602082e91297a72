"""The Stripe rail against others' ideas of Stripe: localstripe (stateful), Stripe's own stripe-mock (shapes of
requests by its OpenAPI description), and Stripe itself in test mode where a key is given.

The first two are installed as `programs` says. LUMBUNG_TEST_STRIPE_KEY=sk_test_… asks Stripe.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.payments.gateway import ChargeOutcome, Destination, Intent
from marketplace.payments.models import RailAccount, RailKind
from marketplace.payments.rails.stripe import StripeGateway
from marketplace.settings import Settings
from tests import servers
from tests.payments.rails import programs

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
KEY = os.environ.get("LUMBUNG_TEST_STRIPE_KEY", "")


def gateway_at(url: str, key: str = "sk_test_12345", **options: Any) -> StripeGateway:
    account = RailAccount(id=new_id(), cooperative_id=new_id(), rail=RailKind.STRIPE, options=options)
    secrets = {"secret_key": key, "webhook_secret": "whsec_12345678"}
    return StripeGateway(Settings(stripe_url=url), account, secrets, {})


@contextmanager
def running(program: Path, *options: str, port: int, ready: str) -> Iterator[str]:
    """The server, once it answers at `ready`."""
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 30
            while not answers(url + ready):
                assert server.poll() is None, f"{program.name} ended with {server.returncode} before it answered"
                assert time.monotonic() < until, f"{program.name} has not answered for 30 s"
                time.sleep(0.1)
            yield url
        finally:
            server.terminate()


def answers(url: str) -> bool:
    try:
        httpx.get(url)
    except httpx.TransportError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def localstripe() -> Iterator[str]:
    program, port = programs.localstripe(), free_port()
    with running(program, "--from-scratch", "--port", str(port), port=port, ready="/js.stripe.com/v3/") as url:
        yield url


@pytest.fixture(scope="module")
def stripe_mock() -> Iterator[str]:
    program, port = programs.stripe_mock(), free_port()
    with running(program, "-http-port", str(port), port=port, ready="/") as url:
        yield url


@pytest.fixture(params=[False, True], ids=["at once", "held first"])
async def local(localstripe: str, request: pytest.FixtureRequest) -> AsyncIterator[StripeGateway]:
    made = gateway_at(localstripe, manual_capture=request.param)
    yield made
    await made.close()


async def confirm(url: str, reference: str) -> None:
    """The buyer's card, in Stripe's own form."""
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    fields = {"type": "card", **{f"card[{name}]": value for name, value in card.items()}}
    async with httpx.AsyncClient(base_url=f"{url}/v1", auth=("sk_test_12345", "")) as client:
        method = (await client.post("/payment_methods", data=fields)).raise_for_status().json()["id"]
        intent = f"/payment_intents/{reference}"
        (await client.post(intent, data={"payment_method": method})).raise_for_status()
        (await client.post(f"{intent}/confirm")).raise_for_status()


async def test_a_whole_life_at_localstripe(localstripe: str, local: StripeGateway) -> None:
    asked = Intent(new_id(), 62_000, "ORD-1", made_at=clock.now())
    opened = await local.charge(asked)
    assert opened.outcome is ChargeOutcome.PENDING
    await confirm(localstripe, opened.reference)
    found = await local.find(asked, opened.reference)
    assert found is not None
    if next(iter(local.channels.values())).captures_later:
        assert found.outcome is ChargeOutcome.AUTHORISED
        found = await local.capture(payment_id=asked.id, reference=opened.reference, amount=62_000)
    assert (found.outcome, found.amount) == (ChargeOutcome.SUCCEEDED, 62_000)
    for refund_id in (new_id(), new_id()):
        back = await local.refund(refund_id=refund_id, payment_id=asked.id, reference=opened.reference, amount=31_000)
        assert back.outcome is ChargeOutcome.SUCCEEDED


async def test_every_request_has_the_shape_that_stripe_describes(stripe_mock: str) -> None:
    """stripe-mock answers 400 to a parameter or path that the API does not have; what it answers is canned."""
    gateway = gateway_at(stripe_mock, connect=True, manual_capture=True)
    asked = Intent(new_id(), 62_000, "ORD-1", made_at=clock.now())
    opened = await gateway.charge(asked)
    assert opened.reference.startswith("pi_")
    assert await gateway.find(asked, opened.reference) is not None
    assert await gateway.find(asked, "") is None  # the list; none of what it cans is ours
    assert (await gateway.capture(payment_id=asked.id, reference=opened.reference, amount=50_000)).reference
    assert (await gateway.cancel(payment_id=asked.id, reference=opened.reference)).reference
    page = await gateway.charge(replace(asked, id=new_id(), return_url="https://lumbung.example/pesanan/x"))
    assert (page.failure, page.reference[:3]) == ("", "cs_")
    assert await gateway.find(asked, page.reference) is not None
    assert (await gateway.cancel(payment_id=asked.id, reference=page.reference)).reference
    back = await gateway.refund(refund_id=new_id(), payment_id=asked.id, reference=opened.reference, amount=1_000)
    assert (back.failure, back.reference[:3]) == ("", "re_")
    payout_id, to = new_id(), Destination("stripe", "acct_1", "Bu Sri")
    sent = await gateway.pay_out(payout_id=payout_id, amount=1_000, to=to, note="x")
    assert (sent.failure, sent.reference[:3]) == ("", "tr_")
    assert await gateway.find_payout(payout_id=payout_id, reference="", made_at=clock.now()) is None
    assert (await gateway.take_back(payout_id=payout_id, reference=sent.reference, amount=1_000)).reference
    assert await gateway.find_theirs(opened.reference) is not None
    await gateway.close()


@pytest.mark.skipif(not KEY, reason="set LUMBUNG_TEST_STRIPE_KEY=sk_test_… to ask Stripe itself, in test mode")
async def test_a_payment_in_stripes_own_test_mode() -> None:
    assert KEY.startswith(("sk_test_", "rk_test_")), "a test-mode key only"
    gateway = gateway_at("https://api.stripe.com", KEY)
    asked = Intent(new_id(), 62_000, "ORD-1", made_at=clock.now())
    opened = await gateway.charge(asked)
    assert opened.outcome is ChargeOutcome.PENDING, opened.failure
    assert (await gateway.charge(asked)).reference == opened.reference
    async with httpx.AsyncClient(base_url="https://api.stripe.com", auth=(KEY, "")) as client:
        form = {"payment_method": "pm_card_visa"}
        (await client.post(f"/v1/payment_intents/{opened.reference}/confirm", data=form)).raise_for_status()
    await asyncio.sleep(1)
    paid = await gateway.find(asked, "")
    assert paid is not None
    assert (paid.outcome, paid.amount) == (ChargeOutcome.SUCCEEDED, 62_000)
    back = await gateway.refund(refund_id=new_id(), payment_id=asked.id, reference=opened.reference, amount=12_000)
    assert back.outcome in (ChargeOutcome.SUCCEEDED, ChargeOutcome.PENDING)
    await gateway.close()


def test_a_program_that_is_absent_says_why_and_in_ci_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool's own last words: no cause is made up for them."""
    refused = [sys.executable, "-c", "import sys; print('looking'); sys.exit('No matching distribution\\n')"]
    for is_ci, ending in ((False, pytest.skip.Exception), (True, pytest.fail.Exception)):
        monkeypatch.setattr(servers, "IS_CI", is_ci)
        half_made = tmp_path / "half-made"
        half_made.mkdir()
        with pytest.raises(ending) as ended:
            programs.install("localstripe==0", half_made, refused)
        assert str(ended.value) == "localstripe==0 can't be installed: looking | No matching distribution"
        assert not half_made.exists()  # so that the next run tries again
    programs.install("localstripe==0", tmp_path, [sys.executable, "-c", ""])
    assert tmp_path.exists()
