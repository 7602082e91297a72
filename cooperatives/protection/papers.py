"""Protection as papers: bills, remittances and claims for officers, and the file that goes to a provider."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from tortoise.queryset import QuerySet

from cooperatives.books import folders
from cooperatives.books.papers.paper import Cell, Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import say
from cooperatives.books.registers import whole
from cooperatives.dues.access import require_setter
from cooperatives.protection import numbers
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.models import (
    ProtectionBatch,
    ProtectionBill,
    ProtectionDependant,
    ProtectionEnrolment,
    ProtectionProgramme,
)
from cooperatives.savings.papers import Maker, exported, names_of
from marketplace.batches import lists_by, rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor
from marketplace.vault import Vault

_MEMBER = ("Anggota", "Member", 1.8, False)
_PROGRAMME = ("Program", "Programme", 1.6, False)
_MONTH = ("Bulan", "Month", 0.8, False)
_AMOUNT = ("Iuran", "Contribution", 1.1, True)
_STATE = ("Keadaan", "State", 1.2, False)


async def _programmes(rows: Sequence[Any]) -> dict[UUID, str]:
    found = await rows_by(ProtectionProgramme, "id", {row.programme_id for row in rows})
    return {row.pk: row.name for row in found}


async def bills(found: QuerySet[Any], language: str) -> Paper:
    """Tagihan perlindungan: what each member's month costs, what the fund paid, and what was saved."""
    rows: Sequence[ProtectionBill] = await whole(found)
    names, programmes = await names_of([row.membership_id for row in rows]), await _programmes(rows)
    made: list[tuple[Cell, ...]] = [
        (
            f"{row.month:%m/%Y}",
            names[row.membership_id],
            programmes[row.programme_id],
            str(row.persons),
            row.full,
            row.amount,
            row.carried,
            None if row.alone is None else row.alone - row.amount,
            read(row.state.value, language),
        )
        for row in rows
    ]
    headings = (
        _MONTH,
        _MEMBER,
        _PROGRAMME,
        ("Orang", "Persons", 0.6, False),
        ("Tanpa potongan", "Without discount", 1.1, True),
        _AMOUNT,
        ("Ditalangi", "Carried", 1, True),
        ("Hemat", "Saved", 1, True),
        _STATE,
    )
    title = ("Tagihan perlindungan", "Bills for protection")
    return register(title, headings, made, language, sums=(4, 5, 6, 7))


async def remittances(found: QuerySet[Any], language: str) -> Paper:
    """Setoran iuran perlindungan."""
    rows: Sequence[ProtectionBatch] = await whole(found)
    programmes = await _programmes(rows)
    made: list[tuple[Cell, ...]] = [
        (
            row.number,
            programmes[row.programme_id],
            row.amount,
            row.confirmed,
            row.difference,
            row.sent_on,
            row.receipt_number,
            read(row.state.value, language),
        )
        for row in rows
    ]
    headings = (
        ("Nomor", "Number", 1.2, False),
        _PROGRAMME,
        ("Jumlah", "Amount", 1.1, True),
        ("Diterima", "Taken", 1.1, True),
        ("Selisih", "Difference", 1, True),
        ("Dikirim", "Sent", 0.9, False),
        ("Kuitansi penyelenggara", "Provider's receipt", 1.4, False),
        _STATE,
    )
    title = ("Setoran iuran perlindungan", "Remittances of contributions")
    return register(title, headings, made, language, sums=(2, 3, 4))


async def claims(found: QuerySet[Any], language: str) -> Paper:
    """Klaim perlindungan."""
    rows: Sequence[ProtectionClaim] = await whole(found)
    names, programmes = await names_of([row.membership_id for row in rows]), await _programmes(rows)
    made: list[tuple[Cell, ...]] = [
        (
            row.happened_on,
            names[row.membership_id],
            programmes[row.programme_id],
            read(row.kind.value, language),
            row.provider_number,
            row.paid,
            read(row.state.value, language),
        )
        for row in rows
    ]
    headings = (
        ("Terjadi", "Happened", 0.9, False),
        _MEMBER,
        _PROGRAMME,
        ("Jenis", "Kind", 1, False),
        ("Nomor penyelenggara", "Provider's number", 1.3, False),
        ("Dibayar", "Paid", 1.1, True),
        _STATE,
    )
    return register(("Klaim perlindungan", "Claims on protection"), headings, made, language, sums=(5,))


REGISTERS: dict[str, tuple[type[Any], str, Maker]] = {
    "bills": (ProtectionBill, "month", bills),
    "remittances": (ProtectionBatch, "month", remittances),
    "claims": (ProtectionClaim, "happened_on", claims),
}


async def export(
    actor: Actor, name: str, form: str, cooperative_id: UUID, days: tuple[date, date] | None, language: str
) -> bytes:
    """A register of protection as a file, for those who read members' dues. Raises NotFound, TooLong."""
    return await exported(REGISTERS, actor, name, form, cooperative_id, days, language)


async def remittance_file(actor: Actor, batch_id: UUID, vault: Vault, form: str, language: str) -> bytes:
    """What goes to the provider with the money: each person with his whole number. Chair and treasurer alone.

    Raises NotFound, Forbidden.
    """
    batch = await ProtectionBatch.get_or_none(pk=batch_id)
    if batch is None:
        raise NotFound("remittance")
    require_setter(actor, batch.cooperative_id)
    programme = await ProtectionProgramme.get(pk=batch.programme_id)
    rows = await ProtectionBill.filter(batch_id=batch_id).order_by("id")
    made = await _insured(rows, vault, language)
    headings = (
        ("Nomor peserta", "Participant's number", 1.3, False),
        ("Nama", "Name", 2, False),
        ("Tanggungan", "Dependants", 2, False),
        _MONTH,
        ("Rincian", "Of which", 2, False),
        _AMOUNT,
    )
    title = (f"Setoran {batch.number}", f"Remittance {batch.number}")
    notes = (
        f"{say(language, ('Program', 'Programme'))}: {programme.name} ({programme.provider})",
        f"{say(language, ('Nomor kepesertaan koperasi', 'Number of the co-op'))}: {programme.number or '-'}",
    )
    paper = register(title, headings, made, language, period=f"{batch.month:%m/%Y}", sums=(5,), notes=notes)
    return await folders.bind(SYSTEM, batch.cooperative_id, [paper], form, language)


async def _insured(rows: Sequence[ProtectionBill], vault: Vault, language: str) -> list[tuple[Cell, ...]]:
    ids = [row.enrolment_id for row in rows]
    enrolments = {row.pk: row for row in await rows_by(ProtectionEnrolment, "id", ids)}
    families = await lists_by(ProtectionDependant, "enrolment_id", ids)
    names = await names_of([row.membership_id for row in rows])
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        book, enrolment = row.cooperative_id, enrolments[row.enrolment_id]
        family = [
            f"{one.name} {numbers.read(one, book, vault)}".strip()
            for one in families[row.enrolment_id]
            if one.since <= row.month and (one.until is None or one.until >= row.month)
        ]
        parts = [f"{read(component, language)} {amount}" for component, _, amount, _ in row.lines]
        number = numbers.read(enrolment, book, vault)
        cells = (names[row.membership_id], "; ".join(family), f"{row.month:%m/%Y}", ", ".join(parts), row.amount)
        made.append((number, *cells))
    return made
