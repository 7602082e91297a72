"""What co-ops settle, as papers: two books held against each other, cases, windows, and what each may owe."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import say
from cooperatives.membership.service import cooperatives_by_id
from cooperatives.settlements import reconciling
from cooperatives.settlements.models import ClearingMembership, SettlementCase, SettlementWindow
from cooperatives.settlements.obligations import net_debt
from cooperatives.settlements.reading import (
    figures_by_window,
    groups_by_id,
    may_see_windows_of,
    members_by_group,
    set_aside_by_member,
    window_for,
)
from cooperatives.settlements.window_papers import cause
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, signed_in

KINDS = {
    "AMOUNT": ("jumlah berbeda", "another amount"),
    "FEE": ("selisih biaya bank", "a bank's fee"),
    "MISSING_HERE": ("tidak ada di sini", "missing here"),
    "MISSING_THERE": ("tidak ada di sana", "missing there"),
}
_SIDES = (
    ("Di sini", "Here", 1.2, True),
    ("Di sana", "There", 1.2, True),
    ("Selisih", "Difference", 1.2, True),
    ("Perbedaan", "How", 1.2, False),
)


async def reconciliation(
    actor: Actor, *, window_id: UUID, cooperative_id: UUID, counterparty_id: UUID, form: str, language: str
) -> bytes:
    """Two books held against each other, every line, those that differ first. Raises NotFound, TooManyLines."""
    found = await reconciling.reconcile(actor, window_id, cooperative_id, counterparty_id)
    names = await cooperatives_by_id([cooperative_id, counterparty_id])
    lines = sorted(found.lines, key=lambda line: line.kind is None)
    rows = [
        (
            cause(line.key[0], language),
            str(line.key[1]),
            line.here,
            line.there,
            (line.here or 0) - (line.there or 0),
            say(language, KINDS[line.kind]) if line.kind else "",
        )
        for line in lines
    ]
    headings = (("Sebab", "Why", 2, False), ("Nomor baris", "Line", 2.4, False), *_SIDES)
    here, there = names[cooperative_id].name, names[counterparty_id].name
    period = say(language, (f"di sini: {here}; di sana: {there}", f"here: {here}; there: {there}"))
    title = ("Rekonsiliasi Antarkoperasi", "Two co-ops reconciled")
    paper = register(title, headings, rows, language, period=period, sums=(2, 3, 4))
    return await folders.bind(actor, cooperative_id, [paper], form, language)


async def cases(actor: Actor, *, window_id: UUID, cooperative_id: UUID, form: str, language: str) -> bytes:
    """The cases of a window that this co-op opened or is the other side of. Raises NotFound, TooLong."""
    signed_in(actor)
    if await window_for(actor, window_id) is None or not may_see_windows_of(actor, cooperative_id):
        raise NotFound("settlement window")
    found = await SettlementCase.filter(window_id=window_id).order_by("id").limit(MOST_ENTRIES + 1)
    if len(found) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    ours = [row for row in found if cooperative_id in (row.cooperative_id, row.counterparty_id)]
    names = await cooperatives_by_id(sorted({id for row in ours for id in (row.cooperative_id, row.counterparty_id)}))
    rows = [
        (
            row.created_at.date(),
            names[row.cooperative_id].name,
            names[row.counterparty_id].name,
            cause(row.line_kind, language),
            row.amount_here,
            row.amount_there,
            (row.amount_here or 0) - (row.amount_there or 0),
            say(language, KINDS[row.kind.value]),
            row.resolution or "",
        )
        for row in ours
    ]
    headings = (
        ("Dibuka", "Opened", 0.9, False),
        ("Oleh", "By", 1.5, False),
        ("Dengan", "With", 1.5, False),
        ("Sebab", "Why", 1.6, False),
        *_SIDES,
        ("Penyelesaian", "Resolution", 2, False),
    )
    paper = register(("Kasus Selisih", "Cases of differences"), headings, rows, language)
    return await folders.bind(actor, cooperative_id, [paper], form, language)


async def windows(actor: Actor, *, cooperative_id: UUID, form: str, language: str) -> bytes:
    """The windows of a co-op's groups, newest first, and what each member of them owes and may. Raises NotFound."""
    signed_in(actor)
    if not may_see_windows_of(actor, cooperative_id):
        raise NotFound("cooperative")
    ids = [row.group_id for row in await ClearingMembership.filter(cooperative_id=cooperative_id)]
    papers = [await _windows(cooperative_id, ids, language), await _members(ids, language)]
    return await folders.bind(actor, cooperative_id, papers, form, language)


async def _windows(cooperative_id: UUID, group_ids: Sequence[UUID], language: str) -> Paper:
    found = await SettlementWindow.filter(group_id__in=list(group_ids)).order_by("-id").limit(MOST_ENTRIES + 1)
    if len(found) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    groups, figures = await groups_by_id(group_ids), await figures_by_window([row.id for row in found])
    rows = [
        (
            groups[row.group_id].name,
            row.number,
            read(row.state.value, language),
            row.created_at.date(),
            row.closed_at.date() if row.closed_at else None,
            row.settled_at.date() if row.settled_at else None,
            figures[row.id].positions.get(cooperative_id, 0),
            figures[row.id].gross,
            figures[row.id].net,
        )
        for row in found
    ]
    headings = (
        ("Kelompok", "Group", 1.8, False),
        ("Putaran", "Window", 0.7, False),
        ("Keadaan", "State", 1.4, False),
        ("Dibuka", "Opened", 0.9, False),
        ("Ditutup", "Closed", 0.9, False),
        ("Lunas", "Settled", 0.9, False),
        ("Posisi neto kita", "Our net position", 1.3, True),
        ("Bruto", "Gross", 1.3, True),
        ("Neto", "Net", 1.3, True),
    )
    return register(("Putaran Kliring", "Settlement windows"), headings, rows, language)


async def _members(group_ids: Sequence[UUID], language: str) -> Paper:
    groups, by_group = await groups_by_id(group_ids), await members_by_group(group_ids)
    members = [row for id in group_ids for row in by_group[id]]
    aside = await set_aside_by_member([row.id for row in members])
    names = await cooperatives_by_id(sorted({row.cooperative_id for row in members}))
    rows = [
        (
            groups[row.group_id].name,
            names[row.cooperative_id].name,
            await net_debt(row.group_id, row.cooperative_id),
            aside[row.id],
            row.cap,
            row.cover,
        )
        for row in members
    ]
    headings = (
        ("Kelompok", "Group", 1.6, False),
        ("Koperasi", "Co-operative", 2.4, False),
        ("Utang bersih", "Owes, net", 1.3, True),
        ("Disisihkan", "Set aside", 1.3, True),
        ("Batas", "Cap", 1.3, True),
        ("Jaminan", "Cover", 1.3, True),
    )
    return register(("Batas Utang Bersih", "Net debit caps"), headings, rows, language)
