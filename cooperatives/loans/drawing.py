"""What the co-op borrowed comes in by parts: one officer records a part, another agrees, who thereby books it.

Locks: the book, the borrowing.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.loans.access import OtherOfficer, today_at
from cooperatives.loans.borrowing import REFERENCE_LENGTH, BorrowingWrongState, hold_borrowing, owed_of
from cooperatives.loans.borrowing_interest import terms_of
from cooperatives.loans.kinds import BorrowingState
from cooperatives.loans.models import Borrowing, BorrowingDraw, BorrowingInstalment
from cooperatives.loans.tranches import Part, first_for, instalments_of
from marketplace import clock
from marketplace.batches import lists_by
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import format_rupiah


class BeyondAgreed(MarketplaceError):
    """Of what the lender agreed to, {left} can still be drawn."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Dari jumlah yang disetujui pemberi pinjaman, yang masih bisa ditarik {left}."


class DrawWaits(MarketplaceError):
    """A part of this borrowing waits for another officer: agree to it or withdraw it first."""

    code = Code.DUPLICATE
    pesan = "Satu penarikan pinjaman ini menunggu pengurus lain: setujui atau batalkan dahulu."


async def draw_borrowing(
    actor: Actor, *, borrowing_id: UUID, amount: int, received_on: date, bank_reference: str, key: str
) -> Borrowing:
    """Record that so much more of a running borrowing came in; nothing is booked until another officer agrees.

    Raises NotFound, Forbidden, Invalid, BorrowingWrongState, BeyondAgreed, DrawWaits.
    """
    by, id, bank_reference = signed_in(actor), new_id(), bank_reference.strip()
    async with transaction():
        row = await hold_borrowing(actor, borrowing_id)
        asked = [borrowing_id, amount, received_on, bank_reference]
        if await once(by, "drawBorrowing", key, asked, id) is not None:
            return row
        if row.state is not BorrowingState.RUNNING:
            raise BorrowingWrongState(state=row.state.value)
        if not fits(bank_reference, 1, REFERENCE_LENGTH):
            raise Invalid.field("bankReference", Code.REQUIRED, "1 to 60 characters", "1 sampai 60 karakter")
        draws = await BorrowingDraw.filter(borrowing_id=borrowing_id).exclude(state=BorrowingState.WITHDRAWN)
        if any(one.state is BorrowingState.PROPOSED for one in draws):
            raise DrawWaits
        left = row.amount - row.came_first - sum(one.amount for one in draws)
        if not 0 < amount <= left:
            raise BeyondAgreed(left=format_rupiah(left))
        await _first_unpaid(row, received_on)
        await BorrowingDraw.create(
            id=id,
            borrowing_id=borrowing_id,
            amount=amount,
            received_on=received_on,
            bank_reference=bank_reference,
            proposed_by=by,
        )
        await ask_second(Awaiting.BORROWING, borrowing_id, cooperative_id=row.cooperative_id, by=by, amount=amount)
    return row


async def answer_draw(actor: Actor, *, borrowing_id: UUID, is_agreed: bool) -> Borrowing:
    """Another officer agrees: the part is booked at the bank and spread over the instalments still to come. Or any of
    them withdraws the record.

    Raises NotFound, Forbidden, OtherOfficer, Invalid, BorrowingWrongState.
    """
    async with transaction():
        row = await hold_borrowing(actor, borrowing_id)
        draw = await BorrowingDraw.get_or_none(borrowing_id=borrowing_id, state=BorrowingState.PROPOSED)
        if draw is None:
            raise NotFound("draw")
        draw.agreed_by, draw.agreed_at = signed_in(actor), clock.now()
        draw.state = BorrowingState.RUNNING if is_agreed else BorrowingState.WITHDRAWN
        if not is_agreed:
            await draw.save()
            return row
        if draw.proposed_by == actor.account_id:
            raise OtherOfficer
        if row.state is not BorrowingState.RUNNING:
            raise BorrowingWrongState(state=row.state.value)
        draw.first_ordinal = await _first_unpaid(row, draw.received_on)
        await draw.save()
        await _spread(row, Part(draw.amount, draw.received_on, draw.first_ordinal))
        row.next_on = None  # its interest is looked at again at once
        await row.save(update_fields=["next_on"])
        bank = AccountRef(row.cooperative_id, Purpose.BANK)
        entry = Entry(bank, owed_of(row), draw.amount, "borrowing.received")
        await ledger.post([entry], cause=Cause("borrowing.drawn", draw.pk))
    return row


async def _first_unpaid(row: Borrowing, received_on: date) -> int:
    """The instalment under way on that day, which is not yet paid. Raises Invalid."""
    today = await today_at(row.cooperative_id)
    plan = await BorrowingInstalment.filter(borrowing_id=row.pk).order_by("ordinal")
    first = first_for(received_on, [one.due_on for one in plan])
    if not row.received_on <= received_on <= today or first is None or plan[first - 1].paid_on is not None:
        raise Invalid.field(
            "receivedOn",
            Code.OUT_OF_RANGE,
            "a day until today, after the last instalment that was paid",
            "tanggal sampai hari ini, sesudah angsuran terakhir yang dibayar",
        )
    return first


async def _spread(row: Borrowing, part: Part) -> None:
    plan = await BorrowingInstalment.filter(borrowing_id=row.pk).order_by("ordinal")
    added = instalments_of(terms_of(row), part, row.received_on, [one.due_on for one in plan])
    for one, more in zip(plan[part.ordinal - 1 :], added, strict=True):
        one.principal, one.interest = one.principal + more.principal, one.interest + more.interest
    await BorrowingInstalment.bulk_update(plan, fields=["principal", "interest"])


async def draws_by_borrowing(ids: Sequence[UUID]) -> Mapping[UUID, list[BorrowingDraw]]:
    """Of each what came in after the first part, oldest first. One statement."""
    return await lists_by(BorrowingDraw, "borrowing_id", ids, order="id")
