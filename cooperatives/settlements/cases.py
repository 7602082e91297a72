"""Differences between two co-ops in a window: each a case until one says how it was settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.settlements.models import (
    CaseKind,
    CaseState,
    ClearingGroup,
    SettlementCase,
    SettlementPayment,
    SettlementWindow,
)
from cooperatives.settlements.windows import SCOPE, changed, hold_window
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in

PAYMENT = "settlement_payment"
RESOLUTION_LENGTH = 300


class CaseResolved(MarketplaceError):
    """This case was resolved already: {resolution}."""

    code = Code.WRONG_STATE
    pesan = "Kasus ini sudah diselesaikan: {resolution}."


@dataclass(frozen=True, slots=True)
class Difference:
    """What two co-ops see differently, of one line; None: it is missing there. In whole rupiah."""

    kind: CaseKind
    line_kind: str
    line_id: UUID
    here: int | None
    there: int | None
    note: str = ""


async def keep(
    window: SettlementWindow, cooperative_id: UUID, counterparty_id: UUID, found: Sequence[Difference], by: UUID
) -> int:
    """Open a case for each difference that has none yet; how many were opened. Caller's transaction, window held."""
    kept = SettlementCase.filter(window_id=window.id, cooperative_id=cooperative_id)
    known = {(row.line_kind, row.line_id) for row in await kept.only("id", "line_kind", "line_id")}
    new = {(one.line_kind, one.line_id): one for one in found if (one.line_kind, one.line_id) not in known}
    await SettlementCase.bulk_create(
        [
            SettlementCase(
                window_id=window.id,
                cooperative_id=cooperative_id,
                counterparty_id=counterparty_id,
                kind=one.kind,
                line_kind=one.line_kind,
                line_id=one.line_id,
                amount_here=one.here,
                amount_there=one.there,
                note=one.note[:200],
                opened_by=by,
            )
            for one in new.values()
        ]
    )
    if new:
        await changed(window)
    return len(new)


async def close_missing(payment: SettlementPayment, cooperative_id: UUID, by: UUID, words: str) -> None:
    """What was missing has come: its case is resolved by itself. Caller's transaction."""
    await SettlementCase.filter(
        window_id=payment.window_id,
        cooperative_id=cooperative_id,
        line_kind=PAYMENT,
        line_id=payment.id,
        kind=CaseKind.MISSING_HERE,
        state=CaseState.OPEN,
    ).update(state=CaseState.RESOLVED, resolution=words, resolved_by=by, resolved_at=clock.now())


async def resolve_case(actor: Actor, *, case_id: UUID, resolution: str, key: str) -> SettlementCase:
    """Say how a difference was settled: an officer of the co-op that sees it, or the group's operator.

    Raises NotFound, Forbidden, Invalid, CaseResolved.
    """
    by, words = signed_in(actor), resolution.strip()
    if not 1 <= len(words) <= RESOLUTION_LENGTH:
        raise Invalid.field("resolution", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 karakter")
    async with transaction():
        repeat = await once(by, "resolveSettlementCase", key, [case_id, words], case_id)
        seen = await SettlementCase.get_or_none(id=case_id)
        if seen is None:
            raise NotFound("settlement case")
        window = await hold_window(seen.window_id)
        row = await locked_one(SettlementCase, case_id)
        assert row is not None  # never removed
        await _require_resolver(actor, window, row)
        if repeat is not None:
            return row
        if row.state is CaseState.RESOLVED:
            raise CaseResolved(resolution=row.resolution)
        row.state, row.resolution = CaseState.RESOLVED, words
        row.resolved_by, row.resolved_at = by, clock.now()
        await row.save(update_fields=["state", "resolution", "resolved_by", "resolved_at"])
        await changed(window)
        return row


async def _require_resolver(actor: Actor, window: SettlementWindow, row: SettlementCase) -> None:
    if actor.holds(Role.NODE_OPERATOR):
        return
    group = await ClearingGroup.get(id=window.group_id)
    if group.operator_id is not None and actor.holds(*OFFICERS, cooperative_id=group.operator_id):
        require(actor, *OFFICERS, cooperative_id=group.operator_id, scope=SCOPE)
        return
    if actor.holds(*OFFICERS, cooperative_id=row.counterparty_id):
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, scope=SCOPE)  # it may see, not resolve
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id, scope=SCOPE, hide="settlement case")


async def cases_by_window(ids: Sequence[UUID]) -> Mapping[UUID, list[SettlementCase]]:
    """The cases of these windows, oldest first. One statement."""
    found: dict[UUID, list[SettlementCase]] = {id: [] for id in ids}
    for row in await SettlementCase.filter(window_id__in=list(ids)).order_by("id"):
        found[row.window_id].append(row)
    return found
