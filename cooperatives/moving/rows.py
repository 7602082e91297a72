"""What a set's sheets say, row by row; every row that can't be taken is told with its cell. Pure."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from cooperatives.loans.schedules import Method
from cooperatives.membership.categories import MemberCategory
from cooperatives.moving import cells
from cooperatives.moving.cells import NotReadable
from cooperatives.moving.given import GivenRow, Table, given_rows
from cooperatives.moving.planning import plan
from cooperatives.moving.records import DepositRow, LoanRow, MemberRow, Reading, SavingsRow, StockRow
from cooperatives.moving.sheets import SheetKind

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
#: How goods are counted, as the catalogue has it; what people write for it.
MEASURES = {
    "PIECE": ("buah", "pcs", "pc", "bh", "biji", "unit", "set"),
    "PORTION": ("porsi",),
    "PACK": ("bungkus", "pak", "bks"),
    "BOX": ("dus", "kotak", "karton", "box"),
    "BUNCH": ("ikat",),
    "SACK": ("karung", "sak"),
    "BOTTLE": ("botol", "btl"),
    "TRAY": ("papan",),
    "GRAM": ("gram", "gr", "g"),
    "HUNDRED_GRAMS": ("ons",),
    "KILOGRAM": ("kilogram", "kilo", "kg"),
    "LITRE": ("liter", "ltr", "l"),
}
SEXES = {"": ("",), "L": ("l", "laki-laki", "laki laki", "pria", "lk"), "P": ("p", "perempuan", "wanita", "pr")}


def read_all(tables: Mapping[SheetKind, Table], today: date) -> Reading:
    """Read every sheet but the balances, which the chart reads."""
    found = Reading()
    known = {
        SheetKind.MEMBERS: _member,
        SheetKind.SAVINGS: _savings,
        SheetKind.DEPOSITS: _deposit,
        SheetKind.LOANS: _loan,
        SheetKind.STOCK: _stock,
    }
    for kind, take in known.items():
        for row in given_rows(found, kind, tables.get(kind, ())):
            take(found, row, today)
    return found


def _member(found: Reading, row: GivenRow, today: date) -> None:
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


def _require_single(found: Reading, row: GivenRow, made: MemberRow) -> None:
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


def _savings(found: Reading, row: GivenRow, today: date) -> None:
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


def _deposit(found: Reading, row: GivenRow, today: date) -> None:
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


def _loan(found: Reading, row: GivenRow, today: date) -> None:
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


def _stock(found: Reading, row: GivenRow, today: date) -> None:
    unit, code, name = row.text("unit", 120), row.text("kode", 40), row.text("nama", 160)
    quantity = row.read("jumlah", cells.quantity, 0)
    made = StockRow(
        row=row.number,
        unit=unit,
        code=code,
        name=name,
        category=row.text("kategori", 80),
        measure=row.read("satuan", partial(cells.choice, names=MEASURES), "PIECE"),
        quantity=quantity,
        value=_value(row, quantity),
        price=row.read("harga_jual", cells.amount_or_none, None),
        member_price=row.read("harga_anggota", cells.amount_or_none, None),
        reorder_level=row.read("stok_minimum", cells.quantity_or_none, None),
        account=row.text("akun", 20),
    )
    twin = found.stock.get((unit.lower(), code))
    if twin is not None and code:
        row.refuse(
            "kode",
            f"{code} stands in row {twin.row} already ({twin.name}): add the two up, or correct the code",
            f"{code} sudah ada di baris {twin.row} ({twin.name}): jumlahkan keduanya, atau perbaiki kodenya",
        )
    if row.is_right:
        found.stock[unit.lower(), code] = made


def _value(row: GivenRow, quantity: int) -> int:
    """What all of it cost, of its own column, or by what one cost; of both, which must agree but for rounding."""
    each, total = row.read("harga_beli", cells.amount_or_none, None), row.read("nilai", cells.amount_or_none, None)
    if each is None and total is None and quantity and row.is_right:
        row.refuse(
            "nilai",
            "what did it cost? fill in nilai (all of it) or harga_beli (one)",
            "berapa harga belinya? isi nilai (seluruhnya) atau harga_beli (satuan)",
        )
    elif each is not None and total is not None and abs(total - quantity * each) > quantity:
        row.refuse(
            "nilai",
            f"{quantity} at {each} are {quantity * each}, not {total}: correct one, or leave one empty",
            f"{quantity} kali {each} adalah {quantity * each}, bukan {total}: perbaiki, atau kosongkan salah satu",
        )
    value = quantity * (each or 0) if total is None else total
    if value and not quantity and row.is_right:
        row.refuse(
            "jumlah",
            f"nothing of it is there, yet it is worth {value}: correct jumlah, or nilai",
            f"barangnya tidak ada, tetapi nilainya {value}: perbaiki jumlah, atau nilai",
        )
    return value


def _known_member(found: Reading, row: GivenRow) -> int:
    """The member's number; told where the members' sheet lacks him (refused there, it is told once)."""
    number = row.read("nomor_anggota", cells.number, 0)
    if number and number not in found.members:
        row.refuse(
            "nomor_anggota",
            f"{number} is no row of the sheet anggota that can be taken: correct it there, or here",
            f"{number} tidak ada di lembar anggota, atau barisnya di sana belum benar: perbaiki dahulu",
        )
    return number
