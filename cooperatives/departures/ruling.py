"""The members' meeting rules on an expulsion: a motion of its own kind, and what it says is carried out once adopted.

Locks: the co-op, the expulsion, then what a departure locks.
"""

from typing import Any
from uuid import UUID

import structlog

from cooperatives.departures.expelling import settle
from cooperatives.departures.finishing import finish, tell
from cooperatives.departures.lifecycle import ExpulsionEvent, ExpulsionState, ExpulsionWrongState, after_event
from cooperatives.departures.models import Expulsion
from cooperatives.dues.paying import today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import ExpulsionRuling, Ruling
from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import Motion
from cooperatives.governance.motions import draft_motion
from cooperatives.governance.service import by_laws_on
from cooperatives.membership.joining import lock_cooperative
from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.outbox import OutboxEvent
from marketplace.rules import AgainstTheLaw

#: Where an expulsion stands as the meeting may say so.
STATE_BEFORE = {
    Ruling.EXPEL: ExpulsionState.HEARD,
    Ruling.UPHOLD: ExpulsionState.APPEALED,
    Ruling.OVERTURN: ExpulsionState.APPEALED,
}
TITLES = {
    Ruling.EXPEL: "Pemberhentian anggota {reference}",
    Ruling.UPHOLD: "Menguatkan pemberhentian {reference}",
    Ruling.OVERTURN: "Membatalkan pemberhentian {reference}",
}
log = structlog.get_logger()


async def draft_ruling(actor: Actor, *, expulsion_id: UUID, ruling: Ruling, text: str, key: str) -> Motion:
    """Write the motion by which the meeting rules: an officer, or the member whom it concerns.

    Raises NotFound, ExpulsionWrongState, Invalid, AgainstTheLaw where the by-laws leave the expulsion to officers.
    """
    by = signed_in(actor)
    row = await Expulsion.get_or_none(pk=expulsion_id)
    if row is None:
        raise NotFound("expulsion")
    if row.account_id != by:
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, hide="expulsion")
    if row.state is not STATE_BEFORE[ruling]:
        raise ExpulsionWrongState(state=row.state.value)
    laws = await by_laws_on(row.cooperative_id, await today_of(row.cooperative_id))
    if ruling is Ruling.EXPEL and not laws[ByLaw.EXPULSION_BY_MEETING]:
        raise AgainstTheLaw.by(
            laws.in_force[ByLaw.EXPULSION_BY_MEETING].cited(),
            "two officers decide on an expulsion, and the meeting on an appeal",
            "pemberhentian diputus dua pengurus, dan rapat memutus bandingnya",
        )
    return await draft_motion(
        actor,
        cooperative_id=row.cooperative_id,
        kind=MotionKind.EXPULSION,
        title=TITLES[ruling].format(reference=row.reference),
        text=text,
        details=[ExpulsionRuling(expulsion_id, ruling)],
        key=key,
    )


async def on_decided(adapters: Any, event: OutboxEvent) -> None:
    """On "motion.decided": carry out what an adopted ruling says. Carried out twice, it is carried out once."""
    is_ruling = event.payload.get("kind") == MotionKind.EXPULSION
    if not is_ruling or event.payload.get("state") != MotionState.ADOPTED:
        return
    motion = await Motion.get(pk=event.aggregate_id)
    said = ExpulsionRuling.read(motion.details)
    async with transaction():
        await lock_cooperative(motion.cooperative_id)
        row = await locked_one(Expulsion, said.expulsion_id)
        assert row is not None  # never removed
        if row.state is not STATE_BEFORE[said.ruling]:
            log.info("ruled on what stands otherwise", id=str(row.pk), state=row.state.value, motion=str(motion.pk))
            return
        await _carry_out(row, motion, said.ruling)


async def _carry_out(row: Expulsion, motion: Motion, ruling: Ruling) -> None:
    if ruling is Ruling.EXPEL:
        row.motion_id = motion.pk
        laws = await by_laws_on(row.cooperative_id, await today_of(row.cooperative_id))
        await settle(row, motion.text[:2_000], motion.decided_by, laws)
        return
    row.appeal_motion_id = motion.pk
    if ruling is Ruling.UPHOLD:
        await finish(row, ExpulsionEvent.UPHOLD, motion.decided_by)
        return
    row.state, row.ended_at = after_event(row.state, ExpulsionEvent.DROP), clock.now()
    await row.save()
    await tell(row)
