"""Papers that run out: the driver hears of it in time, and photos that nobody needs any more are erased."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import connection, for_update, is_postgres, transaction
from marketplace.deliveries.models import Driver, DriverState
from marketplace.deliveries.roster.models import DriverPaper, PaperKind, PaperState
from marketplace.deliveries.roster.papers import path_of

#: Days before the end at which a driver is told; and once more when it has ended.
DAYS_BEFORE = (30, 7, 1)
BATCH = 200
#: Papers whose day a driver names as he applies, and where that stands on his row.
NAMED_AS_HE_APPLIED = {PaperKind.SIM: "licence_expires_on", PaperKind.INSURANCE: "insurance_expires_on"}
#: How long a photo is kept after its paper was refused, replaced or ran out.
PHOTO_KEPT = timedelta(days=90)


def reminders_due(expires_on: date, today: date) -> int:
    """How many reminders should have been told by now; the last says that it ended. Pure."""
    left = (expires_on - today).days
    return sum(left <= days for days in DAYS_BEFORE) + (left < 0)


async def remind(adapters: Any) -> int:
    """Tell drivers of papers that run out soon, each time once. Bounded: the rest goes the next time."""
    today = clock.now().date()
    for kind, day in NAMED_AS_HE_APPLIED.items():
        await _write_down(kind, day, today + timedelta(days=DAYS_BEFORE[0]))
    due = Q(expires_on__lt=today, reminders__lt=len(DAYS_BEFORE) + 1)
    for told, days in enumerate(DAYS_BEFORE):
        due |= Q(expires_on__lte=today + timedelta(days=days), reminders__lte=told)
    async with transaction():
        found = DriverPaper.filter(due, state=PaperState.APPROVED, replaced_at=None).order_by("id").limit(BATCH)
        rows = await for_update(found)
        for paper in rows:
            paper.reminders = reminders_due(paper.expires_on, today)
            await paper.save(update_fields=["reminders"])
            has_ended = paper.expires_on < today
            event = "driver_paper.expired" if has_ended else "driver_paper.expiring"
            await outbox.record(event, paper.pk, {"driver_id": str(paper.driver_id), "state": paper.state.value})
        return len(rows)


async def _write_down(kind: PaperKind, day: str, until: date) -> None:
    """Of drivers who never showed this paper, but named its day as they applied: write it down when it comes near."""
    mark, value = ("$1", until) if is_postgres() else ("?", until.isoformat())
    found = await connection().execute_query_dict(
        f'SELECT "id" FROM "driver" d WHERE d."state" = \'{DriverState.APPROVED.value}\' AND d."{day}" <= {mark}'
        ' AND NOT EXISTS (SELECT 1 FROM "driver_paper" p WHERE p."driver_id" = d."id"'
        f" AND p.\"kind\" = '{kind.value}' AND p.\"state\" = '{PaperState.APPROVED.value}') LIMIT {BATCH}",
        [value],
    )
    for driver in await rows_by(Driver, "id", [UUID(str(row["id"])) for row in found]):
        expires_on = driver.licence_expires_on if kind is PaperKind.SIM else driver.insurance_expires_on
        if expires_on is not None:
            await DriverPaper.create(
                driver_id=driver.pk,
                account_id=driver.account_id,
                cooperative_id=driver.cooperative_id,
                kind=kind,
                masked_number="",
                expires_on=expires_on,
                state=PaperState.APPROVED,
                decided_by=driver.decided_by,
                decided_at=driver.decided_at,
            )


async def erase_photos(adapters: Any) -> int:
    """Erase photos of papers that were refused, replaced or ran out long ago. Bounded."""
    before = clock.now() - PHOTO_KEPT
    done = Q(state=PaperState.REFUSED, decided_at__lt=before) | Q(replaced_at__lt=before)
    done |= Q(expires_on__lt=before.date())
    rows = await DriverPaper.filter(done, photo_hash__isnull=False).order_by("id").limit(BATCH)
    hashes = [row.photo_hash for row in rows if row.photo_hash]
    await DriverPaper.filter(pk__in=[row.pk for row in rows]).update(photo_hash=None)
    # Rows first: a photo that no row names is only waste, a row that names none would be wrong. The same photo may
    # stand behind another paper.
    kept = {row.photo_hash for row in await DriverPaper.filter(photo_hash__in=hashes)} if hashes else set()
    await asyncio.to_thread(_erase, adapters.settings.folder, [hash for hash in hashes if hash not in kept])
    return len(rows)


def _erase(folder: Any, hashes: Sequence[str]) -> None:
    for hash in hashes:
        path_of(folder, hash).unlink(missing_ok=True)
