"""A driver's hours: which stretches of his shifts he stood ready in, and which count for nothing.

A break and a ride for another platform are told apart, and neither counts in what he earns an hour. Each stretch is a
row, so that the hours of any past day can be computed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q

from marketplace import clock
from marketplace.batches import lists_by
from marketplace.deliveries.models import Driver, Shift
from marketplace.deliveries.roster.models import ShiftSpan, SpanKind
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import OFFICERS, Actor, Role, require

#: How long a period of hours may be asked for at once.
LONGEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Hours:
    """Seconds by what was done in them."""

    available: int = 0
    on_break: int = 0
    on_other_platform: int = 0

    @classmethod
    def of(cls, spans: Iterable[ShiftSpan], since: datetime, until: datetime) -> "Hours":
        """The spans' seconds within the period; one that runs counts until `until`. Pure."""
        seconds = dict.fromkeys(SpanKind, 0.0)
        for span in spans:
            ended_at = until if span.ended_at is None else min(span.ended_at, until)
            seconds[span.kind] += max(0.0, (ended_at - max(span.began_at, since)).total_seconds())
        return cls(*(round(seconds[kind]) for kind in SpanKind))


async def available_seconds(driver_ids: Iterable[UUID], since: datetime, until: datetime) -> Mapping[UUID, int]:
    """How long each driver stood ready within the period, in seconds; nothing that is to come. One statement."""
    found = await hours(driver_ids, since, until)
    return {id: hours.available for id, hours in found.items()}


async def hours(driver_ids: Iterable[UUID], since: datetime, until: datetime) -> Mapping[UUID, Hours]:
    """Each driver's hours within the period. One statement."""
    wanted, until = set(driver_ids), min(until, clock.now())
    by_driver: dict[UUID, list[ShiftSpan]] = {id: [] for id in wanted}
    # A span belongs to a shift, and a shift to a day or two: its beginning bounds what the index has to read.
    for span in await ShiftSpan.filter(
        Q(ended_at=None) | Q(ended_at__gt=since),
        driver_id__in=list(wanted),
        began_at__lt=until,
        began_at__gt=since - LONGEST,
    ):
        by_driver[span.driver_id].append(span)
    return {id: Hours.of(spans, since, until) for id, spans in by_driver.items()}


async def hours_of(actor: Actor, driver: Driver, *, since: datetime, until: datetime) -> Hours:
    """A driver's hours, for himself and those who answer for him. Raises Forbidden, Invalid."""
    if actor.account_id != driver.account_id:
        require(actor, *OFFICERS, Role.DISPATCHER, cooperative_id=driver.cooperative_id, hide="driver")
    if not timedelta() < until - since <= LONGEST:
        raise Invalid.field(
            "until", Code.OUT_OF_RANGE, "after since, at most 92 days", "setelah since, paling lama 92 hari"
        )
    return (await hours([driver.pk], since, until))[driver.pk]


async def spans_by_shift(ids: Sequence[UUID]) -> Mapping[UUID, list[ShiftSpan]]:
    """Each shift's spans, in order. One statement."""
    return await lists_by(ShiftSpan, "shift_id", ids, order="began_at")


async def turn(shift: Shift, kind: SpanKind | None, *, at: datetime | None = None) -> None:
    """From now on the driver does `kind`; None: his shift ends. In the caller's transaction, under the shift's lock.

    `at`: when the running span ended, where that is not now.
    """
    now = clock.now()
    last = await ShiftSpan.filter(shift_id=shift.pk, ended_at=None).order_by("-began_at").first()
    if last is not None:
        last.ended_at = max(last.began_at, at or now)
        await last.save(update_fields=["ended_at"])
    if kind is not None:
        await ShiftSpan.create(shift_id=shift.pk, driver_id=shift.driver_id, kind=kind, began_at=now)


async def doing(shift: Shift) -> SpanKind | None:
    """What the driver does now; None for a shift from before spans were kept, or one that ended."""
    last = await ShiftSpan.filter(shift_id=shift.pk, ended_at=None).order_by("-began_at").first()
    return None if last is None else last.kind
