"""The ledger's tests as tables: one transfer a row, what is expected of it last.

    fund   debit GATEWAY credit ESCROW  100                  posted
    hold   debit ESCROW  credit SELLER   60 pending          posted
    take   post  hold                    50                  posted
    again  void  hold                                        already_posted
    +      debit …                                                          (linked to the row before)
    wait   61                                                               (seconds pass)
    see    ESCROW  posted 50 held 0 free 50                                 (balance, pending decrease, available)

The first word is the cause's name; the same name again is the same cause again. `hold.1` is the second transfer of
`hold`. A pending row may end in `for 60`: it expires after 60 seconds. `limit:ESCROW` says which account refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from cooperatives.ledger import service
from cooperatives.ledger.service import AccountRef, Cause, Compound, Entry, Phase, Purpose, Resolve, Result
from marketplace import clock
from marketplace.database import transaction

COOP = UUID(int=0xA)
ORDER = UUID(int=0xC)
ACCOUNTS = {
    "BANK": AccountRef(COOP, Purpose.BANK),
    "CASH": AccountRef(COOP, Purpose.CASH),
    "DRIVER_CASH": AccountRef(COOP, Purpose.CASH_WITH_DRIVER, UUID(int=0xE)),
    "ESCROW": AccountRef(COOP, Purpose.ORDER_ESCROW, ORDER),
    "OTHER_ESCROW": AccountRef(COOP, Purpose.ORDER_ESCROW, UUID(int=0xF)),
    "GATEWAY": AccountRef(COOP, Purpose.GATEWAY_CLEARING),
    "COMMISSION": AccountRef(COOP, Purpose.COMMISSION_INCOME),
    "SELLER": AccountRef(COOP, Purpose.SELLER_PAYABLE, UUID(int=0xD)),
}
START = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Table:
    """A table being run. `in_one_batch` posts all rows between two `wait` or `see` in one call."""

    text: str
    in_one_batch: bool
    now: datetime = START
    waiting: list[Compound] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def cause(self, name: str) -> Cause:
        return Cause("table", uuid5(COOP, name))

    def transfer(self, name: str) -> UUID:
        cause, _, ordinal = name.partition(".")
        return self.cause(cause).transfer_id(int(ordinal or 0))

    async def run(self) -> None:
        clock.use(lambda: self.now)
        try:
            for line in self.text.strip().splitlines():
                await self._row(line.split("#")[0].split())
            await self._flush()
        finally:
            clock.use(None)

    async def _row(self, words: Sequence[str]) -> None:
        if not words:
            return
        if words[0] == "wait":
            await self._flush()
            self.now += timedelta(seconds=int(words[1]))
        elif words[0] == "see":
            await self._flush()
            await self._see(words[1], dict(zip(words[2::2], map(int, words[3::2]), strict=True)))
        elif words[0] == "+":
            last = self.waiting[-1]
            self.waiting[-1] = Compound(last.cause, (*last.entries, self._entry(words[1:])))
        else:
            self.waiting.append(Compound(self.cause(words[0]), (self._entry(words[1:-1]),)))
            self.expected.append(words[-1])

    def _entry(self, words: Sequence[str]) -> Entry | Resolve:
        if words[0] in ("post", "void", "expire"):
            amount = int(words[2]) if len(words) > 2 else None
            return Resolve(self.transfer(words[1]), Phase(words[0].upper()), amount)
        phase = Phase.PENDING if "pending" in words else Phase.SINGLE
        expires_at = self.now + timedelta(seconds=int(words[-1])) if "for" in words else None
        return Entry(ACCOUNTS[words[1]], ACCOUNTS[words[3]], int(words[4]), "table", phase, expires_at)

    async def _flush(self) -> None:
        batches = [self.waiting] if self.in_one_batch else [[compound] for compound in self.waiting]
        results: list[Result] = []
        for batch in batches:
            async with transaction():
                results += await service.post_batch(batch)
        said = [_say(result) for result in results]
        names = [compound.cause for compound in self.waiting]
        assert said == self.expected, list(zip(names, said, self.expected, strict=True))
        self.waiting, self.expected = [], []

    async def _see(self, account: str, wanted: dict[str, int]) -> None:
        balance = await service.balance(ACCOUNTS[account])
        held = balance.credits_pending if balance.type.grows_by_debit else balance.debits_pending
        seen = {"posted": balance.amount, "held": held, "free": balance.available}
        assert {name: seen[name] for name in wanted} == wanted, (account, seen)


def _say(result: Result) -> str:
    if result.account_id is None:
        return str(result.outcome)
    named: Callable[[str], bool] = lambda name: ACCOUNTS[name].id() == result.account_id  # noqa: E731  # one line
    return f"{result.outcome}:{next(filter(named, ACCOUNTS))}"
