"""What the ministry's online data system (ODS Koperasi) asks of a co-op each year, as a sheet to copy from. Pure.

The figures are those that the ministry itself tabulates out of ODS (training material on its data, August 2017): NIK,
RAT, members, managers, employees, own and outside capital, volume of business and SHU, by kind and group of co-op.
The form of later years was not to be had; its order may be another. Fields that nothing here keeps (deed, sex of
members, employees) stand empty, marked, for the officer to fill in.
"""

from cooperatives.annual.facts import Year
from cooperatives.books.lines import Line
from cooperatives.books.papers.paper import HEADING, Cell, Column, Paper, Row
from cooperatives.books.papers.registers import Words
from cooperatives.books.papers.statements import say
from cooperatives.books.statements import Statement
from marketplace.identity.actor import Role

#: To be filled in by hand.
_BLANK: Words = ("(diisi pengurus)", "(for the officer)")
_OWN = (Line.PRINCIPAL_DEPOSITS, Line.MANDATORY_DEPOSITS, Line.RESERVES, Line.GRANTS)


def sheet(year: Year, language: str) -> Paper:
    """Data ODS: three groups of fields, each with its value."""
    columns = (
        Column(say(language, ("Kolom ODS", "Field of ODS")), 2.2),
        Column(say(language, ("Isian", "Value")), 3.2),
    )
    rows: list[Row] = []
    for heading, fields in (
        (("Kelembagaan", "Institution"), _institution(year, language)),
        (("Rapat anggota dan keanggotaan", "Meeting and members"), _meeting(year)),
        (("Keuangan dan usaha (rupiah)", "Finance and business (rupiah)"), _finance(year)),
    ):
        rows.append(Row((say(language, heading), None), HEADING))
        rows += [Row((say(language, name), _cell(value, language)), level=1) for name, value in fields]
    title = say(language, ("Data ODS Koperasi", "Data for ODS Koperasi"))
    period = str(year.days.last.year)
    note = say(
        language,
        (
            "Angka sama dengan laporan keuangan pada dokumen ini. Volume usaha adalah jumlah pendapatan.",
            "Figures are those of the statements in this document. Volume of business is total income.",
        ),
    )
    return Paper("ODS", title, period, columns, rows, (note,))


def _cell(value: Cell, language: str) -> Cell:
    if value is None:
        return say(language, _BLANK)
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def _institution(year: Year, language: str) -> list[tuple[Words, Cell]]:
    about = year.about
    levels: tuple[Words, ...] = (
        ("Provinsi", "Province"),
        ("Kabupaten/kota", "Regency/city"),
        ("Kecamatan", "District"),
        ("Kelurahan/desa", "Village"),
    )
    level: Words = ("Primer", "Primary") if about.level == "PRIMARY" else ("Sekunder", "Secondary")
    places: list[tuple[Words, Cell]] = [
        (name, about.places[place] if place < len(about.places) else None) for place, name in enumerate(levels)
    ]
    held = {role: ", ".join(one.name for one in year.officers if one.role is role) for role in Role}
    return [
        (("Nama koperasi", "Name"), about.name),
        (("NIK koperasi", "NIK"), about.registration_number),
        (("Nomor badan hukum", "Number of the deed"), None),
        (("Tanggal badan hukum", "Day of the deed"), None),
        (("Bentuk koperasi", "Level"), say(language, level)),
        (("Jenis koperasi", "Kind"), None),
        (("Kelompok koperasi", "Group"), None),
        (("Sektor usaha", "Sector"), None),
        (("Alamat", "Address"), None),
        *places,
        (("Ketua", "Chair"), held[Role.CHAIR] or None),
        (("Sekretaris", "Secretary"), held[Role.SECRETARY] or None),
        (("Bendahara", "Treasurer"), held[Role.TREASURER] or None),
        (("Pengawas", "Supervisors"), held[Role.SUPERVISOR] or None),
    ]


def _meeting(year: Year) -> list[tuple[Words, Cell]]:
    meeting = year.meeting
    return [
        (("Tahun buku", "Book year"), str(year.days.last.year)),
        (("Tanggal RAT", "Day of the annual meeting"), meeting.starts_at.date() if meeting.opened_at else None),
        (("Anggota hadir atau diwakili", "Members there or represented"), meeting.represented),
        (("Jumlah anggota", "Members"), year.members.at_end),
        (("Anggota laki-laki", "Men"), None),
        (("Anggota perempuan", "Women"), None),
        (("Jumlah manajer", "Managers"), None),
        (("Jumlah karyawan", "Employees"), None),
    ]


def _finance(year: Year) -> list[tuple[Words, Cell]]:
    sheet, result = year.sheet, year.result
    own: list[tuple[Words, Cell]] = [
        (("Simpanan pokok", "Principal savings"), sheet.amount(Line.PRINCIPAL_DEPOSITS)),
        (("Simpanan wajib", "Mandatory savings"), sheet.amount(Line.MANDATORY_DEPOSITS)),
        (("Cadangan", "Reserves"), sheet.amount(Line.RESERVES)),
        (("Hibah", "Grants"), sheet.amount(Line.GRANTS)),
    ]
    return [
        *own,
        (("Modal sendiri", "Own capital"), own_capital(sheet)),
        (("Modal luar", "Outside capital"), sheet.amount("LIABILITIES")),
        (("Aset", "Assets"), sheet.amount("ASSETS")),
        (("Volume usaha", "Volume of business"), result.amount("INCOME")),
        (("Sisa hasil usaha (SHU)", "Surplus"), result.amount("RESULT")),
    ]


def own_capital(sheet: Statement) -> int:
    """Modal sendiri as the law counts it: pokok, wajib, reserves and grants (UU 25/1992 art. 41)."""
    return sum(sheet.amount(line) for line in _OWN)
