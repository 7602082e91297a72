"""What a replayed day came to, in figures. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from marketplace.deliveries.dispatch.equity import Earned, hourly_gini
from marketplace.deliveries.dispatch.replay.days import Day, Outcome


@dataclass(frozen=True, slots=True)
class Figures:
    """One day under one policy. Minutes to two decimals; shares and the Gini to four; rupiah whole."""

    orders: int
    delivered: int
    couriers: int
    click_to_door: float
    click_to_door_p90: float
    ready_to_pickup: float
    ready_to_pickup_p90: float
    ready_to_door: float
    ready_to_door_p90: float
    courier_use: float
    """Of the couriers' hours, the part in which they were under way for a job."""
    bundled: float
    """Of what was delivered, the part that rode with another order."""
    metres_an_order: int
    gini: float
    """Of earnings an hour on shift, everybody counted, also who had no job."""
    hourly: int
    """Mean rupiah an hour on shift, over couriers."""
    hourly_median: int
    without_job: int

    @property
    def share_delivered(self) -> float:
        return round(self.delivered / self.orders, 4) if self.orders else 0.0


def measure(day: Day, outcome: Outcome) -> Figures:
    """The day's figures."""
    trips = [(day.orders[trip.order], trip) for trip in outcome.trips]
    earned = [0] * len(day.couriers)
    for order, trip in trips:
        earned[trip.courier] += order.pay
    records = [Earned(amount, each.available_s) for amount, each in zip(earned, day.couriers, strict=True)]
    rates = [record.amount * 3_600 / record.available_s for record in records if record.available_s]
    to_door = [trip.door_s - order.placed_s for order, trip in trips]
    to_pickup = [trip.picked_s - order.ready_s for order, trip in trips]
    from_ready = [trip.door_s - order.ready_s for order, trip in trips]
    on_shift = sum(courier.available_s for courier in day.couriers)
    return Figures(
        orders=len(day.orders),
        delivered=len(trips),
        couriers=len(day.couriers),
        click_to_door=_minutes(_mean(to_door)),
        click_to_door_p90=_minutes(percentile(to_door, 90)),
        ready_to_pickup=_minutes(_mean(to_pickup)),
        ready_to_pickup_p90=_minutes(percentile(to_pickup, 90)),
        ready_to_door=_minutes(_mean(from_ready)),
        ready_to_door_p90=_minutes(percentile(from_ready, 90)),
        courier_use=_part(sum(outcome.busy_s), on_shift),
        bundled=_part(sum(trip.is_bundled for _, trip in trips), len(trips)),
        metres_an_order=outcome.ridden_m // len(trips) if trips else 0,
        gini=round(hourly_gini(records), 4),
        hourly=round(_mean(rates)),
        hourly_median=round(median(rates)) if rates else 0,
        without_job=sum(not amount for amount in earned),
    )


def percentile(values: Sequence[int], part: int) -> int:
    """The smallest value that `part` percent of all do not exceed (nearest rank); 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * part / 100) - 1)] if ordered else 0


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 2)


def _part(some: float, all_of_them: float) -> float:
    return round(some / all_of_them, 4) if all_of_them else 0.0
