"""A job card's life: booked in, estimated, agreed to, done and billed; never beyond what the customer agreed to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from catalog.models import Seller, Variant
from catalog.stock import OutOfStock
from cooperatives.ledger.accounts import Purpose
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem, UnitSale
from cooperatives.units.workshop.access import JobWrongState, seen_job
from cooperatives.units.workshop.booking import WorkshopFull, WorkshopShut
from cooperatives.units.workshop.lifecycle import STEPS, JobEvent, JobState, Side, exceeds, step
from cooperatives.units.workshop.models import JobCard
from marketplace import wiring
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden
from marketplace.notices import units as unit_notices
from marketplace.notices.models import Notice, NoticeKind
from marketplace.outbox import OutboxEvent, subscribe
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import NOON
from tests.cooperatives.units.shop import Shop, shop


def test_the_life_of_a_job_is_this_table() -> None:
    told = {
        ("BOOKED", "RECEIVE", "KEEPER", None): "RECEIVED",
        ("BOOKED", "RECEIVE", "CUSTOMER", None): None,
        ("BOOKED", "CANCEL", "CUSTOMER", None): "CANCELLED",
        ("BOOKED", "ESTIMATE", "KEEPER", None): None,
        ("RECEIVED", "ESTIMATE", "KEEPER", None): "ESTIMATED",
        ("ESTIMATED", "AGREE", "CUSTOMER", None): "WORKING",
        ("ESTIMATED", "DECLINE", "CUSTOMER", None): "RECEIVED",
        ("ESTIMATED", "DECLINE", "CUSTOMER", 50_000): "WORKING",
        ("ESTIMATED", "BILL", "KEEPER", 50_000): None,
        ("RECEIVED", "CANCEL", "KEEPER", None): "CANCELLED",
        ("WORKING", "CANCEL", "KEEPER", 50_000): None,
        ("WORKING", "BILL", "KEEPER", 50_000): "BILLED",
        ("WORKING", "BILL", "CUSTOMER", 50_000): None,
        ("BILLED", "ESTIMATE", "KEEPER", 50_000): None,
    }
    for (state, event, side, agreed), after in told.items():
        found = step(JobState(state), JobEvent(event), Side(side), agreed=agreed)
        assert (found.value if found else None) == after, (state, event, side)
    ended = {JobState.BILLED, JobState.CANCELLED}
    assert {state for state, _ in STEPS} == set(JobState) - ended
    assert [exceeds(*one) for one in ((1, None), (5, 5), (6, 5))] == [True, False, True]


pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("noon")]


@dataclass
class Workshop(Shop):
    """A workshop with oil on its shelf, and the first member's motorcycle."""

    oil: UnitItem

    @property
    def ani(self) -> Actor:
        return self.at.members[0][1]

    async def book(self, at: datetime | None = None, by: Actor | None = None) -> JobCard:
        return await units.book_job(
            by or self.ani,
            unit_id=self.unit.pk,
            membership_id=self.at.members[0][0].pk,
            customer="",
            vehicle="L 1234 AB Beat",
            complaint="rem bunyi",
            booked_for=at or NOON + timedelta(hours=3),
            key=self.key(),
        )

    async def estimate(self, job: JobCard, bottles: int, labour: int) -> JobCard:
        lines = [units.SaleLine(bottles, self.oil.pk), units.SaleLine(1, None, "Ganti oli", labour)]
        return await units.estimate_job(self.keeper, job_id=job.pk, lines=lines)


@pytest.fixture
async def at(db: Settings) -> Workshop:
    made = await shop("workshop")
    oil = await made.item()
    await made.buy(oil, 4, 140_000)
    return Workshop(made.at, made.unit, made.supplier, oil)


async def test_work_waits_for_the_members_word_and_is_billed_on_credit(at: Workshop) -> None:
    subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})
    job = await at.book()
    assert (job.number, job.customer, job.state) == ("SPK/2026/00001", "Anggota 1", JobState.BOOKED)
    await units.receive_job(at.keeper, job_id=job.pk)
    job = await at.estimate(job, 1, 25_000)
    assert (job.state, job.total, job.agreed) == (JobState.ESTIMATED, 65_000, None)
    for _ in range(2):
        await unit_notices.tell(None, await OutboxEvent.get(event="job_card.estimated"))
    (notice,) = await Notice.filter(account_id=at.ani.account_id, kind=NoticeKind.JOB_ESTIMATED)
    assert notice.values["amount"] == "Rp65.000"
    with pytest.raises(JobWrongState):
        await units.bill_job(at.keeper, job_id=job.pk, way=SaleWay.CASH, key="early")
    with pytest.raises(Forbidden):  # nobody agrees for a member
        await units.answer_estimate(at.keeper, job_id=job.pk, is_agreed=True)
    job = await units.answer_estimate(at.ani, job_id=job.pk, is_agreed=True)
    assert (job.state, job.agreed) == (JobState.WORKING, 65_000)
    assert (await Variant.get(pk=at.oil.variant_id)).reserved == 1
    assert (await at.estimate(job, 1, 20_000)).state is JobState.WORKING  # within it

    job = await at.estimate(job, 3, 20_000)  # beyond it
    assert (job.state, job.total, job.agreed) == (JobState.ESTIMATED, 140_000, 65_000)
    job = await units.answer_estimate(at.ani, job_id=job.pk, is_agreed=False)
    assert (job.state, job.total) == (JobState.WORKING, 60_000)
    await at.whole()
    for _ in range(2):
        job = await units.bill_job(at.keeper, job_id=job.pk, way=SaleWay.CREDIT, key="bill")
    sale = await UnitSale.get(pk=job.sale_id)
    assert (sale.total, sale.cost, [line["total"] for line in sale.lines]) == (60_000, 35_000, [40_000, 20_000])
    assert await at.stands(Purpose.UNIT_RECEIVABLE) == 60_000
    assert (await Variant.get(pk=at.oil.variant_id)).reserved == 0
    await at.whole()


async def test_parts_that_were_agreed_to_are_not_sold_meanwhile(at: Workshop) -> None:
    job = await at.book()
    await units.receive_job(at.keeper, job_id=job.pk)
    await at.estimate(job, 3, 10_000)
    await units.answer_estimate(at.ani, job_id=job.pk, is_agreed=True)
    with pytest.raises(OutOfStock, match="Only 1"):
        await at.sell(at.oil, 2)
    other = await at.book(NOON + timedelta(hours=4))
    await units.receive_job(at.keeper, job_id=other.pk)
    await at.estimate(other, 2, 0)
    with pytest.raises(OutOfStock):
        await units.answer_estimate(at.ani, job_id=other.pk, is_agreed=True)
    await units.cancel_job(at.ani, job_id=(await at.book(NOON + timedelta(hours=6))).pk)
    await at.whole()


async def test_a_workshop_takes_so_many_at_a_time_while_it_is_open(at: Workshop) -> None:
    hour = NOON + timedelta(hours=2)
    await at.book(hour)
    second = await at.book(hour + timedelta(minutes=30))
    with pytest.raises(WorkshopFull, match="2 vehicles"):
        await at.book(hour + timedelta(minutes=15))
    await units.cancel_job(at.ani, job_id=second.pk)
    await at.book(hour + timedelta(minutes=15))
    await Seller.filter(pk=at.unit.seller_id).update(opening_hours=[[0, 480, 1020]])
    with pytest.raises(WorkshopShut):  # a Wednesday
        await at.book(NOON + timedelta(hours=5))
    with pytest.raises(Invalid):
        await at.book(NOON - timedelta(days=1))
    stranger = at.at.members[1][1]
    with pytest.raises(NotFound):  # another's membership
        await at.book(hour, by=stranger)
    with pytest.raises(NotFound):
        await units.cancel_job(stranger, job_id=second.pk)
    assert await seen_job(stranger, second.pk) is None
    assert await seen_job(at.ani, second.pk) is not None
