"""Obligations and the closing of their window at the same moment; what each costs in statements."""

import asyncio
from uuid import UUID, uuid4

import pytest

from cooperatives.ledger.service import Cause
from cooperatives.settlements import service
from cooperatives.settlements.models import (
    ClearingMembership,
    Obligation,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from cooperatives.settlements.obligations import OwesItself, record_obligation
from marketplace.database import transaction
from marketplace.errors import Conflict
from marketplace.identity.actor import Actor, Grant, Role

pytestmark = pytest.mark.anyio

A, B, C = (UUID(int=n) for n in range(0xA, 0xD))
OPERATOR = Actor(account_id=UUID(int=1), grants=frozenset({Grant(Role.NODE_OPERATOR)}))


async def _owe(debtor: UUID, creditor: UUID, amount: int, cause: Cause | None = None) -> None:
    async with transaction():
        await record_obligation(
            debtor_id=debtor, creditor_id=creditor, amount=amount, cause=cause or Cause("test", uuid4())
        )


async def test_what_is_owed_stands_once(db: object) -> None:
    cause = Cause("order", uuid4())
    table = [
        # debtor, creditor, amount, refused as
        (A, B, 5, None),
        (A, B, 5, None),
        (B, A, 3, None),
        (A, B, 6, Conflict),
        (A, A, 5, OwesItself),
        (A, C, 0, OwesItself),
    ]
    for debtor, creditor, amount, refusal in table:
        if refusal is None:
            await _owe(debtor, creditor, amount, cause)
        else:
            with pytest.raises(refusal):
                await _owe(debtor, creditor, amount, cause)
    assert sorted([row.amount for row in await Obligation.all()]) == [3, 5]
    assert (await SettlementWindow.get()).state is WindowState.OPEN


async def test_nothing_is_lost_between_two_windows(db: object) -> None:
    """Whatever the order in which closers and debtors come, each obligation is in the one window that nets it."""
    await _owe(A, B, 1)
    first = await SettlementWindow.get()

    async def close(window_id: UUID) -> None:
        await service.close_window(OPERATOR, window_id=window_id, key=str(window_id))

    pairs = [(A, B), (B, C), (C, A), (B, A)]
    await asyncio.gather(*(_owe(*pairs[n % 4], 10 + n) for n in range(12)), close(first.id))
    second = await SettlementWindow.get(state=WindowState.OPEN)
    await close(second.id)
    assert await Obligation.all().count() == 13
    for window in (first, second):
        net: dict[UUID, int] = {}
        for row in await Obligation.filter(window_id=window.id):
            net[row.debtor_id] = net.get(row.debtor_id, 0) - row.amount
            net[row.creditor_id] = net.get(row.creditor_id, 0) + row.amount
        for payment in await SettlementPayment.filter(window_id=window.id):
            net[payment.payer_id] += payment.amount
            net[payment.payee_id] -= payment.amount
        assert not any(net.values())
    assert [w.number for w in await SettlementWindow.filter(state=WindowState.OPEN)] == [3]


async def test_two_closers_close_one_window(db: object) -> None:
    await _owe(A, B, 1)
    window = await SettlementWindow.get()
    closed = await asyncio.gather(
        *(service.close_window(OPERATOR, window_id=window.id, key="same") for _ in range(4)),
        *(service.close_window(OPERATOR, window_id=window.id, key=f"other-{n}") for n in range(4)),
        return_exceptions=True,
    )
    assert len([c for c in closed if isinstance(c, SettlementWindow)]) in (1, 4)
    assert await SettlementPayment.all().count() == 1
    assert await SettlementWindow.all().count() == 2


async def test_one_person_does_not_approve_for_both(db: object) -> None:
    await _owe(A, B, 7)
    window = await SettlementWindow.get()
    await service.close_window(OPERATOR, window_id=window.id, key="k")
    both = Actor(account_id=UUID(int=2), grants=frozenset({Grant(Role.TREASURER, A), Grant(Role.TREASURER, B)}))
    await service.approve_settlement(both, window_id=window.id, cooperative_id=A, key="a")
    with pytest.raises(service.NeedsTwoOfficers):
        await service.approve_settlement(both, window_id=window.id, cooperative_id=B, key="b")
    payment = await SettlementPayment.get()
    assert (payment.state, payment.payee_approved_by) == ("PLANNED", None)
    other = Actor(account_id=UUID(int=3), grants=frozenset({Grant(Role.TREASURER, B)}))
    await service.approve_settlement(other, window_id=window.id, cooperative_id=B, key="b")
    assert (await SettlementPayment.get()).state == "APPROVED"


async def test_an_obligation_costs_three_statements(db: object, caplog: pytest.LogCaptureFixture) -> None:
    await _owe(A, B, 1)
    with caplog.at_level("DEBUG", logger="tortoise.db_client"):
        async with transaction():
            caplog.clear()
            await record_obligation(debtor_id=A, creditor_id=B, amount=5, cause=Cause("test", uuid4()))
            assert len(caplog.records) == 3, [record.getMessage()[:90] for record in caplog.records]


async def test_a_capped_debtor_cannot_owe_more_by_owing_at_once(db: object) -> None:
    group_id = await service.join_common_group(A, B)
    await ClearingMembership.filter(group_id=group_id, cooperative_id=A).update(cap=10)

    async def owe() -> bool:
        try:
            async with transaction():
                await record_obligation(
                    debtor_id=A, creditor_id=B, amount=3, cause=Cause("test", uuid4()), within_cap=True
                )
        except service.NetDebitCapReached:
            return False
        return True

    assert sum(await asyncio.gather(*(owe() for _ in range(8)))) == 3
