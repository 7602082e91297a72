"""Shifts: when a driver stands ready, and roughly where.

A place is kept to a hundred metres and at most once in ten seconds: enough to find the nearest driver, too
little to follow a person's steps.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock, outbox
from marketplace.database import for_update, locked_one, transaction
from marketplace.deliveries import hours
from marketplace.deliveries.custody import Place
from marketplace.deliveries.drivers import NotYetMember, acting_driver
from marketplace.deliveries.lifecycle import HELD
from marketplace.deliveries.models import DeliveryJob, Driver, Shift, ShiftState
from marketplace.deliveries.roster import papers, slots
from marketplace.deliveries.roster.models import HomeDirection, PaperKind, SpanKind
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.identity.actor import Actor

#: Decimals of a degree that are kept: 0.001° is about 110 m.
COARSE_DECIMALS = 3
#: A driver's place is renewed at most this often.
PLACE_EVERY = timedelta(seconds=10)
#: A shift whose driver has not said where he is for so long was forgotten.
FORGOTTEN_AFTER = timedelta(hours=12)
BATCH = 100
#: Papers as people call them, in Bahasa Indonesia and English.
PAPERS = {
    PaperKind.SIM: ("SIM", "licence (SIM)"),
    PaperKind.STNK: ("STNK", "registration (STNK)"),
    PaperKind.INSURANCE: ("asuransi", "insurance"),
    PaperKind.HEALTH: ("surat keterangan sehat", "health certificate"),
}


class NotOnShift(MarketplaceError):
    """You are not on shift: start your shift first."""

    code = Code.NOT_ON_SHIFT
    pesan = "Anda belum mulai bertugas: mulai tugas dahulu."


class PapersExpired(MarketplaceError):
    """Your {paper} ended on {day}: renew it and tell an officer before you ride."""

    code = Code.EXPIRED
    pesan = "{surat} Anda berakhir pada {day}: perpanjang dan sampaikan ke pengurus sebelum bertugas."

    @classmethod
    def of(cls, kind: PaperKind, day: date) -> "PapersExpired":
        """That this paper's last day is over."""
        surat, paper = PAPERS[kind]
        return cls(surat=surat, paper=paper, day=day.isoformat())


class StillCarrying(MarketplaceError):
    """You still hold {count} delivery jobs: bring them to their end or give them up first."""

    code = Code.WRONG_STATE
    pesan = "Masih ada {count} tugas antar di tangan Anda: selesaikan atau lepaskan dahulu."


def coarse(place: Place) -> Place:
    """The place rounded to about a hundred metres."""
    return Place(round(place.lat, COARSE_DECIMALS), round(place.lon, COARSE_DECIMALS))


async def open_shifts_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, Shift]:
    """The unended shift of each of these drivers. One statement."""
    rows = await Shift.filter(driver_id__in=list(ids), state__not=ShiftState.ENDED)
    return {row.driver_id: row for row in rows}


async def locked_shift(driver_id: UUID, shift_id: UUID | None = None) -> Shift:
    """The driver's unended shift, locked: first of all locks. In the caller's transaction.

    Raises NotOnShift when there is none, or when it isn't the one meant by `shift_id`.
    """
    rows = await for_update(Shift.filter(driver_id=driver_id, state__not=ShiftState.ENDED).order_by("id"))
    if not rows or shift_id not in (None, rows[0].pk):
        raise NotOnShift
    return rows[0]


async def start_shift(actor: Actor, *, place: Place) -> Shift:
    """Stand ready from now on. A shift already running is answered as it is.

    Raises NotADriver, PapersExpired, and NotYetMember for one who has left the co-op.
    """
    driver = await acting_driver(actor)
    place = coarse(place)
    await check_papers(driver)
    if not await membership.is_member(driver.account_id, driver.cooperative_id):
        raise NotYetMember
    async with transaction():
        await locked_one(Driver, driver.pk)  # two starts at once open one shift
        running = await Shift.get_or_none(driver_id=driver.pk, state__not=ShiftState.ENDED)
        if running is not None:
            return running
        shift = await Shift.create(driver_id=driver.pk, lat=place.lat, lon=place.lon, placed_at=clock.now())
        await hours.turn(shift, SpanKind.AVAILABLE)
        await slots.begin(driver.pk)
        await _tell(shift)
        return shift


async def pause_shift(actor: Actor, *, shift_id: UUID | None = None, reason: SpanKind = SpanKind.BREAK) -> Shift:
    """Take no jobs for a while, for a break or a ride for another platform: those hours don't count.

    Paused already, only the reason changes.
    """
    if reason is SpanKind.AVAILABLE:
        raise Invalid.field("reason", Code.INVALID, "BREAK or OTHER_PLATFORM", "BREAK atau OTHER_PLATFORM")
    driver = await acting_driver(actor)
    async with transaction():
        shift = await locked_shift(driver.pk, shift_id)
        if shift.state is ShiftState.ACTIVE:
            shift.state, shift.paused_at = ShiftState.PAUSED, clock.now()
            await shift.save(update_fields=["state", "paused_at"])
            await hours.turn(shift, reason)
            await _tell(shift)
        elif await hours.doing(shift) is not reason:
            await hours.turn(shift, reason)
        return shift


async def resume_shift(actor: Actor, *, shift_id: UUID | None = None) -> Shift:
    """Take jobs again."""
    driver = await acting_driver(actor)
    async with transaction():
        shift = await locked_shift(driver.pk, shift_id)
        if shift.state is ShiftState.PAUSED:
            _count_pause(shift)
            shift.state = ShiftState.ACTIVE
            await shift.save(update_fields=["state", "paused_at", "paused_s"])
            await hours.turn(shift, SpanKind.AVAILABLE)
            await _tell(shift)
        return shift


async def end_shift(actor: Actor, *, shift_id: UUID | None = None) -> Shift:
    """Go home. Raises StillCarrying while jobs are in hand."""
    driver = await acting_driver(actor)
    async with transaction():
        shift = await locked_shift(driver.pk, shift_id)
        held = await _held(driver.pk)
        if held:
            raise StillCarrying(count=held)
        await _end(shift)
        return shift


async def report_position(actor: Actor, *, place: Place) -> Shift:
    """Say where one is. Sooner than ten seconds after the last, the shift is answered unchanged."""
    driver = await acting_driver(actor)
    place = coarse(place)
    async with transaction():
        shift = await locked_shift(driver.pk)
        if clock.now() - shift.placed_at >= PLACE_EVERY:
            shift.lat, shift.lon, shift.placed_at = place.lat, place.lon, clock.now()
            await shift.save(update_fields=["lat", "lon", "placed_at"])
        return shift


async def end_if_free(driver_id: UUID) -> None:
    """End the driver's shift unless he still carries something. In the caller's transaction, first of its locks."""
    rows = await for_update(Shift.filter(driver_id=driver_id, state__not=ShiftState.ENDED).order_by("id"))
    if rows and not await _held(driver_id):
        await _end(rows[0])


async def sweep_forgotten(adapters: Any) -> int:
    """End shifts whose driver has not been heard of for hours and holds nothing. At most a batch."""
    before = clock.now() - FORGOTTEN_AFTER
    found = Shift.filter(state__not=ShiftState.ENDED, placed_at__lt=before).order_by("placed_at")
    done = 0
    for driver_id in await found.limit(BATCH).values_list("driver_id", flat=True):
        async with transaction():
            shift = await locked_shift(UUID(str(driver_id)))
            if shift.placed_at >= before or await _held(shift.driver_id):
                continue
            await _end(shift, at=shift.placed_at)  # what came after nobody vouches for
            done += 1
    return done


async def _held(driver_id: UUID) -> int:
    return await DeliveryJob.filter(driver_id=driver_id, state__in=HELD).count()


async def _end(shift: Shift, *, at: datetime | None = None) -> None:
    await hours.turn(shift, None, at=at)
    await HomeDirection.filter(driver_id=shift.driver_id).delete()  # he is home: where that is nobody need know
    _count_pause(shift)
    shift.state, shift.ended_at = ShiftState.ENDED, clock.now()
    await shift.save(update_fields=["state", "paused_at", "paused_s", "ended_at"])
    await _tell(shift)


async def check_papers(driver: Driver, *, grace_h: int = 0) -> None:
    """Raises PapersExpired when his licence or insurance has run out, or a paper that he showed.

    `grace_h`: hours for which a registration or health paper still counts.
    """
    today = clock.now().date()
    told: tuple[tuple[PaperKind, date | None], ...] = (
        (PaperKind.SIM, driver.licence_expires_on),
        (PaperKind.INSURANCE, driver.insurance_expires_on),
    )
    for kind, day in told:
        if day is not None and day < today:
            raise PapersExpired.of(kind, day)
    ended = await papers.expired_of(driver, grace_h=grace_h)
    if ended is not None:
        raise PapersExpired.of(ended.kind, ended.expires_on)


def _count_pause(shift: Shift) -> None:
    if shift.paused_at is not None:
        shift.paused_s += int((clock.now() - shift.paused_at).total_seconds())
        shift.paused_at = None


async def _tell(shift: Shift) -> None:
    await outbox.record("shift.changed", shift.pk, {"driver_id": str(shift.driver_id), "state": shift.state.value})
