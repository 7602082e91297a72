"""Baskets: what someone means to buy, of several sellers, kept by the server.

Without an account a basket is held by a token that only its holder knows; at log-in it is attached. A basket
is bounded in lines and quantities, and prices nothing: a quote does.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog import sale
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.orders.models import Basket, BasketLine
from marketplace.orders.parts import Wanted
from marketplace.orders.pricing import MOST_LINES, MOST_OF_ONE, NotForSale, check_wanted


@dataclass(frozen=True, slots=True)
class Held:
    """A basket, and the token that holds it when it was just made for nobody in particular."""

    basket: Basket
    token: str | None = None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def find_basket(actor: Actor, token: str | None = None) -> Basket | None:
    """The actor's own basket, else the one that the token holds."""
    if actor.account_id is not None:
        return await Basket.get_or_none(account_id=actor.account_id)
    if token is None:
        return None
    return await Basket.get_or_none(token_hash=_hash(token), account_id__isnull=True)


async def add_to_basket(actor: Actor, *, wanted: Wanted, token: str | None = None) -> Held:
    """Put something in; the same thing with the same options and note adds up.

    Makes a basket where there is none. Raises Invalid, NotForSale, NotFound (no basket with this token).
    """
    check_wanted([wanted])
    offers = await sale.offers([wanted.variant_id])
    offer = offers.get(wanted.variant_id)
    if offer is None:
        raise Invalid.field("variantId", Code.NOT_FOUND, "no such variant", "varian tidak ada")
    if not offer.is_available:
        raise NotForSale(title=offer.title)
    async with transaction():
        held = await _hold(actor, token)
        options = sorted(str(id) for id in wanted.options)
        lines = await BasketLine.filter(basket_id=held.basket.id)
        for line in lines:
            if line.variant_id == wanted.variant_id and line.options == options and line.note == wanted.note:
                line.quantity = _bounded(line.quantity + wanted.quantity)
                await line.save(update_fields=["quantity"])
                break
        else:
            if len(lines) >= MOST_LINES:
                raise Invalid.field("lines", Code.TOO_MANY, "at most 50 lines", "paling banyak 50 baris")
            await BasketLine.create(
                basket_id=held.basket.id,
                variant_id=wanted.variant_id,
                quantity=wanted.quantity,
                options=options,
                note=wanted.note,
            )
        await _touch(held.basket)
        return held


async def set_basket_line(
    actor: Actor, *, line_id: UUID, quantity: int, note: str | None = None, token: str | None = None
) -> Held:
    """Change how many of a line, or its note; zero takes it out. Raises NotFound, Invalid."""
    if not 0 <= quantity <= MOST_OF_ONE:
        raise Invalid.field("quantity", Code.OUT_OF_RANGE, "0 to 999", "0 sampai 999")
    if note is not None and len(note) > 200:
        raise Invalid.field("note", Code.TOO_LONG, "at most 200 characters", "paling banyak 200 huruf")
    async with transaction():
        basket = await find_basket(actor, token)
        if basket is None or await locked_one(Basket, basket.id) is None:
            raise NotFound("basket")
        line = await BasketLine.get_or_none(id=line_id, basket_id=basket.id)
        if line is None:
            raise NotFound("basket line")
        if quantity == 0:
            await line.delete()
        else:
            line.quantity = quantity
            line.note = line.note if note is None else note
            await line.save(update_fields=["quantity", "note"])
        await _touch(basket)
        return Held(basket)


async def attach_basket(actor: Actor, *, token: str) -> Basket:
    """Give what was put in before log-in to the account; lines beyond the bounds are left behind.

    The token ends with it. Raises NotFound.
    """
    async with transaction():
        held = await _hold(actor, None)
        found = await Basket.get_or_none(token_hash=_hash(token), account_id__isnull=True)
        other = await locked_one(Basket, found.id) if found else None
        if other is None:
            raise NotFound("basket")
        mine = await BasketLine.filter(basket_id=held.basket.id)
        theirs = await BasketLine.filter(basket_id=other.id).order_by("id")
        for line in theirs[: max(0, MOST_LINES - len(mine))]:
            line.basket_id = held.basket.id
            await line.save(update_fields=["basket_id"])
        await BasketLine.filter(basket_id=other.id).delete()
        await other.delete()
        await _touch(held.basket)
        return held.basket


async def wanted_of(account_id: UUID) -> tuple[UUID | None, list[Wanted]]:
    """The account's basket and what is in it."""
    basket = await Basket.get_or_none(account_id=account_id)
    if basket is None:
        return None, []
    lines = await BasketLine.filter(basket_id=basket.id).order_by("id")
    return basket.id, [
        Wanted(line.variant_id, line.quantity, tuple(map(UUID, line.options)), line.note) for line in lines
    ]


async def empty(basket_id: UUID) -> None:
    """Take all out, as it was ordered. Caller's transaction."""
    await BasketLine.filter(basket_id=basket_id).delete()


async def lines_by_basket(basket_ids: Sequence[UUID]) -> Mapping[UUID, list[BasketLine]]:
    """Each basket's lines in the order they were put in. One statement."""
    found: dict[UUID, list[BasketLine]] = {id: [] for id in basket_ids}
    for line in await BasketLine.filter(basket_id__in=list(basket_ids)).order_by("id"):
        found[line.basket_id].append(line)
    return found


async def _hold(actor: Actor, token: str | None) -> Held:
    """The basket, locked; made when there is none."""
    found = await find_basket(actor, token)
    if found is not None:
        return Held(await locked_one(Basket, found.id) or found)
    if actor.account_id is not None:
        await Basket.bulk_create([Basket(account_id=actor.account_id)], ignore_conflicts=True)
        mine = await Basket.get(account_id=actor.account_id)
        return Held(await locked_one(Basket, mine.id) or mine)
    if token is not None:
        raise NotFound("basket")
    fresh = secrets.token_urlsafe(32)
    basket = Basket(id=new_id(), token_hash=_hash(fresh))
    await basket.save(force_create=True)
    return Held(basket, fresh)


async def _touch(basket: Basket) -> None:
    basket.version += 1
    basket.touched_at = clock.now()
    await basket.save(update_fields=["version", "touched_at"])


def _bounded(quantity: int) -> int:
    if quantity > MOST_OF_ONE:
        raise Invalid.field("quantity", Code.OUT_OF_RANGE, "1 to 999", "1 sampai 999")
    return quantity
