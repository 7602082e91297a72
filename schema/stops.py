"""The stops of a delivery job, and the receipts of what passed from hand to hand there."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import models as rows
from marketplace.deliveries.custody import said_of
from marketplace.deliveries.lifecycle import DropState, FailureCode, JobState
from marketplace.deliveries.models import HandOver
from marketplace.deliveries.reading import Sight
from marketplace.deliveries.signing import service as signing
from marketplace.deliveries.signing.attesting import Side, moment
from marketplace.deliveries.signing.keys import keys_by_id
from marketplace.deliveries.times.service import expected_by_drop
from schema.context import Info
from schema.costs import RECKONED, cost
from schema.custody_keys import Attestation, attestations
from schema.enums import described
from schema.ids import to_id
from schema.scalars import GeoPoint, Metres, Rupiah
from schema.times import TimeRange

described(
    DropState,
    "Where one drop of a job stands.",
    {
        "WAITING": "Not picked up yet.",
        "CARRIED": "On its way.",
        "AT_DOOR": "The driver stands at the door.",
        "STORED": "At a hub, between two legs.",
        "SENT_BACK": "At a hub, for the seller to fetch.",
        "DELIVERED": "Handed over.",
        "FAILED": "Could not be handed over; goes back.",
        "RETURNED": "Back at the seller's.",
        "CANCELLED": "Taken out before the pickup.",
    },
)
described(
    FailureCode,
    "Why a drop could not be made.",
    {
        "NOBODY_HOME": "Nobody opened.",
        "WRONG_ADDRESS": "The address is wrong.",
        "REFUSED": "The receiver would not take it.",
        "DAMAGED": "The goods are damaged.",
        "CLOSED": "The place is closed.",
        "UNREACHABLE": "The place can't be reached.",
        "WEATHER": "Flood, storm.",
        "ACCIDENT": "An accident.",
        "UNSAFE": "It is not safe there.",
        "VEHICLE": "The vehicle broke down.",
        "CASH_DISPUTE": "No agreement about the cash.",
        "OTHER": "Something else: say what in `text`.",
    },
)
described(
    HandOver,
    "Which hand-over a receipt attests.",
    {
        "PICKUP": "Seller to driver.",
        "DROP_OFF": "Driver to receiver.",
        "RETURN": "Driver back to seller.",
        "PASSED": "Driver to driver, on the road.",
        "HUB_IN": "Driver to hub.",
        "HUB_OUT": "Hub to driver.",
    },
)


@strawberry.type(description="Where a job's goods are taken over.")
class PickupStop:
    name: str = strawberry.field(description="The seller's name.")
    address: str = strawberry.field(description="How to find him.")
    place: GeoPoint = strawberry.field(description="Where it is.")
    ready_at: datetime | None = strawberry.field(description="When the goods stand ready, as far as is known.")
    pin: str | None = strawberry.field(
        description="The seller's people only: tell it to the driver when you hand him the goods."
    )
    return_pin: str | None = strawberry.field(
        description="The seller's people only, while goods come back: tell it when you have them."
    )


@strawberry.type(description="Where goods of a job are handed over.")
class DropStop:
    id: strawberry.ID = strawberry.field(description="Names the drop in mutations.")
    position: int = strawberry.field(description="Its place in the route: 0, 1, …")
    state: DropState = strawberry.field(description="Where it stands.")
    place: GeoPoint = strawberry.field(description="Where it is; to about a hundred metres until you hold the job.")
    distance: Metres = strawberry.field(description="Of road from the stop before it.")
    cash_to_collect: Rupiah = strawberry.field(description="What the driver collects here.")
    name: str | None = strawberry.field(
        description="Who receives it; null until you hold the job, and for its driver when it is over."
    )
    phone: str | None = strawberry.field(
        description="How to reach the receiver; null until you hold the job, and for its driver when it is over, or "
        "where calls are put through by the node (`callParty`)."
    )
    address: str | None = strawberry.field(
        description="How to find the door; null until you hold the job, and for its driver when it is over."
    )
    note: str | None = strawberry.field(description="What else the driver should know.")
    pin: str | None = strawberry.field(
        description="The receiver only (the seller, where he booked for someone without an account): "
        "tell it to the driver when you have the goods."
    )
    failure: FailureCode | None = strawberry.field(description="Why it could not be made.")
    failure_text: str | None = strawberry.field(description="The same in words.")
    ended_at: datetime | None = strawberry.field(description="When it was handed over, here or back.")
    estimated: strawberry.Private[UUID | None] = None

    @strawberry.field(
        description="When it is to be handed over, reckoned now; null once it was, and for those before whom the "
        "delivery lies open.",
        directives=[RECKONED],
    )
    async def expected(self, info: Info) -> TimeRange | None:
        if self.estimated is None:
            return None
        found = await info.context.load(expected_by_drop, self.estimated)
        return None if found is None else TimeRange.of(found)


@strawberry.type(description="The signed fact that goods passed from one hand to another.")
class CustodyReceipt:
    id: strawberry.ID = strawberry.field(description="Names the receipt.")
    drop_id: strawberry.ID = strawberry.field(description="Whose goods.")
    hand_over: HandOver = strawberry.field(description="From whom to whom.")
    at: datetime = strawberry.field(description="When.")
    place: GeoPoint | None = strawberry.field(description="Where, when the driver's device said so.")
    position: int = strawberry.field(description="Its place in the drop's chain: 0, 1, …")
    previous_hash: str = strawberry.field(description="Hash of the receipt before it in the drop's chain.")
    hash: str = strawberry.field(
        description="SHA-256 of what it says, in hexadecimal; of a receipt without `nodeSignature` the node's HMAC."
    )
    node_signature: str | None = strawberry.field(
        description="The node's Ed25519 signature over what it says; none for one from before nodes signed so."
    )
    row: strawberry.Private[rows.CustodyReceipt]

    @classmethod
    def of(cls, row: rows.CustodyReceipt) -> "CustodyReceipt":
        has_place = row.lat is not None and row.lon is not None
        return cls(
            row=row,
            position=row.position,
            node_signature=row.node_signature,
            id=to_id("CustodyReceipt", row.pk),
            drop_id=to_id("DropStop", row.drop_id),
            hand_over=row.hand_over,
            at=row.at,
            place=GeoPoint(lat=row.lat or 0.0, lon=row.lon or 0.0) if has_place else None,
            previous_hash=row.previous_hash,
            hash=row.hash,
        )

    @strawberry.field(description="What stands behind each side, the giver first.", directives=[cost(1, rows=2)])
    async def attestations(self, info: Info) -> list[Attestation]:
        signed = await info.context.load(signing.signatures_by_receipt, self.row.pk) or []
        keys = await info.context.load_many(keys_by_id, [row.key_id for row in signed])
        return attestations(signed, {key.pk: key for key in keys})

    @strawberry.field(description="The very text that a side's device signs, as UTF-8.")
    def to_sign(
        self,
        side: Annotated[Side, strawberry.argument(description="For which side.")],
        signed_at: Annotated[datetime, strawberry.argument(description="The device's clock, to the microsecond.")],
    ) -> str:
        return said_of(self.row).to_sign(side, moment(signed_at)).decode()


def pickup_of(row: rows.DeliveryJob, sight: Sight) -> PickupStop:
    """The pickup as `sight` lets it be seen."""
    comes_back = row.state in (JobState.FAILED, JobState.RETURNING, JobState.AT_HUB)
    return PickupStop(
        name=row.pickup_name,
        address=row.pickup_address,
        place=GeoPoint(lat=row.pickup_lat, lon=row.pickup_lon),
        ready_at=row.ready_at,
        pin=row.pickup_pin if sight.sells and row.hub_id is None else None,  # a hub's is its keeper's to tell
        return_pin=row.return_pin if sight.sells and comes_back else None,
    )


def drop_of(row: rows.Drop, sight: Sight, is_receiver: bool, *, hides_numbers: bool = False) -> DropStop:
    """The drop as `sight` lets it be seen; its receiver sees all of it, its driver until it is over.

    `hides_numbers`: the driver calls through the node, and is not shown the receiver's number.
    """
    is_over = row.state in (DropState.DELIVERED, DropState.RETURNED, DropState.CANCELLED)
    is_full = is_receiver or sight.sells or sight.watches or (sight.holds and not is_over)
    needs_no_number = not (is_receiver or sight.sells or sight.watches)
    has_failed = row.state in (DropState.FAILED, DropState.RETURNED)  # one that is tried again has not
    tells_pin = is_receiver or (sight.sells and row.receiver_id is None)
    place = GeoPoint(lat=row.lat, lon=row.lon)
    return DropStop(
        id=to_id("DropStop", row.pk),
        position=row.position,
        state=row.state,
        place=place if is_full else GeoPoint(lat=round(row.lat, 3), lon=round(row.lon, 3)),
        distance=Metres(row.distance_m),
        cash_to_collect=Rupiah(row.cash_to_collect),
        name=row.receiver_name if is_full else None,
        phone=row.receiver_phone if is_full and not (hides_numbers and needs_no_number) else None,
        address=row.address if is_full else None,
        note=row.note if is_full else None,
        pin=row.pin if tells_pin else None,
        failure=row.failure if has_failed else None,
        failure_text=row.failure_text if has_failed else None,
        ended_at=row.ended_at,
        estimated=row.pk if sight.is_told and row.ended_at is None else None,
    )
