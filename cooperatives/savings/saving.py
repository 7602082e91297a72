"""How money gets into voluntary savings: cash at the counter, of one's earnings; and how savings pay one's dues."""

from uuid import UUID

from cooperatives.dues import service as dues
from cooperatives.dues.access import CASHIERS, membership_for, own_membership
from cooperatives.dues.earnings import payables_of
from cooperatives.dues.models import DueKind, DuePayment, PaymentWay
from cooperatives.dues.paying import hold_dues, pay, today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.savings.accounts import hold_voluntary, least_of, require_active, require_saved
from cooperatives.savings.models import SavingsAccount
from cooperatives.savings.terms import by_laws
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import LARGEST_RUPIAH, format_rupiah
from marketplace.rules import AgainstTheLaw

DEPOSITED = "savings.deposit"


async def deposit_cash(actor: Actor, *, savings_id: UUID, amount: int, key: str) -> DuePayment:
    """A cashier takes cash into a member's voluntary savings; the member gets a numbered receipt.

    Raises NotFound, Forbidden, Invalid, NotAnActiveMember, AgainstTheLaw above what the by-laws let one member save.
    """
    by, id = signed_in(actor), new_id()
    check_amount(amount)
    async with transaction():
        savings = await hold_voluntary(savings_id)
        member = await membership_for(actor, savings.membership_id, CASHIERS)
        if (earlier := await once(by, "depositSavings", key, [savings_id, amount], id)) is not None:
            return await DuePayment.get(pk=earlier)
        require_active(member)
        await require_room(savings, amount)
        today = await today_of(savings.cooperative_id)
        part = dues.Part(savings.ref, amount, DEPOSITED)
        charge = dues.Charge(member.pk, DueKind.VOLUNTARY_SAVINGS, today, Cause(DEPOSITED, id), (part,))
        (due,) = await dues.charge(savings.cooperative_id, [charge])
        payment = DuePayment(
            id=id,
            cooperative_id=savings.cooperative_id,
            membership_id=member.pk,
            account_id=member.account_id,
            way=PaymentWay.CASH,
            source_id=id,
            amount=amount,
            received_on=today,
            taken_by=by,
        )
        return await pay(payment, {due.pk: due}, [(AccountRef(savings.cooperative_id, Purpose.CASH), amount)])


async def save_from_earnings(actor: Actor, *, savings_id: UUID, amount: int, key: str) -> SavingsAccount:
    """The member moves some of what the co-op owes him of his earnings into his voluntary savings.

    Raises NotFound, Invalid, NotAnActiveMember, LimitExceeded, AgainstTheLaw.
    """
    by, id = signed_in(actor), new_id()
    check_amount(amount)
    async with transaction():
        savings = await hold_voluntary(savings_id)
        member = await own_membership(actor, savings.membership_id)
        if await once(by, "saveFromEarnings", key, [savings_id, amount], id) is not None:
            return savings
        require_active(member)
        await require_room(savings, amount)
        entries, left = [], amount
        for ref in (await payables_of(savings.cooperative_id, [member.account_id]))[member.account_id]:
            taken = min(left, max(0, (await ledger.locked_balance(ref)).available))
            entries.append(Entry(ref, savings.ref, taken, "savings.from_earnings"))
            left -= taken
        if left:
            most = format_rupiah(amount - left)
            raise Invalid.field("amount", Code.LIMIT_EXCEEDED, f"at most {most}", f"paling banyak {most}")
        await ledger.post(entries, cause=Cause("savings.from_earnings", id))
        return savings


async def pay_dues(actor: Actor, *, savings_id: UUID, amount: int, key: str) -> DuePayment:
    """The member pays his dues out of his voluntary savings. Raises NotFound, Invalid, NotEnoughSaved."""
    by, id = signed_in(actor), new_id()
    check_amount(amount)
    async with transaction():
        savings = await hold_voluntary(savings_id)
        member = await own_membership(actor, savings.membership_id)
        if (earlier := await once(by, "payDuesFromSavings", key, [savings_id, amount], id)) is not None:
            return await DuePayment.get(pk=earlier)
        owed = {id: due for id, due in (await hold_dues(member.pk)).items() if not _fills(due.parts, savings)}
        in_all = sum(due.outstanding for due in owed.values())
        if amount > in_all:
            most = format_rupiah(in_all)
            raise Invalid.field("amount", Code.LIMIT_EXCEEDED, f"at most {most}", f"paling banyak {most}")
        await require_saved(savings, amount, kept=await least_of(savings))
        payment = DuePayment(
            id=id,
            cooperative_id=savings.cooperative_id,
            membership_id=member.pk,
            account_id=member.account_id,
            way=PaymentWay.SAVINGS,
            source_id=id,
            amount=amount,
            received_on=await today_of(savings.cooperative_id),
        )
        return await pay(payment, owed, [(savings.ref, amount)])


def _fills(parts: list[list[object]], savings: SavingsAccount) -> bool:
    """Whether a due would be paid into the very savings that pay it."""
    return any(str(subject) == str(savings.pk) for _, subject, _, _ in parts)


def check_amount(amount: int) -> None:
    """Go on when it is some rupiah. Raises Invalid."""
    if not 0 < amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")


async def require_room(savings: SavingsAccount, amount: int) -> None:
    """Go on when the member may save so much more. Raises AgainstTheLaw, naming the by-law."""
    laws = await by_laws(savings.cooperative_id, await today_of(savings.cooperative_id))
    most, held = laws[ByLaw.SAVINGS_MOST_VOLUNTARY], (await ledger.balance(savings.ref)).amount
    if held + amount > most:
        raise AgainstTheLaw.by(
            laws.in_force[ByLaw.SAVINGS_MOST_VOLUNTARY].cited(),
            f"one member's voluntary savings are at most {format_rupiah(most)}",
            f"simpanan sukarela seorang anggota paling banyak {format_rupiah(most)}",
        )
