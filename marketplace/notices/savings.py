"""What members are told of their savings. A handler of the outbox: run again, it writes nothing twice."""

from cooperatives.savings.models import SavingsAccount, SavingsWithdrawal, WithdrawalState
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.outbox import OutboxEvent

ENDED, MATURED = "savings.withdrawal_ended", "savings.matured"
EVENTS = frozenset({ENDED, MATURED})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell a member that his withdrawal was refused, or that the term of his deposit has ended."""
    if event.event == ENDED:
        await _tell_of_withdrawal(event)
    else:
        await _tell_of_deposit(event)


async def _tell_of_withdrawal(event: OutboxEvent) -> None:
    row = await SavingsWithdrawal.get_or_none(id=event.aggregate_id)
    if row is None or row.state is not WithdrawalState.REFUSED:
        return
    values = {
        "cooperative": await cooperative_name(row.cooperative_id),
        "amount": format_rupiah(row.amount),
        "reason": row.reason,
    }
    kind = NoticeKind.WITHDRAWAL_REFUSED
    await tell_all([row.account_id], kind, event, SubjectType.MEMBERSHIP, row.membership_id, values)


async def _tell_of_deposit(event: OutboxEvent) -> None:
    row = await SavingsAccount.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    values = {"cooperative": await cooperative_name(row.cooperative_id), "number": row.number}
    kind = NoticeKind.DEPOSIT_MATURED
    await tell_all([row.account_id], kind, event, SubjectType.MEMBERSHIP, row.membership_id, values)
