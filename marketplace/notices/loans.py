"""What borrowers, those behind them and who lends are told of loans. A handler of the outbox."""

from uuid import UUID

from cooperatives.loans.access import LENDERS
from cooperatives.loans.kinds import GuaranteeState
from cooperatives.loans.models import Loan, LoanGuarantee
from cooperatives.units.financing.models import FinancedPurchase
from cooperatives.units.models import BusinessUnit
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, person_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

BORROWER = {
    "loan.approved": NoticeKind.LOAN_APPROVED,
    "loan.rejected": NoticeKind.LOAN_REJECTED,
    "loan.disbursed": NoticeKind.LOAN_DISBURSED,
    "loan.restructured": NoticeKind.LOAN_RESTRUCTURED,
    "loan.repaid": NoticeKind.LOAN_REPAID,
    "loan.written_off": NoticeKind.LOAN_WRITTEN_OFF,
    "loan.late": NoticeKind.LOAN_LATE,
}
#: The same of a loan that pays a unit for what the borrower buys there.
BUYER = {
    "loan.approved": NoticeKind.LOAN_TO_FETCH,
    "loan.disbursed": NoticeKind.LOAN_PAID_UNIT,
    "loan.called_off": NoticeKind.LOAN_CALLED_OFF,
}
GUARANTEE = frozenset({"loan.guarantee_asked", "loan.guarantee_answered"})
EVENTS = frozenset({*BORROWER, *BUYER, *GUARANTEE, "loan.applied"})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event; run again, it writes nothing twice."""
    id = UUID(str(event.payload["loan_id"])) if event.event in GUARANTEE else event.aggregate_id
    loan = await Loan.get_or_none(pk=id)
    if loan is None:
        return
    asker = loan.account_id
    if event.event == "loan.guarantee_answered":
        asker = UUID(str(event.payload["account_id"]))
    values = {
        "cooperative": await cooperative_name(loan.cooperative_id),
        "name": await person_name(asker),
        "amount": format_rupiah(loan.amount),
        "number": loan.number or "",
        "reason": loan.refusal or "",
        "days": str(event.payload.get("days", "")),
        "job": str(event.payload.get("job", "")),
    }
    purchase = await FinancedPurchase.get_or_none(pk=loan.pk) if event.event in BUYER else None
    if purchase is not None:
        unit = await BusinessUnit.get(pk=purchase.unit_id)
        kind, values = BUYER[event.event], values | {"unit": unit.name}
        await tell_all([loan.account_id], kind, event, SubjectType.LOAN, loan.pk, values)
        return
    for kind, people in await _told(loan, event):
        await tell_all(people, kind, event, SubjectType.LOAN, loan.pk, values)


async def _told(loan: Loan, event: OutboxEvent) -> list[tuple[NoticeKind, list[UUID]]]:
    """Which notice goes to whom."""
    match event.event:
        case "loan.applied":
            people = [id for id in await officers_of(loan.cooperative_id, *LENDERS) if id != loan.account_id]
            return [(NoticeKind.LOAN_APPLIED, people)]
        case "loan.guarantee_asked":
            return [(NoticeKind.LOAN_GUARANTEE_ASKED, [UUID(str(event.payload["account_id"]))])]
        case "loan.guarantee_answered":
            is_given = event.payload["is_given"]
            kind = NoticeKind.LOAN_GUARANTEE_GIVEN if is_given else NoticeKind.LOAN_GUARANTEE_REFUSED
            return [(kind, [loan.account_id])]
        case "loan.late":
            given = await LoanGuarantee.filter(loan_id=loan.pk, state=GuaranteeState.GIVEN)
            behind = [row.account_id for row in given]
            return [(NoticeKind.LOAN_LATE, [loan.account_id]), (NoticeKind.LOAN_BEHIND_LATE, behind)]
        case other:
            return [(BORROWER[other], [loan.account_id])]
