"""Founding, joining and allying co-ops: what comes of it, and who may."""

import asyncio
from typing import Any

import pytest

from cooperatives.departures import service as departures
from cooperatives.membership import service
from cooperatives.membership.alliances import WrongAllianceState
from cooperatives.membership.founding import CooperativeExists
from cooperatives.membership.joining import AlreadyMember, CooperativeSuspended, WrongMembershipState
from cooperatives.membership.models import (
    Alliance,
    AllianceState,
    Cooperative,
    CooperativeKind,
    CooperativeLevel,
    Membership,
    MembershipState,
)
from marketplace import clock
from marketplace.database import new_id
from marketplace.errors import Conflict, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import NOBODY, OFFICERS, SYSTEM, Actor, Forbidden, Grant, Role, Unauthenticated
from marketplace.identity.models import Account
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.membership.people import acting, cooperative, person

pytestmark = pytest.mark.anyio


async def test_founders_are_the_first_members_and_hold_their_offices(db: object) -> None:
    founded, officers = await cooperative()
    register = await Membership.filter(cooperative_id=founded.pk).order_by("number")
    assert [row.number for row in register] == [1, 2, 3]
    for role, account in officers.items():
        held = {grant.role for grant in (await acting(account)).grants}
        assert held == {role, Role.MEMBER}


async def founding(others: list[Account], level: CooperativeLevel = CooperativeLevel.PRIMARY) -> Cooperative:
    officers = {role: (await person(role.value)).pk for role in OFFICERS}
    return await service.found_cooperative(
        SYSTEM,
        slug=f"baru-{len(others)}",
        code="BARU",
        name="Koperasi Baru",
        kind=CooperativeKind.DRIVER,
        level=level,
        region_code="35.78",
        officers=officers,
        founders=[account.pk for account in others],
    )


async def test_eight_founders_are_refused_with_the_article_and_nine_are_not(db: object) -> None:
    others = [await person(f"Pendiri {number}") for number in range(6)]
    with pytest.raises(
        AgainstTheLaw, match=r"8 founders: at least 9 people.*UU 11/2020 Cipta Kerja art\. 86"
    ) as refused:
        await founding(others[:5])
    assert "pasal 86" in refused.value.message("id")
    assert not await Cooperative.exists(code="BARU")
    founded = await founding(others)
    register = await Membership.filter(cooperative_id=founded.pk).order_by("number")
    assert [row.number for row in register] == list(range(1, 10))


async def test_a_secondary_co_op_is_founded_by_three_co_ops(db: object) -> None:
    chairs = [(await cooperative(code))[1][Role.CHAIR] for code in ("ONE", "TWO", "THR")]
    with pytest.raises(AgainstTheLaw, match=r"2 founders: at least 3 co-ops.*UU 25/1992 art\. 6"):
        await founding(chairs[:2], CooperativeLevel.SECONDARY)
    assert await founding(chairs, CooperativeLevel.SECONDARY)


async def test_a_slug_or_code_is_given_once(db: object) -> None:
    await cooperative("DRV")
    with pytest.raises(CooperativeExists):
        await cooperative("DRV")
    assert await Cooperative.all().count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Koperasi Ojek"),
        ("code", "d"),
        ("name", "  "),
        ("region_code", "Surabaya"),
        ("commission_bp", 10_001),
        ("carrier_share_bp", -1),
        ("registration_number", "12"),
        ("officers", {}),
    ],
)
async def test_a_wrong_field_is_named(db: object, field: str, value: Any) -> None:
    officers = {role: (await person()).pk for role in OFFICERS}
    good: dict[str, Any] = {
        "slug": "ojek",
        "code": "OJK",
        "name": "Ojek",
        "kind": CooperativeKind.DRIVER,
        "region_code": "35.78",
        "officers": officers,
    }
    with pytest.raises(Invalid) as refused:
        await service.found_cooperative(SYSTEM, **{**good, field: value})
    assert len(refused.value.faults) == 1
    assert await Cooperative.all().count() == 0


async def test_only_the_operator_founds(db: object) -> None:
    account = await person()
    for actor in (await acting(account), Actor(account.pk, grants=frozenset({Grant(Role.CHAIR, new_id())}))):
        with pytest.raises(Forbidden):
            await service.found_cooperative(
                actor, slug="x", code="XX", name="x", kind=CooperativeKind.FOOD, region_code="35", officers={}
            )


async def test_an_applicant_becomes_a_member_with_the_next_number(db: object) -> None:
    founded, officers = await cooperative()
    budi = await person()
    applied = await service.apply_for_membership(await acting(budi), cooperative_id=founded.pk)
    again = await service.apply_for_membership(await acting(budi), cooperative_id=founded.pk)
    assert again.pk == applied.pk
    approved = await service.approve_membership(await acting(officers[Role.CHAIR]), membership_id=applied.pk)
    assert (approved.state, approved.number) == (MembershipState.ACTIVE, 4)
    assert Grant(Role.MEMBER, founded.pk) in (await acting(budi)).grants
    assert [row.cooperative_id for row in await service.member_of(budi.pk)] == [founded.pk]
    with pytest.raises(AlreadyMember):
        await service.apply_for_membership(await acting(budi), cooperative_id=founded.pk)


async def test_numbers_are_given_once_each_to_applicants_approved_at_once(db: object) -> None:
    founded, officers = await cooperative()
    chair = await acting(officers[Role.CHAIR])
    applications = [
        await service.apply_for_membership(await acting(await person()), cooperative_id=founded.pk) for _ in range(8)
    ]
    approved = await asyncio.gather(
        *(service.approve_membership(chair, membership_id=row.pk) for row in applications)
    )
    assert sorted(row.number or 0 for row in approved) == list(range(4, 12))


async def test_who_is_refused_reads_why_and_may_apply_again(db: object) -> None:
    founded, officers = await cooperative()
    chair, budi = await acting(officers[Role.CHAIR]), await acting(await person())
    applied = await service.apply_for_membership(budi, cooperative_id=founded.pk)
    with pytest.raises(Invalid):
        await service.refuse_membership(chair, membership_id=applied.pk, reason=" ")
    refused = await service.refuse_membership(chair, membership_id=applied.pk, reason="Belum lengkap")
    assert (refused.state, refused.reason) == (MembershipState.REFUSED, "Belum lengkap")
    with pytest.raises(WrongMembershipState):
        await service.approve_membership(chair, membership_id=applied.pk)
    again = await service.apply_for_membership(budi, cooperative_id=founded.pk)
    assert (again.pk, again.state, again.reason) == (applied.pk, MembershipState.APPLIED, None)


async def test_leaving_takes_the_roles_along_and_keeps_the_number(db: object) -> None:
    founded, officers = await cooperative()
    chair, budi = await acting(officers[Role.CHAIR]), await person()
    applied = await service.apply_for_membership(await acting(budi), cooperative_id=founded.pk)
    await service.approve_membership(chair, membership_id=applied.pk)
    await departures.end_membership(await acting(budi), membership_id=applied.pk, reason="Pindah kota")
    assert (await acting(budi)).grants == frozenset()
    await service.apply_for_membership(await acting(budi), cooperative_id=founded.pk)
    assert (await service.approve_membership(chair, membership_id=applied.pk)).number == 4


async def test_an_officer_lays_down_the_office_before_leaving(db: object) -> None:
    founded, officers = await cooperative()
    own = await Membership.get(cooperative_id=founded.pk, account_id=officers[Role.CHAIR].pk)
    with pytest.raises(Invalid):
        await departures.end_membership(await acting(officers[Role.CHAIR]), membership_id=own.pk, reason="Lelah")


async def test_a_suspended_co_op_takes_nobody_in(db: object) -> None:
    founded, _ = await cooperative()
    await Cooperative.filter(pk=founded.pk).update(suspended_at=clock.now())
    with pytest.raises(CooperativeSuspended):
        await service.apply_for_membership(await acting(await person()), cooperative_id=founded.pk)
    with pytest.raises(NotFound):
        await service.apply_for_membership(await acting(await person()), cooperative_id=new_id())


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("nobody", Unauthenticated),
        ("stranger", NotFound),
        ("applicant", NotFound),
        ("member", NotFound),
        ("driver", NotFound),
        ("pengawas", NotFound),
        ("other co-op's officer", NotFound),
        ("platform representative", NotFound),
        ("government supervisor", NotFound),
        ("node operator", NotFound),
        ("own officer", None),
    ],
)
async def test_who_may_decide_on_an_application(db: object, who: str, refusal: type[MarketplaceError] | None) -> None:
    founded, _ = await cooperative("DRV")
    other, _ = await cooperative("FOD", CooperativeKind.FOOD)
    applicant = await acting(await person())
    applied = await service.apply_for_membership(applicant, cooperative_id=founded.pk)
    grants = {
        "stranger": Grant(Role.SELLER_OWNER, other.pk, new_id()),
        "member": Grant(Role.MEMBER, founded.pk),
        "driver": Grant(Role.DRIVER, founded.pk),
        "pengawas": Grant(Role.SUPERVISOR, founded.pk),
        "other co-op's officer": Grant(Role.CHAIR, other.pk),
        "platform representative": Grant(Role.PLATFORM_REPRESENTATIVE),
        "government supervisor": Grant(Role.GOVERNMENT_SUPERVISOR),
        "node operator": Grant(Role.NODE_OPERATOR),
        "own officer": Grant(Role.TREASURER, founded.pk),
    }
    actor = {"nobody": NOBODY, "applicant": applicant}.get(who) or Actor(new_id(), grants=frozenset({grants[who]}))
    if refusal is None:
        await service.approve_membership(actor, membership_id=applied.pk)
        return
    with pytest.raises(refusal):
        await service.approve_membership(actor, membership_id=applied.pk)
    with pytest.raises(refusal):
        await service.refuse_membership(actor, membership_id=applied.pk, reason="tidak")
    assert (await Membership.get(pk=applied.pk)).state is MembershipState.APPLIED


async def test_an_officer_does_not_approve_himself(db: object) -> None:
    founded, _ = await cooperative()
    account = await person()
    applied = await service.apply_for_membership(await acting(account), cooperative_id=founded.pk)
    himself = Actor(account.pk, grants=frozenset({Grant(Role.SECRETARY, founded.pk)}))
    with pytest.raises(Forbidden):
        await service.approve_membership(himself, membership_id=applied.pk)


async def allied() -> tuple[Alliance, Actor, Actor, dict[str, Any]]:
    drivers, drivers_officers = await cooperative("DRV")
    food, food_officers = await cooperative("FOD", CooperativeKind.FOOD)
    terms = {
        "seller_cooperative_id": food.pk,
        "carrier_cooperative_id": drivers.pk,
        "carrier_share_bp": 9_500,
    }
    food_chair, driver_chair = await acting(food_officers[Role.CHAIR]), await acting(drivers_officers[Role.CHAIR])
    proposed = await service.propose_alliance(food_chair, as_cooperative_id=food.pk, **terms)
    return proposed, food_chair, driver_chair, terms


async def test_an_alliance_is_in_force_when_both_sides_have_signed(db: object) -> None:
    proposed, food_chair, driver_chair, terms = await allied()
    food, drivers = terms["seller_cooperative_id"], terms["carrier_cooperative_id"]
    assert await service.carriers_for(food) == [food]
    with pytest.raises(Forbidden):  # the proposer can't sign for the other side
        await service.agree_alliance(food_chair, alliance_id=proposed.pk, carrier_share_bp=9_500)
    with pytest.raises(Conflict):  # the terms are not those that were read
        await service.agree_alliance(driver_chair, alliance_id=proposed.pk, carrier_share_bp=10_000)
    await service.agree_alliance(driver_chair, alliance_id=proposed.pk, carrier_share_bp=9_500)
    assert await service.carriers_for(food) == [food, drivers]
    assert await service.carries_for(drivers) == [drivers, food]
    assert await service.carrier_terms(food, drivers) == 9_500
    assert await service.carrier_terms(food, food) == 10_000
    with pytest.raises(WrongAllianceState):
        await service.propose_alliance(food_chair, as_cooperative_id=food, **terms)


async def test_an_ended_alliance_carries_no_more_and_may_be_made_anew(db: object) -> None:
    proposed, food_chair, driver_chair, terms = await allied()
    food, drivers = terms["seller_cooperative_id"], terms["carrier_cooperative_id"]
    await service.agree_alliance(driver_chair, alliance_id=proposed.pk, carrier_share_bp=9_500)
    await service.end_alliance(driver_chair, alliance_id=proposed.pk)
    with pytest.raises(NotFound):
        await service.carrier_terms(food, drivers)
    again = await service.propose_alliance(food_chair, as_cooperative_id=food, **terms)
    assert (again.pk, again.state) == (proposed.pk, AllianceState.PROPOSED)


async def test_strangers_know_nothing_of_a_proposal(db: object) -> None:
    proposed, *_ = await allied()
    stranger = await acting(await person())
    with pytest.raises(NotFound):
        await service.agree_alliance(stranger, alliance_id=proposed.pk, carrier_share_bp=9_500)
    with pytest.raises(NotFound):
        await service.end_alliance(stranger, alliance_id=proposed.pk)
    assert await service.visible_alliance(stranger, proposed.pk) is None
