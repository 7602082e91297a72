"""The proof, kept with each delivery as it is shared out, that what co-ops kept of it was within the law's cap."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import Row, write
from marketplace.payments.caps import Proof, caps_on, rule_from, rule_json


class ProvenKind(StrEnum):
    """Of what a proof is."""

    SUB_ORDER = "SUB_ORDER"
    JOB = "JOB"  # a delivery booked alone
    WAITING = "WAITING"  # of what a seller pays whose order kept its driver waiting


class ShareProof(Row):
    """What was kept of a delivery, and the caps as they stood on that day; bears the sub-order's or the job's id."""

    kind = fields.CharEnumField(ProvenKind, max_length=10)
    proven_on: date = fields.DateField()
    fare = fields.BigIntField()
    hosting = fields.BigIntField()
    carrier_share = fields.BigIntField()
    driver_share = fields.BigIntField()  # of the fare; a tip is beside it
    caps: list[dict[str, Any]] = fields.JSONField()
    cap_bp = fields.IntField(null=True)
    is_binding = fields.BooleanField()
    held = fields.BooleanField(null=True)

    class Meta:
        table = "delivery_share_proof"

    @property
    def proof(self) -> Proof:
        """As the rules read it."""
        caps = tuple(rule_from(kept) for kept in self.caps)
        return Proof(self.fare, self.hosting, self.carrier_share, self.driver_share, caps)


async def keep(id: UUID, kind: ProvenKind, *, fare: int, hosting: int, carrier: int, driver: int) -> None:
    """Write the proof with the rest of the caller's transaction; nothing for a delivery that costs nothing."""
    if not fare:
        return
    today = clock.now().date()
    proof = Proof(fare, hosting, carrier, driver, caps_on(today))
    await write(
        ShareProof(
            id=id,
            kind=kind,
            proven_on=today,
            fare=fare,
            hosting=hosting,
            carrier_share=carrier,
            driver_share=driver,
            caps=[rule_json(rule) for rule in proof.caps],
            cap_bp=proof.cap_bp,
            is_binding=proof.is_binding,
            held=proof.held,
        )
    )


async def proofs_by_delivery(ids: Sequence[UUID]) -> Mapping[UUID, ShareProof]:
    """The proof of each of these sub-orders or jobs. One statement."""
    return {row.pk: row for row in await rows_by(ShareProof, "id", ids)}
