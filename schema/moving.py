"""Moving in: sets of sheets that officers brought (`POST /moving/sets`), and a second officer's word."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.moving import service
from cooperatives.moving.models import MovingState
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import Problem, intent
from schema.scalars import Rupiah, rupiah_or_none

described(
    MovingState,
    "Where a set of sheets stands.",
    {
        "PROPOSED": "Proved; waits for a second officer.",
        "DONE": "Its members, savings, loans and stock are here.",
        "WITHDRAWN": "Taken back, or turned down.",
    },
)


@strawberry.type(description="One account of the proof: what its sheet sums to is what the books say.")
class MovingProof:
    account: str = strawberry.field(description="Number and name in the chart: `3-1101 Simpanan pokok`.")
    sheet: str = strawberry.field(description="Which sheet tells it apart by member, or by item of a unit.")
    rows: int = strawberry.field(description="How many rows.")
    total: Rupiah = strawberry.field(description="What they sum to.")
    books: Rupiah = strawberry.field(description="What the opening balances say.")


@strawberry.type(
    description="A co-op's members, savings, loans, units' stock and opening balances, brought as sheets."
)
class MovingSet:
    id: strawberry.ID = strawberry.field(description="To confirm or withdraw by.")
    state: MovingState = strawberry.field(description="Where it stands.")
    members: int = strawberry.field(description="How many members it brings.")
    loans: int = strawberry.field(description="How many loans that run.")
    items: int = strawberry.field(description="How many items of units' stock.")
    opening_total: Rupiah | None = strawberry.field(
        description="What its opening balances sum to, on either side; null: it brings none."
    )
    proof: list[MovingProof] = strawberry.field(description="The accounts that it tells apart.")
    brought_at: datetime = strawberry.field(description="When it was brought.")
    ended_at: datetime | None = strawberry.field(description="When it was done or withdrawn.")

    @classmethod
    def of(cls, row: service.MovingSet) -> "MovingSet":
        return cls(
            id=to_id("MovingSet", row.pk),
            state=row.state,
            members=row.totals["members"],
            loans=row.totals["loans"],
            items=row.totals.get("items", 0),  # sets of before stock came along have none
            opening_total=rupiah_or_none((row.totals.get("opening") or {}).get("debits")),  # so have earlier sets
            proof=[
                MovingProof(
                    account=line["account"],
                    sheet=line["sheet"],
                    rows=line["rows"],
                    total=Rupiah(line["total"]),
                    books=Rupiah(line["books"]),
                )
                for line in row.totals["proof"]
            ],
            brought_at=row.created_at,
            ended_at=row.ended_at,
        )


@strawberry.type
class CooperativeMoving:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="The newest 50 sets of sheets by which it moved in, newest first. Officers and pengawas only.",
        directives=[cost(5, rows=5)],
    )
    async def moving_sets(self, info: Info) -> list[MovingSet]:
        return [MovingSet.of(row) for row in await service.sets_of(info.context.actor, self.row.pk)]


@strawberry.input(description="Which set is moved in.")
class ConfirmMovingSetInput:
    id: strawberry.ID = strawberry.field(description="The MovingSet; confirmed twice, it is moved in once.")


@strawberry.input(description="Which set is taken back or turned down.")
class WithdrawMovingSetInput:
    id: strawberry.ID = strawberry.field(description="The MovingSet.")


MovingSetResult = Annotated[
    MovingSet | Problem, strawberry.union("MovingSetResult", description="The set, or why not.")
]


@strawberry.type
class MovingMutation:
    @strawberry.mutation(
        description="A second chair or treasurer agrees to a set: it is proved anew and written whole. "
        "Problems: NOT_FOUND, FORBIDDEN, NEEDS_TWO_OFFICERS for one's own, WRONG_STATE, INVALID naming each cell."
    )
    @intent
    async def confirm_moving_set(self, info: Info, input: ConfirmMovingSetInput) -> MovingSetResult:
        id, vault = from_id("MovingSet", input.id), info.context.adapters.rails.vault
        return MovingSet.of(await service.confirm(info.context.actor, set_id=id, vault=vault))

    @strawberry.mutation(
        description="Take a set back, or turn it down; its sheets are forgotten. "
        "Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def withdraw_moving_set(self, info: Info, input: WithdrawMovingSetInput) -> MovingSetResult:
        return MovingSet.of(await service.withdraw(info.context.actor, set_id=from_id("MovingSet", input.id)))
