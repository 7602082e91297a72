"""Who sees what a member earned: he himself; those who lend in his co-op, while he has or wants a loan of it."""

from uuid import UUID

from cooperatives.loans.access import LENDERS
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import Loan
from cooperatives.membership.models import Membership
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, signed_in

#: Of a loan that stands so, its lenders look at what the member earns.
LOOKED_AT = (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED, LoanState.RESTRUCTURED)


async def readable(actor: Actor, membership_id: UUID) -> Membership:
    """The membership, for who may see its income. Raises Unauthenticated, NotFound."""
    by = signed_in(actor)
    row = await Membership.get_or_none(pk=membership_id)
    if row is not None and row.account_id == by:
        return row
    lends = row is not None and actor.holds(*LENDERS, cooperative_id=row.cooperative_id)
    if row is not None and lends and await Loan.exists(membership_id=membership_id, state__in=LOOKED_AT):
        return row
    raise NotFound("membership")
