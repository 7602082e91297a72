"""A day of Budi's as his device tells it: what stood in the morning, the events in order, and how it ended."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from cooperatives.ledger.models import LedgerAccount
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.deliveries import mending, service
from marketplace.deliveries.courier import receiving
from marketplace.deliveries.courier.day import EventKind
from marketplace.deliveries.courier.models import ContactAttempt, CourierDevice, CourierEvent, Incident, JobMessage
from marketplace.deliveries.courier.receiving import Receipt, SentEvent
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Driver, Drop, JobStateChange, Shift
from marketplace.identity.actor import Actor, Role
from marketplace.orders.models import PaymentMethod, SubOrder
from tests.deliveries import stage

K = EventKind
#: Orders in which a day arrives, drawn anew each run: few by default, a thousand by hand.
PERMUTATIONS = int(os.environ.get("LUMBUNG_TEST_PERMUTATIONS", "6"))


@dataclass
class Day:
    """Budi, his jobs, and what his device has numbered until now."""

    coop: Cooperative
    driver: Driver
    actor: Actor
    jobs: list[DeliveryJob] = field(default_factory=list)
    events: list[SentEvent] = field(default_factory=list)

    def note(self, kind: EventKind, job: DeliveryJob | None = None, **content: Any) -> SentEvent:
        """The next event, as the device writes it down."""
        sequence = len(self.events) + 1
        at = clock.now() - timedelta(hours=8) + timedelta(minutes=sequence)
        event = SentEvent(sequence, f"e{sequence}", kind, at, None if job is None else job.pk, content)
        self.events.append(event)
        return event

    async def send(self, events: Sequence[SentEvent], device: str = "hp-1") -> Receipt:
        return await receiving.receive(
            self.actor, device=device, sent_at=clock.now(), events=events, signer=stage.SIGNER
        )


async def morning(jobs: int = 4) -> Day:
    """Budi holds so many jobs: the second paid online, the others in cash."""
    coop = await stage.cooperative("DRV")
    driver, actor = await stage.on_shift(coop, "Budi", job_limit=9, cash_limit=5_000_000)
    shop, _ = await stage.seller(coop)
    day = Day(coop, driver, actor)
    for number in range(jobs):
        method = PaymentMethod.ONLINE if number == 1 else PaymentMethod.CASH
        order = await stage.sub_order(shop, await stage.account("Ani"), method=method)
        job = await stage.job_of(order)
        await service.claim_job(actor, job_id=job.pk, key=f"claim-{number}", dispatch=stage.BOARD)
        day.jobs.append(job)
    return day


async def whole_day() -> Day:
    """A day with all that goes right and wrong in it; the last job is given to another while Budi is out of reach."""
    day = await morning()
    cash, online, failing, lost = day.jobs
    day.note(K.POSITION, lat=-7.26, lon=112.75)
    day.note(K.ARRIVE_AT_PICKUP, cash)
    day.note(K.PICK_UP, cash, pin="1111", lat=-7.2601, lon=112.7501, parcel_code="P-1")
    day.note(K.ARRIVE_AT_PICKUP, online)
    day.note(K.PICK_UP, online, pin="9999")  # misheard
    day.note(K.ARRIVE_AT_DROP_OFF, online)  # so this is a conflict too
    day.note(K.PICK_UP, online, pin="1111")  # asked again
    day.note(K.PAUSE)
    day.note(K.RESUME)
    day.note(K.ARRIVE_AT_DROP_OFF, cash)
    day.note(K.DROP_OFF, cash, pin="0000")
    day.note(K.DROP_OFF, cash, pin="2222", lat=-7.28, lon=112.76)
    day.note(K.INCIDENT, online, incident="FLAT_TYRE", text="Ban depan", lat=-7.27, lon=112.755)
    day.note(K.MESSAGE, online, phrase="I_AM_LATE")
    day.note(K.ARRIVE_AT_PICKUP, lost)  # he no longer holds it
    day.note(K.PICK_UP, lost, pin="1111")
    day.note(K.ARRIVE_AT_DROP_OFF, online)
    day.note(K.DROP_OFF, online, pin="2222")
    day.note(K.SKIPPED)
    day.note(K.ARRIVE_AT_PICKUP, failing)
    day.note(K.PICK_UP, failing, pin="1111")
    day.note(K.ARRIVE_AT_DROP_OFF, failing)
    drop = await Drop.get(job_id=failing.pk)
    day.note(K.CALL, failing, drop_id=str(drop.pk))
    day.note(K.FAIL, failing, code="NOBODY_HOME")
    day.note(K.RETRY, failing)
    day.note(K.ARRIVE_AT_DROP_OFF, failing)
    day.note(K.FAIL, failing, code="NOBODY_HOME", text="Masih kosong")
    day.note(K.RETRY, failing)  # once too often
    day.note(K.RETURN, failing, pin=(await DeliveryJob.get(pk=failing.pk)).return_pin)
    day.note(K.FAIL, None, code="OTHER")  # of no job at all
    dispatcher = await stage.officer(day.coop, Role.DISPATCHER)
    siti, _ = await stage.on_shift(day.coop, "Siti")
    await mending.reassign_job(
        dispatcher, job_id=lost.pk, driver_id=siti.pk, reason="Budi jauh", key="r", dispatch=stage.BOARD
    )
    return day


async def evening(day: Day) -> dict[str, Any]:
    """How the day has ended, without what differs from run to run: ids and moments."""
    ids = [job.pk for job in day.jobs]
    place = {id: number for number, id in enumerate(ids)}
    jobs = await DeliveryJob.filter(pk__in=ids)
    changes = await JobStateChange.filter(job_id__in=ids).order_by("job_id", "version")
    receipts = await CustodyReceipt.filter(job_id__in=ids).order_by("job_id", "id")
    orders = await SubOrder.filter(id__in=[job.sub_order_id for job in jobs])
    device = await CourierDevice.get(driver_id=day.driver.pk)
    events = await CourierEvent.filter(device_id=device.pk).order_by("sequence")
    accounts = await LedgerAccount.all()
    return {
        "jobs": {place[job.pk]: (job.state, job.version, job.wrong_pins, job.price) for job in jobs},
        "drops": {place[d.job_id]: (d.state, d.wrong_pins, d.failure) for d in await Drop.filter(job_id__in=ids)},
        "changes": [(place[c.job_id], c.version, c.event, c.state, c.reason) for c in changes],
        "receipts": [(place[r.job_id], r.hand_over, r.lat, r.lon) for r in receipts],
        "orders": sorted((order.number, order.state, order.version) for order in orders),
        "awaited": device.awaited,
        "events": [(e.sequence, e.kind, e.outcome, e.code, e.reasons) for e in events],
        "books": sorted((str(a.purpose), str(a.subject_id), *_balance(a)) for a in accounts),
        "talk": [(m.phrase, m.text) for m in await JobMessage.all().order_by("id")],
        "calls": await ContactAttempt.all().count(),
        "incidents": [(i.kind, i.text) for i in await Incident.all().order_by("id")],
        "shift": [s.state for s in await Shift.filter(driver_id=day.driver.pk)],
    }


def _balance(account: LedgerAccount) -> tuple[Any, ...]:
    kept = account.__dict__
    return tuple(kept[name] for name in sorted(kept) if name.startswith(("debits", "credits")))
