"""A co-op moves in from its spreadsheets: whole, proved, once; and every cell that can't be read is told."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import structlog

from cooperatives.books import reports
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.ledger.models import LedgerAccount
from cooperatives.loans import timetable
from cooperatives.loans.models import Loan
from cooperatives.membership.entries import open_details, open_heirs
from cooperatives.membership.models import MemberEntry, Membership
from cooperatives.moving import cells, reading, taking
from cooperatives.moving.models import MovingSet, MovingState
from cooperatives.savings import service as savings
from cooperatives.savings.models import SavingsAccount, SavingsKind
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import BusinessUnit, UnitItem
from marketplace import checks, clock
from marketplace.errors import Invalid
from marketplace.identity.actor import SYSTEM
from marketplace.identity.models import Account
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.cooperatives.books.desk import Desk, desk
from tests.cooperatives.membership import people
from tests.cooperatives.moving.old_books import OldBooks, old_books
from tests.cooperatives.units.shop import SHOP

pytestmark = pytest.mark.anyio
FIRST = date(2026, 11, 1)
MEMBERS = int(os.environ.get("LUMBUNG_TEST_MOVING_MEMBERS", "60"))
log = structlog.get_logger()
TOLD_APART = {
    "pokok": Purpose.PRINCIPAL_SAVINGS,
    "wajib": Purpose.MANDATORY_SAVINGS,
    "sukarela": Purpose.VOLUNTARY_SAVINGS,
    "saldo": Purpose.TERM_SAVINGS,
    "sisa_pokok": Purpose.LOAN_PRINCIPAL,
    "tunggakan_jasa": Purpose.LOAN_INTEREST_DUE,
    "nilai": Purpose.UNIT_STOCK,
}


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    clock.use(lambda: datetime(2026, 11, 1, 5, tzinfo=UTC))
    yield
    clock.use(None)


async def opened() -> Desk:
    """A co-op whose books begin on the day of moving, and which offers what its old books name."""
    at = await desk(FIRST)
    await savings.start_savings(at.chair, cooperative_id=at.id, first_month=FIRST, key="s")
    for kind, name, months in ((SavingsKind.VOLUNTARY, "Sukarela", None), (SavingsKind.TERM, "3 Bulan", 3)):
        await savings.open_product(
            at.treasurer, cooperative_id=at.id, kind=kind, name=name, rate_bp=300, months=months, key=name
        )
    await units.open_unit(at.chair, cooperative_id=at.id, kind="parts_shop", shop=SHOP, key="unit")
    return at


async def with_officers(at: Desk, books: OldBooks) -> OldBooks:
    """The officers stand among the members: chair, secretary and treasurer are the first three."""
    for row, who in enumerate((at.chair, at.secretary, at.treasurer), start=2):
        books.row_of("Anggota", row)[3] = (await Account.get(pk=who.account_id)).phone
    return books


def brought(books: OldBooks, folder: Path) -> reading.Sheets:
    return reading.read(books.save(folder / "pindahan.xlsx"))


async def told_apart(at: Desk) -> dict[str, int]:
    """What members' own accounts hold in all, and that no sum is left that is nobody's."""
    for purpose in TOLD_APART.values():
        assert (await ledger.balance(AccountRef(at.id, purpose))).amount == 0
    found = {}
    for name, purpose in TOLD_APART.items():
        rows = await LedgerAccount.filter(cooperative_id=at.id, purpose=purpose, subject_id__isnull=False)
        found[name] = sum(
            (row.credits_posted - row.debits_posted) * (-1 if row.type.grows_by_debit else 1) for row in rows
        )
    return found


async def test_a_co_op_moves_in_and_every_total_is_equal(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(MEMBERS))
    sheets = brought(books, tmp_path)
    began = time.monotonic()
    dry = await taking.bring(at.treasurer, sheets, cooperative_id=at.id, vault=vault)
    tried = time.monotonic()
    assert dry.checked is not None
    assert dry.checked.found.refusals == []
    assert {line.column: line.total for line in dry.checked.proof} == books.totals
    assert all(line.difference == 0 for line in dry.checked.proof)
    assert (dry.row, await MovingSet.all().count()) == (None, 0)
    asked = await taking.bring(at.treasurer, sheets, cooperative_id=at.id, vault=vault, is_dry_run=False)
    assert asked.row is not None
    assert (asked.row.state, await Membership.all().count()) == (MovingState.PROPOSED, 3)
    assert "Jl." not in (asked.row.sheets or "")
    with pytest.raises(taking.OwnSet):
        await taking.confirm(at.treasurer, set_id=asked.row.pk, vault=vault)
    done = await taking.confirm(at.chair, set_id=asked.row.pk, vault=vault)
    moved = time.monotonic()
    assert (done.state, done.sheets, done.totals["members"]) == (MovingState.DONE, None, MEMBERS)
    assert done.totals["opening"]["debits"] == done.totals["opening"]["credits"] > 0
    assert await told_apart(at) == books.totals
    assert [found async for found in checks.findings()] == []
    sheet = await reports.balance_sheet(at.treasurer, at.id, FIRST, compared=False)
    assert sheet.is_balanced
    again = await taking.bring(at.treasurer, sheets, cooperative_id=at.id, vault=vault, is_dry_run=False)
    assert again.was_done
    assert await told_apart(at) == books.totals
    log.info("moved in", members=MEMBERS, tried_s=round(tried - began, 1), moved_s=round(moved - tried, 1))


async def test_who_moved_in_is_served_as_any_member(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(30, seed=3))
    await taking.bring(SYSTEM, brought(books, tmp_path), cooperative_id=at.id, vault=vault, is_dry_run=False)
    member = await Membership.get(cooperative_id=at.id, number=3)
    entry = await MemberEntry.get(pk=member.pk)
    details = open_details(vault, entry)
    assert details is not None
    assert details.name.split() == str(books.row_of("Anggota", 4)[1]).split()
    assert details.name not in (entry.details or "")
    assert entry.joined_on is not None
    assert entry.joined_on < FIRST
    named = books.row_of("Anggota", 4)[10]
    assert [heir.name for heir in open_heirs(vault, entry)] == ([named] if named else [])
    start = await savings.SavingsStart.get()
    await savings.bring_up(start)  # pokok is there: only wajib is charged
    dues = await Loan.filter(membership_id=member.pk).first()
    assert dues is not None
    await timetable.sweep(None)
    assert [found async for found in checks.findings()] == []
    deposit = await SavingsAccount.filter(kind=SavingsKind.TERM).first()
    assert deposit is not None
    assert deposit.matures_on is not None
    assert {row.kind for row in await SavingsAccount.filter(membership_id=deposit.membership_id)} == set(SavingsKind)


async def test_officers_who_are_members_already_keep_their_account_and_take_their_old_number(
    db: Settings, tmp_path: Path
) -> None:
    at, vault = await opened(), Vault(db)
    books = old_books(5, seed=4)
    treasurer = await Account.get(pk=at.treasurer.account_id)
    books.row_of("Anggota", 6)[3] = treasurer.phone
    brought_in = brought(books, tmp_path)
    refused = await taking.bring(at.treasurer, brought_in, cooperative_id=at.id, vault=vault)
    assert refused.checked is not None
    assert {(one.row, one.column) for one in refused.checked.found.refusals} == {
        (2, "nomor_anggota"),
        (3, "nomor_anggota"),
    }
    for row, role in ((2, at.chair), (3, at.secretary)):
        books.row_of("Anggota", row)[3] = (await Account.get(pk=role.account_id)).phone
    await taking.bring(SYSTEM, brought(books, tmp_path), cooperative_id=at.id, vault=vault, is_dry_run=False)
    numbers = {
        row.account_id: row.number for row in await Membership.filter(cooperative_id=at.id, number__isnull=False)
    }
    assert [numbers[who.account_id] for who in (at.chair, at.secretary, at.treasurer)] == [1, 2, 5]  # type: ignore[index]
    assert await Membership.filter(cooperative_id=at.id).count() == 5
    assert [found async for found in checks.findings()] == []


async def test_every_bad_cell_is_told_and_nothing_is_taken(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(12, seed=5))
    wrong = {
        ("Anggota", 2, 0): "dua belas",
        ("Anggota", 3, 1): None,
        ("Anggota", 4, 2): "35780145",
        ("Anggota", 5, 3): "telepon rumah",
        ("Anggota", 6, 5): "31/02/1980",
        ("Anggota", 7, 9): "01/01/2099",
        ("Anggota", 9, 0): 7,
        ("Simpanan", 11, 1): "Rp 1.500.000,50",
        ("Simpanan", 12, 0): 999,
    }
    for (sheet, row, place), value in wrong.items():
        books.row_of(sheet, row)[place] = value
    dry = await taking.bring(
        at.treasurer, brought(books, tmp_path), cooperative_id=at.id, vault=vault, is_dry_run=False
    )
    assert dry.checked is not None
    told = {(one.sheet, one.row, one.column): one for one in dry.checked.found.refusals}
    assert {
        ("anggota", 2, "nomor_anggota"),
        ("anggota", 3, "nama"),
        ("anggota", 4, "nik"),
        ("anggota", 5, "telepon"),
        ("anggota", 6, "tanggal_lahir"),
        ("anggota", 7, "tanggal_masuk"),
        ("simpanan", 11, "pokok"),
        ("simpanan", 12, "nomor_anggota"),
        ("simpanan", 0, "pokok"),  # the sums differ by what can't be read
    } <= set(told)
    assert all(one.pesan and one.message and one.pesan != one.message for one in told.values())
    assert "kosongkan" in told["anggota", 5, "telepon"].pesan
    assert (await MovingSet.all().count(), await Membership.all().count()) == (0, 3)


async def test_a_sum_that_differs_by_a_rupiah_is_refused(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(12, seed=6))
    for place, row in enumerate(books.sheets["Neraca Saldo"]):
        if row[0] in ("3-1101", "3-2101"):
            books.sheets["Neraca Saldo"][place][3] = {"3-1101": 1_200_001, "3-2101": 39_999_999}[row[0]]
    dry = await taking.bring(at.treasurer, brought(books, tmp_path), cooperative_id=at.id, vault=vault)
    assert dry.checked is not None
    (one,) = dry.checked.found.refusals
    assert (one.column, one.message.rsplit(" ", 1)[1]) == ("pokok", "-1")


async def test_what_changed_between_two_officers_words_is_found(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(6, seed=7))
    sheets = brought(books, tmp_path)
    asked = await taking.bring(at.treasurer, sheets, cooperative_id=at.id, vault=vault, is_dry_run=False)
    assert asked.row is not None
    newcomer = await people.person("Baru")
    await Membership.create(cooperative_id=at.id, account_id=newcomer.pk, number=6, state="ACTIVE")
    with pytest.raises(Invalid) as refused:
        await taking.confirm(at.chair, set_id=asked.row.pk, vault=vault)
    assert [fault.path for fault in refused.value.faults] == [("anggota", "7", "nomor_anggota")]
    back = await taking.withdraw(at.treasurer, set_id=asked.row.pk)
    assert (back.state, back.sheets) == (MovingState.WITHDRAWN, None)
    with pytest.raises(taking.MovingWrongState):
        await taking.confirm(at.chair, set_id=asked.row.pk, vault=vault)


async def test_stock_that_moved_in_is_sold_as_any_other(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(20, seed=9))
    (unit,) = await BusinessUnit.all()
    known = units.NewItem("BRG-0001", "Oli mesin", "goods.other", 90_000)
    await units.add_item(at.treasurer, unit_id=unit.pk, item=known, key="known")
    books.row_of("Persediaan", 2)[1:7] = ["Oli mesin", "pcs", 7, None, 100_000, None]  # known here: needs no price
    books.row_of("Persediaan", 3)[3:7] = ["12 pcs", "Rp 1.000", None, 1_500]
    _balance(books)
    await taking.bring(SYSTEM, brought(books, tmp_path), cooperative_id=at.id, vault=vault, is_dry_run=False)
    first, second = [await UnitItem.get(code=code) for code in ("BRG-0001", "BRG-0002")]
    assert (first.name, first.quantity, first.value) == ("Oli mesin", 7, 100_000)
    assert (second.quantity, second.value, second.last_cost) == (12, 12_000, 1_000)
    sale = await units.sell(
        at.treasurer,
        unit_id=unit.pk,
        lines=[units.SaleLine(2, first.pk)],
        way=SaleWay.CASH,
        membership_id=None,
        key="sold",
    )
    assert (sale.total, sale.cost) == (180_000, 28_571)
    assert [found async for found in checks.findings()] == []


def _balance(books: OldBooks, account: str = "1-1401") -> None:
    """Count the stock's sheet anew: its row of totals and the books follow what its rows say."""
    rows = books.sheets["Persediaan"][1:-1]
    worth = [cells.amount(str(row[5])) if row[5] else cells.quantity(str(row[3])) * 1_000 for row in rows]
    books.sheets["Persediaan"][-1][3] = sum(cells.quantity(str(row[3])) for row in rows)
    books.sheets["Persediaan"][-1][5] = sum(worth)
    change = sum(worth) - books.totals["nilai"]
    for row in books.sheets["Neraca Saldo"]:
        if row[0] == "1-1401":
            row[0], row[2] = account, sum(worth)
        if row[0] == "3-2101":
            row[3] += change


async def test_bad_rows_of_stock_are_told_by_cell(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(40, seed=10))
    wrong = {
        (2, 0): None,
        (3, 3): "2,5",
        (4, 5): "Rp 1.000,50",
        (5, 6): None,
        (6, 7): 999_999_999,
        (7, 2): "kodi",
        (8, 0): "BRG-0008",
    }
    for (row, place), value in wrong.items():
        books.row_of("Persediaan", row)[place] = value
    dry = await taking.bring(at.treasurer, brought(books, tmp_path), cooperative_id=at.id, vault=vault)
    assert dry.checked is not None
    told = {(one.row, one.column): one for one in dry.checked.found.refusals}
    columns = ((2, "kode"), (3, "jumlah"), (4, "nilai"), (5, "harga_jual"), (6, "harga_anggota"), (7, "satuan"))
    assert {*columns, (9, "kode"), (0, "nilai"), (12, "jumlah"), (12, "nilai")} == set(told)
    assert all(one.sheet == "persediaan" and one.pesan != one.message for one in told.values())


async def test_stock_may_stand_in_another_account_of_the_old_books(db: Settings, tmp_path: Path) -> None:
    at, vault = await opened(), Vault(db)
    books = await with_officers(at, old_books(40, seed=11))
    _balance(books, "1-1404")
    refused = await taking.bring(at.treasurer, brought(books, tmp_path), cooperative_id=at.id, vault=vault)
    assert refused.checked is not None
    assert [one.column for one in refused.checked.found.refusals] == ["nilai"]
    for row, cell in zip(books.sheets["Persediaan"], ["Akun", *["1-1404"] * 10, None], strict=True):
        row.append(cell)
    dry = await taking.bring(SYSTEM, brought(books, tmp_path), cooperative_id=at.id, vault=vault, is_dry_run=False)
    assert dry.row is not None
    assert (await told_apart(at))["nilai"] == sum(item.value for item in await UnitItem.all())
    assert [found async for found in checks.findings()] == []
