"""Who may do what with accounts, co-ops, members, offices and alliances; where refused, nothing changed."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cooperatives.membership import offices, service
from cooperatives.membership.models import Alliance, Cooperative, CooperativeKind, Membership, OfficeChange
from marketplace.database import new_id, transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import SYSTEM, Role
from marketplace.identity.models import Account, ApiKey, NumberChange, RoleGrant
from schema.ids import to_id
from tests.cooperatives.membership.people import acting, cooperative, person

pytestmark = pytest.mark.anyio
Ask = Callable[..., Awaitable[dict[str, Any]]]

#: Who asks: the roles that he holds in the co-op it is about, in another one, or on the node.
PEOPLE = {
    "nobody": None,
    "stranger": (),
    "seller owner": ((Role.SELLER_OWNER, "own"),),
    "seller staff": ((Role.SELLER_STAFF, "own"),),
    "driver": ((Role.MEMBER, "own"), (Role.DRIVER, "own")),
    "member": ((Role.MEMBER, "own"),),
    "dispatcher": ((Role.MEMBER, "own"), (Role.DISPATCHER, "own")),
    "other co-op's chair": ((Role.CHAIR, "other"),),
    "chair": ((Role.MEMBER, "own"), (Role.CHAIR, "own")),
    "secretary": ((Role.MEMBER, "own"), (Role.SECRETARY, "own")),
    "pengawas": ((Role.SUPERVISOR, "own"),),
    "platform representative": ((Role.PLATFORM_REPRESENTATIVE, None),),
    "government supervisor": ((Role.GOVERNMENT_SUPERVISOR, None),),
    "node operator": ((Role.NODE_OPERATOR, None),),
}
EVERYONE_SIGNED_IN = set(PEOPLE) - {"nobody"}

#: Each operation, and who may; all others are refused.
MAY: dict[str, set[str]] = {
    "suspendAccount": {"node operator"},
    "reinstateAccount": {"node operator"},
    "foundCooperative": {"node operator"},
    "suspendCooperative": {"node operator"},
    "reinstateCooperative": {"node operator"},
    "approveMembership": {"chair", "secretary"},
    "refuseMembership": {"chair", "secretary"},
    "endMembership": {"chair", "secretary"},
    "grantOffice": {"chair", "node operator"},
    "endOffice": {"chair", "node operator"},
    "confirmOffice": {"chair", "secretary"},
    "withdrawOffice": {"chair", "secretary"},
    "proposeAlliance": {"chair", "secretary"},
    "agreeAlliance": {"other co-op's chair"},
    "endAlliance": {"chair", "secretary", "other co-op's chair"},
    "approveNumberChange": {"chair", "secretary"},
    "cancelNumberChange": {"chair", "secretary"},
    "createApiKey": EVERYONE_SIGNED_IN,
    "applyForMembership": EVERYONE_SIGNED_IN,
}
REFUSALS = {"UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"}
TABLES = (Account, ApiKey, NumberChange, RoleGrant, Cooperative, Membership, OfficeChange, Alliance)


class Town:
    """What the operations are about: a co-op, another one, and something waiting in each way."""

    async def prepare(self) -> dict[str, dict[str, Any]]:
        self.own, officers = await cooperative("DRV")
        self.other, _ = await cooperative("FOD", CooperativeKind.FOOD)
        third, _ = await cooperative("LOG", CooperativeKind.LOGISTICS)
        applied = await service.apply_for_membership(await acting(await person()), cooperative_id=self.own.pk)
        member = await person()
        joined = await service.apply_for_membership(await acting(member), cooperative_id=self.own.pk)
        await service.approve_membership(SYSTEM, membership_id=joined.pk)
        held = await person()
        holder = await service.apply_for_membership(await acting(held), cooperative_id=self.own.pk)
        await service.approve_membership(SYSTEM, membership_id=holder.pk)
        await offices.grant_office(SYSTEM, cooperative_id=self.own.pk, account_id=held.pk, role=Role.UNIT_MANAGER)
        change = await offices.grant_office(
            await acting(officers[Role.CHAIR]), cooperative_id=self.own.pk, account_id=member.pk, role=Role.TREASURER
        )
        alliance = await service.propose_alliance(
            SYSTEM,
            as_cooperative_id=self.own.pk,
            seller_cooperative_id=self.other.pk,
            carrier_cooperative_id=self.own.pk,
            carrier_share_bp=9_000,
        )
        number = await NumberChange.create(
            account_id=member.pk, cooperative_id=self.own.pk, old_phone=member.phone, new_phone="+6281311110000"
        )
        id, own = to_id, to_id("Cooperative", self.own.pk)
        founders = [id("Account", (await person()).pk) for _ in range(3)]
        office = {"cooperativeId": own, "accountId": id("Account", member.pk), "role": "DISPATCHER"}
        return {
            "suspendAccount": {"id": id("Account", held.pk), "reason": "x"},
            "reinstateAccount": {"id": id("Account", held.pk)},
            "foundCooperative": {
                "slug": "baru",
                "code": "BARU",
                "name": "Baru",
                "kind": "FOOD",
                "regionCode": "35.78",
                **dict(zip(("chairId", "secretaryId", "treasurerId"), founders, strict=True)),
            },
            "suspendCooperative": {"id": id("Cooperative", third.pk), "reason": "x"},
            "reinstateCooperative": {"id": id("Cooperative", third.pk)},
            "approveMembership": {"id": id("Membership", applied.pk)},
            "refuseMembership": {"id": id("Membership", applied.pk), "reason": "x"},
            "endMembership": {"id": id("Membership", joined.pk), "reason": "x"},
            "grantOffice": office,
            "endOffice": {"cooperativeId": own, "accountId": id("Account", held.pk), "role": "UNIT_MANAGER"},
            "confirmOffice": {"id": id("OfficeChange", change.pk)},
            "withdrawOffice": {"id": id("OfficeChange", change.pk)},
            "proposeAlliance": {
                "asCooperativeId": own,
                "sellerCooperativeId": id("Cooperative", third.pk),
                "carrierCooperativeId": own,
                "carrierShare": 9_000,
            },
            "agreeAlliance": {"id": id("Alliance", alliance.pk), "carrierShare": 9_000},
            "endAlliance": {"id": id("Alliance", alliance.pk)},
            "approveNumberChange": {"id": id("NumberChange", number.pk)},
            "cancelNumberChange": {"id": id("NumberChange", number.pk)},
            "createApiKey": {"name": "Kasir", "scopes": ["SELL"]},
            "applyForMembership": {"cooperativeId": id("Cooperative", third.pk)},
        }

    async def enter(self, roles: tuple[tuple[Role, str | None], ...]) -> str:
        """A token of someone new who holds these roles."""
        account = await person()
        where = {"own": self.own.pk, "other": self.other.pk, None: None}
        async with transaction():
            for role, place in roles:
                shop = new_id() if role in {Role.SELLER_OWNER, Role.SELLER_STAFF} else None
                await identity.grant_role(account.pk, role, cooperative_id=where[place], seller_id=shop)
        return (await identity.issue_tokens(account)).access_token


async def state() -> dict[str, list[dict[str, Any]]]:
    return {table.__name__: await table.all().order_by("id").values() for table in TABLES}


@pytest.mark.parametrize("operation", MAY)
async def test_who_may(graphql: Ask, operation: str) -> None:
    town = Town()
    input = (await town.prepare())[operation]
    name = operation[0].upper() + operation[1:] + "Input"
    query = f"mutation($input: {name}!) {{ {operation}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
    tokens = {who: await town.enter(roles) if roles is not None else "" for who, roles in PEOPLE.items()}
    for who in sorted(set(PEOPLE) - MAY[operation]):
        before = await state()
        answer = (await graphql(query, {"input": input}, token=tokens[who]))["data"][operation]
        assert answer.get("code") in REFUSALS, (who, answer)
        assert await state() == before, who
    allowed = sorted(MAY[operation])[0]
    answer = (await graphql(query, {"input": input}, token=tokens[allowed]))["data"][operation]
    assert answer["__typename"] != "Problem", (allowed, answer)
