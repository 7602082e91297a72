"""Many actors who post, hold, end, repeat and gather, at random; each verdict is held against the model's."""

import asyncio
import random
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cooperatives.ledger import chain, service, timetable
from cooperatives.ledger.accounts import HUB_SHARDS, AccountRef, Cause, Entry, Phase, Purpose
from cooperatives.ledger.bulk import BulkQueue
from cooperatives.ledger.compounds import Compound, Resolve
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.ledger.service import LimitExceeded, Result
from marketplace import clock
from marketplace.database import transaction
from tests.cooperatives.ledger.simulation.crashing import Crash, Fuse
from tests.cooperatives.ledger.simulation.model import Model

START = datetime(2026, 1, 1, tzinfo=UTC)
BOOKS = [UUID(int=n) for n in (0xA1, 0xA2, 0xA3)]
KINDS = ["sale", "fee", 'a "quoted" kind, with \\ and {braces}', "NULL"]
#: Purposes with a limit, hubs, and plain ones.
PURPOSES = [
    (Purpose.CASH_WITH_DRIVER, 3),
    (Purpose.ORDER_ESCROW, 6),
    (Purpose.BUYER_REFUND_PAYABLE, 2),
    (Purpose.GATEWAY_CLEARING, 0),
    (Purpose.COMMISSION_INCOME, 0),
    (Purpose.SELLER_PAYABLE, 4),
    (Purpose.CASH, 0),
    (Purpose.BANK, 0),
]


def chart(book: UUID) -> list[AccountRef]:
    return [
        AccountRef(book, purpose, UUID(int=subject) if subject else None)
        for purpose, subjects in PURPOSES
        for subject in (range(1, subjects + 1) if subjects else [0])
    ]


@dataclass
class Town:
    """A run with one seed. `operations` counts compounds, limits set and moments looked back at."""

    seed: int
    fuse: Fuse
    model: Model = field(default_factory=Model)
    now: datetime = START
    operations: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    known: deque[Compound] = field(default_factory=lambda: deque(maxlen=300))
    held: deque[UUID] = field(default_factory=lambda: deque(maxlen=60))
    looked: list[tuple[datetime, dict[UUID, tuple[int, int, int, int]]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.accounts = {book: chart(book) for book in BOOKS}

    async def live(self, operations: int) -> None:
        """Do so many things, then compare everything."""
        clock.use(lambda: self.now)
        acts: list[tuple[Callable[[], object], int]] = [
            (self.post_one, 15),
            (self.post_batch, 12),
            (self.post_in_bulk, 8),
            (self.rush, 2),
            (self.pass_time, 8),
            (self.expire, 2),
            (self.seal, 3),
            (self.set_limit, 3),
            (self.look_back, 1),
        ]
        try:
            while self.operations < operations:
                (act,) = self.random.choices([act for act, _ in acts], [weight for _, weight in acts])
                await act()  # type: ignore[misc]  # each is a coroutine function
            await self.compare()
        finally:
            clock.use(None)

    # what an actor asks for

    def entry(self, book: UUID) -> Entry:
        debit, credit = self.random.sample(self.accounts[book], 2)
        amount = self.random.choice([0, 1, 5, 10, self.random.randrange(1, 1_000), self.random.randrange(1, 10**12)])
        if self.random.random() < 0.7:
            amount = min(amount, 500)
        kind = self.random.choice(KINDS)
        if self.random.random() < 0.35:
            expires_at = None
            if self.random.random() < 0.5:
                expires_at = self.now + timedelta(seconds=self.random.choice([1, 30, 600]))
            return Entry(debit, credit, amount, kind, Phase.PENDING, expires_at)
        return Entry(debit, credit, amount, kind)

    def end(self, earlier: list[Compound]) -> Resolve:
        """The end of something: of a pending transfer, mostly one that still pends, sometimes of none such."""
        chosen = UUID(int=self.random.getrandbits(128))
        if self.held and self.random.random() < 0.95:
            alive = [id for id in self.held if id not in self.model.ended]
            chosen = self.random.choice(alive if alive and self.random.random() < 0.8 else self.held)
        if earlier and self.random.random() < 0.1:
            compound = self.random.choice(earlier)
            chosen = compound.cause.transfer_id(self.random.randrange(len(compound.entries)))
        phase = self.random.choice([Phase.POST, Phase.POST, Phase.POST, Phase.VOID, Phase.VOID, Phase.EXPIRE])
        amount = self.random.choice([None, None, 1, 5, 10**13]) if phase is Phase.POST else None
        return Resolve(chosen, phase, amount)

    def compound(self, earlier: list[Compound]) -> Compound:
        known = [*self.known, *earlier]
        if known and self.random.random() < 0.12:
            again = self.random.choice(known)
            return again if self.random.random() < 0.6 else self.altered(again)
        books = self.random.choices(BOOKS, k=self.random.choice([1, 1, 1, 2]))
        entries: list[Entry | Resolve] = []
        for _ in range(self.random.choice([1, 1, 2, 3, 5])):
            is_end = self.random.random() < 0.25
            entries.append(self.end(earlier) if is_end else self.entry(self.random.choice(books)))
        return Compound(Cause("simulated", UUID(int=self.random.getrandbits(128))), tuple(entries))

    def altered(self, compound: Compound) -> Compound:
        entries = list(compound.entries)
        place = self.random.randrange(len(entries))
        chosen = entries[place]
        match self.random.randrange(4):
            case 0:
                entries.append(self.entry(BOOKS[0]))
            case 1 if len(entries) > 1:
                entries.pop(place)
            case 2 if isinstance(chosen, Entry):
                entries[place] = replace(chosen, kind="altered")
            case _ if isinstance(chosen, Entry):
                entries[place] = replace(chosen, debit=chosen.credit, credit=chosen.debit)
            case _:
                entries[place] = Resolve(chosen.pending_id, Phase.VOID)
        return Compound(compound.cause, tuple(entries))

    # what happens

    async def post_one(self) -> None:
        await self.put([self.compound([])], self.by_batch)

    async def post_batch(self) -> None:
        await self.put(self.compounds(self.random.choice([2, 3, 20, 60, 150])), self.by_batch)

    async def post_in_bulk(self) -> None:
        await self.put(self.compounds(self.random.choice([2, 20, 80])), BulkQueue().post_many)

    def compounds(self, count: int) -> list[Compound]:
        made: list[Compound] = []
        for _ in range(count):
            made.append(self.compound(made))  # each may name what came before it
        return made

    @staticmethod
    async def by_batch(compounds: list[Compound]) -> list[Result]:
        async with transaction():
            return await service.post_batch(compounds)

    async def put(self, compounds: list[Compound], way: Callable[[list[Compound]], object]) -> None:
        """Ask, perhaps with a crash on the way; asked again after a crash, the verdicts must fit what stood."""
        if self.random.random() < 0.2:
            self.fuse.left, self.fuse.committed = self.random.choice([0, 1, 2, 3, 5, 10, 30]), False
            try:
                said = await way(compounds)  # type: ignore[misc]  # an awaitable
            except Crash:
                if self.fuse.committed:
                    for compound in compounds:
                        self.model.post(compound, self.now)
                self.seen["crash after commit" if self.fuse.committed else "crash before commit"] += 1
                self.now += timedelta(seconds=self.random.choice([0, 1]))
                said = await way(compounds)  # type: ignore[misc]  # an awaitable
            self.fuse.left = None
        else:
            said = await way(compounds)  # type: ignore[misc]  # an awaitable
        for compound, result in zip(compounds, said, strict=True):
            verdict = self.model.post(compound, self.now)
            id = result.account_id or result.pending_id
            heard = f"{result.outcome}:{id}" if id else str(result.outcome)
            assert heard == verdict, (
                f"seed {self.seed}, operation {self.operations}: {heard}, not {verdict}\n{compound}"
            )
            self.operations += 1
            self.seen[result.outcome] += 1
            self.known.append(compound)
            if verdict == "posted":
                ids = (compound.cause.transfer_id(n) for n in range(len(compound.entries)))
                self.held += [id for id in ids if id in self.model.rows and self.model.rows[id].phase == "PENDING"]

    async def rush(self) -> None:
        """Many take the same from one account at the same moment, some of them twice: as many as fit have it."""
        escrow, taker = AccountRef(BOOKS[0], Purpose.ORDER_ESCROW, UUID(int=1)), AccountRef(BOOKS[0], Purpose.CASH)
        amount = self.random.randrange(1, 200)
        takes = [
            Compound(
                Cause("rush", UUID(int=self.random.getrandbits(128))),
                (Entry(escrow, taker, amount, "rush", self.random.choice([Phase.SINGLE, Phase.PENDING])),),
            )
            for _ in range(self.random.randrange(2, 9))
        ]
        takes += self.random.choices(takes, k=2)
        said = [results[0] for results in await asyncio.gather(*(self.by_batch([take]) for take in takes))]
        # Who comes first is the database's to say; but the accepted come before those refused for want of money.
        order = ["posted", "repeated", "limit"]
        for take, result in sorted(zip(takes, said, strict=True), key=lambda pair: order.index(pair[1].outcome)):
            verdict = self.model.post(take, self.now)
            assert verdict.partition(":")[0] == result.outcome, f"seed {self.seed}: {result}, not {verdict}"
            self.operations += 1
            self.seen[f"{result.outcome} in a rush"] += 1

    async def pass_time(self) -> None:
        self.now += timedelta(microseconds=self.random.choice([1, 10**6, 20 * 10**6, 300 * 10**6]))

    async def expire(self) -> None:
        """The worker's sweep. What it expires is named by the pending transfer alone."""
        due = self.model.due(self.now)
        done = await timetable.expire_pending(None)
        assert done == min(len(due), timetable.BATCH), f"seed {self.seed}: {done} expired of {len(due)}"
        ended = {row.pending_id: row for row in await Transfer.filter(pending_id__in=due)}
        for id in due:
            if id in ended:
                cause = Cause(ended[id].cause_kind, ended[id].cause_id)
                assert self.model.post(Compound(cause, (Resolve(id, Phase.EXPIRE),)), self.now) == "posted"
        self.operations += done
        self.seen["expired by the sweep"] += done

    async def seal(self) -> None:
        if self.random.random() < 0.3:
            self.fuse.left = self.random.randrange(6)
        try:
            await chain.seal_books()
        except Crash:
            self.seen["crash while sealing"] += 1
        self.fuse.left = None

    async def set_limit(self) -> None:
        ref = self.random.choice(self.accounts[self.random.choice(BOOKS)])
        if ref.posts.is_hub:
            return
        floor = self.random.choice([None, -1_000, -10, 0, 10])
        account = self.model.accounts[self.model.account(ref, 0)]
        fits = floor is None or account.available() >= floor
        try:
            async with transaction():
                await service.set_limit(ref, floor)
        except LimitExceeded:
            assert not fits, f"seed {self.seed}: a limit that holds was refused"
        else:
            assert fits, f"seed {self.seed}: a limit that does not hold was set"
            account.floor = floor
        self.operations += 1

    async def look_back(self) -> None:
        """Note what stands now, to be asked for later as a past moment."""
        if len(self.looked) < 20:
            self.looked.append((self.now, {id: account.sums() for id, account in self.model.accounts.items()}))
            self.now += timedelta(microseconds=1)

    # what must hold

    async def compare(self) -> None:
        """Everything that the ledger holds is what the model holds."""
        stored = {row.id: row for row in await LedgerAccount.all()}
        for id, account in self.model.accounts.items():
            row = stored.pop(id, None)
            kept = (0, 0, 0, 0) if row is None else _sums(row)
            assert kept == account.sums(), f"seed {self.seed}: account {id}"
        assert not stored
        assert await Transfer.all().count() == len(self.model.rows)
        for row in await Transfer.all():
            wanted = self.model.rows[row.id]
            told = row.debit_account_id, row.credit_account_id, row.amount, row.kind, row.phase.value, row.pending_id
            assert (*told, row.expires_at) == wanted.essence(), f"seed {self.seed}: transfer {row.id}"
            assert row.created_at == wanted.at
        for moment, then in self.looked:
            for book, refs in self.accounts.items():
                for ref, balance in (await service.balances(refs, moment)).items():
                    ids = [ref.id(shard) for shard in range(HUB_SHARDS)]
                    sums = [sum(column) for column in zip(*[then.get(id, (0, 0, 0, 0)) for id in ids], strict=True)]
                    told_sums = balance.debits_posted, balance.credits_posted
                    assert [*told_sums, balance.debits_pending, balance.credits_pending] == sums, (book, ref, moment)
            self.operations += 1


def _sums(row: LedgerAccount) -> tuple[int, int, int, int]:
    return row.debits_posted, row.credits_posted, row.debits_pending, row.credits_pending
