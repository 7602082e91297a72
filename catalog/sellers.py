"""Shops: opened, approved by the host co-op, kept by their owner, paused, suspended."""

import re
import unicodedata
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.exceptions import IntegrityError

from catalog import facts, hours, personal
from catalog.models import Seller, SellerState
from cooperatives.membership.models import SLUG_LENGTH, Cooperative, Membership, MembershipState
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Conflict, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, Unauthenticated, require, signed_in
from marketplace.identity.api_keys import Scope
from marketplace.identity.service import find_or_create_account, grant_role, revoke_role
from marketplace.paging import Page, page_by_id

LONGEST_PAUSE = timedelta(days=90)
SHOPS_AN_OWNER = 50
#: What an API key needs to change the catalogue.
SCOPE = Scope.SELL.value


@asynccontextmanager
async def one_of_a_kind() -> AsyncIterator[None]:
    """A transaction in which another's row with the same unique value is a Conflict, which may be tried again."""
    try:
        async with transaction():
            yield
    except IntegrityError as cause:
        raise Conflict from cause


class WrongSellerState(MarketplaceError):
    """The shop is {state}: this can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Toko ini berstatus {state}: hal ini tidak dapat dilakukan sekarang."


class CooperativesOwnShop(MarketplaceError):
    """This is the co-op's own shop, of one of its units: nobody owns it, and what it sells is the co-op's already."""

    code = Code.WRONG_STATE
    pesan = (
        "Ini toko milik koperasi sendiri, dari salah satu unitnya: tidak ada pemilik lain, dan hasilnya hak koperasi."
    )


async def open_shop(actor: Actor, *, cooperative_id: UUID, values: Mapping[str, Any], key: str) -> Seller:
    """Apply to sell under a host co-op, which must approve. `values`: the fields of `facts.SELLER`.

    Raises Unauthenticated, NotFound (co-op), Invalid.
    """
    owner_id = signed_in(actor)
    _require_scope(actor)
    facts.require_present(values, "name", "region_code", "lat", "lon")
    checked = facts.checked(facts.SELLER, values)
    id = new_id()
    async with one_of_a_kind():
        earlier = await once(owner_id, "openShop", key, {"cooperative_id": cooperative_id, **values}, id)
        if earlier is not None:
            return await Seller.get(pk=earlier)
        cooperative = await Cooperative.get_or_none(pk=cooperative_id, suspended_at__isnull=True)
        if cooperative is None:
            raise NotFound("cooperative")
        if await Seller.filter(owner_id=owner_id).count() >= SHOPS_AN_OWNER:
            raise Invalid.field(
                "cooperativeId",
                Code.TOO_MANY,
                f"at most {SHOPS_AN_OWNER} shops an owner",
                f"paling banyak {SHOPS_AN_OWNER} toko tiap pemilik",
            )
        checked["slug"] = await free_slug(checked.get("slug"), checked["name"])
        is_member = await Membership.exists(
            cooperative_id=cooperative_id, account_id=owner_id, state=MembershipState.ACTIVE
        )
        seller = await Seller.create(
            id=id,
            cooperative_id=cooperative_id,
            owner_id=owner_id,
            is_member=is_member,
            **columns(checked),
        )
        await outbox.record("seller.applied", id, {"cooperative_id": str(cooperative_id)})
        return seller


def columns(checked: dict[str, Any]) -> dict[str, Any]:
    """Checked facts as a row's columns: the zone follows the region, the tax number is sealed."""
    found = dict(checked)
    if "region_code" in found:
        found["time_zone"] = hours.zone_of(found["region_code"])
    if "npwp" in found:
        number = found.pop("npwp")
        found["npwp_sealed"] = personal.seal(number) if number else None
        found["npwp_tail"] = number[-4:] if number else None
    return found


def slug_of(name: str) -> str:
    """A name as a link: `Warung Bu Sri` is `warung-bu-sri`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "toko"


async def free_slug(asked: str | None, name: str) -> str:
    """The slug asked for, when it is free (raises Invalid else), or a free one made of the name."""
    if asked is not None:
        if await Seller.exists(slug=asked):
            raise Invalid.field("slug", Code.DUPLICATE, "another shop has this link", "sudah dipakai toko lain")
        return asked
    slug = slug_of(name)
    return f"{slug}-{new_id().hex[-6:]}" if await Seller.exists(slug=slug) else slug


def _require_scope(actor: Actor) -> None:
    if actor.scopes is not None and SCOPE not in actor.scopes:
        raise Forbidden(needs=SCOPE)


def require_keeper(actor: Actor, seller: Seller, *, owner_only: bool = False) -> None:
    """Go on only for the shop's owner, its staff (unless `owner_only`), or an officer of its host co-op."""
    _require_scope(actor)
    roles = {Role.SELLER_OWNER} if owner_only else {Role.SELLER_OWNER, Role.SELLER_STAFF}
    if actor.account_id is not None and actor.account_id == seller.owner_id:
        return
    if actor.holds(*roles, seller_id=seller.pk) or actor.holds(*OFFICERS, cooperative_id=seller.cooperative_id):
        return
    if actor.account_id is None:
        raise Unauthenticated
    raise Forbidden(needs="seller_owner / seller_staff / officer")


def keeps(actor: Actor, seller: Seller) -> bool:
    """Whether the actor sees the shop as its keepers do."""
    return (
        (actor.account_id is not None and actor.account_id == seller.owner_id)
        or actor.holds(Role.SELLER_OWNER, Role.SELLER_STAFF, seller_id=seller.pk)
        or actor.holds(*OFFICERS, cooperative_id=seller.cooperative_id)
        or actor.holds(Role.NODE_OPERATOR)
    )


async def _locked(actor: Actor, seller_id: UUID) -> Seller:
    """The shop, locked. A shop that is not open to all is not even known to others: NotFound."""
    signed_in(actor)
    seller = await locked_one(Seller, seller_id)
    if seller is None or not is_visible(actor, seller):
        raise NotFound("seller")
    return seller


async def _save(seller: Seller, changes: Mapping[str, Any]) -> Seller:
    seller.update_from_dict(dict(changes))
    await seller.save(update_fields=list(changes))
    await outbox.record("seller.changed", seller.pk)
    return seller


async def update_shop(actor: Actor, *, seller_id: UUID, values: Mapping[str, Any]) -> Seller:
    """Change the facts given; the others stay."""
    checked = facts.checked(facts.SELLER, values)
    async with one_of_a_kind():
        seller = await _locked(actor, seller_id)
        require_keeper(actor, seller)
        if "slug" in checked and checked["slug"] != seller.slug:
            await free_slug(checked["slug"], seller.name)
        changes = {name: value for name, value in columns(checked).items() if getattr(seller, name) != value}
        return await _save(seller, changes) if changes else seller


async def pause_shop(actor: Actor, *, seller_id: UUID, until: datetime | None) -> Seller:
    """Take no orders until then; None opens again at once."""
    now = clock.now()
    if until is not None and not now < until <= now + LONGEST_PAUSE:
        raise Invalid.field("until", Code.OUT_OF_RANGE, "within the next 90 days", "dalam 90 hari ke depan")
    async with transaction():
        seller = await _locked(actor, seller_id)
        require_keeper(actor, seller)
        return await _save(seller, {"paused_until": until})


async def _decide(
    actor: Actor,
    seller_id: UUID,
    decisions: Mapping[SellerState, SellerState],
    *,
    by_operator: bool = False,
    reason: str | None = None,
) -> Seller:
    """Move the shop from its state to what `decisions` says; told as `seller.approved` and the like."""
    _require_scope(actor)
    if reason is not None:
        reason = facts.checked({"reason": facts.text(3, 300)}, {"reason": reason})["reason"]
    async with transaction():
        seller = await _locked(actor, seller_id)
        if by_operator:
            require(actor, Role.NODE_OPERATOR)
        else:
            require(actor, *OFFICERS, cooperative_id=seller.cooperative_id)
        to = decisions.get(seller.state)
        if to is None:
            raise WrongSellerState(state=seller.state.value)
        if to is SellerState.APPROVED and seller.owner_id is not None:
            await grant_role(seller.owner_id, Role.SELLER_OWNER, seller_id=seller.pk, granted_by=actor.account_id)
        await outbox.record(f"seller.{to.value.lower()}", seller.pk)
        return await _save(seller, {"state": to, "state_reason": reason})


async def approve_shop(actor: Actor, *, seller_id: UUID) -> Seller:
    """An officer of the host co-op lets the shop sell, anew after a refusal or the co-op's suspension too."""
    from_ = (SellerState.APPLIED, SellerState.REFUSED, SellerState.SUSPENDED)
    return await _decide(actor, seller_id, dict.fromkeys(from_, SellerState.APPROVED))


async def refuse_shop(actor: Actor, *, seller_id: UUID, reason: str) -> Seller:
    """An officer of the host co-op refuses an application, saying why."""
    return await _decide(actor, seller_id, {SellerState.APPLIED: SellerState.REFUSED}, reason=reason)


async def suspend_shop(actor: Actor, *, seller_id: UUID, reason: str) -> Seller:
    """An officer of the host co-op stops the shop's selling, saying why."""
    return await _decide(actor, seller_id, {SellerState.APPROVED: SellerState.SUSPENDED}, reason=reason)


async def block_shop(actor: Actor, *, seller_id: UUID, reason: str) -> Seller:
    """The operator stops a shop's selling, saying why; its co-op can't lift that."""
    from_ = (SellerState.APPLIED, SellerState.APPROVED, SellerState.REFUSED, SellerState.SUSPENDED)
    decisions = dict.fromkeys(from_, SellerState.BLOCKED)
    return await _decide(actor, seller_id, decisions, by_operator=True, reason=reason)


async def unblock_shop(actor: Actor, *, seller_id: UUID) -> Seller:
    """The operator lifts that: the host co-op decides again whether the shop sells."""
    return await _decide(actor, seller_id, {SellerState.BLOCKED: SellerState.APPLIED}, by_operator=True)


async def hand_shop_to(actor: Actor, *, seller_id: UUID, phone: str) -> Seller:
    """An officer of the host co-op names the owner of a shop: one that was imported, or that changed hands.

    Raises NotFound, Forbidden, Invalid, CooperativesOwnShop.
    """
    async with transaction():
        seller = await _locked(actor, seller_id)
        require(actor, *OFFICERS, cooperative_id=seller.cooperative_id, scope=SCOPE)
        if seller.is_cooperatives_own:
            raise CooperativesOwnShop
        owner = await find_or_create_account(phone)
        if seller.owner_id is not None and seller.owner_id != owner.pk:
            await revoke_role(seller.owner_id, Role.SELLER_OWNER, seller_id=seller.pk, revoked_by=actor.account_id)
        if seller.state is SellerState.APPROVED:
            await grant_role(owner.pk, Role.SELLER_OWNER, seller_id=seller.pk, granted_by=actor.account_id)
        former = str(seller.owner_id) if seller.owner_id is not None else None
        if seller.owner_id != owner.pk:
            await audit.note(
                "seller.handed_over",
                account_id=owner.pk,
                by=actor.account_id,
                cooperative_id=seller.cooperative_id,
                seller_id=str(seller.pk),
                former_owner_id=former,
            )
            await outbox.record("seller.handed_over", seller.pk, {"former_owner_id": former})
        return await _save(seller, {"owner_id": owner.pk})


async def add_staff(actor: Actor, *, seller_id: UUID, phone: str) -> Seller:
    """The owner lets someone work in the shop."""
    async with transaction():
        seller = await _locked(actor, seller_id)
        require_keeper(actor, seller, owner_only=True)
        account = await find_or_create_account(phone)
        await grant_role(account.pk, Role.SELLER_STAFF, seller_id=seller.pk, granted_by=actor.account_id)
        return seller


async def remove_staff(actor: Actor, *, seller_id: UUID, account_id: UUID) -> Seller:
    """The owner takes that back."""
    async with transaction():
        seller = await _locked(actor, seller_id)
        require_keeper(actor, seller, owner_only=True)
        if not await revoke_role(account_id, Role.SELLER_STAFF, seller_id=seller.pk, revoked_by=actor.account_id):
            raise NotFound("staff member")
        return seller


async def seller_by_slug(actor: Actor, slug: str) -> Seller | None:
    """The shop with this link, if the actor may see it: approved, or the actor keeps it."""
    seller = await Seller.get_or_none(slug=slug) if len(slug) <= SLUG_LENGTH else None
    return seller if seller is not None and is_visible(actor, seller) else None


def is_visible(actor: Actor, seller: Seller) -> bool:
    """Whether the actor may know of the shop."""
    return seller.state is SellerState.APPROVED or keeps(actor, seller)


async def sellers_of(
    actor: Actor, cooperative_id: UUID, *, state: SellerState | None, first: int, after: str | None
) -> Page[Seller]:
    """The shops in a co-op's book, oldest first; those not approved only for its officers and the operator."""
    found = Seller.filter(cooperative_id=cooperative_id)
    if not (actor.holds(*OFFICERS, cooperative_id=cooperative_id) or actor.holds(Role.NODE_OPERATOR)):
        found = found.filter(state=SellerState.APPROVED)
    if state is not None:
        found = found.filter(state=state)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def selling(actor: Actor) -> list[Seller]:
    """The shops that the actor owns or works in, oldest first."""
    account_id = signed_in(actor)
    owned = await Seller.filter(owner_id=account_id)
    ids = actor.sellers() - {seller.pk for seller in owned}
    others = await Seller.filter(pk__in=list(ids)) if ids else []
    return sorted([*owned, *others], key=lambda seller: seller.pk)
