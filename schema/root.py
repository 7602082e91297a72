"""The schema: every noun's queries, mutations and subscriptions under one root."""

import strawberry

from schema.accounts import AccountMutation
from schema.context import Info
from schema.cooperatives import CooperativeQuery
from schema.joining import MembershipMutation
from schema.menus import ListingMutation
from schema.nodes import Node, find_node
from schema.regions import RegionQuery
from schema.scalars import CONFIG
from schema.sellers import SellerQuery
from schema.settling import SettlementMutation
from schema.shops import SellerMutation
from schema.viewer import ViewerQuery


@strawberry.type(description="What can be read.")
class Query(ViewerQuery, CooperativeQuery, SellerQuery, RegionQuery):
    @strawberry.field(
        description="The thing with this global id, or null when there is none that you may see."
    )
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        return await find_node(info, id)


@strawberry.type(description="What can be done.")
class Mutation(AccountMutation, MembershipMutation, SettlementMutation, SellerMutation, ListingMutation):
    pass


schema = strawberry.Schema(query=Query, mutation=Mutation, config=CONFIG)
