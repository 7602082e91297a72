"""Settlement windows between co-ops: what operators and treasurers do."""

from typing import Annotated

import strawberry

from cooperatives.settlements import models as rows
from cooperatives.settlements import service
from schema.clearing_schedules import SetClearingScheduleInput, schedule_asked
from schema.context import Info
from schema.ids import from_id
from schema.named import OfGroup, OfPayment, OfWindow
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.settlements import ClearingGroup, Obligation, SettlementWindow

SettlementWindowResult = Annotated[
    SettlementWindow | Problem,
    strawberry.union("SettlementWindowResult", description="The window as it now stands, or why not."),
]
ObligationResult = Annotated[
    Obligation | Problem,
    strawberry.union("ObligationResult", description="The debt as recorded, or why not."),
]
ClearingGroupResult = Annotated[
    ClearingGroup | Problem,
    strawberry.union("ClearingGroupResult", description="The group as it now stands, or why not."),
]


@strawberry.input(description="Which window to close.")
class CloseWindowInput(OfWindow):
    window_id: strawberry.ID = strawberry.field(description="An OPEN SettlementWindow.")


@strawberry.input(description="Which window's payments a treasurer agrees to, for which co-op.")
class ApproveSettlementInput(OfWindow):
    window_id: strawberry.ID = strawberry.field(description="A SettlementWindow in PENDING_SETTLEMENT.")
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative whose treasurer you are.")


@strawberry.input(description="That a settlement payment was given to the bank.")
class RecordSettlementPaymentInput(OfPayment):
    payment_id: strawberry.ID = strawberry.field(description="An APPROVED SettlementPayment of your co-op.")
    bank_reference: str = strawberry.field(description="The bank's reference, 1 to 60 characters.")


@strawberry.input(description="That a settlement payment came.")
class ConfirmSettlementPaymentInput(OfPayment):
    payment_id: strawberry.ID = strawberry.field(description="A PAID SettlementPayment to your co-op.")


@strawberry.input(description="That a co-op can't pay what it owes in a window.")
class DeclareDefaultInput(OfWindow):
    window_id: strawberry.ID = strawberry.field(description="A SettlementWindow in PENDING_SETTLEMENT.")
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative that can't pay.")
    reason: str = strawberry.field(description="Why, for all to read; up to 300 characters.")


@strawberry.input(description="That a window's plan is given up before any payment.")
class AbortWindowInput(OfWindow):
    window_id: strawberry.ID = strawberry.field(description="A SettlementWindow in PENDING_SETTLEMENT.")
    reason: str = strawberry.field(description="Why, for all to read; up to 300 characters.")


@strawberry.input(description="That a window's remaining payments won't be made.")
class FailWindowInput(OfWindow):
    window_id: strawberry.ID = strawberry.field(description="A SettlementWindow in PENDING_SETTLEMENT.")
    reason: str = strawberry.field(description="Why, for all to read; up to 300 characters.")


@strawberry.input(description="A debt to another co-op that no order made.")
class RecordObligationInput:
    debtor_id: strawberry.ID = strawberry.field(description="Your Cooperative, which owes.")
    creditor_id: strawberry.ID = strawberry.field(description="The Cooperative that is owed.")
    amount: Rupiah = strawberry.field(description="How much; more than zero.")
    note: str = strawberry.field(description="What for, 1 to 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a co-op may owe the others of its clearing group, net.")
class SetNetDebitCapInput(OfGroup):
    cooperative_id: strawberry.ID = strawberry.field(description="The member Cooperative.")
    cap: Rupiah | None = strawberry.field(description="At most this; null lifts the cap.")
    cover: Rupiah | None = strawberry.field(description="Nor more than this cover; null: none asked.")


@strawberry.input(description="A new group of co-ops that net their debts together.")
class CreateClearingGroupInput:
    code: str = strawberry.field(description="Short and unique, 2 to 20 of A-Z, 0-9 and -.")
    name: str = strawberry.field(description="1 to 120 characters.")
    operator_id: strawberry.ID | None = strawberry.field(
        description="The Cooperative whose officers close its windows; null: the node's operator."
    )
    member_ids: list[strawberry.ID] = strawberry.field(description="Its Cooperatives, 2 to 200.")
    idempotency_key: str = strawberry.field(description=KEY)


def _window(info: Info, row: rows.SettlementWindow) -> SettlementWindow:
    """The window as it stands now."""
    info.context.forget()
    return SettlementWindow.of(row)


def _group(info: Info, row: rows.ClearingGroup) -> ClearingGroup:
    """The group as it stands now."""
    info.context.forget()
    return ClearingGroup.of(row)


@strawberry.type
class SettlementMutation:
    @strawberry.mutation(
        description="Close the open window, open the next, net the debts and plan the payments. Group's operator."
    )
    @intent
    async def close_window(self, info: Info, input: CloseWindowInput) -> SettlementWindowResult:
        return _window(info, await service.close_window(info.context.actor, **input.window()))

    @strawberry.mutation(
        description="Agree to the payments that your co-op makes or receives in the window. Treasurer."
    )
    @intent
    async def approve_settlement(self, info: Info, input: ApproveSettlementInput) -> SettlementWindowResult:
        cooperative_id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        row = await service.approve_settlement(info.context.actor, **input.window(), cooperative_id=cooperative_id)
        return _window(info, row)

    @strawberry.mutation(description="Say that the bank has the order, with its reference. Payer's treasurer.")
    @intent
    async def record_settlement_payment(
        self, info: Info, input: RecordSettlementPaymentInput
    ) -> SettlementWindowResult:
        row = await service.record_settlement_payment(
            info.context.actor, **input.payment(), bank_reference=input.bank_reference
        )
        return _window(info, row)

    @strawberry.mutation(
        description="Say that the money came; the last confirmation settles the window. Receiver's treasurer."
    )
    @intent
    async def confirm_settlement_payment(
        self, info: Info, input: ConfirmSettlementPaymentInput
    ) -> SettlementWindowResult:
        return _window(info, await service.confirm_settlement_payment(info.context.actor, **input.payment()))

    @strawberry.mutation(
        description="A co-op can't pay: take its debts and claims out and plan the rest afresh. Group's operator."
    )
    @intent
    async def declare_default(self, info: Info, input: DeclareDefaultInput) -> SettlementWindowResult:
        cooperative_id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        row = await service.declare_default(
            info.context.actor, **input.window(), cooperative_id=cooperative_id, reason=input.reason
        )
        return _window(info, row)

    @strawberry.mutation(
        description="Give the plan up before any payment: its debts go on in the open window. Group's operator."
    )
    @intent
    async def abort_window(self, info: Info, input: AbortWindowInput) -> SettlementWindowResult:
        return _window(info, await service.abort_window(info.context.actor, **input.window(), reason=input.reason))

    @strawberry.mutation(
        description="Some will not pay: what is unpaid goes on as debts in the open window. Group's operator."
    )
    @intent
    async def fail_window(self, info: Info, input: FailWindowInput) -> SettlementWindowResult:
        return _window(info, await service.fail_window(info.context.actor, **input.window(), reason=input.reason))

    @strawberry.mutation(
        description="Acknowledge a debt of your co-op to another, booked in both books. Debtor's officer."
    )
    @intent
    async def record_obligation(
        self, info: Info, input: Annotated[RecordObligationInput, strawberry.argument(description="What.")]
    ) -> ObligationResult:
        row = await service.acknowledge_debt(
            info.context.actor,
            debtor_id=from_id("Cooperative", input.debtor_id, "debtorId"),
            creditor_id=from_id("Cooperative", input.creditor_id, "creditorId"),
            amount=input.amount,
            note=input.note,
            key=input.idempotency_key,
        )
        return Obligation.of(row)

    @strawberry.mutation(description="Set what a co-op may owe the others, net. Group's operator.")
    @intent
    async def set_net_debit_cap(self, info: Info, input: SetNetDebitCapInput) -> ClearingGroupResult:
        cooperative_id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        row = await service.set_net_debit_cap(
            info.context.actor, **input.group(), cooperative_id=cooperative_id, cap=input.cap, cover=input.cover
        )
        return _group(info, row)

    @strawberry.mutation(
        description="Let a group's windows close by themselves, each day, week or month. Group's operator. "
        "Fails with OUT_OF_RANGE, INVALID."
    )
    @intent
    async def set_clearing_schedule(self, info: Info, input: SetClearingScheduleInput) -> ClearingGroupResult:
        schedule = None if input.schedule is None else schedule_asked(input.schedule)
        row = await service.set_clearing_schedule(info.context.actor, **input.group(), schedule=schedule)
        return _group(info, row)

    @strawberry.mutation(description="Let co-ops net their debts together. The node's operator.")
    @intent
    async def create_clearing_group(
        self, info: Info, input: Annotated[CreateClearingGroupInput, strawberry.argument(description="Who.")]
    ) -> ClearingGroupResult:
        row = await service.create_clearing_group(
            info.context.actor,
            code=input.code,
            name=input.name,
            operator_id=None
            if input.operator_id is None
            else from_id("Cooperative", input.operator_id, "operatorId"),
            member_ids=[from_id("Cooperative", id, f"memberIds.{n}") for n, id in enumerate(input.member_ids)],
            key=input.idempotency_key,
        )
        return ClearingGroup.of(row)
