"""The town's shops: warungs and cafés from OpenStreetMap, home kitchens, market traders at real commodity prices."""

import csv
import re
from collections.abc import Mapping
from importlib import resources
from uuid import UUID

from catalog.models import Listing, ListingKind, ListingState, Option, OptionGroup, Seller, SellerState, Unit, Variant
from cooperatives.membership.models import Cooperative
from marketplace import outbox
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import Role
from marketplace.seed import people
from marketplace.seed.menus import SPICE, Dish, menu_for
from marketplace.seed.people import LogIn

WONOKROMO = (-7.3015, 112.7371)
STOCK = 200
CATEGORIES = {
    "Beras": "goods.staples.rice",
    "Bawang": "goods.spices",
    "Cabai": "goods.spices",
    "Garam": "goods.spices",
    "Daging": "goods.meat",
    "Telur": "goods.staples.eggs",
    "Ikan": "goods.fish",
    "Gula": "goods.staples.sugar",
    "Tepung": "goods.staples.sugar",
    "Minyak": "goods.staples.oil",
    "Minyakita": "goods.staples.oil",
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the seed's CSV files."""
    text = resources.files("marketplace.seed").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


async def open_all(cooperatives: Mapping[str, Cooperative]) -> list[LogIn]:
    """Open every shop that does not stand yet; answers its owners."""
    found: list[LogIn] = []
    food = cooperatives["FOD"]
    for number, shop in enumerate(rows("food_sellers_osm.csv") + rows("home_kitchens.csv")):
        phone = f"{people.COOPERATIVES[2].prefix}{100 + number}"
        await _open_warung(food, shop, number, phone)
        found.append(LogIn("penjual", shop["name"], phone, food.name))
    market = cooperatives["MKT"]
    for number, name in enumerate(people.MARKET_TRADERS):
        phone = f"{people.COOPERATIVES[1].prefix}{100 + number}"
        await _open_stall(market, name, number, phone)
        found.append(LogIn("pedagang", name, phone, market.name))
    return found


def slug_of(name: str, number: int) -> str:
    """A short menu link, unique by its number."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return f"{words or 'warung'}-{number}"


async def _owner(name: str, phone: str) -> UUID:
    async with transaction():
        return UUID(str((await identity.find_or_create_account(phone, name[:120])).pk))


async def _open_warung(cooperative: Cooperative, shop: Mapping[str, str], number: int, phone: str) -> None:
    if await Seller.exists(slug=slug_of(shop["name"], number)):
        return
    owner = await _owner(shop["name"], phone)
    dishes = menu_for(shop["name"], shop["cuisine"], number)
    async with transaction():
        seller = await Seller.create(
            cooperative_id=cooperative.pk,
            owner_id=owner,
            external_id=shop["seller_id"],
            slug=slug_of(shop["name"], number),
            name=shop["name"],
            phone=phone,
            state=SellerState.APPROVED,
            address=shop["address"] or "Surabaya",
            region_code=shop["district_code"],
            lat=float(shop["lat"]),
            lon=float(shop["lon"]),
            service_radius_m=15_000,
            packing_fee=1_000 if number % 3 == 0 else 0,
        )
        await identity.grant_role(owner, Role.SELLER_OWNER, seller_id=seller.pk)
        for dish in dishes:
            await _list_dish(seller, dish)
        await outbox.record("seller.changed", seller.pk)


async def _list_dish(seller: Seller, dish: Dish) -> None:
    listing = await Listing.create(
        seller_id=seller.pk,
        kind=ListingKind.FOOD,
        category_code=dish.category,
        title=dish.title,
        description=dish.description,
        state=ListingState.PUBLISHED,
        price_from=dish.price,
        price_to=dish.price,
        preparation_minutes=dish.minutes,
    )
    await Variant.create(listing_id=listing.pk, unit=Unit.PORTION, price=dish.price, weight_g=400)
    if dish.category in ("food.chicken", "food.noodles"):
        group = await OptionGroup.create(listing_id=listing.pk, name="Tingkat pedas", least=0, most=1)
        await Option.bulk_create(
            Option(group_id=group.pk, name=name, price_delta=delta, position=place)
            for place, (name, delta) in enumerate(SPICE)
        )


async def _open_stall(cooperative: Cooperative, name: str, number: int, phone: str) -> None:
    if await Seller.exists(slug=slug_of(name, number)):
        return
    owner = await _owner(name, phone)
    goods = [row for place, row in enumerate(rows("commodity_prices.csv")) if place % 8 in (number, (number + 3) % 8)]
    async with transaction():
        seller = await Seller.create(
            cooperative_id=cooperative.pk,
            owner_id=owner,
            is_member=True,
            slug=slug_of(name, number),
            name=name,
            phone=phone,
            state=SellerState.APPROVED,
            address=f"Pasar Wonokromo Blok {chr(65 + number)} No. {number + 1}",
            region_code="35.78.04",
            lat=WONOKROMO[0] + number * 0.0002,
            lon=WONOKROMO[1] + number * 0.0002,
            service_radius_m=15_000,
        )
        await identity.grant_role(owner, Role.SELLER_OWNER, seller_id=seller.pk)
        for row in goods:
            await _list_commodity(seller, row)
        await outbox.record("seller.changed", seller.pk)


async def _list_commodity(seller: Seller, row: Mapping[str, str]) -> None:
    price = int(row["price_idr"])
    first = row["commodity"].split()[0]
    listing = await Listing.create(
        seller_id=seller.pk,
        kind=ListingKind.GOODS,
        category_code=CATEGORIES.get(first, "goods.staples"),
        title=row["commodity"],
        description=f"Harga acuan {row['source'].rpartition(' ')[0]}",
        state=ListingState.PUBLISHED,
        price_from=price,
        price_to=price,
    )
    unit = Unit.LITRE if row["unit"] == "liter" else Unit.KILOGRAM
    await Variant.create(listing_id=listing.pk, unit=unit, price=price, weight_g=1_000, on_hand=STOCK)
