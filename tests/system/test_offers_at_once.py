"""Many offers accepted by many drivers at the same moment, over four server processes: one holder a job, none lost.

Amid the first wave all processes are killed and started again; the apps send the same again, with the same keys.

In full, 500 offers of 100 jobs by 50 drivers: LUMBUNG_TEST_OFFERED_JOBS=100.
"""

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import Coroutine
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.deliveries.offering import RESULT
from tests.demo.client import Phone, Refused, key
from tests.node import Node
from tests.system.people import hired, signed_in, within

pytestmark = pytest.mark.anyio

JOBS = int(os.environ.get("LUMBUNG_TEST_OFFERED_JOBS", "20"))
DRIVERS = JOBS // 2
AT_ONCE = 5  # offers of a job, so that JOBS times that many are open
JOB_LIMIT, CASH_JOBS = 3, JOBS // 5
PROCESSES = "4"

OFFERS = "{ viewer { driving { offers { id job { id } } } } }"
ACCEPT = """mutation($input: AcceptOfferInput!) { acceptOffer(input: $input) {
  __typename ... on DeliveryJob { id driver { name } } ... on Problem { code message } } }"""


async def test_every_job_has_one_holder_and_no_offer_is_lost(node: Node) -> None:
    node.environment["LUMBUNG_PROCESSES"] = PROCESSES
    async with httpx.AsyncClient(timeout=300, limits=httpx.Limits(max_connections=128)) as http:
        phones = [Phone(http, node.base, f"+628129{n:07}", f"pengemudi {n}") for n in range(DRIVERS)]
        await hired(node, phones, "pengemudi-suroboyo")
        await signed_in(node, phones)
        await put_out(node)
        node.start()
        try:
            said: Counter[str] = Counter()
            holders: dict[str, list[str]] = defaultdict(list)
            first = await wait_for_offers(phones)
            assert first == JOBS * AT_ONCE
            said += await cut_off(node, all_accept_all(phones, holders))
            for _ in range(20):
                if len(holders) == JOBS:
                    break
                await asyncio.sleep(1.5)  # those whose hands are full lost their offers: others get them
                said += await all_accept_all(phones, holders)
        finally:
            node.stop()
    assert len(holders) == JOBS, said
    assert all(len(names) == 1 for names in holders.values())
    assert said["HOLDS"] == JOBS
    assert set(said) <= {"HOLDS", "JOB_TAKEN", "AT_JOB_LIMIT", "CASH_LIMIT", "WRONG_STATE"}, said
    await nothing_lost(node, holders)
    assert "findings=0" in node.run("check-books").stdout


async def cut_off(node: Node, wave: Coroutine[Any, Any, Counter[str]]) -> Counter[str]:
    """All processes of the node are killed amid the wave, and started again; the apps go on trying."""
    going = asyncio.create_task(wave)
    await asyncio.sleep(0.5)
    node.kill()
    await asyncio.to_thread(node.start)
    return await going


async def put_out(node: Node) -> None:
    """The co-op's jobs go out in offers that last, and these stand open; only the new drivers take jobs."""
    from catalog.models import Seller
    from cooperatives.membership.models import Cooperative
    from marketplace.deliveries import opening
    from marketplace.deliveries.dispatch import adoption
    from marketplace.deliveries.dispatch.adoption import Terms
    from marketplace.deliveries.dispatch.models import DispatchMode
    from marketplace.deliveries.dispatch.policy import NEAREST_FIRST
    from marketplace.deliveries.models import Driver, FarePayer, Shift, ShiftState
    from marketplace.seed.town import actor_for, officer

    async with within(node):
        shop = await Seller.filter(cooperative__slug="pedagang-pasar-wonokromo").order_by("id").first()
        assert shop is not None
        coop = await Cooperative.get(pk=shop.cooperative_id)
        new = await Driver.filter(name__startswith="pengemudi ").values_list("id", flat=True)
        await Driver.filter(pk__in=new).update(job_limit=JOB_LIMIT, cash_limit=500_000)
        await Shift.exclude(driver_id__in=new).update(state=ShiftState.PAUSED)
        chair = await officer(coop)
        replay = await adoption.record_replay(
            chair, cooperative_id=coop.pk, title="Uji", result=RESULT, key=uuid4().hex
        )
        await adoption.adopt_policy(
            chair,
            cooperative_id=coop.pk,
            terms=Terms(
                DispatchMode.OFFERS,
                offers_at_once=AT_ONCE,
                offers_a_driver=2 * AT_ONCE,
                expires_s=300,
                radius_m=30_000,
                allies_from_round=1,
            ),
            weights=NEAREST_FIRST,
            replay_id=replay.pk,
            decision="Uji",
            acceptance_decision=None,
            key=uuid4().hex,
        )
        owner = await actor_for(shop.owner_id)
        for number in range(JOBS):
            wish = opening.DropWish(
                name="Penerima",
                phone="+6281200000001",
                address="Jl. Mawar 5",
                note="",
                lat=shop.lat + 0.01,
                lon=shop.lon,
                cash_to_collect=300_000 if number < CASH_JOBS else 0,
            )
            await opening.book_delivery(
                owner,
                seller_id=shop.pk,
                drops=[wish],
                weight_g=500,
                fare_payer=FarePayer.SELLER_PAYABLE,
                key=uuid4().hex,
            )


async def say(phone: Phone, document: str, **variables: Any) -> Any:
    """As an app does whose connection breaks off: the same again, with the same key."""
    for _ in range(240):
        try:
            return await phone.say(document, **variables)
        except httpx.TransportError:
            await asyncio.sleep(0.5)
    return await phone.say(document, **variables)


async def offers_of(phone: Phone) -> list[dict[str, str]]:
    driving = (await say(phone, OFFERS))["driving"]
    return [{"id": offer["id"], "job": offer["job"]["id"]} for offer in driving["offers"]]


async def wait_for_offers(phones: list[Phone]) -> int:
    """Wait until the node has put all jobs before drivers; answers how many offers are open."""
    number = 0
    for _ in range(120):
        number = sum(map(len, await asyncio.gather(*map(offers_of, phones))))
        if number >= JOBS * AT_ONCE:
            break
        await asyncio.sleep(0.5)
    return number


async def all_accept_all(phones: list[Phone], holders: dict[str, list[str]]) -> Counter[str]:
    """Every driver accepts everything that lies before him, all at the same moment."""

    async def accept(phone: Phone, offer: dict[str, str]) -> str:
        try:
            await say(phone, ACCEPT, input={"offerId": offer["id"], "idempotencyKey": key()})
        except Refused as no:
            return no.code
        holders[offer["job"]].append(phone.name)
        return "HOLDS"

    before = await asyncio.gather(*map(offers_of, phones))
    tries = [accept(phone, offer) for phone, offers in zip(phones, before, strict=True) for offer in offers]
    return Counter(await asyncio.gather(*tries))


async def nothing_lost(node: Node, holders: dict[str, list[str]]) -> None:
    """What was answered is what is kept, every offer came to an end, and nobody is beyond his limits."""
    from marketplace.deliveries import limits
    from marketplace.deliveries.dispatch.models import JobOffer, OfferState
    from marketplace.deliveries.models import DeliveryJob, Driver
    from schema.ids import to_id

    async with within(node):
        jobs = await DeliveryJob.filter(driver_id__isnull=False).select_related("driver")
        assert {to_id("DeliveryJob", job.pk): [job.driver.name] for job in jobs if job.driver} == holders
        ended = Counter(await JobOffer.all().values_list("state", flat=True))
        assert ended[OfferState.ACCEPTED] == JOBS
        assert ended[OfferState.OPEN] == 0
        drivers = await Driver.filter(name__startswith="pengemudi ")
        loads = await limits.loads_by_driver([driver.pk for driver in drivers])
        assert sum(load.jobs for load in loads.values()) == JOBS
        for driver in drivers:
            assert loads[driver.pk].jobs <= driver.job_limit
            assert loads[driver.pk].cash <= driver.cash_limit
