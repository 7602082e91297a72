"""The other officers of a co-op are told that something waits for one of them. A handler of the outbox."""

from uuid import UUID

from marketplace.identity.actor import OFFICERS, Role
from marketplace.identity.seconding import EVENT, Awaiting
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

__all__ = ["EVENT", "tell"]

#: What is told of each; what is not here is a setting.
KINDS = {
    Awaiting.VOUCHER: NoticeKind.VOUCHER_TO_APPROVE,
    Awaiting.PAYOUT: NoticeKind.PAYOUT_TO_APPROVE,
    Awaiting.SAVINGS_WITHDRAWAL: NoticeKind.WITHDRAWAL_TO_APPROVE,
    Awaiting.REMITTANCE: NoticeKind.REMITTANCE_TO_APPROVE,
    Awaiting.BENEFIT: NoticeKind.BENEFIT_TO_APPROVE,
    Awaiting.PAYOUT_OUTCOME: NoticeKind.PAYOUT_OUTCOME_TO_APPROVE,
    Awaiting.LOAN: NoticeKind.LOAN_TO_APPROVE,
    Awaiting.LOAN_RESTRUCTURING: NoticeKind.LOAN_TO_APPROVE,
}
#: Of these any officer may be the second; of the others a chair or treasurer.
BY_ANY = frozenset(
    {
        Awaiting.VOUCHER,
        Awaiting.VOUCHER_THRESHOLD,
        Awaiting.SETTLEMENT_ACCOUNT,
        Awaiting.LOAN,
        Awaiting.LOAN_RESTRUCTURING,
        Awaiting.BORROWING,
    }
)


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell all who may be the second, but not who proposed it; run again, it writes nothing twice."""
    what, book_id = Awaiting(event.payload["what"]), UUID(event.payload["cooperative_id"])
    amount = int(event.payload["amount"])
    values = {
        "cooperative": await cooperative_name(book_id),
        "amount": format_rupiah(amount) if amount else "",
    }
    roles = tuple(OFFICERS) if what in BY_ANY else (Role.CHAIR, Role.TREASURER)
    people = [id for id in await officers_of(book_id, *roles) if str(id) != event.payload["by"]]
    kind = KINDS.get(what, NoticeKind.MONEY_SETTING_TO_APPROVE)
    await tell_all(people, kind, event, SubjectType.COOPERATIVE, book_id, values)
