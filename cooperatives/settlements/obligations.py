"""Debts between co-ops, gathered in their group's open window."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from tortoise.functions import Sum

from cooperatives.ledger.between import debts
from cooperatives.ledger.service import Cause, Entry
from cooperatives.settlements.models import (
    ClearingGroup,
    ClearingMembership,
    Obligation,
    Reservation,
    SettlementPayment,
    SettlementWindow,
    WindowState,
)
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import connection, is_postgres, locked_one, new_id
from marketplace.errors import Code, Conflict, MarketplaceError
from marketplace.money import format_rupiah

#: The group of co-ops that agreed on no other; the node's operator closes its windows.
COMMON_GROUP = "UMUM"
#: States in which a window's net debts are still unpaid.
UNSETTLED = (WindowState.OPEN, WindowState.CLOSING, WindowState.CLOSED, WindowState.PENDING_SETTLEMENT)
ATTEMPTS = 5

_INSERT = (
    "INSERT INTO settlement_obligation (id, created_at, window_id, debtor_id, creditor_id, amount, cause_kind, "
    "cause_id, note, receipt_id) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING id"
)


class NetDebitCapReached(MarketplaceError):
    """The co-operative may owe the others at most {cap} net, and this would make it {position}: \
pay what is due first, or take prepaid orders."""

    code = Code.NET_DEBIT_CAP
    pesan = (
        "Koperasi ini boleh berutang bersih paling banyak {cap}, padahal ini menjadikannya {position}: "
        "lunasi dahulu, atau terima pesanan yang dibayar di muka."
    )


class OwesItself(MarketplaceError):
    """A co-operative can't owe itself, nor owe nothing."""

    code = Code.INVALID
    pesan = "Koperasi tidak dapat berutang kepada dirinya sendiri, dan jumlahnya harus lebih dari nol."


async def record_obligation(
    *,
    debtor_id: UUID,
    creditor_id: UUID,
    amount: int,
    cause: Cause,
    note: str | None = None,
    receipt_id: UUID | None = None,
    within_cap: bool = False,
) -> None:
    """`debtor` owes `creditor` `amount` rupiah more, in their group's open window. Caller's transaction.

    The window is locked FOR SHARE, so it can't close before the caller commits; call this before posting.
    The same cause again does nothing. The books are the caller's to post. What has happened is recorded even
    beyond the debtor's cap, which is asked before (`require_headroom`): a driver at the door can't undo his
    delivery. Where nothing has happened yet, pass `within_cap`: raises NetDebitCapReached. `receipt_id` is that
    of the custody receipt on which the debt rests.
    """
    if debtor_id == creditor_id or amount <= 0:
        raise OwesItself
    membership = await membership_of(debtor_id, creditor_id)
    window_id = await hold_open_window(membership.group_id)
    if within_cap:
        await check_cap(membership, amount)
    id = uuid5(cause.id, f"{cause.kind}:{debtor_id}:{creditor_id}")
    row = [id, clock.now(), window_id, debtor_id, creditor_id, amount, cause.kind, cause.id, note, receipt_id]
    if is_postgres():
        marks, values = ",".join(f"${n}" for n in range(1, 11)), row
    else:
        marks, values = ",".join("?" * 10), [str(x) if isinstance(x, UUID | datetime) else x for x in row]
    if not await connection().execute_query_dict(_INSERT.format(marks=marks), values):
        earlier = await Obligation.get(id=id)
        if earlier.amount != amount:
            raise Conflict


async def record_obligations(entries: Iterable[Entry], *, cause: Cause, receipt_id: UUID | None = None) -> None:
    """What these entries, which the caller posts next, make one co-op owe another. Caller's transaction.

    `receipt_id`: the custody receipt of the hand-over that it rests on.
    """
    for (debtor_id, creditor_id), amount in debts(entries).items():
        await record_obligation(
            debtor_id=debtor_id, creditor_id=creditor_id, amount=amount, cause=cause, receipt_id=receipt_id
        )


async def require_headroom(*, debtor_id: UUID, creditor_id: UUID, amount: int) -> None:
    """Go on only when `debtor` may owe `amount` more. Raises NetDebitCapReached. Locks nothing."""
    if debtor_id != creditor_id and amount > 0:
        await check_cap(await membership_of(debtor_id, creditor_id), amount, locks=False)


async def group_of(one_id: UUID, other_id: UUID) -> UUID:
    """The oldest clearing group that both co-ops are in; else both join the common one."""
    return (await membership_of(one_id, other_id)).group_id


async def membership_of(one_id: UUID, other_id: UUID) -> ClearingMembership:
    """The first co-op's membership of the group that both are in."""
    rows = await rows_by(ClearingMembership, "cooperative_id", [one_id, other_id], order="group_id")
    theirs = {row.group_id for row in rows if row.cooperative_id == other_id}
    for row in rows:
        if row.cooperative_id == one_id and row.group_id in theirs:
            return row
    group_id = await join_common_group(one_id, other_id)
    return await ClearingMembership.get(group_id=group_id, cooperative_id=one_id)


async def join_common_group(*cooperative_ids: UUID) -> UUID:
    """Put co-ops into the common group, which comes to be with its first. Caller's transaction."""
    await ClearingGroup.bulk_create([ClearingGroup(code=COMMON_GROUP, name="Kliring bersama")], ignore_conflicts=True)
    group = await ClearingGroup.get(code=COMMON_GROUP)
    await ClearingMembership.bulk_create(
        [ClearingMembership(group_id=group.id, cooperative_id=id) for id in sorted(cooperative_ids)],
        ignore_conflicts=True,
    )
    return group.id


async def hold_open_window(group_id: UUID) -> UUID:
    """The group's open window, locked FOR SHARE; opened when there is none yet."""
    share = "FOR SHARE" if is_postgres() else ""
    mark = "$1" if is_postgres() else "?"
    query = f"SELECT id FROM settlement_window WHERE group_id = {mark} AND state = 'OPEN' {share}"
    for _ in range(ATTEMPTS):
        # A closer may have held the row: then it no longer matches, and its successor is seen next time.
        values: list[Any] = [group_id if is_postgres() else str(group_id)]
        rows = await connection().execute_query_dict(query, values)
        if rows:
            return UUID(str(rows[0]["id"]))
        await open_window(group_id)
    raise Conflict


async def open_window(group_id: UUID) -> None:
    """Open the group's next window unless one is open. Caller's transaction."""
    last = await SettlementWindow.filter(group_id=group_id).order_by("-number").first()
    if last is not None and last.state is WindowState.OPEN:
        return
    number = last.number + 1 if last else 1
    # Two callers may both find none: the number is unique, so one window comes of it.
    await SettlementWindow.bulk_create(
        [SettlementWindow(id=new_id(), group_id=group_id, number=number)], ignore_conflicts=True
    )


async def check_cap(
    membership: ClearingMembership, amount: int, *, locks: bool = True, replaces: UUID | None = None
) -> None:
    """Position + pending + amount <= min(cap, cover). `replaces`: a reservation that this takes the place of.

    Raises NetDebitCapReached.
    """
    limits = [limit for limit in (membership.cap, membership.cover) if limit is not None]
    if not limits:
        return
    if locks:  # the position is read and added to by one debtor's obligation at a time
        held = await locked_one(ClearingMembership, membership.id)
        assert held is not None  # a membership is never removed
        limits = [limit for limit in (held.cap, held.cover) if limit is not None]
        if not limits:
            return
    pending = await pending_debt(membership.group_id, membership.cooperative_id, besides=replaces)
    owed = await net_debt(membership.group_id, membership.cooperative_id) + pending + amount
    if owed > min(limits):
        raise NetDebitCapReached(cap=format_rupiah(min(limits)), position=format_rupiah(owed))


async def pending_debt(group_id: UUID, cooperative_id: UUID, *, besides: UUID | None = None) -> int:
    """What is set aside of what the co-op may owe, `besides` one reservation. One statement."""
    found = Reservation.filter(group_id=group_id, debtor_id=cooperative_id)
    if besides is not None:
        found = found.exclude(id=besides)
    (row,) = await found.annotate(total=Sum("amount")).values("total")
    return int(row["total"] or 0)


async def net_debt(group_id: UUID, cooperative_id: UUID) -> int:
    """What the co-op owes the others, net, in windows not yet settled, less what it has paid of them."""
    p1, p2 = ("$1", "$2") if is_postgres() else ("?1", "?2")
    states = ",".join(f"'{state.value}'" for state in UNSETTLED)
    query = f"""
    SELECT COALESCE(SUM(CASE WHEN o.debtor_id = {p2} THEN o.amount ELSE -o.amount END), 0) AS owed
    FROM settlement_obligation o JOIN settlement_window w ON w.id = o.window_id
    WHERE w.group_id = {p1} AND w.state IN ({states}) AND o.unwound_at IS NULL
      AND (o.debtor_id = {p2} OR o.creditor_id = {p2})"""
    as_value = (lambda id: id) if is_postgres() else str
    (row,) = await connection().execute_query_dict(query, [as_value(group_id), as_value(cooperative_id)])
    paid = SettlementPayment.filter(
        window__group_id=group_id, window__state__in=UNSETTLED, state__in=("PAID", "CONFIRMED")
    )
    sent = sum([payment.amount for payment in await paid.filter(payer_id=cooperative_id)])
    got = sum([payment.amount for payment in await paid.filter(payee_id=cooperative_id)])
    return int(row["owed"]) - int(sent) + int(got)
