"""Templates of a co-op's own: its treasurer says how its bank writes statements, without a release or files."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from cooperatives.books.bank_forms import Template, templates
from cooperatives.books.books import hold_book, read_book
from cooperatives.books.models import BankTemplate
from cooperatives.books.texts import fits
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

MOST_TEMPLATES = 20
MOST_NAMES, LONGEST_NAME = 6, 60
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,19}")
_DAY = re.compile(r"[dmYybBHMS%/.: -]{4,30}")
#: A day that shows which way round day and month stand.
_SOME_DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Form:
    """How a bank writes: names of columns as it has them (any case), days as `%d/%m/%Y`, marks of in and out.

    `columns` holds `day`, `description`, and `amount` or both `debit` and `credit`; `reference`, `mark`, `balance`
    where there are such. `opening` and `closing`: the words before the balances.
    """

    title: str
    days: Sequence[str]
    columns: Mapping[str, Sequence[str]]
    marks_in: Sequence[str] = field(default=())
    marks_out: Sequence[str] = field(default=())
    opening: str = ""
    closing: str = ""


def checked(name: str, form: Form) -> None:
    """Go on when it can be used. Raises Invalid, with the field of each fault."""
    faults = []

    def fault(path: str, message: str, pesan: str) -> None:
        faults.append(FieldFault((path,), Code.INVALID, message, pesan))

    if not _NAME.fullmatch(name):
        fault("name", "2 to 20 of a-z, 0-9 and -", "2 sampai 20 dari a-z, 0-9 dan -")
    if not fits(form.title, 1, LONGEST_NAME):
        fault("title", "1 to 60 characters", "1 sampai 60 karakter")
    if not 1 <= len(form.days) <= MOST_NAMES or not all(map(_writes_days, form.days)):
        fault("days", "1 to 6 like %d/%m/%Y", "1 sampai 6 seperti %d/%m/%Y")
    for column, names in form.columns.items():
        if len(names) > MOST_NAMES or not all(fits(one, 1, LONGEST_NAME) for one in names):
            fault(column, "at most 6 names of 60 characters", "paling banyak 6 nama, 60 karakter")
    for column in ("day", "description"):
        if not form.columns.get(column):
            fault(column, "what the bank calls this column", "sebutan bank untuk kolom ini")
    if not form.columns.get("amount") and not (form.columns.get("debit") and form.columns.get("credit")):
        fault("amount", "one amount, or debit and credit", "satu jumlah, atau debet dan kredit")
    if form.columns.get("amount") and not (form.marks_in and form.marks_out):
        fault("marksIn", "how one amount says in and out: CR, DB", "tanda masuk dan keluar: CR, DB")
    for path, marks in (("marksIn", form.marks_in), ("marksOut", form.marks_out)):
        if len(marks) > MOST_NAMES or not all(fits(one, 1, 10) for one in marks):
            fault(path, "at most 6 marks of 10 characters", "paling banyak 6 tanda, 10 karakter")
    for path, words in (("opening", form.opening), ("closing", form.closing)):
        if not fits(words, 0, LONGEST_NAME):
            fault(path, "at most 60 characters", "paling banyak 60 karakter")
    if faults:
        raise Invalid(faults=faults)


def _writes_days(form: str) -> bool:
    """Whether a day so written is read as the same day again."""
    if not _DAY.fullmatch(form):
        return False
    try:
        read = time.strptime(_SOME_DAY.strftime(form), form)
    except (ValueError, re.error):  # the same part twice
        return False
    return (read.tm_mday, read.tm_mon) == (_SOME_DAY.day, _SOME_DAY.month) and "y" in form.lower()


async def set_template(actor: Actor, *, cooperative_id: UUID, name: str, form: Form, key: str) -> BankTemplate:
    """An officer lays down how a bank writes, or mends it; it goes before a template of the same name that ships.

    Raises NotFound, Forbidden, BooksNotOpen, Invalid.
    """
    name = name.strip().lower()
    checked(name, form)
    async with transaction():
        await hold_book(actor, cooperative_id)
        by = signed_in(actor)
        repeat = await once(by, "setBankTemplate", key, [cooperative_id, name, asdict(form)], new_id())
        row = await BankTemplate.get_or_none(cooperative_id=cooperative_id, name=name)
        if repeat is not None and row is not None:
            return row
        is_new = row is None
        if row is None:
            if await BankTemplate.filter(cooperative_id=cooperative_id).count() >= MOST_TEMPLATES:
                raise Invalid.field("name", Code.TOO_MANY, "at most 20 templates", "paling banyak 20 templat")
            row = BankTemplate(id=new_id(), cooperative_id=cooperative_id, name=name)
        row.form, row.set_by, row.set_at = asdict(form), by, clock.now()
        await row.save(force_create=is_new)
        return row


async def remove_template(actor: Actor, *, cooperative_id: UUID, name: str, key: str) -> str:
    """An officer takes a template of the co-op's own away; statements taken in by it stay. Raises NotFound."""
    async with transaction():
        await hold_book(actor, cooperative_id)
        by, asked = signed_in(actor), [cooperative_id, name]
        repeat = await once(by, "removeBankTemplate", key, asked, new_id())
        is_name = _NAME.fullmatch(name) is not None
        removed = is_name and await BankTemplate.filter(cooperative_id=cooperative_id, name=name).delete()
        if not removed and repeat is None:
            raise NotFound("bank template")
        return name


async def templates_for(cooperative_id: UUID, folder: Path | None) -> list[Template]:
    """The templates by which a co-op's statements are read: its own, the node's, those that ship. One statement."""
    own = await BankTemplate.filter(cooperative_id=cooperative_id).order_by("name")
    known = [as_template(row) for row in own]
    names = {one.name for one in known}
    return known + [one for one in templates(folder) if one.name not in names]


async def list_templates(actor: Actor, cooperative_id: UUID, folder: Path | None) -> list[tuple[Template, bool]]:
    """The same for one who may read the book, each with whether it is the co-op's own. Raises NotFound."""
    await read_book(actor, cooperative_id)
    own = {row.name for row in await BankTemplate.filter(cooperative_id=cooperative_id)}
    return [(one, one.name in own) for one in await templates_for(cooperative_id, folder)]


def as_template(row: BankTemplate) -> Template:
    """As files are read by it. Words are taken as they stand, never as patterns."""
    form = Form(**row.form)
    columns = {
        ours: tuple(name.strip().lower() for name in theirs) for ours, theirs in form.columns.items() if theirs
    }
    needed = ["day", "description", *(["amount"] if "amount" in columns else ["debit", "credit"])]
    return Template(
        name=row.name,
        title=form.title,
        header=tuple("|".join(columns[ours]) for ours in needed),
        days=tuple(form.days),
        columns=columns,
        marks_in=tuple(mark.strip().upper() for mark in form.marks_in),
        marks_out=tuple(mark.strip().upper() for mark in form.marks_out),
        opening=re.escape(form.opening.strip().lower()),
        closing=re.escape(form.closing.strip().lower()),
        source="koperasi",
    )
