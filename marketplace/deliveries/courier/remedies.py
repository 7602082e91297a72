"""Which remedies an incident suggests, best first, by what happened and where the job stands."""

from marketplace.deliveries.courier.models import IncidentKind, Remedy
from marketplace.deliveries.lifecycle import FailureCode, JobState

K, R = IncidentKind, Remedy

#: The goods are still at the shop: another driver, patience, or no delivery.
BEFORE_PICKUP = frozenset({JobState.ASSIGNED, JobState.AT_PICKUP})
#: The driver has them: another takes them on the road, or they go back.
ON_THE_ROAD = frozenset({JobState.CARRYING, JobState.AT_DROPOFF})

_BEFORE: dict[IncidentKind, tuple[Remedy, ...]] = {
    K.FLAT_TYRE: (R.REASSIGN, R.WAIT, R.CANCEL),
    K.BREAKDOWN: (R.REASSIGN, R.CANCEL),
    K.ACCIDENT: (R.REASSIGN, R.CANCEL),
    K.SHOP_CLOSED: (R.WAIT, R.CANCEL),
    K.GOODS_NOT_READY: (R.WAIT, R.REASSIGN, R.CANCEL),
    K.GOODS_DAMAGED: (R.CANCEL,),
    K.UNSAFE_PLACE: (R.CANCEL, R.WAIT),
    K.ROAD_BLOCKED: (R.WAIT, R.REASSIGN, R.CANCEL),
    K.ILLNESS: (R.REASSIGN, R.CANCEL),
    K.OTHER: (R.WAIT, R.REASSIGN, R.CANCEL),
}
_ON_THE_ROAD: dict[IncidentKind, tuple[Remedy, ...]] = {
    K.FLAT_TYRE: (R.HAND_OVER, R.WAIT, R.TURN_BACK),
    K.BREAKDOWN: (R.HAND_OVER, R.TURN_BACK),
    K.ACCIDENT: (R.HAND_OVER, R.TURN_BACK),
    K.SHOP_CLOSED: (R.WAIT,),
    K.GOODS_NOT_READY: (R.WAIT,),
    K.GOODS_DAMAGED: (R.TURN_BACK,),
    K.UNSAFE_PLACE: (R.TURN_BACK, R.WAIT),
    K.ROAD_BLOCKED: (R.WAIT, R.TURN_BACK),
    K.ILLNESS: (R.HAND_OVER, R.TURN_BACK),
    K.OTHER: (R.WAIT, R.HAND_OVER, R.TURN_BACK),
}
#: On the way back only the hands can change.
_RETURNING = (R.HAND_OVER, R.WAIT)
#: As what the drops fail that turn back because of it.
FAILS_AS: dict[IncidentKind, FailureCode] = {
    K.FLAT_TYRE: FailureCode.VEHICLE,
    K.BREAKDOWN: FailureCode.VEHICLE,
    K.ACCIDENT: FailureCode.ACCIDENT,
    K.SHOP_CLOSED: FailureCode.OTHER,
    K.GOODS_NOT_READY: FailureCode.OTHER,
    K.GOODS_DAMAGED: FailureCode.DAMAGED,
    K.UNSAFE_PLACE: FailureCode.UNSAFE,
    K.ROAD_BLOCKED: FailureCode.WEATHER,
    K.ILLNESS: FailureCode.OTHER,
    K.OTHER: FailureCode.OTHER,
}


def suggested(kind: IncidentKind, state: JobState) -> tuple[Remedy, ...]:
    """What may be done about it now, best first; empty when the job has ended."""
    if state in BEFORE_PICKUP:
        return _BEFORE[kind]
    if state in ON_THE_ROAD:
        return _ON_THE_ROAD[kind]
    return _RETURNING if state is JobState.RETURNING else ()
