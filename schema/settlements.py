"""Settlement windows between co-ops: read."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.settlements import accounts, reading, statements
from cooperatives.settlements import models as rows
from cooperatives.settlements.models import PaymentState, WindowState
from cooperatives.settlements.references import reference_of
from schema.clearing_schedules import ClearingSchedule, schedule_of
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah, rupiah_or_none
from schema.settlement_accounts import SettlementAccount
from schema.settlement_cases import SettlementCase, SettlementReconciliation, cases_of, reconciliation_of

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]

described(
    WindowState,
    "Where a settlement window stands.",
    {
        "OPEN": "Obligations gather.",
        "CLOSING": "No obligation comes in any more.",
        "CLOSED": "Being netted.",
        "PENDING_SETTLEMENT": "Payments are planned: to be approved, paid and confirmed.",
        "SETTLED": "All is paid and confirmed, or there was nothing to pay.",
        "ABORTED": "Given up before any payment.",
        "FAILED": "Could not be settled.",
    },
)
described(
    PaymentState,
    "Where a settlement payment stands.",
    {
        "PLANNED": "Waits for the treasurers of both co-ops.",
        "APPROVED": "Both agreed: the payer may pay.",
        "PAID": "The payer's bank has the order; the receiver is to confirm.",
        "CONFIRMED": "The receiver has the money.",
        "VOID": "Replaced by another plan: a co-op could not pay.",
    },
    name="SettlementPaymentState",
)


async def _cooperative(info: Info, id: UUID) -> CooperativeType | None:
    from schema.cooperatives import cooperative_of

    return await cooperative_of(info, id)


@strawberry.type(description="A co-op in a clearing group, with what it may owe the others.")
class ClearingMember:
    row: strawberry.Private[rows.ClearingMembership]
    cap: Rupiah | None = strawberry.field(description="It may owe at most this, net; null: no cap.")
    cover: Rupiah | None = strawberry.field(description="Nor more than this, for which it gave cover.")

    @strawberry.field(
        description="What it is about to owe: cash that its drivers have yet to take, payments that it collects for "
        "others. Counted against the cap already."
    )
    async def set_aside(self, info: Info) -> Rupiah:
        return Rupiah(await info.context.load(reading.set_aside_by_member, self.row.id) or 0)

    @strawberry.field(description="The member co-op.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.row.cooperative_id)


@strawberry.type(description="Co-ops that net their debts together.")
class ClearingGroup:
    row: strawberry.Private[rows.ClearingGroup]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    code: str = strawberry.field(description="Short name.")
    name: str = strawberry.field(description="Full name.")

    @classmethod
    def of(cls, row: rows.ClearingGroup) -> "ClearingGroup":
        return cls(row=row, id=to_id("ClearingGroup", row.id), code=row.code, name=row.name)

    @strawberry.field(description="The co-op whose officers close its windows; null: the node's operator.")
    async def operator(self, info: Info) -> CooperativeType | None:
        return None if self.row.operator_id is None else await _cooperative(info, self.row.operator_id)

    @strawberry.field(description="When its windows close by themselves; null: someone closes them by hand.")
    async def schedule(self, info: Info) -> ClearingSchedule | None:
        return await schedule_of(info, self.row.id)

    @strawberry.field(description="Who is in it.", directives=[cost(rows=10)])
    async def members(self, info: Info) -> list[ClearingMember]:
        found = await info.context.load(reading.members_by_group, self.row.id)
        return [
            ClearingMember(row=row, cap=rupiah_or_none(row.cap), cover=rupiah_or_none(row.cover))
            for row in found or []
        ]


@strawberry.type(description="One co-op owes another, because of something that happened.")
class Obligation(Node):
    row: strawberry.Private[rows.Obligation]
    amount: Rupiah = strawberry.field(description="How much.")
    cause_kind: str = strawberry.field(description="Why: `debt.acknowledged`, `sub_order.released`.")
    cause: strawberry.ID = strawberry.field(description="The uuid of what caused it.")
    note: str | None = strawberry.field(description="In words, where it came of no order.")
    recorded_at: datetime = strawberry.field(description="When.")
    unwound_at: datetime | None = strawberry.field(description="When it was taken out: one side defaulted.")

    @classmethod
    def of(cls, row: rows.Obligation) -> "Obligation":
        return cls(
            id=to_id("Obligation", row.id),
            row=row,
            amount=Rupiah(row.amount),
            cause_kind=row.cause_kind,
            cause=strawberry.ID(str(row.cause_id)),
            note=row.note,
            recorded_at=row.created_at,
            unwound_at=row.unwound_at,
        )

    @strawberry.field(description="Who owes.")
    async def debtor(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.row.debtor_id)

    @strawberry.field(description="Who is owed.")
    async def creditor(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.row.creditor_id)

    @strawberry.field(description="The window that it stands in.")
    async def window(self, info: Info) -> "SettlementWindow | None":
        row = await reading.window_for(info.context.actor, self.row.window_id)
        return None if row is None else SettlementWindow.of(row)


@strawberry.type(description="What a co-op is owed in a window, net.")
class Position:
    cooperative_id: strawberry.Private[UUID]
    amount: Rupiah = strawberry.field(description="Claims less debts; below zero: it owes.")

    @strawberry.field(description="Whose position.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.cooperative_id)


@strawberry.type(description="One payment of a window's plan.")
class SettlementPayment(Node):
    row: strawberry.Private[rows.SettlementPayment]
    amount: Rupiah = strawberry.field(description="How much.")
    state: PaymentState = strawberry.field(description="Where it stands.")
    is_approved_by_payer: bool = strawberry.field(description="Whether the payer's treasurer agreed.")
    is_approved_by_payee: bool = strawberry.field(description="Whether the receiver's treasurer agreed.")
    reference: str = strawberry.field(
        description="To be written on the transfer: both banks' statements are read by it."
    )
    bank_reference: str | None = strawberry.field(description="The bank's reference, once paid.")
    paid_at: datetime | None = strawberry.field(description="When the payer said it was paid.")
    confirmed_at: datetime | None = strawberry.field(description="When the receiver said it came.")

    @classmethod
    def of(cls, row: rows.SettlementPayment) -> "SettlementPayment":
        return cls(
            id=to_id("SettlementPayment", row.id),
            row=row,
            amount=Rupiah(row.amount),
            state=row.state,
            is_approved_by_payer=row.payer_approved_by is not None,
            is_approved_by_payee=row.payee_approved_by is not None,
            reference=reference_of(row.id),
            bank_reference=row.bank_reference,
            paid_at=row.paid_at,
            confirmed_at=row.confirmed_at,
        )

    @strawberry.field(description="Who pays.")
    async def payer(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.row.payer_id)

    @strawberry.field(description="Who receives.")
    async def payee(self, info: Info) -> CooperativeType | None:
        return await _cooperative(info, self.row.payee_id)

    @strawberry.field(description="Where the receiver is paid; null: it has confirmed no account yet.")
    async def payee_account(self, info: Info) -> SettlementAccount | None:
        found = await info.context.load(accounts.accounts_in_force, self.row.payee_id)
        return None if found is None else SettlementAccount.of(found)


@strawberry.type(description="A period in which the debts between a group's co-ops gather, are netted and paid.")
class SettlementWindow(Node):
    row: strawberry.Private[rows.SettlementWindow]
    number: int = strawberry.field(description="Counts the group's windows, from 1.")
    state: WindowState = strawberry.field(description="Where it stands.")
    opened_at: datetime = strawberry.field(description="When obligations began to gather.")
    closed_at: datetime | None = strawberry.field(description="When it was closed and netted.")
    settled_at: datetime | None = strawberry.field(description="When the last payment was confirmed.")
    reason: str | None = strawberry.field(description="Why a co-op's obligations were taken out.")
    version: int = strawberry.field(description="Grows with each change.")

    @classmethod
    def of(cls, row: rows.SettlementWindow) -> "SettlementWindow":
        return cls(
            id=to_id("SettlementWindow", row.id),
            row=row,
            number=row.number,
            state=row.state,
            opened_at=row.created_at,
            closed_at=row.closed_at,
            settled_at=row.settled_at,
            reason=row.reason,
            version=row.version,
        )

    @strawberry.field(description="Whose window it is.")
    async def group(self, info: Info) -> ClearingGroup:
        row = await info.context.load(reading.groups_by_id, self.row.group_id)
        assert row is not None  # a group is never removed
        return ClearingGroup.of(row)

    @strawberry.field(description="The debts in it, oldest first.", directives=[LISTED])
    async def obligations(
        self,
        info: Info,
        first: First = 50,
        after: After = None,
    ) -> Connection[Obligation]:
        page = await reading.list_obligations(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, Obligation.of, after=after)

    @strawberry.field(description="What each co-op is owed, net; sums to zero.", directives=[cost(3, rows=10)])
    async def positions(self, info: Info) -> list[Position]:
        net = (await self._figures(info)).positions
        return [Position(cooperative_id=id, amount=Rupiah(net[id])) for id in sorted(net)]

    @strawberry.field(description="The payments that clear it, void ones included.", directives=[cost(rows=10)])
    async def payments(self, info: Info) -> list[SettlementPayment]:
        found = await info.context.load(reading.payments_by_window, self.row.id)
        return [SettlementPayment.of(row) for row in found or []]

    @strawberry.field(
        description="Your co-op's lines of it held against another's.",
        directives=[cost(10, rows=10)],
    )
    async def reconciliation(
        self,
        info: Info,
        cooperative_id: Annotated[strawberry.ID, strawberry.argument(description="Your Cooperative.")],
        counterparty_id: Annotated[strawberry.ID, strawberry.argument(description="The other Cooperative.")],
    ) -> SettlementReconciliation:
        return await reconciliation_of(info, self.row.id, cooperative_id, counterparty_id)

    @strawberry.field(
        description="What differs between two co-ops in it, oldest first; those of your own co-op alone.",
        directives=[cost(rows=10)],
    )
    async def cases(self, info: Info) -> list[SettlementCase]:
        return await cases_of(info, self.row.id)

    @strawberry.field(
        description="Who owes whom before and after netting, as SVG for a telephone's width, in the "
        "language of the request.",
        directives=[cost(5)],
    )
    async def picture(self, info: Info) -> str:
        found = await info.context.load(statements.pictures_by_window, self.row.id)
        debts, payments = found or ([], [])
        return statements.drawn(debts, payments, "en" if info.context.language == "en" else "id")

    @strawberry.field(description="What would be paid were nothing netted.")
    async def gross_total(self, info: Info) -> Rupiah:
        return Rupiah((await self._figures(info)).gross)

    @strawberry.field(description="What is paid after multilateral netting.")
    async def net_total(self, info: Info) -> Rupiah:
        return Rupiah((await self._figures(info)).net)

    async def _figures(self, info: Info) -> reading.Figures:
        found = await info.context.load(reading.figures_by_window, self.row.id)
        return found or reading.Figures({}, 0, 0)


@finds("SettlementWindow")
async def find_window(info: Info, id: UUID) -> SettlementWindow | None:
    row = await reading.window_for(info.context.actor, id)
    return None if row is None else SettlementWindow.of(row)


@strawberry.type
class CooperativeWindows:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="The settlement windows that it takes part in, newest first; for its officers and supervisors.",
        directives=[LISTED],
    )
    async def windows(
        self,
        info: Info,
        state: Annotated[WindowState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SettlementWindow]:
        page = await reading.list_windows(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, SettlementWindow.of, after=after)

    @strawberry.field(
        description="Where it is paid in settlement: what holds, then what waits to be confirmed. For its officers.",
        directives=[cost(rows=2)],
    )
    async def settlement_accounts(self, info: Info) -> list[SettlementAccount]:
        if not reading.may_see_windows_of(info.context.actor, self.row.pk):
            return []
        found = await info.context.load(accounts.latest_accounts, self.row.pk)
        return [SettlementAccount.of(row) for row in found or []]
