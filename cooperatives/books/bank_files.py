"""What a bank's statement says, whatever its form: its lines in whole rupiah, held against its balances. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from cooperatives.books.opening_table import Refusal


@dataclass(frozen=True, slots=True)
class Movement:
    """One line: more than zero came in, less went out. `line` is its place in the file."""

    line: int
    day: date
    amount: int
    description: str
    reference: str = ""
    balance: int | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """A line that the bank wrote in hundredths of a rupiah, and what of it is booked: 0, it waits for later ones."""

    line: int
    hundredths: int
    booked: int


@dataclass(slots=True)
class BankFile:
    """What a file says, and what of it could not be read."""

    form: str
    movements: list[Movement] = field(default_factory=list)
    opening: int | None = None
    closing: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    refusals: list[Refusal] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    amounts_in: str = "amount"  # what the file calls the column of amounts
    #: As the bank wrote it, in hundredths: each line's amount and balance, and the balances told apart.
    hundredths: list[tuple[int, int | None]] = field(default_factory=list)
    opening_hundredths: int | None = None
    closing_hundredths: int | None = None

    @property
    def sum(self) -> int:
        return sum(movement.amount for movement in self.movements)


def carry(made: BankFile) -> None:
    """Make whole rupiah of a file that may reckon in hundredths, as banks do of interest and tax.

    Each line moves the whole of the balance, so that the book stands where the bank does, less than a rupiah apart; a
    line that moves no whole rupiah is left out. `carried` names each line that is booked otherwise than written. Only
    where balances prove it to the hundredth; else such lines are refused.
    """
    opening, closing = made.opening_hundredths, made.closing_hundredths
    made.opening = None if opening is None else opening // 100
    made.closing = None if closing is None else closing // 100
    if not any(amount % 100 for amount, _ in made.hundredths):
        return
    is_latest_first = made.movements[0].day > made.movements[-1].day
    order = list(range(len(made.movements)))[:: -1 if is_latest_first else 1]
    stands = _proved(made, order)
    if stands is None:
        for (amount, _), one in zip(made.hundredths, made.movements, strict=True):
            if amount % 100:
                made.refusals.append(_unproved(made.amounts_in, one.line, amount))
        return
    made.opening, kept = stands // 100, {}
    for place in order:
        before, stands = stands, stands + made.hundredths[place][0]
        whole, one = stands // 100 - before // 100, made.movements[place]
        if whole * 100 != made.hundredths[place][0]:
            made.carried.append(Carried(one.line, made.hundredths[place][0], whole))
        if whole:
            kept[place] = replace(one, amount=whole, balance=None if one.balance is None else stands // 100)
    made.closing = stands // 100
    made.movements = [kept[place] for place in sorted(kept)]


def _unproved(column: str, line: int, amount: int) -> Refusal:
    written = as_written(amount)
    return Refusal(
        line,
        column,
        f"{written}: books are in whole rupiah, and no balances prove what the hundredths come to; ask the bank for a"
        " file with the opening and closing balance, which this one lacks or contradicts",
        f"{written}: buku memakai rupiah bulat, dan tidak ada saldo yang membuktikan jumlah sennya; minta berkas dari"
        " bank yang memuat saldo awal dan akhir, yang di berkas ini tidak ada atau tidak cocok",
    )


def as_written(hundredths: int) -> str:
    """`-125000.50`, as banks write it."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{rest:02}"


def _proved(made: BankFile, order: Sequence[int]) -> int | None:
    """The opening balance from which each line leads to what the bank says it stands at; None where it does not."""
    amount, balance = made.hundredths[order[0]]
    opening = made.opening_hundredths
    if opening is None and balance is not None:
        opening = balance - amount
    if opening is None:
        return None
    stands, last = opening, None
    for place in order:
        amount, last = made.hundredths[place]
        stands += amount
        if last not in (None, stands):
            return None
    closing = made.closing_hundredths if made.closing_hundredths is not None else last
    return opening if closing == stands else None


def prove(made: BankFile) -> BankFile:
    """Complete what can be told from the lines, and hold the balances against their sum."""
    if not made.movements:
        if not made.refusals:
            made.refusals.append(Refusal(0, "", "no line moves money", "tidak ada baris mutasi"))
        return made
    if made.movements[0].day > made.movements[-1].day:
        made.movements.reverse()  # the bank's latest first
    first, last = made.movements[0], made.movements[-1]
    days = [movement.day for movement in made.movements]
    made.starts_on = min(made.starts_on or days[0], *days)
    made.ends_on = max(made.ends_on or days[-1], *days)
    if made.opening is None and first.balance is not None:
        made.opening = first.balance - first.amount
    if made.closing is None and last.balance is not None:
        made.closing = last.balance
    if not made.refusals and made.opening is not None and made.closing is not None:
        gap = made.opening + made.sum - made.closing
        if gap:
            told = f"{made.opening} + {made.sum} - {made.closing} = {gap:+d}"
            made.refusals.append(
                Refusal(0, "balance", f"the balances do not prove: {told}", f"saldo tidak cocok: {told}")
            )
    return made
