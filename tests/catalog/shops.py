"""What stands before a catalogue test: a co-op, a shop, a listing."""

import secrets
from typing import Any
from uuid import UUID

from catalog.models import Listing, ListingKind, ListingState, Seller, SellerState, Variant
from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace.database import new_id
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.service import find_or_create_account


async def a_cooperative(slug: str = "pangan-jaya", code: str = "FOD") -> Cooperative:
    return await Cooperative.create(
        slug=slug, code=code, name="Koperasi Pangan Jaya", kind=CooperativeKind.FOOD, region_code="35.78"
    )


async def a_seller(cooperative: Cooperative | None = None, **facts: Any) -> Seller:
    cooperative = cooperative or await a_cooperative()
    return await Seller.create(
        **{
            "cooperative_id": cooperative.pk,
            "owner_id": (await find_or_create_account(f"+628{secrets.randbelow(10**10):010}")).pk,
            "slug": f"warung-{new_id().hex[-8:]}",
            "name": "Warung Bu Sri",
            "region_code": "35.78.19",
            "lat": -7.2575,
            "lon": 112.7521,
            "state": SellerState.APPROVED,
            **facts,
        }
    )


async def a_variant(seller: Seller | None = None, *, title: str = "Nasi goreng", **facts: Any) -> Variant:
    seller = seller or await a_seller()
    price = facts.pop("price", 15_000)
    listing = await Listing.create(
        seller_id=seller.pk,
        kind=ListingKind.FOOD,
        category_code="food.rice",
        title=title,
        state=ListingState.PUBLISHED,
        price_from=price,
        price_to=price,
    )
    return await Variant.create(listing_id=listing.pk, price=price, **facts)


def someone(*grants: Grant) -> Actor:
    return Actor(account_id=new_id(), grants=frozenset(grants))


def owner_of(seller: Seller) -> Actor:
    assert seller.owner_id is not None
    return Actor(account_id=seller.owner_id, grants=frozenset({Grant(Role.SELLER_OWNER, seller_id=seller.pk)}))


def staff_of(seller: Seller) -> Actor:
    return someone(Grant(Role.SELLER_STAFF, seller_id=seller.pk))


def chair_of(cooperative_id: UUID) -> Actor:
    return someone(Grant(Role.CHAIR, cooperative_id=cooperative_id))


def operator() -> Actor:
    return someone(Grant(Role.NODE_OPERATOR))
