"""What docs/dispatch.md claims of the policies, on days made up by a seed with the load of quiet recorded ones."""

from collections.abc import Mapping
from functools import cache
from statistics import fmean

import pytest

from marketplace.deliveries.dispatch.replay.days import Terms
from marketplace.deliveries.dispatch.replay.measures import Figures, measure
from marketplace.deliveries.dispatch.replay.trying import POLICIES, run
from tests.deliveries.dispatch.towns import town

QUIET = range(4)


@cache
def tried(seed: int, orders: int = 180, couriers: int = 50) -> Mapping[str, Figures]:
    day = town(seed, orders=orders, couriers=couriers)
    return {name: measure(day, run(day, POLICIES[name], Terms())) for name in ("nearest", "fair", "batch")}


def test_these_days_are_quiet() -> None:
    assert all(1.0 < town(seed, orders=180, couriers=50).load < 1.4 for seed in QUIET)


@pytest.mark.parametrize("seed", QUIET)
def test_fair_spreads_earnings_and_costs_buyers_next_to_nothing(seed: int) -> None:
    nearest, fair = tried(seed)["nearest"], tried(seed)["fair"]
    assert fair.gini < 0.75 * nearest.gini
    assert fair.click_to_door < 1.05 * nearest.click_to_door
    assert fair.delivered >= nearest.delivered
    assert fair.without_job <= nearest.without_job


def test_fair_takes_a_third_of_the_gap_at_least() -> None:
    before, after = (fmean(tried(seed)[name].gini for seed in QUIET) for name in ("nearest", "fair"))
    assert after < 0.67 * before


@pytest.mark.parametrize(("seed", "orders"), [*((seed, 180) for seed in QUIET), (0, 300)])
def test_a_batch_is_sooner_at_every_door(seed: int, orders: int) -> None:
    nearest, batch = tried(seed, orders)["nearest"], tried(seed, orders)["batch"]
    assert batch.click_to_door < nearest.click_to_door
    assert batch.click_to_door_p90 < nearest.click_to_door_p90
    assert batch.delivered >= nearest.delivered
