"""The register of members: what kind of member one is, who he is, his heirs, and whether he is active."""

from datetime import date

import strawberry

from cooperatives.governance.entitlement import rights_on
from cooperatives.membership import entries
from cooperatives.membership import models as membership_rows
from cooperatives.membership.categories import EndCause, MemberCategory, MemberRight
from cooperatives.membership.entries import category_of, entries_by_id, joined_on
from cooperatives.register import service
from cooperatives.surplus.sharing import WhyNot
from marketplace import clock
from marketplace.identity.actor import OFFICERS, Role
from schema import surplus as surplus  # describes WhyNot to the schema
from schema.context import Info
from schema.costs import RECKONED
from schema.enums import described
from schema.ids import to_id
from schema.rules import Rule

described(
    MemberCategory,
    "What kind of member one is.",
    {
        "FULL": "Anggota biasa: votes, may hold office, shares in the surplus.",
        "ASSOCIATE": "Anggota luar biasa: is served, where the by-laws know such members.",
        "CANDIDATE": "Calon anggota: is served until he has paid his pokok.",
    },
)
described(
    MemberRight,
    "What membership gives.",
    {
        "VOTE": "One vote in the members' meeting.",
        "HOLD_OFFICE": "May be elected.",
        "SHARE_SURPLUS": "A part of the surplus.",
        "BORROW": "Loans.",
        "SAVE": "Savings.",
        "USE_SERVICES": "The co-op's services and units.",
    },
)
ALL_RIGHTS = tuple(MemberRight)


@strawberry.type(
    description="Who a member is, as the register asks. Kept sealed; for himself, officers and pengawas."
)
class MemberDetails:
    name: str = strawberry.field(description="His full name.")
    national_id: str = strawberry.field(description="NIK; of others than himself its last four digits alone.")
    birth_place: str = strawberry.field(description="Where he was born.")
    born_on: date | None = strawberry.field(description="When.")
    sex: str = strawberry.field(description="L, P, or empty.")
    address: str = strawberry.field(description="Where he lives.")
    occupation: str = strawberry.field(description="What he does.")
    former_number: str = strawberry.field(description="His number in the books from which he moved in.")


@strawberry.type(description="Whom a member named to be paid what he leaves.")
class MemberHeir:
    name: str = strawberry.field(description="The heir's name.")
    relation: str = strawberry.field(description="Husband, wife, child.")
    phone: str = strawberry.field(description="To be told by; may be empty.")


@strawberry.type(description="The by-laws' test of an active member over the last twelve months.")
class MemberStanding:
    is_active: bool = strawberry.field(description="Whether he is.")
    why_not: WhyNot | None = strawberry.field(description="Why he is not.")
    transactions: int = strawberry.field(description="How many he made.")
    arrears_months: int = strawberry.field(description="Months of wajib that he owes.")
    rules: list[Rule] = strawberry.field(description="The by-laws that it used.")

    @classmethod
    def of(cls, row: service.Standing) -> "MemberStanding":
        return cls(
            is_active=row.why_not is None,
            why_not=row.why_not,
            transactions=row.transactions,
            arrears_months=row.arrears_months,
            rules=[Rule.of(rule) for rule in row.rules],
        )


@strawberry.type
class MembershipEntry:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(description="What kind of member he is.")
    async def category(self, info: Info) -> MemberCategory:
        return category_of(await info.context.load(entries_by_id, self.row.pk))

    @strawberry.field(description="What that gives him: of a candidate who should be a full member by now, nothing.")
    async def rights(self, info: Info) -> list[MemberRight]:
        entry = await info.context.load(entries_by_id, self.row.pk)
        given = rights_on(self.row, entry, clock.now().date())
        return [right for right in ALL_RIGHTS if right in given]

    @strawberry.field(description="Since when he is a member; as the old books say of one who moved in.")
    async def joined_on(self, info: Info) -> date | None:
        return joined_on(self.row, await info.context.load(entries_by_id, self.row.pk))

    @strawberry.field(description="When it ended.")
    async def ended_on(self, info: Info) -> date | None:
        entry = await info.context.load(entries_by_id, self.row.pk)
        return entry.ended_on if entry else None

    @strawberry.field(description="Why it ended.")
    async def end_cause(self, info: Info) -> EndCause | None:
        entry = await info.context.load(entries_by_id, self.row.pk)
        return entry.end_cause if entry else None

    @strawberry.field(description="Who he is; null to others, and where nothing is written down.")
    async def details(self, info: Info) -> MemberDetails | None:
        if not self._may_read(info):
            return None
        entry = await info.context.load(entries_by_id, self.row.pk)
        known = entries.open_details(info.context.adapters.rails.vault, entry)
        if known is None:
            return None
        is_own = self.row.account_id == info.context.actor.account_id
        return MemberDetails(
            name=known.name,
            national_id=known.national_id if is_own else known.national_id[-4:].rjust(len(known.national_id), "•"),
            birth_place=known.birth_place,
            born_on=date.fromisoformat(known.born_on) if known.born_on else None,
            sex=known.sex,
            address=known.address,
            occupation=known.occupation,
            former_number=known.former_number,
        )

    @strawberry.field(description="Whom he named; for himself, officers and pengawas, empty to others.")
    async def heirs(self, info: Info) -> list[MemberHeir]:
        if not self._may_read(info):
            return []
        entry = await info.context.load(entries_by_id, self.row.pk)
        named = entries.open_heirs(info.context.adapters.rails.vault, entry)
        return [MemberHeir(name=heir.name, relation=heir.relation, phone=heir.phone) for heir in named]

    @strawberry.field(
        description="Whether he is active by the by-laws; null where the co-op keeps no books here, and to others "
        "than himself, officers and pengawas.",
        directives=[RECKONED],
    )
    async def standing(self, info: Info) -> MemberStanding | None:
        if not self._may_read(info):
            return None
        found = await info.context.load(service.standings_by_membership, self.row.pk)
        return None if found is None else MemberStanding.of(found)

    def _may_read(self, info: Info) -> bool:
        actor = info.context.actor
        is_own = actor.account_id is not None and self.row.account_id == actor.account_id
        return is_own or actor.holds(*OFFICERS, Role.SUPERVISOR, cooperative_id=self.row.cooperative_id)


@strawberry.type
class CooperativeRegister:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="The register of members (buku daftar anggota) as a PDF; `.xlsx` gives a workbook. For officers "
        "and pengawas; that it was taken is written down."
    )
    async def register_path(self) -> str:
        return f"/register/members.pdf?cooperative={to_id('Cooperative', self.row.pk)}"
