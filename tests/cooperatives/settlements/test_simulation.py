"""Settlement windows at random, with crashes between statements, against net positions kept in a dictionary.

Its length and seed are those of the ledger's simulation, a window's act being worth a hundred of its operations.
"""

import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from cooperatives.ledger import chain
from cooperatives.ledger.service import Cause
from cooperatives.membership.models import Cooperative
from cooperatives.settlements import obligations, service
from cooperatives.settlements.models import (
    ClearingMembership,
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from marketplace import checks
from marketplace.database import transaction
from marketplace.settings import Settings
from tests.cooperatives.ledger.simulation.crashing import Crash, Fuse, fused
from tests.cooperatives.settlements.test_settling import OPERATOR, coops, treasurer

__all__ = ["coops"]
pytestmark = [pytest.mark.anyio, pytest.mark.slow]

ACTS = int(os.environ.get("LUMBUNG_TEST_LEDGER_OPERATIONS", "2000")) // 100 + 130
SEED = int(os.environ.get("LUMBUNG_TEST_LEDGER_SEED", random.SystemRandom().randrange(10**9)))
CAPS = {"DRV": 40_000, "LOG": 25_000}
LOOK_EVERY = 20


class Clearing:
    """One group of four co-ops, two of them capped; what each owes, net, and has set aside."""

    def __init__(self, seed: int, coops: dict[str, Cooperative], group_id: UUID, fuse: Fuse) -> None:
        self.random, self.seed, self.fuse, self.group_id = random.Random(seed), seed, fuse, group_id
        self.coops = coops
        self.net = dict.fromkeys(coops, 0)
        self.reserved: dict[UUID, tuple[str, int]] = {}
        self.seen: Counter[str] = Counter()

    def code(self, id: UUID) -> str:
        return next(code for code, coop in self.coops.items() if coop.pk == id)

    def pending(self, code: str) -> int:
        return sum(amount for debtor, amount in self.reserved.values() if debtor == code)

    async def once(self, act: Callable[[str], Awaitable[object]]) -> None:
        """Do it under one key; where a crash came between, ask again: it happens once."""
        key = str(uuid4())
        if self.random.random() < 0.3:
            self.fuse.left = self.random.randrange(25)
            try:
                await act(key)
            except Crash:
                self.seen["crash"] += 1
            finally:
                self.fuse.left = None
        await act(key)

    async def owe(self) -> None:
        debtor, creditor = self.random.sample(sorted(self.coops), 2)
        amount = self.random.randrange(1, 15_000)
        fits = self.net[debtor] + self.pending(debtor) + amount <= CAPS.get(debtor, 10**15)
        ids = {"debtor_id": self.coops[debtor].pk, "creditor_id": self.coops[creditor].pk}
        actor = treasurer(self.coops[debtor])
        try:
            await self.once(lambda key: service.acknowledge_debt(actor, **ids, amount=amount, note="x", key=key))
        except service.NetDebitCapReached:
            assert not fits, f"seed {self.seed}: refused although it fits"
            self.seen["capped"] += 1
            return
        assert fits, f"seed {self.seed}: {debtor} owes beyond its cap"
        self.net[debtor] += amount
        self.net[creditor] -= amount

    async def set_aside(self) -> None:
        debtor, creditor = self.random.sample(sorted(self.coops), 2)
        amount, cause = self.random.randrange(1, 8_000), Cause("simulated", uuid4())
        fits = self.net[debtor] + self.pending(debtor) + amount <= CAPS.get(debtor, 10**15)
        ids = {"debtor_id": self.coops[debtor].pk, "creditor_id": self.coops[creditor].pk}

        async def reserve(_: str) -> None:
            async with transaction():
                await service.reserve(**ids, amount=amount, cause=cause)

        try:
            await self.once(reserve)
        except service.NetDebitCapReached:
            assert not fits, f"seed {self.seed}: refused although it fits"
            self.seen["capped"] += 1
            return
        assert fits, f"seed {self.seed}: {debtor} sets aside beyond its cap"
        self.reserved[cause.id] = debtor, amount

    async def let_go(self) -> None:
        if not self.reserved:
            return
        id = self.random.choice(sorted(self.reserved))
        debtor, amount = self.reserved.pop(id)
        left = self.random.choice([0, 0, amount // 2])

        async def release(_: str) -> None:
            async with transaction():
                await service.release(Cause("simulated", id), left=left)

        await self.once(release)
        if left:
            self.reserved[id] = debtor, left

    async def close(self) -> None:
        window = await SettlementWindow.get_or_none(group_id=self.group_id, state=WindowState.OPEN)
        if window is not None:
            await self.once(lambda key: service.close_window(OPERATOR, window_id=window.id, key=key))

    async def settle_on(self) -> None:
        """Approve, pay, confirm, or end in another way: whatever the oldest unsettled window lets one do."""
        window = await SettlementWindow.filter(state=WindowState.PENDING_SETTLEMENT).order_by("number").first()
        if window is None:
            return
        plan = await SettlementPayment.filter(window_id=window.id).exclude(state=PaymentState.VOID).order_by("id")
        states = {payment.state for payment in plan}
        if states == {PaymentState.PLANNED} and self.random.random() < 0.35:
            await (self.abort if self.random.random() < 0.4 else self.default)(window)
        elif PaymentState.PAID not in states and PaymentState.CONFIRMED in states and self.random.random() < 0.3:
            await self.once(lambda key: service.fail_window(OPERATOR, window_id=window.id, reason="x", key=key))
        else:
            await self.pay_on(self.random.choice([p for p in plan if p.state is not PaymentState.CONFIRMED]))

    async def pay_on(self, payment: SettlementPayment) -> None:
        payer, payee = (self.coops[self.code(id)] for id in (payment.payer_id, payment.payee_id))
        window_id, id = payment.window_id, payment.id
        if payment.state is PaymentState.PLANNED:
            await self.approve(window_id, payer)
            await self.approve(window_id, payee)
        elif payment.state is PaymentState.APPROVED:
            record, reference = service.record_settlement_payment, f"BNK-{id}"
            await self.once(lambda key: record(treasurer(payer), payment_id=id, bank_reference=reference, key=key))
            self.net[self.code(payment.payer_id)] -= payment.amount
            self.net[self.code(payment.payee_id)] += payment.amount
        else:
            confirm = service.confirm_settlement_payment
            await self.once(lambda key: confirm(treasurer(payee), payment_id=id, key=key))

    async def approve(self, window_id: UUID, coop: Cooperative) -> None:
        asked = {"window_id": window_id, "cooperative_id": coop.pk}
        await self.once(lambda key: service.approve_settlement(treasurer(coop), **asked, key=key))

    async def default(self, window: SettlementWindow) -> None:
        owed = await Obligation.filter(window_id=window.id, unwound_at=None)
        coop_id = self.random.choice(sorted({row.debtor_id for row in owed}))
        declare = service.declare_default
        await self.once(
            lambda key: declare(OPERATOR, window_id=window.id, cooperative_id=coop_id, reason="x", key=key)
        )
        for row in owed:
            if coop_id in (row.debtor_id, row.creditor_id):
                self.net[self.code(row.debtor_id)] -= row.amount
                self.net[self.code(row.creditor_id)] += row.amount
        self.seen["default"] += 1

    async def abort(self, window: SettlementWindow) -> None:
        await self.once(lambda key: service.abort_window(OPERATOR, window_id=window.id, reason="x", key=key))

    async def look(self) -> None:
        for code, coop in self.coops.items():
            assert await obligations.net_debt(self.group_id, coop.pk) == self.net[code], f"seed {self.seed}: {code}"
            assert await obligations.pending_debt(self.group_id, coop.pk) == self.pending(code)
        assert sum(self.net.values()) == 0
        assert [found async for found in checks.findings()] == [], f"seed {self.seed}"


async def test_windows_at_random(db: Settings, coops: dict[str, Cooperative]) -> None:
    async with transaction():
        group_id = await service.join_common_group(*(coop.pk for coop in coops.values()))
    for code, cap in CAPS.items():
        await ClearingMembership.filter(group_id=group_id, cooperative_id=coops[code].pk).update(cap=cap)
    with fused() as fuse:
        clearing = Clearing(SEED, coops, group_id, fuse)
        acts = [clearing.owe, clearing.set_aside, clearing.let_go, clearing.close, clearing.settle_on]
        for number in range(ACTS):
            (act,) = clearing.random.choices(acts, [8, 4, 3, 2, 8])
            clearing.seen[act.__name__] += 1
            await act()
            if number % LOOK_EVERY == LOOK_EVERY - 1:
                await clearing.look()
        while await chain.seal_books():
            pass
        await clearing.look()
    print(f"seed {SEED}: {ACTS} acts: {dict(clearing.seen)}")
