"""A voucher's lines: what they must be, and how they become the ledger's pairs. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cooperatives.books.chart import Account
from cooperatives.books.texts import fits
from marketplace.errors import Code, FieldFault
from marketplace.money import LARGEST_RUPIAH

MOST_LINES = 200
#: Of opening balances, and what takes them back.
MOST_FREE_LINES = 1_000
MEMO_LENGTH = 200


class VoucherKind(StrEnum):
    """The three books of original entry of an Indonesian bookkeeper."""

    CASH_IN = "CASH_IN"  # kas masuk
    CASH_OUT = "CASH_OUT"  # kas keluar
    MEMORIAL = "MEMORIAL"

    @property
    def prefix(self) -> str:
        """With what its number begins: bukti kas masuk, bukti kas keluar, bukti memorial."""
        return {"CASH_IN": "BKM", "CASH_OUT": "BKK", "MEMORIAL": "BM"}[self.value]


@dataclass(frozen=True, slots=True)
class Line:
    """One side of one account: of `debit` and `credit` (rupiah) one is zero."""

    account_id: UUID
    debit: int = 0
    credit: int = 0
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Debit one account, credit another."""

    debit: UUID
    credit: UUID
    amount: int


def total(lines: Sequence[Line]) -> int:
    """What the voucher moves: the sum of its debits."""
    return sum(line.debit for line in lines)


def faults(
    kind: VoucherKind, lines: Sequence[Line], accounts: Mapping[UUID, Account], *, is_free: bool
) -> list[FieldFault]:
    """All that is wrong with the lines. `is_free` lifts the rule that a kind sets on cash (opening, counting)."""
    found = list(_line_faults(lines, accounts))
    most = MOST_FREE_LINES if is_free else MOST_LINES
    if not 2 <= len(lines) <= most:
        return [_fault("lines", Code.OUT_OF_RANGE, f"2 to {most} lines", f"2 sampai {most} baris")]
    if found:
        return found
    debits, credits = total(lines), sum(line.credit for line in lines)
    if debits != credits:
        gap = abs(debits - credits)
        return [
            _fault(
                "lines",
                Code.INVALID,
                f"debits {debits} and credits {credits} differ by {gap}",
                f"debet {debits} dan kredit {credits} berselisih {gap}",
            )
        ]
    both = {line.account_id for line in lines if line.debit} & {line.account_id for line in lines if line.credit}
    if both:
        names = ", ".join(sorted(accounts[id].number for id in both))
        return [
            _fault(
                "lines",
                Code.INVALID,
                f"{names} stands on both sides: write what remains on one",
                f"{names} ada di kedua sisi: tulis selisihnya saja di satu sisi",
            )
        ]
    return [] if is_free else list(_kind_faults(kind, lines, accounts))


def _line_faults(lines: Sequence[Line], accounts: Mapping[UUID, Account]) -> Iterator[FieldFault]:
    for number, line in enumerate(lines):
        account = accounts.get(line.account_id)
        where = f"lines.{number}"
        if account is None:
            yield _fault(f"{where}.accountId", Code.NOT_FOUND, "no such account", "akun tidak ditemukan")
        elif account.is_retired:
            yield _fault(
                f"{where}.accountId",
                Code.WRONG_STATE,
                f"{account.number} is retired: choose another",
                f"{account.number} sudah ditutup: pilih akun lain",
            )
        elif not account.takes_vouchers:
            yield _fault(
                f"{where}.accountId",
                Code.FORBIDDEN,
                f"{account.number} is kept by the marketplace itself",
                f"{account.number} dibukukan oleh lokapasar sendiri",
            )
        if not (0 <= line.debit <= LARGEST_RUPIAH and 0 <= line.credit <= LARGEST_RUPIAH) or bool(line.debit) is bool(
            line.credit
        ):
            yield _fault(
                where,
                Code.INVALID,
                "a debit or a credit of more than zero, not both",
                "isi debet atau kredit lebih dari nol, jangan keduanya",
            )
        if not fits(line.memo, 0, MEMO_LENGTH):
            most = MEMO_LENGTH
            yield _fault(
                f"{where}.memo", Code.TOO_LONG, f"at most {most} characters", f"paling banyak {most} karakter"
            )


def _kind_faults(kind: VoucherKind, lines: Sequence[Line], accounts: Mapping[UUID, Account]) -> Iterator[FieldFault]:
    is_in = any(line.debit and accounts[line.account_id].is_cash for line in lines)
    is_out = any(line.credit and accounts[line.account_id].is_cash for line in lines)
    if kind is VoucherKind.CASH_IN and not is_in:
        yield _fault(
            "kind", Code.INVALID, "CASH_IN debits cash or a bank account", "kas masuk mendebet akun kas atau bank"
        )
    if kind is VoucherKind.CASH_OUT and not is_out:
        yield _fault(
            "kind",
            Code.INVALID,
            "CASH_OUT credits cash or a bank account",
            "kas keluar mengkredit akun kas atau bank",
        )
    if kind is VoucherKind.MEMORIAL and (is_in or is_out):
        yield _fault(
            "kind",
            Code.INVALID,
            "a MEMORIAL moves no cash: use CASH_IN or CASH_OUT",
            "memorial tidak menyentuh kas atau bank: pakai kas masuk atau kas keluar",
        )


def pairs(lines: Sequence[Line], accounts: Mapping[UUID, Account]) -> list[Pair]:
    """The lines as pairs of one debit and one credit, cash first on both sides.

    Each side's sums by account stay as they are, so the ledger's balances are the voucher's. Cash goes first so
    that each rupiah of it meets the account for which it came or went, which the cash flow statement reads.
    """
    debits = _side(lines, accounts, is_debit=True)
    credits = _side(lines, accounts, is_debit=False)
    found: list[Pair] = []
    while debits and credits:
        (debit, owed), (credit, given) = debits[0], credits[0]
        amount = min(owed, given)
        found.append(Pair(debit, credit, amount))
        debits[:1] = [(debit, owed - amount)] if owed > amount else []
        credits[:1] = [(credit, given - amount)] if given > amount else []
    return found


def _side(lines: Sequence[Line], accounts: Mapping[UUID, Account], *, is_debit: bool) -> list[tuple[UUID, int]]:
    """Accounts and amounts of one side, an account once, cash first and else as written."""
    sums: dict[UUID, int] = {}
    for line in lines:
        amount = line.debit if is_debit else line.credit
        if amount:
            sums[line.account_id] = sums.get(line.account_id, 0) + amount
    order = sorted(sums, key=lambda id: not accounts[id].is_cash)
    return [(id, sums[id]) for id in order]


def _fault(path: str, code: Code, message: str, pesan: str) -> FieldFault:
    return FieldFault(tuple(path.split(".")), code, message, pesan)
