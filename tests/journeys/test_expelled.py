"""A member is expelled against his will, over the API: told, heard, decided on by two, and judged by the meeting."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from cooperatives.departures import ruling as ruling_service
from cooperatives.departures.lifecycle import ExpulsionWrongState
from cooperatives.departures.models import Departure, Expulsion
from cooperatives.governance import deciding, motions, voting
from cooperatives.governance.details import Ruling
from cooperatives.governance.models import Motion
from cooperatives.membership.categories import EndCause
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings import service as savings
from marketplace import checks, clock
from marketplace.database import new_id
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, Role
from marketplace.identity.models import Account
from marketplace.outbox import OutboxEvent
from schema.ids import from_id, to_id
from tests.conftest import GraphQL
from tests.cooperatives.dues.stage import TODAY, Stage, stage
from tests.cooperatives.governance.hall import Hall
from tests.cooperatives.loans.unit import on
from tests.cooperatives.membership.people import acting
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
WANTED = "__typename ... on Expulsion { id state reference appealUntil } ... on Problem { code message }"


class Case:
    """A co-op of eight, a member who saved Rp 900,000, and his expulsion as it goes."""

    def __init__(self, at: Stage, graphql: GraphQL) -> None:
        self.at, self.graphql, self.expulsion, self.reference = at, graphql, "", ""
        self.accused, self.acting = at.members[0]

    async def do(self, who: Actor, mutation: str, **input: Any) -> dict[str, Any]:
        """The expulsion after it, or why not."""
        name = mutation[0].upper() + mutation[1:] + "Input"
        query = f"mutation($input: {name}!) {{ {mutation}(input: $input) {{ {WANTED} }} }}"
        token = await token_of(await Account.get(pk=who.account_id))
        if self.expulsion:
            input["id"] = self.expulsion
        answer = await self.graphql(query, {"input": input}, token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][mutation]
        return found

    async def state(self, who: Actor, mutation: str, **input: Any) -> str:
        found = await self.do(who, mutation, **input)
        return str(found.get("state", found.get("code")))

    async def appealed(self) -> None:
        """Told, heard with his defence, decided by two, appealed."""
        chair, treasurer = self.at.at.chair, self.at.at.treasurer
        heard_on = TODAY + timedelta(15)
        called = await self.do(
            chair,
            "callToHearing",
            membershipId=to_id("Membership", self.accused.pk),
            grounds="Tiga kali tidak menyetorkan uang tunai.",
            hearingAt=f"{heard_on}T05:00:00Z",
            place="Kantor",
            idempotencyKey="call",
        )
        self.expulsion, self.reference = called["id"], called["reference"]
        assert called["state"] == "CALLED"
        minutes = {"wasPresent": True, "minutes": "Ia menjelaskan."}
        assert await self.state(chair, "recordHearing", **minutes) == "WRONG_STATE"  # before its day
        assert await self.state(self.acting, "writeDefence", defence="Sudah saya setor keesokan harinya.") == "CALLED"
        on(heard_on)
        assert await self.state(chair, "recordHearing", **minutes) == "HEARD"
        assert await self.state(chair, "decideExpulsion", decision="Diberhentikan.") == "PROPOSED"
        assert await self.state(chair, "decideExpulsion", decision="Diberhentikan.") == "FORBIDDEN"
        assert await self.state(treasurer, "decideExpulsion", decision="Setuju.") == "DECIDED"
        assert await self.state(self.acting, "appealExpulsion", appeal="Mohon rapat memutus.") == "APPEALED"

    async def meeting(self, title: str, *, is_adopted: bool = True) -> str:
        """What a members' meeting said to a motion of this title: the motion."""
        hall = Hall(self.at.at.cooperative, {Role.CHAIR: self.at.at.chair})
        return await self.decided(await hall.draft(title=title), is_adopted=is_adopted)

    async def decided(self, motion: Motion, *, is_adopted: bool) -> str:
        """What a members' meeting said to this draft: the motion."""
        rows = await Membership.filter(cooperative_id=self.at.id, state=MembershipState.ACTIVE)
        hall = Hall(self.at.at.cooperative, {Role.CHAIR: self.at.at.chair}, memberships=[row.pk for row in rows])
        await hall.gathered(motion)
        await motions.open_vote(hall.chair, motion_id=motion.pk, is_secret=False)
        choice = ["FOR" if is_adopted else "AGAINST"]
        for row in rows:
            voter = await acting(await Account.get(pk=row.account_id))
            await voting.cast_vote(voter, motion_id=motion.pk, choice=choice, key=str(new_id()))
        await deciding.close_vote(hall.chair, motion_id=motion.pk)
        return to_id("Motion", motion.pk)

    async def saved(self) -> int:
        return sum((await savings.saved_by([self.accused.pk]))[self.accused.pk].values())

    async def is_member(self) -> bool:
        return (await Membership.get(pk=self.accused.pk)).state is MembershipState.ACTIVE


@pytest.fixture
async def case(graphql: GraphQL) -> AsyncIterator[Case]:
    on(TODAY)
    at = await stage(5)
    made = Case(at, graphql)
    await savings.start_savings(at.at.chair, cooperative_id=at.id, first_month=TODAY, key="start")
    kind = savings.SavingsKind.VOLUNTARY
    product = await savings.open_product(
        at.at.treasurer, cooperative_id=at.id, kind=kind, name="Sukarela", rate_bp=0, key="p"
    )
    own = await savings.open_savings(made.acting, membership_id=made.accused.pk, product_id=product.pk, key="o")
    await savings.deposit_cash(at.at.treasurer, savings_id=own.pk, amount=900_000, key="d")
    await made.appealed()
    yield made
    assert [found async for found in checks.findings()] == []
    clock.use(None)


async def test_the_meeting_upholds_it_and_his_savings_are_settled(case: Case) -> None:
    chair, treasurer = case.at.at.chair, case.at.at.treasurer
    of_another = await case.meeting("Renovasi kantor")
    assert await case.state(chair, "upholdExpulsion", motionId=of_another) == "INVALID"
    lost = await case.meeting(f"Menguatkan {case.reference}", is_adopted=False)
    assert await case.state(chair, "upholdExpulsion", motionId=lost) == "WRONG_STATE"
    assert await case.is_member()
    early = await case.meeting(f"Menguatkan {case.reference}")
    await Motion.filter(pk=from_id("Motion", early)).update(decided_at=clock.now() - timedelta(365))
    assert await case.state(chair, "upholdExpulsion", motionId=early) == "INVALID"  # decided before the appeal
    adopted = await case.meeting(f"Menguatkan pemberhentian {case.reference}")
    assert await case.state(case.acting, "upholdExpulsion", motionId=adopted) == "NOT_FOUND"
    assert await case.state(treasurer, "upholdExpulsion", motionId=adopted) == "FINAL"
    assert await case.state(treasurer, "upholdExpulsion", motionId=adopted) == "WRONG_STATE"
    assert not await case.is_member()
    left = await Departure.get(membership_id=case.accused.pk)
    assert (left.cause, left.saved, await case.saved()) == (EndCause.EXPELLED, 900_000, 900_000)


async def test_the_meeting_overturns_it_and_he_stays(case: Case) -> None:
    chair = case.at.at.chair
    assert await case.state(chair, "dropExpulsion") == "INVALID"  # no officer alone, after an appeal
    adopted = await case.meeting(f"Membatalkan {case.reference}")
    assert await case.state(chair, "dropExpulsion", motionId=adopted) == "DROPPED"
    assert await case.state(chair, "upholdExpulsion", motionId=adopted) == "WRONG_STATE"
    assert await case.is_member()
    assert await Departure.exists() is False
    assert (await Motion.get(pk=from_id("Motion", adopted))).decided_at is not None


@pytest.mark.parametrize(("ruling", "state"), [(Ruling.UPHOLD, "FINAL"), (Ruling.OVERTURN, "DROPPED")])
async def test_what_the_meeting_adopts_is_carried_out(case: Case, ruling: Ruling, state: str) -> None:
    asked = {"expulsion_id": from_id("Expulsion", case.expulsion), "text": "Sudah kami dengar.", "key": "ruling"}
    chair = case.at.at.chair
    with pytest.raises(ExpulsionWrongState):  # it was decided already
        await ruling_service.draft_ruling(chair, ruling=Ruling.EXPEL, **asked)
    with pytest.raises(NotFound):
        await ruling_service.draft_ruling(case.at.members[1][1], ruling=ruling, **asked)
    motion = await ruling_service.draft_ruling(chair, ruling=ruling, **asked)
    assert case.reference in motion.title
    await case.decided(motion, is_adopted=True)
    event = await OutboxEvent.filter(event="motion.decided", aggregate_id=motion.pk).order_by("id").first()
    assert event is not None
    for _ in range(2):
        await ruling_service.on_decided(None, event)
    row = await Expulsion.get(pk=asked["expulsion_id"])
    assert (row.state, row.appeal_motion_id) == (state, motion.pk)
    assert await case.is_member() is (ruling is Ruling.OVERTURN)
