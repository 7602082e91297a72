"""Claims on protection: what happened, the papers behind it, and what the provider answered."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.protection import benefits, reading, service
from cooperatives.protection import claim_models as rows
from cooperatives.protection.claim_states import ClaimState, missing
from cooperatives.protection.kinds import ClaimDocument, ClaimKind, RemittanceWay
from schema.benefits import ProtectionBenefit, benefit_of
from schema.context import Info
from schema.costs import HISTORY, LISTED
from schema.dues import member_of
from schema.enrolments import MembershipType, ProtectionProgramme, programme_of
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

described(
    ClaimKind,
    "What happened.",
    {
        "ACCIDENT": "An accident.",
        "ILLNESS": "An illness.",
        "DEATH": "A death.",
        "OLD_AGE": "Old age: savings or pension fall due.",
        "VEHICLE": "Loss of or damage to the vehicle.",
    },
    name="ClaimKind",
)
described(
    ClaimState,
    "Where a claim stands.",
    {
        "REPORTED": "Told; papers are gathered.",
        "SUBMITTED": "With the provider.",
        "RECEIVED": "The provider paid the co-op, which pays it on to the member or his heirs.",
        "PAID": "The member or his heirs have it.",
        "REFUSED": "By the provider, with a reason; it may be submitted again.",
        "WITHDRAWN": "Taken back.",
    },
    name="ClaimState",
)
described(
    ClaimDocument,
    "What a paper behind a claim proves.",
    {
        "IDENTITY": "KTP.",
        "FAMILY_CARD": "Kartu keluarga.",
        "PARTICIPANT_CARD": "The participant's card.",
        "ACCOUNT_OF_EVENTS": "Kronologi: what happened, in words.",
        "POLICE_REPORT": "Of the police.",
        "MEDICAL_REPORT": "Of a doctor or hospital.",
        "RECEIPTS": "Of what was paid.",
        "DEATH_CERTIFICATE": "Akta kematian.",
        "HEIRS_STATEMENT": "Surat keterangan ahli waris.",
        "VEHICLE_PAPERS": "STNK.",
        "PHOTO": "A picture.",
        "OTHER": "Anything else.",
    },
    name="ClaimDocumentKind",
)
CLAIM = "The ProtectionClaim."


@strawberry.type(description="A paper behind a claim.")
class ClaimFile:
    kind: ClaimDocument = strawberry.field(description="What it proves.")
    name: str = strawberry.field(description="The file's name.")
    url: str = strawberry.field(description="Where it is downloaded, by who may see the claim.")


@strawberry.type(description="A claim on a programme, for a member or one of his family.")
class ProtectionClaim(Node):
    row: strawberry.Private[rows.ProtectionClaim]
    kind: ClaimKind = strawberry.field(description="What happened.")
    happened_on: date = strawberry.field(description="When.")
    story: str = strawberry.field(description="In words.")
    was_covered: bool = strawberry.field(description="Whether that month was paid when it was told.")
    is_for_dependant: bool = strawberry.field(description="Whether it happened to one of the family.")
    state: ClaimState = strawberry.field(description="Where it stands.")
    provider_number: str = strawberry.field(description="The provider's number for it; may be empty.")
    submitted_on: date | None = strawberry.field(description="When it last went to the provider.")
    paid: Rupiah = strawberry.field(description="What the provider paid.")
    ended_on: date | None = strawberry.field(description="When the provider answered, or it was taken back.")
    reason: str = strawberry.field(description="Why it was refused; else empty.")

    @classmethod
    def of(cls, row: rows.ProtectionClaim) -> "ProtectionClaim":
        return cls(
            id=to_id("ProtectionClaim", row.pk),
            row=row,
            kind=row.kind,
            happened_on=row.happened_on,
            story=row.story,
            was_covered=row.was_covered,
            is_for_dependant=row.dependant_id is not None,
            state=row.state,
            provider_number=row.provider_number,
            submitted_on=row.submitted_on,
            paid=Rupiah(row.paid),
            ended_on=row.ended_on,
            reason=row.reason,
        )

    @strawberry.field(description="On which programme.")
    async def programme(self, info: Info) -> ProtectionProgramme | None:
        return await programme_of(info, self.row.programme_id)

    @strawberry.field(description="Whose it is.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)

    @strawberry.field(
        description="What the provider paid the co-op for it, and to whom it was paid on; null: it paid them itself.",
        directives=[HISTORY],
    )
    async def benefit(self, info: Info) -> ProtectionBenefit | None:
        return await benefit_of(info, self.row.pk)

    @strawberry.field(
        description="Its papers; add one by `POST /protection/documents?claim=<id>&kind=<kind>&name=<file name>`.",
        directives=[HISTORY],
    )
    async def documents(self, info: Info) -> list[ClaimFile]:
        found = await info.context.load(reading.files_by_claim, self.row.pk) or []
        return [
            ClaimFile(kind=row.kind, name=row.name, url=f"/protection/documents/{to_id('ClaimFile', row.pk)}")
            for row in found
        ]

    @strawberry.field(description="What the provider asks for and is not here yet.", directives=[HISTORY])
    async def missing_documents(self, info: Info) -> list[ClaimDocument]:
        found = await info.context.load(reading.files_by_claim, self.row.pk) or []
        return missing(self.row.kind, [row.kind for row in found])


@strawberry.type
class MembershipClaims:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(description="This member's claims, newest first. Himself and officers.", directives=[LISTED])
    async def claims(self, info: Info, first: First = 10, after: After = None) -> Connection[ProtectionClaim]:
        page = await service.claims_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, ProtectionClaim.of, after=after)


@strawberry.type
class CooperativeClaims:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="Members' claims, newest first. Officers, pengawas and those at the counter.", directives=[LISTED]
    )
    async def claims(
        self,
        info: Info,
        state: Annotated[ClaimState | None, strawberry.argument(description="Only those that stand so.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ProtectionClaim]:
        page = await service.list_claims(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, ProtectionClaim.of, after=after)


@strawberry.input(description="What happened.")
class ReportProtectionClaimInput:
    enrolment_id: strawberry.ID = strawberry.field(description="The ProtectionEnrolment that covers it.")
    kind: ClaimKind = strawberry.field(description="What happened.")
    happened_on: date = strawberry.field(description="When: a day since the enrolment.")
    story: str = strawberry.field(description="10 to 1,000 characters.")
    dependant_id: strawberry.ID | None = strawberry.field(
        description="To which ProtectionDependant; null: the member himself.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="That a claim went to the provider.")
class SubmitProtectionClaimInput:
    claim_id: strawberry.ID = strawberry.field(description=CLAIM)
    provider_number: str = strawberry.field(
        description="The provider's number for it, at most 60 characters.", default=""
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="That the provider paid.")
class SettleProtectionClaimInput:
    claim_id: strawberry.ID = strawberry.field(description=CLAIM)
    paid: Rupiah = strawberry.field(description="How much.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="That the provider paid the co-op for the member or his heirs.")
class ReceiveProtectionBenefitInput:
    claim_id: strawberry.ID = strawberry.field(description=CLAIM)
    amount: Rupiah = strawberry.field(description="How much.")
    way: RemittanceWay = strawberry.field(description="Into the till or the bank.")
    reference: str = strawberry.field(description="The provider's or the bank's, 1 to 60 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="That the provider refused.")
class RefuseProtectionClaimInput:
    claim_id: strawberry.ID = strawberry.field(description=CLAIM)
    reason: str = strawberry.field(description="As the provider says, 3 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which claim is taken back.")
class WithdrawProtectionClaimInput:
    claim_id: strawberry.ID = strawberry.field(description=CLAIM)
    idempotency_key: str = strawberry.field(description=KEY)


ClaimResult = Annotated[
    ProtectionClaim | Problem, strawberry.union("ProtectionClaimResult", description="The claim, or why not.")
]


@strawberry.type
class ClaimMutation:
    @strawberry.mutation(
        description="Tell that something happened: the member, or one at the counter for him. Fails with "
        "OUT_OF_RANGE for a day before the enrolment."
    )
    @intent
    async def report_protection_claim(self, info: Info, input: ReportProtectionClaimInput) -> ClaimResult:
        dependant = input.dependant_id
        row = await service.report(
            info.context.actor,
            enrolment_id=from_id("ProtectionEnrolment", input.enrolment_id, "enrolmentId"),
            kind=input.kind,
            happened_on=input.happened_on,
            story=input.story,
            dependant_id=None if dependant is None else from_id("ProtectionDependant", dependant, "dependantId"),
            key=input.idempotency_key,
        )
        return ProtectionClaim.of(row)

    @strawberry.mutation(
        description="One at the counter has taken it to the provider. Fails with REQUIRED while papers are missing, "
        "WRONG_STATE."
    )
    @intent
    async def submit_protection_claim(self, info: Info, input: SubmitProtectionClaimInput) -> ClaimResult:
        id, number = from_id("ProtectionClaim", input.claim_id, "claimId"), input.provider_number
        return ProtectionClaim.of(
            await service.submit(info.context.actor, claim_id=id, provider_number=number, key=input.idempotency_key)
        )

    @strawberry.mutation(description="One at the counter enters what the provider paid. Fails with WRONG_STATE.")
    @intent
    async def settle_protection_claim(self, info: Info, input: SettleProtectionClaimInput) -> ClaimResult:
        id = from_id("ProtectionClaim", input.claim_id, "claimId")
        return ProtectionClaim.of(
            await service.settle(info.context.actor, claim_id=id, paid=int(input.paid), key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="The provider paid the co-op, which holds it until payProtectionBenefit has paid all of it on. "
        "Chair or treasurer. Fails with WRONG_STATE."
    )
    @intent
    async def receive_protection_benefit(self, info: Info, input: ReceiveProtectionBenefitInput) -> ClaimResult:
        row = await benefits.receive(
            info.context.actor,
            claim_id=from_id("ProtectionClaim", input.claim_id, "claimId"),
            amount=int(input.amount),
            way=input.way,
            reference=input.reference,
            key=input.idempotency_key,
        )
        return ProtectionClaim.of(row)

    @strawberry.mutation(
        description="One at the counter enters why the provider refused; it may be submitted again. Fails with "
        "WRONG_STATE."
    )
    @intent
    async def refuse_protection_claim(self, info: Info, input: RefuseProtectionClaimInput) -> ClaimResult:
        id = from_id("ProtectionClaim", input.claim_id, "claimId")
        return ProtectionClaim.of(
            await service.refuse(info.context.actor, claim_id=id, reason=input.reason, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="Take a claim back: the member, or one at the counter for him. Fails with WRONG_STATE once it "
        "is paid."
    )
    @intent
    async def withdraw_protection_claim(self, info: Info, input: WithdrawProtectionClaimInput) -> ClaimResult:
        id = from_id("ProtectionClaim", input.claim_id, "claimId")
        return ProtectionClaim.of(await service.withdraw(info.context.actor, claim_id=id, key=input.idempotency_key))


@finds("ProtectionClaim")
async def find_claim(info: Info, id: UUID) -> ProtectionClaim | None:
    row = await reading.visible_claim(info.context.actor, id)
    return None if row is None else ProtectionClaim.of(row)
