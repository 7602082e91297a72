"""A treasurer lays down how his bank writes, and statements are read so: his own, and nobody else's."""

from dataclasses import replace
from datetime import date

import pytest

from cooperatives.books import bank_statements, bank_templates
from cooperatives.books.bank_statements import StatementUnreadable
from cooperatives.books.bank_templates import Form
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Forbidden, Grant, Role
from marketplace.settings import Settings
from tests.cooperatives.books.desk import desk

pytestmark = pytest.mark.anyio
COLUMNS = {
    "day": ["Tgl"],
    "description": ["Berita", "Ket (2)"],
    "amount": ["Nilai"],
    "mark": ["M/K"],
    "balance": ["Sisa"],
}
BPD = Form("Bank Jatim", ["%d-%m-%Y"], COLUMNS, marks_in=["M."], marks_out=["K."], opening="Sisa lalu (*)")
FILE = b"""Laporan
Tgl|Berita|Ket (2)|Nilai|M/K|Sisa
Sisa lalu (*)|5.000
02-11-2026|Iuran|Siti|10.000|M.|15.000
03-11-2026|Biaya||1.500|K.|13.500
"""


async def test_laid_down_used_mended_and_taken_away(db: Settings) -> None:
    at, other = await desk(), await desk(code="DRV")
    bank = at.account("1-1201")
    with pytest.raises(StatementUnreadable):
        await bank_statements.import_statement(at.treasurer, FILE, account_id=bank, is_dry_run=True)
    for key in ("a", "a", "b"):  # once, and mended
        await bank_templates.set_template(at.treasurer, cooperative_id=at.id, name="Jatim", form=BPD, key=key)
    read = await bank_statements.import_statement(at.treasurer, FILE, account_id=bank, is_dry_run=True)
    assert (read.file.form, read.file.opening, read.file.refusals) == ("jatim", 5_000, [])
    assert [(one.day, one.amount, one.description) for one in read.file.movements] == [
        (date(2026, 11, 2), 10_000, "Iuran Siti"),
        (date(2026, 11, 3), -1_500, "Biaya"),
    ]
    with pytest.raises(StatementUnreadable):  # another co-op's bank may write otherwise
        await bank_statements.import_statement(
            other.treasurer, FILE, account_id=other.account("1-1201"), form="jatim", is_dry_run=True
        )
    found = await bank_templates.list_templates(at.chair, at.id, None)
    assert [(one.name, is_own) for one, is_own in found][:2] == [("jatim", True), ("bca", False)]
    for _ in range(2):
        await bank_templates.remove_template(at.treasurer, cooperative_id=at.id, name="jatim", key="gone")
    with pytest.raises(NotFound):
        await bank_templates.remove_template(at.treasurer, cooperative_id=at.id, name="jatim", key="again")


WRONG = [
    (replace(BPD, days=["%d-%m"]), "days"),
    (replace(BPD, days=["%Y%Y%d%m"]), "days"),
    (replace(BPD, days=["kemarin"]), "days"),
    (replace(BPD, days=[]), "days"),
    (replace(BPD, title=""), "title"),
    (replace(BPD, columns={**COLUMNS, "day": []}), "day"),
    (replace(BPD, columns={**COLUMNS, "description": []}), "description"),
    (replace(BPD, columns={**COLUMNS, "amount": []}), "amount"),
    (replace(BPD, columns={**COLUMNS, "balance": ["x"] * 7}), "balance"),
    (replace(BPD, marks_in=[]), "marksIn"),
    (replace(BPD, marks_out=["x" * 11]), "marksOut"),
    (replace(BPD, opening="x" * 61), "opening"),
]


@pytest.mark.parametrize(("form", "field"), WRONG)
def test_what_cannot_be_used_is_refused_by_its_field(form: Form, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        bank_templates.checked("jatim", form)
    assert [fault.path for fault in refused.value.faults] == [(field,)]


async def test_officers_alone_and_not_without_end(db: Settings) -> None:
    at = await desk()
    pengawas = Actor(at.chair.account_id, grants=frozenset({Grant(Role.SUPERVISOR, cooperative_id=at.id)}))
    refused: list[tuple[Actor, type[MarketplaceError]]] = [
        (Actor(at.chair.account_id), NotFound),
        (pengawas, Forbidden),
    ]
    for who, why in refused:
        with pytest.raises(why):
            await bank_templates.set_template(who, cooperative_id=at.id, name="jatim", form=BPD, key="k")
    for n in range(bank_templates.MOST_TEMPLATES):
        await bank_templates.set_template(at.chair, cooperative_id=at.id, name=f"bank-{n}", form=BPD, key=f"n{n}")
    with pytest.raises(Invalid) as full:
        await bank_templates.set_template(at.chair, cooperative_id=at.id, name="bank-x", form=BPD, key="x")
    assert [fault.code for fault in full.value.faults] == [Code.TOO_MANY]
