"""Motions: what members propose, between what they vote, and what came of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import orjson
import strawberry

from cooperatives.governance import ballots, counting, publishing, reading
from cooperatives.governance import models as rows
from cooperatives.governance.catalogue import CATALOGUE, ByLaw
from cooperatives.governance.details import (
    MOST_CANDIDATES,
    CarrierShare,
    Election,
    ExpulsionRuling,
    NewByLaws,
    Ruling,
)
from cooperatives.governance.lifecycle import MotionKind, MotionState, RightWay, VotingWay
from cooperatives.membership import service as membership
from marketplace.identity.actor import Role
from marketplace.rule_words import title_of
from marketplace.rules import Unit
from schema.by_laws import ByLawValueInput, values_of
from schema.context import Info
from schema.costs import RECKONED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.memberships import Membership
from schema.nodes import Node, finds
from schema.replays import MotionReplay
from schema.rules import WHOLE
from schema.scalars import BasisPoints, Rupiah

if TYPE_CHECKING:
    from schema.meetings import Meeting

described(
    MotionKind,
    "What a motion is about.",
    {
        "BY_LAWS": "A change of by-laws (AD/ART): adopted, it counts from its day on.",
        "ELECTION": "Officers or pengawas: who is elected holds the office for the term.",
        "ACCOUNTS": "The annual report and its accounts.",
        "BUDGET": "Work plan and budget (RK/RAPB).",
        "SURPLUS": "How the surplus (SHU) is shared.",
        "LOAN_WRITE_OFF": "A loan that is written off.",
        "DISPATCH_POLICY": "How jobs find their drivers.",
        "CARRIER_SHARE": "What the co-op keeps of a delivery's price: adopted, it counts at once.",
        "EXPULSION": "A ruling on the expulsion of a member: adopted, it is carried out.",
        "OTHER": "Anything else.",
    },
)
described(
    MotionState,
    "Where a motion stands.",
    {
        "DRAFT": "Written, before no meeting yet.",
        "TABLED": "On a meeting's agenda.",
        "VOTING": "Members vote.",
        "ADOPTED": "Decided in its favour.",
        "REJECTED": "Decided against it, or nobody was elected.",
        "LAPSED": "Withdrawn, its meeting closed without deciding, or the law forbids what was voted.",
    },
)
described(
    VotingWay,
    "How a motion is decided.",
    {
        "CONSENSUS": "By musyawarah: the meeting agreed, and that is minuted.",
        "OPEN": "By votes under one's name.",
        "SECRET": "By secret ballots.",
    },
)
described(
    RightWay,
    "How a member used his one vote.",
    {"NAMED": "Under his name.", "TOKEN": "He got a token for a secret ballot.", "PAPER": "He got a paper ballot."},
    name="VotingRightWay",
)


@strawberry.type(description="A by-law that a motion would change.")
class ProposedByLaw:
    name: ByLaw = strawberry.field(description="Which by-law.")
    title: str = strawberry.field(description="What it is about, in the language of Accept-Language.")
    unit: Unit = strawberry.field(description="In what it is counted.")
    value: Rupiah = strawberry.field(description=WHOLE)

    @classmethod
    def of(cls, name: ByLaw, value: int, language: str) -> "ProposedByLaw":
        return cls(name=name, title=title_of(name, language), unit=CATALOGUE[name].unit, value=Rupiah(value))


@strawberry.type(description="The by-laws that a motion would change.")
class ProposedByLaws:
    values: list[ProposedByLaw] = strawberry.field(description="Each with its new value.")
    since: date = strawberry.field(description="From which day on, but not before it is adopted.")


described(
    Ruling,
    "What a meeting says of the expulsion of a member.",
    {
        "EXPEL": "He is to leave, where the by-laws leave that to the meeting; he may appeal.",
        "UPHOLD": "After his appeal: he leaves.",
        "OVERTURN": "After his appeal: he stays.",
    },
    name="ExpulsionRuling",
)


@strawberry.type(description="A ruling that a motion would give.")
class ProposedRuling:
    expulsion_id: strawberry.ID = strawberry.field(description="The Expulsion.")
    ruling: Ruling = strawberry.field(description="What is said of it.")


@strawberry.type(description="What an option of a vote is called, and what a ballot says to choose it.")
class VoteOption:
    membership_id: strawberry.Private[UUID | None]
    option: str = strawberry.field(description="What stands in `choice`: FOR, AGAINST, ABSTAIN, or who stands.")

    @strawberry.field(description="Who stands; null but in elections.")
    async def candidate(self, info: Info) -> Membership | None:
        if self.membership_id is None:
            return None
        row = await info.context.load(membership.memberships_by_id, self.membership_id)
        return None if row is None else Membership.of(row)


@strawberry.type(description="Which office is filled, for how long.")
class ElectionTerms:
    role: Role = strawberry.field(description="The office.")
    seats: int = strawberry.field(description="How many are elected.")
    term_years: int = strawberry.field(description="For how many years.")


@strawberry.type(description="How many votes an option has.")
class OptionCount:
    option: str = strawberry.field(description="FOR, AGAINST or ABSTAIN.")
    votes: int = strawberry.field(description="Votes, weights counted.")


@strawberry.type(description="How often the same choice stands on paper ballots.")
class PaperCount:
    choice: list[str] = strawberry.field(description="Options, in the order of preference.")
    number: int = strawberry.field(description="How many papers say so.")


@strawberry.type(description="Paper ballots that an officer entered; they count once two witnesses agreed.")
class PaperBallots:
    id: strawberry.ID = strawberry.field(description="For `witnessPaperBallots`.")
    counted: list[PaperCount] = strawberry.field(description="What they say.")
    number: int = strawberry.field(description="How many they are.")
    witnesses: int = strawberry.field(description="How many witnesses agreed: 0, 1 or 2.")

    @classmethod
    def of(cls, row: rows.PaperBallots) -> "PaperBallots":
        return cls(
            id=to_id("PaperBallots", row.pk),
            counted=[PaperCount(choice=line["choice"], number=line["number"]) for line in row.counted],
            number=row.number,
            witnesses=(row.first_witness is not None) + (row.second_witness is not None),
        )


@strawberry.type(description="What a meeting of members is asked to decide.")
class Motion(MotionReplay, Node):
    row: strawberry.Private[rows.Motion]
    kind: MotionKind = strawberry.field(description="What it is about.")
    state: MotionState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="In a line.")
    text: str = strawberry.field(description="In full, with its reasons.")
    way: VotingWay | None = strawberry.field(description="How it is decided; null: not yet.")
    opened_at: datetime | None = strawberry.field(description="When the vote was opened.")
    decided_at: datetime | None = strawberry.field(description="When it was decided or lapsed.")
    note: str | None = strawberry.field(
        description="What was minuted of a consensus, or what the law forbade of what was voted."
    )
    result_digest: str | None = strawberry.field(description="SHA-256 of its results, to be read out.")
    ballot_name: str = strawberry.field(description="What the choice on a secret ballot is signed with: `motion`.")

    @classmethod
    def of(cls, row: rows.Motion) -> "Motion":
        return cls(
            id=to_id("Motion", row.pk),
            row=row,
            kind=row.kind,
            state=row.state,
            title=row.title,
            text=row.text,
            way=row.way,
            opened_at=row.opened_at,
            decided_at=row.decided_at,
            note=row.note,
            result_digest=row.result_digest,
            ballot_name=str(row.pk),
        )

    @strawberry.field(description="Before which meeting it stands.")
    async def meeting(self, info: Info) -> Annotated["Meeting", strawberry.lazy("schema.meetings")] | None:
        from schema.meetings import Meeting

        if self.row.meeting_id is None:
            return None
        row = await info.context.load(reading.meetings_by_id, self.row.meeting_id)
        return None if row is None else Meeting.of(row)

    @strawberry.field(description="The by-laws that it would change.")
    def by_laws(self, info: Info) -> ProposedByLaws | None:
        if self.row.kind is not MotionKind.BY_LAWS:
            return None
        new = NewByLaws.read(self.row.details)
        values = [ProposedByLaw.of(name, value, info.context.language) for name, value in new.values.items()]
        return ProposedByLaws(values=values, since=new.since)

    @strawberry.field(description="The office that it fills.")
    def election(self) -> ElectionTerms | None:
        if self.row.kind is not MotionKind.ELECTION:
            return None
        found = Election.read(self.row.details)
        return ElectionTerms(role=found.role, seats=found.seats, term_years=found.term_years)

    @strawberry.field(description="What the co-op would keep of the price of a delivery.")
    def carrier_share(self) -> BasisPoints | None:
        if self.row.kind is not MotionKind.CARRIER_SHARE:
            return None
        return BasisPoints(CarrierShare.read(self.row.details).share_bp)

    @strawberry.field(description="On which expulsion it rules, and how.")
    def expulsion(self) -> ProposedRuling | None:
        if self.row.kind is not MotionKind.EXPULSION:
            return None
        found = ExpulsionRuling.read(self.row.details)
        return ProposedRuling(expulsion_id=to_id("Expulsion", found.expulsion_id), ruling=found.ruling)

    @strawberry.field(description="Between what is voted.", directives=[cost(1, rows=5)])
    def options(self) -> list[VoteOption]:
        if self.row.kind is not MotionKind.ELECTION:
            return [VoteOption(option=option, membership_id=None) for option in counting.OPTIONS]
        ids = Election.read(self.row.details).candidates
        return [VoteOption(option=str(id), membership_id=id) for id in ids]

    @strawberry.field(description="The count, once the vote is closed; empty of an election.")
    def tally(self) -> list[OptionCount]:
        found = self.row.tally or {}
        return [OptionCount(option=name, votes=found[name]) for name in counting.OPTIONS if name in found]

    @strawberry.field(description="Who was elected.", directives=[cost(1, rows=3)])
    def elected(self) -> list[VoteOption]:
        winners = (self.row.tally or {}).get("winners", [])
        return [VoteOption(option=id, membership_id=UUID(id)) for id in winners]

    @strawberry.field(description="Paper ballots that were entered.", directives=[cost(2, rows=3)])
    async def paper_ballots(self, info: Info) -> list[PaperBallots]:
        found = await info.context.load(reading.papers_by_motion, self.row.pk)
        return [PaperBallots.of(row) for row in found or []]

    @strawberry.field(
        description="Of a secret vote the key that signs tokens: SubjectPublicKeyInfo (DER), base64url. RFC 9474, "
        "RSABSSA-SHA384-PSS-Randomized."
    )
    async def token_key(self, info: Info) -> str | None:
        return (
            None
            if self.row.way is not VotingWay.SECRET
            else await info.context.load(ballots.public_keys, self.row.pk)
        )

    @strawberry.field(
        description="All that a recount needs, as JSON, once the vote is closed: `lumbung audit-votes FILE`.",
        directives=[RECKONED],
    )
    async def results(self, info: Info) -> str | None:
        file = await publishing.results_file(info.context.actor, self.row.pk)
        return None if file is None else orjson.dumps(file).decode()

    @strawberry.field(description="How you used your vote on it; null: you did not.", directives=[RECKONED])
    async def used(self, info: Info) -> RightWay | None:
        account = info.context.actor.account_id
        mine = [] if account is None else [row.pk for row in await membership.member_of(account)]
        row = await reading.right_used(mine, self.row.pk)
        return None if row is None else row.way


@finds("Motion")
async def find_motion(info: Info, id: UUID) -> Motion | None:
    row = await reading.visible_motion(info.context.actor, id)
    return None if row is None else Motion.of(row)


@strawberry.input(description="By-laws to change.")
class ByLawsInput:
    values: list[ByLawValueInput] = strawberry.field(description="At least one, each once.")
    since: date = strawberry.field(description="From which day on; a past day means as soon as it is adopted.")

    def read(self) -> NewByLaws:
        return NewByLaws(values_of(self.values, "byLaws.values"), self.since)


@strawberry.input(description="Who stands for which office.")
class ElectionInput:
    role: Role = strawberry.field(
        description="CHAIR, SECRETARY, TREASURER, SUPERVISOR; MEMBER: delegates of a group."
    )
    candidate_ids: list[strawberry.ID] = strawberry.field(description="Memberships, 1 to 50.")
    term_years: int = strawberry.field(description="As long as the law and the by-laws allow.")
    seats: int = strawberry.field(description="1; of pengawas up to 15, of delegates up to 50.", default=1)

    def read(self) -> Election:
        given = self.candidate_ids[: MOST_CANDIDATES + 1]
        ids = [from_id("Membership", id, f"election.candidateIds.{n}") for n, id in enumerate(given)]
        return Election(self.role, self.seats, self.term_years, tuple(ids))
