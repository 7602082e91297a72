"""The story: four shops of two co-ops, from the first search to settled debts between the co-ops."""

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.demo import words
from tests.demo.client import key
from tests.demo.town import ADDRESS, BUYER_PLACE, Town

AT_ONCE = 8


def rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


@dataclass
class Tally:
    orders: int = 0
    delivered: int = 0
    cancelled: int = 0
    returned: int = 0
    settled_rp: int = 0


def tell(sentence: str) -> None:
    print(sentence, flush=True)


async def tell_everything(town: Town, crowd: int) -> Tally:
    tally = Tally()
    await find(town)
    await first_orders(town, tally)
    await cancelled(town, tally)
    await returned(town, tally)
    await crowd_orders(town, tally, crowd)
    await settle(town, tally)
    await show_books(town)
    return tally


async def find(town: Town) -> None:
    buyer = town.buyers[0]
    for text in ("nasi goreng", "nasgor", "kopi sus"):
        for _ in range(100):
            found = await buyer.say(words.FIND, text=text, near=BUYER_PLACE)
            if found["nodes"]:
                break
            await asyncio.sleep(0.1)
        first = found["nodes"][0]
        tell(
            f"Ayu searches '{text}': {found['total']} found, the first is {first['title']} at "
            f"{first['seller']['name']}, {rupiah(first['price']['least'])}."
        )


async def first_orders(town: Town, tally: Tally) -> None:
    """One order at each shop, online and cash in turn; the first is watched over a WebSocket."""
    for number, shop in enumerate(town.shops):
        buyer, method = town.buyers[0], "ONLINE" if number % 2 == 0 else "CASH"
        line = {"variantId": shop.goods[0][0], "quantity": 2}
        quote = await buyer.say(words.QUOTE, input={"lines": [line], "address": ADDRESS})
        part = quote["parts"][0]
        tell(
            f"{shop.name}: goods {rupiah(part['goods'])}, carrying {part['distance']} m for "
            f"{rupiah(part['delivery'])}: {rupiah(quote['total'])} in all."
        )
        order = await town.order(buyer, shop, method, quantity=2)
        tally.orders += 1
        sub_order = order["subOrders"][0]["id"]
        if number == 0:
            async with buyer.listen(words.WATCH, id=order["id"]) as messages:
                driver = await town.deliver(shop, buyer, sub_order)
                states = await states_until(messages, "DELIVERED")
            tell("  On her phone Ayu sees: " + " → ".join(states))
        else:
            driver = await town.deliver(shop, buyer, sub_order)
        tally.delivered += 1
        seen = await buyer.say(words.SUB_ORDER, id=sub_order)
        shares = ", ".join(f"{s['party']['kind'].lower()} {rupiah(s['amount'])}" for s in seen["split"])
        assert sum(share["amount"] for share in seen["split"]) == seen["total"], (
            "the shares must sum to what was paid"
        )
        tell(f"  Paid {method.lower()}, carried by {driver.name}: {shares}.")


async def states_until(messages: Any, last: str) -> list[str]:
    states: list[str] = []
    async with asyncio.timeout(30):
        async for message in messages:
            state = message["orderChanged"]["order"]["subOrders"][0]["state"]
            if not states or states[-1] != state:
                states.append(state)
            if state == last:
                break
    return states


async def cancelled(town: Town, tally: Tally) -> None:
    buyer, shop = town.buyers[1], town.shops[0]
    order = await town.order(buyer, shop, "ONLINE")
    tally.orders += 1
    sub_order = order["subOrders"][0]["id"]
    await buyer.say(words.CANCEL, input={"idempotencyKey": key(), "subOrderId": sub_order, "reason": "Salah pesan"})
    for _ in range(300):
        seen = await buyer.say(words.SUB_ORDER, id=sub_order)
        if seen["refunded"] == seen["total"]:
            break
        await asyncio.sleep(0.1)
    assert seen["refunded"] == seen["total"], seen
    tally.cancelled += 1
    tell(f"One order is cancelled before the kitchen begins: {rupiah(seen['refunded'])} goes back to the buyer.")


async def returned(town: Town, tally: Tally) -> None:
    buyer, shop = town.buyers[2], town.shops[1]
    order = await town.order(buyer, shop, "ONLINE")
    tally.orders += 1
    sub_order = order["subOrders"][0]["id"]
    await town.accept(shop, sub_order)
    await town.ready(shop, sub_order)
    job_id = await town.job_of(buyer, sub_order)
    driver = town.drivers[0]
    await town.claim(driver, job_id)
    await town.pick_up(driver, shop, job_id, sub_order)
    await driver.say(words.FAIL, input={"idempotencyKey": key(), "jobId": job_id, "code": "NOBODY_HOME"})
    pin = (await shop.phone.say(words.RETURN_PIN, id=job_id))["pickup"]["returnPin"]
    await driver.say(words.BRING_BACK, input={"idempotencyKey": key(), "jobId": job_id, "pin": pin})
    tally.returned += 1
    tell("One door stays shut: the driver brings the food back and the shop takes it by its PIN.")


async def crowd_orders(town: Town, tally: Tally, crowd: int) -> None:
    """So many more orders placed at the same time, all delivered."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        buyer, shop = town.buyers[number % len(town.buyers)], town.shops[number % len(town.shops)]
        order = await town.order(buyer, shop, "CASH" if number % 3 == 0 else "ONLINE", goods=number)
        tally.orders += 1
        async with gate:
            await town.deliver(shop, buyer, order["subOrders"][0]["id"])
        tally.delivered += 1

    await asyncio.gather(*(one(number) for number in range(crowd)))
    tell(f"{crowd} more orders come at once; all are delivered.")


async def settle(town: Town, tally: Tally) -> None:
    """The operator closes the window, the treasurers approve, pay and confirm."""
    found = await town.operator.say(words.WINDOWS, slug=town.slugs["DRV"])
    window = await town.operator.say(
        words.CLOSE, input={"idempotencyKey": key(), "windowId": found["windows"]["nodes"][0]["id"]}
    )
    positions = ", ".join(f"{p['cooperative']['code']} {p['amount']:+,}" for p in window["positions"])
    tell(f"The window is closed: {rupiah(window['grossTotal'])} owed, {rupiah(window['netTotal'])} after netting.")
    tell(f"  Positions: {positions}.")
    assert sum(p["amount"] for p in window["positions"]) == 0, "positions must sum to zero"
    codes = {p["payer"]["code"]: p["payer"]["id"] for p in window["payments"]}
    codes |= {p["payee"]["code"]: p["payee"]["id"] for p in window["payments"]}
    for code, id in codes.items():
        await town.treasurers[code].say(
            words.APPROVE, input={"idempotencyKey": key(), "windowId": window["id"], "cooperativeId": id}
        )
    for payment in window["payments"]:
        payer, payee = payment["payer"]["code"], payment["payee"]["code"]
        await town.treasurers[payer].say(
            words.RECORD_PAYMENT,
            input={"idempotencyKey": key(), "paymentId": payment["id"], "bankReference": f"TRF-{payer}-{payee}"},
        )
        window = await town.treasurers[payee].say(
            words.CONFIRM_PAYMENT, input={"idempotencyKey": key(), "paymentId": payment["id"]}
        )
        tally.settled_rp += payment["amount"]
        tell(f"  {payer} pays {payee} {rupiah(payment['amount'])}; {payee} confirms.")
    assert window["state"] == "SETTLED", window["state"]


async def show_books(town: Town) -> None:
    for code, slug in town.slugs.items():
        seen = await town.treasurers[code].say(words.BOOK, slug=slug)
        balance = seen["book"]["trialBalance"]
        assert balance["debits"] == balance["credits"], f"{code}: the book does not balance"
        tell(f"{seen['name']}: {rupiah(balance['debits'])} debit = {rupiah(balance['credits'])} credit")
        totals: dict[str, int] = {}
        for line in balance["lines"]:
            totals[line["title"]] = totals.get(line["title"], 0) + line["balance"]
        for title, amount in totals.items():
            if amount:
                tell(f"    {title:<44} {amount:>14,}")
