"""The papers that a driver rides with: shown, looked at by his co-op's officers, and minded before they run out.

A photo is looked into and encoded anew, kept apart from all that is public, and given to him and his officers only.
"""

import asyncio
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from catalog import images
from marketplace import clock, outbox
from marketplace.batches import lists_by, rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.models import Driver
from marketplace.deliveries.roster.models import DriverPaper, DriverVehicle, PaperKind, PaperState
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.paging import Page, page_by_id

FOLDER = "papers"
#: Papers of one driver that wait for a photo or an officer at once.
MOST_OPEN = 20
LAST_SIGNS = 4
LONGEST = timedelta(days=366 * 25)
#: Papers that a co-op may let count a little longer while a driver is on shift; licence and insurance never.
GRACED = frozenset({PaperKind.STNK, PaperKind.HEALTH})
OPEN = (PaperState.INCOMPLETE, PaperState.SUBMITTED)


class TooManyPapers(MarketplaceError):
    """You have {limit} papers that nobody has decided on yet: wait for the officers."""

    code = Code.TOO_MANY
    pesan = "Ada {limit} dokumen Anda yang belum diputuskan: tunggu pengurus."


class PaperDecided(MarketplaceError):
    """This paper is {state}: submit it anew."""

    code = Code.WRONG_STATE
    pesan = "Dokumen ini berstatus {state}: ajukan yang baru."


def masked(number: str) -> str:
    """The number with all but its last signs covered: `••••••1234`."""
    covered = max(len(number) - LAST_SIGNS, 4)
    return "•" * covered + number[-min(LAST_SIGNS, max(len(number) - 4, 0)) :] if len(number) > 4 else "•" * 4


async def papers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, DriverPaper]:
    """The papers with these ids. One statement."""
    return {row.pk: row for row in await rows_by(DriverPaper, "id", ids)}


async def papers_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, list[DriverPaper]]:
    """Each driver's papers but those that were replaced, newest first. One statement."""
    rows = await lists_by(DriverPaper, "driver_id", ids, order="-id")
    return {id: [row for row in rows[id] if row.replaced_at is None] for id in rows}


async def papers_to_check(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[DriverPaper]:
    """Papers that wait for an officer, newest first; officers only. Raises Forbidden."""
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    found = DriverPaper.filter(cooperative_id=cooperative_id, state=PaperState.SUBMITTED)
    return await page_by_id(found, first=first, after=after)


async def submit_paper(
    actor: Actor, *, kind: PaperKind, number: str, expires_on: date, vehicle_id: UUID | None, key: str
) -> DriverPaper:
    """A driver, or who applied as one, names a paper; its photo follows by HTTP and puts it before the officers.

    An STNK is of a vehicle of his. Raises NotFound, Invalid, TooManyPapers.
    """
    account_id, today = signed_in(actor), clock.now().date()
    number = "".join(number.split())
    if not 4 <= len(number) <= 40 or not number.isprintable():
        raise Invalid.field("number", Code.OUT_OF_RANGE, "4 to 40 characters", "4 sampai 40 huruf")
    if not today <= expires_on <= today + LONGEST:
        raise Invalid.field("expiresOn", Code.EXPIRED, "today or later", "hari ini atau sesudahnya")
    if (kind is PaperKind.STNK) != (vehicle_id is not None):
        raise Invalid.field("vehicleId", Code.REQUIRED, "of an STNK, and only there", "untuk STNK saja")
    driver = await Driver.get_or_none(account_id=account_id)
    if driver is None:
        raise NotFound("driver")
    async with transaction():
        await locked_one(Driver, driver.pk)
        paper_id = new_id()
        asked = [kind, number, expires_on, vehicle_id]
        earlier = await once(account_id, "submitPaper", key, asked, paper_id)
        if earlier is not None:
            return await DriverPaper.get(pk=earlier)
        if vehicle_id is not None and not await DriverVehicle.exists(pk=vehicle_id, driver_id=driver.pk):
            raise NotFound("vehicle")
        if await DriverPaper.filter(driver_id=driver.pk, state__in=list(OPEN)).count() >= MOST_OPEN:
            raise TooManyPapers(limit=MOST_OPEN)
        return await DriverPaper.create(
            id=paper_id,
            driver_id=driver.pk,
            account_id=account_id,
            cooperative_id=driver.cooperative_id,
            kind=kind,
            vehicle_id=vehicle_id,
            masked_number=masked(number),
            expires_on=expires_on,
        )


async def add_photo(actor: Actor, *, paper_id: UUID, content: bytes, folder: Path) -> DriverPaper:
    """Keep the paper's photo and put it before the officers; another one takes its place until they decide.

    Raises NotFound, PaperDecided, NotAPicture, PictureOutOfBounds.
    """
    account_id = signed_in(actor)
    if not await DriverPaper.exists(pk=paper_id, account_id=account_id):
        raise NotFound("paper")
    picture = await asyncio.to_thread(images.read, content)
    # The file first: a row without its file would be a promise not kept.
    await asyncio.to_thread(_keep, folder, picture)
    async with transaction():
        paper = await locked_one(DriverPaper, paper_id)
        if paper is None:
            raise NotFound("paper")
        if paper.state not in OPEN:
            raise PaperDecided(state=paper.state.value)
        is_new = paper.state is PaperState.INCOMPLETE
        paper.photo_hash, paper.state = picture.hash, PaperState.SUBMITTED
        await paper.save(update_fields=["photo_hash", "state"])
        if is_new:
            await _tell(paper, "driver_paper.submitted")
        return paper


async def read_photo(actor: Actor, paper_id: UUID, folder: Path) -> Path:
    """The photo's file, for its driver and his officers. Raises NotFound."""
    paper = await DriverPaper.get_or_none(pk=paper_id)
    if paper is None or paper.photo_hash is None or not _may_see(actor, paper):
        raise NotFound("paper")
    path = path_of(folder, paper.photo_hash)
    if not path.is_file():
        raise NotFound("paper")
    return path


async def approve_paper(actor: Actor, *, paper_id: UUID, key: str) -> DriverPaper:
    """An officer has looked at it: from now on its day counts, and the one before it no more.

    Raises NotFound, PaperDecided.
    """
    account_id = signed_in(actor)
    async with transaction():
        paper, driver = await _for_officer(actor, paper_id)
        if await once(account_id, "approvePaper", key, [paper_id], paper_id) is not None:
            return paper
        _check_open(paper)
        same = DriverPaper.filter(driver_id=paper.driver_id, kind=paper.kind, vehicle_id=paper.vehicle_id)
        earlier = same.filter(state=PaperState.APPROVED, replaced_at=None)
        await earlier.update(replaced_at=clock.now())
        await _decide(paper, PaperState.APPROVED, account_id, None)
        if paper.kind is PaperKind.SIM:
            driver.licence_expires_on = paper.expires_on
        elif paper.kind is PaperKind.INSURANCE:
            driver.insurance_expires_on = paper.expires_on
        await driver.save(update_fields=["licence_expires_on", "insurance_expires_on"])
        return paper


async def refuse_paper(actor: Actor, *, paper_id: UUID, reason: str, key: str) -> DriverPaper:
    """An officer declines it, with a reason that the driver reads. Raises NotFound, PaperDecided, Invalid."""
    account_id, reason = signed_in(actor), reason.strip()
    if not 1 <= len(reason) <= 300:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    async with transaction():
        paper, _ = await _for_officer(actor, paper_id)
        if await once(account_id, "refusePaper", key, [paper_id, reason], paper_id) is None:
            _check_open(paper)
            await _decide(paper, PaperState.REFUSED, account_id, reason)
        return paper


def has_lapsed(expires_on: date, now: datetime, *, grace_h: int = 0) -> bool:
    """Whether a paper's last day is over, and the hours after it as well in which it is let count. Pure."""
    return earliest_last_day(now, grace_h=grace_h) > expires_on


def earliest_last_day(now: datetime, *, grace_h: int = 0) -> date:
    """Papers whose last day was before this one have lapsed (`has_lapsed`). Pure."""
    return (now - timedelta(hours=grace_h)).date()


async def expired_of(driver: Driver, *, grace_h: int = 0) -> DriverPaper | None:
    """A paper that ran out and keeps the driver from jobs: his own, or of the vehicle that he rides.

    `grace_h`: hours for which those of `GRACED` still count.
    """
    now = clock.now()
    rows = DriverPaper.filter(driver_id=driver.pk, state=PaperState.APPROVED, replaced_at=None)
    for paper in await rows.filter(expires_on__lt=now.date()).order_by("id"):
        if not has_lapsed(paper.expires_on, now, grace_h=grace_h if paper.kind in GRACED else 0):
            continue
        if paper.vehicle_id is None or await DriverVehicle.exists(pk=paper.vehicle_id, ridden_since__isnull=False):
            return paper
    return None


def path_of(folder: Path, hash: str) -> Path:
    """Where a photo lies below the node's folder."""
    return folder / FOLDER / hash[:2] / f"{hash}.webp"


def _keep(folder: Path, picture: images.Picture) -> None:
    """Write the photo whole or not at all."""
    path = path_of(folder, picture.hash)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{picture.hash}.{new_id()}")
    with draft.open("wb") as file:
        file.write(next(iter(picture.files.values())))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


async def _for_officer(actor: Actor, paper_id: UUID) -> tuple[DriverPaper, Driver]:
    seen = await DriverPaper.get_or_none(pk=paper_id)
    if seen is None:
        raise NotFound("paper")
    require(actor, *OFFICERS, cooperative_id=seen.cooperative_id, hide="paper")
    driver, paper = await locked_one(Driver, seen.driver_id), await locked_one(DriverPaper, paper_id)
    if driver is None or paper is None or paper.account_id == actor.account_id:
        raise NotFound("paper")  # nobody looks at his own
    return paper, driver


def _check_open(paper: DriverPaper) -> None:
    if paper.state is not PaperState.SUBMITTED:
        raise PaperDecided(state=paper.state.value)


async def _decide(paper: DriverPaper, state: PaperState, by: UUID, reason: str | None) -> None:
    paper.state, paper.decided_by, paper.decided_at, paper.reason = state, by, clock.now(), reason
    await paper.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    await _tell(paper, "driver_paper.decided")


async def _tell(paper: DriverPaper, event: str) -> None:
    await outbox.record(event, paper.pk, {"driver_id": str(paper.driver_id), "state": paper.state.value})


def _may_see(actor: Actor, paper: DriverPaper) -> bool:
    is_his = actor.account_id is not None and actor.account_id == paper.account_id
    return is_his or actor.holds(*OFFICERS, cooperative_id=paper.cooperative_id)
