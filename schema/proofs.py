"""What proves a hand-over beside a PIN: photos, signatures, codes of parcels."""

from datetime import datetime

import strawberry

from marketplace.deliveries import models as job_rows
from marketplace.deliveries import reading
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier import proofs
from marketplace.deliveries.courier.models import ProofKind, ProofMoment, SufficientProof
from schema.context import Info
from schema.costs import HISTORY
from schema.enums import described
from schema.ids import to_id

described(
    ProofKind,
    "What shows that goods changed hands, or why they did not.",
    {
        "PHOTO": "A photo, sent to `POST /uploads/proofs`.",
        "SIGNATURE": "A signature drawn on the driver's screen.",
        "PARCEL_CODE": "A code read from the parcel.",
    },
)
described(
    ProofMoment,
    "At which moment a proof was taken.",
    {
        "PICKUP": "As the driver took the goods over.",
        "DROP_OFF": "As the receiver took them.",
        "FAILURE": "As they could not be handed over.",
        "RETURN": "As the shop took them back.",
    },
)
described(
    SufficientProof,
    "What a co-op lets stand in for a receiver's PIN.",
    {
        "NOTHING": "The PIN, always.",
        "PHOTO": "A photo.",
        "SIGNATURE": "A signature.",
        "PHOTO_AND_SIGNATURE": "Both.",
        "PARCEL_CODE_AND_PHOTO": "The parcel's code, read at the pickup too, and a photo.",
    },
)


@strawberry.type(description="A photo, a signature, or a code read from a parcel.")
class Proof:
    id: strawberry.ID = strawberry.field(description="Names it.")
    kind: ProofKind = strawberry.field(description="What it is.")
    moment: ProofMoment = strawberry.field(description="When it was taken.")
    drop_id: strawberry.ID | None = strawberry.field(description="The DropStop that it concerns.")
    url: str | None = strawberry.field(
        description="Of a photo: GET it with your token, relative to the node's address. Null once it was erased, "
        "90 days after it was taken."
    )
    signature: str | None = strawberry.field(description="An SVG path on a field of 1000 by 1000.")
    parcel_code: str | None = strawberry.field(description="What was read.")
    at: datetime = strawberry.field(description="When the node had it.")
    taken_at: datetime | None = strawberry.field(description="When, by the device's clock.")

    @classmethod
    def of(cls, row: rows.Proof) -> "Proof":
        is_shown = row.kind is ProofKind.PHOTO and row.erased_at is None
        return cls(
            id=to_id("Proof", row.pk),
            kind=row.kind,
            moment=row.moment,
            drop_id=None if row.drop_id is None else to_id("DropStop", row.drop_id),
            url=f"/proofs/{to_id('Proof', row.pk)}" if is_shown else None,
            signature=row.text if row.kind is ProofKind.SIGNATURE else None,
            parcel_code=row.text if row.kind is ProofKind.PARCEL_CODE else None,
            at=row.created_at,
            taken_at=row.taken_at,
        )


@strawberry.type
class JobProofs:
    """The part of a DeliveryJob that proves what was done."""

    row: strawberry.Private[job_rows.DeliveryJob]

    @strawberry.field(
        description="Its proofs, oldest first: for who carries it or answers for it, its shop, and of his own drop "
        "its receiver.",
        directives=[HISTORY],
    )
    async def proofs(self, info: Info) -> list[Proof]:
        found = await info.context.load(proofs.proofs_by_job, self.row.pk) or []
        drops = await info.context.load(reading.drops_by_job, self.row.pk) or []
        actor = info.context.actor
        return [Proof.of(proof) for proof in found if proofs.may_see(actor, self.row, drops, proof)]
