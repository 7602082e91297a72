"""A town at work: buyers order, sellers cook, drivers deliver, and each acknowledgement is remembered."""

import asyncio

from tests.demo import words
from tests.demo.client import Phone, Refused, key
from tests.demo.town import Shop, Town

#: The longest way from paid to delivered.
STEPS = 12
PAID = frozenset({"PAID", "CASH_AGREED", "ACCEPTED", "PREPARING", "READY", "COLLECTED", "DELIVERED", "CLOSED"})
DELIVERED = frozenset({"DELIVERED", "CLOSED"})
#: Jobs that no driver has to do with any more.
OVER = frozenset({"DELIVERED", "RETURNED", "CANCELLED"})


class Load:
    """Buyers who order, sellers who cook and drivers who deliver, until the lights go out."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.acknowledged: dict[str, frozenset[str]] = {}  # sub-order id -> states it may be in from now on
        self.parties: dict[str, tuple[Shop, Phone]] = {}

    async def one(self, number: int) -> None:
        town = self.town
        buyer, shop = town.buyers[number % len(town.buyers)], town.shops[number % len(town.shops)]
        order = await town.order(buyer, shop, "CASH" if number % 3 == 0 else "ONLINE", goods=number)
        sub_order = order["subOrders"][0]["id"]
        self.acknowledged[sub_order] = PAID
        self.parties[sub_order] = (shop, buyer)
        await town.deliver(shop, buyer, sub_order)
        self.acknowledged[sub_order] = DELIVERED

    async def keep_on(self, worker: int) -> None:
        number = worker
        while True:
            try:
                await self.one(number)
            except Refused:
                await asyncio.sleep(0.05)
            number += 4


async def nothing_is_lost(load: Load) -> None:
    buyers = load.town.buyers
    for sub_order, states in load.acknowledged.items():
        seen = None
        for buyer in buyers:
            seen = seen or (await buyer.ask(words.SUB_ORDER, id=sub_order))["data"]["node"]
        assert seen is not None, f"{sub_order} was acknowledged and is gone"
        assert seen["state"] in states, (sub_order, seen["state"])


async def what_was_under_way_is_brought_to_its_end(load: Load) -> None:
    """After the light is back everyone goes on where he stood, and every order is delivered."""
    load.town.refill_drivers()
    for sub_order, states in load.acknowledged.items():
        if states == PAID:
            await carry_on(load, sub_order)
            load.acknowledged[sub_order] = DELIVERED
    await cash_is_handed_in(load.town)


async def cash_is_handed_in(town: Town) -> None:
    """Drivers bring what they hold to their co-op's counter, else their limits are full after some rounds.

    Who still carries something is on the road; what he is about to collect counts as in his hands already.
    """
    counter = town.treasurers["DRV"]
    for driver in town.drivers:
        driving = (await driver.say(words.DRIVING))["driving"]
        is_back = all(job["state"] in OVER for job in driving["jobs"]["nodes"])
        if is_back and (held := driving["cashInHand"]):
            brought = {"idempotencyKey": key(), "driverId": driving["id"], "amount": held}
            await counter.say(words.HAND_IN, input=brought)


async def carry_on(load: Load, sub_order: str) -> None:
    town, (shop, buyer) = load.town, load.parties[sub_order]
    for _ in range(STEPS):
        seen = await buyer.say(words.SUB_ORDER, id=sub_order)
        if seen["state"] in DELIVERED:
            return
        if seen["state"] in ("PAID", "CASH_AGREED"):
            await town.accept(shop, sub_order)
        elif seen["state"] in ("ACCEPTED", "PREPARING"):
            await town.ready(shop, sub_order)
        else:
            job_id = await town.job_of(buyer, sub_order)
            await a_driver_goes_on(town, shop, buyer, job_id, sub_order)
    raise AssertionError(f"{sub_order} was not delivered: {seen}")


async def a_driver_goes_on(town: Town, shop: Shop, buyer: Phone, job_id: str, sub_order: str) -> None:
    """Whoever holds the job takes its next step; an open one is claimed by whoever may."""
    refused = []
    for driver in town.drivers:
        try:
            await next_step(town, driver, shop, buyer, job_id, sub_order)
        except Refused as no:
            refused.append(no.code)
        else:
            return
    raise AssertionError(f"nobody could go on with {job_id}: {refused}")


async def next_step(town: Town, driver: Phone, shop: Shop, buyer: Phone, job_id: str, sub_order: str) -> None:
    seen = await shop.phone.say(words.JOB_STATE, id=job_id)
    job = {"idempotencyKey": key(), "jobId": job_id}
    match seen["state"]:
        case "OPEN":
            await town.claim(driver, job_id)
        case "ASSIGNED":
            await driver.say(words.ARRIVE, input=job)
        case "AT_PICKUP":
            pin = (await shop.phone.say(words.PICKUP_PIN, id=sub_order))["pickupPin"]
            await driver.say(words.PICK_UP, input={**job, "pin": pin})
        case "CARRYING":
            await driver.say(words.ARRIVE_AT_DROP, input=job)
        case _:
            await town.hand_over(driver, buyer, job_id, sub_order)
