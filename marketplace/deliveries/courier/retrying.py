"""A drop that failed is tried again, as often as the co-op's rules say; and what each failure would cost."""

from uuid import UUID

from marketplace.database import transaction
from marketplace.deliveries import headroom, limits
from marketplace.deliveries.courier import attempts, calling
from marketplace.deliveries.courier.failures import RETRIABLE, DropFacts, FailureTerms, terms_of
from marketplace.deliveries.courier.rules import Rules, rules_of
from marketplace.deliveries.holding import LockedJob, lock_job, move
from marketplace.deliveries.lifecycle import DropState, FailureCode, JobEvent, WrongJobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop
from marketplace.deliveries.reading import sight_of
from marketplace.deliveries.service import by_holder
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah
from marketplace.orders.models import PaymentMethod, SubOrder


class NoMoreRetries(MarketplaceError):
    """This drop may not be tried again, after {failures} failures or by its failure's kind: bring it back."""

    code = Code.LIMIT_EXCEEDED
    pesan = (
        "Tujuan ini tidak boleh dicoba lagi: sudah {failures} kali gagal, atau tidak dapat diperbaiki. Kembalikan."
    )


async def retry_drop_off(actor: Actor, *, job_id: UUID, drop_id: UUID | None, key: str) -> DeliveryJob:
    """Try a failed drop once more instead of bringing it back; what it was to bring comes back into the price.

    For the holder, within his cash limit. Raises NoMoreRetries, CashLimitReached, NetDebitCapReached, WrongJobState.
    """

    async def act(job: LockedJob, driver: Driver) -> None:
        index = job.index(drop_id)
        drop = job.drops[index]
        code = drop.failure
        if drop.state is not DropState.FAILED or code is None:
            raise WrongJobState(state=drop.state.value)
        failures = len(await attempts.failures_of(drop))
        if code not in RETRIABLE or failures >= (await rules_of(job.row.cooperative_id)).attempts:
            raise NoMoreRetries(failures=failures)
        await _require_cash_fits(driver, drop)
        restored = drop.price if attempts.is_unpaid(job.row, job.drops, code) else 0
        await move(
            job,
            JobEvent.RETRY,
            by=driver.account_id,
            drop=index,
            values={"price": job.row.price + restored} if restored else {},
        )
        await headroom.reserve(job.row, job.drops)

    return await by_holder(actor, job_id, "retryDropOff", key, [job_id, drop_id], act)


async def _require_cash_fits(driver: Driver, drop: Drop) -> None:
    cash = (await limits.load_of(driver)).cash + drop.cash_to_collect
    if drop.cash_to_collect and cash > driver.cash_limit:
        raise limits.CashLimitReached(cash=format_rupiah(cash), limit=format_rupiah(driver.cash_limit))


async def failure_terms(actor: Actor, *, job_id: UUID, drop_id: UUID | None) -> list[FailureTerms]:
    """What each code would cost for this drop, and who would bear it: for those who carry it or answer for it."""
    signed_in(actor)
    async with transaction():  # one moment: what is shown is what would be posted now
        job = await lock_job(job_id)
        sight = sight_of(actor, job.row, job.drops)
        if not sight.is_full:
            raise NotFound("delivery job")
        drop = job.drops[job.index(drop_id)]
        facts = await _facts(job, drop, await rules_of(job.row.cooperative_id))
    return [terms_of(code, facts) for code in FailureCode]


async def _facts(job: LockedJob, drop: Drop, rules: Rules) -> DropFacts:
    sub_order = None if job.row.sub_order_id is None else await SubOrder.get(pk=job.row.sub_order_id)
    return DropFacts(
        price=await attempts.ride_of(job.row, drop),
        is_order=sub_order is not None,
        is_cash=sub_order is not None and sub_order.payment_method is PaymentMethod.CASH,
        is_perishable=sub_order is not None and sub_order.is_perishable,
        is_one_of_several=len(job.drops) > 1,
        failures=len(await attempts.failures_of(drop)) - (drop.state is DropState.FAILED),
        attempts=rules.attempts,
        retry_share_bp=rules.retry_share_bp,
        calls_needed=rules.calls,
        calls_made=await calling.tries_at(job.row, drop.pk),
    )
