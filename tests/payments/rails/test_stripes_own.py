"""The Stripe rail against others' ideas of Stripe: localstripe (stateful), Stripe's own stripe-mock (shapes of
requests by its OpenAPI description), and Stripe itself in test mode where a key is given.

localstripe is installed from its package into a folder of its own; stripe-mock is built where Go is. Where either
can't be had the test says so. LUMBUNG_TEST_STRIPE_KEY=sk_test_… asks Stripe.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
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

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
TOOLS = Path(os.environ.get("LUMBUNG_TEST_TOOLS", Path(__file__).parents[3] / "var" / "test-tools"))
LOCALSTRIPE, MOCK = "localstripe==1.15.10", "github.com/stripe/stripe-mock@v0.203.0"
KEY = os.environ.get("LUMBUNG_TEST_STRIPE_KEY", "")


def gateway_at(url: str, key: str = "sk_test_12345", **options: Any) -> StripeGateway:
    account = RailAccount(id=new_id(), cooperative_id=new_id(), rail=RailKind.STRIPE, options=options)
    secrets = {"secret_key": key, "webhook_secret": "whsec_12345678"}
    return StripeGateway(Settings(stripe_url=url), account, secrets, {})


@contextmanager
def running(*command: str, port: int, ready: str) -> Iterator[str]:
    """The server, once it answers at `ready`."""
    url = f"http://127.0.0.1:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    httpx.get(url + ready)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield url
        finally:
            server.terminate()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture(scope="module")
def localstripe() -> Iterator[str]:
    home = TOOLS / "localstripe"
    program = home / "bin" / "localstripe"
    if not program.exists():
        made = subprocess.run([sys.executable, "-m", "venv", home], capture_output=True, check=False)
        pip = [home / "bin" / "pip", "install", "--quiet", LOCALSTRIPE]
        if made.returncode or subprocess.run(pip, capture_output=True, check=False, timeout=300).returncode:
            shutil.rmtree(home, ignore_errors=True)
            pytest.skip(f"{LOCALSTRIPE} can't be installed here: no package index is reached")
    port = free_port()
    with running(str(program), "--from-scratch", "--port", str(port), port=port, ready="/js.stripe.com/v3/") as url:
        yield url


@pytest.fixture(scope="module")
def stripe_mock() -> Iterator[str]:
    program = TOOLS / "bin" / "stripe-mock"
    if not program.exists():
        go = shutil.which("go")
        if go is None:
            pytest.skip("stripe-mock is built with Go, which isn't here")
        environment = {**os.environ, "GOBIN": str(program.parent)}
        built = subprocess.run([go, "install", MOCK], env=environment, capture_output=True, check=False, timeout=500)
        if built.returncode:
            pytest.skip(f"{MOCK} can't be built here: no module proxy is reached")
    port = free_port()
    with running(str(program), "-http-port", str(port), port=port, ready="/") as url:
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
