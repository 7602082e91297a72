"""What stands in a cell of a spreadsheet that people kept for years, as what it means. Pure.

Each reader takes a cell's text and raises NotReadable, which says in both languages what to write instead.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from cooperatives.books import amounts
from marketplace.errors import Invalid
from marketplace.identity import phones
from marketplace.money import with_points

#: Spreadsheets count days from here.
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIALS = range(3_654, 73_050)  # 1910 to 2100
_MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
_OTHER_MONTHS = {"may": 5, "agt": 8, "ags": 8, "aug": 8, "oct": 10, "nop": 11, "dec": 12, "peb": 2}
_DAY_FIRST = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)\.?[\s./-]+(\d{2}|\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?")
_NUMBER = re.compile(r"(?:[a-z ./-]{0,12}?)0*(\d{1,9})(?:\.0)?", re.IGNORECASE)
#: Cells that people fill where they have nothing to write.
_EMPTY = frozenset({"-", "--", "–", "n/a", "na", "tidak ada", "nihil", "kosong", "belum ada", "?"})
#: Of a two-digit year: up to here it is of this century.
_CENTURY_TURNS = 35
#: So many of an item are there at most.
MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class NotReadable(Exception):
    """The cell can't be read: what to write instead, in English and in Bahasa Indonesia."""

    message: str
    pesan: str


def words(text: str) -> str:
    """The text with single spaces; empty where people wrote that there is nothing."""
    bare = " ".join(text.replace("\u00a0", " ").replace("\u200b", "").split())
    return "" if bare.lower() in _EMPTY else bare


def amount(text: str) -> int:
    """Whole rupiah, zero or more: `Rp 1.500.000,-`, `1500000.0`, `1,500,000`, nothing."""
    try:
        found = amounts.read(words(text))
    except amounts.NotAnAmount as cause:
        raise NotReadable(
            f"not whole rupiah: {text[:30]}; write 1500000", f"bukan rupiah bulat: {text[:30]}; tulis 1500000"
        ) from cause
    if found < 0:
        raise NotReadable(
            f"below zero: {text[:30]}; write zero or more", f"kurang dari nol: {text[:30]}; tulis 0 ke atas"
        )
    return found


def amount_or_none(text: str) -> int | None:
    """Whole rupiah, or None where nothing is written."""
    return amount(text) if words(text) else None


def quantity(text: str) -> int:
    """How many pieces, zero or more: nothing, `1.250`, `12 pcs`, `40.0`."""
    bare = re.sub(r"\s*[a-z]+\.?$", "", words(text).lower())
    try:
        found = amounts.read(bare)
    except amounts.NotAnAmount as cause:
        raise NotReadable(
            f"no whole number: {text[:30]}; write 12 (what is sold by weight is counted in grams or ons)",
            f"bukan bilangan bulat: {text[:30]}; tulis 12 (yang dijual per berat dihitung dalam gram atau ons)",
        ) from cause
    if not 0 <= found <= MOST_PIECES:
        raise NotReadable(
            f"{found} is not between 0 and {MOST_PIECES}", f"{found} tidak antara 0 dan {with_points(MOST_PIECES)}"
        )
    return found


def quantity_or_none(text: str) -> int | None:
    """How many, or None where nothing is written."""
    return quantity(text) if words(text) else None


def number(text: str) -> int:
    """A whole number above zero: `007`, `A-012`, `12.0`."""
    found = _NUMBER.fullmatch(words(text))
    if found is None or int(found[1]) == 0:
        raise NotReadable(f"no number: {text[:30]}; write digits, 12", f"bukan nomor: {text[:30]}; tulis angka, 12")
    return int(found[1])


def count(text: str) -> int:
    """How many, zero or more: nothing, `0`, `12 bulan`, `12x`."""
    found = re.fullmatch(r"(\d{1,4})(?:\.0)?\s*(?:x|kali|bulan|bln)?", words(text).lower() or "0")
    if found is None:
        raise NotReadable(f"no number: {text[:30]}; write 12", f"bukan angka: {text[:30]}; tulis 12")
    return int(found[1])


def day(text: str, *, latest: date) -> date | None:
    """A day up to `latest`: `2020-03-01`, `1/3/2020`, `1 Maret 2020`, `01-Mar-20`, 43891 as a spreadsheet counts."""
    bare = words(text).lower().removesuffix(",")
    if not bare:
        return None
    found = _calendar_day(bare)
    if found is None:
        raise NotReadable(f"no day: {text[:30]}; write 31/12/2019", f"bukan tanggal: {text[:30]}; tulis 31/12/2019")
    if not date(1900, 1, 1) <= found <= latest:
        raise NotReadable(
            f"{found:%d/%m/%Y} is not between 1900 and {latest:%d/%m/%Y}",
            f"{found:%d/%m/%Y} tidak antara 1900 dan {latest:%d/%m/%Y}",
        )
    return found


def _calendar_day(bare: str) -> date | None:
    """The day that these words name, or None. Days stand before months."""
    try:
        if serial := re.fullmatch(r"(\d{4,5})(?:\.0)?", bare):
            return _SERIAL_EPOCH + timedelta(days=int(serial[1])) if int(serial[1]) in _SERIALS else None
        if year_first := _YEAR_FIRST.fullmatch(bare):
            return date(int(year_first[1]), int(year_first[2]), int(year_first[3]))
        if day_first := _DAY_FIRST.fullmatch(bare):
            year = int(day_first[3])
            if year < 100:
                year += 2000 if year <= _CENTURY_TURNS else 1900
            return date(year, _month(day_first[2]), int(day_first[1]))
    except ValueError:
        return None
    return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3]
    found = _OTHER_MONTHS.get(short) or (_MONTHS.index(short) + 1 if short in _MONTHS else 0)
    if not found:
        raise ValueError(text)
    return found


def national_id(text: str) -> str:
    """A NIK of 16 digits, or nothing; points and spaces between them are left out."""
    bare = re.sub(r"[\s.'\-]", "", words(text))
    if bare and (not bare.isascii() or not bare.isdigit() or len(bare) != 16):
        raise NotReadable(
            f"a NIK has 16 digits, this has {len(bare)}: correct it (as text, not a number), or leave it empty",
            f"NIK terdiri dari 16 angka, ini {len(bare)}: perbaiki (format teks, bukan angka), atau kosongkan",
        )
    return bare


def phone(text: str) -> str:
    """A phone as E.164, or nothing. A spreadsheet took the zero before it: `8123456789` has it again."""
    bare = re.sub(r"\.0$", "", words(text).removeprefix("'"))
    if re.fullmatch(r"[\d\s().+/-]+", bare):
        bare = re.sub(r"[\s().-]", "", bare)
        if re.fullmatch(r"8\d{7,11}", bare):
            bare = f"0{bare}"
        elif re.fullmatch(r"62\d{8,13}", bare):
            bare = f"+{bare}"
    if not bare:
        return ""
    try:
        return phones.normalised(bare)
    except Invalid as cause:
        raise NotReadable(
            f"no phone: {text[:30]}; write one, 081234567890, or leave it empty",
            f"bukan nomor telepon: {text[:30]}; tulis satu nomor, 081234567890, atau kosongkan",
        ) from cause


def rate_bp(text: str) -> int:
    """Interest a year in basis points: `12`, `12,5% per tahun`, `1,5 % per bulan`."""
    bare = words(text).lower()
    found = re.fullmatch(
        r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%?\s*(?:p\.?\s*a\.?|(?:per|/)\s*(tahun|thn|th|bulan|bln))?", bare
    )
    try:
        value = Decimal(found[1].replace(",", ".")) if found else None
    except InvalidOperation:
        value = None
    if value is None or found is None:
        raise NotReadable(
            f"no rate: {text[:30]}; write 18 for 18 % a year",
            f"bukan persen: {text[:30]}; tulis 18 untuk 18 % setahun",
        )
    monthly = (found[2] or "").startswith("b")
    bp = value * 100 * (12 if monthly else 1)
    if bp != bp.to_integral_value() or bp > 10_000:
        raise NotReadable(
            f"{text[:30]}: at most 100 % a year, in hundredths of a per cent",
            f"{text[:30]}: paling tinggi 100 % setahun, seperseratus persen",
        )
    return int(bp)


def choice(text: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """Which of these it names; of nothing the first. Raises NotReadable, naming them."""
    bare = words(text).lower()
    for code, known in names.items():
        if bare in known or bare == code.lower():
            return code
    if not bare:
        return next(iter(names))
    said = ", ".join(known[0] for known in names.values())
    raise NotReadable(f"{text[:30]}: write one of {said}", f"{text[:30]}: tulis salah satu dari {said}")
