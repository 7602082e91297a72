"""At the counter: a member pays his dues in cash and gets a numbered receipt."""

from uuid import UUID

from cooperatives.dues.access import CASHIERS, membership_for
from cooperatives.dues.models import DuePayment, PaymentWay
from cooperatives.dues.paying import hold_dues, pay, today_of
from cooperatives.ledger.accounts import AccountRef, Purpose
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah

NOTE_LENGTH = 80


class MoreThanOwed(MarketplaceError):
    """This member owes {owed} in all: take no more than that as dues."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Tagihan anggota ini seluruhnya {owed}: terima paling banyak itu sebagai pembayaran tagihan."


async def take_cash(actor: Actor, *, membership_id: UUID, amount: int, note: str = "", key: str) -> DuePayment:
    """A cashier takes cash for a member's dues: what has come due first, by the order of kinds.

    Raises NotFound, Forbidden, Invalid, MoreThanOwed.
    """
    by, note = signed_in(actor), " ".join(note.split())
    if len(note) > NOTE_LENGTH:
        most = NOTE_LENGTH
        raise Invalid.field("note", Code.TOO_LONG, f"at most {most} characters", f"paling banyak {most} karakter")
    id = new_id()
    async with transaction():
        member = await membership_for(actor, membership_id, CASHIERS)
        earlier = await once(by, "takeDuesCash", key, [membership_id, amount, note], id)
        if earlier is not None:
            return await DuePayment.get(pk=earlier)
        if amount <= 0:
            raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero", "lebih dari nol")
        dues = await hold_dues(membership_id)
        in_all = sum(due.outstanding for due in dues.values())
        if amount > in_all:
            raise MoreThanOwed(owed=format_rupiah(in_all))
        payment = DuePayment(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=member.account_id,
            way=PaymentWay.CASH,
            source_id=id,
            amount=amount,
            received_on=await today_of(member.cooperative_id),
            reference=note,
            taken_by=by,
        )
        return await pay(payment, dues, [(AccountRef(member.cooperative_id, Purpose.CASH), amount)])
