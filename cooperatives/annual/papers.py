"""The annual report's own papers: how the year went, who ran the co-op, who came, what was decided.

Pure. Figures are those of the statements; texts of people are printed as they wrote them.
"""

from dataclasses import replace

from cooperatives.annual.facts import Gathering, Officer, Watched, Year
from cooperatives.annual.minutes import moment, paragraphs
from cooperatives.books.papers.charts import Bar, bars, below
from cooperatives.books.papers.paper import HEADING, LINE, SUBTOTAL, TOTAL, Cell, Column, Paper, Passage, Row
from cooperatives.books.papers.registers import Words, register
from cooperatives.books.papers.statements import at_end_of, for_period, say
from cooperatives.books.periods import written
from cooperatives.books.statements import Statement
from cooperatives.budgets.papers import OFFICES
from marketplace.identity.actor import Role
from marketplace.money import percent


def summary(year: Year, language: str) -> Paper:
    """Ikhtisar: the year's figures beside those of the year before, and its months as bars."""
    columns = (
        Column(say(language, ("Uraian", "Description")), 2.6),
        Column(str(year.days.last.year), 1.3, is_amount=True),
        Column(str(year.days.last.year - 1), 1.3, is_amount=True),
        Column(say(language, ("Perubahan", "Change")), 1.0, is_amount=True),
    )
    rows = [
        _compared(say(language, words), statement, key, language, is_last=key == "RESULT")
        for words, statement, key in (
            (("Jumlah aset", "Total assets"), year.sheet, "ASSETS"),
            (("Jumlah liabilitas", "Total liabilities"), year.sheet, "LIABILITIES"),
            (("Jumlah ekuitas", "Total equity"), year.sheet, "EQUITY"),
            (("Pendapatan", "Income"), year.result, "INCOME"),
            (("Hasil usaha operasional", "Operating surplus"), year.result, "OPERATING_RESULT"),
            (("Sisa hasil usaha (SHU)", "Surplus"), year.result, "RESULT"),
        )
    ]
    names = (say(language, ("Pendapatan", "Income")), say(language, ("Beban", "Expenses")))
    monthly = bars(
        say(language, ("Pendapatan dan beban tiap bulan", "Income and expenses by month")),
        names,
        [Bar(month, (income, expenses)) for month, income, expenses in year.months],
        language,
    )
    years = 2 if any(row.cells[2] for row in rows) else 1  # a co-op's first year stands alone
    sizes = bars(
        say(language, ("Aset, liabilitas, dan ekuitas", "Assets, liabilities and equity")),
        (str(year.days.last.year), str(year.days.last.year - 1))[:years],
        [Bar(str(row.cells[0]), (_whole(row.cells[1]), _whole(row.cells[2]))[:years]) for row in rows[:3]],
        language,
    )
    title = say(language, ("Ikhtisar Tahun Buku", "The year at a glance"))
    return Paper(
        title,
        title,
        for_period(year.days, language),
        columns,
        rows,
        drawing=below(title, sizes, monthly),
        prose=(Passage(_told(year, language)),),
    )


def _whole(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _compared(label: str, statement: Statement, key: str, language: str, *, is_last: bool) -> Row:
    found = next((row for row in statement.rows if row.key == key), None)
    now, before = (found.amount or 0, found.previous or 0) if found else (0, 0)
    grown = round((now - before) * 10_000 / abs(before)) if before else 0
    change = ("+" if grown >= 0 else "") + percent(grown, language) if before else "-"
    return Row((label, now, before, change), TOTAL if is_last else LINE)


def _told(year: Year, language: str) -> str:
    members, result = year.members, year.result.amount("RESULT")
    word = ("surplus" if language == "en" else "SHU") if result >= 0 else ("deficit" if language == "en" else "rugi")
    money = f"{abs(result):,}" if language == "en" else f"{abs(result):,}".replace(",", ".")
    return say(
        language,
        (
            f"Tahun buku {written(year.days.first, 'id')} sampai {written(year.days.last, 'id')} ditutup dengan "
            f"{word} "
            f"Rp {money}. Anggota berjumlah {members.at_end} orang: {members.before} pada awal tahun, "
            f"{members.joined} "
            f"masuk, {members.left} keluar. Angka diambil langsung dari buku besar koperasi.",
            f"The book year from {written(year.days.first, 'en')} to {written(year.days.last, 'en')} closed with a "
            f"{word} "
            f"of Rp {money}. There are {members.at_end} members: {members.before} as the year began, "
            f"{members.joined} "
            f"joined, {members.left} left. All figures come straight from the co-op's ledger.",
        ),
    )


def people(year: Year, language: str) -> Paper:
    """Pengurus, pengawas dan keanggotaan."""
    headings = (
        ("Nama", "Name", 2.4, False),
        ("Jabatan", "Office", 1.4, False),
        ("Sejak", "Since", 1, False),
        ("Sampai", "Until", 1, False),
    )
    title = ("Pengurus, Pengawas, dan Keanggotaan", "Officers, supervisors and members")
    rows: list[tuple[Cell, ...]] = [
        (one.name, office(one, language), one.since or "-", one.until or "-") for one in year.officers
    ]
    made = register(title, headings, rows, language, period=at_end_of(year.days.last, language))
    members = year.members
    counted: list[tuple[Words, int]] = [
        (("Anggota awal tahun", "Members as the year began"), members.before),
        (("Masuk", "Joined"), members.joined),
        (("Keluar", "Left"), -members.left),
    ]
    more = [Row((say(language, ("Keanggotaan", "Members")), None, None, None), HEADING)]
    more += [Row((say(language, words), None, None, str(number)), level=1) for words, number in counted]
    end = say(language, ("Anggota akhir tahun", "Members at the year's end"))
    more.append(Row((end, None, None, str(members.at_end)), SUBTOTAL))
    return Paper(made.name, made.title, made.period, made.columns, [*made.rows, *more])


def signers(year: Year, language: str, *roles: Role) -> tuple[str, ...]:
    """Who signs for these offices: each with the name of who holds it."""
    held = [one for role in roles for one in year.officers if one.role is role]
    return tuple(f"{office(one, language)}\n{one.name}" for one in held)


def office(one: Officer, language: str) -> str:
    return say(language, OFFICES[one.role])


def supervision(year: Year, language: str) -> Paper:
    """Laporan pengawas: what they filed, and what the books prove by themselves."""
    title = say(language, ("Laporan Pengawas", "Report of the supervisory board"))
    proved = say(
        language,
        (
            f"Neraca {'seimbang' if year.is_balanced else 'TIDAK seimbang'}; {year.vouchers} bukti dibukukan; "
            f"bulan terkunci sampai {_locked(year, 'id')}. Segel terakhir buku: {year.seal or '-'}.",
            f"The balance sheet is {'balanced' if year.is_balanced else 'NOT balanced'}; {year.vouchers} vouchers "
            f"were "
            f"booked; months are locked until {_locked(year, 'en')}. Last seal of the books: {year.seal or '-'}.",
        ),
    )
    prose = [
        Passage(say(language, ("Yang dibuktikan oleh pembukuan", "What the books prove")), True),
        Passage(proved),
    ]
    return Paper(
        title,
        title,
        for_period(year.days, language),
        (),
        [],
        prose=(*_filed(year.watched, language), *prose),
        signers=signers(year, language, Role.SUPERVISOR),
    )


def _locked(year: Year, language: str) -> str:
    return written(year.about.locked_through, language) if year.about.locked_through else "-"


def _filed(watched: Watched | None, language: str) -> list[Passage]:
    if watched is None:
        told = ("Pengawas belum menyampaikan laporan tertulis.", "The supervisory board has not filed a report yet.")
        return [Passage(say(language, told))]
    by_id = f"Disampaikan oleh {watched.by}, {written(watched.on, 'id')}."
    by = say(language, (by_id, f"Filed by {watched.by}, {written(watched.on, 'en')}."))
    return [
        Passage(say(language, ("Hasil pengawasan", "Findings")), True),
        *paragraphs(watched.findings),
        Passage(say(language, ("Saran", "Advice")), True),
        *paragraphs(watched.advice),
        Passage(by),
    ]


def attendance(meeting: Gathering, language: str) -> Paper:
    """Daftar hadir."""
    headings = (
        ("No.", "No.", 0.5, False),
        ("Anggota", "Member", 0.8, False),
        ("Nama", "Name", 2.6, False),
        ("Hadir", "Came", 1, False),
        ("Pukul", "At", 0.7, False),
        ("Kuasa", "Proxies", 0.6, False),
        ("Tanda tangan", "Signature", 1.2, False),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(place),
            f"{one.number:04}" if one.number is not None else "-",
            one.name,
            say(language, ("daring", "on line") if one.is_online else ("di tempat", "in the hall")),
            f"{one.came_at:%H:%M}",
            str(one.proxies) if one.proxies else "",
            "",
        )
        for place, one in enumerate(meeting.attendees, start=1)
    ]
    title = ("Daftar Hadir", "Attendance")
    period = f"{meeting.title}, {moment(meeting.starts_at, language)}"
    return replace(register(title, headings, rows, language, period=period), is_wide=False)
