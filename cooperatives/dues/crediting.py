"""What a member paid beyond what he owed is held for him, and pays what comes due next."""

from datetime import date
from uuid import UUID, uuid5

from tortoise.expressions import F

from cooperatives.dues.allocating import allocate, served
from cooperatives.dues.models import DuePayment, PaymentWay
from cooperatives.dues.paying import Prepared, credit_of, hold_dues, owed, pay_many
from cooperatives.dues.terms import terms_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Purpose
from cooperatives.ledger.models import LedgerAccount
from cooperatives.membership.models import Membership
from marketplace.database import new_id, transaction

#: Members looked at in one go; who is left comes with the next day.
MOST = 1_000


async def use_credit(cooperative_id: UUID, day: date) -> int:
    """Pay from what is held for members what had come due by `day`; answers how many paid. Idempotent by day."""
    held = LedgerAccount.filter(cooperative_id=cooperative_id, purpose=Purpose.MEMBER_CREDIT)
    held = held.filter(credits_posted__gt=F("debits_posted"), subject_id__isnull=False)
    rows = await held.order_by("id").limit(MOST).values_list("subject_id", flat=True)
    return sum([await _use(UUID(str(id)), day) for id in rows])


async def _use(membership_id: UUID, day: date) -> bool:
    async with transaction():
        member = await Membership.get(pk=membership_id)
        source_id = uuid5(membership_id, f"credit:{day}")
        dues = await hold_dues(membership_id)
        if await DuePayment.exists(way=PaymentWay.CREDIT, source_id=source_id):
            return False
        terms = await terms_of(member.cooperative_id, day)
        ref = credit_of(member.cooperative_id, membership_id)
        has = max(0, (await ledger.locked_balance(ref)).available)
        ready = [owed(due) for due in dues.values() if due.opens_on <= day]
        shares, left = allocate(has, served(ready, terms.order))
        if not shares:
            return False
        payment = DuePayment(
            id=new_id(),
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=member.account_id,
            way=PaymentWay.CREDIT,
            source_id=source_id,
            amount=has - left,
            received_on=day,
        )
        return bool(await pay_many([Prepared(payment, tuple(shares), ((ref, has - left),))], dues))
