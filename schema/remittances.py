"""Remittances: members' contributions on their way to a provider, and its receipt."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.protection import models as rows
from cooperatives.protection import reading, service
from cooperatives.protection.kinds import BatchState, RemittanceWay
from schema.context import Info
from schema.costs import LISTED
from schema.enrolments import ProtectionProgramme, programme_of
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.protection import ProtectionBill
from schema.scalars import Rupiah

described(
    BatchState,
    "Where a remittance stands.",
    {
        "DRAFT": "Gathered; the money is here.",
        "SENT": "The money went out; the provider has not confirmed it.",
        "CONFIRMED": "The provider gave its receipt number.",
    },
    name="RemittanceState",
)
described(
    RemittanceWay,
    "Out of what money for a provider goes, or into what it comes back.",
    {"CASH": "The co-op's cash.", "TRANSFER": "Its bank."},
)
REMITTANCE = "The ProtectionBatch."
WAY = "Out of what, or into what."


@strawberry.type(description="What is remitted to a provider for one programme and month.")
class ProtectionBatch(Node):
    row: strawberry.Private[rows.ProtectionBatch]
    number: str = strawberry.field(description="`PB/2026/06/1`.")
    month: date = strawberry.field(description="By its first day.")
    state: BatchState = strawberry.field(description="Where it stands.")
    bill_count: int = strawberry.field(description="How many bills it pays.")
    amount: Rupiah = strawberry.field(description="Their sum.")
    needs_two: bool = strawberry.field(description="Whether one officer approves and another sends.")
    is_approved: bool = strawberry.field(description="Whether one has approved it.")
    sent_on: date | None = strawberry.field(description="When the money went out.")
    reference: str = strawberry.field(description="Of the transfer or the cash voucher; empty before.")
    receipt_number: str = strawberry.field(description="The provider's; empty before it confirms.")
    confirmed: Rupiah = strawberry.field(description="What the provider took.")
    confirmed_on: date | None = strawberry.field(description="When it said so.")
    returned: Rupiah = strawberry.field(description="What came back of the rest.")
    difference: Rupiah = strawberry.field(description="What the provider did not take and has not given back yet.")
    file_path: str = strawberry.field(
        description="The file for the provider, with participants' whole numbers, as XLSX; `.pdf` to print. Chair "
        "and treasurer alone."
    )

    @classmethod
    def of(cls, row: rows.ProtectionBatch) -> "ProtectionBatch":
        id = to_id("ProtectionBatch", row.pk)
        return cls(
            id=id,
            row=row,
            number=row.number,
            month=row.month,
            state=row.state,
            bill_count=row.bills,
            amount=Rupiah(row.amount),
            needs_two=row.needs_two,
            is_approved=row.approved_by is not None,
            sent_on=row.sent_on,
            reference=row.reference,
            receipt_number=row.receipt_number,
            confirmed=Rupiah(row.confirmed),
            confirmed_on=row.confirmed_on,
            returned=Rupiah(row.returned),
            difference=Rupiah(row.difference),
            file_path=f"/protection/remittances/{id}.xlsx",
        )

    @strawberry.field(description="Of which programme.")
    async def programme(self, info: Info) -> ProtectionProgramme | None:
        return await programme_of(info, self.row.programme_id)

    @strawberry.field(description="The bills that it pays, oldest first.", directives=[LISTED])
    async def bills(self, info: Info, first: First = 20, after: After = None) -> Connection[ProtectionBill]:
        page = await service.bills_in_batch(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, ProtectionBill.of, after=after)


@strawberry.type
class CooperativeRemittances:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="What was and is to be remitted to providers, newest first. Officers, pengawas and those at the "
        "counter.",
        directives=[LISTED],
    )
    async def remittances(self, info: Info, first: First = 20, after: After = None) -> Connection[ProtectionBatch]:
        page = await service.list_batches(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, ProtectionBatch.of, after=after)


@strawberry.input(description="Of which month what is paid is gathered.")
class PrepareRemittanceInput:
    programme_id: strawberry.ID = strawberry.field(description="The ProtectionProgramme.")
    month: date = strawberry.field(description="Any day of it.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which remittance is approved.")
class ApproveRemittanceInput:
    remittance_id: strawberry.ID = strawberry.field(description=REMITTANCE)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="That the money went out.")
class SendRemittanceInput:
    remittance_id: strawberry.ID = strawberry.field(description=REMITTANCE)
    way: RemittanceWay = strawberry.field(description=WAY)
    reference: str = strawberry.field(description="Of the transfer or the cash voucher, 3 to 80 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A bill that the provider did not take.")
class RefusedBillInput:
    bill_id: strawberry.ID = strawberry.field(description="The ProtectionBill, of this remittance.")
    reason: str = strawberry.field(description="As the provider says, 3 to 200 characters.")


@strawberry.input(description="The provider's receipt.")
class ConfirmRemittanceInput:
    remittance_id: strawberry.ID = strawberry.field(description=REMITTANCE)
    receipt_number: str = strawberry.field(description="3 to 60 characters.")
    amount: Rupiah = strawberry.field(description="What it took: the remittance less the bills that it refused.")
    refused: list[RefusedBillInput] = strawberry.field(
        description="What it did not take, at most 1,000.", default_factory=list
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Money that the provider did not take and gave back.")
class ReceiveRemittanceBackInput:
    remittance_id: strawberry.ID = strawberry.field(description=REMITTANCE)
    amount: Rupiah = strawberry.field(description="At most its `difference`.")
    way: RemittanceWay = strawberry.field(description=WAY)
    reference: str = strawberry.field(description="Of the transfer or the cash voucher, 3 to 80 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


RemittanceResult = Annotated[
    ProtectionBatch | Problem, strawberry.union("RemittanceResult", description="The remittance, or why not.")
]


@strawberry.type
class RemittanceMutation:
    @strawberry.mutation(
        description="Chair or treasurer gather what is paid and in no remittance: before the month is closed, which "
        "gathers by itself, or after. Fails with WRONG_STATE where there is nothing."
    )
    @intent
    async def prepare_remittance(self, info: Info, input: PrepareRemittanceInput) -> RemittanceResult:
        id = from_id("ProtectionProgramme", input.programme_id, "programmeId")
        return ProtectionBatch.of(
            await service.prepare(info.context.actor, programme_id=id, month=input.month, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="Chair or treasurer agree to a remittance above the by-laws' threshold; another one sends it."
    )
    @intent
    async def approve_remittance(self, info: Info, input: ApproveRemittanceInput) -> RemittanceResult:
        id = from_id("ProtectionBatch", input.remittance_id, "remittanceId")
        return ProtectionBatch.of(await service.approve(info.context.actor, batch_id=id, key=input.idempotency_key))

    @strawberry.mutation(
        description="Chair or treasurer say that the money went out. Fails with WRONG_STATE, NEEDS_TWO_OFFICERS."
    )
    @intent
    async def send_remittance(self, info: Info, input: SendRemittanceInput) -> RemittanceResult:
        return ProtectionBatch.of(
            await service.send(
                info.context.actor,
                batch_id=from_id("ProtectionBatch", input.remittance_id, "remittanceId"),
                way=input.way,
                reference=input.reference,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Chair or treasurer enter the provider's receipt. What it refused is given back: to what the "
        "co-op holds for the member, and to the fund. Fails with INVALID where the bills named as refused don't "
        "explain what it did not take."
    )
    @intent
    async def confirm_remittance(self, info: Info, input: ConfirmRemittanceInput) -> RemittanceResult:
        refused = {from_id("ProtectionBill", one.bill_id, "refused"): one.reason for one in input.refused}
        return ProtectionBatch.of(
            await service.confirm(
                info.context.actor,
                batch_id=from_id("ProtectionBatch", input.remittance_id, "remittanceId"),
                receipt_number=input.receipt_number,
                amount=int(input.amount),
                refused=refused,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Chair or treasurer say that money came back which the provider did not take. Fails with "
        "OUT_OF_RANGE above what is awaited."
    )
    @intent
    async def receive_remittance_back(self, info: Info, input: ReceiveRemittanceBackInput) -> RemittanceResult:
        return ProtectionBatch.of(
            await service.receive_back(
                info.context.actor,
                batch_id=from_id("ProtectionBatch", input.remittance_id, "remittanceId"),
                amount=int(input.amount),
                way=input.way,
                reference=input.reference,
                key=input.idempotency_key,
            )
        )


@finds("ProtectionBatch")
async def find_batch(info: Info, id: UUID) -> ProtectionBatch | None:
    row = await reading.visible_batch(info.context.actor, id)
    return None if row is None else ProtectionBatch.of(row)
