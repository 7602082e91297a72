"""Opening balances from a file: tried dry, proved, booked once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cooperatives.books import books, openings, reports, vouchers
from cooperatives.books.models import Voucher, VoucherState
from marketplace import checks, clock
from marketplace.settings import Settings
from marketplace.tables import UnreadableFile
from tests.cooperatives.books.desk import NOON, Desk, desk

pytestmark = pytest.mark.anyio

GOOD = """Nomor;Nama Akun;Debet;Kredit;Baris
1-1101;Kas;1.500.000;;
1-1201;Bank;23.500.000,00;0;
1-3301;Kendaraan;Rp 40.000.000;;
1-3302;Akumulasi penyusutan;;10.000.000;
1-1205;Bank BRI;5.000.000;;CASH
3-1101;Simpanan pokok;;24.000.000;
3-1102;Simpanan wajib;;36.000.000;
;JUMLAH;70.000.000;70.000.000;
"""


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: NOON)
    yield
    clock.use(None)


def write(folder: Path, text: str) -> Path:
    path = folder / "saldo.csv"
    path.write_text(text, encoding="utf-8")
    return path


async def take(at: Desk, path: Path, **more: object) -> openings.Taken:
    return await openings.take_over(at.treasurer, path, cooperative_id=at.id, **more)  # type: ignore[arg-type]


async def test_dry_then_booked_by_two_officers_on_the_evening_before(db: Settings, tmp_path: Path) -> None:
    at = await desk(date(2026, 11, 1))
    path = write(tmp_path, GOOD)
    dry = await take(at, path, control_debits=70_000_000, control_credits=70_000_000)
    assert (dry.is_proved, dry.opening.debits, dry.opening.credits) == (True, 70_000_000, 70_000_000)
    assert await Voucher.all().count() == 0
    assert "1-1205" not in (await books.chart_of(at.id)).by_number

    done = await take(at, path, is_dry_run=False)
    assert done.voucher is not None
    assert (done.voucher.state, done.voucher.booked_on) == (VoucherState.PROPOSED, date(2026, 10, 31))
    with pytest.raises(openings.OpeningTaken):
        await take(at, path, is_dry_run=False)
    posted = await vouchers.approve_voucher(at.chair, voucher_id=done.voucher.pk, key="a")
    assert posted.number == "BM/2026/10/0001"
    sheet = await reports.balance_sheet(at.treasurer, at.id, date(2026, 11, 25), compared=False)
    assert sheet.is_balanced
    assert [sheet.amount(key) for key in ("CASH", "ASSETS", "EQUITY")] == [30_000_000, 60_000_000, 60_000_000]

    back = await vouchers.reverse_voucher(
        at.chair, voucher_id=posted.pk, booked_on=date(2026, 11, 5), reason="Salah berkas", key="r"
    )
    assert (back.booked_on, back.state) == (date(2026, 10, 31), VoucherState.PROPOSED)
    await vouchers.approve_voucher(at.secretary, voucher_id=back.pk, key="b")
    again = await take(at, path, is_dry_run=False)
    assert again.voucher is not None
    assert [found async for found in checks.findings()] == []


async def test_a_workbook_is_read_as_well(db: Settings, tmp_path: Path) -> None:
    at = await desk(date(2026, 11, 1))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["number", "name", "debit", "credit"],
        ["1-1101", "Kas", 2500000.0, None],
        ["3-1101", "", 0, 2500000],
    ):
        sheet.append(row)
    book.save(tmp_path / "opening.xlsx")
    taken = await take(at, tmp_path / "opening.xlsx", is_dry_run=False)
    assert taken.voucher is not None
    assert taken.voucher.number == "BM/2026/10/0001"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Nomor,Debet\n1-1101,5\n", [(1, "kredit")]),
        ("Nomor,Debet,Kredit\n", [(0, "")]),
        ("Nomor,Debet,Kredit\n1-1101,5,\n", [(0, "")]),
        ("Nomor,Debet,Kredit\n1-1101,lima,\n3-1101,,5\n", [(2, "debet")]),
        ("Nomor,Debet,Kredit\n9-1101,5,\n3-1101,,5\n", [(2, "nomor")]),
        ("Nomor,Debet,Kredit\n1-7777,5,\n3-1101,,5\n", [(2, "nomor")]),
        ("Nomor,Debet,Kredit,Baris\n1-7777,5,,KAS\n3-1101,,5,\n", [(2, "baris")]),
        ("Nomor,Debet,Kredit\n1-1101,5,\n1-1101,5,\n3-1101,,10\n", [(3, "nomor")]),
        ("Nomor,Debet,Kredit\n2-1213,,5\n1-1101,5,\n", [(2, "nomor")]),
        ("Nomor,Debet,Kredit\n1-1101,5,\n3-1101,,5\nJUMLAH,6,5\n", [(0, "debet")]),
        ("Nomor,Debet,Kredit\n1-1101,0,\n3-1101,,0\n", [(0, "")]),
        ("Nomor,Debet,Kredit\n1-1101,,=1+1\n3-1101,,5\n", [(2, "kredit")]),
    ],
)
async def test_what_is_wrong_is_named_by_line_and_column(
    db: Settings, tmp_path: Path, text: str, refused: list[tuple[int, str]]
) -> None:
    at = await desk(date(2026, 11, 1))
    taken = await take(at, write(tmp_path, text), is_dry_run=False)
    assert [(one.line, one.column) for one in taken.opening.refusals] == refused
    assert all(one.message and one.pesan for one in taken.opening.refusals)
    assert (taken.is_proved, taken.voucher) == (False, None)
    assert await Voucher.all().count() == 0


async def test_the_senders_control_totals_are_held_against_the_lines(db: Settings, tmp_path: Path) -> None:
    at = await desk(date(2026, 11, 1))
    taken = await take(at, write(tmp_path, GOOD), control_debits=70_000_001, is_dry_run=False)
    assert [(one.column, "+1" in one.message or "-1" in one.message) for one in taken.opening.refusals] == [
        ("debet", True)
    ]


async def test_what_is_no_table_is_refused_whole(db: Settings, tmp_path: Path) -> None:
    at = await desk(date(2026, 11, 1))
    path = tmp_path / "opening.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(UnreadableFile):
        await take(at, path)
