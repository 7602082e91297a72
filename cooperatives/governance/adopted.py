"""What an adopted motion lets be done: other packages name it and ask here."""

from uuid import UUID

from cooperatives.governance.lifecycle import MotionKind, MotionState
from cooperatives.governance.models import Motion
from marketplace.errors import Code, MarketplaceError, NotFound


class NotAdopted(MarketplaceError):
    """This needs a motion of the kind {kind} that the members' meeting adopted; this one is {state}."""

    code = Code.WRONG_STATE
    pesan = "Ini perlu keputusan rapat anggota berjenis {kind}; usul ini berstatus {state}."


async def adopted(motion_id: UUID, kind: MotionKind, *, cooperative_id: UUID) -> Motion:
    """The motion of this co-op, adopted, of this kind. Raises NotFound, NotAdopted."""
    row = await Motion.get_or_none(pk=motion_id, cooperative_id=cooperative_id)
    if row is None:
        raise NotFound("motion")
    if row.state is not MotionState.ADOPTED or row.kind is not kind:
        raise NotAdopted(kind=kind.value, state=f"{row.kind.value} {row.state.value}")
    return row
