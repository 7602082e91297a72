"""Term deposits (simpanan berjangka): placed from voluntary savings, and back there at the end or when broken."""

from datetime import date
from uuid import UUID

from cooperatives.books.periods import add_months
from cooperatives.dues.access import own_membership
from cooperatives.dues.paying import today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.accounts import (
    hold_voluntary,
    least_of,
    new_deposit,
    next_number,
    require_active,
    require_saved,
)
from cooperatives.savings.interest import RateFrom, after_breaking, rate_on
from cooperatives.savings.kinds import Rollover, SavingsKind
from cooperatives.savings.models import DepositTerm, ProductRate, SavingsAccount, SavingsProduct
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import format_rupiah

#: Deposits whose term ends that are carried out in one sweep.
MOST_MATURING = 500


async def place_deposit(
    actor: Actor, *, savings_id: UUID, product_id: UUID, amount: int, rollover: Rollover, key: str
) -> SavingsAccount:
    """The member puts some of his voluntary savings away for a product's months, at its rate of today.

    Raises NotFound, Invalid, NotAnActiveMember, NotEnoughSaved.
    """
    by, id = signed_in(actor), new_id()
    async with transaction():
        savings = await hold_voluntary(savings_id)
        member = await own_membership(actor, savings.membership_id)
        asked = [savings_id, product_id, amount, rollover]
        if (earlier := await once(by, "placeDeposit", key, asked, id)) is not None:
            return await SavingsAccount.get(pk=earlier)
        require_active(member)
        product = await SavingsProduct.get_or_none(pk=product_id, cooperative_id=savings.cooperative_id)
        if product is None or product.months is None or product.retired_at is not None:
            raise NotFound("savings product")
        if amount < max(1, product.least):
            least = format_rupiah(max(1, product.least))
            raise Invalid.field("amount", Code.OUT_OF_RANGE, f"{least} or more", f"{least} atau lebih")
        await locked_one(Membership, member.pk)
        await require_saved(savings, amount, kept=await least_of(savings))
        today = await today_of(savings.cooperative_id)
        number = await next_number(member, SavingsKind.TERM)
        ends = add_months(today, product.months)
        deposit = new_deposit(savings, product, number, today=today, matures_on=ends)
        deposit.id, deposit.rollover = id, rollover
        await deposit.save(force_create=True)
        await DepositTerm.create(savings_id=id, since=today, rate_bp=await _rate(product.pk, today))
        entry = Entry(savings.ref, deposit.ref, amount, "savings.placed")
        await ledger.post([entry], cause=Cause("savings.placed", id))
        return deposit


async def set_rollover(actor: Actor, *, savings_id: UUID, rollover: Rollover) -> SavingsAccount:
    """The member says what becomes of a deposit when its term ends. Raises NotFound."""
    async with transaction():
        deposit = await _hold_own(actor, savings_id)
        deposit.rollover = rollover
        await deposit.save(update_fields=["rollover"])
        return deposit


async def break_deposit(actor: Actor, *, savings_id: UUID, key: str) -> SavingsAccount:
    """The member takes a deposit back before its term ends; it earns nothing in this month. Raises NotFound."""
    async with transaction():
        deposit = await _hold_own(actor, savings_id)
        if await once(signed_in(actor), "breakDeposit", key, [savings_id], savings_id) is not None:
            return deposit
        if deposit.closed_at is not None:
            raise NotFound("deposit")
        await end_early(deposit, await today_of(deposit.cooperative_id), "savings.broken")
        return deposit


async def end_early(deposit: SavingsAccount, today: date, cause: str) -> None:
    """Give a locked deposit back before its term: what it would have earned this month is forgone."""
    terms = await DepositTerm.filter(savings_id=deposit.pk)
    last = after_breaking([RateFrom(row.since, row.rate_bp) for row in terms], deposit.opened_on, today)[-1]
    await DepositTerm.filter(savings_id=deposit.pk, since__gte=last.since).delete()
    await DepositTerm.create(savings_id=deposit.pk, since=last.since, rate_bp=last.rate_bp)
    await _give_back(deposit, Cause(cause, deposit.pk))


async def mature(today: date, cooperative_id: UUID) -> int:
    """Carry out what members chose for deposits whose term has ended; answers how many. Idempotent."""
    due = SavingsAccount.filter(
        cooperative_id=cooperative_id, kind=SavingsKind.TERM, matures_on__lte=today, closed_at__isnull=True
    )
    ids = await due.order_by("matures_on", "id").limit(MOST_MATURING).values_list("id", flat=True)
    return sum([await _mature(UUID(str(id)), today) for id in ids])


async def _mature(id: UUID, today: date) -> bool:
    async with transaction():
        deposit = await locked_one(SavingsAccount, id)
        if (
            deposit is None
            or deposit.closed_at is not None
            or deposit.matures_on is None
            or deposit.matures_on > today
        ):
            return False
        member = await Membership.get(pk=deposit.membership_id)
        product = await SavingsProduct.get(pk=deposit.product_id)
        is_kept = member.state is MembershipState.ACTIVE and product.retired_at is None
        if deposit.rollover is Rollover.AGAIN and is_kept:
            assert product.months is not None  # of a TERM
            since = deposit.matures_on
            await DepositTerm.create(savings_id=id, since=since, rate_bp=await _rate(product.pk, since))
            deposit.matures_on = add_months(since, product.months)
            await deposit.save(update_fields=["matures_on"])
        else:
            await _give_back(deposit, Cause("savings.matured", id))
        told = {"is_kept": deposit.closed_at is None, "membership_id": str(deposit.membership_id)}
        await outbox.record("savings.matured", id, told)
        return True


async def _give_back(deposit: SavingsAccount, cause: Cause) -> None:
    """All that a locked deposit holds goes back to the savings it came from."""
    into = await SavingsAccount.get(pk=deposit.pays_into_id)
    held = (await ledger.locked_balance(deposit.ref)).available
    deposit.closed_at = clock.now()
    await deposit.save(update_fields=["closed_at"])
    await ledger.post([Entry(deposit.ref, into.ref, held, cause.kind)], cause=cause)


async def _rate(product_id: UUID, day: date) -> int:
    rows = await ProductRate.filter(product_id=product_id)
    return rate_on([RateFrom(row.since, row.rate_bp) for row in rows], day)


async def _hold_own(actor: Actor, savings_id: UUID) -> SavingsAccount:
    deposit = await locked_one(SavingsAccount, savings_id)
    if deposit is None or deposit.kind is not SavingsKind.TERM:
        raise NotFound("deposit")
    await own_membership(actor, deposit.membership_id)
    return deposit
