"""Two co-ops' lines of a window held against each other, and the cases of what differs."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.settlements import cases, reconciling
from cooperatives.settlements import models as rows
from cooperatives.settlements.lining_up import Compared
from cooperatives.settlements.models import CaseKind, CaseState
from cooperatives.settlements.reading import may_see_windows_of
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.named import OfWindow
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah, rupiah_or_none

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative
    from schema.settlements import SettlementWindow

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]
WindowType = Annotated["SettlementWindow", strawberry.lazy("schema.settlements")]

described(
    CaseKind,
    "How two co-ops' lines differ.",
    {
        "AMOUNT": "Another amount.",
        "FEE": "By what may be a bank's fee, up to Rp 35,000.",
        "MISSING_HERE": "The other has it, this co-op does not.",
        "MISSING_THERE": "This co-op has it, the other does not.",
    },
    name="SettlementCaseKind",
)
described(
    CaseState,
    "Where a case stands.",
    {"OPEN": "To be settled between the two.", "RESOLVED": "Settled: its note says how."},
    name="SettlementCaseState",
)


@strawberry.type(description="A line that two co-ops see differently.")
class SettlementDifference:
    kind: CaseKind = strawberry.field(description="How they differ.")
    line_kind: str = strawberry.field(description="Why it was posted: `sub_order.released`, `settlement_payment`.")
    line: strawberry.ID = strawberry.field(description="The uuid of the obligation or payment.")
    here: Rupiah | None = strawberry.field(description="In this co-op's book: above zero it claims; null: not there.")
    there: Rupiah | None = strawberry.field(description="In the other's book, seen from here; null: not there.")

    @classmethod
    def of(cls, kind: CaseKind, line: Compared) -> "SettlementDifference":
        line_kind, id = line.key
        return cls(
            kind=kind,
            line_kind=line_kind,
            line=strawberry.ID(str(id)),
            here=rupiah_or_none(line.here),
            there=rupiah_or_none(line.there),
        )


@strawberry.type(description="What two co-ops have in their books of each other in a window, line by line.")
class SettlementReconciliation:
    line_count: int = strawberry.field(description="How many lines were held against each other.")
    here: Rupiah = strawberry.field(description="This co-op's net claim by its own book, less what was paid.")
    there: Rupiah = strawberry.field(description="The same by the other's book; equal when nothing differs.")
    differences: list[SettlementDifference] = strawberry.field(description="The lines that differ, the first 500.")


MOST_SHOWN = 500


async def reconciliation_of(info: Info, window_id: UUID, one: str, other: str) -> SettlementReconciliation:
    """The two books held against each other now."""
    found = await reconciling.reconcile(
        info.context.actor,
        window_id,
        from_id("Cooperative", one, "cooperativeId"),
        from_id("Cooperative", other, "counterpartyId"),
    )
    return SettlementReconciliation(
        line_count=len(found.lines),
        here=Rupiah(found.here),
        there=Rupiah(found.there),
        differences=[SettlementDifference.of(kind, line) for kind, line in found.differences[:MOST_SHOWN]],
    )


@strawberry.type(description="A difference between two co-ops in a window, until one says how it was settled.")
class SettlementCase:
    row: strawberry.Private[rows.SettlementCase]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    kind: CaseKind = strawberry.field(description="How they differ, seen from the co-op that opened it.")
    state: CaseState = strawberry.field(description="Where it stands.")
    line_kind: str = strawberry.field(description="Why it was posted: `sub_order.released`, `settlement_payment`.")
    line: strawberry.ID = strawberry.field(description="The uuid of the obligation or payment.")
    here: Rupiah | None = strawberry.field(description="What the opener has; null: nothing.")
    there: Rupiah | None = strawberry.field(description="What the other, or the plan, has; null: nothing.")
    note: str = strawberry.field(description="What the bank's statement said, where it came of one.")
    opened_at: datetime = strawberry.field(description="When.")
    resolution: str | None = strawberry.field(description="How it was settled.")
    resolved_at: datetime | None = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: rows.SettlementCase) -> "SettlementCase":
        return cls(
            row=row,
            id=to_id("SettlementCase", row.id),
            kind=row.kind,
            state=row.state,
            line_kind=row.line_kind,
            line=strawberry.ID(str(row.line_id)),
            here=rupiah_or_none(row.amount_here),
            there=rupiah_or_none(row.amount_there),
            note=row.note,
            opened_at=row.created_at,
            resolution=row.resolution,
            resolved_at=row.resolved_at,
        )

    @strawberry.field(description="Which co-op opened it.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.cooperative_id)

    @strawberry.field(description="With which other it differs.")
    async def counterparty(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.counterparty_id)


async def cases_of(info: Info, window_id: UUID) -> list[SettlementCase]:
    """Those of the window's cases that the reader's co-op is in; all for the node's operator."""
    found = await info.context.load(cases.cases_by_window, window_id)
    return [
        SettlementCase.of(row)
        for row in found or []
        if any(may_see_windows_of(info.context.actor, id) for id in (row.cooperative_id, row.counterparty_id))
    ]


SettlementCaseResult = Annotated[
    SettlementCase | Problem,
    strawberry.union("SettlementCaseResult", description="The case as it now stands, or why not."),
]
OpenCasesResult = Annotated[
    WindowType | Problem,
    strawberry.union("OpenSettlementCasesResult", description="The window with its cases, or why not."),
]


@strawberry.input(description="Between which two co-ops every difference in a window becomes a case.")
class OpenSettlementCasesInput(OfWindow):
    cooperative_id: strawberry.ID = strawberry.field(description="Your Cooperative.")
    counterparty_id: strawberry.ID = strawberry.field(description="The other Cooperative.")


@strawberry.input(description="How a difference was settled.")
class ResolveSettlementCaseInput:
    case_id: strawberry.ID = strawberry.field(description="An OPEN SettlementCase.")
    resolution: str = strawberry.field(description="How, for both to read; 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class SettlementCaseMutation:
    @strawberry.mutation(
        description="Open a case for each difference between your co-op's lines and another's that has none. Officer."
    )
    @intent
    async def open_settlement_cases(self, info: Info, input: OpenSettlementCasesInput) -> OpenCasesResult:
        from schema.settlements import SettlementWindow

        row = await reconciling.open_cases(
            info.context.actor,
            **input.window(),
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            counterparty_id=from_id("Cooperative", input.counterparty_id, "counterpartyId"),
        )
        info.context.forget()
        return SettlementWindow.of(row)

    @strawberry.mutation(
        description="Say how a difference was settled. An officer of the co-op that opened the case, or the operator."
    )
    @intent
    async def resolve_settlement_case(
        self, info: Info, input: Annotated[ResolveSettlementCaseInput, strawberry.argument(description="Which.")]
    ) -> SettlementCaseResult:
        row = await cases.resolve_case(
            info.context.actor,
            case_id=from_id("SettlementCase", input.case_id, "caseId"),
            resolution=input.resolution,
            key=input.idempotency_key,
        )
        info.context.forget()
        return SettlementCase.of(row)
