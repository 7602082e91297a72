"""Menus for a search as large as one likes: what one town sells, sold again by other sellers in other places.

The towns are Indonesia's regencies, the n-th of which has a share of 1/n: the first holds a seventh of all, as the
capital of an island does. LUMBUNG_BENCH_MENUS may name a folder with other menus (`food_menu_items.csv`: seller_id,
section, item_name, description, price_idr; `food_sellers.csv`: seller_id, name); else those of the relevance tests.
"""

import csv
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from uuid import UUID

from catalog.regions import Region, RegionLevel, all_regions
from search.documents import ListingDocument
from search.places import Point
from search.week import WEEK_MINUTES
from tests.search.relevance.menu import category_names, menu

OWN_MENUS = os.environ.get("LUMBUNG_BENCH_MENUS", "")
SEED = 20_27
#: A town's shops lie so many degrees around its point.
SPREAD = 0.06
COOPERATIVES = [UUID(int=number) for number in range(1, 41)]
#: The hours of shops, in minutes of the week in UTC: always, by day, in the evening, on six days.
HOURS = (
    ((0, WEEK_MINUTES),),
    tuple((day * 1440 + 60, day * 1440 + 780) for day in range(7)),
    tuple((day * 1440 + 600, day * 1440 + 960) for day in range(7)),
    tuple((day * 1440, day * 1440 + 720) for day in range(6)),
)


def towns() -> list[Region]:
    return [region for region in all_regions().values() if region.level is RegionLevel.REGENCY]


def one_town() -> Sequence[ListingDocument]:
    return tuple(_own(Path(OWN_MENUS))) if OWN_MENUS else menu()


def _own(folder: Path) -> Iterator[ListingDocument]:
    with (folder / "food_sellers.csv").open(encoding="utf-8", newline="") as lines:
        sellers = {row["seller_id"]: (place, row["name"]) for place, row in enumerate(csv.DictReader(lines))}
    like = replace(
        menu()[0], kind="FOOD", categories=("food.rice", "food"), category_names=category_names("food.rice")
    )
    with (folder / "food_menu_items.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            number, name = sellers[row["seller_id"]]
            price = max(500, int(float(row["price_idr"] or 0)))
            yield replace(
                like,
                seller_id=UUID(int=number),
                title=row["item_name"][:160],
                description=row["description"],
                seller_name=name,
                category_names=(row["section"], *like.category_names),
                price_min=price,
                price_max=price,
            )


def many(size: int) -> Iterator[ListingDocument]:
    """`size` listings, always the same; a seller of the one town stands in another place each time around."""
    chance = random.Random(SEED)
    town, places = one_town(), towns()
    weights = list(accumulate(1 / rank for rank in range(1, len(places) + 1)))
    shops: dict[tuple[int, UUID], dict[str, object]] = {}
    for number in range(size):
        around, place = divmod(number, len(town))
        like = town[place]
        if place == 0:
            shops.clear()
        if (shop := shops.get((around, like.seller_id))) is None:
            (region,) = chance.choices(places, cum_weights=weights)
            shop = shops[around, like.seller_id] = {
                "seller_id": UUID(int=like.seller_id.int + (around + 1 << 32)),
                "seller_name": f"{like.seller_name} {region.name.split()[-1].title()}",
                "cooperative_id": chance.choice(COOPERATIVES),
                "region_code": region.code,
                "place": Point(region.lat + chance.gauss(0, SPREAD), region.lon + chance.gauss(0, SPREAD)),
                "open_minutes": chance.choice(HOURS),
            }
        price = max(500, int(like.price_min * chance.uniform(0.7, 1.6)) // 100 * 100)
        id = UUID(int=number + 1 << 64 | chance.getrandbits(48))
        yield replace(like, id=id, price_min=price, price_max=price, **shop)  # type: ignore[arg-type]  # its fields
