"""What each kind of event does: the same service call that the driver would have made with a network."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from marketplace import clock
from marketplace.deliveries import service, shifts
from marketplace.deliveries.courier import calling, incidents, proofs, retrying, sos, talk
from marketplace.deliveries.courier.day import EventKind
from marketplace.deliveries.courier.models import CourierEvent, IncidentKind, ProofKind, ProofMoment
from marketplace.deliveries.courier.proofs import Taken
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.models import DeliveryJob, Driver, JobStateChange
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.identity.actor import Actor

#: A place that is older than this says nothing of where the driver is now.
PLACE_IS_NEWS = timedelta(minutes=5)


class NoLongerYours(MarketplaceError):
    """This job is not in your hands any more: it stands {state}. Call the co-op if you still have the goods."""

    code = Code.CONFLICT
    pesan = "Tugas ini tidak lagi di tangan Anda: statusnya {state}. Hubungi koperasi bila barang masih pada Anda."


@dataclass(frozen=True, slots=True)
class Doing:
    """One event that is due, and who did what with which job."""

    actor: Actor
    driver: Driver
    event: CourierEvent
    signer: Signer

    @property
    def content(self) -> Mapping[str, Any]:
        return self.event.content

    @property
    def key(self) -> str:
        return f"event-{self.event.pk}"

    @property
    def job_id(self) -> UUID:
        if self.event.job_id is None:
            raise Invalid.field("jobId", Code.REQUIRED, "say which job", "sebutkan tugasnya")
        return self.event.job_id

    @property
    def drop_id(self) -> UUID | None:
        found = self.content.get("drop_id")
        return None if found is None else UUID(found)

    @property
    def place(self) -> Place | None:
        lat, lon = self.content.get("lat"), self.content.get("lon")
        return None if lat is None or lon is None else Place(lat, lon)

    def text(self, name: str) -> str:
        return str(self.content.get(name) or "")

    def needed_place(self) -> Place:
        if self.place is None:
            raise Invalid.field("place", Code.REQUIRED, "say where you are", "sebutkan tempat Anda")
        return self.place

    def time(self) -> datetime | None:
        """When it happened by the device's clock, unless that is doubted."""
        return None if self.event.is_time_doubted else self.event.device_at


Act: TypeAlias = Callable[[Doing], Awaitable[object]]


async def carry_out(doing: Doing) -> None:
    """Do what the event says. In the caller's transaction. Raises what the service call raises."""
    malformed = doing.content.get("malformed")
    if malformed is not None:
        raise Invalid.field(str(malformed), Code.INVALID, "not what it must be", "isinya tidak sesuai")
    if doing.event.job_id is not None:
        await _require_still_his(doing)
    await _ACTS[doing.event.kind](doing)


async def _require_still_his(doing: Doing) -> None:
    """A job that he held and another holds now is a conflict, not something that he may not know of."""
    job = await DeliveryJob.get_or_none(pk=doing.job_id)
    if job is None or job.driver_id == doing.driver.pk:
        return
    if await held_before(doing.driver, job.pk):
        raise NoLongerYours(state=job.state.value)


async def held_before(driver: Driver, job_id: UUID) -> bool:
    """Whether the driver has ever held this job."""
    return await JobStateChange.filter(job_id=job_id, holder_id=driver.pk).exists()


async def _arrive_at_pickup(doing: Doing) -> None:
    await service.arrive_at_pickup(doing.actor, job_id=doing.job_id, key=doing.key)


async def _pick_up(doing: Doing) -> None:
    await _prove(doing, ProofMoment.PICKUP)
    await service.confirm_pickup(
        doing.actor,
        job_id=doing.job_id,
        pin=doing.text("pin"),
        place=doing.place,
        key=doing.key,
        signer=doing.signer,
    )


async def _arrive_at_drop_off(doing: Doing) -> None:
    await service.arrive_at_drop_off(doing.actor, job_id=doing.job_id, drop_id=doing.drop_id, key=doing.key)


async def _drop_off(doing: Doing) -> None:
    await _prove(doing, ProofMoment.DROP_OFF)
    if doing.text("pin"):
        await service.confirm_drop_off(
            doing.actor,
            job_id=doing.job_id,
            drop_id=doing.drop_id,
            pin=doing.text("pin"),
            place=doing.place,
            key=doing.key,
            signer=doing.signer,
        )
    else:
        await proofs.drop_off_by_proof(
            doing.actor,
            job_id=doing.job_id,
            drop_id=doing.drop_id,
            place=doing.place,
            key=doing.key,
            signer=doing.signer,
        )


async def _prove(doing: Doing, moment: ProofMoment) -> None:
    """Signature and parcel code that came with the event; a photo was uploaded before it."""
    for kind, text in (
        (ProofKind.PARCEL_CODE, doing.text("parcel_code")),
        (ProofKind.SIGNATURE, doing.text("signature")),
    ):
        if text:
            name = f"{doing.event.pk}-{kind.value}"
            taken = Taken(name, moment, doing.drop_id, doing.time(), doing.place)
            await proofs.add_proof(doing.actor, job_id=doing.job_id, kind=kind, text=text, taken=taken, key=name)


async def _fail(doing: Doing) -> None:
    await service.fail_drop_off(
        doing.actor,
        job_id=doing.job_id,
        drop_id=doing.drop_id,
        code=_member(FailureCode, doing.text("code"), "failureCode"),
        text=doing.text("text"),
        key=doing.key,
    )


async def _retry(doing: Doing) -> None:
    await retrying.retry_drop_off(doing.actor, job_id=doing.job_id, drop_id=doing.drop_id, key=doing.key)


async def _return(doing: Doing) -> None:
    await service.confirm_return(
        doing.actor,
        job_id=doing.job_id,
        pin=doing.text("pin"),
        place=doing.place,
        key=doing.key,
        signer=doing.signer,
    )


async def _give_up(doing: Doing) -> None:
    await service.give_up_job(doing.actor, job_id=doing.job_id, reason=doing.text("text"), key=doing.key)


async def _position(doing: Doing) -> None:
    """A fresh place says where the driver is; an old one says nothing any more."""
    place = doing.needed_place()
    if doing.event.is_time_doubted or clock.now() - doing.event.device_at > PLACE_IS_NEWS:
        return
    await sos.follow_place(doing.driver, place)
    await shifts.report_position(doing.actor, place=place)


async def _pause(doing: Doing) -> None:
    await shifts.pause_shift(doing.actor)


async def _resume(doing: Doing) -> None:
    await shifts.resume_shift(doing.actor)


async def _message(doing: Doing) -> None:
    await talk.say(
        doing.actor,
        job_id=doing.job_id,
        drop_id=doing.drop_id,
        phrase=doing.text("phrase") or None,
        text=doing.text("text"),
        key=doing.key,
        said_at=doing.time(),
    )


async def _call(doing: Doing) -> None:
    await calling.note_call(
        doing.actor, job_id=doing.job_id, drop_id=doing.drop_id, tried_at=doing.time(), key=doing.key
    )


async def _incident(doing: Doing) -> None:
    await incidents.report_incident(
        doing.actor,
        job_id=doing.job_id,
        kind=_member(IncidentKind, doing.text("incident"), "incident"),
        text=doing.text("text"),
        place=doing.place,
        key=doing.key,
        happened_at=doing.time(),
    )


async def _sos(doing: Doing) -> None:
    await sos.raise_sos(doing.actor, place=doing.needed_place(), text=doing.text("text"), key=doing.key)


async def _skipped(doing: Doing) -> None:
    """The device has nothing to tell under this number any more."""


def _member(kind: type[Any], text: str, field: str) -> Any:
    if text not in kind.__members__:
        known = ", ".join(kind.__members__)
        raise Invalid.field(field, Code.REQUIRED, f"one of {known}", f"salah satu dari {known}")
    return kind(text)


_ACTS: dict[EventKind, Act] = {
    EventKind.ARRIVE_AT_PICKUP: _arrive_at_pickup,
    EventKind.PICK_UP: _pick_up,
    EventKind.ARRIVE_AT_DROP_OFF: _arrive_at_drop_off,
    EventKind.DROP_OFF: _drop_off,
    EventKind.FAIL: _fail,
    EventKind.RETRY: _retry,
    EventKind.RETURN: _return,
    EventKind.GIVE_UP: _give_up,
    EventKind.POSITION: _position,
    EventKind.PAUSE: _pause,
    EventKind.RESUME: _resume,
    EventKind.MESSAGE: _message,
    EventKind.CALL: _call,
    EventKind.INCIDENT: _incident,
    EventKind.SOS: _sos,
    EventKind.SKIPPED: _skipped,
}
