"""A town's menu to search, always the same: real warung names, common dishes, goods by weight, services.

Sellers write their titles as they speak: a part of them says `telor`, `Mi Ayam`, `Chicken`, adds `Spesial` or
`Level 3`, sells by the half kilo. Shops named after a dish sell other things too, which is what makes finding hard.
"""

import csv
import random
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from catalog.categories import all_categories
from marketplace.seed.shops import rows
from search.documents import ListingDocument
from search.places import Point
from search.week import WEEK_MINUTES
from tests.search.documents import NOON
from tests.search.relevance.grading import concepts, plain

FOLDER = Path(__file__).parent
SEED = 20_26
SUFFIXES = ("Spesial", "Jumbo", "Komplit", "Pedas", "Level 3", "Porsi Besar", "Mini", "Original", "Extra", "Asli")
SIDES = ("+ Telur", "+ Es Teh", "+ Nasi", "+ Kerupuk", "+ Sambal")
SIZES = {"kg": ("250 gr", "500 gr", "1 kg", "2 kg", "5kg"), "liter": ("1 liter", "2 L")}
#: Sold at the stalls beside the commodities whose prices are published.
GREENGROCERY = (
    "Cabai Rawit Hijau",
    "Bawang Bombay",
    "Wortel",
    "Kentang",
    "Tauge",
    "Kangkung",
    "Tempe",
    "Tahu Putih",
    "Gula Merah",
    "Gula Pasir",
    "Terong",
    "Ketimun",
    "Kelapa Muda",
    "Jeruk Nipis",
    "Pisang Kepok",
    "Telur Bebek",
    "Daging Kambing",
    "Udang Segar",
    "Cumi Segar",
)
PEOPLE = ("Bu Tini", "Pak Joko", "Mbak Rini", "Cak Mamat", "Bu Haji", "Mas Budi", "Bu Sum", "Pak Kardi", "Mak Nah")
SPELLED_OTHERWISE, WITH_A_SUFFIX, WITH_A_SIDE = 0.3, 0.35, 0.1
HOUSES = 90
DISHES_A_SHOP = 26


@cache
def menu() -> tuple[ListingDocument, ...]:
    """Every listing of the town, oldest first."""
    chance = random.Random(SEED)
    return tuple(_numbered(_food(chance), _goods(chance), _services(chance)))


def _numbered(*streams: Iterator[dict[str, object]]) -> Iterator[ListingDocument]:
    number = 0
    for stream in streams:
        for values in stream:
            number += 1
            yield ListingDocument(id=UUID(int=number), **values)  # type: ignore[arg-type]  # the streams' own shape


@cache
def things() -> tuple[dict[str, str], ...]:
    with (FOLDER / "things.csv").open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


def _of(kind: str) -> list[dict[str, str]]:
    return [thing for thing in things() if thing["category"].split(".")[0] == kind]


def _food(chance: random.Random) -> Iterator[dict[str, object]]:
    dishes = _of("food")
    shops = [shop["name"] for shop in rows("food_sellers_osm.csv") + rows("home_kitchens.csv")]
    shops += [f"{kind} {person}" for kind in ("Warung", "Depot", "Dapur", "Kedai") for person in PEOPLE]
    shops += [f"Warung {number} {PEOPLE[number % len(PEOPLE)]}" for number in range(HOUSES - len(PEOPLE) * 4)]
    for number, name in enumerate(shops):
        sold = _named_after(name, dishes)[:4] + chance.sample(dishes, DISHES_A_SHOP)
        place = _place(chance)
        for dish in {dish["title"]: dish for dish in sold}.values():
            yield _values("FOOD", number, name, place, _written(dish["title"], chance), dish)


def _named_after(name: str, dishes: list[dict[str, str]]) -> list[dict[str, str]]:
    """What a shop of this name is known for: dishes with two of their first words in it, then with one."""
    words = set(plain(name).split())
    begun = [(len(words.intersection(plain(dish["title"]).split()[:2])), dish) for dish in dishes]
    return [dish for shared in (2, 1) for count, dish in begun if count == shared]


def _goods(chance: random.Random) -> Iterator[dict[str, object]]:
    wares = [(row["commodity"], row["unit"]) for row in rows("commodity_prices.csv")]
    wares += [(name, "kg") for name in GREENGROCERY]
    packed = _of("goods")
    for stall, person in enumerate(PEOPLE):
        name, place = f"Kios {person} Pasar Wonokromo", _place(chance)
        for ware, unit in wares:
            thing = {"title": ware, "category": "goods.staples", "note": ""}
            for size in chance.sample(SIZES[unit], min(3, len(SIZES[unit]))):
                title = f"{_otherwise(ware, chance)} {size}"
                yield _values("GOODS", 500 + stall, name, place, title, thing)
        for thing in chance.sample(packed, 20):
            yield _values("GOODS", 500 + stall, name, place, _otherwise(thing["title"], chance), thing)


def _services(chance: random.Random) -> Iterator[dict[str, object]]:
    for kind, code in (("SERVICE", "service"), ("LOGISTICS", "logistics")):
        for number, thing in enumerate(_of(code)):
            for person in chance.sample(PEOPLE, 3):
                title = _otherwise(thing["title"], chance)
                yield _values(kind, 700 + number, f"Jasa {person}", _place(chance), title, thing)


def _values(kind: str, seller: int, name: str, place: Point, title: str, thing: dict[str, str]) -> dict[str, object]:
    root, _, _ = thing["category"].partition(".")
    return {
        "seller_id": UUID(int=1_000_000 + seller),
        "cooperative_id": None,
        "kind": kind,
        "title": title,
        "description": thing["note"],
        "seller_name": name,
        "categories": (thing["category"], root),
        "category_names": category_names(thing["category"]),
        "region_code": "35.78.01",
        "place": place,
        "price_min": 10_000 + 500 * (seller % 40),
        "price_max": 10_000 + 500 * (seller % 40),
        # Sellers differ in what counts beside the words, so that this is judged with it.
        "open_minutes": ((0, WEEK_MINUTES),) if seller % 4 else (),
        "reliability": 600 + seller * 37 % 400,
        "is_member": bool(seller % 2),
        "listed_at": NOON - timedelta(days=seller % 90),
    }


@cache
def category_names(code: str) -> tuple[str, ...]:
    """The Indonesian names of the category and of those above it."""
    parts = code.split(".")
    known = all_categories()
    return tuple(known[".".join(parts[:length])].name_id for length in range(len(parts), 0, -1))


def _place(chance: random.Random) -> Point:
    return Point(-7.27 + chance.uniform(-0.04, 0.04), 112.74 + chance.uniform(-0.04, 0.04))


def _written(title: str, chance: random.Random) -> str:
    text = _otherwise(title, chance)
    if chance.random() < WITH_A_SUFFIX:
        text += f" {chance.choice(SUFFIXES)}"
    return f"{text} {chance.choice(SIDES)}" if chance.random() < WITH_A_SIDE else text


def _otherwise(title: str, chance: random.Random) -> str:
    """The title, in a part of cases with one of its words as another seller would write it."""
    if chance.random() >= SPELLED_OTHERWISE:
        return title
    text = plain(title)
    known = [
        (word, other)
        for word, ways in concepts().items()
        for other in ways
        if f" {word} " in f" {text} " and f" {other} " not in f" {text} "
    ]
    if not known:
        return title
    word, other = chance.choice(known)
    return f" {text} ".replace(f" {word} ", f" {other} ", 1).strip().title()
