"""Replays as voters see them: all the sums, each member his own line, officers and pengawas every one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.ledger.reading import may_read
from cooperatives.replays.models import ReplayedMember, RuleReplay
from marketplace.batches import rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id


async def replays_by_motion(ids: Sequence[UUID]) -> Mapping[UUID, RuleReplay]:
    """The latest replay of each of these motions. One statement. Who sees a motion sees its replay."""
    return {row.motion_id: row for row in await rows_by(RuleReplay, "motion_id", set(ids), order="id")}


async def own_line(actor: Actor, replay: RuleReplay) -> ReplayedMember | None:
    """The actor's own line; None: he was no member in those days."""
    if actor.account_id is None:
        return None
    return await ReplayedMember.filter(replay_id=replay.pk, account_id=actor.account_id).first()


async def lines_of(actor: Actor, replay: RuleReplay, *, first: int, after: str | None) -> Page[ReplayedMember]:
    """Every member's line, for who reads the co-op's books. Raises NotFound."""
    if not may_read(actor, replay.cooperative_id):
        raise NotFound("replay")
    return await page_by_id(ReplayedMember.filter(replay_id=replay.pk), first=first, after=after, newest_first=False)
