"""Cash that should be with a driver and is not: a case that an officer opens and ends.

It leaves the driver's cash, so that he can go on within his limit, and stands as his co-op's claim on him until it is
taken from his earnings, paid, or borne by the co-op, which takes another officer than the one who opened it.
"""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import format_rupiah
from marketplace.paging import Page, page_by_id
from marketplace.payments.models import CashShortage, ShortageState

#: What ends a case, and the account that takes it over.
ENDS = {
    ShortageState.DEDUCTED: Purpose.DRIVER_PAYABLE,
    ShortageState.PAID: Purpose.CASH,
    ShortageState.BORNE: Purpose.OTHER_EXPENSE,
}
#: What the audit log calls each end.
NOTED = {
    ShortageState.DEDUCTED: "cash.short_deducted",
    ShortageState.PAID: "cash.short_paid",
    ShortageState.BORNE: "cash.short_borne",
}


class ShortageWrongState(MarketplaceError):
    """This case has ended: it is {state}."""

    code = Code.WRONG_STATE
    pesan = "Kasus ini sudah selesai: {state}."


class NotHeld(MarketplaceError):
    """The books have {held} there: name no more than that."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Menurut buku hanya ada {held}: sebutkan paling banyak itu."


class AnotherOfficer(MarketplaceError):
    """What the co-op bears needs another officer than the one who opened the case."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Yang ditanggung koperasi perlu pengurus lain dari yang membuka kasus."


async def report_shortage(
    actor: Actor, *, cooperative_id: UUID, driver_account_id: UUID, amount: int, note: str, key: str
) -> CashShortage:
    """An officer has counted less than the books say that the driver holds. Raises NotFound, Invalid, NotHeld."""
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id, hide="driver")
    if amount <= 0:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than 0", "lebih dari 0")
    if not 3 <= len(note.strip()) <= 300:
        raise Invalid.field("note", Code.OUT_OF_RANGE, "3 to 300 characters", "3 sampai 300 huruf")
    async with transaction():
        id = new_id()
        asked = [cooperative_id, driver_account_id, amount, note]
        earlier = await once(by, "reportCashShortage", key, asked, id)
        if earlier is not None:
            return await CashShortage.get(id=earlier)
        cash = AccountRef(cooperative_id, Purpose.CASH_WITH_DRIVER, driver_account_id)
        await _require_there(cash, amount)
        row = await CashShortage.create(
            id=id,
            cooperative_id=cooperative_id,
            driver_account_id=driver_account_id,
            amount=amount,
            note=note.strip(),
            opened_by=by,
        )
        await audit.note("cash.short", account_id=driver_account_id, by=by, cooperative_id=cooperative_id)
        await outbox.record("cash.cleared", id, {"driver_account_id": str(driver_account_id)})
        entry = Entry(_claim(row), cash, amount, "driver.cash_short")
        await ledger.post([entry], cause=Cause("cash_shortage.opened", id))
        return row


async def end_shortage(actor: Actor, *, shortage_id: UUID, end: ShortageState, key: str) -> CashShortage:
    """An officer ends a case: DEDUCTED from what the driver has earned, PAID in cash, or BORNE by the co-op.

    Raises NotFound, Invalid, ShortageWrongState, NotHeld, AnotherOfficer.
    """
    by = signed_in(actor)
    if end not in ENDS:
        raise Invalid.field("end", Code.INVALID, "DEDUCTED, PAID or BORNE", "DEDUCTED, PAID, atau BORNE")
    async with transaction():
        row = await locked_one(CashShortage, shortage_id)
        if row is None:
            raise NotFound("shortage")
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="shortage")
        if await once(by, "endCashShortage", key, [shortage_id, end], shortage_id) is not None:
            return row
        if row.state is not ShortageState.OPEN:
            raise ShortageWrongState(state=row.state.value)
        if end is ShortageState.BORNE and row.opened_by == by:
            raise AnotherOfficer
        is_his = end is ShortageState.DEDUCTED
        taker = AccountRef(row.cooperative_id, ENDS[end], row.driver_account_id if is_his else None)
        if is_his:
            await _require_there(taker, row.amount)
        row.state, row.ended_by, row.ended_at = end, by, clock.now()
        await row.save(update_fields=["state", "ended_by", "ended_at"])
        driver = row.driver_account_id
        await audit.note(NOTED[end], account_id=driver, by=by, cooperative_id=row.cooperative_id)
        entry = Entry(taker, _claim(row), row.amount, f"driver.short_{end.value.lower()}")
        await ledger.post([entry], cause=Cause("cash_shortage.ended", row.id))
        return row


async def list_shortages(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[CashShortage]:
    """A co-op's cases, newest first, for officers and pengawas. Raises NotFound."""
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id, hide="cooperative")
    return await page_by_id(CashShortage.filter(cooperative_id=cooperative_id), first=first, after=after)


def _claim(row: CashShortage) -> AccountRef:
    return AccountRef(row.cooperative_id, Purpose.DRIVER_SHORTAGE, row.driver_account_id)


async def _require_there(account: AccountRef, amount: int) -> None:
    available = (await ledger.locked_balance(account)).available
    if amount > available:
        raise NotHeld(held=format_rupiah(max(0, available)))
