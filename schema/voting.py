"""Votes on motions: opened, cast by name, on paper or secretly, closed and counted."""

from collections import Counter
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.governance import ballots, deciding, motions, voting
from cooperatives.governance.meetings import MOST_AT_ONCE
from cooperatives.governance.results import Ballot, decoded, encoded
from marketplace import logs
from marketplace.errors import Code, Invalid
from schema.context import Info
from schema.gathering import MotionResult, memberships
from schema.ids import from_id
from schema.motions import Motion, PaperBallots
from schema.problems import KEY, Problem, intent

PaperBallotsResult = Annotated[
    PaperBallots | Problem, strawberry.union("PaperBallotsResult", description="The papers, or why not.")
]
CHOICE = "Options as `Motion.options` names them: one, or in an election candidates in the order of preference."


@strawberry.type(description="A token, signed blindly.")
class SignedToken:
    signature: str = strawberry.field(description="base64url; your device takes the blinding off.")


@strawberry.type(description="That a secret ballot is in the box.")
class BallotReceipt:
    receipt: str = strawberry.field(description="SHA-256 of your token: find it among the results.")


SignedTokenResult = Annotated[
    SignedToken | Problem, strawberry.union("SignedTokenResult", description="The signature, or why not.")
]
BallotReceiptResult = Annotated[
    BallotReceipt | Problem, strawberry.union("BallotReceiptResult", description="The receipt, or why not.")
]


@strawberry.input(description="How members vote on a motion.")
class OpenVoteInput:
    motion_id: strawberry.ID = strawberry.field(description="A TABLED motion of an OPEN meeting.")
    is_secret: bool = strawberry.field(description="By secret ballots, or under one's name.")


@strawberry.input(description="A vote under your name.")
class CastVoteInput:
    motion_id: strawberry.ID = strawberry.field(description="A motion on which members vote by name.")
    choice: list[str] = strawberry.field(description=CHOICE)
    for_membership_id: strawberry.ID | None = strawberry.field(description="Whose proxy you hold.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Who gets a paper ballot.")
class GivePaperBallotsInput:
    motion_id: strawberry.ID = strawberry.field(description="A motion on which members vote.")
    membership_ids: list[strawberry.ID] = strawberry.field(description="1 to 500 Memberships that attend.")


@strawberry.input(description="How many papers say the same.")
class PaperCountInput:
    choice: list[str] = strawberry.field(description=CHOICE)
    number: int = strawberry.field(description="1 or more.")


@strawberry.input(description="What the papers say.")
class EnterPaperBallotsInput:
    motion_id: strawberry.ID = strawberry.field(description="A motion on which members vote.")
    counted: list[PaperCountInput] = strawberry.field(description="1 to 500 lines.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which papers were entered as they are.")
class WitnessPaperBallotsInput:
    id: strawberry.ID = strawberry.field(description="The PaperBallots.")


@strawberry.input(description="A blinded token.")
class SignBallotTokenInput:
    motion_id: strawberry.ID = strawberry.field(description="A motion on which members vote secretly.")
    blinded: str = strawberry.field(description="256 bytes, base64url.")
    for_membership_id: strawberry.ID | None = strawberry.field(description="Whose proxy you hold.", default=None)


@strawberry.input(description="A secret ballot. Send it without signing in. All but the choice is base64url.")
class CastBallotInput:
    motion_id: strawberry.ID = strawberry.field(description="The Motion.")
    token: str = strawberry.field(description="32 bytes: the Ed25519 public key that your device made for this vote.")
    prefix: str = strawberry.field(description="32 bytes: what RFC 9474 puts before a message.")
    token_signature: str = strawberry.field(description="256 bytes: the register's, the blinding taken off.")
    choice: list[str] = strawberry.field(description=CHOICE)
    choice_signature: str = strawberry.field(description="64 bytes: by the token over motion and choice.")

    def ballot(self) -> Ballot:
        parts = {name: getattr(self, name) for name in ("token", "prefix", "token_signature", "choice_signature")}
        return Ballot(choice=tuple(self.choice), **{name: raw_of(name, text) for name, text in parts.items()})


@strawberry.input(description="Which vote is over.")
class CloseVoteInput:
    motion_id: strawberry.ID = strawberry.field(description="The Motion.")
    lot_ids: list[strawberry.ID] = strawberry.field(
        description="Where candidates were tied: all of them in the order in which lots were drawn.",
        default_factory=list,
    )


def raw_of(name: str, text: str) -> bytes:
    """The bytes of base64url. Raises Invalid."""
    try:
        return decoded(text[:2_000])
    except ValueError as cause:
        head, *rest = name.split("_")
        field = head + "".join(part.title() for part in rest)
        raise Invalid.field(field, Code.INVALID, "base64url without padding", "base64url tanpa '='") from cause


def _whose(id: strawberry.ID | None) -> UUID | None:
    return None if id is None else from_id("Membership", id, "forMembershipId")


@strawberry.type
class VotingMutation:
    @strawberry.mutation(
        description="An officer lets members vote on a motion. Fails with WRONG_STATE, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def open_vote(self, info: Info, input: OpenVoteInput) -> MotionResult:
        id = from_id("Motion", input.motion_id, "motionId")
        return Motion.of(await motions.open_vote(info.context.actor, motion_id=id, is_secret=input.is_secret))

    @strawberry.mutation(
        description="Vote under your name, or for whose proxy you hold: once. Fails with AGAINST_THE_LAW for a "
        "second vote, FORBIDDEN for who does not attend, INVALID, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def cast_vote(self, info: Info, input: CastVoteInput) -> MotionResult:
        row = await voting.cast_vote(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            choice=input.choice[:100],
            for_membership_id=_whose(input.for_membership_id),
            key=input.idempotency_key,
        )
        return Motion.of(row)

    @strawberry.mutation(
        description="An officer hands paper ballots to members who attend; they vote in no other way. Fails with "
        "AGAINST_THE_LAW when one of them has voted, FORBIDDEN, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def give_paper_ballots(self, info: Info, input: GivePaperBallotsInput) -> MotionResult:
        row = await voting.give_papers(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            membership_ids=memberships(input.membership_ids, "membershipIds", MOST_AT_ONCE),
        )
        return Motion.of(row)

    @strawberry.mutation(
        description="An officer enters what paper ballots say; they count once two witnesses agreed. Fails with "
        "OUT_OF_RANGE beyond the papers given, INVALID, WRONG_STATE, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def enter_paper_ballots(self, info: Info, input: EnterPaperBallotsInput) -> PaperBallotsResult:
        counted: Counter[tuple[str, ...]] = Counter()
        for line in input.counted[: voting.MOST_KINDS_OF_PAPER + 1]:
            counted[tuple(line.choice[:100])] += line.number
        row = await voting.enter_papers(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            counted=counted,
            key=input.idempotency_key,
        )
        return PaperBallots.of(row)

    @strawberry.mutation(
        description="Say that papers were entered as they are: two who attend, other than who entered them. Fails "
        "with FORBIDDEN, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def witness_paper_ballots(self, info: Info, input: WitnessPaperBallotsInput) -> PaperBallotsResult:
        id = from_id("PaperBallots", input.id)
        return PaperBallots.of(await voting.witness_papers(info.context.actor, papers_id=id))

    @strawberry.mutation(
        description="Have a token for a secret ballot signed without showing it: one a member. Sent again, the same "
        "signature. Fails with AGAINST_THE_LAW for another token, FORBIDDEN for who does not attend, WRONG_STATE."
    )
    @intent
    async def sign_ballot_token(self, info: Info, input: SignBallotTokenInput) -> SignedTokenResult:
        signature = await ballots.sign_token(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            blinded=raw_of("blinded", input.blinded),
            for_membership_id=_whose(input.for_membership_id),
        )
        return SignedToken(signature=encoded(signature))

    @strawberry.mutation(
        description="Put a secret ballot into the box, without signing in: nothing is kept of who sends it, when, or "
        "after whom. Sent again, it counts once. Fails with INVALID, AGAINST_THE_LAW for another choice, WRONG_STATE."
    )
    @intent
    async def cast_ballot(self, info: Info, input: CastBallotInput) -> BallotReceiptResult:
        logs.leave_no_line()
        id = from_id("Motion", input.motion_id, "motionId")
        receipt = await ballots.cast_ballot(info.context.actor, motion_id=id, ballot=input.ballot())
        return BallotReceipt(receipt=receipt)

    @strawberry.mutation(
        description="An officer ends the vote; it is counted and its results are published. Fails with CONFLICT when "
        "candidates are tied, WRONG_STATE while papers wait for witnesses, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def close_vote(self, info: Info, input: CloseVoteInput) -> MotionResult:
        row = await deciding.close_vote(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            lots=memberships(input.lot_ids, "lotIds", 50),
        )
        info.context.forget()
        return Motion.of(row)
