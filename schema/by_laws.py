"""What a co-op's by-laws (AD/ART) say, and within what the law lets them lie."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.governance import service
from cooperatives.governance.bylaws import ByLaws, InForce, bounds_on
from cooperatives.governance.catalogue import CATALOGUE, ByLaw
from cooperatives.governance.models import ByLawValue
from cooperatives.membership import models as cooperative_rows
from cooperatives.membership import service as membership
from cooperatives.membership.models import CooperativeLevel
from marketplace.errors import Code, Invalid
from marketplace.rule_words import title_of
from marketplace.rules import Unit
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.rules import WHOLE, Rule
from schema.scalars import Rupiah


def _described(name: ByLaw) -> str:
    one = CATALOGUE[name]
    is_yes_or_no = one.unit is Unit.COUNT and (one.least, one.most) == (0, 1)
    return f"{title_of(name, 'en')}{': 1 yes, 0 no' if is_yes_or_no else ''}."


described(ByLaw, "Names a by-law.", {name.name: _described(name) for name in ByLaw})


@strawberry.type(description="What one by-law says on a day.")
class ByLawInForce:
    name: ByLaw = strawberry.field(description="Which by-law.")
    title: str = strawberry.field(description="What it is about, in the language of Accept-Language.")
    value: Rupiah = strawberry.field(description=WHOLE)
    unit: Unit = strawberry.field(description="In what it is counted.")
    least: Rupiah = strawberry.field(description="The lowest that it may be.")
    most: Rupiah = strawberry.field(description="The highest that it may be.")
    least_rule: Rule | None = strawberry.field(description="The rule that sets the lowest; null: none does.")
    most_rule: Rule | None = strawberry.field(description="The rule that sets the highest; null: none does.")
    is_default: bool = strawberry.field(description="The co-op set nothing of its own.")
    limited_by: Rule | None = strawberry.field(description="The law that cut what the co-op had adopted.")
    since: date | None = strawberry.field(description="From which day on it counts; null: the default.")
    motion_id: strawberry.ID | None = strawberry.field(description="The Motion that adopted it; null: the founding.")

    @classmethod
    def of(cls, found: InForce, day: date, language: str, *, is_secondary: bool) -> "ByLawInForce":
        bounds = bounds_on(found.name, day, is_secondary=is_secondary)
        adopted = found.adopted
        return cls(
            name=found.name,
            title=title_of(found.name, language),
            value=Rupiah(found.value),
            unit=CATALOGUE[found.name].unit,
            least=Rupiah(bounds.least),
            most=Rupiah(bounds.most),
            least_rule=None if bounds.least_rule is None else Rule.of(bounds.least_rule),
            most_rule=None if bounds.most_rule is None else Rule.of(bounds.most_rule),
            is_default=adopted is None,
            limited_by=None if found.limited_by is None else Rule.of(found.limited_by),
            since=None if adopted is None else adopted.since,
            motion_id=None if adopted is None else _motion(adopted.motion_id),
        )


@strawberry.type(description="A value that the co-op gave a by-law, once.")
class ByLawChange:
    name: ByLaw = strawberry.field(description="Which by-law.")
    value: Rupiah = strawberry.field(description=WHOLE)
    since: date = strawberry.field(description="From which day on.")
    decision: str = strawberry.field(description="The deed of founding, or the motion's title.")
    motion_id: strawberry.ID | None = strawberry.field(description="The Motion that adopted it; null: the founding.")

    @classmethod
    def of(cls, row: ByLawValue) -> "ByLawChange":
        return cls(
            name=ByLaw(row.name),
            value=Rupiah(row.value),
            since=row.since,
            decision=row.decision,
            motion_id=None if row.motion_id is None else _motion(str(row.motion_id)),
        )


@strawberry.type(description="A co-op's by-laws on a day.")
class ByLawsOnADay:
    day: date = strawberry.field(description="The day.")
    in_force: list[ByLawInForce] = strawberry.field(description="Each by-law that there is.")


def _motion(id: str | None) -> strawberry.ID | None:
    return None if id is None else to_id("Motion", UUID(id))


def _dressed(info: Info, row: cooperative_rows.Cooperative, found: ByLaws) -> ByLawsOnADay:
    is_secondary = row.level is CooperativeLevel.SECONDARY
    language = info.context.language
    return ByLawsOnADay(
        day=found.day,
        in_force=[
            ByLawInForce.of(one, found.day, language, is_secondary=is_secondary) for one in found.in_force.values()
        ],
    )


@strawberry.type
class CooperativeByLaws:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its by-laws (AD/ART), for anyone; today's where no day is named.", directives=[cost(5, rows=5)]
    )
    async def by_laws(
        self, info: Info, on: Annotated[date | None, strawberry.argument(description="On which day.")] = None
    ) -> ByLawsOnADay:
        return _dressed(info, self.row, await service.by_laws_on(self.row.pk, on or service.today_of(self.row)))

    @strawberry.field(
        description="Every value that it gave its by-laws, oldest first, for anyone.", directives=[cost(5, rows=20)]
    )
    async def by_law_changes(self) -> list[ByLawChange]:
        return [ByLawChange.of(row) for row in await service.history_of(self.row.pk)]


@strawberry.input(description="A by-law and its value.")
class ByLawValueInput:
    name: ByLaw = strawberry.field(description="Which by-law; each once.")
    value: Rupiah = strawberry.field(description=WHOLE)


def values_of(given: list[ByLawValueInput], field: str = "values") -> dict[ByLaw, int]:
    """The values by name. Raises Invalid when one is named twice."""
    values = {one.name: int(one.value) for one in given}
    if len(values) < len(given):
        raise Invalid.field(field, Code.DUPLICATE, "each by-law once", "tiap ketentuan sekali saja")
    return values


@strawberry.input(description="The by-laws with which a co-op was founded.")
class SetFoundingByLawsInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    values: list[ByLawValueInput] = strawberry.field(description="What differs from the defaults, at least one.")
    since: date = strawberry.field(description="The day of the deed of founding.")
    deed: str = strawberry.field(description="The deed (akta), 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


ByLawsResult = Annotated[
    ByLawsOnADay | Problem, strawberry.union("ByLawsResult", description="Today's by-laws, or why not.")
]


@strawberry.type
class ByLawMutation:
    @strawberry.mutation(
        description="Write down the by-laws with which a co-op was founded: once, by its chair or the node's "
        "operator. Fails with FORBIDDEN, INVALID, AGAINST_THE_LAW naming the article, WRONG_STATE when they were set."
    )
    @intent
    async def set_founding_by_laws(
        self, info: Info, input: Annotated[SetFoundingByLawsInput, strawberry.argument(description="What they say.")]
    ) -> ByLawsResult:
        id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        found = await service.set_founding_by_laws(
            info.context.actor,
            cooperative_id=id,
            values=values_of(input.values),
            since=input.since,
            deed=input.deed,
            key=input.idempotency_key,
        )
        info.context.forget()
        row = await info.context.load(membership.cooperatives_by_id, id)
        assert row is not None  # locked just now
        return _dressed(info, row, found)
