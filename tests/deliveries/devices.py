"""Devices of the tests: they make keys, keep them, and sign hand-overs as an app would."""

from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries.custody import said_of
from marketplace.deliveries.models import CustodyReceipt
from marketplace.deliveries.signing import keys, service
from marketplace.deliveries.signing.attesting import Side, key_proof, moment
from marketplace.deliveries.signing.models import CustodyKey
from marketplace.identity.actor import Actor


class Device:
    """A phone with its key. `row` is what the node knows of it."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.private = actor, Ed25519PrivateKey.generate()
        self.public_key = self.private.public_key().public_bytes_raw().hex()
        self.row: CustodyKey | None = None

    def proof(self, account_id: UUID | None = None) -> str:
        return self.sign(key_proof(str(account_id or self.actor.account_id), self.public_key))

    def sign(self, message: bytes) -> str:
        return self.private.sign(message).hex()

    async def register(self) -> "Device":
        self.row = await keys.register_key(
            self.actor, name="HP", public_key=self.public_key, proof=self.proof(), key=str(new_id())
        )
        return self

    async def attest(
        self,
        receipt: CustodyReceipt,
        side: Side,
        *,
        at: datetime | None = None,
        under: CustodyReceipt | None = None,
        by: "Device | None" = None,
    ) -> CustodyReceipt:
        """Sign `receipt` and hand the signature in; `under` another receipt, `by` another device, for the forger."""
        signed_at = at or clock.now()
        signature = (by or self).sign(said_of(receipt).to_sign(side, moment(signed_at)))
        assert self.row is not None
        return await service.sign_custody(
            self.actor,
            receipt_id=(under or receipt).pk,
            side=side,
            key_id=self.row.pk,
            signed_at=signed_at,
            signature=signature,
        )
