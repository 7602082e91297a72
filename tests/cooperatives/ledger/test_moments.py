"""Balances as they stood at any past moment, from either end of the book's life, and as officers ask for them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from cooperatives.ledger import service
from cooperatives.ledger.service import AccountRef, Cause, Entry, Phase, Purpose, Resolve
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import transaction
from marketplace.settings import Settings
from tests.cooperatives.settlements.test_settling import ask, coops, treasurer

__all__ = ["coops"]
pytestmark = pytest.mark.anyio

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.fixture
def at() -> Iterator[list[datetime]]:
    """The moment at which things happen, to be moved."""
    moment = [START]
    clock.use(lambda: moment[0])
    yield moment
    clock.use(None)


async def test_every_moment_of_a_book(db: Settings, coops: dict[str, Cooperative], at: list[datetime]) -> None:
    coop = coops["LOG"]
    cash, hub = AccountRef(coop.pk, Purpose.CASH), AccountRef(coop.pk, Purpose.COMMISSION_INCOME)
    seller = AccountRef(coop.pk, Purpose.SELLER_PAYABLE, coop.pk)
    held = Cause("held", uuid4())
    table = [
        # day, entry, cause, cash and its pending debits afterwards, hub afterwards
        (1, Entry(cash, hub, 100, "fee"), Cause("one", uuid4()), (100, 0), 100),
        (2, Entry(cash, seller, 50, "hold", Phase.PENDING), held, (100, 50), 100),
        (3, Entry(seller, hub, 7, "fee"), Cause("three", uuid4()), (100, 50), 107),
        (4, Resolve(held.transfer_id(0), Phase.POST, 30), Cause("four", uuid4()), (130, 0), 107),
        (5, Entry(seller, cash, 130, "paid"), Cause("five", uuid4()), (0, 0), 107),
    ]
    for number, entry, cause, _, _ in table:
        at[0] = day(number)
        async with transaction():
            await service.post([entry], cause=cause)
    for now in (5.5, 6, 60):  # the longer the book lives on, the more moments are early ones
        at[0] = day(now)
        assert (await service.balance(cash, day(0.5))).debits_posted == 0
        for number, _, _, (posted, pending), of_hub in table:
            for moment in (day(number), day(number + 0.4)):
                found = await service.balances([cash, hub], moment)
                assert (found[cash].amount, found[cash].debits_pending) == (posted, pending), (now, moment)
                assert found[hub].amount == of_hub
        assert (await service.balance(cash, day(now + 1))).amount == 0
    query = """query ($slug: String!, $at: DateTime) { cooperative(slug: $slug) { book {
      accounts(at: $at) { purpose balance pendingDebits } trialBalance(at: $at) { debits credits } } } }"""
    book = (await ask(db, treasurer(coop), query, slug="log", at=day(3).isoformat()))["cooperative"]["book"]
    assert {line["purpose"]: (line["balance"], line["pendingDebits"]) for line in book["accounts"]} == {
        "CASH": (100, 50),
        "SELLER_PAYABLE": (-7, 0),
        "COMMISSION_INCOME": (107, 0),
    }
    assert book["trialBalance"] == {"debits": 107, "credits": 107}
