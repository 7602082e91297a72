"""A voucher's lines, and the pairs that the ledger is given."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books.chart import Account
from cooperatives.books.lines import LINES
from cooperatives.books.lines import Line as On
from cooperatives.books.lining import Line, VoucherKind, faults, pairs
from cooperatives.ledger.accounts import Purpose
from marketplace.errors import Code


def account(number: int, line: On, **more: object) -> Account:
    return Account(
        UUID(int=number),
        f"1-{number:04}",
        "Nama",
        "Name",
        line,
        LINES[line].cash_flow,
        **more,  # type: ignore[arg-type]
    )


CASH, BANK, FEE, DUES, WAGES, OWED = (
    account(n, line)
    for n, line in enumerate(
        [On.CASH, On.CASH, On.OTHER_EXPENSES, On.MEMBER_INCOME, On.BUSINESS_EXPENSES, On.ACCRUED_EXPENSES], start=1
    )
)
GONE = account(7, On.PREPAID, is_retired=True)
ESCROW = account(8, On.PLATFORM_PAYABLES, purpose=Purpose.ORDER_ESCROW)
ACCOUNTS = {one.id: one for one in (CASH, BANK, FEE, DUES, WAGES, OWED, GONE, ESCROW)}


def debit(of: Account, amount: int) -> Line:
    return Line(of.id, debit=amount)


def credit(of: Account, amount: int) -> Line:
    return Line(of.id, credit=amount)


IN, OUT, MEMO = VoucherKind.CASH_IN, VoucherKind.CASH_OUT, VoucherKind.MEMORIAL


@pytest.mark.parametrize(
    ("kind", "lines", "wrong"),
    [
        (IN, [debit(CASH, 100), credit(DUES, 100)], {}),
        (OUT, [debit(WAGES, 100), credit(BANK, 100)], {}),
        (OUT, [debit(BANK, 98), debit(FEE, 2), credit(CASH, 100)], {}),
        (MEMO, [debit(WAGES, 100), credit(OWED, 100)], {}),
        (IN, [debit(WAGES, 100), credit(OWED, 100)], {"kind": Code.INVALID}),
        (OUT, [debit(CASH, 100), credit(DUES, 100)], {"kind": Code.INVALID}),
        (MEMO, [debit(CASH, 100), credit(DUES, 100)], {"kind": Code.INVALID}),
        (MEMO, [debit(WAGES, 100), credit(OWED, 99)], {"lines": Code.INVALID}),
        (MEMO, [debit(WAGES, 100)], {"lines": Code.OUT_OF_RANGE}),
        (MEMO, [], {"lines": Code.OUT_OF_RANGE}),
        (MEMO, [debit(WAGES, 100), credit(WAGES, 60), credit(OWED, 40)], {"lines": Code.INVALID}),
        (MEMO, [debit(WAGES, 0), credit(OWED, 0)], {"lines.0": Code.INVALID, "lines.1": Code.INVALID}),
        (MEMO, [Line(WAGES.id, 5, 5), credit(OWED, 5)], {"lines.0": Code.INVALID}),
        (MEMO, [debit(WAGES, -5), credit(OWED, 5)], {"lines.0": Code.INVALID}),
        (MEMO, [debit(GONE, 5), credit(OWED, 5)], {"lines.0.accountId": Code.WRONG_STATE}),
        (MEMO, [debit(ESCROW, 5), credit(OWED, 5)], {"lines.0.accountId": Code.FORBIDDEN}),
        (MEMO, [Line(UUID(int=99), 5), credit(OWED, 5)], {"lines.0.accountId": Code.NOT_FOUND}),
        (MEMO, [Line(WAGES.id, 5, memo="x" * 201), credit(OWED, 5)], {"lines.0.memo": Code.TOO_LONG}),
    ],
)
def test_what_a_voucher_must_be(kind: VoucherKind, lines: list[Line], wrong: dict[str, Code]) -> None:
    found = faults(kind, lines, ACCOUNTS, is_free=False)
    assert {".".join(fault.path): fault.code for fault in found} == wrong


def test_cash_meets_first_what_it_came_for() -> None:
    lines = [debit(WAGES, 100), credit(OWED, 20), credit(BANK, 80)]
    assert [(p.debit, p.credit, p.amount) for p in pairs(lines, ACCOUNTS)] == [
        (WAGES.id, BANK.id, 80),
        (WAGES.id, OWED.id, 20),
    ]


amounts = st.lists(st.integers(1, 10**12), min_size=1, max_size=6)


@given(amounts, amounts)
def test_pairs_move_each_account_by_what_the_lines_say(debits: list[int], credits: list[int]) -> None:
    left, right = [CASH, FEE, WAGES], [BANK, DUES, OWED]
    short = sum(debits) - sum(credits)
    if short > 0:
        credits = [*credits, short]
    elif short < 0:
        debits = [*debits, -short]
    lines = [debit(left[n % 3], amount) for n, amount in enumerate(debits)]
    lines += [credit(right[n % 3], amount) for n, amount in enumerate(credits)]
    given_, made = Counter[tuple[str, UUID]](), Counter[tuple[str, UUID]]()
    for line in lines:
        given_["debit", line.account_id] += line.debit
        given_["credit", line.account_id] += line.credit
    found = pairs(lines, ACCOUNTS)
    for pair in found:
        assert pair.amount > 0
        assert pair.debit != pair.credit
        made["debit", pair.debit] += pair.amount
        made["credit", pair.credit] += pair.amount
    assert +given_ == +made
    assert len(found) <= len({line.account_id for line in lines})
