"""Accounts, signing in, and API keys."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.identity import api_keys, service, signing_in
from marketplace.identity import models as rows
from marketplace.identity.actor import Role
from marketplace.identity.api_keys import Scope
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.problems import Problem, intent
from schema.scalars import PhoneNumber


@strawberry.type(description="A person who signs in by phone.")
class Account(Node):
    row: strawberry.Private[rows.Account]
    name: str = strawberry.field(description="As the person wishes to be called; may be empty.")
    language: str = strawberry.field(description="`id` or `en`: the language of what is sent.")

    @classmethod
    def of(cls, row: rows.Account) -> "Account":
        return cls(id=to_id("Account", row.pk), row=row, name=row.name, language=row.language)

    @strawberry.field(description="The phone number; null unless it is your own or you are the operator.")
    def phone(self, info: Info) -> PhoneNumber | None:
        actor = info.context.actor
        may_see = actor.account_id == self.row.pk or actor.holds(Role.NODE_OPERATOR)
        return PhoneNumber(self.row.phone) if may_see else None

    @strawberry.field(description="Whether a password is set beside the phone's one-time codes.")
    def has_password(self, info: Info) -> bool | None:
        is_own = info.context.actor.account_id == self.row.pk
        return self.row.password_hash is not None if is_own else None


async def account_of(info: Info, id: UUID) -> Account | None:
    """The account with this id, loaded together with all others that the request asks for."""
    row = await info.context.load(service.accounts_by_id, id)
    return None if row is None else Account.of(row)


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


@strawberry.type(description="What proves who you are. Keep the refresh token safe: it is shown only here.")
class SignedIn:
    account: Account = strawberry.field(description="Who is signed in.")
    access_token: str = strawberry.field(description="Send as `Authorization: Bearer …`; short-lived.")
    access_expires_at: datetime = strawberry.field(description="When the access token ends: refresh before.")
    refresh_token: str = strawberry.field(description="Good for one `refresh`. Shown twice, the whole session ends.")
    refresh_expires_at: datetime = strawberry.field(description="When the session ends unless refreshed.")

    @classmethod
    async def answer(cls, info: Info, issued: service.Tokens) -> "SignedIn":
        """The tokens; the rest of the request acts as their owner, and may read his own account."""
        info.context.actor = await service.authenticate(issued.access_token)
        return cls(
            account=Account.of(issued.account),
            access_token=issued.access_token,
            access_expires_at=issued.access_expires_at,
            refresh_token=issued.refresh_token,
            refresh_expires_at=issued.refresh_expires_at,
        )


@strawberry.type(description="A one-time code is on its way.")
class CodeSent:
    expires_at: datetime = strawberry.field(description="Until when the code is good.")


@strawberry.type(description="Sessions were ended.")
class SignedOut:
    sessions: int = strawberry.field(description="How many.")


@strawberry.type(description="A device on which you are signed in.")
class Session:
    id: strawberry.ID = strawberry.field(description="For `signOut`.")
    is_this_one: bool = strawberry.field(description="Whether this request belongs to it.")
    device: str = strawberry.field(description="What the browser or app calls itself.")
    address: str = strawberry.field(description="The network address at sign-in.")
    since: datetime = strawberry.field(description="When you signed in.")

    @classmethod
    def of(cls, info: Info, row: rows.Session) -> "Session":
        return cls(
            id=to_id("Session", row.pk),
            is_this_one=row.pk == info.context.actor.session_id,
            device=row.user_agent,
            address=row.address,
            since=row.created_at,
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


@strawberry.input(description="Which phone asks for a one-time code.")
class RequestCodeInput:
    phone: str = strawberry.field(description="E.164, or as written in Indonesia: 0812-3456-7890.")


@strawberry.input(description="A phone with either its one-time code or its password.")
class SignInInput:
    phone: str = strawberry.field(description="As in `requestCode`.")
    code: str | None = strawberry.field(default=None, description="The six digits that were sent.")
    password: str | None = strawberry.field(default=None, description="Where one was set.")
    name: str = strawberry.field(default="", description="For a new account: how to call its owner.")


@strawberry.input(description="A refresh token.")
class RefreshInput:
    refresh_token: str = strawberry.field(description="The last one received.")


@strawberry.input(description="Which sessions to end.")
class SignOutInput:
    everywhere: bool = strawberry.field(default=False, description="All devices, not just this one.")
    session_id: strawberry.ID | None = strawberry.field(
        default=None, description="Another device's session, from `viewer.sessions`, instead of this one."
    )


@strawberry.input(description="A new password. Other sessions end.")
class SetPasswordInput:
    password: str = strawberry.field(description="10 to 128 characters.")
    current: str | None = strawberry.field(
        default=None, description="The present one; not needed within 15 minutes of signing in by code."
    )


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


RequestCodeResult = Annotated[
    CodeSent | Problem, strawberry.union("RequestCodeResult", description="Sent, or why not.")
]
SignInResult = Annotated[SignedIn | Problem, strawberry.union("SignInResult", description="Tokens, or why not.")]
SignOutResult = Annotated[SignedOut | Problem, strawberry.union("SignOutResult", description="Ended, or why not.")]
AccountResult = Annotated[
    Account | Problem, strawberry.union("AccountResult", description="The account, or why not.")
]
CreateApiKeyResult = Annotated[
    NewApiKey | Problem, strawberry.union("CreateApiKeyResult", description="The new key, or why not.")
]
RevokeApiKeyResult = Annotated[
    ApiKey | Problem, strawberry.union("RevokeApiKeyResult", description="The ended key, or why not.")
]


@strawberry.type
class ViewerAccount:
    @strawberry.field(description="Where you are signed in, newest first; at most 100.")
    async def sessions(self, info: Info) -> list[Session]:
        return [Session.of(info, row) for row in await signing_in.living_sessions(info.context.actor)]

    @strawberry.field(description="Your apps' keys that are not revoked, newest first.")
    async def api_keys(self, info: Info) -> list[ApiKey]:
        return [ApiKey.of(row) for row in await api_keys.api_keys_of(info.context.actor)]


@strawberry.type
class AccountMutation:
    @strawberry.mutation(description="Send a one-time code to a phone, registered or not.")
    @intent
    async def request_code(self, info: Info, input: RequestCodeInput) -> RequestCodeResult:
        context = info.context
        sent = await signing_in.request_code(
            phone=input.phone, sender=context.adapters.codes, address=context.address, language=context.language
        )
        return CodeSent(expires_at=sent.expires_at)

    @strawberry.mutation(description="Sign in by code, which also registers a new phone, or by password.")
    @intent
    async def sign_in(self, info: Info, input: SignInInput) -> SignInResult:
        issued = await signing_in.sign_in(
            phone=input.phone,
            code=input.code,
            password=input.password,
            name=input.name,
            user_agent=info.context.user_agent,
            address=info.context.address,
        )
        return await SignedIn.answer(info, issued)

    @strawberry.mutation(description="New tokens for a refresh token. Send no Authorization header with it.")
    @intent
    async def refresh(self, info: Info, input: RefreshInput) -> SignInResult:
        return await SignedIn.answer(info, await signing_in.refresh(refresh_token=input.refresh_token))

    @strawberry.mutation(description="End this session, or all of yours.")
    @intent
    async def sign_out(self, info: Info, input: SignOutInput) -> SignOutResult:
        if input.everywhere:
            return SignedOut(sessions=await signing_in.sign_out_everywhere(info.context.actor))
        if input.session_id is not None:
            id = from_id("Session", input.session_id, "sessionId")
            await signing_in.end_session(info.context.actor, session_id=id)
        else:
            await signing_in.sign_out(info.context.actor)
        return SignedOut(sessions=1)

    @strawberry.mutation(description="Set or change your password.")
    @intent
    async def set_password(self, info: Info, input: SetPasswordInput) -> AccountResult:
        row = await signing_in.set_password(info.context.actor, password=input.password, current=input.current)
        return Account.of(row)

    @strawberry.mutation(description="Make a key for an app. Its text is shown once.")
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

    @strawberry.mutation(description="End one of your keys, at once.")
    @intent
    async def revoke_api_key(self, info: Info, input: RevokeApiKeyInput) -> RevokeApiKeyResult:
        id = from_id("ApiKey", input.id)
        return ApiKey.of(await api_keys.revoke_api_key(info.context.actor, api_key_id=id))


@finds("Account")
async def find_account(info: Info, id: UUID) -> Account | None:
    actor = info.context.actor
    may_see = actor.account_id == id or actor.holds(Role.NODE_OPERATOR)
    return await account_of(info, id) if may_see else None


@finds("ApiKey")
async def find_api_key(info: Info, id: UUID) -> ApiKey | None:
    if info.context.actor.account_id is None:
        return None
    own = await api_keys.api_keys_of(info.context.actor)
    return next((ApiKey.of(row) for row in own if row.pk == id), None)
