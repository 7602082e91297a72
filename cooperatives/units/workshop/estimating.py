"""What a job is to cost: labour and parts, agreed to by the customer before work goes beyond it.

Parts of an agreed job are set aside in the catalogue, so that nobody buys them away meanwhile.
"""

from collections.abc import Sequence
from uuid import UUID

from catalog import stock as catalogue
from cooperatives.units.access import MOST_PRICE, MOST_QUANTITY, check_lines, check_number, check_text
from cooperatives.units.models import BusinessUnit, UnitItem
from cooperatives.units.selling import Priced, SaleLine, kept, priced_as, priced_for
from cooperatives.units.workshop.access import hold_job, take
from cooperatives.units.workshop.lifecycle import JobEvent, Side, exceeds
from cooperatives.units.workshop.models import JobCard
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import transaction
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor, Forbidden, signed_in


async def estimate_job(actor: Actor, *, job_id: UUID, lines: Sequence[SaleLine]) -> JobCard:
    """A keeper says what the job takes: all its lines, labour with a price, parts at the customer's. Beyond what he
    agreed to (anything, at first) the customer is asked and work waits; within it, work goes on.

    Raises NotFound, Forbidden, Invalid, JobWrongState, OutOfStock.
    """
    check_lines(len(lines))
    for place, line in enumerate(lines):
        _check(place, line)
    async with transaction():
        unit, job, side = await hold_job(actor, job_id)
        if side is not Side.KEEPER:
            raise Forbidden(needs="unit keeper")
        priced = await priced_for(unit, lines, is_member=job.membership_id is not None)
        total = sum(line.total for line in priced)
        is_beyond = exceeds(total, job.agreed)
        take(job, JobEvent.ESTIMATE if is_beyond else JobEvent.CHANGE, side)
        job.lines = [kept(line, {}) for line in priced]
        if is_beyond:
            await _ask(unit, job, total)
        else:
            job.agreed_lines = job.lines
            await set_aside(job)
        await job.save(update_fields=["state", "lines", "agreed_lines", "held"])
        return job


async def answer_estimate(actor: Actor, *, job_id: UUID, is_agreed: bool) -> JobCard:
    """The customer agrees to the estimate, and work may go on, its parts set aside; or he does not, and what he
    agreed to before stands. For who is not on the node a keeper writes down his word.

    Raises NotFound, JobWrongState, OutOfStock.
    """
    by = signed_in(actor)
    async with transaction():
        _, job, side = await hold_job(actor, job_id)
        if side is Side.KEEPER and job.membership_id is not None:
            raise Forbidden(needs="the member whose vehicle it is")
        take(job, JobEvent.AGREE if is_agreed else JobEvent.DECLINE, side)
        if is_agreed:
            job.agreed, job.agreed_at, job.agreed_by = job.total, clock.now(), by
            job.agreed_lines = job.lines
            await set_aside(job)
        else:
            job.lines = job.agreed_lines
        await job.save(update_fields=["state", "lines", "agreed_lines", "agreed", "agreed_at", "agreed_by", "held"])
        return job


async def set_aside(job: JobCard) -> None:
    """Hold the parts of a locked job anew, in the caller's transaction. Raises OutOfStock."""
    await catalogue.release(job.hold_id)
    job.held += 1
    parts = parts_of(job)
    if not parts:
        return
    items = {row.pk: row for row in await rows_by(UnitItem, "id", set(parts))}
    wanted = {items[id].variant_id: quantity for id, quantity in parts.items()}
    await catalogue.reserve(wanted, sub_order_id=job.hold_id)


def parts_of(job: JobCard) -> dict[UUID, int]:
    """How many of each item the job takes."""
    return {UUID(line["item"]): line["quantity"] for line in job.lines if "item" in line}


def priced_lines(job: JobCard) -> list[Priced]:
    """A job's lines as its bill has them."""
    return [priced_as(line) for line in job.lines]


async def _ask(unit: BusinessUnit, job: JobCard, total: int) -> None:
    told = {
        "membership_id": str(job.membership_id) if job.membership_id else None,
        "unit": unit.name,
        "number": job.number,
        "total": total,
    }
    await outbox.record("job_card.estimated", job.pk, told)


def _check(place: int, line: SaleLine) -> None:
    under = ("lines", str(place))
    check_number((*under, "quantity"), line.quantity, 1, MOST_QUANTITY)
    if line.item_id is None:
        check_number((*under, "price"), line.price, 0, MOST_PRICE)
        check_text(".".join((*under, "name")), line.name, 2, 160)
    elif line.price or line.name:
        raise Invalid.field(
            ".".join((*under, "price")), Code.INVALID, "a part has its own", "suku cadang memakai harganya sendiri"
        )
