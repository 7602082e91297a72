"""How a co-op's front end comes to ask the search server itself."""

from datetime import datetime
from typing import Annotated

import strawberry

from schema.context import Info
from schema.ids import from_id
from schema.problems import Problem, intent
from search import direct


@strawberry.type(
    description="Lets its bearer search one co-op's listings on the search server itself, until it ends."
)
class SearchToken:
    url: str = strawberry.field(description="Of the Meilisearch server.")
    index: str = strawberry.field(description="The index to search: POST {url}/indexes/{index}/search.")
    token: str = strawberry.field(description="Send as `Authorization: Bearer …`. The co-op's filter is in it.")
    expires_at: datetime = strawberry.field(description="When it ends; it can't be taken back before.")


@strawberry.input(description="For whom, and for how long.")
class IssueSearchTokenInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative whose listings are found.")
    minutes: int = strawberry.field(default=60, description="How long it is good for, 1 to 1440.")


IssueSearchTokenResult = Annotated[
    SearchToken | Problem, strawberry.union("IssueSearchTokenResult", description="The token, or why not.")
]


@strawberry.type
class SearchTokenMutation:
    @strawberry.mutation(
        description="A token for a co-op's front end to ask the search server itself. For its officers and managers. "
        "Problems: FORBIDDEN, INVALID, UNAVAILABLE where the node has no such server: ask `listings`."
    )
    @intent
    async def issue_search_token(self, info: Info, input: IssueSearchTokenInput) -> IssueSearchTokenResult:
        cooperative_id = from_id("Cooperative", input.cooperative_id)
        found = direct.issue(info.context.adapters.engine, info.context.actor, cooperative_id, input.minutes)
        return SearchToken(url=found.url, index=found.index, token=found.token, expires_at=found.expires_at)
