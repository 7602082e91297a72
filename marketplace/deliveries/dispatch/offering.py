"""What a driver does with an offer: he takes it, or declines it, which costs nothing.

Of all who accept at the same moment exactly one holds the job. Locks: his shift, then the job, as in claiming.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import lists_by, rows_by
from marketplace.database import transaction
from marketplace.deliveries import headroom, limits
from marketplace.deliveries.dispatch.explaining import far
from marketplace.deliveries.dispatch.lapsing import check_papers_on_shift
from marketplace.deliveries.dispatch.models import JobOffer, OfferState
from marketplace.deliveries.dispatch.planning import GRACE
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.dispatch.searching import look_on
from marketplace.deliveries.drivers import NotYetMember, acting_driver
from marketplace.deliveries.holding import lock_job, move
from marketplace.deliveries.lifecycle import HELD, JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, ShiftState
from marketplace.deliveries.service import JobTaken, name_carrier
from marketplace.deliveries.shifts import NotOnShift, locked_shift
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah

REASON_LENGTH = 300
#: Offers that are shown to a driver or of a job.
SHOWN = 50


class OfferEnded(MarketplaceError):
    """This offer is over: it is {state}. It cost you nothing."""

    code = Code.WRONG_STATE
    pesan = "Tawaran ini sudah berakhir: statusnya {state}. Tidak ada akibat bagi Anda."


async def accept_offer(actor: Actor, *, offer_id: UUID, key: str, dispatch: Dispatch) -> DeliveryJob:
    """Take the job that was offered. Of all who accept at once exactly one holds it.

    An answer up to `GRACE` after the offer's end still counts while nobody else took the job. Raises NotOnShift,
    JobTaken, OfferEnded, AtJobLimit, CashLimitReached, TooHeavy, PapersExpired, NotYetMember, NetDebitCapReached,
    NotFound.
    """
    driver = await acting_driver(actor)
    await check_papers_on_shift(driver)
    if not await membership.is_member(driver.account_id, driver.cooperative_id):
        raise NotYetMember
    async with transaction():
        found = await JobOffer.get_or_none(pk=offer_id, driver_id=driver.pk)
        if found is None:
            raise NotFound("offer")
        if await once(driver.account_id, "acceptOffer", key, [offer_id], found.job_id) is not None:
            return await DeliveryJob.get(pk=found.job_id)
        shift = await locked_shift(driver.pk)
        if shift.state is not ShiftState.ACTIVE:
            raise NotOnShift
        job = await lock_job(found.job_id)
        offer = await JobOffer.get(pk=offer_id)  # as it stands under the job's lock
        if job.row.state in HELD:
            raise JobTaken
        if not _is_open(offer, clock.now()) or job.row.state is not JobState.OFFERED:
            raise OfferEnded(state=_shown_state(offer).value)
        if not await dispatch.may_take(job.row, driver):
            raise NotFound("offer")
        limits.check(driver, await limits.load_of(driver), job.row)
        await move(job, JobEvent.CLAIM, by=driver.account_id, driver=driver)
        await name_carrier(job.row)
        await headroom.reserve(job.row, job.drops)
        return job.row


async def decline_offer(actor: Actor, *, offer_id: UUID, reason: str | None, key: str) -> JobOffer:
    """Say no, with or without a reason: the job goes to the next at once. One that is over is answered as it is.

    Raises NotFound, Invalid.
    """
    account_id = signed_in(actor)
    reason = (reason or "").strip() or None
    if reason is not None and len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    async with transaction():
        found = await JobOffer.get_or_none(pk=offer_id, driver_account_id=account_id)
        if found is None:
            raise NotFound("offer")
        job = await lock_job(found.job_id)
        offer = await JobOffer.get(pk=offer_id)
        if await once(account_id, "declineOffer", key, [offer_id, reason], offer_id) is not None:
            return offer
        if offer.state is OfferState.OPEN:
            offer.state, offer.ended_at, offer.reason = OfferState.DECLINED, clock.now(), reason
            await offer.save(update_fields=["state", "ended_at", "reason"])
            await look_on(job.row, [offer.driver_id])
        return offer


@dataclass(frozen=True, slots=True)
class Told:
    """What a driver's phone says of an offer."""

    driver_account_id: UUID
    expires_at: datetime
    own_share: int
    price: int
    distance_m: int
    shop: str

    def values(self, language: str) -> Mapping[str, str]:
        """As words: what it brings him, the price, how far the pickup is, and whose it is."""
        return {
            "share": format_rupiah(self.own_share),
            "price": format_rupiah(self.price),
            "far": far(self.distance_m, language),
            "shop": self.shop,
        }


async def open_offers_told(ids: Sequence[UUID]) -> list[Told]:
    """Those of these offers that nobody has answered or taken back, and that have not ended. One statement."""
    rows = await rows_by(JobOffer, "id", ids, related="job")
    return [
        Told(row.driver_account_id, row.expires_at, row.own_share, row.price, row.distance_m, row.job.pickup_name)
        for row in rows
        if row.state is OfferState.OPEN and row.expires_at > clock.now()
    ]


def _is_open(offer: JobOffer, now: datetime) -> bool:
    return offer.state is OfferState.OPEN and now < offer.expires_at + GRACE


def _shown_state(offer: JobOffer) -> OfferState:
    return OfferState.EXPIRED if offer.state is OfferState.OPEN else offer.state


async def offers_before(driver_id: UUID) -> list[JobOffer]:
    """The offers that lie before this driver now, which ends first first; at most `SHOWN`. One statement."""
    found = JobOffer.filter(driver_id=driver_id, state=OfferState.OPEN, expires_at__gt=clock.now())
    return await found.order_by("expires_at", "id").limit(SHOWN)


async def offers_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[JobOffer]]:
    """All offers of each of these jobs, oldest first. One statement."""
    return await lists_by(JobOffer, "job_id", ids)
