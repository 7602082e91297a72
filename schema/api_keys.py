"""API keys: what apps show instead of a person's token."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.identity import api_keys
from marketplace.identity import models as rows
from marketplace.identity.api_keys import Scope
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.problems import Problem, intent

described(
    Scope,
    "What an app may do with its key, for the account that made it and within that account's roles.",
    {
        "READ": "Nothing but reading what the account may read, which every key may do.",
        "SELL": "Run shops: listings, stock, orders received.",
        "BUY": "Baskets, orders and payments.",
        "CARRY": "Shifts and delivery jobs.",
        "SETTLE": "Settlement between co-ops.",
        "MEMBERSHIP": "Decide on applications to join.",
    },
)


@strawberry.type(description="An app's key.")
class ApiKey(Node):
    name: str = strawberry.field(description="What its maker calls it.")
    hint: str = strawberry.field(description="How it begins, to tell keys apart.")
    scopes: list[Scope] = strawberry.field(description="What it may do.")
    origins: list[str] = strawberry.field(description="Web origins whose pages may call the API.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="When it ends; null: when revoked.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked.")

    @classmethod
    def of(cls, row: rows.ApiKey) -> "ApiKey":
        return cls(
            id=to_id("ApiKey", row.pk),
            name=row.name,
            hint=row.hint,
            scopes=[Scope(scope) for scope in row.scopes],
            origins=list(row.origins),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )


@strawberry.type(description="A new key with its text.")
class NewApiKey:
    api_key: ApiKey = strawberry.field(description="The key.")
    token: str = strawberry.field(description="Send as `Authorization: Bearer …`. Shown only here.")


@strawberry.input(description="An app's key.")
class CreateApiKeyInput:
    name: str = strawberry.field(description="What to call it, 1 to 80 characters.")
    scopes: list[Scope] = strawberry.field(description="What it may do.")
    origins: list[str] = strawberry.field(
        default_factory=list, description="Web origins whose pages may call the API: https://app.example"
    )
    expires_in_days: int | None = strawberry.field(default=None, description="1 to 3650; null: no end.")


@strawberry.input(description="Which key ends.")
class RevokeApiKeyInput:
    id: strawberry.ID = strawberry.field(description="One of your own keys.")


CreateApiKeyResult = Annotated[
    NewApiKey | Problem, strawberry.union("CreateApiKeyResult", description="The new key, or why not.")
]
RevokeApiKeyResult = Annotated[
    ApiKey | Problem, strawberry.union("RevokeApiKeyResult", description="The ended key, or why not.")
]


@strawberry.type
class ViewerApiKeys:
    @strawberry.field(description="Your apps' keys that are not revoked, newest first.")
    async def api_keys(self, info: Info) -> list[ApiKey]:
        return [ApiKey.of(row) for row in await api_keys.api_keys_of(info.context.actor)]


@strawberry.type
class ApiKeyMutation:
    @strawberry.mutation(description="Make a key for an app. Its text is shown once. Problems: INVALID, FORBIDDEN.")
    @intent
    async def create_api_key(self, info: Info, input: CreateApiKeyInput) -> CreateApiKeyResult:
        row, token = await api_keys.create_api_key(
            info.context.actor,
            name=input.name,
            scopes=input.scopes,
            origins=input.origins,
            expires_in_days=input.expires_in_days,
        )
        return NewApiKey(api_key=ApiKey.of(row), token=token)

    @strawberry.mutation(description="End one of your keys, at once. Problems: NOT_FOUND, FORBIDDEN.")
    @intent
    async def revoke_api_key(self, info: Info, input: RevokeApiKeyInput) -> RevokeApiKeyResult:
        id = from_id("ApiKey", input.id)
        return ApiKey.of(await api_keys.revoke_api_key(info.context.actor, api_key_id=id))


@finds("ApiKey")
async def find_api_key(info: Info, id: UUID) -> ApiKey | None:
    if info.context.actor.account_id is None:
        return None
    own = await api_keys.api_keys_of(info.context.actor)
    return next((ApiKey.of(row) for row in own if row.pk == id), None)
