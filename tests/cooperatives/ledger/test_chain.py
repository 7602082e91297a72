"""The chain names what was changed behind the ledger's back."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from cooperatives import ledger
from cooperatives.ledger import chain
from cooperatives.ledger.models import ChainLink, Transfer, Unsealed
from cooperatives.ledger.service import AccountRef, Cause, Entry, Phase, Purpose, Resolve, post
from marketplace import clock
from marketplace.database import transaction

pytestmark = pytest.mark.anyio

BOOK = UUID(int=1)


@pytest.fixture(autouse=True)
async def _posted(db: object) -> None:
    await ledger.install()
    for amount in range(1, 6):
        async with transaction():
            cash, capital = AccountRef(BOOK, Purpose.CASH), AccountRef(BOOK, Purpose.MEMBER_CAPITAL)
            await post([Entry(cash, capital, amount, "saving")], cause=Cause("test", uuid4()))


async def _broken() -> list[chain.Broken]:
    return [broken async for broken in chain.broken_links(BOOK)]


async def test_what_is_posted_is_sealed_in_order() -> None:
    assert await chain.lag() < timedelta(minutes=1)
    assert await chain.seal_books() == 5
    assert await chain.seal_books() == 0
    assert await chain.lag() == timedelta(0)
    assert [link.seq for link in await ChainLink.all().order_by("seq")] == [1, 2, 3, 4, 5]
    assert await Unsealed.all().count() == 0
    assert await _broken() == []


async def test_what_is_sealed_is_canonical(db: object) -> None:
    """Whatever stands in a row, the seal is what `link_hash` says of it, also where the database wrote it."""
    cash, capital = AccountRef(BOOK, Purpose.CASH), AccountRef(BOOK, Purpose.MEMBER_CAPITAL)
    whole = datetime(2026, 1, 1, tzinfo=UTC)
    for n, kind in enumerate(('a "quoted" \\ kind', "titik · koma\n\t", "😀\x7f\x01")):
        moments = [whole + timedelta(microseconds=n), whole + timedelta(days=1, milliseconds=500 * n)]
        clock.use(lambda: moments[0])  # noqa: B023  # called within this turn
        async with transaction():
            held = Entry(cash, capital, 10, kind, Phase.PENDING, moments[1])
            await post([held, Entry(cash, capital, 1, kind)], cause=Cause(kind, uuid4()))
            pending = await Transfer.get(kind=kind, phase=Phase.PENDING)
            await post([Resolve(pending.id, Phase.POST, 3)], cause=Cause("end", uuid4()))
    clock.use(None)
    assert await chain.seal_books() == 5 + 9
    assert await _broken() == []


async def test_several_sealers_make_one_chain() -> None:
    await asyncio.gather(*(chain.seal_books() for _ in range(5)))
    await chain.seal_books()
    assert await ChainLink.all().count() == 5
    assert await _broken() == []
