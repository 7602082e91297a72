"""Dues paid by bank transfer: a line of the bank's statement that names a member's reference pays what he owes."""

from uuid import UUID

from cooperatives.books import reconciling
from cooperatives.books.models import AccountingBook, BankLine, ChartAccount
from cooperatives.dues.access import CASHIERS, membership_for
from cooperatives.dues.models import DuePayment, PaymentWay
from cooperatives.dues.paying import PAID, hold_dues, pay
from cooperatives.membership.models import Membership
from cooperatives.settlements.references import DUES_PREFIX, reference_of, references_in
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.outbox import OutboxEvent

#: Lines of one statement that are looked through.
MOST_LINES = 5_000


def member_reference(membership_id: UUID) -> str:
    """What a member writes on his transfers: always the same, 14 signs."""
    return reference_of(membership_id, DUES_PREFIX)


async def on_statement(adapters: object, event: OutboxEvent) -> None:
    """A statement was imported: see `receive_transfers`. A handler of the outbox."""
    await receive_transfers(UUID(str(event.aggregate_id)))


async def receive_transfers(statement_id: UUID) -> int:
    """Pay dues from the lines of a statement that name a member and nothing was matched with; answers how many.

    May be run again: a line is taken once.
    """
    lines = BankLine.filter(statement_id=statement_id, match_id__isnull=True, amount__gt=0)
    named = [
        (line, names)
        for line in await lines.order_by("booked_on", "id").limit(MOST_LINES)
        if (names := references_in(f"{line.description} {line.reference}", DUES_PREFIX))
    ]
    if not named:
        return 0
    account = await ChartAccount.get(pk=named[0][0].account_id)
    ids = await Membership.filter(cooperative_id=account.cooperative_id).values_list("id", flat=True)
    by_reference = {member_reference(UUID(str(id))): UUID(str(id)) for id in ids}
    taken = 0
    for line, names in named:
        members = [by_reference[name] for name in names if name in by_reference]
        if len(members) == 1:  # a line that names two members is for an officer to tell apart
            taken += await _receive(line.pk, members[0], account, by=None) is not None
    return taken


async def pay_from_line(actor: Actor, *, line_id: UUID, membership_id: UUID, key: str) -> DuePayment:
    """A cashier says whose dues a line of the bank's statement pays that names nobody. Raises NotFound, Forbidden,
    Invalid."""
    by = signed_in(actor)
    member = await membership_for(actor, membership_id, CASHIERS)
    line = await BankLine.get_or_none(pk=line_id)
    account = None if line is None else await ChartAccount.get(pk=line.account_id)
    if line is None or account is None or account.cooperative_id != member.cooperative_id:
        raise NotFound("bank line")
    async with transaction():
        if await once(by, "payDuesFromLine", key, [line_id, membership_id], line_id) is not None:
            return await DuePayment.get(way=PaymentWay.TRANSFER, source_id=line_id)
        paid = await _receive(line_id, membership_id, account, by=by)
        if paid is None:
            raise Invalid.field(
                "lineId", Code.INVALID, "money that came in and is not matched", "uang masuk yang belum dicocokkan"
            )
        return paid


async def _receive(
    line_id: UUID, membership_id: UUID, account: ChartAccount, *, by: UUID | None
) -> DuePayment | None:
    """Take one line; None when it is matched by now, or went out. Locks: book, dues, accounts."""
    async with transaction():
        await locked_one(AccountingBook, account.cooperative_id)
        line = await locked_one(BankLine, line_id)
        if line is None or line.match_id is not None or line.amount <= 0:
            return None
        if await DuePayment.exists(way=PaymentWay.TRANSFER, source_id=line_id):  # its match was undone by hand
            return None
        member = await Membership.get(pk=membership_id)
        payment = DuePayment(
            id=new_id(),
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=member.account_id,
            way=PaymentWay.TRANSFER,
            source_id=line_id,
            amount=line.amount,
            received_on=line.booked_on,
            reference=f"{line.reference} {line.description}".strip()[:80],
            taken_by=by,
        )
        bank = account.as_account().ref(account.cooperative_id)
        await pay(payment, await hold_dues(membership_id), [(bank, line.amount)])
        await reconciling.join(account.pk, [line], {(PAID, payment.pk): line.amount}, by=by)
        return payment
