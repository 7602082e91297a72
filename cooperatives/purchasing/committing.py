"""Who takes part in a round commits to a quantity until it closes: a unit of any co-op, or a seller."""

from uuid import UUID

from catalog.models import Seller, SellerState
from catalog.sellers import require_keeper
from cooperatives.purchasing.access import RoundWrongState, may_commit
from cooperatives.purchasing.lifecycle import RoundState
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.units.access import check_number
from cooperatives.units.models import UnitItem
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Forbidden, signed_in

MOST_COMMITTED = 1_000_000
MOST_PARTIES = 1_000


class RoundClosed(MarketplaceError):
    """This round took commitments until {moment}."""

    code = Code.EXPIRED
    pesan = "Pembelian bersama ini menerima komitmen sampai {moment}."


async def commit(
    actor: Actor,
    *,
    round_id: UUID,
    quantity: int,
    item_id: UUID | None = None,
    seller_id: UUID | None = None,
    key: str,
) -> Commitment:
    """A unit's keeper commits for one of its items, a seller for himself; said again it replaces what stood, zero
    takes it back.

    Raises NotFound, Forbidden, Invalid, RoundWrongState, RoundClosed.
    """
    by, id = signed_in(actor), new_id()
    check_number(("quantity",), quantity, 0, MOST_COMMITTED)
    if (item_id is None) == (seller_id is None):
        raise Invalid.field("itemId", Code.INVALID, "an item or a seller", "sebuah barang unit atau seorang penjual")
    async with transaction():
        row = await locked_one(PurchaseRound, round_id)
        if row is None:
            raise NotFound("round")
        cooperative_id = await _of_item(actor, item_id) if item_id else await _of_seller(actor, seller_id)
        asked = [round_id, item_id, seller_id, quantity]
        if (earlier := await once(by, "commitToPurchaseRound", key, asked, id)) is not None:
            return await _earlier(earlier, round_id, item_id or seller_id)
        if row.state is not RoundState.OPEN:
            raise RoundWrongState(state=row.state.value)
        if clock.now() >= row.closes_at:
            raise RoundClosed(moment=f"{row.closes_at:%d/%m/%Y %H:%M} UTC")
        party_id = item_id or seller_id
        assert party_id is not None  # one of the two
        part = await Commitment.get_or_none(round_id=round_id, party_id=party_id)
        if part is None:
            if await Commitment.filter(round_id=round_id).count() >= MOST_PARTIES:
                raise Invalid.field(
                    "roundId", Code.TOO_MANY, f"at most {MOST_PARTIES}", f"paling banyak {MOST_PARTIES}"
                )
            part = Commitment(
                id=id,
                round_id=round_id,
                cooperative_id=cooperative_id,
                item_id=item_id,
                seller_id=seller_id,
                party_id=party_id,
                committed_by=by,
                quantity=quantity,
            )
            await part.save(force_create=True)
        else:
            part.quantity, part.committed_by = quantity, by
            await part.save(update_fields=["quantity", "committed_by"])
        return part


async def _of_item(actor: Actor, item_id: UUID) -> UUID:
    item = await UnitItem.get_or_none(pk=item_id).select_related("unit")
    if item is None:
        raise NotFound("item")
    if not may_commit(actor, item.unit.cooperative_id):
        raise Forbidden(needs="unit keeper")
    return UUID(str(item.unit.cooperative_id))


async def _of_seller(actor: Actor, seller_id: UUID | None) -> UUID:
    seller = await Seller.get_or_none(pk=seller_id, state=SellerState.APPROVED)
    if seller is None:
        raise NotFound("seller")
    require_keeper(actor, seller)
    return seller.cooperative_id


async def _earlier(id: UUID, round_id: UUID, party_id: UUID | None) -> Commitment:
    found = await Commitment.get_or_none(pk=id)
    return found or await Commitment.get(round_id=round_id, party_id=party_id)
