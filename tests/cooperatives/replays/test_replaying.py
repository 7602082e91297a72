"""A proposed rule tried on a driver co-op's past year: what each member would have had, seen before the vote."""

from datetime import date
from typing import Any

import pytest

from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import NewByLaws
from cooperatives.governance.lifecycle import MotionKind, MotionState, WrongMotionState
from cooperatives.governance.models import Motion
from cooperatives.replays import replaying
from cooperatives.replays.comparing import NothingToReplay
from cooperatives.replays.models import ReplayedMember, RuleReplay
from marketplace.errors import Invalid
from marketplace.identity.actor import Forbidden
from marketplace.identity.models import Account
from marketplace.rules import AgainstTheLaw
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.cooperatives.surplus.test_year import Year, begun, real_clock_after
from tests.counting import count_statements
from tests.deliveries.test_over_http import token_of

__all__ = ["real_clock_after"]
pytestmark = pytest.mark.anyio

#: A quarter of the surplus moves from the reserve to members' business.
MORE = {ByLaw.SURPLUS_RESERVE: 1_500, ByLaw.SURPLUS_PATRONAGE: 5_000}


async def proposed(year: Year, values: dict[ByLaw, int], kind: MotionKind = MotionKind.BY_LAWS) -> Motion:
    details = NewByLaws(values, date(2027, 4, 1)).as_json() if kind is MotionKind.BY_LAWS else {}
    by = year.at.members[1][1].account_id
    return await Motion.create(
        cooperative_id=year.id, kind=kind, title="Perubahan", text="-", details=details, proposed_by=by
    )


def months(first: int = 1, last: int = 12) -> dict[str, Any]:
    return {"first_month": date(2026, first, 15), "last_month": date(2026, last, 1)}


async def test_each_member_sees_what_he_would_have_had(db: object) -> None:
    year = await begun()
    (ani, _), (budi, writer), (cici, _) = year.at.members
    await year.lock()
    motion = await proposed(year, MORE | {ByLaw.SAVINGS_MANDATORY_MONTHLY: 30_000})
    row = await replaying.replay_motion(writer, motion_id=motion.pk, **months(), carrier_share_bp=5_000, key="r")
    again = await replaying.replay_motion(writer, motion_id=motion.pk, **months(), carrier_share_bp=5_000, key="r")
    assert again.pk == row.pk
    assert row.pools["RESERVE"] == [4_000_000, 1_500_000]
    assert row.parts["PATRONAGE"] == [2_500_000, 5_000_000]
    assert row.parts["CAPITAL"] == [2_000_000, 2_000_000]
    lines = {line.membership_id: line for line in await ReplayedMember.filter(replay_id=row.pk)}
    assert lines[ani.pk].parts["PATRONAGE"] == [1_875_000, 3_750_000]
    # Ani's jobs cost 6,000,000 + 9,000,000, Budi's 2,000,000 + 4,000,000: half of it each.
    assert lines[ani.pk].parts["DELIVERIES"] == [6_000_000, 7_500_000]
    assert lines[budi.pk].parts["DELIVERIES"] == [2_000_000, 3_000_000]
    assert lines[ani.pk].gained == 1_875_000 + 1_500_000
    assert (lines[cici.pk].gained, lines[cici.pk].excluded_before) == (0, "FEW_TRANSACTIONS")
    assert row.better + row.worse + row.same == len(lines)
    # the pools hold the same surplus before and after
    assert {sum(pool[when] for pool in row.pools.values()) for when in (0, 1)} == {10_000_000}


async def test_what_cannot_be_tried_is_refused(db: object) -> None:
    year = await begun()
    writer = year.at.members[1][1]
    motion = await proposed(year, MORE)

    async def tried(of: Motion, who: Any = writer, **asked: Any) -> RuleReplay:
        return await replaying.replay_motion(who, motion_id=of.pk, **{**months(), "key": "x", **asked})

    with pytest.raises(Invalid, match="see the fields"):
        await tried(motion)  # not locked yet
    await year.lock()
    for refused, of, asked in (
        (Invalid, motion, {"first_month": date(2024, 1, 1)}),
        (Invalid, motion, {"carrier_share_bp": 10_001}),
        (NothingToReplay, await proposed(year, {ByLaw.MEETING_NOTICE: 14}), {}),
        (NothingToReplay, await proposed(year, {}, MotionKind.OTHER), {}),
        (AgainstTheLaw, await proposed(year, {ByLaw.SURPLUS_RESERVE: 4_500}), {}),
    ):
        with pytest.raises(refused):
            await tried(of, **asked)
    with pytest.raises(Forbidden):
        await tried(motion, who=year.at.members[0][1])
    await Motion.filter(pk=motion.pk).update(state=MotionState.VOTING)
    with pytest.raises(WrongMotionState):
        await tried(motion)
    assert await RuleReplay.all().count() == 0


REPLAY = """
query ($id: ID!) { node(id: $id) { ... on Motion { replay {
  beginsOn endsOn better worse same pools { pool before after } totals { part before after }
  rules { name value } mine { gained amounts { part before after } }
  MEMBERS
} } } }
"""


async def test_a_member_reads_his_own_line_and_officers_every_one(graphql: GraphQL) -> None:
    year = await begun()
    await year.lock()
    motion = await proposed(year, MORE)
    await replaying.replay_motion(year.treasurer, motion_id=motion.pk, **months(), key="r")
    officer, member = [
        await token_of(await Account.get(pk=who.account_id)) for who in (year.treasurer, year.at.members[0][1])
    ]
    asked = {"id": to_id("Motion", motion.pk)}
    own = (await graphql(REPLAY.replace("MEMBERS", ""), asked, member))["data"]["node"]["replay"]
    assert own["mine"]["gained"] == 1_875_000
    assert {rule["value"] for rule in own["rules"] if rule["name"] == "surplus.reserve"} == {4_000, 1_500}
    lines = REPLAY.replace("MEMBERS", "members(first: 100) { nodes { gained member { number } } }")
    assert (await graphql(lines, asked, member))["data"]["node"]["replay"] is None
    with count_statements() as few:
        shown = (await graphql(lines, asked, officer))["data"]["node"]["replay"]["members"]["nodes"]
    assert sum(line["gained"] for line in shown) == 2_500_000
    replay = await RuleReplay.get(motion_id=motion.pk)
    (some, *_) = await ReplayedMember.filter(replay_id=replay.pk)
    await ReplayedMember.filter(replay_id=replay.pk).exclude(pk=some.pk).delete()
    with count_statements() as one:
        await graphql(lines, asked, officer)
    assert one.number == few.number
