"""Accounts: a person as others see him and as he sees himself."""

from uuid import UUID

import strawberry

from marketplace.identity import models as rows
from marketplace.identity import service
from marketplace.identity.actor import Role
from schema.context import Info
from schema.ids import to_id
from schema.nodes import Node
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
