"""The money of a relayed job: once its fare is shared out as ever, each leg gets its own part of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cooperatives.ledger.between import debts
from cooperatives.ledger.service import Cause, Entry, post
from cooperatives.membership import service as membership
from cooperatives.settlements.obligations import record_obligation
from marketplace.deliveries import allied
from marketplace.deliveries.fares import FareSplit
from marketplace.deliveries.holding import LockedJob
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.relay import shares
from marketplace.deliveries.relay.models import RelayLeg
from marketplace.deliveries.relay.planning import legs_of
from marketplace.deliveries.relay.shares import KIND, Carried
from marketplace.orders.models import SubOrder


async def share_out(job: LockedJob, receipt_id: UUID, *, answering_id: UUID | None = None) -> None:
    """Give the legs before the last their part of the fare; nothing for a job without a relay.

    Caller's transaction, after the job's end was settled with its last carrier. Where nobody pays for the ride, since
    it failed by the doing of who had the goods last, his co-op pays the legs before; `answering_id` is the co-op of
    the hub where it failed.
    """
    row = job.row
    if row.legs_left is None or row.carrier_id is None or row.driver_account_id is None:
        return
    legs = await legs_of(row.pk)
    is_at_hub = row.hub_id is not None
    done = [leg for leg in legs[: len(legs) - row.legs_left] if leg.ended_at is not None]
    carried = [await _carried(row, leg, len(legs) - 1 - leg.position) for leg in done]
    ridden = list(done)
    if not is_at_hub:
        ridden.append(legs[-1 - row.legs_left])
        carried.append(await _last(row, ridden[-1]))
    fare, is_paid = await _fare(job)
    if is_paid:
        await _prove(ridden, shares.splits(fare, carried))
        entries = shares.setting_right(row.cooperative_id, carried, fare)
    else:
        unpaid = 0 if answering_id is not None else 1
        entries = shares.at_expense_of(answering_id or row.carrier_id, carried, fare, unpaid=unpaid)
    await _post(row, entries, done, receipt_id)


async def _prove(legs: Sequence[RelayLeg], parts: Sequence[FareSplit]) -> None:
    """Keep with each leg how its price was shared out: beside the delivery's proof, which knows one carrier."""
    for leg, part in zip(legs, parts, strict=True):
        leg.hosting, leg.carrier_share, leg.driver_share = part.hosting, part.carrier, part.driver
        await leg.save(update_fields=["hosting", "carrier_share", "driver_share"])


async def _post(row: DeliveryJob, entries: list[Entry], done: list[RelayLeg], receipt_id: UUID) -> None:
    """Each debt names the hand-over by which the creditor's leg was done."""
    cause = Cause(KIND, row.pk)
    receipts = {leg.carrier_id: leg.receipt_id for leg in done}
    for (debtor_id, creditor_id), amount in debts(entries).items():
        ground = receipts.get(creditor_id) or receipt_id
        await record_obligation(
            debtor_id=debtor_id, creditor_id=creditor_id, amount=amount, cause=cause, receipt_id=ground
        )
    if entries:
        await post(entries, cause=cause)


async def _carried(row: DeliveryJob, leg: RelayLeg, legs_left: int) -> Carried:
    """A leg that ended at a hub, on the terms on which it was taken."""
    if leg.carrier_id is None or leg.driver_account_id is None:
        raise ValueError("a leg that was done has its driver")
    id = allied.leg_id(row, legs_left)
    return await _terms(row.cooperative_id, leg, leg.carrier_id, leg.driver_account_id, id, leg.put_out_at)


async def _last(row: DeliveryJob, leg: RelayLeg) -> Carried:
    if row.carrier_id is None or row.driver_account_id is None:
        raise ValueError("a job that has ended keeps its driver's name")
    id = allied.carried_id(row)
    return await _terms(row.cooperative_id, leg, row.carrier_id, row.driver_account_id, id, row.assigned_at)


async def _terms(
    a: UUID, leg: RelayLeg, carrier_id: UUID, driver_id: UUID, carried_id: UUID, taken_at: datetime | None
) -> Carried:
    carrier = (await membership.cooperatives_by_id([carrier_id]))[carrier_id]
    share_bp = await membership.carrier_terms(a, carrier_id, carried_id=carried_id)
    return Carried(leg.weight, carrier_id, driver_id, share_bp, carrier.carrier_share_at(taken_at))


async def _fare(job: LockedJob) -> tuple[int, bool]:
    """What the ride costs, and whether someone pays for it."""
    row = job.row
    if row.sub_order_id is None:
        whole = sum(drop.price for drop in job.drops)
        return (row.price, True) if row.price else (whole, False)
    sub_order = await SubOrder.get(pk=row.sub_order_id)
    is_paid = row.state is JobState.DELIVERED or bool(sub_order.keeps_delivery)
    fare: int = sub_order.delivery
    return fare, is_paid
