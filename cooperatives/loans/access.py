"""Who lends, who may read a loan, and how the rows of a co-op's credit are locked: its book, then the loan.

Officers and loan officers lend. Nobody decides on a loan of his own, nor on one that he stands behind.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.books import BooksNotOpen, today_in
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import day_at
from cooperatives.loans.models import Loan, LoanGuarantee
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.zones import zone_of

LENDERS = OFFICERS | {Role.LOAN_OFFICER}
#: These read the credit unit's loans; the pengawas decides nothing.
READERS = LENDERS | {Role.SUPERVISOR}
#: Related parties of a co-op: its officers, its pengawas, and those who manage its money and lending.
RELATED = LENDERS | {Role.SUPERVISOR, Role.UNIT_MANAGER}


class OwnLoan(MarketplaceError):
    """Nobody decides on a loan of his own, or one that he stands behind: it takes other officers."""

    code = Code.FORBIDDEN
    pesan = "Tidak boleh memutus pinjaman sendiri atau yang dijamin sendiri: perlu pengurus lain."


class OtherOfficer(MarketplaceError):
    """You proposed this yourself: another officer agrees to it."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sendiri yang mengusulkan ini: perlu persetujuan pengurus lain."


def today_of(book: AccountingBook) -> date:
    """Which day it is where the co-op is."""
    return today_in(book)


async def hold_book(actor: Actor, cooperative_id: UUID) -> AccountingBook:
    """The co-op's book, locked, for one who lends. Raises Unauthenticated, Forbidden, BooksNotOpen."""
    signed_in(actor)
    require(actor, *LENDERS, cooperative_id=cooperative_id)
    return await book_of(cooperative_id)


async def book_of(cooperative_id: UUID) -> AccountingBook:
    """The co-op's book, locked: lending needs one. Raises BooksNotOpen."""
    book = await locked_one(AccountingBook, cooperative_id)
    if book is None:
        raise BooksNotOpen
    return book


async def seen_loan(actor: Actor, loan_id: UUID) -> Loan:
    """The loan, for the member, who stands behind it, officers and pengawas. Raises Unauthenticated, NotFound."""
    signed_in(actor)
    loan = await visible_loan(actor, loan_id)
    if loan is None:
        raise NotFound("loan")
    return loan


async def visible_loan(actor: Actor, loan_id: UUID) -> Loan | None:
    """The same, or None."""
    loan = await Loan.get_or_none(pk=loan_id)
    if loan is None or actor.account_id is None:
        return None
    if loan.account_id == actor.account_id or actor.holds(*READERS, cooperative_id=loan.cooperative_id):
        return loan
    stands_behind = await LoanGuarantee.exists(loan_id=loan_id, account_id=actor.account_id)
    return loan if stands_behind else None


async def hold_loan(loan_id: UUID) -> Loan:
    """The loan, locked, its book not. Raises NotFound."""
    loan = await locked_one(Loan, loan_id)
    if loan is None:
        raise NotFound("loan")
    return loan


async def hold_to_decide(actor: Actor, loan_id: UUID) -> tuple[AccountingBook, Loan]:
    """The book and the loan, locked, for one who lends and is not concerned himself.

    Raises NotFound, Forbidden, OwnLoan, BooksNotOpen.
    """
    seen = await seen_loan(actor, loan_id)
    book = await hold_book(actor, seen.cooperative_id)
    loan = await hold_loan(loan_id)
    await require_unconcerned(actor, loan)
    return book, loan


async def require_unconcerned(actor: Actor, loan: Loan) -> None:
    """Go on for one whose loan it is not, and who does not stand behind it. Raises OwnLoan."""
    if actor.account_id == loan.account_id or await LoanGuarantee.exists(
        loan_id=loan.pk, account_id=actor.account_id
    ):
        raise OwnLoan


async def today_at(cooperative_id: UUID) -> date:
    """Which day it is where the co-op is, whether it keeps books or not."""
    return (await todays([cooperative_id]))[cooperative_id]


async def todays(ids: Iterable[UUID]) -> Mapping[UUID, date]:
    """Which day it is where each of these co-ops is. One statement."""
    rows = await rows_by(Cooperative, "id", set(ids))
    return {row.pk: day_at(clock.now(), ZoneInfo(zone_of(row.region_code))) for row in rows}
