"""What is owed of a round is paid: by those who committed, to who ran it; by him, to the supplier."""

from enum import StrEnum
from uuid import UUID

from catalog.models import Seller
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.purchasing.access import hold_round
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.purchasing.posting import PAID_BY, PAID_TO, claim_of, debt_of
from cooperatives.units.approving import check_amount, pay_invoice
from cooperatives.units.kinds import SupplyWay
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah


class PartWay(StrEnum):
    """How a part of a round is paid."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"
    SALES = "SALES"  # out of what the co-op owes the seller of his sales


class NotOfSales(MarketplaceError):
    """Only a seller of this co-op pays out of his sales, and with at most the {held} that he has to come."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Hanya penjual koperasi ini yang membayar dari hasil penjualan, paling banyak {held} yang menjadi haknya."


async def take_part_payment(actor: Actor, *, commitment_id: UUID, amount: int, way: PartWay, key: str) -> Commitment:
    """An officer of who ran the round has money of one who took part.

    Raises NotFound, Forbidden, Invalid, NotOfSales.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        known = await Commitment.get_or_none(pk=commitment_id)
        if known is None:
            raise NotFound("commitment")
        row = await hold_round(actor, known.round_id)
        part = await locked_one(Commitment, commitment_id)
        assert part is not None  # never removed
        if await once(by, "takePurchasePartPayment", key, [commitment_id, amount, way], id) is not None:
            return part
        check_amount(amount, part.outstanding)
        source = await _source(row, part, amount, way)
        part.paid += amount
        await part.save(update_fields=["paid"])
        entry = Entry(source, claim_of(row.cooperative_id, row.pk), amount, "purchase_round.paid_by")
        await ledger.post([entry], cause=Cause(PAID_BY, id))
        return part


async def pay_round_supplier(actor: Actor, *, round_id: UUID, amount: int, way: SupplyWay, key: str) -> PurchaseRound:
    """An officer pays the supplier. Above the co-op's threshold it is only asked for, and done when another officer
    asks for the same.

    Raises NotFound, Forbidden, Invalid, NeedsAnotherOfficer.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        row = await hold_round(actor, round_id)
        if await once(by, "payPurchaseRoundSupplier", key, [round_id, amount, way], id) is not None:
            return row
        if not await pay_invoice(row, amount, way, by):
            return row
        book = row.cooperative_id
        source = AccountRef(book, Purpose.CASH if way is SupplyWay.CASH else Purpose.BANK)
        entry = Entry(debt_of(book, row.pk), source, amount, "purchase_round.paid_to")
        await ledger.post([entry], cause=Cause(PAID_TO, id))
        return row


async def _source(row: PurchaseRound, part: Commitment, amount: int, way: PartWay) -> AccountRef:
    book = row.cooperative_id
    if way is not PartWay.SALES:
        return AccountRef(book, Purpose.CASH if way is PartWay.CASH else Purpose.BANK)
    is_ours = part.seller_id is not None and await Seller.exists(pk=part.seller_id, cooperative_id=book)
    payable = AccountRef(book, Purpose.SELLER_PAYABLE, part.seller_id)
    held = max(0, (await ledger.locked_balance(payable)).available) if is_ours else 0
    if amount > held:
        raise NotOfSales(held=format_rupiah(held))
    return payable
