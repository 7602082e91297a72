"""What officers do with a year's budget."""

from typing import Annotated

import strawberry

from cooperatives.budgets import planning, proposing
from cooperatives.budgets.planning import Paid, Planned
from marketplace.identity.actor import Role
from schema.budgets import Budget
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

BudgetResult = Annotated[
    Budget | Problem, strawberry.union("BudgetResult", description="The budget as it now stands, or why not.")
]


@strawberry.input(description="What an account shall bring or take.")
class BudgetLineInput:
    account_id: strawberry.ID = strawberry.field(
        description="A ChartAccount of income, expenses, fixed or other assets; each once."
    )
    months: list[Rupiah] = strawberry.field(description="Twelve, the book year's first month first.")
    note: str = strawberry.field(description="What it is for, up to 200 characters.", default="")


@strawberry.input(description="What an officer or pengawas is paid.")
class OfficerPayInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership of who is paid.")
    role: Role = strawberry.field(description="CHAIR, SECRETARY, TREASURER or SUPERVISOR.")
    monthly: Rupiah = strawberry.field(description="A month, twelve months.")


@strawberry.input(description="The work plan and budget of a year.")
class ProposeBudgetInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    year: int = strawberry.field(description="In which the book year begins.")
    plan: str = strawberry.field(description="The work plan, 1 to 20,000 characters.")
    lines: list[BudgetLineInput] = strawberry.field(description="1 to 300; without what `pay` says.")
    pay: list[OfficerPayInput] = strawberry.field(
        description="Honorarium: the lines of 6-2101 and 6-2102 are made of it.", default_factory=list
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which budget the members' meeting adopted.")
class AdoptBudgetInput:
    id: strawberry.ID = strawberry.field(description="A PROPOSED Budget.")
    motion_id: strawberry.ID = strawberry.field(
        description="The Motion of the kind BUDGET that names it by its number, adopted after it was proposed."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class BudgetMutation:
    @strawberry.mutation(
        description="An officer proposes the work plan and budget of a year, by account and month, with what each "
        "officer is paid; an earlier proposal is replaced. Fails with INVALID naming the line, FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def propose_budget(
        self, info: Info, input: Annotated[ProposeBudgetInput, strawberry.argument(description="The budget.")]
    ) -> BudgetResult:
        lines = [
            Planned(
                from_id("ChartAccount", line.account_id, f"lines.{number}.accountId"),
                tuple(int(amount) for amount in line.months),
                line.note.strip(),
            )
            for number, line in enumerate(input.lines[: planning.MOST_LINES + 1])
        ]
        pay = [
            Paid(from_id("Membership", one.membership_id, f"pay.{number}.membershipId"), one.role, int(one.monthly))
            for number, one in enumerate(input.pay[: planning.MOST_PAID + 1])
        ]
        row = await proposing.propose_budget(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            year=input.year,
            plan=input.plan,
            lines=lines,
            pay=pay,
            key=input.idempotency_key,
        )
        return Budget.of(row)

    @strawberry.mutation(
        description="An officer lets a budget count as the members' meeting adopted it; the year's earlier one is "
        "replaced. Fails with WRONG_STATE, INVALID for a motion that decided on something else."
    )
    @intent
    async def adopt_budget(
        self, info: Info, input: Annotated[AdoptBudgetInput, strawberry.argument(description="Which, by what.")]
    ) -> BudgetResult:
        row = await proposing.adopt_budget(
            info.context.actor,
            budget_id=from_id("Budget", input.id),
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            key=input.idempotency_key,
        )
        return Budget.of(row)
