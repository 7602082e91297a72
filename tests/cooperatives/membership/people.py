"""People and co-ops that stand before a story begins."""

from cooperatives.membership import service
from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace.identity import service as identity
from marketplace.identity.actor import SYSTEM, Actor, Role
from marketplace.identity.models import Account

_count = 0


async def person(name: str = "Budi") -> Account:
    """Someone new with a phone of his own."""
    global _count
    _count += 1
    return await identity.find_or_create_account(f"+62812{_count:08d}", name)


async def acting(account: Account) -> Actor:
    """The account as it acts now, with the roles that it holds now."""
    return await identity.authenticate((await identity.issue_tokens(account)).access_token)


async def cooperative(
    code: str = "DRV", kind: CooperativeKind = CooperativeKind.DRIVER
) -> tuple[Cooperative, dict[Role, Account]]:
    """A co-op with its three officers."""
    officers = {role: await person(role.value.title()) for role in (Role.CHAIR, Role.SECRETARY, Role.TREASURER)}
    founded = await service.found_cooperative(
        SYSTEM,
        slug=f"koperasi-{code.lower()}",
        code=code,
        name=f"Koperasi {code}",
        kind=kind,
        region_code="35.78",
        officers={role: account.pk for role, account in officers.items()},
    )
    return founded, officers
