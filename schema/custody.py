"""Custody that people's devices sign: keys, signatures, and a job's receipts as a file that anyone can verify."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.deliveries.signing import keys, service
from marketplace.deliveries.signing.attesting import Side
from marketplace.identity.actor import signed_in
from schema.carrying import signer_of
from schema.context import Info
from schema.custody_keys import CustodyKey
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.stops import CustodyReceipt


@strawberry.input(description="The public half of a key that your device made and keeps.")
class RegisterCustodyKeyInput:
    name: str = strawberry.field(description="How you call the device, 1 to 60 characters.")
    public_key: str = strawberry.field(description="Ed25519, 64 lower-case hexadecimal digits.")
    proof: str = strawberry.field(
        description="The key's signature (128 hexadecimal digits) over the RFC 8785 form of `{schema: "
        '"lumbung.custody-key/1", account, publicKey}`; `account` is `viewer.custodyAccount`.'
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which key, and why.")
class RevokeCustodyKeyInput:
    id: strawberry.ID = strawberry.field(description="One of your keys.")
    reason: str = strawberry.field(default="", description="At most 300 characters.")


@strawberry.input(description="Your device's signature under a hand-over.")
class SignCustodyInput:
    receipt_id: strawberry.ID = strawberry.field(description="The receipt.")
    side: Side = strawberry.field(description="For which side you sign.")
    key_id: strawberry.ID = strawberry.field(description="The key that has signed.")
    signed_at: datetime = strawberry.field(description="By the device's clock, exactly as it was signed.")
    signature: str = strawberry.field(description="Of `toSign(side, signedAt)`: 128 lower-case hexadecimal digits.")


CustodyKeyResult = Annotated[
    CustodyKey | Problem, strawberry.union("CustodyKeyResult", description="The key, or why not.")
]
CustodyReceiptResult = Annotated[
    CustodyReceipt | Problem, strawberry.union("CustodyReceiptResult", description="The receipt, or why not.")
]


@strawberry.type
class ViewerCustody:
    @strawberry.field(description="What a new key's proof names as your account.")
    def custody_account(self, info: Info) -> str:
        return str(signed_in(info.context.actor))

    @strawberry.field(description="The keys by which your devices sign hand-overs, newest first; 50 at most.")
    async def custody_keys(self, info: Info) -> list[CustodyKey]:
        return [CustodyKey.of(row) for row in await keys.keys_of(signed_in(info.context.actor))]


@strawberry.type
class CustodyQuery:
    @strawberry.field(
        description="The key by which this node signs custody receipts: Ed25519, in hexadecimal. Keep it, to verify "
        "receipts apart."
    )
    def custody_node_key(self, info: Info) -> str:
        return signer_of(info).public_key


@strawberry.type
class CustodyMutation:
    @strawberry.mutation(
        description="Register the public half of a key that your device made; the other half never leaves it. At "
        "most 5 in use at once. Problems: INVALID (the proof does not fit), DUPLICATE, TOO_MANY."
    )
    @intent
    async def register_custody_key(self, info: Info, input: RegisterCustodyKeyInput) -> CustodyKeyResult:
        row = await keys.register_key(
            info.context.actor,
            name=input.name,
            public_key=input.public_key,
            proof=input.proof,
            key=input.idempotency_key,
        )
        return CustodyKey.of(row)

    @strawberry.mutation(
        description="Take nothing that is signed with this key any more; what was signed with it stays. "
        "Problems: NOT_FOUND, INVALID."
    )
    @intent
    async def revoke_custody_key(self, info: Info, input: RevokeCustodyKeyInput) -> CustodyKeyResult:
        id = from_id("CustodyKey", input.id)
        return CustodyKey.of(await keys.revoke_key(info.context.actor, key_id=id, reason=input.reason))

    @strawberry.mutation(
        description="Sign a hand-over as its giver or taker, at once or within 72 hours, as when you were off line. "
        "The same again changes nothing. Problems: NOT_FOUND, FORBIDDEN (not your side), INVALID (the signature does "
        "not fit), WRONG_STATE (key revoked), EXPIRED, CONFLICT (signed already)."
    )
    @intent
    async def sign_custody(self, info: Info, input: SignCustodyInput) -> CustodyReceiptResult:
        row = await service.sign_custody(
            info.context.actor,
            receipt_id=from_id("CustodyReceipt", input.receipt_id, "receiptId"),
            side=input.side,
            key_id=from_id("CustodyKey", input.key_id, "keyId"),
            signed_at=input.signed_at,
            signature=input.signature,
        )
        return CustodyReceipt.of(row)
