"""Days made up by a seed, in the shape of recorded ones: few shops near the middle, doors all around, one peak."""

import random

from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order, Place

#: What a ride is worth in the claims that are tested: as docs/dispatch.md says.
BASE, A_METRE = 5_000, 2


def town(seed: int, *, orders: int = 160, couriers: int = 40, shops: int = 25) -> Day:
    """Eight hours; `orders` over `couriers` makes the load, as shifts last two to four hours."""
    dice = random.Random(seed)
    places = [_around(dice, 1_800) for _ in range(shops)]
    made = [_order(dice, number, places) for number in range(orders)]
    return Day(f"town-{seed}", tuple(made), tuple(_courier(dice, number) for number in range(couriers)))


def _order(dice: random.Random, number: int, shops: list[Place]) -> Order:
    pickup = shops[min(int(dice.expovariate(1 / 6)), len(shops) - 1)]
    drop = pickup[0] + round(dice.gauss(0, 1_700)), pickup[1] + round(dice.gauss(0, 1_700))
    placed = _moment(dice)
    ready = placed + 60 * dice.randint(8, 30)
    ride = round(((pickup[0] - drop[0]) ** 2 + (pickup[1] - drop[1]) ** 2) ** 0.5)
    return Order(f"o{number}", pickup, drop, placed, ready, BASE + A_METRE * ride)


def _courier(dice: random.Random, number: int) -> Courier:
    on = max(0, _moment(dice) - 60 * dice.randint(30, 90))
    return Courier(f"c{number}", _around(dice, 2_500), on, on + 1_800 * dice.randint(4, 8))


def _moment(dice: random.Random) -> int:
    """Towards the middle of the day, most of all."""
    return min(7 * 3_600, max(0, round(dice.gauss(4 * 3_600, 5_000))))


def _around(dice: random.Random, spread: float) -> Place:
    return round(dice.gauss(5_000, spread)), round(dice.gauss(5_000, spread))
