"""The public keys by which people's devices sign hand-overs, and what they have signed."""

from datetime import datetime
from enum import Enum

import strawberry

from marketplace.deliveries.signing import models as rows
from marketplace.deliveries.signing.attesting import Side
from schema.enums import described
from schema.ids import to_id

described(Side, "Who of a hand-over.", {"GIVER": "Gave the goods.", "TAKER": "Took them."}, name="CustodySide")


class Attested(Enum):
    DEVICE = "DEVICE"
    NODE = "NODE"


described(
    Attested,
    "What stands behind one side of a hand-over.",
    {
        "DEVICE": "Signed with a key that the person's device keeps: anyone can verify it.",
        "NODE": "A PIN that was told, or a log-in: the node says so.",
    },
    name="AttestedBy",
)


@strawberry.type(description="The public half of a key that a person's device keeps.")
class CustodyKey:
    id: strawberry.ID = strawberry.field(description="Names the key.")
    name: str = strawberry.field(description="How its owner calls the device.")
    public_key: str = strawberry.field(description="Ed25519, in hexadecimal.")
    registered_at: datetime = strawberry.field(description="When it was registered.")
    revoked_at: datetime | None = strawberry.field(description="Since when it signs no more.")

    @classmethod
    def of(cls, row: rows.CustodyKey) -> "CustodyKey":
        return cls(
            id=to_id("CustodyKey", row.pk),
            name=row.name,
            public_key=row.public_key,
            registered_at=row.created_at,
            revoked_at=row.revoked_at,
        )


@strawberry.type(description="What stands behind one side of a hand-over.")
class Attestation:
    side: Side = strawberry.field(description="Which side.")
    attested_by: Attested = strawberry.field(description="A device's signature, or the node alone.")
    public_key: str | None = strawberry.field(description="Of the device that signed.")
    signature: str | None = strawberry.field(description="Ed25519 over `toSign(side, signedAt)`, in hexadecimal.")
    signed_at: datetime | None = strawberry.field(description="By the device's clock.")
    received_at: datetime | None = strawberry.field(description="When the node had it.")


def attestations(signed: list[rows.CustodySignature], keys: dict[object, rows.CustodyKey]) -> list[Attestation]:
    """Both sides, the giver first."""
    by_side = {row.side: row for row in signed}
    return [_attestation(side, by_side.get(side), keys) for side in Side]


def _attestation(side: Side, row: rows.CustodySignature | None, keys: dict[object, rows.CustodyKey]) -> Attestation:
    if row is None:
        return Attestation(
            side=side, attested_by=Attested.NODE, public_key=None, signature=None, signed_at=None, received_at=None
        )
    return Attestation(
        side=side,
        attested_by=Attested.DEVICE,
        public_key=keys[row.key_id].public_key,
        signature=row.signature,
        signed_at=row.signed_at,
        received_at=row.created_at,
    )
