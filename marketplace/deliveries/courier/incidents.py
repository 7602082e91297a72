"""What goes wrong on a job, as its driver reports it, and the remedy that a dispatcher accepts with one call."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.deliveries import mending, passing
from marketplace.deliveries.courier.models import Incident, IncidentKind, Remedy
from marketplace.deliveries.courier.remedies import FAILS_AS, suggested
from marketplace.deliveries.custody import Place
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import CARRIED, JobEvent
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.deliveries.reading import ANSWERABLE
from marketplace.deliveries.service import by_holder, check_reason, fail_drop
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.service import accounts_by_id
from marketplace.orders import answering
from marketplace.paging import Page, page_by_id

TEXT_LENGTH = 300
MOST_INCIDENTS = 20


class AlreadyRemedied(MarketplaceError):
    """A remedy of this incident was carried out already: {remedy}."""

    code = Code.WRONG_STATE
    pesan = "Kejadian ini sudah ditangani: {remedy}."


class NoRemedy(MarketplaceError):
    """That is no remedy here now; these are: {remedies}."""

    code = Code.CONFLICT
    pesan = "Penanganan itu tidak berlaku sekarang; yang berlaku: {remedies}."


class TooManyIncidents(MarketplaceError):
    """This delivery has {most} incidents already: call the co-op."""

    code = Code.TOO_MANY
    pesan = "Antaran ini sudah mempunyai {most} kejadian: hubungi koperasi."


async def report_incident(
    actor: Actor,
    *,
    job_id: UUID,
    kind: IncidentKind,
    text: str,
    place: Place | None,
    key: str,
    happened_at: datetime | None = None,
) -> Incident:
    """The holder says what stops him; dispatchers are told. The job stays as it is. Raises Invalid, NotFound."""
    if len(text) > TEXT_LENGTH or (kind is IncidentKind.OTHER and not text.strip()):
        raise Invalid.field("text", Code.REQUIRED, "say what happened, at most 300", "jelaskan, paling banyak 300")
    # The same report sent again is the same incident: its id follows from who reports and under which key.
    id = uuid5(job_id, f"{signed_in(actor)}:{key}")

    async def act(job: LockedJob, driver: Driver) -> None:
        if await Incident.filter(job_id=job_id).count() >= MOST_INCIDENTS:
            raise TooManyIncidents(most=MOST_INCIDENTS)
        incident = Incident(
            id=id,
            job_id=job_id,
            driver_id=driver.pk,
            cooperative_id=driver.cooperative_id,
            kind=kind,
            text=text.strip(),
            lat=None if place is None else place.lat,
            lon=None if place is None else place.lon,
            happened_at=happened_at,
        )
        await incident.save(force_create=True)
        cooperatives = sorted({str(driver.cooperative_id), str(job.row.cooperative_id)})
        told = {"driver_id": str(driver.pk), "kind": kind.value, "cooperative_ids": cooperatives}
        await outbox.record("job.incident", job_id, {**told, "incident_id": str(incident.pk)})

    await by_holder(actor, job_id, "reportIncident", key, [job_id, kind, text], act)
    return await Incident.get(pk=id)


async def accept_remedy(
    actor: Actor,
    *,
    incident_id: UUID,
    remedy: Remedy,
    driver_id: UUID | None,
    giver_part: int,
    reason: str,
    key: str,
    dispatch: Dispatch,
) -> Incident:
    """A dispatcher chooses what is done about an incident, and it is done: all of it, or nothing.

    `driver_id`: who takes the job (REASSIGN) or the goods (HAND_OVER, with `giver_part` as in `offer_hand_over`).
    Raises NoRemedy, AlreadyRemedied, Invalid, NotFound, and what the remedy itself raises.
    """
    check_reason(reason)
    by = signed_in(actor)
    async with transaction():
        incident = await locked_one(Incident, incident_id)
        if incident is None:
            raise NotFound("incident")
        job = await _answerable(actor, incident)
        asked = [incident_id, remedy, driver_id, giver_part, reason]
        if await once(by, "acceptRemedy", key, asked, incident_id) is not None:
            return incident
        if incident.remedy is not None:
            raise AlreadyRemedied(remedy=incident.remedy.value)
        possible = suggested(incident.kind, job.state)
        if remedy not in possible:
            raise NoRemedy(remedies=" / ".join(possible) or "-")
        await _carry_out(actor, incident, job, remedy, driver_id, giver_part, reason, dispatch)
        incident.remedy, incident.decided_by, incident.decided_at = remedy, by, clock.now()
        incident.reason = reason.strip()
        await incident.save(update_fields=["remedy", "decided_by", "decided_at", "reason"])
        return incident


async def _carry_out(
    actor: Actor,
    incident: Incident,
    job: DeliveryJob,
    remedy: Remedy,
    driver_id: UUID | None,
    giver_part: int,
    reason: str,
    dispatch: Dispatch,
) -> None:
    key = f"remedy-{incident.pk}"
    if remedy is Remedy.REASSIGN:
        taker = _named(driver_id)
        await mending.reassign_job(actor, job_id=job.pk, driver_id=taker, reason=reason, key=key, dispatch=dispatch)
    elif remedy is Remedy.HAND_OVER:
        await passing.offer_hand_over(
            actor,
            job_id=job.pk,
            phone=await _phone_of(_named(driver_id)),
            giver_part=giver_part,
            reason=reason,
            key=key,
            dispatch=dispatch,
        )
    elif remedy is Remedy.TURN_BACK:
        await _turn_back(actor, incident, reason)
    elif remedy is Remedy.CANCEL and job.sub_order_id is not None:
        await answering.cancel_sub_order(actor, sub_order_id=job.sub_order_id, reason=reason, key=key)
    elif remedy is Remedy.CANCEL:
        locked = await lock_job(job.pk)
        await move(locked, JobEvent.CANCEL, by=signed_in(actor), reason=reason)


async def _turn_back(actor: Actor, incident: Incident, reason: str) -> None:
    """What is still carried fails as the incident says, and goes back."""
    job = await lock_job(incident.job_id)
    for index, drop in enumerate(job.drops):
        if drop.state in CARRIED:
            await fail_drop(job, index, FAILS_AS[incident.kind], reason.strip(), by=signed_in(actor))


def _named(driver_id: UUID | None) -> UUID:
    if driver_id is None:
        raise Invalid.field("driverId", Code.REQUIRED, "say which driver", "sebutkan pengemudinya")
    return driver_id


async def _phone_of(driver_id: UUID) -> str:
    driver = await Driver.get_or_none(pk=driver_id)
    if driver is None:
        raise NotFound("driver")
    return (await accounts_by_id([driver.account_id]))[driver.account_id].phone


async def _answerable(actor: Actor, incident: Incident) -> DeliveryJob:
    """The job, for who sends out drivers at its co-op or at the driver's. Raises NotFound."""
    job = await DeliveryJob.get(pk=incident.job_id)
    if not actor.holds(*ANSWERABLE, cooperative_id=incident.cooperative_id):
        require(actor, *ANSWERABLE, cooperative_id=job.cooperative_id, hide="incident")
    return job


async def incident_seen(actor: Actor, incident_id: UUID) -> Incident | None:
    """The incident, for its driver and those who answer for the job; None for everyone else."""
    incident = await Incident.get_or_none(pk=incident_id)
    if incident is None or actor.account_id is None:
        return None
    driver = await Driver.get(pk=incident.driver_id)
    if driver.account_id == actor.account_id or actor.holds(*ANSWERABLE, cooperative_id=incident.cooperative_id):
        return incident
    job = await DeliveryJob.get(pk=incident.job_id)
    return incident if actor.holds(*ANSWERABLE, cooperative_id=job.cooperative_id) else None


async def incidents_by_job(ids: Iterable[UUID]) -> dict[UUID, list[Incident]]:
    """The incidents of each of these jobs, oldest first. One statement."""
    found: dict[UUID, list[Incident]] = {id: [] for id in ids}
    for incident in await Incident.filter(job_id__in=list(found)).order_by("id"):
        found[incident.job_id].append(incident)
    return found


async def incidents_of(
    actor: Actor, cooperative_id: UUID, *, open_only: bool, first: int, after: str | None
) -> Page[Incident]:
    """Incidents of a co-op's drivers, newest first; its officers and dispatchers only."""
    require(actor, *ANSWERABLE, cooperative_id=cooperative_id)
    found = Incident.filter(cooperative_id=cooperative_id)
    return await page_by_id(found.filter(remedy=None) if open_only else found, first=first, after=after)
