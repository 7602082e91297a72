"""The demo's cast: who signs in, where they stand, and the steps that they take over and over."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from tests.demo import words
from tests.demo.client import Phone, Refused, key
from tests.node import Node

BUYER_PLACE = {"lat": -7.2951, "lon": 112.7391}
ADDRESS = {
    "point": BUYER_PLACE,
    "recipient": "Ayu Permata",
    "phone": "+6281235000001",
    "street": "Jl. Ngagel Jaya Selatan 12",
    "rt": "03",
    "rw": "05",
    "kelurahan": "Baratajaya",
    "patokan": "Pagar hijau, seberang musala",
}
OFFICES = {"DRV": "+62812310000", "MKT": "+62812320000", "FOD": "+62812330000", "LOG": "+62812340000"}
SELLER_NUMBERS = {
    "kedai-tua-baru-6": "+62812330000106",
    "sego-sambel-mak-yeye-79": "+62812330000179",
    "kios-beras-bu-tutik-0": "+62812320000100",
    "lapak-bumbu-cak-mat-1": "+62812320000101",
}
PATIENCE_S = 30.0


@dataclass
class Shop:
    """A seller with his phone and what he sells: variant id and price."""

    phone: Phone
    id: str
    name: str
    code: str
    goods: list[tuple[str, int]]


class Town:
    """Everyone who is signed in."""

    def __init__(self, node: Node, http: httpx.AsyncClient) -> None:
        self.node, self.http = node, http
        self.treasurers: dict[str, Phone] = {}
        self.drivers: list[Phone] = []
        self.buyers: list[Phone] = []
        self.sellers: dict[str, Phone] = {}
        self.shops: list[Shop] = []
        self.operator = self._phone("+6281230000001", "Pengelola")
        self.slugs: dict[str, str] = {}
        self.idle: asyncio.Queue[Phone] = asyncio.Queue()

    def _phone(self, number: str, name: str) -> Phone:
        return Phone(self.http, self.node.base, number, name)

    def cast(self) -> None:
        """Give everyone a phone; nobody is signed in yet."""
        self.treasurers = {code: self._phone(f"{prefix}3", f"bendahara {code}") for code, prefix in OFFICES.items()}
        self.drivers = [self._phone(f"+62812310000{n}", f"pengemudi {n}") for n in range(11, 19)]
        self.buyers = [self._phone(f"+62812350000{n:02}", f"pembeli {n}") for n in range(1, 6)]
        self.sellers = {slug: self._phone(number, slug) for slug, number in SELLER_NUMBERS.items()}

    def everyone(self) -> list[Phone]:
        return [self.operator, *self.treasurers.values(), *self.drivers, *self.buyers, *self.sellers.values()]

    async def sign_everyone_in(self) -> None:
        self.cast()
        for phone in self.everyone():
            await phone.sign_in(self.node.codes)
        await self.visit_shops()
        self.refill_drivers()
        found = await self.operator.say(words.COOPERATIVES)
        self.slugs = {row["code"]: row["slug"] for row in found["nodes"]}

    async def visit_shops(self) -> None:
        """Look at what each shop sells."""
        self.shops = []
        for slug, phone in self.sellers.items():
            seen = await phone.say(words.SELLER, slug=slug)
            goods = [(v["id"], v["price"]) for item in seen["listings"]["nodes"] for v in item["variants"]]
            self.shops.append(Shop(phone, seen["id"], seen["name"], seen["cooperative"]["code"], goods))

    def refill_drivers(self) -> None:
        """Every driver is free to take a job."""
        self.idle = asyncio.Queue()
        for driver in self.drivers:
            self.idle.put_nowait(driver)

    async def order(self, buyer: Phone, shop: Shop, method: str, quantity: int = 1, goods: int = 0) -> Any:
        """Place and pay an order of one line; answers the order."""
        line = {"variantId": shop.goods[goods % len(shop.goods)][0], "quantity": quantity}
        placed = await buyer.say(words.PLACE, input={"idempotencyKey": key(), "lines": [line], "address": ADDRESS})
        await buyer.say(words.PAY, input={"idempotencyKey": key(), "orderId": placed["id"], "method": method})
        return placed

    async def accept(self, shop: Shop, sub_order_id: str) -> None:
        await shop.phone.say(words.ACCEPT, input={"idempotencyKey": key(), "subOrderId": sub_order_id, "minutes": 10})

    async def ready(self, shop: Shop, sub_order_id: str) -> None:
        await shop.phone.say(words.READY, input={"idempotencyKey": key(), "subOrderId": sub_order_id})

    async def job_of(self, buyer: Phone, sub_order_id: str) -> str:
        """The sub-order's delivery job, once the worker has opened it."""
        for _ in range(int(PATIENCE_S / 0.1)):
            seen = await buyer.say(words.SUB_ORDER, id=sub_order_id)
            if seen["job"]:
                return str(seen["job"]["id"])
            await asyncio.sleep(0.1)
        raise RuntimeError(f"no delivery job was opened for {sub_order_id}")

    async def claim(self, driver: Phone, job_id: str) -> None:
        await driver.say(words.CLAIM, input={"idempotencyKey": key(), "jobId": job_id})

    async def pick_up(self, driver: Phone, shop: Shop, job_id: str, sub_order_id: str) -> None:
        await driver.say(words.ARRIVE, input={"idempotencyKey": key(), "jobId": job_id})
        pin = (await shop.phone.say(words.PICKUP_PIN, id=sub_order_id))["pickupPin"]
        await driver.say(words.PICK_UP, input={"idempotencyKey": key(), "jobId": job_id, "pin": pin})
        await driver.say(words.ARRIVE_AT_DROP, input={"idempotencyKey": key(), "jobId": job_id})

    async def hand_over(self, driver: Phone, buyer: Phone, job_id: str, sub_order_id: str) -> None:
        pin = (await buyer.say(words.DROPOFF_PIN, id=sub_order_id))["dropoffPin"]
        await driver.say(words.DROP_OFF, input={"idempotencyKey": key(), "jobId": job_id, "pin": pin})

    async def deliver(self, shop: Shop, buyer: Phone, sub_order_id: str) -> Phone:
        """Accept, cook, carry and hand over; answers who drove. A driver at his cash limit lets another go."""
        await self.accept(shop, sub_order_id)
        await self.ready(shop, sub_order_id)
        job_id = await self.job_of(buyer, sub_order_id)
        driver = await self.claimed(job_id)
        try:
            await self.pick_up(driver, shop, job_id, sub_order_id)
            await self.hand_over(driver, buyer, job_id, sub_order_id)
        finally:
            self.idle.put_nowait(driver)
        return driver

    async def claimed(self, job_id: str) -> Phone:
        refused: list[str] = []
        for _ in range(3 * len(self.drivers)):
            driver = await self.idle.get()
            try:
                await self.claim(driver, job_id)
            except Refused as no:
                refused.append(no.code)
                self.idle.put_nowait(driver)
                continue
            return driver
        raise RuntimeError(f"no driver could take the job: {refused}")
