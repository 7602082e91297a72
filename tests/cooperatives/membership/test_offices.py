"""Offices: who gives them, and that power over money takes two."""

import pytest

from cooperatives.membership import offices, service
from cooperatives.membership.models import Cooperative, OfficeChange, OfficeChangeState
from marketplace.errors import Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import SYSTEM, Forbidden, Grant, Role
from marketplace.identity.models import Account, AuditEntry
from tests.cooperatives.membership.people import acting, cooperative, person

pytestmark = pytest.mark.anyio


async def member(founded: Cooperative) -> Account:
    account = await person()
    applied = await service.apply_for_membership(await acting(account), cooperative_id=founded.pk)
    await service.approve_membership(SYSTEM, membership_id=applied.pk)
    return account


async def test_the_chair_gives_an_office_without_power_over_money_alone(db: object) -> None:
    founded, officers = await cooperative()
    chair, budi = await acting(officers[Role.CHAIR]), await member(founded)
    change = await offices.grant_office(chair, cooperative_id=founded.pk, account_id=budi.pk, role=Role.DISPATCHER)
    assert change.state is OfficeChangeState.DONE
    assert Grant(Role.DISPATCHER, founded.pk) in (await acting(budi)).grants
    entry = await AuditEntry.filter(account_id=budi.pk, action="role.granted").order_by("-id").first()
    assert entry is not None
    assert (entry.actor_id, entry.detail["role"]) == (chair.account_id, "DISPATCHER")


async def test_power_over_money_waits_for_a_second_officer(db: object) -> None:
    founded, officers = await cooperative()
    chair, budi = await acting(officers[Role.CHAIR]), await member(founded)
    where = {"cooperative_id": founded.pk, "account_id": budi.pk, "role": Role.TREASURER}
    change = await offices.grant_office(chair, **where)  # type: ignore[arg-type]  # a dict of mixed values
    again = await offices.grant_office(chair, **where)  # type: ignore[arg-type]  # idem
    assert (again.pk, change.state) == (change.pk, OfficeChangeState.PROPOSED)
    with pytest.raises(Forbidden):
        await offices.confirm_office(chair, change_id=change.pk)
    with pytest.raises(NotFound):
        await offices.confirm_office(await acting(budi), change_id=change.pk)
    assert Grant(Role.TREASURER, founded.pk) not in (await acting(budi)).grants
    second = await acting(officers[Role.SECRETARY])
    done = await offices.confirm_office(second, change_id=change.pk)
    assert (done.proposed_by, done.confirmed_by) == (chair.account_id, second.account_id)
    assert Grant(Role.TREASURER, founded.pk) in (await acting(budi)).grants


async def test_a_proposal_turned_down_can_not_be_confirmed(db: object) -> None:
    founded, officers = await cooperative()
    budi = await member(founded)
    change = await offices.grant_office(
        await acting(officers[Role.CHAIR]), cooperative_id=founded.pk, account_id=budi.pk, role=Role.TREASURER
    )
    second = await acting(officers[Role.TREASURER])
    await offices.withdraw_office(second, change_id=change.pk)
    with pytest.raises(offices.WrongOfficeState):
        await offices.confirm_office(second, change_id=change.pk)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.DRIVER, Role.SELLER_OWNER, Role.NODE_OPERATOR])
async def test_what_is_no_office_is_not_given(db: object, role: Role) -> None:
    founded, officers = await cooperative()
    with pytest.raises(Invalid):
        await offices.grant_office(
            await acting(officers[Role.CHAIR]),
            cooperative_id=founded.pk,
            account_id=(await member(founded)).pk,
            role=role,
        )


async def test_only_members_hold_offices_and_pengawas_are_no_officers(db: object) -> None:
    founded, officers = await cooperative()
    chair, budi = await acting(officers[Role.CHAIR]), await member(founded)
    with pytest.raises(Invalid):
        await offices.grant_office(
            chair, cooperative_id=founded.pk, account_id=(await person()).pk, role=Role.DISPATCHER
        )
    await offices.grant_office(chair, cooperative_id=founded.pk, account_id=budi.pk, role=Role.SUPERVISOR)
    with pytest.raises(Invalid):
        await offices.grant_office(SYSTEM, cooperative_id=founded.pk, account_id=budi.pk, role=Role.TREASURER)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.TREASURER, Role.MEMBER])
async def test_others_than_the_chair_give_nothing(db: object, role: Role) -> None:
    founded, officers = await cooperative()
    giver = officers.get(role) or await member(founded)
    with pytest.raises(MarketplaceError):
        await offices.grant_office(
            await acting(giver),
            cooperative_id=founded.pk,
            account_id=(await member(founded)).pk,
            role=Role.DISPATCHER,
        )
    assert await OfficeChange.all().count() == 0


async def test_an_office_is_laid_down_alone(db: object) -> None:
    founded, officers = await cooperative()
    treasurer = officers[Role.TREASURER]
    change = await offices.end_office(
        await acting(treasurer), cooperative_id=founded.pk, account_id=treasurer.pk, role=Role.TREASURER
    )
    assert change.state is OfficeChangeState.DONE
    assert Grant(Role.TREASURER, founded.pk) not in (await acting(treasurer)).grants
