"""Which due a rupiah pays, which account it credits: tables, and properties over what nobody thought of."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.dues.allocating import (
    Owed,
    Part,
    allocate,
    deductible,
    drawn,
    entries,
    kept,
    parts_of,
    parts_reached,
    served,
)
from cooperatives.dues.kinds import DueKind
from cooperatives.dues.terms import DuesTerms
from cooperatives.ledger.accounts import AccountRef, Purpose

BOOK = UUID(int=1)
ORDER = DuesTerms().order
BANK, INCOME = AccountRef(BOOK, Purpose.BANK), AccountRef(BOOK, Purpose.OTHER_INCOME)
RUPIAH = st.integers(min_value=0, max_value=10**12)


def account(n: int) -> AccountRef:
    return AccountRef(BOOK, Purpose.MEMBER_CREDIT, UUID(int=n))


def test_protection_is_served_before_a_loan_and_the_older_of_a_kind_first() -> None:
    rows = [
        Owed(UUID(int=1), DueKind.VOLUNTARY_SAVINGS, date(2026, 1, 1), 5),
        Owed(UUID(int=2), DueKind.LOAN, date(2026, 2, 1), 5),
        Owed(UUID(int=3), DueKind.LOAN, date(2026, 1, 1), 5),
        Owed(UUID(int=4), DueKind.PROTECTION, date(2026, 3, 1), 5),
    ]
    assert [due.id.int for due in served(rows, ORDER)] == [4, 3, 2, 1]
    assert set(ORDER) == set(DueKind)


@pytest.mark.parametrize(
    ("earned", "share_bp", "available", "kept_back"),
    [
        (150_000, 2_000, 150_000, 30_000),
        (150_000, 2_000, 12_500, 12_500),  # he was paid out meanwhile
        (150_000, 2_000, -4_000, 0),
        (0, 5_000, 900_000, 0),  # what he earned on other days is his
        (99, 3_333, 99, 32),
    ],
)
def test_a_deduction_is_the_agreed_share_and_what_is_there(
    earned: int, share_bp: int, available: int, kept_back: int
) -> None:
    assert deductible(earned, share_bp, available) == kept_back


@pytest.mark.parametrize(
    ("paid", "amount", "reached"),
    [
        (0, 900, [("interest", 900)]),
        (0, 100_900, [("interest", 100_000), ("principal", 900)]),
        (99_999, 2, [("interest", 1), ("principal", 1)]),
        (100_000, 788_488, [("principal", 788_488)]),
    ],
)
def test_parts_are_filled_from_the_first(paid: int, amount: int, reached: list[tuple[str, int]]) -> None:
    parts = [Part(INCOME, 100_000, "interest"), Part(account(1), 788_488, "principal")]
    assert [(part.kind, part.amount) for part in parts_reached(parts, paid, amount)] == reached
    with pytest.raises(ValueError, match="more than"):
        parts_reached(parts, 0, 888_489)


@given(amount=RUPIAH, dues=st.lists(st.integers(1, 10**9), max_size=12))
def test_what_is_allocated_and_what_is_left_is_all(amount: int, dues: list[int]) -> None:
    rows = [Owed(UUID(int=n), DueKind.LOAN, date(2026, 1, 1), due) for n, due in enumerate(dues, 1)]
    shares, left = allocate(amount, rows)
    got = dict(shares)
    assert sum(got.values()) + left == amount
    assert all(0 < got[row.id] <= row.amount for row in rows if row.id in got)
    assert left == max(0, amount - sum(dues))
    full = [got.get(row.id, 0) == row.amount for row in rows]
    assert full == sorted(full, reverse=True)  # nobody later is paid before an earlier one is whole


@given(
    parts=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
    cuts=st.lists(st.integers(0, 10**6), max_size=6),
)
def test_payments_in_whatever_pieces_fill_the_parts_alike(parts: list[int], cuts: list[int]) -> None:
    rows = [Part(account(n), amount, f"k{n}") for n, amount in enumerate(parts, 1)]
    paid, sums = 0, dict.fromkeys([row.kind for row in rows], 0)
    for cut in cuts:
        amount = min(cut, sum(parts) - paid)
        for part in parts_reached(rows, paid, amount):
            sums[part.kind] += part.amount
        paid += amount
    whole = dict.fromkeys(sums, 0) | {part.kind: part.amount for part in parts_reached(rows, 0, paid)}
    assert sums == whole
    assert sum(sums.values()) == paid


@given(data=st.data(), parts=st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_entries_move_each_source_and_part_exactly(data: st.DataObject, parts: list[int]) -> None:
    total = sum(parts)
    first = data.draw(st.integers(0, total))
    sources = drawn(total, [(BANK, first), (account(99), total)])
    made = entries(sources, [Part(account(n), amount, "k") for n, amount in enumerate(parts, 1)])
    debits, credits = dict[AccountRef, int](), dict[AccountRef, int]()
    for entry in made:
        debits[entry.debit] = debits.get(entry.debit, 0) + entry.amount
        credits[entry.credit] = credits.get(entry.credit, 0) + entry.amount
    assert debits == {ref: amount for ref, amount in sources if amount}
    assert credits == {account(n): amount for n, amount in enumerate(parts, 1)}
    with pytest.raises(ValueError, match="sources hold more"):
        entries([(BANK, total + 1)], [Part(account(1), total, "k")])


def test_parts_come_back_from_a_row_as_they_went() -> None:
    parts = [Part(INCOME, 5, "interest"), Part(account(7), 6, "principal")]
    assert parts_of(BOOK, kept(parts)) == parts
