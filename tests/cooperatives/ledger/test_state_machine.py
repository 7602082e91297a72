"""Hypothesis looks for the shortest story in which the ledger and the plain model disagree."""

import asyncio
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cooperatives.ledger import service
from cooperatives.ledger.accounts import HUB_SHARDS, AccountRef, Cause, Entry, Phase, Purpose
from cooperatives.ledger.bulk import BulkQueue
from cooperatives.ledger.compounds import Compound, Resolve
from marketplace import clock, database
from marketplace.database import transaction
from marketplace.settings import Settings
from tests.conftest import _lay_tables, databases
from tests.cooperatives.ledger.simulation.model import Model
from tests.cooperatives.ledger.simulation.town import START
from tests.postgres import scratch_postgres

T = TypeVar("T")
PURPOSES = (Purpose.CASH, Purpose.ORDER_ESCROW, Purpose.CASH_WITH_DRIVER, Purpose.COMMISSION_INCOME)
amounts = st.integers(0, 20)
sides = st.permutations(range(len(PURPOSES))).map(lambda order: (order[0], order[1]))
phases = st.sampled_from([Phase.SINGLE, Phase.PENDING])
expiries = st.sampled_from([None, 5, 10])


class Ledger(RuleBasedStateMachine):
    """A book of its own in a database that all stories share."""

    runner: asyncio.Runner
    compounds = Bundle("compounds")

    def __init__(self) -> None:
        super().__init__()
        self.model, self.now = Model(), START
        book = uuid4()
        self.refs = [AccountRef(book, purpose, UUID(int=1)) for purpose in PURPOSES]
        clock.use(lambda: self.now)

    def teardown(self) -> None:
        clock.use(None)

    def run(self, awaited: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(awaited)

    def ask(self, compounds: list[Compound], *, in_bulk: bool = False) -> None:
        async def post() -> list[service.Result]:
            if in_bulk:
                return await BulkQueue().post_many(compounds)
            async with transaction():
                return await service.post_batch(compounds)

        for compound, result in zip(compounds, self.run(post()), strict=True):
            id = result.account_id or result.pending_id
            assert (f"{result.outcome}:{id}" if id else result.outcome) == self.model.post(compound, self.now)

    def entry(self, side: tuple[int, int], amount: int, phase: Phase, expires_s: int | None) -> Entry:
        expires_at = self.now + timedelta(seconds=expires_s) if expires_s and phase is Phase.PENDING else None
        return Entry(self.refs[side[0]], self.refs[side[1]], amount, "story", phase, expires_at)

    entries = st.lists(st.tuples(sides, amounts, phases, expiries), min_size=1, max_size=3)

    @rule(target=compounds, entries=entries)
    def post(self, entries: list[Any]) -> Compound:
        compound = Compound(Cause("story", uuid4()), tuple(self.entry(*entry) for entry in entries))
        self.ask([compound])
        return compound

    @rule(target=compounds, stories=st.lists(entries, min_size=2, max_size=6), in_bulk=st.booleans())
    def post_several(self, stories: list[Any], in_bulk: bool) -> Compound:
        made = [
            Compound(Cause("story", uuid4()), tuple(self.entry(*entry) for entry in entries)) for entries in stories
        ]
        self.ask(made, in_bulk=in_bulk)
        return made[-1]

    @rule(compound=compounds, place=st.integers(0, 2), phase=st.sampled_from(list(Phase)[2:]), amount=amounts)
    def end(self, compound: Compound, place: int, phase: Phase, amount: int) -> None:
        part = amount if phase is Phase.POST and amount else None
        end = Resolve(compound.cause.transfer_id(place), phase, part)
        self.ask([Compound(Cause("end", uuid4()), (end,))])

    @rule(compound=compounds)
    def repeat(self, compound: Compound) -> None:
        self.ask([compound, compound])

    @rule(seconds=st.sampled_from([1, 5]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def the_balances_are_the_models(self) -> None:
        for ref, balance in self.run(_balances(self.refs)).items():
            accounts = [self.model.accounts.get(ref.id(shard)) for shard in range(HUB_SHARDS)]
            sums = [account.sums() for account in accounts if account is not None] or [(0, 0, 0, 0)]
            kept = balance.debits_posted, balance.credits_posted, balance.debits_pending, balance.credits_pending
            assert kept == tuple(map(sum, zip(*sums, strict=True)))


async def _balances(refs: list[AccountRef]) -> dict[AccountRef, service.Balance]:
    return dict(await service.balances(refs))


@pytest.fixture(params=databases())
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[asyncio.Runner]:
    """A loop with an open database."""

    async def open_one(settings: Settings) -> None:
        await _lay_tables(settings)
        await database.connect(settings)

    with asyncio.Runner() as loop:
        if request.param == "sqlite":
            loop.run(open_one(Settings(folder=tmp_path)))
            yield loop
            loop.run(database.disconnect())
            return
        scratch = scratch_postgres()
        loop.run(open_one(Settings(database_url=loop.run(scratch.__aenter__()))))
        yield loop
        loop.run(database.disconnect())
        loop.run(scratch.__aexit__())


def test_no_story_parts_the_ledger_from_the_model(runner: asyncio.Runner) -> None:
    Ledger.runner = runner
    run_state_machine_as_test(
        Ledger, settings=hypothesis_settings(max_examples=20, stateful_step_count=25, deadline=None)
    )
