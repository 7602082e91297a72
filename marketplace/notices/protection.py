"""What members are told of their protection. A handler of the outbox: run again, it writes nothing twice."""

from datetime import date

from cooperatives.dues.transfers import member_reference
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.claims import CHANGED
from cooperatives.protection.closing import CARRIED, LAPSED
from cooperatives.protection.models import (
    ProtectionBatch,
    ProtectionBill,
    ProtectionEnrolment,
    ProtectionProgramme,
)
from cooperatives.protection.monthly import DUE_SOON, TO_REMIT
from cooperatives.protection.remitting import NOT_COVERED
from marketplace.identity.actor import Role
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

KINDS = {
    DUE_SOON: NoticeKind.PROTECTION_DUE,
    CARRIED: NoticeKind.PROTECTION_CARRIED,
    LAPSED: NoticeKind.PROTECTION_LAPSED,
    NOT_COVERED: NoticeKind.PROTECTION_REFUSED,
}
EVENTS = frozenset({*KINDS, CHANGED, TO_REMIT})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell a member what is due, what the fund paid, that he is not covered, or what became of his claim; and who
    sends the money on that a month's is ready."""
    others = {CHANGED: _tell_of_claim, TO_REMIT: _tell_of_batch}
    await others.get(event.event, _tell_of_bill)(event)


async def _tell_of_bill(event: OutboxEvent) -> None:
    bill = await ProtectionBill.get_or_none(id=event.aggregate_id)
    if bill is None:
        return
    row = await ProtectionEnrolment.get(id=bill.enrolment_id)
    told = event.payload
    values = {
        "cooperative": await cooperative_name(bill.cooperative_id),
        "programme": (await ProtectionProgramme.get(id=bill.programme_id)).name,
        "month": f"{bill.month:%m/%Y}",
        "amount": format_rupiah(told.get("amount") or told.get("carried") or bill.amount),
        "day": f"{date.fromisoformat(told['due_on']):%d/%m/%Y}" if "due_on" in told else "",
        "reference": member_reference(bill.membership_id),
        "reason": str(told.get("reason", "")),
    }
    people, subject = [row.account_id], SubjectType.MEMBERSHIP
    await tell_all(people, KINDS[event.event], event, subject, bill.membership_id, values)


async def _tell_of_batch(event: OutboxEvent) -> None:
    batch = await ProtectionBatch.get_or_none(id=event.aggregate_id)
    if batch is None:
        return
    id = batch.cooperative_id
    values = {
        "cooperative": await cooperative_name(id),
        "programme": (await ProtectionProgramme.get(id=batch.programme_id)).name,
        "month": f"{batch.month:%m/%Y}",
        "amount": format_rupiah(batch.amount),
        "number": batch.number,
    }
    people = await officers_of(id, Role.CHAIR, Role.TREASURER)
    await tell_all(people, NoticeKind.PROTECTION_TO_REMIT, event, SubjectType.COOPERATIVE, id, values)


async def _tell_of_claim(event: OutboxEvent) -> None:
    claim = await ProtectionClaim.get_or_none(id=event.aggregate_id)
    if claim is None:
        return
    values = {
        "cooperative": await cooperative_name(claim.cooperative_id),
        "programme": (await ProtectionProgramme.get(id=claim.programme_id)).name,
        "state": event.payload["state"],
        "reason": claim.reason,
    }
    kind = NoticeKind.PROTECTION_CLAIM
    await tell_all([claim.account_id], kind, event, SubjectType.MEMBERSHIP, claim.membership_id, values)
