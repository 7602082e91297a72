"""Loans as files: the contract and card, the portfolio, the unit's trial balance, and who may have them."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cooperatives.books.periods import Period
from cooperatives.loans import files
from marketplace.errors import NotFound
from tests.cooperatives.loans.unit import Unit
from tests.cooperatives.membership import people

pytestmark = pytest.mark.anyio


def cells(content: bytes, sheet: int) -> list[list[object]]:
    return [list(row) for row in load_workbook(BytesIO(content)).worksheets[sheet].iter_rows(values_only=True)]


async def test_files_say_what_the_loan_says(unit: Unit) -> None:
    loan = await unit.lend()
    member = unit.at.members[0][1]
    content = await files.contract(member, loan.pk, "xlsx", "id")
    told = {row[0]: row[1] for row in cells(content, 0) if row[0]}
    assert told["Jumlah pinjaman"] == "Rp10.000.000"
    assert told["Jasa efektif setahun"] == "12 %"
    card = [row for row in cells(content, 1) if isinstance(row[0], int)]
    assert [row[4] for row in card] == [888_488] * 11 + [888_485]
    assert card[-1][6] == 0
    whole = cells(await files.portfolio(unit.treasurer, unit.at.id, "xlsx", "en"), 0)
    assert next(row for row in whole if row[0] == "Current")[2] == 10_000_000
    period = Period(date(2026, 11, 1), date(2026, 11, 25))
    books = cells(await files.trial_balance(unit.treasurer, unit.at.id, period, "xlsx", "id"), 0)
    total = next(row for row in books if row[1] == "Jumlah")
    assert total[2:6] == [0, 10_000_000, 10_000_000, 0]
    assert (await files.contract(member, loan.pk, "pdf", "en")).startswith(b"%PDF")


async def test_a_stranger_has_none_of_them(unit: Unit) -> None:
    loan = await unit.lend()
    stranger = await people.acting(await people.person())
    with pytest.raises(NotFound):
        await files.contract(stranger, loan.pk, "pdf", "id")
    with pytest.raises(NotFound):
        await files.portfolio(stranger, unit.at.id, "pdf", "id")
    with pytest.raises(NotFound):
        await files.trial_balance(stranger, unit.at.id, None, "pdf", "id")
    with pytest.raises(NotFound):
        await files.contract(unit.treasurer, loan.pk, "doc", "id")
