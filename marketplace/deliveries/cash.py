"""Cash in drivers' hands, and how it leaves them: handed in at the co-op, or set off against their earnings."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose
from marketplace import outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.models import CashClearing, CashReceipt, Driver
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import format_rupiah
from marketplace.paging import Page, page_by_id

#: Who in a co-op takes in cash.
CASHIERS = OFFICERS | {Role.DISPATCHER}


class NotSoMuchCash(MarketplaceError):
    """The driver holds {held} in cash and is owed {owed}: name no more than that."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Uang tunai di tangan pengemudi {held} dan haknya {owed}: sebutkan paling banyak itu."


class OwnCash(MarketplaceError):
    """Nobody confirms his own cash: let another officer count it."""

    code = Code.FORBIDDEN
    pesan = "Tidak boleh mengesahkan setoran sendiri: minta pengurus lain menghitungnya."


async def hand_in_cash(actor: Actor, *, driver_id: UUID, amount: int, key: str) -> CashReceipt:
    """An officer or dispatcher took cash from a driver into the co-op's cash box.

    Raises NotSoMuchCash, OwnCash, Invalid, Forbidden, NotFound.
    """
    account_id = signed_in(actor)
    async with transaction():
        driver = await _locked_driver(driver_id)
        require(actor, *CASHIERS, cooperative_id=driver.cooperative_id, hide="driver")
        if driver.account_id == account_id:
            raise OwnCash
        return await _clear(account_id, driver, CashClearing.HANDED_IN, amount, key)


async def set_off_cash(actor: Actor, *, driver_id: UUID, amount: int, key: str) -> CashReceipt:
    """A driver, or an officer of his, lets him keep cash as what the co-op owes him for carrying.

    Raises NotSoMuchCash, Invalid, Forbidden, NotFound.
    """
    account_id = signed_in(actor)
    async with transaction():
        driver = await _locked_driver(driver_id)
        if driver.account_id != account_id:
            require(actor, *CASHIERS, cooperative_id=driver.cooperative_id, hide="driver")
        return await _clear(account_id, driver, CashClearing.SET_OFF, amount, key)


async def _locked_driver(driver_id: UUID) -> Driver:
    driver = await locked_one(Driver, driver_id)
    if driver is None:
        raise NotFound("driver")
    return driver


async def _clear(by: UUID, driver: Driver, clearing: CashClearing, amount: int, key: str) -> CashReceipt:
    if amount <= 0:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than 0", "lebih dari 0")
    receipt_id = new_id()
    earlier = await once(by, clearing.value, key, [driver.pk, amount], receipt_id)
    if earlier is not None:
        return await CashReceipt.get(pk=earlier)
    cash, payable = accounts_of(driver)
    found = await ledger.balances([cash, payable])
    held, owed = found[cash].amount, found[payable].amount
    if amount > held or (clearing is CashClearing.SET_OFF and amount > owed):
        raise NotSoMuchCash(held=format_rupiah(held), owed=format_rupiah(owed))
    receipt = await CashReceipt.create(id=receipt_id, driver_id=driver.pk, clearing=clearing, amount=amount, by_id=by)
    await outbox.record("cash.cleared", driver.pk, {"driver_account_id": str(driver.account_id)})
    is_in = clearing is CashClearing.HANDED_IN
    debit = AccountRef(driver.cooperative_id, Purpose.CASH) if is_in else payable
    kind = "driver.cash_in" if is_in else "driver.cash_set_off"
    await ledger.post([Entry(debit, cash, amount, kind)], cause=Cause("cash_receipt", receipt.pk))
    return receipt


def accounts_of(driver: Driver) -> tuple[AccountRef, AccountRef]:
    """The driver's cash, and what his co-op owes him, in his co-op's book."""
    return (
        AccountRef(driver.cooperative_id, Purpose.CASH_WITH_DRIVER, driver.account_id),
        AccountRef(driver.cooperative_id, Purpose.DRIVER_PAYABLE, driver.account_id),
    )


async def earned_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each driver's co-op owes him for carrying. Two statements."""
    payables = {driver.pk: accounts_of(driver)[1] for driver in await Driver.filter(pk__in=list(ids))}
    found = await ledger.balances(payables.values())
    return {id: found[account].amount for id, account in payables.items()}


async def receipts_of(driver_id: UUID, *, first: int, after: str | None) -> Page[CashReceipt]:
    """The driver's cash receipts, newest first."""
    return await page_by_id(CashReceipt.filter(driver_id=driver_id), first=first, after=after)
