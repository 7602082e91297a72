"""Custody receipts: signed, chained, and telling when a link was tampered with."""

import hmac
from uuid import uuid4

import pytest
import rfc8785

from marketplace.database import new_id
from marketplace.deliveries import custody
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Drop, HandOver

pytestmark = pytest.mark.anyio
SIGNER = Signer(b"k" * 32)


def chain() -> tuple[DeliveryJob, list[CustodyReceipt]]:
    job = DeliveryJob(id=new_id(), seller_id=new_id(), driver_id=new_id(), carrier_id=new_id())
    drop = Drop(id=new_id(), job_id=job.pk)
    receipts: list[CustodyReceipt] = []
    for kind in (HandOver.PICKUP, HandOver.RETURN):
        previous = receipts[-1] if receipts else None
        receipts.append(custody.next_receipt(job, drop, kind, previous, SIGNER, Place(-7.26, 112.75)))
    return job, receipts


async def test_a_chain_from_seller_to_seller_is_unbroken(db: object) -> None:
    job, receipts = chain()
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=job.seller_id) == []


@pytest.mark.parametrize("field", ["giver_id", "taker_id", "cooperative_id", "at", "lat", "previous_hash"])
async def test_a_changed_receipt_is_found(db: object, field: str) -> None:
    job, receipts = chain()
    other = chain()[1]
    changed = {"giver_id": uuid4(), "taker_id": uuid4(), "cooperative_id": uuid4(), "lat": 1.5}
    setattr(receipts[0], field, changed.get(field, getattr(other[1], field)))
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=job.seller_id)


async def test_a_missing_receipt_is_found(db: object) -> None:
    job, receipts = chain()
    assert custody.broken_links(receipts[1:], signer=SIGNER, seller_id=job.seller_id)


async def test_another_key_fits_no_receipt(db: object) -> None:
    job, receipts = chain()
    faults = custody.broken_links(receipts, signer=Signer(b"x" * 32), seller_id=job.seller_id)
    assert faults == [f"receipt {position}: the signature does not fit" for position in (0, 1)]


async def test_a_receipt_from_before_nodes_signed_openly_is_verified_still(db: object) -> None:
    job, receipts = chain()
    for receipt, previous in zip(receipts, [custody.GENESIS, ""], strict=True):
        receipt.node_signature = None
        receipt.previous_hash = previous or receipts[0].hash
        said = {
            "job": str(receipt.job_id),
            "drop": str(receipt.drop_id),
            "position": receipt.position,
            "hand_over": receipt.hand_over.value,
            "giver": str(receipt.giver_id),
            "taker": str(receipt.taker_id),
            "cooperative": str(receipt.cooperative_id),
            "at": receipt.at.isoformat(timespec="microseconds"),
            "lat": -7.26,
            "lon": 112.75,
            "previous": receipt.previous_hash,
        }
        receipt.hash = hmac.new(SIGNER.key, rfc8785.dumps(said), "sha256").hexdigest()
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=job.seller_id) == []
    receipts[1].lat = 1.5
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=job.seller_id)
