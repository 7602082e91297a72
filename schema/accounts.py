"""Accounts and signing in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.identity import models as rows
from marketplace.identity import service, signing_in
from marketplace.identity.actor import Role
from schema.context import Info
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
    simulated_code: str | None = strawberry.field(
        description="The code itself, on a development node that sends messages to nobody; null on every other."
    )


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


RequestCodeResult = Annotated[
    CodeSent | Problem, strawberry.union("RequestCodeResult", description="Sent, or why not.")
]
SignInResult = Annotated[SignedIn | Problem, strawberry.union("SignInResult", description="Tokens, or why not.")]
SignOutResult = Annotated[SignedOut | Problem, strawberry.union("SignOutResult", description="Ended, or why not.")]
AccountResult = Annotated[
    Account | Problem, strawberry.union("AccountResult", description="The account, or why not.")
]


@strawberry.type
class ViewerAccount:
    @strawberry.field(description="Where you are signed in, newest first; at most 100.")
    async def sessions(self, info: Info) -> list[Session]:
        return [Session.of(info, row) for row in await signing_in.living_sessions(info.context.actor)]


@strawberry.type
class AccountMutation:
    @strawberry.mutation(
        description="Send a one-time code to a phone, registered or not. "
        "Problems: INVALID, RATE_LIMITED, UNAVAILABLE."
    )
    @intent
    async def request_code(self, info: Info, input: RequestCodeInput) -> RequestCodeResult:
        context = info.context
        sent = await signing_in.request_code(
            phone=input.phone, sender=context.adapters.codes, address=context.address, language=context.language
        )
        return CodeSent(expires_at=sent.expires_at, simulated_code=sent.simulated)

    @strawberry.mutation(
        description="Sign in by code, which also registers a new phone, or by password. "
        "Problems: WRONG_CODE, WRONG_PASSWORD, RATE_LIMITED, SUSPENDED."
    )
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

    @strawberry.mutation(
        description="New tokens for a refresh token. Send no Authorization header with it. "
        "Problems: UNAUTHENTICATED, SUSPENDED."
    )
    @intent
    async def refresh(self, info: Info, input: RefreshInput) -> SignInResult:
        return await SignedIn.answer(info, await signing_in.refresh(refresh_token=input.refresh_token))

    @strawberry.mutation(description="End this session, or all of yours. Problems: UNAUTHENTICATED, NOT_FOUND.")
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

    @strawberry.mutation(description="Set or change your password. Problems: INVALID, WRONG_PASSWORD, RATE_LIMITED.")
    @intent
    async def set_password(self, info: Info, input: SetPasswordInput) -> AccountResult:
        row = await signing_in.set_password(info.context.actor, password=input.password, current=input.current)
        return Account.of(row)


@finds("Account")
async def find_account(info: Info, id: UUID) -> Account | None:
    actor = info.context.actor
    may_see = actor.account_id == id or actor.holds(Role.NODE_OPERATOR)
    return await account_of(info, id) if may_see else None
