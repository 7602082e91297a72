"""A shop that books deliveries, its co-op's officer, and a clock that can be put."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalog.models import Seller
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.deliveries import opening
from marketplace.deliveries.bookings import quoting
from marketplace.deliveries.bookings.models import DeliveryQuote
from marketplace.deliveries.bookings.wishes import DropWish, Load
from marketplace.deliveries.models import DeliveryJob, FarePayer
from marketplace.identity.actor import Actor
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.routing import STRAIGHT, Routing
from marketplace.tariffs.rules import DEFAULT_TERMS, Terms
from marketplace.tariffs.zones import Point
from tests.deliveries import stage


@dataclass
class Shop:
    """`seller` sells there; `chair` is the officer of its co-op."""

    coop: Cooperative
    row: Seller
    seller: Actor
    chair: Actor

    @classmethod
    async def open(cls, code: str = "MKT") -> "Shop":
        coop = await stage.cooperative(code)
        row, seller = await stage.seller(coop)
        return cls(coop, row, seller, await stage.officer(coop))

    async def tariff(self, key: str = "t", since: datetime | None = None, **figures: Any) -> Terms:
        """Its co-op's tariff from now on: the default one but for these figures."""
        terms = replace(DEFAULT_TERMS, **figures)
        await tariffs.set_tariff(self.chair, cooperative_id=self.coop.pk, terms=terms, key=key, since=since)
        return terms

    async def quote(
        self, *lats: float, by: Actor | None = None, load: Load | None = None, routing: Routing = STRAIGHT
    ) -> DeliveryQuote:
        return await quoting.quote_delivery(
            by or self.seller,
            seller_id=self.row.pk,
            places=[Point(lat, 112.75) for lat in lats],
            load=load or Load(1_000),
            routing=routing,
        )

    async def book(
        self,
        *lats: float,
        by: Actor | None = None,
        quote: DeliveryQuote | None = None,
        load: Load | None = None,
        key: str = "b",
        payer: FarePayer = FarePayer.SELLER_PAYABLE,
        cash: int = 0,
        routing: Routing = STRAIGHT,
    ) -> DeliveryJob:
        return await opening.book_delivery(
            by or self.seller,
            seller_id=self.row.pk,
            drops=[wish(lat, cash) for lat in lats],
            weight_g=0 if load is None else load.weight_g,
            fare_payer=payer,
            key=key,
            load=load,
            quote_id=None if quote is None else quote.pk,
            routing=routing,
        )


def wish(lat: float, cash: int = 0) -> DropWish:
    return DropWish("Ani", "+6281200000001", "Jl. Mawar 5", "", lat, 112.75, cash)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Meanwhile the node's clock stands at this moment."""
    clock.use(lambda: moment)
    try:
        yield
    finally:
        clock.use(None)
