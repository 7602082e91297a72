"""What a receiver gives his driver after the delivery: in cash, which is noted, or online. It is all his."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.courier.models import DriverTip, TipState
from marketplace.deliveries.lifecycle import DropState
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.models import SubOrder
from marketplace.orders.pricing import LARGEST_TIP
from marketplace.outbox import OutboxEvent
from marketplace.payments import tipping
from marketplace.payments.gateway import LeadsBack, PaymentChannel
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.rails import Rails

#: So long after the delivery a tip may be given, and so many for one delivery.
OPEN_FOR = timedelta(days=7)
MOST_TIPS = 3
#: Events by which payments say what became of one that stands beside its order's parts.
EVENTS = ("payment.beside.succeeded", "payment.beside.failed")


class NothingToTip(MarketplaceError):
    """A tip is given for a delivery that reached you, within seven days."""

    code = Code.WRONG_STATE
    pesan = "Tip diberikan untuk antaran yang sampai kepada Anda, paling lama tujuh hari sesudahnya."


class TippedEnough(MarketplaceError):
    """You have given {most} tips for this delivery already."""

    code = Code.TOO_MANY
    pesan = "Anda sudah memberi {most} tip untuk antaran ini."


async def tip_driver(
    actor: Actor,
    *,
    job_id: UUID,
    amount: int,
    is_cash: bool,
    rails: Rails,
    key: str,
    channel: PaymentChannel | None = None,
    institution: str = "",
    leads_back: LeadsBack | None = None,
) -> DriverTip:
    """Give the driver a tip for a delivery of one's own order. Cash is noted as given; online it is to be paid.

    Raises NothingToTip, TippedEnough, ChannelUnavailable, Invalid, NotFound.
    """
    by = signed_in(actor)
    if not 1 <= amount <= LARGEST_TIP:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "1 to 1,000,000", "1 sampai 1.000.000")
    async with transaction():
        id = new_id()
        earlier = await once(by, "tipDriver", key, [job_id, amount, is_cash, channel, institution], id)
        if earlier is not None:
            return await DriverTip.get(pk=earlier)
        job, sub_order = await _delivered(by, job_id)
        if await DriverTip.filter(job_id=job_id, giver_id=by, state__not=TipState.FAILED).count() >= MOST_TIPS:
            raise TippedEnough(most=MOST_TIPS)
        tip = DriverTip(
            id=id,
            job_id=job.pk,
            sub_order_id=sub_order.id,
            giver_id=by,
            driver_id=job.driver_id,
            amount=amount,
            is_cash=is_cash,
            state=TipState.WAITING,
        )
        if is_cash:
            await tip.save(force_create=True)
            await _given(tip, job)
            return tip
        payment, gateway = await tipping.intend(
            sub_order, tip_id=id, amount=amount, rails=rails, channel=channel, institution=institution
        )
        tip.payment_id = payment.id
        await tip.save(force_create=True)
    await tipping.carry_out(payment, gateway, sub_order.number, leads_back)
    return tip


async def on_payment(adapters: object, event: OutboxEvent) -> None:
    """A tip's payment succeeded or failed: it is posted to the driver, or FAILED. Run again it does nothing."""
    async with transaction():
        found = await DriverTip.get_or_none(payment_id=event.aggregate_id)
        tip = None if found is None else await locked_one(DriverTip, found.pk)
        payment = await Payment.get_or_none(id=event.aggregate_id)
        if tip is None or payment is None or tip.state is TipState.GIVEN:
            return
        if payment.state is PaymentState.FAILED:
            tip.state = TipState.FAILED
            await tip.save(update_fields=["state"])
            return
        job = await DeliveryJob.get(pk=tip.job_id)
        if payment.state is not PaymentState.SUCCEEDED or job.carrier_id is None or job.driver_account_id is None:
            return
        await _given(tip, job)
        await tipping.book(
            payment,
            await SubOrder.get(id=tip.sub_order_id),
            tip_id=tip.pk,
            carrier_id=job.carrier_id,
            driver_account_id=job.driver_account_id,
        )


async def tips_by_job(ids: Iterable[UUID]) -> dict[UUID, list[DriverTip]]:
    """The tips for each of these jobs, oldest first. One statement."""
    found: dict[UUID, list[DriverTip]] = {id: [] for id in ids}
    for tip in await DriverTip.filter(job_id__in=list(found)).order_by("id"):
        found[tip.job_id].append(tip)
    return found


async def _delivered(by: UUID, job_id: UUID) -> tuple[DeliveryJob, SubOrder]:
    """The job, locked, and its sub-order. Raises NotFound for who is not its buyer, NothingToTip."""
    job = await locked_one(DeliveryJob, job_id)
    drops = [] if job is None else await Drop.filter(job_id=job_id, receiver_id=by)
    if job is None or not drops:
        raise NotFound("delivery job")
    ended = [drop.ended_at for drop in drops if drop.state is DropState.DELIVERED and drop.ended_at is not None]
    if not ended or job.sub_order_id is None or job.driver_id is None or clock.now() - max(ended) > OPEN_FOR:
        raise NothingToTip
    return job, await SubOrder.get(id=job.sub_order_id)


async def _given(tip: DriverTip, job: DeliveryJob) -> None:
    tip.state, tip.given_at = TipState.GIVEN, clock.now()
    await tip.save(update_fields=["state", "given_at"])
    said = {"driver_account_id": str(job.driver_account_id), "amount": tip.amount}
    await outbox.record("job.tipped", job.pk, said)
