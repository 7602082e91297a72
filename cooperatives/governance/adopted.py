"""What an adopted motion lets be done: other packages name it and ask here."""

import re
from datetime import datetime
from uuid import UUID

from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import Motion
from marketplace.errors import Code, MarketplaceError, NotFound


class NotAdopted(MarketplaceError):
    """This needs a motion on {kind} that the members' meeting adopted; this one is on {other}, and {state}."""

    code = Code.WRONG_STATE
    pesan = "Ini perlu keputusan rapat anggota tentang {kind}; usul ini tentang {other}, dan {state}."


async def adopted(motion_id: UUID, kind: MotionKind, *, cooperative_id: UUID) -> Motion:
    """The motion of this co-op, adopted, of this kind. Raises NotFound, NotAdopted."""
    row = await Motion.get_or_none(pk=motion_id, cooperative_id=cooperative_id)
    if row is None:
        raise NotFound("motion")
    if row.state is not MotionState.ADOPTED or row.kind is not kind:
        raise NotAdopted(kind=kind.value, other=row.kind.value, state=row.state.value)
    return row


def names(text: str, number: str) -> bool:
    """Whether the text names this number, and not one that only begins or ends like it."""
    return bool(number) and re.search(rf"(?<![\w/]){re.escape(number)}(?![\w/])", text) is not None


def decides_on(motion: Motion, number: str, *, proposed_at: datetime) -> bool:
    """Whether the motion names what bears this number, and was decided after that was proposed."""
    is_later = motion.decided_at is not None and motion.decided_at >= proposed_at
    return is_later and names(f"{motion.title}\n{motion.text}", number)
