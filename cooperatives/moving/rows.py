"""What a set's sheets say, row by row; every row that can't be taken is told with its cell. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

from cooperatives.loans.schedules import Method
from cooperatives.membership.categories import MemberCategory
from cooperatives.moving import cells
from cooperatives.moving.cells import NotReadable
from cooperatives.moving.planning import plan
from cooperatives.moving.records import DepositRow, LoanRow, MemberRow, Reading, SavingsRow, Told
from cooperatives.moving.sheets import SHEETS, SheetKind, columns_of

T = TypeVar("T")
#: A sheet's rows: the number in the sheet, and the cells by heading.
Table = Sequence[tuple[int, Mapping[str, str]]]
MOST_ROWS = 10_000
CATEGORIES = {
    MemberCategory.FULL.value: ("biasa", "anggota biasa", "aktif"),
    MemberCategory.ASSOCIATE.value: ("luar biasa", "anggota luar biasa"),
    MemberCategory.CANDIDATE.value: ("calon", "calon anggota"),
}
METHODS = {
    Method.DECLINING.value: ("menurun", "efektif", "saldo menurun"),
    Method.FLAT.value: ("flat", "tetap", "datar"),
    Method.ANNUITY.value: ("anuitas", "anuity"),
}
#: Columns whose sum is held against the books, and against a row of totals.
SUMMED = ("pokok", "wajib", "sukarela", "saldo", "sisa_pokok", "tunggakan_jasa")
SEXES = {"": ("",), "L": ("l", "laki-laki", "laki laki", "pria", "lk"), "P": ("p", "perempuan", "wanita", "pr")}


class _Row:
    """One row while it is read: what can't be read is told, and the others are read on."""

    def __init__(self, found: Reading, kind: SheetKind, number: int, given: Mapping[str, str]) -> None:
        self.found, self.kind, self.number, self.given = found, kind, number, given
        self.is_right = True

    def refuse(self, column: str, message: str, pesan: str) -> None:
        self.is_right = False
        self.found.refusals.append(Told(self.kind.value, self.number, column, message, pesan))

    def note(self, column: str, message: str, pesan: str) -> None:
        self.found.notes.append(Told(self.kind.value, self.number, column, message, pesan))

    def read(self, column: str, how: Callable[[str], T], missing: T) -> T:
        """The cell's meaning; `missing` where it was refused."""
        text = self.given.get(column, "")
        if not cells.words(text) and any(c.heading == column and c.is_needed for c in SHEETS[self.kind]):
            self.refuse(column, "empty: fill it in", "kosong: isi dahulu")
            return missing
        try:
            return how(text)
        except NotReadable as cause:
            self.refuse(column, cause.message, cause.pesan)
            return missing

    def text(self, column: str, most: int) -> str:
        found = self.read(column, cells.words, "")
        if len(found) > most:
            self.refuse(column, f"longer than {most} characters", f"lebih dari {most} huruf")
        return found


def read_all(tables: Mapping[SheetKind, Table], today: date) -> Reading:
    """Read every sheet but the balances, which the chart reads."""
    found = Reading()
    known = {
        SheetKind.MEMBERS: _member,
        SheetKind.SAVINGS: _savings,
        SheetKind.DEPOSITS: _deposit,
        SheetKind.LOANS: _loan,
    }
    for kind, take in known.items():
        for row in _rows(found, kind, tables.get(kind, ())):
            take(found, row, today)
    return found


def _rows(found: Reading, kind: SheetKind, table: Table) -> list[_Row]:
    if not table:
        return []
    columns, missing = columns_of(kind, table[0][1])
    for heading in missing:
        pesan = f"kolom {heading} tidak ada: tambahkan, seperti di berkas contoh"
        found.refusals.append(Told(kind.value, 1, heading, f"no column {heading}: add it, as in the template", pesan))
    if len(table) > MOST_ROWS:
        found.refusals.append(
            Told(
                kind.value,
                table[MOST_ROWS][0],
                "",
                f"more than {MOST_ROWS} rows: bring them in several sets",
                f"lebih dari {MOST_ROWS} baris: pindahkan dalam beberapa bagian",
            )
        )
    if missing or len(table) > MOST_ROWS:
        return []
    made = [
        _Row(found, kind, number, {ours: given.get(theirs, "") for ours, theirs in columns.items()})
        for number, given in table
    ]
    filled = [row for row in made if any(cells.words(text) for text in row.given.values())]
    for row in filter(_is_total, filled):
        for heading in filter(lambda heading: cells.words(row.given.get(heading, "")), SUMMED):
            found.controls[kind.value, heading] = row.number, row.read(heading, cells.amount, 0)
    return [row for row in filled if not _is_total(row)]


def _is_total(row: _Row) -> bool:
    """Whether the row only adds the others up, as people write below a list: its sums are control totals."""
    said = {cells.words(row.given.get(column, "")).lower().rstrip(":") for column in ("nomor_anggota", "nama")}
    return bool(said & {"jumlah", "total", "grand total"})


def _member(found: Reading, row: _Row, today: date) -> None:
    past = partial(cells.day, latest=today)
    number = row.read("nomor_anggota", cells.number, 0)
    joined_on = row.read("tanggal_masuk", past, None)
    made = MemberRow(
        row=row.number,
        number=number,
        written=cells.words(row.given.get("nomor_anggota", ""))[:30],
        name=row.text("nama", 120),
        national_id=row.read("nik", cells.national_id, ""),
        phone=row.read("telepon", cells.phone, ""),
        birth_place=row.text("tempat_lahir", 80),
        born_on=row.read("tanggal_lahir", past, None),
        sex=row.read("jenis_kelamin", partial(cells.choice, names=SEXES), ""),
        address=row.text("alamat", 300),
        occupation=row.text("pekerjaan", 80),
        joined_on=joined_on or today,
        category=MemberCategory(row.read("jenis_anggota", partial(cells.choice, names=CATEGORIES), "FULL")),
        heir=row.text("ahli_waris", 120),
        relation=row.text("hubungan", 40),
    )
    _require_single(found, row, made)
    if row.is_right:
        found.members[number] = made


def _require_single(found: Reading, row: _Row, made: MemberRow) -> None:
    """Two rows with one number or NIK are two people or one: only a person knows."""
    twin = found.members.get(made.number)
    if twin is not None:
        row.refuse(
            "nomor_anggota",
            f"{made.number} stands in row {twin.row} already ({twin.name}): correct one, or delete the double",
            f"{made.number} sudah ada di baris {twin.row} ({twin.name}): perbaiki salah satu, atau hapus yang ganda",
        )
    if made.national_id:
        other = found.by_national_id.setdefault(made.national_id, made)
        if other is not made:
            row.refuse(
                "nik",
                f"this NIK stands in row {other.row} already ({other.name}): correct one, or delete the double",
                f"NIK ini sudah ada di baris {other.row} ({other.name}): perbaiki salah satu, atau hapus yang ganda",
            )


def _savings(found: Reading, row: _Row, today: date) -> None:
    member = _known_member(found, row)
    made = SavingsRow(
        row.number,
        member,
        row.read("pokok", cells.amount, 0),
        row.read("wajib", cells.amount, 0),
        row.read("sukarela", cells.amount, 0),
        row.text("produk", 60),
    )
    if member in found.savings:
        first = found.savings[member].row
        row.refuse(
            "nomor_anggota",
            f"his savings stand in row {first} already: one row a member",
            f"simpanannya sudah ada di baris {first}: satu baris tiap anggota",
        )
    if row.is_right:
        found.savings[member] = made


def _deposit(found: Reading, row: _Row, today: date) -> None:
    member = _known_member(found, row)
    since = row.read("mulai", partial(cells.day, latest=today), None)
    rate = row.read("jasa", cells.rate_bp, 0) if cells.words(row.given.get("jasa", "")) else None
    amount = row.read("saldo", cells.amount, 0)
    if row.is_right and amount == 0:
        row.refuse(
            "saldo",
            "a deposit holds something: delete the row, or fill it in",
            "saldo berjangka nol: hapus barisnya, atau isi",
        )
    made = DepositRow(row.number, member, row.text("produk", 60), amount, since or today, rate)
    if row.is_right:
        found.deposits.append(made)


def _loan(found: Reading, row: _Row, today: date) -> None:
    member = _known_member(found, row)
    number = row.text("nomor_pinjaman", 60)
    lent = row.read("pinjaman", cells.amount, 0)
    given_on = row.read("tanggal_cair", partial(cells.day, latest=today), None)
    months = row.read("jangka", cells.count, 0)
    rate_bp = row.read("jasa", cells.rate_bp, 0)
    method = Method(row.read("cara", partial(cells.choice, names=METHODS), Method.DECLINING.value))
    paid = row.read("angsuran_lunas", cells.count, 0)
    owed = row.read("sisa_pokok", cells.amount, 0)
    interest = row.read("tunggakan_jasa", cells.amount, 0)
    product = row.text("produk", 60)
    twin = found.loan_rows.setdefault(number, row.number)
    if number and twin != row.number:
        row.refuse("nomor_pinjaman", f"{number} stands in row {twin} already", f"{number} sudah ada di baris {twin}")
    if not row.is_right or given_on is None:
        return
    try:
        planned = plan(lent, months, rate_bp, method, given_on, paid=paid, owed=owed, interest=interest, today=today)
    except NotReadable as cause:
        row.refuse("sisa_pokok", cause.message, cause.pesan)
        return
    if planned.moved:
        row.note(
            "sisa_pokok",
            f"by its terms {planned.by_terms} would be owed: the coming instalments were fitted to {owed}",
            f"menurut syaratnya sisa {planned.by_terms}: angsuran berikutnya disesuaikan menjadi {owed}",
        )
    found.loans.append(LoanRow(row.number, member, number, product, planned))


def _known_member(found: Reading, row: _Row) -> int:
    """The member's number; told where the members' sheet lacks him (refused there, it is told once)."""
    number = row.read("nomor_anggota", cells.number, 0)
    if number and number not in found.members:
        row.refuse(
            "nomor_anggota",
            f"{number} is no row of the sheet anggota that can be taken: correct it there, or here",
            f"{number} tidak ada di lembar anggota, atau barisnya di sana belum benar: perbaiki dahulu",
        )
    return number
