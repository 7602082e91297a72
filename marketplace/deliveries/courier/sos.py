"""A driver calls for help with one tap: dispatchers and officers hear at once, and see where he is meanwhile."""

from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.courier.models import SosAlert, SosState
from marketplace.deliveries.custody import Place
from marketplace.deliveries.drivers import carrying_driver
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.deliveries.reading import ANSWERABLE
from marketplace.deliveries.service import check_reason
from marketplace.deliveries.shifts import coarse
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.paging import Page, page_by_id

OPEN = (SosState.RAISED, SosState.ACKNOWLEDGED)
TEXT_LENGTH = 300


class SosClosed(MarketplaceError):
    """This call for help was closed already."""

    code = Code.WRONG_STATE
    pesan = "Panggilan darurat ini sudah ditutup."


async def raise_sos(actor: Actor, *, place: Place, text: str = "", key: str) -> SosAlert:
    """Call for help here. While a call stands, another tap moves its place. For every driver, on shift or not.

    Dispatchers and officers of his co-op, and of the co-op whose job he carries, are told at once.
    """
    if len(text) > TEXT_LENGTH:
        raise Invalid.field("text", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    driver = await carrying_driver(actor)
    async with transaction():
        id = new_id()
        earlier = await once(driver.account_id, "raiseSos", key, [], id)
        if earlier is not None:
            return await SosAlert.get(pk=earlier)
        await locked_one(Driver, driver.pk)  # two taps at once raise one call
        standing = await SosAlert.get_or_none(driver_id=driver.pk, state__in=OPEN)
        if standing is not None:
            return await _moved(standing, place, text)
        job = await DeliveryJob.filter(driver_id=driver.pk, state__in=list(HELD)).order_by("-assigned_at").first()
        alert = await SosAlert.create(
            id=id,
            driver_id=driver.pk,
            account_id=driver.account_id,
            cooperative_id=driver.cooperative_id,
            job_id=None if job is None else job.pk,
            text=text.strip(),
            lat=place.lat,
            lon=place.lon,
            placed_at=clock.now(),
        )
        cooperatives = {driver.cooperative_id} | ({job.cooperative_id} if job is not None else set())
        await outbox.record(
            "sos.raised",
            alert.pk,
            {"driver_id": str(driver.pk), "cooperative_ids": sorted(str(id) for id in cooperatives)},
        )
        return alert


async def acknowledge_sos(actor: Actor, *, sos_id: UUID, key: str) -> SosAlert:
    """A dispatcher or officer says that he has seen it and acts. Raises SosClosed, NotFound."""
    by = signed_in(actor)
    async with transaction():
        alert = await _for_answerable(actor, sos_id)
        if await once(by, "acknowledgeSos", key, [sos_id], sos_id) is not None:
            return alert
        if alert.state is SosState.CLOSED:
            raise SosClosed
        if alert.state is SosState.RAISED:
            alert.state, alert.acknowledged_by, alert.acknowledged_at = SosState.ACKNOWLEDGED, by, clock.now()
            await alert.save(update_fields=["state", "acknowledged_by", "acknowledged_at"])
            await outbox.record("sos.acknowledged", alert.pk, _to_driver(alert))
        return alert


async def close_sos(actor: Actor, *, sos_id: UUID, reason: str, key: str) -> SosAlert:
    """A dispatcher or officer says how it ended; what is kept of the place is then coarse. Raises SosClosed."""
    check_reason(reason)
    by = signed_in(actor)
    async with transaction():
        alert = await _for_answerable(actor, sos_id)
        if await once(by, "closeSos", key, [sos_id, reason], sos_id) is not None:
            return alert
        if alert.state is SosState.CLOSED:
            raise SosClosed
        kept = coarse(Place(alert.lat, alert.lon))
        alert.state, alert.closed_by, alert.closed_at = SosState.CLOSED, by, clock.now()
        alert.reason, alert.lat, alert.lon = reason.strip(), kept.lat, kept.lon
        await alert.save(update_fields=["state", "closed_by", "closed_at", "reason", "lat", "lon"])
        await outbox.record("sos.closed", alert.pk, _to_driver(alert))
        return alert


async def follow_place(driver: Driver, place: Place) -> None:
    """Keep the driver's fine place while his call for help stands. In the caller's transaction."""
    standing = await SosAlert.get_or_none(driver_id=driver.pk, state__in=OPEN)
    if standing is not None:
        await _moved(standing, place, "")


async def alert_seen(actor: Actor, sos_id: UUID) -> SosAlert | None:
    """The call, for who raised it and for those who answer for him; None for everyone else."""
    alert = await SosAlert.get_or_none(pk=sos_id)
    if alert is None or actor.account_id is None:
        return None
    is_own = alert.account_id == actor.account_id
    return alert if is_own or await _answers(actor, alert) else None


async def alerts_of(
    actor: Actor, cooperative_id: UUID, *, open_only: bool, first: int, after: str | None
) -> Page[SosAlert]:
    """Calls for help of a co-op's drivers, newest first; its officers and dispatchers only."""
    require(actor, *ANSWERABLE, cooperative_id=cooperative_id)
    found = SosAlert.filter(cooperative_id=cooperative_id)
    return await page_by_id(found.filter(state__in=OPEN) if open_only else found, first=first, after=after)


async def standing_of(driver_id: UUID) -> SosAlert | None:
    """The driver's own call that is not closed."""
    return await SosAlert.get_or_none(driver_id=driver_id, state__in=OPEN)


def _to_driver(alert: SosAlert) -> dict[str, str]:
    return {"account_id": str(alert.account_id), "driver_id": str(alert.driver_id)}


async def _moved(alert: SosAlert, place: Place, text: str) -> SosAlert:
    alert.lat, alert.lon, alert.placed_at = place.lat, place.lon, clock.now()
    alert.text = text.strip() or alert.text
    await alert.save(update_fields=["lat", "lon", "placed_at", "text"])
    return alert


async def _answers(actor: Actor, alert: SosAlert) -> bool:
    if actor.holds(*ANSWERABLE, cooperative_id=alert.cooperative_id):
        return True
    job = None if alert.job_id is None else await DeliveryJob.get_or_none(pk=alert.job_id)
    return job is not None and actor.holds(*ANSWERABLE, cooperative_id=job.cooperative_id)


async def _for_answerable(actor: Actor, sos_id: UUID) -> SosAlert:
    alert = await locked_one(SosAlert, sos_id)
    if alert is None or not await _answers(actor, alert):
        raise NotFound("call for help")
    return alert
