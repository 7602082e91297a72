"""The goods of a round come: each has his part and owes it; a unit takes its part into stock as its own invoice.

The cost is shared out to the rupiah in the book of who ran the round. A unit's own book learns of it when its keeper
takes the goods in: an invoice on credit (tempo), from the co-op that ran the round. That co-op's own units owe
nobody: what they take in is set off against the round at once.
"""

from datetime import date, timedelta
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.membership.models import Cooperative
from cooperatives.purchasing.access import RoundWrongState, hold_round, take
from cooperatives.purchasing.lifecycle import RoundEvent, RoundState
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.purchasing.posting import RECEIVED, claim_of, received
from cooperatives.purchasing.sharing import shared
from cooperatives.units.access import check_number, check_past, check_text, hold_unit
from cooperatives.units.kinds import SupplyWay
from cooperatives.units.models import Supplier, UnitItem, UnitPurchase
from cooperatives.units.supplying import Bought, receive
from marketplace import outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: Told of each one's part.
PART_RECEIVED = "purchase_part.received"
MOST_CARRIAGE = 10_000_000_000


class AlreadyTakenIn(MarketplaceError):
    """These goods were taken in already."""

    code = Code.DUPLICATE
    pesan = "Barang ini sudah diterima."


async def receive_round(
    actor: Actor,
    *,
    round_id: UUID,
    quantity: int,
    carriage: int,
    reference: str,
    received_on: date,
    key: str,
) -> PurchaseRound:
    """An officer has the supplier's goods and invoice: so many came (a short delivery is short for all alike), with
    so much carriage. Everyone owes his part by the round's days.

    Raises NotFound, Forbidden, Invalid, RoundWrongState.
    """
    by, reference = signed_in(actor), check_text("reference", reference, 1, 60)
    check_number(("carriage",), carriage, 0, MOST_CARRIAGE)
    async with transaction():
        row = await hold_round(actor, round_id)
        asked = [round_id, quantity, carriage, reference, received_on]
        if await once(by, "receivePurchaseRound", key, asked, round_id) is not None:
            return row
        take(row, RoundEvent.RECEIVE)
        check_number(("quantity",), quantity, 1, row.ordered)
        await check_past(row.cooperative_id, "receivedOn", received_on)
        parts = await Commitment.filter(round_id=round_id, is_refused=False, quantity__gt=0).order_by("id")
        split = shared({part.pk: part.quantity for part in parts}, quantity, row.price, carriage)
        due_on = received_on + timedelta(days=row.credit_days)
        for part in parts:
            mine = split[part.pk]
            part.received, part.goods, part.carriage, part.due_on = mine.quantity, mine.goods, mine.carriage, due_on
        await Commitment.bulk_update(parts, fields=["received", "goods", "carriage", "due_on"], batch_size=200)
        row.received, row.carriage, row.reference, row.received_on = quantity, carriage, reference, received_on
        row.total, row.due_on = quantity * row.price + carriage, received_on + timedelta(days=row.supplier_days)
        await row.save()
        for part in parts:
            await outbox.record(PART_RECEIVED, part.pk)
        entries = received(row.cooperative_id, row.pk, [part.total for part in parts])
        await ledger.post(entries, cause=Cause(RECEIVED, row.pk))
        return row


async def take_delivery(actor: Actor, *, commitment_id: UUID, key: str) -> Commitment:
    """A unit's keeper takes its part into stock, at its part of the cost, owed by the round's day.

    Raises NotFound, Forbidden, Invalid, RoundWrongState, AlreadyTakenIn.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        known = await Commitment.get_or_none(pk=commitment_id)
        item = None if known is None or known.item_id is None else await UnitItem.get_or_none(pk=known.item_id)
        if known is None or item is None:
            raise NotFound("commitment")
        row = await locked_one(PurchaseRound, known.round_id)
        assert row is not None  # a commitment is of one
        unit = await hold_unit(actor, item.unit_id)
        part = await locked_one(Commitment, commitment_id)
        assert part is not None
        if await once(by, "takePurchaseDelivery", key, [commitment_id], commitment_id) is not None:
            return part
        if row.state is not RoundState.RECEIVED:
            raise RoundWrongState(state=row.state.value)
        if part.purchase_id is not None:
            raise AlreadyTakenIn
        if part.received == 0:
            raise Invalid.field("id", Code.INVALID, "nothing of it came", "tidak ada yang datang")
        is_own = unit.cooperative_id == row.cooperative_id
        purchase = UnitPurchase(
            id=id,
            unit_id=unit.pk,
            cooperative_id=unit.cooperative_id,
            supplier_id=(await _supplier(unit.cooperative_id, row)).pk,
            reference=f"{row.number} {str(part.pk)[-8:]}",
            received_on=row.received_on,
            way=SupplyWay.CREDIT,
            total=part.total,
            paid=part.outstanding if is_own else 0,
            due_on=part.due_on,
            recorded_by=by,
        )
        part.purchase_id = id
        part.paid += purchase.paid
        await part.save(update_fields=["purchase_id", "paid"])
        source = claim_of(row.cooperative_id, row.pk) if is_own else None
        await receive(unit, purchase, [Bought(item.pk, part.received, part.total)], source=source)
        return part


async def _supplier(cooperative_id: UUID, row: PurchaseRound) -> Supplier:
    """The co-op that ran the round as whom the unit buys from."""
    name = f"Pembelian bersama {(await Cooperative.get(pk=row.cooperative_id)).name}"[:120]
    found, _ = await Supplier.get_or_create(
        cooperative_id=cooperative_id, name=name, defaults={"credit_days": row.credit_days}
    )
    return found
