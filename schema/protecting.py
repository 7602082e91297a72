"""What is done with protection: programmes opened by officers, members and their families enrolled and ended."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.protection import service
from cooperatives.protection.kinds import ProgrammeKind, Relation
from schema.context import Info
from schema.enrolments import ProtectionEnrolment, ProtectionProgramme
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

ENROLMENT = "The ProtectionEnrolment."
NUMBER = "Of the participant with the provider: 6 to 20 digits or letters; kept sealed. Empty while none is known."


@strawberry.input(description="A programme to offer.")
class OpenProtectionProgrammeInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: ProgrammeKind = strawberry.field(description="What it protects from.")
    name: str = strawberry.field(description="1 to 60 characters, one of a kind in the co-op.")
    provider: str = strawberry.field(description="Who insures: 2 to 80 characters.")
    pay_by: int = strawberry.field(description="The day by which members pay, 1 to 31; of HEALTH before the law's.")
    number: str = strawberry.field(description="Of the policy or the co-op, at most 40 characters.", default="")
    premium: Rupiah | None = strawberry.field(description="Of insurance alone: a person a month.", default=None)
    alone_monthly: Rupiah | None = strawberry.field(
        description="Of insurance what a person pays who buys it alone; else the fees of paying alone.", default=None
    )
    alone_source: str = strawberry.field(description="Who says so, and when: with `aloneMonthly`.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which programme takes no new members.")
class RetireProtectionProgrammeInput:
    programme_id: strawberry.ID = strawberry.field(description="The ProtectionProgramme.")


@strawberry.input(description="A member to enrol.")
class EnrolInProtectionInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    programme_id: strawberry.ID = strawberry.field(description="The ProtectionProgramme.")
    since: date | None = strawberry.field(
        description="Any day of the first month, at most three ahead; null: the first that is still open.",
        default=None,
    )
    income: Rupiah = strawberry.field(description="Of EMPLOYMENT: what he declares a month.", default=Rupiah(0))
    has_old_age: bool = strawberry.field(description="Of EMPLOYMENT: whether he pays JHT too.", default=False)
    health_class: int = strawberry.field(description="Of HEALTH: 1, 2 or 3.", default=3)
    contribution: Rupiah = strawberry.field(description="Of PENSION: how much a month.", default=Rupiah(0))
    participant_number: str = strawberry.field(description=NUMBER, default="")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which enrolment ends.")
class EndProtectionInput:
    enrolment_id: strawberry.ID = strawberry.field(description=ENROLMENT)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="One of a member's family to cover with him.")
class AddProtectionDependantInput:
    enrolment_id: strawberry.ID = strawberry.field(description="The ProtectionEnrolment: of HEALTH or ACCIDENT.")
    name: str = strawberry.field(description="1 to 80 characters.")
    relation: Relation = strawberry.field(description="What he is to the member.")
    born_on: date = strawberry.field(description="Day of birth.")
    participant_number: str = strawberry.field(description=NUMBER, default="")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which of the family is covered no more.")
class EndProtectionDependantInput:
    dependant_id: strawberry.ID = strawberry.field(description="The ProtectionDependant.")
    idempotency_key: str = strawberry.field(description=KEY)


ProtectionProgrammeResult = Annotated[
    ProtectionProgramme | Problem,
    strawberry.union("ProtectionProgrammeResult", description="The programme, or why not."),
]
ProtectionEnrolmentResult = Annotated[
    ProtectionEnrolment | Problem,
    strawberry.union("ProtectionEnrolmentResult", description="The enrolment as it now stands, or why not."),
]


@strawberry.type
class ProtectionMutation:
    @strawberry.mutation(
        description="Chair or treasurer offer a programme. Fails with FORBIDDEN, DUPLICATE, AGAINST_THE_LAW for a "
        "day to pay by that is not before the law's."
    )
    @intent
    async def open_protection_programme(
        self, info: Info, input: OpenProtectionProgrammeInput
    ) -> ProtectionProgrammeResult:
        offer = service.Offer(
            kind=input.kind,
            name=" ".join(input.name.split()),
            provider=" ".join(input.provider.split()),
            pay_by=input.pay_by,
            number=input.number.strip(),
            premium=input.premium,
            alone_monthly=input.alone_monthly,
            alone_source=" ".join(input.alone_source.split()),
        )
        id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        return ProtectionProgramme.of(
            await service.open_programme(
                info.context.actor, cooperative_id=id, offer=offer, key=input.idempotency_key
            )
        )

    @strawberry.mutation(description="Take no new members of a programme; those enrolled stay. Fails with FORBIDDEN.")
    @intent
    async def retire_protection_programme(
        self, info: Info, input: RetireProtectionProgrammeInput
    ) -> ProtectionProgrammeResult:
        id = from_id("ProtectionProgramme", input.programme_id, "programmeId")
        return ProtectionProgramme.of(await service.retire_programme(info.context.actor, programme_id=id))

    @strawberry.mutation(
        description="Enrol a member: he himself, or one at the counter for him. Each month is charged with his dues. "
        "Fails with WRONG_STATE for who is no active member, DUPLICATE, OUT_OF_RANGE for a month that is over."
    )
    @intent
    async def enrol_in_protection(self, info: Info, input: EnrolInProtectionInput) -> ProtectionEnrolmentResult:
        choice = service.Choice(
            income=int(input.income),
            has_old_age=input.has_old_age,
            health_class=input.health_class,
            contribution=int(input.contribution),
        )
        row = await service.enrol(
            info.context.actor,
            membership_id=from_id("Membership", input.membership_id, "membershipId"),
            programme_id=from_id("ProtectionProgramme", input.programme_id, "programmeId"),
            since=input.since,
            choice=choice,
            participant_number=input.participant_number,
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return ProtectionEnrolment.of(row)

    @strawberry.mutation(
        description="This month is an enrolment's last: the member, or one at the counter. Its bill stays owed."
    )
    @intent
    async def end_protection(self, info: Info, input: EndProtectionInput) -> ProtectionEnrolmentResult:
        id = from_id("ProtectionEnrolment", input.enrolment_id, "enrolmentId")
        return ProtectionEnrolment.of(
            await service.end(info.context.actor, enrolment_id=id, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="Cover one of the family too, from the next month on that is not billed yet. Fails with INVALID "
        "for a programme of the member alone, TOO_MANY above ten."
    )
    @intent
    async def add_protection_dependant(
        self, info: Info, input: AddProtectionDependantInput
    ) -> ProtectionEnrolmentResult:
        row = await service.add_dependant(
            info.context.actor,
            enrolment_id=from_id("ProtectionEnrolment", input.enrolment_id, "enrolmentId"),
            name=input.name,
            relation=input.relation,
            born_on=input.born_on,
            participant_number=input.participant_number,
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return ProtectionEnrolment.of(row)

    @strawberry.mutation(description="This month is the last for one of the family. Fails with NOT_FOUND.")
    @intent
    async def end_protection_dependant(
        self, info: Info, input: EndProtectionDependantInput
    ) -> ProtectionEnrolmentResult:
        id = from_id("ProtectionDependant", input.dependant_id, "dependantId")
        return ProtectionEnrolment.of(
            await service.end_dependant(info.context.actor, dependant_id=id, key=input.idempotency_key)
        )
