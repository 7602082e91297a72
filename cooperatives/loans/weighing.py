"""What stands for and against an application: who asks, what it would cost, and all that bounds it.

Nothing is written here. An application raises the first refusal, a preview shows them all.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from cooperatives.governance.entitlement import require_right
from cooperatives.loans.access import book_of, today_at, today_of
from cooperatives.loans.bounds import Bounds, bounds_of
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.lifecycle import OPEN, RUNNING, LoanState
from cooperatives.loans.models import Loan, LoanGuarantee, LoanInstalment, LoanProduct
from cooperatives.loans.products import Quote, quote
from cooperatives.membership.categories import MemberRight
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.models import SavingsStart
from cooperatives.savings.reading import saved_by
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.rules import RuleValue

#: So many loans of one member may be asked for or run at once, and so many of others may he stand behind.
MOST_LOANS, MOST_GUARANTEES = 5, 5


class TooManyLoans(MarketplaceError):
    """You have {limit} loans that are asked for or running: pay one back first."""

    code = Code.TOO_MANY
    pesan = "Anda punya {limit} pinjaman yang diajukan atau berjalan: lunasi satu dahulu."


class TooManyGuarantees(MarketplaceError):
    """This member stands behind {limit} loans already."""

    code = Code.TOO_MANY
    pesan = "Anggota ini sudah menjamin {limit} pinjaman."


@dataclass(frozen=True, slots=True)
class Borrower:
    """A member who asks for a loan of a product, and what bounds his co-op's lending."""

    member: Membership
    product: LoanProduct
    bounds: Bounds


async def borrower_of(account_id: UUID, product_id: UUID, *, is_asking: bool = True) -> Borrower:
    """Who asks, his co-op's book locked; or who only looks at what he could ask for, nothing locked.

    Raises NotFound, BooksNotOpen, AgainstTheLaw for who is no member.
    """
    product = await LoanProduct.get_or_none(pk=product_id)
    if product is None:
        raise NotFound("loan product")
    id = product.cooperative_id
    bounds = await bounds_of(id, today_of(await book_of(id)) if is_asking else await today_at(id))
    member = await Membership.get_or_none(cooperative_id=id, account_id=account_id, state=MembershipState.ACTIVE)
    bounds.require_member(is_member=member is not None)
    assert member is not None  # refused just above
    return Borrower(member, product, bounds)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An application held against all that bounds it. `quote` None: its product does not lend so much, or so long.

    `rules`: those that it was held against; `guarantors`: the accounts of those who would stand behind it.
    """

    quote: Quote | None
    rules: tuple[RuleValue, ...]
    guarantors: tuple[UUID, ...]
    refusals: tuple[MarketplaceError, ...]

    def required(self) -> Quote:
        """What it costs. Raises the first refusal."""
        for refusal in self.refusals:
            raise refusal
        assert self.quote is not None  # without it there is a refusal
        return self.quote


async def weigh(borrower: Borrower, amount: int, months: int, guarantors: Sequence[int] | None) -> Weighed:
    """Hold what is asked for against all that bounds it. `guarantors` None: they are not named yet, nor judged.

    Its refusals are TooManyLoans, AgainstTheLaw, ProductRetired, Invalid, TooManyGuarantees.
    """
    member, product, bounds = borrower.member, borrower.product, borrower.bounds
    refusals: list[MarketplaceError] = []
    found: Quote | None = None
    behind: list[UUID] = []
    with gathering(refusals):
        await _require_few(member)
    with gathering(refusals):
        await require_right(member, MemberRight.BORROW, bounds.by_laws.day)
    with gathering(refusals):
        found = quote(product, amount, months, bounds.rate_cap)
    limits = bounds.limits(amount, months, *await _owed_and_saved(member))
    refusals.extend(refusal for _, refusal in limits if refusal is not None)
    if guarantors is not None:
        with gathering(refusals):
            behind = await _guarantors(product, member.account_id, guarantors)
    rules = (bounds.rate_cap, bounds.require_member(is_member=True), *(rule for rule, _ in limits))
    return Weighed(found, rules, tuple(behind), tuple(refusals))


@contextmanager
def gathering(refusals: list[MarketplaceError]) -> Iterator[None]:
    """What is refused within goes to `refusals`, and is not raised."""
    try:
        yield
    except MarketplaceError as refusal:
        refusals.append(refusal)


async def _require_few(member: Membership) -> None:
    if await Loan.filter(membership_id=member.pk, state__in=list(OPEN)).count() >= MOST_LOANS:
        raise TooManyLoans(limit=MOST_LOANS)


async def require_within(bounds: Bounds, member: Membership, amount: int, months: int) -> None:
    """Go on within the by-laws that bound what this member may have.

    Raises AgainstTheLaw.
    """
    limits = bounds.limits(amount, months, *await _owed_and_saved(member))
    for _, refusal in limits:
        if refusal is not None:
            raise refusal


async def _owed_and_saved(member: Membership) -> tuple[int, int | None]:
    """What he owes already, and all his savings; None where the co-op does not keep them here."""
    owed = await owed_by(member.pk)
    if not await SavingsStart.exists(pk=member.cooperative_id):
        return owed, None
    return owed, sum((await saved_by([member.pk]))[member.pk].values())


async def owed_by(membership_id: UUID) -> int:
    """What a member owes of all his loans, and what was promised to him."""
    loans = await Loan.filter(membership_id=membership_id, state__in=[*RUNNING, LoanState.APPROVED])
    rows = await LoanInstalment.filter(loan_id__in=[loan.pk for loan in loans], superseded_at=None) if loans else []
    promised = sum(loan.amount for loan in loans if loan.state is LoanState.APPROVED)
    return promised + sum(row.principal - row.principal_paid for row in rows)


async def _guarantors(product: LoanProduct, borrower_id: UUID, numbers: Sequence[int]) -> list[UUID]:
    """The accounts of these members. Raises Invalid, TooManyGuarantees."""
    wanted = list(dict.fromkeys(numbers))
    if len(wanted) != len(numbers) or len(wanted) != product.guarantors:
        many = product.guarantors
        raise Invalid.field("guarantors", Code.INVALID, f"{many} members, each once", f"{many} anggota yang berbeda")
    if not wanted:
        return []
    rows = await Membership.filter(
        cooperative_id=product.cooperative_id, number__in=wanted, state=MembershipState.ACTIVE
    ).order_by("number")
    if len(rows) != len(wanted) or any(row.account_id == borrower_id for row in rows):
        raise Invalid.field(
            "guarantors",
            Code.INVALID,
            "numbers of other active members",
            "nomor anggota aktif lain, bukan nomor sendiri",
        )
    for row in rows:
        behind = LoanGuarantee.filter(
            account_id=row.account_id, state=GuaranteeState.GIVEN, loan__state__in=list(OPEN)
        )
        if await behind.count() >= MOST_GUARANTEES:
            raise TooManyGuarantees(limit=MOST_GUARANTEES)
    return [row.account_id for row in rows]
