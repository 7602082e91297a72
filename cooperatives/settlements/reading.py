"""Windows as their readers see them: obligations, positions, payments, totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.settlements import netting
from cooperatives.settlements.models import (
    ClearingGroup,
    ClearingMembership,
    Obligation,
    Reservation,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from cooperatives.settlements.netting import Debt
from cooperatives.settlements.windows import READERS, may_read, require_reader
from marketplace.batches import lists_by, rows_by
from marketplace.identity.actor import Actor, Role
from marketplace.paging import Page, page_by_id


@dataclass(frozen=True, slots=True)
class Figures:
    """What a window comes to, in rupiah."""

    positions: Mapping[UUID, int]
    gross: int
    net: int


def may_see_windows_of(actor: Actor, cooperative_id: UUID) -> bool:
    """Whether the actor serves or supervises this co-op, or the node."""
    return actor.holds(Role.NODE_OPERATOR, Role.GOVERNMENT_SUPERVISOR) or actor.holds(
        *READERS, cooperative_id=cooperative_id
    )


async def list_windows(
    actor: Actor, cooperative_id: UUID, *, state: WindowState | None, first: int, after: str | None
) -> Page[SettlementWindow]:
    """The windows of the groups that the co-op is in, newest first; none for one who may not read them."""
    if not may_see_windows_of(actor, cooperative_id):
        return Page([], [], False)
    memberships = await ClearingMembership.filter(cooperative_id=cooperative_id)
    found = SettlementWindow.filter(group_id__in=[row.group_id for row in memberships])
    if state is not None:
        found = found.filter(state=state)
    return await page_by_id(found, first=first, after=after)


async def window_for(actor: Actor, window_id: UUID) -> SettlementWindow | None:
    """The window, or None when there is none that the actor may see."""
    window = await SettlementWindow.get_or_none(id=window_id)
    return window if window is not None and await may_read(actor, window.group_id) else None


async def list_obligations(
    actor: Actor, window: SettlementWindow, *, first: int, after: str | None
) -> Page[Obligation]:
    """The window's obligations, oldest first, those unwound included."""
    await require_reader(actor, window.group_id)
    return await page_by_obligation(window.id, first, after)


async def page_by_obligation(window_id: UUID, first: int, after: str | None) -> Page[Obligation]:
    return await page_by_id(Obligation.filter(window_id=window_id), first=first, after=after, newest_first=False)


async def debts_by_window(ids: Sequence[UUID]) -> Mapping[UUID, list[Debt[UUID]]]:
    """What each owes each in these windows, unwound obligations left out. One statement."""
    rows = (
        await Obligation.filter(window_id__in=list(ids), unwound_at=None)
        .annotate(total=Sum("amount"))
        .group_by("window_id", "debtor_id", "creditor_id")
        .values("window_id", "debtor_id", "creditor_id", "total")
    )
    debts: dict[UUID, list[Debt[UUID]]] = {id: [] for id in ids}
    for row in rows:
        debts[row["window_id"]].append(Debt(row["debtor_id"], row["creditor_id"], int(row["total"])))
    return debts


async def figures_by_window(ids: Sequence[UUID]) -> Mapping[UUID, Figures]:
    """Positions and totals of these windows, unwound obligations left out. One statement."""
    return {id: _figures(debts) for id, debts in (await debts_by_window(ids)).items()}


def _figures(debts: Sequence[Debt[UUID]]) -> Figures:
    net = netting.positions(debts)
    return Figures(net, netting.gross_total(debts), netting.net_total(net))


async def payments_by_window(ids: Sequence[UUID]) -> Mapping[UUID, list[SettlementPayment]]:
    """The payments planned in these windows, void ones included, in the order of the plan. One statement."""
    return await lists_by(SettlementPayment, "window_id", ids)


async def groups_by_id(ids: Sequence[UUID]) -> Mapping[UUID, ClearingGroup]:
    """The clearing groups with these ids. One statement."""
    return {row.id: row for row in await rows_by(ClearingGroup, "id", ids)}


async def members_by_group(ids: Sequence[UUID]) -> Mapping[UUID, list[ClearingMembership]]:
    """Who is in these groups, oldest first. One statement."""
    return await lists_by(ClearingMembership, "group_id", ids)


async def set_aside_by_member(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """What each of these members is about to owe the others of its group, set aside under its cap. Two statements."""
    members = await ClearingMembership.filter(id__in=list(ids))
    groups, debtors = [row.group_id for row in members], [row.cooperative_id for row in members]
    rows = (
        await Reservation.filter(group_id__in=groups, debtor_id__in=debtors)
        .annotate(total=Sum("amount"))
        .group_by("group_id", "debtor_id")
        .values("group_id", "debtor_id", "total")
    )
    sums = {(row["group_id"], row["debtor_id"]): int(row["total"]) for row in rows}
    return {row.id: sums.get((row.group_id, row.cooperative_id), 0) for row in members}
