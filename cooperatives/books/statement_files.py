"""Bank statements read from what banks give: CSV by a bank's template, and camt.053. Pure."""

import csv
import io
import re
import time
from collections.abc import Mapping, Sequence
from datetime import date

from cooperatives.books import amounts
from cooperatives.books.bank_files import BankFile, Movement, carry, prove
from cooperatives.books.bank_forms import Template, UnknownForm
from cooperatives.books.opening_table import Refusal
from cooperatives.books.texts import cleaned

CAMT = "camt.053"
MOST_LINES = 20_000
#: So many lines may stand above the columns' names.
HEAD_LINES = 40


def read(content: bytes, form: str | None, known: Sequence[Template]) -> BankFile:
    """Read a statement; without a form the first that fits. Raises UnknownForm."""
    if form == CAMT or (form is None and content.lstrip()[:1] == b"<"):
        from cooperatives.books.camt import read_camt  # here, since XML is seldom read

        return prove(read_camt(content))
    rows = list(_rows(content))
    fitting = [one for one in known if form in (None, one.name)]
    found = [(head, one) for one in fitting if (head := _header(rows, one)) is not None]
    # that which finds each of its columns, or else lacks the fewest, and says which
    found.sort(key=lambda pair: len(_unmapped(rows[pair[0]], 0, _places(rows[pair[0]], pair[1]), pair[1])))
    for head, one in found[:1]:
        return prove(_read_rows(rows, head, one))
    if form is not None and not fitting:
        raise UnknownForm(f"no template {form}")
    if form is not None:
        raise UnknownForm(f"no row names the columns of {form}: {', '.join(fitting[0].header)}")
    raise UnknownForm("its columns are those of no known bank")


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    if "\x00" in text:
        raise UnknownForm("not text")
    sample = text[:20_000]
    delimiter = max(",;\t|", key=sample.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as cause:
        raise UnknownForm(str(cause)) from cause


def _header(rows: Sequence[Sequence[str]], form: Template) -> int | None:
    """In which row the columns are named."""
    for number, row in enumerate(rows[:HEAD_LINES]):
        cells = [cell.lower() for cell in row]
        if len(cells) >= len(form.header) and all(_stands(word, cells) for word in form.header):
            return number
    return None


def _stands(word: str, cells: Sequence[str]) -> bool:
    return any(either in cell for either in word.split("|") for cell in cells)


def _read_rows(rows: Sequence[Sequence[str]], head: int, form: Template) -> BankFile:
    made = BankFile(form.name)
    above = "\n".join(" ".join(row) for row in rows[:head])
    found = re.search(form.period, above, re.IGNORECASE) if form.period else None
    if found:
        made.starts_on, made.ends_on = (_day(text, (form.period_day,), None) for text in found.groups())
    places = _places(rows[head], form)
    made.refusals = _unmapped(rows[head], head + 1, places, form)
    if made.refusals:
        return made
    for number, row in enumerate(rows, start=1):
        if not any(row) or number == head + 1:
            continue
        if _is_balance(made, row, form) or number <= head:
            continue
        if len(made.movements) >= MOST_LINES:
            made.refusals.append(
                Refusal(number, "", f"more than {MOST_LINES} lines", f"lebih dari {MOST_LINES} baris")
            )
            break
        _read_row(made, number, row, places, form)
    carry(made)
    return made


def _unmapped(header: Sequence[str], line: int, places: Mapping[str, Sequence[int]], form: Template) -> list[Refusal]:
    """What the template needs and the file's row of names has not, column by column."""
    needed = ["day", "description"]
    if not (places.get("debit") and places.get("credit")):
        needed += ["amount"] if "amount" in form.columns else ["debit", "credit"]
    there = ", ".join(cell for cell in header if cell)[:120]
    told = []
    for ours in needed:
        if not places.get(ours):
            names = " / ".join(form.columns.get(ours, ())) or "-"
            told.append(
                Refusal(
                    line,
                    ours,
                    f"template {form.name}: no column called {names}; the file has {there}",
                    f"templat {form.name}: tidak ada kolom bernama {names}; berkas ini berisi {there}",
                )
            )
    return told


def _places(header: Sequence[str], form: Template) -> dict[str, list[int]]:
    """Where each of our columns stands; of a name used twice, every place."""
    cells = [cell.lower().strip().rstrip(":") for cell in header]
    return {
        ours: [place for name in theirs for place, cell in enumerate(cells) if cell == name]
        for ours, theirs in form.columns.items()
    }


def _is_balance(made: BankFile, row: Sequence[str], form: Template) -> bool:
    """Whether the row tells the opening or closing balance, which is then noted."""
    told = row[0].lower()
    for name, word in (("opening", form.opening), ("closing", form.closing)):
        if word and re.match(word, told):
            for cell in [row[0].partition(":")[2], *row[1:]]:
                if cell.strip(" :="):
                    try:
                        setattr(made, f"{name}_hundredths", amounts.read_hundredths(cell.strip(" :'=")))
                    except amounts.NotAnAmount:
                        continue
                    break
            return True
    return False


def _day(text: str, forms: Sequence[str], ends_on: date | None) -> date | None:
    """The day written so; one without a year is the last such day not after the statement's end."""
    for form in forms:
        try:
            if "%Y" in form or "%y" in form:
                return date(*time.strptime(text, form)[:3])
            if ends_on is not None:
                day = date(*time.strptime(f"{text}/{ends_on.year}", f"{form}/%Y")[:3])
                return day if day <= ends_on else day.replace(year=day.year - 1)
        except ValueError:
            continue
    return None


def _cell(row: Sequence[str], places: Sequence[int]) -> str:
    found = [row[place].strip().removeprefix("'") for place in places if place < len(row) and row[place].strip()]
    return cleaned(" ".join(dict.fromkeys(found)))


def _read_row(
    made: BankFile, number: int, row: Sequence[str], places: Mapping[str, Sequence[int]], form: Template
) -> None:
    told = _cell(row, places["day"][:1])
    if told.upper() in form.pending:
        return  # not booked by the bank yet: it comes with a later statement
    day = _day(told, form.days, made.ends_on)
    if day is None:
        if sum(bool(cell) for cell in row) > 2 and re.search(r"\d", told):
            made.refusals.append(Refusal(number, "day", f"not a day: {told[:30]}", f"bukan tanggal: {told[:30]}"))
        return  # a line of totals or of words
    try:
        amount = _amount(row, places, form)
        balance_text = _cell(row, places.get("balance", ()))
        balance = amounts.read_hundredths(balance_text) if balance_text else None
    except amounts.NotAnAmount as cause:
        made.refusals.append(Refusal(number, "amount", f"no amount: {cause}"[:120], f"bukan jumlah: {cause}"[:120]))
        return
    if amount == 0:
        return
    made.hundredths.append((amount, balance))
    made.movements.append(
        Movement(
            number,
            day,
            amount // 100,
            re.sub(r"\s+", " ", _cell(row, places["description"]))[:300],
            _cell(row, places.get("reference", ()))[:80],
            None if balance is None else balance // 100,
        )
    )


def _amount(row: Sequence[str], places: Mapping[str, Sequence[int]], form: Template) -> int:
    if places.get("debit"):
        debit = amounts.read_hundredths(_cell(row, places["debit"]))
        credit = amounts.read_hundredths(_cell(row, places["credit"]))
        return abs(credit) - abs(debit)
    place = places["amount"][0]
    text = row[place] if place < len(row) else ""
    mark = _cell(row, places.get("mark", ())).upper()
    for word in (*form.marks_in, *form.marks_out):
        if re.search(rf"\d\s*{re.escape(word)}$", text.upper()):
            text, mark = text[: -len(word)].strip(), word
    if not mark and place + 1 < len(row):  # beside the amount, in a column without a name
        mark = row[place + 1].strip().upper()
    if mark not in (*form.marks_in, *form.marks_out):
        raise amounts.NotAnAmount(f"{text} {mark}: in or out?")
    return abs(amounts.read_hundredths(text)) * (1 if mark in form.marks_in else -1)
