"""Cash in a driver's hands: counted in by another, or kept as earnings, and then he may carry cash again."""

import asyncio

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Cause, Entry
from cooperatives.ledger.service import Purpose as P
from cooperatives.membership.models import Cooperative
from marketplace.database import new_id, transaction
from marketplace.deliveries import cash, limits
from marketplace.deliveries.cash import NotSoMuchCash, OwnCash
from marketplace.deliveries.models import CashReceipt, Driver
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Grant, Role
from tests.deliveries import stage

pytestmark = pytest.mark.anyio


async def with_cash(coop: Cooperative) -> tuple[Driver, Actor]:
    """A driver who collected 62,000, of which 11,040 are his."""
    driver, actor = await stage.on_shift(coop, "Budi")
    held = AccountRef(coop.pk, P.CASH_WITH_DRIVER, driver.account_id)
    entries = [
        Entry(held, AccountRef(coop.pk, P.DRIVER_PAYABLE, driver.account_id), 11_040, "order.driver"),
        Entry(held, AccountRef(coop.pk, P.SELLER_PAYABLE, new_id()), 50_960, "order.goods"),
    ]
    async with transaction():
        await ledger.post(entries, cause=Cause("test", new_id()))
    return driver, actor


async def test_handed_in_and_set_off(db: object) -> None:
    coop = await stage.cooperative("DRV")
    driver, actor = await with_cash(coop)
    treasurer = await stage.officer(coop, Role.TREASURER)
    assert (await limits.load_of(driver)).cash == 62_000
    await cash.set_off_cash(actor, driver_id=driver.pk, amount=11_040, key="s")
    await cash.hand_in_cash(treasurer, driver_id=driver.pk, amount=50_960, key="h")
    await cash.hand_in_cash(treasurer, driver_id=driver.pk, amount=50_960, key="h")  # once
    assert (await limits.load_of(driver)).cash == 0
    assert await stage.amount(coop, P.CASH) == 50_960
    assert await stage.amount(coop, P.DRIVER_PAYABLE, driver.account_id) == 0
    assert await CashReceipt.all().count() == 2


async def test_no_more_than_he_holds_however_many_count_at_once(db: object) -> None:
    coop = await stage.cooperative("DRV")
    driver, _ = await with_cash(coop)
    treasurer = await stage.officer(coop, Role.TREASURER)
    answers = await asyncio.gather(
        *(cash.hand_in_cash(treasurer, driver_id=driver.pk, amount=40_000, key=str(n)) for n in range(5)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["CashReceipt"] + ["NotSoMuchCash"] * 4
    assert await stage.amount(coop, P.CASH_WITH_DRIVER, driver.account_id) == 22_000


async def test_who_may_not(db: object) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("MKT")
    driver, actor = await with_cash(coop)
    with pytest.raises((Forbidden, NotFound)):
        await cash.hand_in_cash(actor, driver_id=driver.pk, amount=1, key="1")
    with pytest.raises(NotFound):
        await cash.hand_in_cash(await stage.officer(other), driver_id=driver.pk, amount=1, key="2")
    both = Actor(account_id=driver.account_id, grants=frozenset({Grant(Role.TREASURER, coop.pk)}))
    with pytest.raises(OwnCash):
        await cash.hand_in_cash(both, driver_id=driver.pk, amount=1, key="3")
    with pytest.raises(NotSoMuchCash):
        await cash.set_off_cash(actor, driver_id=driver.pk, amount=11_041, key="4")
    with pytest.raises(Invalid):
        await cash.set_off_cash(actor, driver_id=driver.pk, amount=0, key="5")
    assert await CashReceipt.all().count() == 0
