"""A finished job is billed: a sale of the unit with its labour and the parts used, paid at once or on credit."""

from datetime import date
from uuid import UUID

from catalog import stock as catalogue
from cooperatives.units.financing import paying as financing
from cooperatives.units.kinds import SaleWay
from cooperatives.units.selling import check_way, hold_member, write_sale
from cooperatives.units.workshop.access import hold_job, take
from cooperatives.units.workshop.estimating import priced_lines
from cooperatives.units.workshop.lifecycle import JobEvent
from cooperatives.units.workshop.models import JobCard
from marketplace import clock, outbox
from marketplace.database import new_id, transaction
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in


async def bill_job(
    actor: Actor,
    *,
    job_id: UUID,
    way: SaleWay,
    due_on: date | None = None,
    loan_id: UUID | None = None,
    key: str,
) -> JobCard:
    """A keeper bills a job for what was agreed to and done. `loan_id`: the approved loan that finances it.

    Raises NotFound, Invalid, JobWrongState, OutOfStock, CreditLimitReached, NotAMember; financed also
    BoughtOtherwise, OwnLoan, LoanWrongState, AgainstTheLaw.
    """
    by, sale_id = signed_in(actor), new_id()
    check_way(way)
    async with transaction():
        unit, job, side = await hold_job(actor, job_id)
        if await once(by, "billWorkshopJob", key, [job_id, way, due_on, loan_id], job_id) is not None:
            return job
        take(job, JobEvent.BILL, side)
        job.sale_id, job.ended_at = sale_id, clock.now()
        await job.save(update_fields=["state", "sale_id", "ended_at"])
        member = await hold_member(unit, job.membership_id)
        if way is SaleWay.FINANCED:
            purchase = await financing.purchase_of(unit, loan_id, job.membership_id)
            financing.require_job(purchase, job.pk, job.total)
            await financing.pay(actor, purchase, sale_id)
        await catalogue.release(job.hold_id)  # the sale takes the same parts, in the same transaction
        told = {
            "membership_id": str(job.membership_id) if job.membership_id else None,
            "unit": unit.name,
            "number": job.number,
            "total": job.total,
        }
        await outbox.record("job_card.billed", job.pk, told)
        await write_sale(unit, member, priced_lines(job), way, id=sale_id, by=by, due_on=due_on)
        return job
