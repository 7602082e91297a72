"""Mutations of the register: details, heirs, the kind of member, and what is erased."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.entries import Heir, PersonalDetails
from cooperatives.register import service
from schema.context import Info
from schema.ids import from_id
from schema.memberships import Membership
from schema.problems import Problem, intent
from schema.rules import Rule


@strawberry.input(description="Who a member is. What was written down before is replaced.")
class RecordMemberDetailsInput:
    id: strawberry.ID = strawberry.field(description="The Membership: your own, or one of your co-op's.")
    name: str = strawberry.field(description="His full name, 1 to 120 characters.")
    national_id: str = strawberry.field(default="", description="NIK, 16 digits; one member's alone in the co-op.")
    birth_place: str = strawberry.field(default="", description="At most 80 characters.")
    born_on: date | None = strawberry.field(default=None, description="A day until today.")
    sex: str = strawberry.field(default="", description="L, P, or empty.")
    address: str = strawberry.field(default="", description="At most 300 characters.")
    occupation: str = strawberry.field(default="", description="At most 80 characters.")


@strawberry.input(description="The number of a member who moved in without one.")
class GiveMemberPhoneInput:
    id: strawberry.ID = strawberry.field(description="The Membership.")
    phone: str = strawberry.field(description="His number; ask `requestCode` for it first.")
    code: str = strawberry.field(description="The code sent to it, which he reads out.")


@strawberry.input(description="Someone to be paid what one leaves.")
class MemberHeirInput:
    name: str = strawberry.field(description="1 to 120 characters.")
    relation: str = strawberry.field(description="Husband, wife, child: 1 to 40 characters.")
    phone: str = strawberry.field(default="", description="To be told by.")


@strawberry.input(description="Whom you name to be paid what you leave, in your order; none takes back all.")
class NameHeirsInput:
    id: strawberry.ID = strawberry.field(description="Your Membership.")
    heirs: list[MemberHeirInput] = strawberry.field(description="At most 5.")


@strawberry.input(description="What kind of member one is.")
class SetMemberCategoryInput:
    id: strawberry.ID = strawberry.field(description="The Membership.")
    category: MemberCategory = strawberry.field(description="ASSOCIATE where the by-laws know such members.")


@strawberry.input(description="What of you is erased.")
class EraseMyDetailsInput:
    id: strawberry.ID = strawberry.field(description="Your Membership, which has ended.")


@strawberry.type(description="What is not erased, and why.")
class KeptByLaw:
    what: str = strawberry.field(description="In the language of Accept-Language.")
    rule: Rule = strawberry.field(description="The rule that has it kept.")


@strawberry.type(description="That what a co-op knew of you is erased; your heirs, NIK, birth, address, occupation.")
class DetailsErased:
    kept: list[KeptByLaw] = strawberry.field(description="What stays, and why.")


MemberResult = Annotated[
    Membership | Problem, strawberry.union("MemberResult", description="The membership, or why not.")
]
DetailsErasedResult = Annotated[
    DetailsErased | Problem, strawberry.union("DetailsErasedResult", description="What stays, or why not.")
]


@strawberry.type
class RegisterMutation:
    @strawberry.mutation(
        description="Write down who a member is: he himself, or an officer. Problems: NOT_FOUND, WRONG_STATE, "
        "INVALID, DUPLICATE when another member has the NIK."
    )
    @intent
    async def record_member_details(self, info: Info, input: RecordMemberDetailsInput) -> MemberResult:
        details = PersonalDetails(
            name=input.name,
            national_id=input.national_id,
            birth_place=input.birth_place,
            born_on=input.born_on.isoformat() if input.born_on else "",
            sex=input.sex,
            address=input.address,
            occupation=input.occupation,
        )
        id, vault = from_id("Membership", input.id), info.context.adapters.rails.vault
        row = await service.record_details(info.context.actor, membership_id=id, details=details, vault=vault)
        return Membership.of(row)

    @strawberry.mutation(
        description="An officer gives a member who moved in without a phone his number, proved by the code sent "
        "there; he signs in with it from then on. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE when he has a phone, "
        "DUPLICATE when it is another's account, WRONG_CODE, RATE_LIMITED, INVALID, also for one who holds an office."
    )
    @intent
    async def give_member_phone(self, info: Info, input: GiveMemberPhoneInput) -> MemberResult:
        row = await service.give_phone(
            info.context.actor,
            membership_id=from_id("Membership", input.id),
            phone=input.phone,
            code=input.code,
            address=info.context.address,
        )
        return Membership.of(row)

    @strawberry.mutation(
        description="The member names who is to be paid what he leaves; nobody else does. Problems: NOT_FOUND, "
        "FORBIDDEN, WRONG_STATE, INVALID."
    )
    @intent
    async def name_heirs(self, info: Info, input: NameHeirsInput) -> MemberResult:
        heirs = [Heir(heir.name.strip(), heir.relation.strip(), heir.phone.strip()) for heir in input.heirs]
        id, vault = from_id("Membership", input.id), info.context.adapters.rails.vault
        row = await service.name_heirs(info.context.actor, membership_id=id, heirs=heirs, vault=vault)
        return Membership.of(row)

    @strawberry.mutation(
        description="An officer says what kind of member one is. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE, "
        "INVALID for one who holds an office, AGAINST_THE_LAW where the by-laws know no associates."
    )
    @intent
    async def set_member_category(self, info: Info, input: SetMemberCategoryInput) -> MemberResult:
        id = from_id("Membership", input.id)
        row = await service.set_category(info.context.actor, membership_id=id, category=input.category)
        return Membership.of(row)

    @strawberry.mutation(
        description="One who left has erased what the co-op knows of him beside what the law has it keep. "
        "Problems: NOT_FOUND, AGAINST_THE_LAW while he is a member or savings or dues are open."
    )
    @intent
    async def erase_my_details(self, info: Info, input: EraseMyDetailsInput) -> DetailsErasedResult:
        id, vault = from_id("Membership", input.id), info.context.adapters.rails.vault
        kept = await service.erase_details(info.context.actor, membership_id=id, vault=vault)
        is_english = info.context.language == "en"
        return DetailsErased(
            kept=[KeptByLaw(what=one.what_en if is_english else one.what_id, rule=Rule.of(one.rule)) for one in kept]
        )
