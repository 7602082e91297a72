"""A sale is taken back whole: the goods at what they had cost, the money to who paid it."""

from uuid import UUID

from cooperatives.dues import charging
from cooperatives.dues.charging import dues_by_cause
from cooperatives.dues.models import Due
from cooperatives.dues.paying import credit_of, today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Purpose
from cooperatives.membership.models import Membership
from cooperatives.surplus.purchases import note_purchase
from cooperatives.units.access import check_text
from cooperatives.units.kinds import MoveKind, SaleWay
from cooperatives.units.models import BusinessUnit, UnitSale
from cooperatives.units.posting import RETURNED, SOLD, claim_of, taken_back
from cooperatives.units.selling import hold_sale
from cooperatives.units.stock import Change, move
from marketplace import clock
from marketplace.database import locked, transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

REASON_LENGTH = 200


class AlreadyReturned(MarketplaceError):
    """This sale was taken back already."""

    code = Code.DUPLICATE
    pesan = "Penjualan ini sudah pernah diretur."


class ReturnTheOrder(MarketplaceError):
    """This was bought through the catalogue: end or dispute its order, which gives the money back."""

    code = Code.WRONG_STATE
    pesan = "Ini dibeli lewat katalog: batalkan atau persoalkan pesanannya, maka uangnya dikembalikan dari sana."


async def take_back_sale(actor: Actor, *, sale_id: UUID, reason: str, key: str) -> UnitSale:
    """A keeper takes a whole sale back, saying why. Paid in cash it goes back in cash, by transfer from the bank; on
    credit the rest is owed no more and what was paid of it is held for the member.

    Raises NotFound, Forbidden, Invalid, AlreadyReturned, ReturnTheOrder.
    """
    by, reason = signed_in(actor), check_text("reason", reason, 3, REASON_LENGTH)
    async with transaction():
        unit, sale = await hold_sale(actor, sale_id)
        if await once(by, "takeBackUnitSale", key, [sale_id, reason], sale_id) is not None:
            return sale
        if sale.returned_at is not None:
            raise AlreadyReturned
        if sale.way is SaleWay.ORDER:
            raise ReturnTheOrder
        cause, today = Cause(RETURNED, sale_id), await today_of(unit.cooperative_id)
        into = await _given_back(unit, sale)
        changes = [
            Change(UUID(line["item"]), line["quantity"], line["cost"]) for line in sale.lines if "item" in line
        ]
        await move(unit, changes, kind=MoveKind.RETURN, cause=cause, moved_on=today)
        sale.returned_at, sale.returned_by, sale.return_reason = clock.now(), by, reason
        await sale.save(update_fields=["returned_at", "returned_by", "return_reason"])
        if sale.membership_id is not None:
            await note_purchase(await Membership.get(pk=sale.membership_id), cause, -sale.total, today)
        is_member = sale.membership_id is not None
        entries = taken_back(unit.cooperative_id, unit.pk, into, sale.cost, to_member=is_member)
        await ledger.post(entries, cause=cause)
        return sale


async def _given_back(unit: BusinessUnit, sale: UnitSale) -> list[tuple[AccountRef, int]]:
    """Where the money of a sale goes: each account and how much of it."""
    book = unit.cooperative_id
    if sale.way is not SaleWay.CREDIT:
        purpose = Purpose.CASH if sale.way is SaleWay.CASH else Purpose.BANK
        return [(AccountRef(book, purpose), sale.total)]
    cause = Cause(SOLD, sale.pk)
    known = (await dues_by_cause([cause])).get(cause)
    if known is None:  # of nothing
        return []
    due = (await locked(Due, [known.pk]))[known.pk]
    await charging.let_go([cause])
    paid = (credit_of(book, due.membership_id), due.paid)
    return [(claim_of(book, unit.pk), due.amount - due.paid), paid]
