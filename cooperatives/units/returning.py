"""A sale is taken back, whole or some of its goods: these at what they had cost, the money to who paid it."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.dues import charging
from cooperatives.dues.charging import dues_by_cause
from cooperatives.dues.models import Due
from cooperatives.dues.paying import credit_of, today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Purpose
from cooperatives.membership.models import Membership
from cooperatives.surplus.purchases import PART_RETURNED, note_purchase
from cooperatives.units.access import MOST_LINES, check_text
from cooperatives.units.financing import paying as financing
from cooperatives.units.kinds import MoveKind, SaleWay
from cooperatives.units.models import BusinessUnit, UnitSale, UnitSaleReturn
from cooperatives.units.posting import RETURNED, SOLD, claim_of, current_of, taken_back
from cooperatives.units.remaining import coming_back, remaining
from cooperatives.units.selling import SaleLine, hold_sale
from cooperatives.units.stock import Change, move
from marketplace import clock
from marketplace.database import locked, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError
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


class ReturnWhole(MarketplaceError):
    """A sale on credit is taken back whole: sell what the member keeps anew."""

    code = Code.WRONG_STATE
    pesan = "Penjualan kredit diretur seluruhnya: jual lagi barang yang tetap dipakai anggota."


async def take_back_sale(
    actor: Actor, *, sale_id: UUID, reason: str, lines: Sequence[SaleLine] = (), key: str
) -> UnitSale:
    """A keeper takes these goods of a sale back (none named: all that is left of it), saying why. Paid in cash it
    goes back in cash, by transfer from the bank; on credit the rest is owed no more and what was paid of it is held
    for the member; financed it pays the loan.

    Raises NotFound, Forbidden, Invalid, AlreadyReturned, ReturnTheOrder, ReturnWhole, LoanWrongState.
    """
    by, id, reason = signed_in(actor), new_id(), check_text("reason", reason, 3, REASON_LENGTH)
    wanted = _wanted(lines)
    async with transaction():
        unit, sale = await hold_sale(actor, sale_id)
        asked = [sale_id, reason, *([[*wanted.items()]] if wanted else [])]
        if await once(by, "takeBackUnitSale", key, asked, sale_id) is not None:
            return sale
        _require_returnable(sale, is_part=bool(wanted))
        earlier = await UnitSaleReturn.filter(sale_id=sale_id)
        left = remaining(sale.lines, [line for row in earlier for line in row.lines])
        back = coming_back(left, wanted)
        today = await today_of(unit.cooperative_id)
        row = await UnitSaleReturn.create(
            id=id,
            sale_id=sale_id,
            total=sum(line["total"] for line in back),
            cost=sum(line.get("cost", 0) for line in back),
            lines=back,
            reason=reason,
            returned_on=today,
            returned_by=by,
        )
        is_whole = row.total == sum(line["total"] for line in left) and len(back) == len(left)
        if is_whole:
            sale.returned_at, sale.returned_by, sale.return_reason = clock.now(), by, reason
            await sale.save(update_fields=["returned_at", "returned_by", "return_reason"])
        await _carry_out(unit, sale, row, Cause(RETURNED if is_whole else PART_RETURNED, id))
        return sale


def _wanted(lines: Sequence[SaleLine]) -> dict[UUID, int]:
    """How many of which item come back. Raises Invalid."""
    wanted = {line.item_id: line.quantity for line in lines if line.item_id is not None}
    if len(wanted) < len(lines) or len(lines) > MOST_LINES:
        raise Invalid.field("lines", Code.INVALID, "goods of the sale, each once", "barang dari penjualan, satu kali")
    return wanted


def _require_returnable(sale: UnitSale, *, is_part: bool) -> None:
    if sale.returned_at is not None:
        raise AlreadyReturned
    if sale.way is SaleWay.ORDER:
        raise ReturnTheOrder
    if sale.way is SaleWay.CREDIT and is_part:
        raise ReturnWhole


async def _carry_out(unit: BusinessUnit, sale: UnitSale, row: UnitSaleReturn, cause: Cause) -> None:
    """The goods go back into stock, the member's business shrinks, the money goes to who paid it."""
    into = await _given_back(unit, sale, row)
    changes = [Change(UUID(line["item"]), line["quantity"], line["cost"]) for line in row.lines if "item" in line]
    await move(unit, changes, kind=MoveKind.RETURN, cause=cause, moved_on=row.returned_on)
    is_member = sale.membership_id is not None
    if is_member:
        await note_purchase(await Membership.get(pk=sale.membership_id), cause, -row.total, row.returned_on)
    entries = taken_back(unit.cooperative_id, unit.pk, into, row.cost, to_member=is_member)
    await ledger.post(entries, cause=cause)


async def _given_back(unit: BusinessUnit, sale: UnitSale, row: UnitSaleReturn) -> list[tuple[AccountRef, int]]:
    """Where the money of what came back goes: each account and how much of it."""
    book = unit.cooperative_id
    match sale.way:
        case SaleWay.FINANCED:
            await financing.give_back(sale, row.total, row.pk, row.returned_by)
            return [(current_of(book, unit.pk), row.total)]
        case SaleWay.CREDIT:
            return await _owed_no_more(unit, sale)
        case SaleWay.CASH:
            return [(AccountRef(book, Purpose.CASH), row.total)]
        case _:
            return [(AccountRef(book, Purpose.BANK), row.total)]


async def _owed_no_more(unit: BusinessUnit, sale: UnitSale) -> list[tuple[AccountRef, int]]:
    book, cause = unit.cooperative_id, Cause(SOLD, sale.pk)
    known = (await dues_by_cause([cause])).get(cause)
    if known is None:  # of nothing
        return []
    due = (await locked(Due, [known.pk]))[known.pk]
    await charging.let_go([cause])
    paid = (credit_of(book, due.membership_id), due.paid)
    return [(claim_of(book, unit.pk), due.amount - due.paid), paid]
