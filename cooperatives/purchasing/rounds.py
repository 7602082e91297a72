"""A round is opened by a co-op's officers, ordered when it closes, or called off."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from cooperatives.membership.models import Cooperative
from cooperatives.purchasing.access import hold_round, take
from cooperatives.purchasing.lifecycle import RoundEvent
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.purchasing.sharing import Tier, faulty, tier_at
from cooperatives.units.access import check_number, check_text
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in

MOST_TIERS, MOST_PRICE, MOST_DAYS = 10, 1_000_000_000, 365
LONGEST = timedelta(days=90)


class TooFew(MarketplaceError):
    """All together {committed} are committed to, the first tier begins at {least}: wait for more, or cancel it."""

    code = Code.BELOW_MINIMUM
    pesan = "Komitmen baru {committed}, padahal tingkat harga pertama mulai {least}: tunggu lagi, atau batalkan."


async def open_round(
    actor: Actor,
    *,
    cooperative_id: UUID,
    title: str,
    measure: str,
    supplier: str,
    tiers: Sequence[Tier],
    closes_at: datetime,
    credit_days: int,
    supplier_days: int,
    key: str,
) -> PurchaseRound:
    """An officer opens a round of one thing, with the supplier's prices by quantity and the days that each may wait.

    Raises NotFound, Forbidden, Invalid.
    """
    by, id = signed_in(actor), new_id()
    title, measure = check_text("title", title, 2, 160), check_text("measure", measure, 1, 40)
    supplier = check_text("supplier", supplier, 2, 120)
    check_number(("creditDays",), credit_days, 0, MOST_DAYS)
    check_number(("supplierDays",), supplier_days, 0, MOST_DAYS)
    if len(tiers) > MOST_TIERS or faulty(tiers) or any(tier.price > MOST_PRICE for tier in tiers):
        raise Invalid.field(
            "tiers",
            Code.INVALID,
            f"1 to {MOST_TIERS}, each from more on and not dearer",
            f"1 sampai {MOST_TIERS}, makin banyak tidak makin mahal",
        )
    if not clock.now() < closes_at <= clock.now() + LONGEST:
        raise Invalid.field("closesAt", Code.OUT_OF_RANGE, "within 90 days", "dalam 90 hari ke depan")
    async with transaction():
        cooperative = await locked_one(Cooperative, cooperative_id)
        if cooperative is None:
            raise NotFound("cooperative")
        require(actor, *OFFICERS, cooperative_id=cooperative_id)
        prices = [[tier.least, tier.price] for tier in tiers]
        asked = [cooperative_id, title, measure, supplier, prices, closes_at, credit_days, supplier_days]
        if (earlier := await once(by, "openPurchaseRound", key, asked, id)) is not None:
            return await PurchaseRound.get(pk=earlier)
        count = await PurchaseRound.filter(cooperative_id=cooperative_id).count()
        return await PurchaseRound.create(
            id=id,
            cooperative_id=cooperative_id,
            number=f"PB/{cooperative.code}/{closes_at.year}/{count + 1:04}",
            tiers=prices,
            closes_at=closes_at,
            credit_days=credit_days,
            supplier_days=supplier_days,
            opened_by=by,
            title=title,
            measure=measure,
            supplier=supplier,
        )


async def order_round(actor: Actor, *, round_id: UUID, refused: Sequence[UUID] = ()) -> PurchaseRound:
    """An officer closes a round and orders what all took together, at the price of the tier that it reaches.

    `refused`: commitments that he does not take, for who waits too long to pay.
    Raises NotFound, Forbidden, Invalid, RoundWrongState, TooFew.
    """
    async with transaction():
        row = await hold_round(actor, round_id)
        take(row, RoundEvent.ORDER)
        parts = await Commitment.filter(round_id=round_id, quantity__gt=0).order_by("id")
        if unknown := set(refused) - {part.pk for part in parts}:
            raise Invalid.field(
                "refused", Code.NOT_FOUND, f"{len(unknown)} are not of this round", f"{len(unknown)} bukan dari sini"
            )
        quantity = sum(part.quantity for part in parts if part.pk not in refused)
        tier = tier_at(row.prices, quantity)
        if tier is None:
            raise TooFew(committed=quantity, least=row.prices[0].least)
        row.ordered, row.price = quantity, tier.price
        await row.save(update_fields=["state", "ordered", "price"])
        if refused:
            await Commitment.filter(pk__in=list(refused)).update(is_refused=True)
        return row


async def cancel_round(actor: Actor, *, round_id: UUID) -> PurchaseRound:
    """An officer calls a round off before its goods have come. Raises NotFound, Forbidden, RoundWrongState."""
    async with transaction():
        row = await hold_round(actor, round_id)
        take(row, RoundEvent.CANCEL)
        await row.save(update_fields=["state"])
        return row
