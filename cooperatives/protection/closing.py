"""A month closed, when the day by which members pay is over: covered, carried by the solidarity fund, or lapsed.

In batches, each one transaction: a process that dies leaves whole batches, and the next goes on with what is OPEN.
Locks: bills, their dues, then the ledger's accounts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.dues import service as dues
from cooperatives.dues.models import Due, DueState
from cooperatives.dues.paying import credit_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.ledger.compounds import Compound, Outcome
from cooperatives.protection.billing import fund_of, of_bill
from cooperatives.protection.models import BillState, ProtectionBill, ProtectionProgramme
from cooperatives.protection.solidarity import Short, carries, in_turn
from marketplace import outbox
from marketplace.batches import rows_by
from marketplace.database import locked, transaction

CARRIED, LAPSED, OWED_BACK = "protection.carried", "protection.lapsed", "protection.owed_back"
#: Bills in one transaction.
BATCH = 200


@dataclass(slots=True)
class Fund:
    """What the solidarity fund may still do in this batch."""

    held: int
    most_months: int


async def close_bills(programme: ProtectionProgramme, month: date) -> int:
    """Close every open bill of the month; answers how many. Idempotent. That its time has come the caller knows."""
    turn = await _in_turn(programme, month)
    for begins in range(0, len(turn), BATCH):
        await _close(programme, turn[begins : begins + BATCH], month)
    return len(turn)


async def _in_turn(programme: ProtectionProgramme, month: date) -> list[UUID]:
    """The open bills: those that are paid, then the others in the fund's order."""
    bills = await ProtectionBill.filter(programme_id=programme.pk, month=month, state=BillState.OPEN).order_by("id")
    charged = await _dues_of(bills)
    carried = await carried_months(programme.cooperative_id)
    paid = [row.pk for row in bills if charged[row.pk].state is DueState.PAID]
    shorts = [
        Short(row.pk, row.membership_id, charged[row.pk].outstanding, carried.get(row.membership_id, 0))
        for row in bills
        if charged[row.pk].state is not DueState.PAID
    ]
    return [*paid, *(one.bill_id for one in in_turn(shorts))]


async def carried_months(cooperative_id: UUID) -> Mapping[UUID, int]:
    """For how many months the fund carries each member: of what it paid he owes something still."""
    bills = await ProtectionBill.filter(cooperative_id=cooperative_id, state=BillState.CARRIED, returned=0)
    charged = await _dues_of(bills)
    months: dict[UUID, set[date]] = {}
    for row in bills:
        if charged[row.pk].state is DueState.OPEN:
            months.setdefault(row.membership_id, set()).add(row.month)
    return {id: len(found) for id, found in months.items()}


async def _dues_of(bills: Sequence[ProtectionBill]) -> Mapping[UUID, Due]:
    """Each bill's due."""
    found = await rows_by(Due, "cause_id", [row.pk for row in bills])
    return {row.cause_id: row for row in found if row.cause_kind == of_bill(row.cause_id).kind}


async def _close(programme: ProtectionProgramme, ids: Sequence[UUID], month: date) -> None:
    async with transaction():
        held = await locked(ProtectionBill, ids)
        bills = [held[id] for id in ids if held[id].state is BillState.OPEN]
        known = await _dues_of(bills)
        fresh = await locked(Due, [due.pk for due in known.values()])
        charged = {due.cause_id: due for due in fresh.values()}
        carried = await carried_months(programme.cooperative_id)
        laws = await by_laws_on(programme.cooperative_id, month)
        free = (await ledger.locked_balance(fund_of(programme.cooperative_id))).available
        fund = Fund(free, laws[ByLaw.PROTECTION_CARRIED])
        compounds = []
        for row in bills:
            months = carried.get(row.membership_id, 0)
            compounds += _decide(programme, row, charged[row.pk], fund, months)
        await _post(compounds)
        await ProtectionBill.bulk_update(bills, fields=["state", "carried", "returned"], batch_size=BATCH)
        await _follow(programme, bills, charged)


def _decide(
    programme: ProtectionProgramme, row: ProtectionBill, due: Due, fund: Fund, carried_months: int
) -> list[Compound]:
    """What becomes of one bill, and what the ledger moves for it."""
    if due.state is DueState.PAID:
        row.state = BillState.PAID
        return []
    missing = row.amount - due.paid
    short = Short(row.pk, row.membership_id, missing, carried_months)
    if due.state is DueState.OPEN and carries(short, fund.held, fund.most_months):
        row.state, row.carried = BillState.CARRIED, missing
        fund.held -= missing
        entry = Entry(fund_of(row.cooperative_id), programme.ref, missing, CARRIED)
        return [Compound(Cause(CARRIED, row.pk), (entry,))]
    row.state = BillState.LAPSED
    if programme.kind.keeps_arrears and due.state is DueState.OPEN:
        return []
    row.returned = due.paid
    entry = Entry(programme.ref, credit_of(row.cooperative_id, row.membership_id), due.paid, LAPSED)
    return [Compound(Cause(LAPSED, row.pk), (entry,))]


async def _post(compounds: Sequence[Compound]) -> None:
    for result in await ledger.post_batch(compounds):
        if result.outcome is not Outcome.POSTED:  # all its accounts are locked and were looked at
            raise RuntimeError(f"a month of protection was not closed: {result}")


async def _follow(
    programme: ProtectionProgramme, bills: Sequence[ProtectionBill], charged: Mapping[UUID, Due]
) -> None:
    """Dues follow their bills, and members are told."""
    fund = fund_of(programme.cooperative_id)
    carried = {charged[row.pk].pk: fund for row in bills if row.state is BillState.CARRIED}
    await dues.redirect(carried, OWED_BACK)
    lapsed = [row for row in bills if row.state is BillState.LAPSED]
    if not programme.kind.keeps_arrears:
        await dues.let_go([of_bill(row.pk) for row in lapsed])
    for row in bills:
        if row.state is not BillState.PAID:
            event = CARRIED if row.state is BillState.CARRIED else LAPSED
            await outbox.record(event, row.pk, {"membership_id": str(row.membership_id), "carried": row.carried})
