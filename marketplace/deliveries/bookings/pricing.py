"""What a booked job's price is made of as it stands, and what it comes to when a drop is taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from marketplace.batches import lists_by, rows_by
from marketplace.database import locked_one
from marketplace.deliveries.bookings.fares import FareQuote, fare_along
from marketplace.deliveries.bookings.models import JobPrice, PickupWindow, Supplement
from marketplace.deliveries.lifecycle import DropState
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.pricing import Goods, Way
from marketplace.tariffs.rules import (
    DistanceSource,
    InForce,
    PriceLine,
    PriceLineKind,
    PriceUnit,
    line_of,
    make_line,
    road_distance_m,
)
from marketplace.tariffs.zones import Point


@dataclass(frozen=True, slots=True)
class Repriced:
    """What a job comes to without some of its drops: its price with supplements, and the drops that are left."""

    price: int
    fare: FareQuote
    drops: tuple[Drop, ...]


async def prices_by_job(ids: Sequence[UUID]) -> Mapping[UUID, JobPrice]:
    """How the price of each of these jobs came about. One statement."""
    return {row.pk: row for row in await rows_by(JobPrice, "id", ids)}


async def windows_by_job(ids: Sequence[UUID]) -> Mapping[UUID, PickupWindow]:
    """When each of these jobs is to be picked up, where that was said. One statement."""
    return {row.pk: row for row in await rows_by(PickupWindow, "id", ids)}


async def supplements_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[Supplement]]:
    """The supplements of each of these jobs, those taken away too, in order. One statement."""
    return await lists_by(Supplement, "job_id", ids)


def lines_of(job: DeliveryJob, price: JobPrice, supplements: Sequence[Supplement]) -> list[PriceLine]:
    """The lines that sum to the job's price: its tariff's, the supplements, and what failed drops took off. Pure."""
    lines = [line_of(line) for line in price.lines]
    lines += [
        make_line(PriceLineKind.SUPPLEMENT, 1, row.amount, PriceUnit.DELIVERY, row.name)
        for row in supplements
        if row.removed_at is None
    ]
    rest = job.price - sum(line.amount for line in lines)
    if rest:
        lines.append(make_line(PriceLineKind.FAILED_DROPS, 1, rest, PriceUnit.DELIVERY))
    return lines


async def without(job: DeliveryJob, drops: Sequence[Drop], gone: Drop) -> Repriced | None:
    """The locked job without this drop, by the tariff's version that priced it; supplements stay.

    None for a job without a reckoning (of an earlier release), or when no drop is left. In the caller's transaction:
    a leg that is new is estimated, and never longer than the two that it takes the place of.
    """
    kept = [drop for drop in drops if drop is not gone and drop.state is not DropState.CANCELLED]
    price = await locked_one(JobPrice, job.pk)
    if price is None or not kept:
        return None
    tariff = await tariffs.tariff_by_id(price.tariff_id)
    way = _way_left(job, drops, kept, tariff, price)
    stops = [Point(job.pickup_lat, job.pickup_lon), *(Point(drop.lat, drop.lon) for drop in kept)]
    goods = Goods(job.weight_g, price.litres, None if job.vehicle is None else job.vehicle.value)
    was_raining = any(line["kind"] == PriceLineKind.RAIN for line in price.lines)
    rain_until = price.priced_at + timedelta(seconds=1) if was_raining else None
    as_it_was = replace(tariff, rain_until=rain_until)
    fare = fare_along(as_it_was, stops, way, goods, at=price.priced_at, region_of=tariffs.region_of)
    price.lines = [line.as_json() for line in fare.reckoned.lines]
    price.distance_is, price.zones = way.source, list(fare.reckoned.zones)
    await price.save(update_fields=["lines", "distance_is", "zones"])
    supplements = (await supplements_by_job([job.pk]))[job.pk]
    added = sum(row.amount for row in supplements if row.removed_at is None)
    return Repriced(max(0, fare.price + added), fare, tuple(kept))


def _way_left(job: DeliveryJob, drops: Sequence[Drop], kept: Sequence[Drop], tariff: InForce, price: JobPrice) -> Way:
    """The legs to the drops that are left: as they were, and one in place of those around what was taken out."""
    legs, since, is_new = [], 0, False
    last = Point(job.pickup_lat, job.pickup_lon)
    for drop in sorted(drops, key=lambda one: one.position):
        if drop.state is DropState.CANCELLED:
            continue  # its way went to the drop after it when it was taken out
        since += drop.distance_m
        if drop not in kept:
            continue
        here = Point(drop.lat, drop.lon)
        if since != drop.distance_m:
            is_new = True
            since = min(since, road_distance_m(last, here, tariff.terms))
        legs.append(since)
        last, since = here, 0
    return Way(tuple(legs), DistanceSource.ESTIMATED if is_new else price.distance_is)
