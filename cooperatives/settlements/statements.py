"""A window as its co-ops read it: the picture of who owes whom, and the statement for one co-op as a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.models import AccountingBook
from cooperatives.books.papers import svg
from cooperatives.books.papers.drawing import Drawing
from cooperatives.membership.service import cooperatives_by_id
from cooperatives.settlements import picture, window_papers
from cooperatives.settlements.accounts import accounts_in_force, as_account
from cooperatives.settlements.files import BANK_ZONE
from cooperatives.settlements.models import (
    ClearingGroup,
    Obligation,
    PaymentState,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from cooperatives.settlements.netting import Debt
from cooperatives.settlements.reading import debts_by_window, may_see_windows_of, payments_by_window, window_for
from cooperatives.settlements.references import reference_of
from cooperatives.settlements.window_papers import Line, Payment, Window, by_codes
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, signed_in


async def picture_for(actor: Actor, window_id: UUID, language: str) -> str:
    """Who owes whom before and after netting, as SVG, for one who may see the window. Raises NotFound."""
    signed_in(actor)
    window = await window_for(actor, window_id)
    if window is None:
        raise NotFound("settlement window")
    return svg.write(await _drawing(window.id, language))


async def pictures_by_window(ids: Sequence[UUID]) -> Mapping[UUID, tuple[list[Debt[str]], list[Debt[str]]]]:
    """Each window's debts and the payments that clear them, by the co-ops' codes. Three statements."""
    debts, payments = await debts_by_window(ids), await payments_by_window(ids)
    plans = {
        id: [
            Debt(row.payer_id, row.payee_id, row.amount) for row in payments[id] if row.state is not PaymentState.VOID
        ]
        for id in ids
    }
    parties = {party for id in ids for debt in (*debts[id], *plans[id]) for party in (debt.debtor, debt.creditor)}
    codes = {id: row.code for id, row in (await cooperatives_by_id(sorted(parties))).items()}
    return {id: (by_codes(debts[id], codes), by_codes(plans[id], codes)) for id in ids}


async def _drawing(window_id: UUID, language: str) -> Drawing:
    debts, payments = (await pictures_by_window([window_id]))[window_id]
    return picture.draw(debts, payments, language)


def drawn(debts: Sequence[Debt[str]], payments: Sequence[Debt[str]], language: str) -> str:
    """The picture of these as SVG."""
    return svg.write(picture.draw(debts, payments, language))


async def window_statement(
    actor: Actor, *, window_id: UUID, cooperative_id: UUID, form: str, language: str = "id"
) -> bytes:
    """The window's statement for a co-op, `pdf` or `xlsx`, for those who may read its windows.

    Raises NotFound, TooLong.
    """
    signed_in(actor)
    window = await window_for(actor, window_id)
    if window is None or not may_see_windows_of(actor, cooperative_id):
        raise NotFound("settlement window")
    ours = Q(debtor_id=cooperative_id) | Q(creditor_id=cooperative_id)
    found = Obligation.filter(ours, window_id=window.id, unwound_at=None).order_by("id").limit(MOST_ENTRIES + 1)
    obligations = await found
    if len(obligations) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    sides = Q(payer_id=cooperative_id) | Q(payee_id=cooperative_id)
    plan = SettlementPayment.filter(sides, window_id=window.id).exclude(state=PaymentState.VOID)
    payments = await plan.order_by("id")
    zone = await _zone(cooperative_id)
    papers = window_papers.papers(
        await _head(window, zone),
        await _lines(obligations, cooperative_id, zone),
        await _payments(payments, cooperative_id),
        await _drawing(window.id, language) if obligations else None,
        language,
    )
    return await folders.bind(actor, cooperative_id, papers, form, language)


async def _zone(cooperative_id: UUID) -> ZoneInfo:
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    return ZoneInfo(book.time_zone) if book else BANK_ZONE


async def _head(window: SettlementWindow, zone: ZoneInfo) -> Window:
    group = await ClearingGroup.get(id=window.group_id)

    def day(moment: datetime) -> str:
        return moment.astimezone(zone).strftime("%d/%m/%Y")

    until = day(window.closed_at) if window.closed_at else "..."
    return Window(group.name, window.number, f"{day(window.created_at)} - {until}", window.state is WindowState.OPEN)


async def _lines(rows: Sequence[Obligation], cooperative_id: UUID, zone: ZoneInfo) -> list[Line]:
    others = {row.creditor_id if row.debtor_id == cooperative_id else row.debtor_id for row in rows}
    names = await cooperatives_by_id(sorted(others))
    made = []
    for row in rows:
        owes = row.debtor_id == cooperative_id
        other = names[row.creditor_id if owes else row.debtor_id].name
        day = row.created_at.astimezone(zone).date()
        made.append(Line(day, other, row.cause_kind, row.note or "", -row.amount if owes else row.amount))
    return made


async def _payments(rows: Sequence[SettlementPayment], cooperative_id: UUID) -> list[Payment]:
    ids = sorted({id for row in rows for id in (row.payer_id, row.payee_id)})
    names, accounts = await cooperatives_by_id(ids), await accounts_in_force(ids)
    made = []
    for row in rows:
        pays = row.payer_id == cooperative_id
        other = row.payee_id if pays else row.payer_id
        account = as_account(accounts[other]) if other in accounts else None
        where = f"{account.institution.name} {account.number}, {account.holder}" if account else ""
        amount = -row.amount if pays else row.amount
        made.append(Payment(names[other].name, amount, row.state.value, reference_of(row.id), where))
    return made
