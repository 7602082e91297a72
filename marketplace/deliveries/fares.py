"""The money of a delivery booked alone: what its seller pays for it, and cash collected on his behalf.

The driver takes cash for the seller (his goods' price at a drop, or the fare at the pickup): the seller's co-op
owes the seller that much more. When the job has ended the fare is charged to the seller and credited to carrier
and driver. `A` is the seller's co-op, `B` the carrier's; `B` may be `A` itself, then nothing is due between them.
"""

from dataclasses import dataclass
from uuid import UUID

from cooperatives.ledger.between import across
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.membership import service as membership
from cooperatives.settlements.obligations import record_obligations
from marketplace.deliveries import allied
from marketplace.deliveries.models import DeliveryJob
from marketplace.money import FULL_SHARE_BP, share
from marketplace.payments import proofs
from marketplace.payments.proofs import ProvenKind


@dataclass(frozen=True, slots=True)
class FareSplit:
    """To whom a fare goes, in rupiah; the parts sum to the fare."""

    hosting: int  # what the seller's co-op keeps of an allied carrier's work
    carrier: int
    driver: int

    @property
    def carried(self) -> int:
        return self.carrier + self.driver


@dataclass(frozen=True, slots=True)
class FareParties:
    """Whose money it is."""

    cooperative_id: UUID
    seller_id: UUID
    carrier_id: UUID
    driver_id: UUID  # his account

    @classmethod
    def of(cls, job: DeliveryJob) -> "FareParties":
        if job.carrier_id is None or job.driver_account_id is None:
            raise ValueError("only a job that a driver holds has a fare to share")
        return cls(job.cooperative_id, job.seller_id, job.carrier_id, job.driver_account_id)

    @property
    def is_allied(self) -> bool:
        return self.carrier_id != self.cooperative_id


def split_fare(price: int, *, carrier_share_bp: int, carrier_cut_bp: int) -> FareSplit:
    """Share out a fare: the alliance's share to the carrier co-op, of which it keeps its cut. Pure."""
    to_carrier = share(price, carrier_share_bp)
    cut = share(to_carrier, carrier_cut_bp)
    return FareSplit(hosting=price - to_carrier, carrier=cut, driver=to_carrier - cut)


def cash_for_seller(parties: FareParties, amount: int) -> list[Entry]:
    """The driver took `amount` in cash that is the seller's. Pure."""
    cash = AccountRef(parties.carrier_id, Purpose.CASH_WITH_DRIVER, parties.driver_id)
    payable = AccountRef(parties.cooperative_id, Purpose.SELLER_PAYABLE, parties.seller_id)
    return across(cash, payable, amount, "delivery.cash")


def make_good(parties: FareParties, amount: int) -> list[Entry]:
    """Goods were spoilt on the way: the carrier's co-op gives the seller what they would have brought him. Pure."""
    expense = AccountRef(parties.carrier_id, Purpose.GOODS_LOSS_EXPENSE)
    payable = AccountRef(parties.cooperative_id, Purpose.SELLER_PAYABLE, parties.seller_id)
    return across(expense, payable, amount, "delivery.goods_lost", due="delivery.goods_lost_due")


def fare(parties: FareParties, parts: FareSplit) -> list[Entry]:
    """The seller is charged; co-op, carrier and driver are credited. Pure."""
    a, b = parties.cooperative_id, parties.carrier_id
    payable = AccountRef(a, Purpose.SELLER_PAYABLE, parties.seller_id)
    entries = [Entry(payable, AccountRef(a, Purpose.DELIVERY_INCOME), parts.hosting, "delivery.hosting")]
    source = payable
    if parties.is_allied:
        entries.append(Entry(payable, AccountRef(a, Purpose.DUE_TO, b), parts.carried, "delivery.due"))
        source = AccountRef(b, Purpose.DUE_FROM, a)
    return [
        *entries,
        Entry(source, AccountRef(b, Purpose.DRIVER_PAYABLE, parties.driver_id), parts.driver, "delivery.driver"),
        Entry(source, AccountRef(b, Purpose.DELIVERY_INCOME), parts.carrier, "delivery.carrier"),
    ]


async def driver_part(job: DeliveryJob, *, weight_bp: int = FULL_SHARE_BP) -> int:
    """What carrying this job brings its driver, as the shares stood when he took it (else now), in rupiah; a tip
    counts as fare here.

    `weight_bp`: the part of the fare that a leg of a relay has.
    """
    parties = FareParties.of(job)
    carrier = (await membership.cooperatives_by_id([parties.carrier_id]))[parties.carrier_id]
    share_bp = await membership.carrier_terms(
        parties.cooperative_id, parties.carrier_id, carried_id=allied.carried_id(job)
    )
    price, cut_bp = share(job.price, weight_bp), carrier.carrier_share_at(job.assigned_at)
    return split_fare(price, carrier_share_bp=share_bp, carrier_cut_bp=cut_bp).driver


async def take_cash(job: DeliveryJob, amount: int, cause: Cause, receipt_id: UUID) -> None:
    """Book cash that the driver took for the seller. In the caller's transaction, last of its locks."""
    if not amount:
        return
    parties = FareParties.of(job)
    entries = cash_for_seller(parties, amount)
    await record_obligations(entries, cause=cause, receipt_id=receipt_id)
    await post(entries, cause=cause)


async def settle(job: DeliveryJob, *, cash: int, lost: int = 0, cause: Cause, receipt_id: UUID) -> None:
    """Book the end of a job booked alone: cash of its last drop, and its fare. Caller's transaction, last.

    `lost` is what the carrier's co-op owes the seller for goods spoilt on the way, in rupiah.
    """
    parties = FareParties.of(job)
    carrier = (await membership.cooperatives_by_id([parties.carrier_id]))[parties.carrier_id]
    parts = split_fare(
        job.price,
        carrier_share_bp=await membership.carrier_terms(
            parties.cooperative_id, parties.carrier_id, carried_id=allied.carried_id(job)
        ),
        carrier_cut_bp=carrier.carrier_share_at(job.assigned_at),
    )
    await proofs.keep(
        job.pk,
        ProvenKind.JOB,
        fare=job.price,
        hosting=parts.hosting,
        carrier=parts.carrier,
        driver=parts.driver,
    )
    entries = [*cash_for_seller(parties, cash), *make_good(parties, lost), *fare(parties, parts)]
    await record_obligations(entries, cause=cause, receipt_id=receipt_id)
    await post(entries, cause=cause)
