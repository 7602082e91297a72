"""The spreadsheets of a co-op that never existed, as treasurers keep them: made anew from a seed, with cells in every
way in which people write money, days and numbers. What it truly holds is kept beside, to be held against."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from cooperatives.books.periods import add_months
from cooperatives.loans.schedules import Method, Terms, schedule

FIRST = [
    "Agus",
    "Siti",
    "Budi",
    "Dewi",
    "Eko",
    "Fitri",
    "Gunawan",
    "Hesti",
    "Imam",
    "Joko",
    "Kartika",
    "Lestari",
    "Made",
    "Nur",
    "Oki",
    "Putri",
    "Rahmat",
    "Sri",
    "Tono",
    "Wahyu",
]
SECOND = [
    "Santoso",
    "Wibowo",
    "Lestari",
    "Hidayat",
    "Saputra",
    "Rahayu",
    "Nugroho",
    "Susanti",
    "Pratama",
    "Wulandari",
    "Setiawan",
    "Maharani",
]
STREETS = ["Melati", "Mawar", "Kenanga", "Anggrek", "Diponegoro", "Kartini", "Pahlawan", "Ahmad", "Yani"]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
Rows = list[list[Any]]


@dataclass
class OldBooks:
    """Sheets by name, each with its headings first, and what they sum to."""

    sheets: dict[str, Rows] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    today: date = date(2026, 11, 1)

    def save(self, path: Path) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(path)
        return path

    def row_of(self, sheet: str, place: int) -> list[Any]:
        """The sheet's row of that number, as a spreadsheet counts."""
        return self.sheets[sheet][place - 1]


class _Hand:
    """One who fills in spreadsheets, never twice in the same way."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice

    def rupiah(self, amount: int) -> Any:
        dotted = f"{amount:,}".replace(",", ".")
        ways: list[Any] = [
            amount,
            float(amount),
            dotted,
            f"Rp {dotted}",
            f"Rp. {dotted},-",
            f" {dotted} ",
            f"{amount:,}.00",
        ]
        return self.dice.choice([*ways, "-", None] if amount == 0 else ways)

    def day(self, day: date) -> Any:
        return self.dice.choice(
            [
                day,
                f"{day:%d/%m/%Y}",
                f"{day.day}-{day.month}-{day.year}",
                f"{day.day} {MONTHS[day.month - 1]} {day.year}",
                f"{day.day} {MONTHS[day.month - 1][:3]} {day.year % 100:02}",
                (day - date(1899, 12, 30)).days,
                f" {day.isoformat()} ",
            ]
        )

    def phone(self, number: int) -> Any:
        digits = f"813{number:08}"
        return self.dice.choice(
            [f"0{digits}", f"+62{digits}", int(digits), f"0813-{digits[3:7]}-{digits[7:]}", f"62{digits}"]
        )

    def number(self, number: int) -> Any:
        return self.dice.choice([number, f"{number:04}", f"A-{number:03}", f" {number} ", float(number)])


def old_books(members: int, seed: int = 8, *, today: date = date(2026, 11, 1)) -> OldBooks:
    """A co-op of so many members on that day: one in three owes a loan, one in ten has a deposit."""
    dice, made = Random(seed), OldBooks(today=today)
    hand = _Hand(dice)
    people: Rows = [
        [
            "No. Anggota",
            "Nama Lengkap",
            "No KTP",
            "No HP",
            "Tempat lahir",
            "Tgl Lahir",
            "L/P",
            "Alamat",
            "Pekerjaan",
            "Tgl Masuk",
            "Ahli waris",
            "Hubungan",
        ]
    ]
    saved: Rows = [["No. Anggota", "Simp. Pokok", "Simpanan Wajib", "Sukarela"]]
    placed: Rows = [["nomor_anggota", "produk", "nominal", "tgl mulai", "bunga"]]
    lent: Rows = [
        [
            "No Anggota",
            "No Pinjaman",
            "Jenis pinjaman",
            "Plafon",
            "Tgl cair",
            "Tenor",
            "Bunga",
            "Sistem bunga",
            "Sudah bayar",
            "Sisa",
            "Tunggakan bunga",
        ]
    ]
    sums = dict.fromkeys(("pokok", "wajib", "sukarela", "saldo", "sisa_pokok", "tunggakan_jasa"), 0)
    for number in range(1, members + 1):
        people.append(_person(dice, hand, number, today))
        wajib = 20_000 * dice.randint(1, 100)
        sukarela = dice.choice([0, 0, dice.randrange(10_000, 9_000_000)])
        saved.append([hand.number(number), hand.rupiah(100_000), hand.rupiah(wajib), hand.rupiah(sukarela)])
        for name, amount in (("pokok", 100_000), ("wajib", wajib), ("sukarela", sukarela)):
            sums[name] += amount
        if number % 10 == 0:
            amount = 1_000_000 * dice.randint(1, 20)
            sums["saldo"] += amount
            placed.append(
                [
                    hand.number(number),
                    "3 Bulan",
                    hand.rupiah(amount),
                    hand.day(today - timedelta(dice.randint(1, 60))),
                    "5 %",
                ]
            )
        if number % 3 == 0:
            row, owed, interest = _loan(dice, hand, number, today)
            lent.append(row)
            sums["sisa_pokok"] += owed
            sums["tunggakan_jasa"] += interest
    saved += [[None, None, None, None], ["JUMLAH", sums["pokok"], sums["wajib"], sums["sukarela"]]]
    stock, sums["nilai"] = _stock(dice, hand, members // 4)
    made.totals = sums
    made.sheets = {
        "Anggota": people,
        "Simpanan": saved,
        "Simpanan Berjangka": placed,
        "Pinjaman": lent,
        "Persediaan": stock,
        "Neraca Saldo": _balances(hand, sums),
    }
    return made


def _person(dice: Random, hand: _Hand, number: int, today: date) -> list[Any]:
    name = f"{dice.choice(FIRST)} {dice.choice(SECOND)}"
    born = date(1960, 1, 1) + timedelta(dice.randrange(15_000))
    national_id = f"3578{number % 31 + 1:02}{born:%d%m%y}{number:04}"
    has_heir = dice.random() < 0.6
    return [
        hand.number(number),
        dice.choice([name, name.upper(), f"  {name.replace(' ', '  ')} ", f"{name}\u00a0"]),
        dice.choice(
            [national_id, f"'{national_id}", f"{national_id[:6]} {national_id[6:12]} {national_id[12:]}", None, "-"]
        ),
        hand.phone(number) if dice.random() < 0.9 else dice.choice([None, "-", "tidak ada"]),
        dice.choice(["Surabaya", "Gresik", "Sidoarjo", None]),
        hand.day(born),
        dice.choice(["L", "P", "Laki-laki", "perempuan", None]),
        f"Jl. {dice.choice(STREETS)} {dice.randint(1, 90)}",
        dice.choice(["Pengemudi", "Pedagang", "PNS", "-"]),
        hand.day(today - timedelta(dice.randint(30, 4_000))),
        f"{dice.choice(FIRST)} {dice.choice(SECOND)}" if has_heir else None,
        dice.choice(["istri", "suami", "anak"]) if has_heir else None,
    ]


def _loan(dice: Random, hand: _Hand, number: int, today: date) -> tuple[list[Any], int, int]:
    method = dice.choice(list(Method))
    terms = Terms(
        500_000 * dice.randint(2, 40), dice.choice([10, 12, 18, 24, 36]), dice.choice([1_200, 1_500, 1_800]), method
    )
    rows = schedule(terms)
    gone = dice.randrange(terms.months)  # whole months since
    given = add_months(today, -gone) - timedelta(dice.randint(0, 20))
    paid = max(0, gone - dice.choice([0, 0, 0, 1, 2]))
    owed = sum(row.principal for row in rows[paid:])
    if dice.random() < 0.2:  # something was paid beside, or rounded
        owed -= min(dice.choice([500, 10_000]), owed - 1)
    late = [
        row.interest
        for row, month in zip(rows, range(1, terms.months + 1), strict=True)
        if month > paid and add_months(given, month) <= today
    ]
    interest = late[0] if late and dice.random() < 0.5 else 0
    rate = (
        f"{terms.rate_bp // 100}"
        if dice.random() < 0.5
        else f"{terms.rate_bp / 1200:g} % per bulan".replace(".", ",")
    )
    way = {Method.FLAT: "Flat", Method.DECLINING: "menurun", Method.ANNUITY: "Anuitas"}[method]
    return (
        [
            hand.number(number),
            f"PJM-{number:05}",
            dice.choice(["Motor", "Usaha"]),
            hand.rupiah(terms.principal),
            hand.day(given),
            dice.choice([terms.months, f"{terms.months} bln"]),
            rate,
            way,
            dice.choice([paid, f"{paid}x"]),
            hand.rupiah(owed),
            hand.rupiah(interest),
        ],
        owed,
        interest,
    )


def _stock(dice: Random, hand: _Hand, items: int) -> tuple[Rows, int]:
    """A parts shop's shelves, with a row of totals, and what they are worth."""
    rows: Rows = [["Kode barang", "Nama barang", "Sat", "Stok", "Harga beli", "Nilai", "Harga", "Harga anggota"]]
    pieces = value = 0
    for number in range(1, items + 1):
        quantity, each = dice.choice([0, dice.randint(1, 400)]), 500 * dice.randint(1, 200)
        total = quantity * each + (dice.randrange(quantity) if quantity else 0)  # a moving average, rounded
        cost: list[Any] = dice.choice([[hand.rupiah(each), hand.rupiah(total)], [None, hand.rupiah(total)]])
        counted: list[Any] = [quantity, f"{quantity} pcs", float(quantity), f"{quantity:,}".replace(",", ".")]
        price = each * 5 // 4
        member_price = dice.choice([None, price - 100])
        named = [f"BRG-{number:04}", f"Suku cadang {number}", dice.choice(["pcs", "Buah", "btl", None])]
        rows.append([*named, dice.choice(counted), *cost, hand.rupiah(price), member_price])
        pieces, value = pieces + quantity, value + total
    return [*rows, [None, "JUMLAH", None, pieces, None, value, None, None]], value


def _balances(hand: _Hand, sums: dict[str, int]) -> Rows:
    assets = {"1-1101": 25_000_000, "1-1305": sums["sisa_pokok"], "1-1306": sums["tunggakan_jasa"]}
    assets["1-1401"] = sums["nilai"]
    owed = {"2-1101": sums["sukarela"], "2-1102": sums["saldo"], "3-1101": sums["pokok"], "3-1102": sums["wajib"]}
    assets["1-1201"] = sum(owed.values()) + 40_000_000 - sum(assets.values())
    names = {"1-1101": "Kas", "1-1201": "Bank"}
    rows: Rows = [["Kode akun", "Uraian", "Debet", "Kredit"]]
    rows += [[code, names.get(code, ""), hand.rupiah(amount), None] for code, amount in assets.items()]
    rows += [[code, "", None, hand.rupiah(amount)] for code, amount in owed.items()]
    return [*rows, ["3-2101", "Cadangan", None, 40_000_000]]


def one_member(number: int = 900) -> bytes:
    """The smallest set there is, as a workbook: one member who has nothing yet."""
    books = OldBooks(
        {"anggota": [["nomor_anggota", "nama", "tanggal_masuk"], [number, "Sri Pindahan", "17/08/2019"]]}
    )
    with TemporaryDirectory() as folder:
        return books.save(Path(folder) / "anggota.xlsx").read_bytes()


def two_members() -> OldBooks:
    """A small set that proves where there are no opening balances yet: two members and their savings."""
    return OldBooks(
        {
            "anggota": [
                ["nomor_anggota", "nama", "tanggal_masuk"],
                [901, "Sri Pindahan", "17/08/2019"],
                [902, "Agus Pindahan", "1/3/2020"],
            ],
            "simpanan": [
                ["nomor_anggota", "pokok", "wajib"],
                [901, "100.000", "1.240.000"],
                [902, "100.000", "960.000"],
                ["JUMLAH", "200.000", "2.200.000"],
            ],
            "neraca_saldo": [
                ["nomor", "nama", "debet", "kredit"],
                ["1-1101", "Kas", "2.400.000", ""],
                ["3-1101", "Simpanan pokok", "", "200.000"],
                ["3-1102", "Simpanan wajib", "", "2.200.000"],
            ],
        }
    )
