"""A hand-over signed by those between whom goods passed, when they stood together or later, back on line.

A side that has not signed is attested by the node alone, by the PIN that was told it or the log-in of who moved it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from marketplace import clock
from marketplace.batches import lists_by
from marketplace.database import locked_one, transaction
from marketplace.deliveries.custody import said_of
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Driver, Drop
from marketplace.deliveries.relay.models import HubKeeper
from marketplace.deliveries.signing.attesting import Side, fits, moment
from marketplace.deliveries.signing.keys import BadSignature
from marketplace.deliveries.signing.models import CustodyKey, CustodySignature
from marketplace.errors import Code, Conflict, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Role, signed_in

#: So long after a hand-over its sides may still sign, and so far may a device's clock be from the node's.
SIGN_WITHIN = timedelta(hours=72)
CLOCK_AHEAD = timedelta(minutes=5)
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)


class TooLateToSign(MarketplaceError):
    """A hand-over is signed within 72 hours: this one stays attested by the node."""

    code = Code.EXPIRED
    pesan = "Serah terima ditandatangani dalam 72 jam: yang ini tetap disaksikan oleh sistem saja."


class KeyRevoked(MarketplaceError):
    """This key was revoked: sign with another one."""

    code = Code.WRONG_STATE
    pesan = "Kunci ini sudah dicabut: tanda tangani dengan kunci lain."


class AlreadySigned(MarketplaceError):
    """This side of the hand-over is signed already."""

    code = Code.CONFLICT
    pesan = "Pihak ini sudah menandatangani serah terima ini."


class NotASide(MarketplaceError):
    """Only giver and taker sign a hand-over, each for himself."""

    code = Code.FORBIDDEN
    pesan = "Hanya pemberi dan penerima yang menandatangani serah terima, masing-masing untuk dirinya."


async def sign_custody(
    actor: Actor, *, receipt_id: UUID, side: Side, key_id: UUID, signed_at: datetime, signature: str
) -> CustodyReceipt:
    """Take a party's signature under a receipt. The same one again changes nothing.

    Raises NotFound, NotASide, KeyRevoked, TooLateToSign, Invalid, BadSignature, AlreadySigned.
    """
    by = signed_in(actor)
    async with transaction():
        receipt = await CustodyReceipt.get_or_none(pk=receipt_id)
        if receipt is None:
            raise NotFound("custody receipt")
        sides = await sides_of(actor, receipt)
        if not sides:
            raise NotFound("custody receipt")
        if side not in sides:
            raise NotASide
        key = await locked_one(CustodyKey, key_id)
        if key is None or key.account_id != by:
            raise NotFound("custody key")
        given = await CustodySignature.get_or_none(receipt_id=receipt_id, side=side)
        if given is not None:
            if given.signature == signature and given.key_id == key_id:
                return receipt
            raise AlreadySigned
        if key.revoked_at is not None:
            raise KeyRevoked
        _check_time(receipt, signed_at)
        if not fits(key.public_key, signature, said_of(receipt).to_sign(side, moment(signed_at))):
            raise BadSignature
        row = CustodySignature(
            receipt_id=receipt_id,
            side=side,
            account_id=by,
            key_id=key_id,
            signed_at=signed_at,
            signature=signature,
            created_at=clock.now(),
        )
        await CustodySignature.bulk_create([row], ignore_conflicts=True)
        kept = await CustodySignature.get_or_none(receipt_id=receipt_id, side=side)
        if kept is None or kept.signature != signature:
            raise Conflict
        return receipt


async def sides_of(actor: Actor, receipt: CustodyReceipt) -> frozenset[Side]:
    """For which sides of a receipt the actor stands: the driver, the shop's people, a hub's keeper, the receiver."""
    found = set()
    for side, party_id in ((Side.GIVER, receipt.giver_id), (Side.TAKER, receipt.taker_id)):
        if await _stands_for(actor, receipt, party_id):
            found.add(side)
    return frozenset(found)


async def signatures_by_receipt(ids: Sequence[UUID]) -> Mapping[UUID, list[CustodySignature]]:
    """What was signed on devices under each of these receipts, the giver's first. One statement."""
    return await lists_by(CustodySignature, "receipt_id", ids, order="side")


def was_signed(receipt: CustodyReceipt, row: CustodySignature, keys: Mapping[UUID, CustodyKey]) -> bool:
    """Whether a kept signature is its key's, whose owner signed, before it was revoked. Pure."""
    key = keys.get(row.key_id)
    if key is None or key.account_id != row.account_id:
        return False
    is_in_time = key.revoked_at is None or row.created_at <= key.revoked_at
    return is_in_time and fits(
        key.public_key, row.signature, said_of(receipt).to_sign(row.side, moment(row.signed_at))
    )


async def _stands_for(actor: Actor, receipt: CustodyReceipt, party_id: UUID) -> bool:
    if actor.holds(*SELLING, seller_id=party_id):
        job = await DeliveryJob.get(pk=receipt.job_id)
        return job.seller_id == party_id
    if party_id == receipt.drop_id:
        drop = await Drop.get(pk=receipt.drop_id)
        return drop.receiver_id is not None and drop.receiver_id == actor.account_id
    if await HubKeeper.exists(hub_id=party_id, account_id=actor.account_id):
        return True
    driver = await Driver.get_or_none(pk=party_id)
    return driver is not None and driver.account_id == actor.account_id


def _check_time(receipt: CustodyReceipt, signed_at: datetime) -> None:
    now = clock.now()
    if now > receipt.at + SIGN_WITHIN:
        raise TooLateToSign
    if not receipt.at - SIGN_WITHIN <= signed_at <= now + CLOCK_AHEAD:
        raise Invalid.field(
            "signedAt",
            Code.OUT_OF_RANGE,
            "near the hand-over, not to come",
            "dekat serah terima, bukan yang akan datang",
        )
