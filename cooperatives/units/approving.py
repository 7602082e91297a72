"""How an invoice is paid: by one officer up to the by-laws' threshold, above it by two: one asks, another agrees."""

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from cooperatives.dues.paying import one_officer_up_to
from cooperatives.units.kinds import SupplyWay
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.money import format_rupiah


class NeedsTwoOfficers(MarketplaceError):
    """Above {most} two officers pay ({source}): record it on credit, then have one ask and another agree."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Di atas {most} perlu dua pengurus ({sumber}): catat sebagai tempo, satu meminta, yang lain menyetujui."


class NeedsAnotherOfficer(MarketplaceError):
    """You asked for this payment: another officer agrees to it, with the same amount and way ({source})."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda yang meminta pembayaran ini: pengurus lain yang menyetujui, dengan jumlah dan cara sama ({sumber})."


class Invoice(Protocol):
    """A row of which something is owed, with what one officer asked to be paid while a second is awaited."""

    cooperative_id: Any
    paid: int
    paying: Any
    paying_way: Any
    paying_asked_by: Any

    @property
    def outstanding(self) -> int: ...

    async def save(self, *, update_fields: Iterable[str]) -> None: ...


def check_amount(amount: int, outstanding: int) -> None:
    """Raises Invalid for nothing, or more than is owed."""
    if not 0 < amount <= outstanding:
        owed = format_rupiah(outstanding)
        raise Invalid.field("amount", Code.OUT_OF_RANGE, f"up to {owed}, what is owed", f"paling banyak {owed}")


async def pay_invoice(row: Invoice, amount: int, way: SupplyWay, by: UUID) -> bool:
    """Write that an officer pays so much of a locked invoice; False: it is only asked for, and another must agree.

    Raises Invalid, NeedsAnotherOfficer.
    """
    if way is SupplyWay.CREDIT:
        raise Invalid.field("way", Code.INVALID, "CASH or TRANSFER", "CASH atau TRANSFER")
    check_amount(amount, row.outstanding)
    rule = await one_officer_up_to(row.cooperative_id)
    if amount > rule.value:
        if row.paying_asked_by is None or (row.paying, row.paying_way) != (amount, way):
            row.paying, row.paying_way, row.paying_asked_by = amount, way, by
            await row.save(update_fields=["paying", "paying_way", "paying_asked_by"])
            return False
        if row.paying_asked_by == by:
            raise NeedsAnotherOfficer(source=rule.source, sumber=rule.sumber)
    row.paid += amount
    row.paying, row.paying_asked_by = 0, None
    await row.save(update_fields=["paid", "paying", "paying_asked_by"])
    return True


async def require_one_suffices(cooperative_id: UUID, total: int) -> None:
    """Go on when one officer may pay so much. Raises NeedsTwoOfficers."""
    rule = await one_officer_up_to(cooperative_id)
    if total > rule.value:
        raise NeedsTwoOfficers(most=format_rupiah(rule.value), source=rule.source, sumber=rule.sumber)
