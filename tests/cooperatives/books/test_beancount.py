"""The book as beancount reads it: its checker finds nothing wrong, and reckons the same balances."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from beancount import loader
from beancount.core.data import Open, Transaction
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books import beancount, files, reports
from cooperatives.books.chart import template
from cooperatives.books.lining import VoucherKind
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.settings import Settings
from tests.cooperatives.books.desk import Desk, desk
from tests.cooperatives.books.test_lining import account

IN, OUT = VoucherKind.CASH_IN, VoucherKind.CASH_OUT


@pytest.fixture(autouse=True)
def in_february() -> Iterator[None]:
    clock.use(lambda: datetime(2027, 2, 10, 3, tzinfo=UTC))
    yield
    clock.use(None)


async def a_year(at: Desk) -> None:
    await at.book(
        date(2026, 1, 5), {"1-1201": 4_000_000}, {"3-1101": 4_000_000}, kind=IN, description='Kata "kutip" \\'
    )
    await at.book(date(2026, 6, 1), {"1-1101": 900_000}, {"4-1101": 900_000}, kind=IN)
    await at.book(date(2026, 12, 31), {"6-1101": 500_000, "7-1101": 1_000}, {"1-1201": 501_000}, kind=OUT)
    await at.book(date(2027, 1, 31), {"6-1101": 200_000}, {"2-1302": 200_000}, is_reversed_next_month=True)
    async with transaction():
        bank, income = AccountRef(at.id, Purpose.BANK), AccountRef(at.id, Purpose.COMMISSION_INCOME)
        await post([Entry(bank, income, 7_500, "test")], cause=Cause("test.posted", new_id()))


@pytest.mark.anyio
@pytest.mark.parametrize("first", [date(2026, 1, 1), date(2027, 1, 1), date(2027, 2, 1)])
async def test_its_checker_accepts_the_book_and_reckons_the_same(db: Settings, first: date) -> None:
    at = await desk()
    await a_year(at)
    last = date(2027, 2, 10)
    asked = await files.wish(at.treasurer, at.id, first=first, last=last)
    text = (await files.export_beancount(at.treasurer, asked)).decode()
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    sums: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                assert posting.units is not None
                sums[posting.account] = sums.get(posting.account, 0) + int(posting.units.number or 0)
    trial = await reports.trial_balance(at.treasurer, at.id, first, last)
    assert {name: amount for name, amount in sums.items() if amount and name != beancount.EARLIER} == {
        beancount.name_of(line.account): line.closing for line in trial.lines if line.closing
    }
    assert sums.get(beancount.EARLIER, 0) == -trial.earlier_result
    spoilt = text.replace("-900000 IDR", "-900001 IDR", 1)
    assert (loader.load_string(spoilt)[1] != []) is (spoilt != text)


@pytest.mark.anyio
async def test_every_account_of_the_template_has_a_name_that_it_takes(db: Settings) -> None:
    at = await desk()
    text = (
        await files.export_beancount(
            at.treasurer, await files.wish(at.treasurer, at.id, first=date(2026, 1, 1), last=date(2027, 1, 1))
        )
    ).decode()
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    assert len([entry for entry in entries if isinstance(entry, Open)]) >= len(at.chart.accounts)
    assert len(template()) > 100


@given(st.text(min_size=1, max_size=30))
def test_any_name_becomes_one_that_it_takes(name: str) -> None:
    from beancount.core.account import is_valid

    from cooperatives.books.lines import Line

    one = account(1, Line.CASH)
    assert is_valid(beancount.name_of(type(one)(one.id, one.number, name, name, one.line, one.cash_flow)))
