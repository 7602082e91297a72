"""How jobs in offers find their drivers: short stories, all over the public API."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import clock, wiring, worker
from marketplace.deliveries.models import Driver
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.offering import RESULT
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_warung_order import Story

pytestmark = pytest.mark.anyio

OFFERS = """{ viewer { driving { offers {
  id round ownShare distanceToPickup cashToCarry why { place words } job { id state } } } } }"""
WHY = "{ viewer { driving { considerations { nodes { jobId outcome reason round words } } } } }"
SEARCH = """query($id: ID!) { node(id: $id) { ... on DeliveryJob { state driver { name }
  considerations(first: 50) { nodes { outcome reason words driver { name } } } } } }"""
NOTICES = "{ viewer { notices { nodes { kind } } } }"


class Street:
    """A co-op that adopted offers, its warung, and drivers along a street; time passes when the story says so."""

    def __init__(self, graphql: GraphQL, settings: Settings) -> None:
        self.story, self.adapters = Story(graphql), wiring.build(settings)
        self.now = clock.now()
        clock.use(lambda: self.now)
        self.tokens: dict[str, str] = {}

    async def build(self, **policy: Any) -> "Street":
        self.coop = await stage.cooperative("DRV")
        self.chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=self.coop.pk)
        self.shop, _ = await stage.seller(self.coop)
        do, key = self.story.do, self.story.key
        id = to_id("Cooperative", self.coop.pk)
        replay = await do(
            self.chair,
            "recordDispatchReplay",
            "... on DispatchReplay { id digest }",
            cooperativeId=id,
            title="Senin",
            result=RESULT,
            idempotencyKey=key(),
        )
        adopted = await do(
            self.chair,
            "adoptDispatchPolicy",
            "... on DispatchPolicy { version replay { digest } }",
            cooperativeId=id,
            weights={"nearness": 10_000},
            replayId=replay["id"],
            decision="Rapat anggota, keputusan 3",
            idempotencyKey=key(),
            **{"mode": "OFFERS", "offersAtOnce": 1, **policy},
        )
        assert adopted["replay"]["digest"] == replay["digest"]
        await worker.drain(self.adapters)
        return self

    async def ready(self, name: str, metres: int, coop: Cooperative | None = None) -> Driver:
        """A driver who starts his shift so far from the warung."""
        home = coop or self.coop
        row, _ = await stage.driver(home, name)
        self.tokens[name] = await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=home.pk)
        place = {"lat": -7.260 + metres / 111_320, "lon": 112.750}
        await self.story.do(
            self.tokens[name], "startShift", "... on Shift { state }", input_type="PlaceInput", place=place
        )
        return row

    async def wants(self) -> str:
        """The warung has an order to be carried; answers its job's id once the worker has had its turn."""
        job = await stage.job_of(await stage.sub_order(self.shop, await stage.account("Ani")))
        await worker.drain(self.adapters)
        return str(to_id("DeliveryJob", job.pk))

    async def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await worker.run_timetable_once(self.adapters)
        await worker.drain(self.adapters)

    async def before(self, name: str) -> list[dict[str, Any]]:
        """What lies before this driver."""
        offers: list[dict[str, Any]] = (await self.story.ask(self.tokens[name], OFFERS))["viewer"]["driving"][
            "offers"
        ]
        return offers

    async def say(self, name: str, what: str, offer: dict[str, Any]) -> dict[str, Any]:
        shown = "... on DeliveryJob { state }" if what == "acceptOffer" else "... on JobOffer { state }"
        return await self.story.do(
            self.tokens[name], what, shown, offerId=offer["id"], idempotencyKey=self.story.key()
        )

    async def why(self, name: str) -> list[dict[str, Any]]:
        """What this driver reads of his considerations, newest first."""
        driving = (await self.story.ask(self.tokens[name], WHY))["viewer"]["driving"]
        found: list[dict[str, Any]] = driving["considerations"]["nodes"]
        return found

    async def state(self, job: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.story.ask(self.chair, SEARCH, id=job))["node"]
        return found


@pytest.fixture
async def street(graphql: GraphQL, settings: Settings) -> AsyncIterator[Street]:
    begun = Street(graphql, settings)
    yield begun
    clock.use(None)
    await wiring.close(begun.adapters)


async def test_the_first_who_accepts_has_the_job(street: Street) -> None:
    await street.build(offersAtOnce=2)
    await street.ready("Agus", 0)
    await street.ready("Budi", 300)
    job = await street.wants()
    (agus,), (budi,) = await street.before("Agus"), await street.before("Budi")
    assert (agus["why"]["place"], budi["why"]["place"]) == (1, 2)
    assert (budi["ownShare"], budi["cashToCarry"]) == (11_040, 62_000)
    assert (await street.say("Budi", "acceptOffer", budi))["state"] == "ASSIGNED"
    assert await street.before("Agus") == []
    found = await street.state(job)
    assert (found["state"], found["driver"]["name"]) == ("ASSIGNED", "Budi")
    await worker.drain(street.adapters)
    assert await stage.what_is_broken() == []


async def test_a_declined_job_goes_to_the_next_and_costs_nothing(street: Street) -> None:
    await street.build()
    await street.ready("Agus", 0)
    await street.ready("Budi", 300)
    await street.wants()
    assert await street.before("Budi") == []
    (offer,) = await street.before("Agus")
    assert (await street.say("Agus", "declineOffer", offer))["state"] == "DECLINED"
    await street.pass_(1)
    (offer,) = await street.before("Budi")
    await street.say("Budi", "acceptOffer", offer)
    await street.wants()
    assert len(await street.before("Agus")) == 1  # the next job is his again: nearest as before


async def test_who_pauses_has_no_offers(street: Street) -> None:
    await street.build()
    await street.ready("Agus", 0)
    await street.ready("Budi", 300)
    job = await street.wants()
    assert len(await street.before("Agus")) == 1
    await street.story.do(street.tokens["Agus"], "pauseShift", "... on Shift { state }", input_type="OwnShiftInput")
    await worker.drain(street.adapters)
    assert await street.before("Agus") == []
    await street.pass_(1)
    assert len(await street.before("Budi")) == 1
    await street.pass_(23)
    (told,) = await street.why("Agus")
    assert (told["jobId"], told["outcome"], told["reason"]) == (job, "SKIPPED", "PAUSED")


async def test_the_radius_grows_until_someone_is_in_it(street: Street) -> None:
    await street.build(radius=1_000, radiusGrowth=1_000)
    await street.ready("Jauh", 2_000)
    await street.wants()
    for _ in range(2):
        assert await street.before("Jauh") == []
        (told,) = await street.why("Jauh")
        assert told["reason"] == "TOO_FAR"
        assert "di luar jangkauan" in told["words"]
        await street.pass_(20)
    (offer,) = await street.before("Jauh")
    assert (offer["round"], offer["distanceToPickup"] > 2_500) == (3, True)


async def test_allies_are_called_when_no_own_driver_accepts_in_time(street: Street) -> None:
    await street.build(alliesFromRound=2, mostRounds=2)
    ally = await stage.cooperative("LOG")
    await stage.ally(street.coop, ally, share_bp=9_000)
    await street.ready("Sendiri", 0)
    await street.ready("Sekutu", 100, ally)
    job = await street.wants()
    assert await street.before("Sekutu") == []
    await street.pass_(23)
    (offer,) = await street.before("Sekutu")
    assert offer["ownShare"] == 9_936  # 92 % of 90 % of 12,000
    await street.say("Sekutu", "acceptOffer", offer)
    assert (await street.state(job))["driver"]["name"] == "Sekutu"


async def test_when_nobody_takes_it_the_buyer_is_asked(street: Street) -> None:
    await street.build(mostRounds=1)
    job = await street.wants()
    assert (await street.state(job))["state"] == "OPEN"
    await street.pass_(21)
    assert (await street.state(job))["state"] == "UNSERVED"


async def test_a_driver_reads_why_he_was_skipped_appeals_and_is_answered(street: Street) -> None:
    await street.build()
    await street.ready("Agus", 0)
    await street.ready("Budi", 300)
    job = await street.wants()
    (told,) = await street.why("Budi")
    assert told["words"] == "Anda di urutan ke-2; putaran ini menawarkan kepada 1 pengemudi pertama."
    shown = "... on DispatchAppeal { id state answer about { reason } }"
    appeal = await street.story.do(
        street.tokens["Budi"],
        "appealDispatch",
        shown,
        jobId=job,
        text="Saya sudah menunggu dua jam.",
        idempotencyKey=street.story.key(),
    )
    assert (appeal["state"], appeal["about"]["reason"]) == ("OPEN", "OUTRANKED")
    await worker.drain(street.adapters)
    kinds = [
        notice["kind"] for notice in (await street.story.ask(street.chair, NOTICES))["viewer"]["notices"]["nodes"]
    ]
    assert kinds == ["DISPATCH_APPEALED"]
    answered = await street.story.do(
        street.chair,
        "answerDispatchAppeal",
        shown,
        id=appeal["id"],
        isUpheld=True,
        answer="Benar; bobot lama menunggu kami bahas di rapat berikutnya.",
        idempotencyKey=street.story.key(),
    )
    assert answered["state"] == "UPHELD"
    await worker.drain(street.adapters)
    mine = (await street.story.ask(street.tokens["Budi"], NOTICES))["viewer"]["notices"]["nodes"]
    assert "DISPATCH_ANSWERED" in [notice["kind"] for notice in mine]
    nodes = (await street.state(job))["considerations"]["nodes"]
    assert {(node["driver"]["name"], node["outcome"], node["reason"]) for node in nodes} == {
        ("Agus", "OFFERED", None),
        ("Budi", "SKIPPED", "OUTRANKED"),
    }
