"""Bank statements read from what banks give: CSV by a template a bank (banks/*.toml), and camt.053. Pure.

A template says by which names a bank calls its columns, how it writes days, and how it says in or out. A node
may keep templates of its own beside those that ship (`LUMBUNG_FOLDER/banks/*.toml`).
"""

import csv
import io
import re
import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from cooperatives.books import amounts
from cooperatives.books.opening_table import Refusal
from cooperatives.books.texts import cleaned

CAMT = "camt.053"
MOST_LINES = 20_000
#: So many lines may stand above the columns' names.
HEAD_LINES = 40


class UnknownForm(ValueError):
    """No template of this name, or none that fits the file."""


@dataclass(frozen=True, slots=True)
class Template:
    """How one bank writes its statement."""

    name: str
    title: str
    header: tuple[str, ...]
    days: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    marks_in: tuple[str, ...] = ()
    marks_out: tuple[str, ...] = ()
    period: str = ""
    period_day: str = "%d/%m/%Y"
    opening: str = ""
    closing: str = ""
    pending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movement:
    """One line: more than zero came in, less went out. `line` is its place in the file."""

    line: int
    day: date
    amount: int
    description: str
    reference: str = ""
    balance: int | None = None


@dataclass(slots=True)
class BankFile:
    """What a file says, and what of it could not be read."""

    form: str
    movements: list[Movement] = field(default_factory=list)
    opening: int | None = None
    closing: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def sum(self) -> int:
        return sum(movement.amount for movement in self.movements)


def template_of(name: str, text: str) -> Template:
    """A template from its TOML. Raises UnknownForm when it is none."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
        return Template(
            name=name,
            title=found["title"],
            header=tuple(found["header"]),
            days=tuple(found["days"]),
            columns={ours: tuple(theirs) for ours, theirs in found["columns"].items()},
            marks_in=tuple(found.get("marks_in", ())),
            marks_out=tuple(found.get("marks_out", ())),
            period=found.get("period", ""),
            period_day=found.get("period_day", "%d/%m/%Y"),
            opening=found.get("opening", ""),
            closing=found.get("closing", ""),
            pending=tuple(found.get("pending", ())),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as cause:
        raise UnknownForm(f"{name}: {cause}") from cause


@cache
def shipped() -> tuple[Template, ...]:
    """The templates that ship, by name."""
    folder = files("cooperatives.books").joinpath("banks")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        template_of(name.removesuffix(".toml"), folder.joinpath(name).read_text(encoding="utf-8")) for name in names
    )


def templates(folder: Path | None) -> list[Template]:
    """Those that ship and the node's own, which come first."""
    own = sorted((folder / "banks").glob("*.toml")) if folder is not None else []
    return [template_of(path.stem, path.read_text(encoding="utf-8")) for path in own] + list(shipped())


def read(content: bytes, form: str | None, known: Sequence[Template]) -> BankFile:
    """Read a statement; without a form the first that fits. Raises UnknownForm."""
    if form == CAMT or (form is None and content.lstrip()[:1] == b"<"):
        from cooperatives.books.camt import read_camt  # here, since XML is seldom read

        return prove(read_camt(content))
    rows = list(_rows(content))
    fitting = [one for one in known if form in (None, one.name)]
    for one in fitting:
        head = _header(rows, one)
        if head is not None:
            return prove(_read_rows(rows, head, one))
    if form is not None and not fitting:
        raise UnknownForm(f"no template {form}")
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
        if len(cells) >= len(form.header) and all(any(word in cell for cell in cells) for word in form.header):
            return number
    return None


def _read_rows(rows: Sequence[Sequence[str]], head: int, form: Template) -> BankFile:
    made = BankFile(form.name)
    above = "\n".join(" ".join(row) for row in rows[:head])
    found = re.search(form.period, above, re.IGNORECASE) if form.period else None
    if found:
        made.starts_on, made.ends_on = (_day(text, (form.period_day,), None) for text in found.groups())
    places = _places(rows[head], form)
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
    return made


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
                if cell.strip(" :"):
                    try:
                        setattr(made, name, amounts.read(cell.strip(" :'")))
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
        balance = amounts.read(balance_text) if balance_text else None
    except amounts.NotAnAmount as cause:
        made.refusals.append(Refusal(number, "amount", f"no amount: {cause}"[:120], f"bukan jumlah: {cause}"[:120]))
        return
    if amount == 0:
        return
    made.movements.append(
        Movement(
            number,
            day,
            amount,
            re.sub(r"\s+", " ", _cell(row, places["description"]))[:300],
            _cell(row, places.get("reference", ()))[:80],
            balance,
        )
    )


def _amount(row: Sequence[str], places: Mapping[str, Sequence[int]], form: Template) -> int:
    if places.get("debit"):
        debit = amounts.read(_cell(row, places["debit"]))
        credit = amounts.read(_cell(row, places["credit"]))
        return abs(credit) - abs(debit)
    place = places["amount"][0]
    text = row[place] if place < len(row) else ""
    mark = _cell(row, places.get("mark", ())).upper()
    for word in (*form.marks_in, *form.marks_out):
        if re.search(rf"\d\s*{word}$", text.upper()):
            text, mark = text[: -len(word)].strip(), word
    if not mark and place + 1 < len(row):  # beside the amount, in a column without a name
        mark = row[place + 1].strip().upper()
    if mark not in (*form.marks_in, *form.marks_out):
        raise amounts.NotAnAmount(f"{text} {mark}: in or out?")
    return abs(amounts.read(text)) * (1 if mark in form.marks_in else -1)


def prove(made: BankFile) -> BankFile:
    """Complete what can be told from the lines, and hold the balances against their sum."""
    if not made.movements:
        if not made.refusals:
            made.refusals.append(Refusal(0, "", "no line moves money", "tidak ada baris mutasi"))
        return made
    if made.movements[0].day > made.movements[-1].day:
        made.movements.reverse()  # the bank's latest first
    first, last = made.movements[0], made.movements[-1]
    days = [movement.day for movement in made.movements]
    made.starts_on = min(made.starts_on or days[0], *days)
    made.ends_on = max(made.ends_on or days[-1], *days)
    if made.opening is None and first.balance is not None:
        made.opening = first.balance - first.amount
    if made.closing is None and last.balance is not None:
        made.closing = last.balance
    if not made.refusals and made.opening is not None and made.closing is not None:
        gap = made.opening + made.sum - made.closing
        if gap:
            told = f"{made.opening} + {made.sum} - {made.closing} = {gap:+d}"
            made.refusals.append(
                Refusal(0, "balance", f"the balances do not prove: {told}", f"saldo tidak cocok: {told}")
            )
    return made
