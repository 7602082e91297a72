"""Custody: who gave what to whom, when and where; each receipt signed and chained to the one before it.

A drop's chain starts at the pickup, may go through several drivers' hands, and ends with the receiver or, returned,
with the seller. The node signs each receipt with Ed25519 over its RFC 8785 canonical JSON (`signing.attesting`),
giver and taker sign it on their devices (`signing.service`). Receipts from before that bear an HMAC-SHA-256 of the
node's as their hash, which only the node can verify.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from marketplace import clock
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Drop, HandOver
from marketplace.deliveries.signing import attesting
from marketplace.deliveries.signing.attesting import Said
from marketplace.errors import Code, Invalid
from marketplace.settings import Settings

#: What a drop's first receipt names as its predecessor.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Signer:
    """The node's key for custody receipts, apart from the keys that it derives for other uses."""

    key: bytes

    @classmethod
    def of(cls, settings: Settings) -> "Signer":
        secret = settings.secret_key.get_secret_value().encode()
        return cls(hmac.new(secret, b"custody receipts", hashlib.sha256).digest())

    @property
    def public_key(self) -> str:
        """The key by which anyone can verify what the node has signed, in hexadecimal."""
        return self._private().public_key().public_bytes_raw().hex()

    def seal(self, receipt: CustodyReceipt) -> None:
        """Set the receipt's hash and the node's signature."""
        said = said_of(receipt)
        receipt.hash = said.hash()
        receipt.node_signature = self._private().sign(attesting.canonical(said.whole())).hex()

    def has_signed(self, receipt: CustodyReceipt) -> bool:
        """Whether hash and signature fit what the receipt says."""
        if receipt.node_signature is None:  # of before the node signed so that others can verify
            return hmac.compare_digest(
                receipt.hash, hmac.new(self.key, _earlier(receipt), hashlib.sha256).hexdigest()
            )
        said = said_of(receipt)
        return receipt.hash == said.hash() and attesting.fits(
            self.public_key, receipt.node_signature, attesting.canonical(said.whole())
        )

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"ed25519" + self.key).digest())


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone or something is (WGS84). Raises Invalid when that isn't on the earth."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        if not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise Invalid.field("place", Code.OUT_OF_RANGE, "a point on the earth", "titik di peta bumi")


def said_of(receipt: CustodyReceipt) -> Said:
    """What the receipt says, as it is signed."""
    return Said(
        job=str(receipt.job_id),
        drop=str(receipt.drop_id),
        position=receipt.position,
        hand_over=receipt.hand_over.value,
        giver=str(receipt.giver_id),
        taker=str(receipt.taker_id),
        cooperative=str(receipt.cooperative_id),
        previous=receipt.previous_hash,
        at=attesting.moment(receipt.at),
        lat=receipt.lat,
        lon=receipt.lon,
    )


def _earlier(receipt: CustodyReceipt) -> bytes:
    return rfc8785.dumps(
        {
            "job": str(receipt.job_id),
            "drop": str(receipt.drop_id),
            "position": receipt.position,
            "hand_over": receipt.hand_over.value,
            "giver": str(receipt.giver_id),
            "taker": str(receipt.taker_id),
            "cooperative": str(receipt.cooperative_id),
            "at": receipt.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "lat": receipt.lat,
            "lon": receipt.lon,
            "previous": receipt.previous_hash,
        }
    )


async def hand_over(
    job: DeliveryJob,
    drops: Iterable[Drop],
    kind: HandOver,
    *,
    signer: Signer,
    place: Place | None,
    former_id: UUID | None = None,
    hub: tuple[UUID, UUID] | None = None,
) -> UUID:
    """Attest that these drops' goods changed hands now. In the caller's transaction, under the job's lock.

    `former_id` is the driver from whom the job's driver took them (PASSED); `hub` the hub that takes them in or gives
    them out, and its co-op, which answers for them there. Answers the last receipt's id: what a
    debt between co-ops names as its ground.
    """
    drops = list(drops)
    chain = await CustodyReceipt.filter(drop_id__in=[drop.pk for drop in drops]).order_by("position")
    last = {receipt.drop_id: receipt for receipt in chain}
    made = [next_receipt(job, drop, kind, last.get(drop.pk), signer, place, former_id, hub) for drop in drops]
    await CustodyReceipt.bulk_create(made)
    last_id: UUID = made[-1].pk
    return last_id


def next_receipt(
    job: DeliveryJob,
    drop: Drop,
    kind: HandOver,
    previous: CustodyReceipt | None,
    signer: Signer,
    place: Place | None,
    former_id: UUID | None = None,
    hub: tuple[UUID, UUID] | None = None,
) -> CustodyReceipt:
    """The receipt that follows `previous` in the drop's chain, signed. Writes nothing."""
    giver, taker, cooperative_id = _hands(job, drop, kind, former_id, hub)
    receipt = CustodyReceipt(
        job_id=job.pk,
        drop_id=drop.pk,
        position=0 if previous is None else previous.position + 1,
        hand_over=kind,
        giver_id=giver,
        taker_id=taker,
        cooperative_id=cooperative_id,
        at=clock.now(),
        lat=None if place is None else place.lat,
        lon=None if place is None else place.lon,
        previous_hash=GENESIS if previous is None else previous.hash,
        hash="",
    )
    signer.seal(receipt)
    return receipt


def _hands(
    job: DeliveryJob, drop: Drop, kind: HandOver, former_id: UUID | None, hub: tuple[UUID, UUID] | None
) -> tuple[UUID, UUID, UUID]:
    """Giver, taker, and the co-op that answers for the goods."""
    if kind is HandOver.RETURN and hub is not None:
        return hub[0], job.seller_id, hub[1]
    driver_id, cooperative_id = job.driver_id, job.carrier_id
    if driver_id is None or cooperative_id is None:
        raise ValueError("goods change hands only through the driver who holds the job")
    if kind in (HandOver.HUB_IN, HandOver.HUB_OUT):
        if hub is None:
            raise ValueError("a hub gives or takes")
        is_in = kind is HandOver.HUB_IN
        return (driver_id, hub[0], hub[1]) if is_in else (hub[0], driver_id, cooperative_id)
    giver, taker = {
        HandOver.PICKUP: (job.seller_id, driver_id),
        HandOver.DROP_OFF: (driver_id, drop.pk),
        HandOver.RETURN: (driver_id, job.seller_id),
        HandOver.PASSED: (former_id or driver_id, driver_id),
    }[kind]
    return giver, taker, cooperative_id


def broken_links(receipts: Iterable[CustodyReceipt], *, signer: Signer, seller_id: UUID) -> list[str]:
    """What is wrong with one drop's chain, in words; an empty list when it is unbroken."""
    faults = []
    holder, previous = seller_id, GENESIS
    for position, receipt in enumerate(sorted(receipts, key=lambda receipt: receipt.position)):
        if receipt.position != position:
            faults.append(f"receipt {position} is missing")
        if receipt.giver_id != holder:
            faults.append(f"receipt {position}: given by one who did not hold the goods")
        if receipt.previous_hash != previous:
            faults.append(f"receipt {position}: does not follow its predecessor")
        if not signer.has_signed(receipt):
            faults.append(f"receipt {position}: the signature does not fit")
        holder, previous = receipt.taker_id, receipt.hash
    return faults


async def receipts_by_job(job_ids: Iterable[UUID]) -> dict[UUID, list[CustodyReceipt]]:
    """Each job's receipts, in the order in which they were given. One statement."""
    found: dict[UUID, list[CustodyReceipt]] = {id: [] for id in job_ids}
    for receipt in await CustodyReceipt.filter(job_id__in=list(found)).order_by("id"):
        found[receipt.job_id].append(receipt)
    return found
