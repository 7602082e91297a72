"""Who may still pay in cash, and how much: by what the buyer has taken and paid before.

A cash order that fails by its buyer's doing has cost a ride, and food that nobody eats: the co-op's fund for cash
orders pays driver and seller, and the buyer pays his next order beforehand.
"""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from marketplace import clock
from marketplace.database import for_update, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH, format_rupiah
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments.models import CashStanding

#: (cash orders taken and paid before, the largest order in rupiah that may be paid in cash then)
TRUST = ((0, 500_000), (3, 1_000_000), (10, 2_000_000), (30, 5_000_000))
TAKEN = (SubOrderState.DELIVERED, SubOrderState.CLOSED)


class MustPrepay(MarketplaceError):
    """Your last cash order could not be delivered: pay this one online; then cash is open to you again."""

    code = Code.PAYMENT_METHOD_UNAVAILABLE
    pesan = "Pesanan tunai Anda yang lalu gagal diantar: bayar pesanan ini secara daring, lalu tunai terbuka kembali."


class TooMuchCash(MarketplaceError):
    """In cash you may order for {limit} at most for now; this is {amount}: pay online, or order less."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Untuk saat ini pesanan tunai Anda paling banyak {limit}; ini {amount}: bayar daring atau kurangi."


def limit_for(taken: int) -> int:
    """The largest order in rupiah that someone may pay in cash who has taken so many before. Pure."""
    return max(limit for least, limit in TRUST if taken >= least)


async def require_trust(buyer_id: UUID, amount: int) -> None:
    """Go on when the buyer may pay so much in cash. One statement; two above the first limit.

    Raises MustPrepay, TooMuchCash.
    """
    if await CashStanding.filter(id=buyer_id, must_prepay=True).exists():
        raise MustPrepay
    if amount <= limit_for(0):
        return
    paid = SubOrder.filter(buyer_id=buyer_id, payment_method=PaymentMethod.CASH, state__in=TAKEN)
    limit = limit_for(await paid.limit(TRUST[-1][0]).count())
    if amount > limit:
        raise TooMuchCash(limit=format_rupiah(limit), amount=format_rupiah(amount))


async def note_no_show(buyer_id: UUID) -> None:
    """A cash order failed by its buyer's doing. Caller's transaction."""
    row = await for_update(CashStanding.filter(id=buyer_id)).first()
    is_new = row is None
    row = row or CashStanding(id=buyer_id)
    row.no_shows, row.must_prepay, row.last_no_show_at = row.no_shows + 1, True, clock.now()
    await row.save(force_create=is_new)


async def note_prepaid(buyer_id: UUID) -> None:
    """The buyer has paid an order beforehand: cash is open to him again. Caller's transaction."""
    await CashStanding.filter(id=buyer_id, must_prepay=True).update(must_prepay=False)


async def contribute_to_fund(actor: Actor, *, cooperative_id: UUID, amount: int, note: str, key: str) -> int:
    """The treasurer puts so much by for cash orders that fail; answers what the fund then holds.

    The book: debit other expense, credit the fund. Raises Forbidden, Invalid.
    """
    by = signed_in(actor)
    require(actor, Role.TREASURER, cooperative_id=cooperative_id)
    if not 0 < amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")
    if not 3 <= len(note.strip()) <= 120:
        raise Invalid.field("note", Code.OUT_OF_RANGE, "3 to 120 characters", "3 sampai 120 huruf")
    async with transaction():
        id = new_id()
        if await once(by, "contributeToCashOrderFund", key, [cooperative_id, amount, note], id) is None:
            await audit.note("cash_fund.contributed", account_id=by, by=by, cooperative_id=cooperative_id, note=note)
            expense = AccountRef(cooperative_id, Purpose.OTHER_EXPENSE)
            entry = Entry(expense, fund(cooperative_id), amount, "cash_fund.contributed")
            await ledger.post([entry], cause=Cause("cash_fund.contributed", id))
    return (await ledger.balance(fund(cooperative_id))).amount


async def fund_of(actor: Actor, cooperative_id: UUID) -> int:
    """What the fund holds, for officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    return (await ledger.balance(fund(cooperative_id))).amount


def fund(cooperative_id: UUID) -> AccountRef:
    """The co-op's fund for cash orders that fail."""
    return AccountRef(cooperative_id, Purpose.CASH_ORDER_FUND)
