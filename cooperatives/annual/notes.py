"""Catatan atas laporan keuangan (CALK): who the co-op is, on which basis its statements stand. Pure.

What each line is made of stands in the details of the statements themselves, which follow in the report.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from cooperatives.annual.facts import Year
from cooperatives.books.papers.paper import Paper, Passage
from cooperatives.books.papers.registers import Words
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import written

_KINDS: dict[str, Words] = {
    "DRIVER": ("pengemudi", "drivers"),
    "TRADER": ("pedagang", "traders"),
    "FOOD": ("usaha makanan", "food sellers"),
    "LOGISTICS": ("logistik", "logistics"),
    "MULTI": ("serba usaha", "several businesses"),
}
_LEVELS: dict[str, Words] = {"PRIMARY": ("primer", "primary"), "SECONDARY": ("sekunder", "secondary")}


@cache
def _written() -> Mapping[str, list[dict[str, str]]]:
    """The basis of preparation and the policies, as every co-op's notes say them."""
    text = files("cooperatives.annual").joinpath("notes.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def policies(year: Year, language: str) -> Paper:
    """CALK, its first part: general, basis, policies."""
    about, title = year.about, say(language, ("Catatan atas Laporan Keuangan", "Notes to the statements"))
    locked = written(about.locked_through, language) if about.locked_through else "-"
    kind, level = say(language, _KINDS[about.kind]), say(language, _LEVELS[about.level])
    seat = ", ".join(reversed(about.places)) or "-"
    general = say(
        language,
        (
            f"{about.name} adalah koperasi {level} dengan kegiatan {kind}, NIK {about.registration_number or '-'}, "
            f"berkedudukan di {seat}. Jumlah anggota pada akhir tahun buku {year.members.at_end}. Pembukuan pada "
            f"sistem "
            f"ini dimulai {written(about.books_since, 'id')} dan terkunci sampai {locked}.",
            f"{about.name} is a {level} co-operative of {kind}, NIK {about.registration_number or '-'}, with its "
            f"seat in "
            f"{seat}. It has {year.members.at_end} members at the year's end. Its books here begin on "
            f"{written(about.books_since, 'en')} and are locked until {locked}.",
        ),
    )
    prose = [Passage(say(language, ("1. Umum", "1. General")), True), Passage(general)]
    prose.append(Passage(say(language, ("2. Dasar penyusunan", "2. Basis of preparation")), True))
    prose += [Passage(one[language]) for one in _written()["basis"]]
    prose.append(Passage(say(language, ("3. Kebijakan akuntansi", "3. Accounting policies")), True))
    for place, one in enumerate(_written()["policies"], start=1):
        prose.append(Passage(f"3.{place} {one[f'name_{language}']}: {one[language]}"))
    prose.append(Passage(say(language, ("4. Rincian pos", "4. What each line is made of")), True))
    prose.append(
        Passage(
            say(
                language,
                (
                    "Rincian tiap pos neraca dan perhitungan hasil usaha menurut akun disajikan pada dua halaman "
                    "berikut.",
                    "Each line of the balance sheet and of the statement of surplus is told by account on the "
                    "next pages.",
                ),
            )
        )
    )
    return Paper(title, title, for_period(year.days, language), (), [], prose=tuple(prose))
