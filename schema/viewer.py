"""What the signed-in person may see. Other nouns add their fields as `ViewerX` classes."""

import strawberry

from marketplace.identity import service
from marketplace.identity.actor import signed_in
from schema.accounts import Account, ViewerAccount
from schema.api_keys import ViewerApiKeys
from schema.awaiting import ViewerAwaiting
from schema.baskets import ViewerBasket
from schema.blocks import ViewerBlocks
from schema.context import Info
from schema.custody import ViewerCustody
from schema.drivers import ViewerDriving
from schema.hubs import ViewerHubs
from schema.loans import ViewerLoans
from schema.memberships import ViewerMemberships
from schema.notices import ViewerNotices
from schema.orders import ViewerOrders
from schema.recovery import ViewerRecovery
from schema.saved_searches import ViewerSearches
from schema.sellers import ViewerSelling


@strawberry.type(description="The signed-in person and what that person may see.")
class Viewer(
    ViewerDriving,
    ViewerBasket,
    ViewerBlocks,
    ViewerOrders,
    ViewerAccount,
    ViewerApiKeys,
    ViewerCustody,
    ViewerHubs,
    ViewerLoans,
    ViewerMemberships,
    ViewerRecovery,
    ViewerSearches,
    ViewerSelling,
    ViewerNotices,
    ViewerAwaiting,
):
    @strawberry.field(description="The person's own account.")
    async def account(self, info: Info) -> Account:
        id = signed_in(info.context.actor)
        row = await info.context.load(service.accounts_by_id, id)
        assert row is not None  # an actor is read together with its account, which is never deleted
        return Account.of(row)


@strawberry.type
class ViewerQuery:
    @strawberry.field(description="Who is signed in, with what they may see; null for nobody.")
    async def viewer(self, info: Info) -> Viewer | None:
        return None if info.context.actor.account_id is None else Viewer()
