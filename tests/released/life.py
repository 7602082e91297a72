"""What a node lives through before its database is kept: as many tables filled, in as many states, as there are."""

import asyncio
import json
from typing import Any

from tests.demo import words
from tests.demo.client import Phone, Refused, key, last_code
from tests.demo.story import tell_everything
from tests.demo.town import Town
from tests.docs import pages

CROWD = 8
STEPS = ("accepted", "ready", "claimed", "collected", "failed")
PURSE = "{ viewer { driving { id cashInHand earningsDue } } }"
SET_OFF = words.step("setOffCash", "DriverCashInput", "... on CashReceipt { id }")
HAND_IN = words.step("handInCash", "DriverCashInput", "... on CashReceipt { id }")
#: The worker answers in the background: an example that needs its work is tried again so often.
TRIES, PAUSE_S = 15, 0.2


async def live(town: Town) -> None:
    """The demo's story, cash handed in, what the pages of docs/api/ show, then orders left where they stand."""
    await town.sign_everyone_in()
    await tell_everything(town, CROWD)
    await hand_cash_in(town)
    for page in pages.PAGES:
        done, why = await follow_page(town, page)
        print(f"docs/api/{page}: {done} examples{why}")
    await leave_orders(town)


async def hand_cash_in(town: Town) -> None:
    """Every driver keeps what he earned of the cash that he holds, and hands the rest in."""
    for driver in town.drivers:
        seen = (await driver.say(PURSE))["driving"]
        kept = min(seen["cashInHand"], seen["earningsDue"])
        for amount, document, phone in (
            (kept, SET_OFF, driver),
            (seen["cashInHand"] - kept, HAND_IN, town.treasurers["DRV"]),
        ):
            if amount:
                cash = {"idempotencyKey": key(), "driverId": seen["id"], "amount": amount}
                await phone.say(document, input=cash)


async def follow_page(town: Town, page: str) -> tuple[int, str]:
    """The page's examples until one is refused: each page is written for a town of its own, this one is shared."""
    phones = {word: Phone(town.http, town.node.base, number, word) for word, number in pages.people().items()}
    for phone in phones.values():
        await phone.sign_in(town.node.codes)
    phones["nobody"] = Phone(town.http, town.node.base, "", "nobody")
    known: dict[str, Any] = {}
    done = 0
    for example in pages.examples(page):
        if example.document.lstrip().startswith("subscription"):
            continue
        phone = phones.get(example.who) or Phone(town.http, town.node.base, "", "by a key")
        if example.who not in phones:
            phone.token = known.get(example.who)
        code = last_code(town.node.codes, phones["buyer"].number)
        try:
            variables = pages.filled(example.variables, {**known, "code": code})
            await followed(phone, example, variables, known)
        except (Refused, LookupError, TypeError) as no:
            return done, f", up to line {example.line}: {type(no).__name__} {str(no)[:100]}"
        done += 1
    return done, ""


async def followed(phone: Phone, example: pages.Example, variables: Any, known: dict[str, Any]) -> None:
    for left in reversed(range(TRIES)):
        try:
            answer = await phone.ask(example.document, **variables)
            refuse(answer, example)
            saved = {name: pages.follow(way, answer["data"]) for name, way in example.save.items()}
        except (Refused, LookupError, TypeError):
            if not left:
                raise
            await asyncio.sleep(PAUSE_S)
        else:
            known.update(saved)
            return


def refuse(answer: Any, example: pages.Example) -> None:
    """Raise what the answer refuses, unless the page means it to be refused."""
    if example.refused:
        return
    if answer.get("errors"):
        raise Refused("ERROR", json.dumps(answer["errors"])[:200])
    for field in answer["data"].values():
        if isinstance(field, dict) and field.get("__typename") == "Problem":
            raise Refused(field["code"], field.get("message", ""))


async def leave_orders(town: Town) -> None:
    """One order in each state that an upgrade may find it in, online and in cash."""
    town.refill_drivers()
    for method in ("ONLINE", "CASH"):
        for wanted in range(len(STEPS) + 1):
            await leave_at(town, method, wanted)
    for shop in town.shops[:2]:
        buyer = town.buyers[2]
        placed = await town.order(buyer, shop, "ONLINE")
        refused = {"idempotencyKey": key(), "subOrderId": placed["subOrders"][0]["id"], "reason": "Bahan habis"}
        await shop.phone.say(words.DECLINE, input=refused)


async def leave_at(town: Town, method: str, wanted: int) -> None:
    """An order that has taken `wanted` of the steps and waits there."""
    shop, buyer = town.shops[wanted % 2], town.buyers[3]
    sub_order = (await town.order(buyer, shop, method))["subOrders"][0]["id"]
    if wanted >= 1:
        await town.accept(shop, sub_order)
    if wanted >= 2:
        await town.ready(shop, sub_order)
    if wanted < 3:
        return
    job_id = await town.job_of(buyer, sub_order)
    driver = await town.claimed(job_id)
    if wanted >= 4:
        await town.pick_up(driver, shop, job_id, sub_order)
    if wanted >= 5:
        await driver.say(words.FAIL, input={"idempotencyKey": key(), "jobId": job_id, "code": "NOBODY_HOME"})
