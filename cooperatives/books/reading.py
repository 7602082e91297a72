"""Vouchers as officers and pengawas read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.books.books import read_book
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import Voucher, VoucherAttachment, VoucherLine, VoucherState
from cooperatives.ledger.reading import may_read
from marketplace.identity.actor import Actor
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor


async def list_vouchers(
    actor: Actor,
    cooperative_id: UUID,
    *,
    state: VoucherState | None = None,
    kind: VoucherKind | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
    first: int,
    after: str | None,
) -> Page[Voucher]:
    """The co-op's vouchers, the latest day first. Raises NotFound, BooksNotOpen, StaleCursor."""
    await read_book(actor, cooperative_id)
    check_first(first)
    found = Voucher.filter(cooperative_id=cooperative_id)
    wanted = {"state": state, "kind": kind, "booked_on__gte": first_day, "booked_on__lte": last_day}
    found = found.filter(**{name: value for name, value in wanted.items() if value is not None})
    if after is not None:
        day, id = decode_cursor(after, 2)
        try:
            bound = date.fromisoformat(day), UUID(id)
        except ValueError as cause:
            raise StaleCursor from cause
        found = found.filter(Q(booked_on__lt=bound[0]) | Q(booked_on=bound[0], id__lt=bound[1]))
    rows = await found.order_by("-booked_on", "-id").limit(first + 1)
    shown = rows[:first]
    return Page(shown, [encode_cursor(row.booked_on.isoformat(), row.pk) for row in shown], len(rows) > first)


async def visible_voucher(actor: Actor, voucher_id: UUID) -> Voucher | None:
    """The voucher, for one who may read its book."""
    row = await Voucher.get_or_none(pk=voucher_id)
    return row if row is not None and may_read(actor, row.cooperative_id) else None


async def lines_by_voucher(ids: Sequence[UUID]) -> Mapping[UUID, list[VoucherLine]]:
    """The lines of these vouchers, in their order. One statement."""
    found: dict[UUID, list[VoucherLine]] = {id: [] for id in ids}
    for row in await VoucherLine.filter(voucher_id__in=list(ids)).order_by("ordinal"):
        found[row.voucher_id].append(row)
    return found


async def attachments_by_voucher(ids: Sequence[UUID]) -> Mapping[UUID, list[VoucherAttachment]]:
    """The attachments of these vouchers, oldest first. One statement."""
    found: dict[UUID, list[VoucherAttachment]] = {id: [] for id in ids}
    for row in await VoucherAttachment.filter(voucher_id__in=list(ids)).order_by("id"):
        found[row.voucher_id].append(row)
    return found


async def reversals_by_voucher(ids: Sequence[UUID]) -> Mapping[UUID, Voucher]:
    """What took these vouchers back, of those that were. One statement."""
    rows = await Voucher.filter(reverses_id__in=list(ids))
    return {row.reverses_id: row for row in rows if row.reverses_id is not None}


async def vouchers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Voucher]:
    """The vouchers with these ids. One statement."""
    return {row.pk: row for row in await Voucher.filter(pk__in=list(ids))}
