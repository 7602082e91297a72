"""Units are opened, with a shop of their own in the catalogue, changed and closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from catalog import facts
from catalog.models import Seller, SellerState
from catalog.sellers import columns, free_slug, one_of_a_kind
from cooperatives.membership.models import Cooperative
from cooperatives.units.access import check_number, check_text, hold_unit
from cooperatives.units.financing.reading import waiting_at
from cooperatives.units.kinds import kinds
from cooperatives.units.models import BusinessUnit, UnitItem
from marketplace import clock, outbox
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

NAME_LENGTH = 120
MOST_UNITS = 30
MOST_LIMIT = 1_000_000_000
MOST_DAYS = 365
MOST_BAYS = 100


class StockLeft(MarketplaceError):
    """The unit still keeps stock: sell it, or count it down to zero first."""

    code = Code.WRONG_STATE
    pesan = "Unit masih menyimpan persediaan: jual dahulu, atau lakukan opname sampai nol."


class PurchasesWait(MarketplaceError):
    """Loans wait to pay for purchases here, {loans} in all: sell, or have them taken back or turned down."""

    code = Code.WRONG_STATE
    pesan = "Masih ada {loans} pinjaman untuk belanja di sini: jual dahulu, atau pinjamannya ditarik atau ditolak."


async def open_unit(
    actor: Actor, *, cooperative_id: UUID, kind: str, shop: Mapping[str, Any], key: str
) -> BusinessUnit:
    """An officer opens a unit with its shop, which sells at once. `shop`: the fields of `catalog.facts.SELLER`.

    The shop has no owner: the co-op's officers and the unit's keepers run it, and what it sells is the co-op's own.
    Raises NotFound, Forbidden, Invalid.
    """
    by, id = signed_in(actor), new_id()
    if kind not in kinds():
        raise Invalid.field("kind", Code.NOT_FOUND, "no such kind of unit", "jenis unit ini tidak ada")
    facts.require_present(shop, "name", "region_code", "lat", "lon")
    checked = facts.checked(facts.SELLER, shop)
    name = check_text("shop.name", checked["name"], 2, NAME_LENGTH)
    async with one_of_a_kind():
        cooperative = await Cooperative.get_or_none(pk=cooperative_id, suspended_at__isnull=True)
        if cooperative is None:
            raise NotFound("cooperative")
        require(actor, *OFFICERS, cooperative_id=cooperative_id)
        asked = {"cooperative": cooperative_id, "kind": kind, **shop}
        if (earlier := await once(by, "openUnit", key, asked, id)) is not None:
            return await BusinessUnit.get(pk=earlier)
        if await BusinessUnit.filter(cooperative_id=cooperative_id).count() >= MOST_UNITS:
            raise Invalid.field(
                "cooperativeId", Code.TOO_MANY, f"at most {MOST_UNITS} units", "unit sudah terlalu banyak"
            )
        checked["slug"] = await free_slug(checked.get("slug"), name)
        seller = await Seller.create(
            cooperative_id=cooperative_id, is_member=True, state=SellerState.APPROVED, **columns(checked)
        )
        await outbox.record("seller.changed", seller.pk)
        return await BusinessUnit.create(
            id=id, cooperative_id=cooperative_id, seller_id=seller.pk, kind=kind, name=name
        )


async def set_unit_terms(
    actor: Actor, *, unit_id: UUID, credit_limit: int, credit_days: int, bays: int
) -> BusinessUnit:
    """An officer says how much a member may owe the unit and how long, and how many vehicles it takes at one time.

    Raises NotFound, Forbidden, Invalid, UnitClosed.
    """
    check_number(("creditLimit",), credit_limit, 0, MOST_LIMIT)
    check_number(("creditDays",), credit_days, 1, MOST_DAYS)
    check_number(("bays",), bays, 1, MOST_BAYS)
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        require(actor, *OFFICERS, cooperative_id=unit.cooperative_id)
        unit.credit_limit, unit.credit_days, unit.bays = credit_limit, credit_days, bays
        await unit.save(update_fields=["credit_limit", "credit_days", "bays"])
        return unit


async def close_unit(actor: Actor, *, unit_id: UUID) -> BusinessUnit:
    """An officer closes a unit that keeps no stock; its shop leaves the catalogue, its books stay.

    Raises NotFound, Forbidden, UnitClosed, StockLeft, PurchasesWait.
    """
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        require(actor, *OFFICERS, cooperative_id=unit.cooperative_id)
        if await UnitItem.exists(unit_id=unit_id, quantity__gt=0):
            raise StockLeft
        if waiting := await waiting_at(unit_id):
            raise PurchasesWait(loans=waiting)
        unit.closed_at = clock.now()
        await unit.save(update_fields=["closed_at"])
        await Seller.filter(pk=unit.seller_id).update(state=SellerState.SUSPENDED, state_reason="Unit ditutup")
        await outbox.record("seller.changed", unit.seller_id)
        return unit
