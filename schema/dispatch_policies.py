"""How a co-op's jobs find their drivers, as its members adopted it; what they saw before; how even earnings are."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries.dispatch import adoption, standings
from marketplace.deliveries.dispatch import models as rows
from marketplace.deliveries.dispatch.adoption import Terms
from marketplace.deliveries.dispatch.models import DispatchMode
from marketplace.deliveries.dispatch.policy import Weights
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Metres, Rupiah

described(
    DispatchMode,
    "How jobs find their drivers.",
    {
        "BOARD": "On the open board: the first driver to claim one holds it.",
        "OFFERS": "Put before some drivers at a time; when nobody takes it in the last round its buyer is asked.",
        "OFFERS_THEN_BOARD": "Put before some drivers at a time; after the last round it goes on the open board.",
    },
)


@strawberry.type(description="What policies would have done to a day that was; members see it before they adopt one.")
class DispatchReplay:
    id: strawberry.ID = strawberry.field(description="For a policy to name.")
    title: str = strawberry.field(description="What was replayed.")
    result: str = strawberry.field(description="The JSON that `lumbung simulate` wrote.")
    digest: str = strawberry.field(description="SHA-256 of the result, to be read out in the meeting.")
    recorded_at: datetime = strawberry.field(description="When it was kept.")

    @classmethod
    def of(cls, row: rows.DispatchReplay) -> "DispatchReplay":
        return cls(
            id=to_id("DispatchReplay", row.pk),
            title=row.title,
            result=row.result,
            digest=row.digest,
            recorded_at=row.created_at,
        )


@strawberry.type(description="How much each factor counts; together 10,000.")
class DispatchWeights:
    nearness: BasisPoints = strawberry.field(description="How soon he stands at the pickup.")
    since_last_job: BasisPoints = strawberry.field(description="How long he has stood ready without a job.")
    equity: BasisPoints = strawberry.field(
        description="What he earned an available hour, against the co-op's median."
    )
    home: BasisPoints = strawberry.field(description="Whether the job leads towards his home.")
    acceptance: BasisPoints = strawberry.field(
        description="The share of offers that he took; above zero, declining costs something."
    )


@strawberry.type(description="How a co-op puts jobs before drivers. A version is never changed, only followed.")
class DispatchPolicy:
    row: strawberry.Private[rows.DispatchPolicy]
    id: strawberry.ID = strawberry.field(description="Names it.")
    version: int = strawberry.field(description="1, 2, … in the order of adoption.")
    mode: DispatchMode = strawberry.field(description="How jobs find their drivers.")
    weights: DispatchWeights = strawberry.field(description="How much each factor counts.")
    offers_at_once: int = strawberry.field(description="Before how many drivers one job lies at once.")
    offers_a_driver: int = strawberry.field(description="How many offers lie before one driver at once.")
    expires_seconds: int = strawberry.field(description="How long a driver has to answer.")
    radius: Metres = strawberry.field(description="How far around the pickup the first round looks, by road.")
    radius_growth: Metres = strawberry.field(description="How much farther each further round looks.")
    most_rounds: int = strawberry.field(description="After how many rounds the search by offers ends.")
    allies_from_round: int = strawberry.field(
        description="From which round on allied co-ops' drivers are called too."
    )
    batch_from: int | None = strawberry.field(
        description="From how many waiting jobs on they are assigned together; null: never."
    )
    past_shift_end_minutes: int = strawberry.field(
        description="How long after a driver's planned end a job that is offered to him may last."
    )
    paper_grace_hours: int = strawberry.field(
        description="For how long after a registration (STNK) or health paper ran out a shift under way gets offers."
    )
    decision: str = strawberry.field(description="Which meeting adopted it.")
    acceptance_decision: str | None = strawberry.field(
        description="Which meeting let declining cost something; null: it costs nothing."
    )
    motion_id: strawberry.ID | None = strawberry.field(
        description="The Motion that adopted it; null: the meeting was not held here."
    )
    adopted_at: datetime = strawberry.field(description="From when on it counts.")
    ended_at: datetime | None = strawberry.field(description="When a later version followed.")

    @classmethod
    def of(cls, row: rows.DispatchPolicy) -> "DispatchPolicy":
        return cls(
            row=row,
            id=to_id("DispatchPolicy", row.pk),
            version=row.version,
            mode=row.mode,
            weights=DispatchWeights(
                nearness=BasisPoints(row.nearness_bp),
                since_last_job=BasisPoints(row.since_last_job_bp),
                equity=BasisPoints(row.equity_bp),
                home=BasisPoints(row.home_bp),
                acceptance=BasisPoints(row.acceptance_bp),
            ),
            offers_at_once=row.offers_at_once,
            offers_a_driver=row.offers_a_driver,
            expires_seconds=row.expires_s,
            radius=Metres(row.radius_m),
            radius_growth=Metres(row.radius_growth_m),
            most_rounds=row.most_rounds,
            allies_from_round=row.allies_from_round,
            batch_from=row.batch_from,
            past_shift_end_minutes=adoption.past_shift_end_s(row) // 60,
            paper_grace_hours=row.paper_grace_h or 0,
            decision=row.decision,
            acceptance_decision=row.acceptance_decision,
            motion_id=None if row.motion_id is None else to_id("Motion", row.motion_id),
            adopted_at=row.created_at,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="What members saw before they adopted it.")
    async def replay(self, info: Info) -> DispatchReplay | None:
        if self.row.replay_id is None:
            return None
        row = await info.context.load(adoption.replays_by_id, self.row.replay_id)
        return None if row is None else DispatchReplay.of(row)


@strawberry.type(description="How evenly a co-op's drivers earned an available hour, over seven days.")
class EarningsEquity:
    day: date = strawberry.field(description="Reckoned last on this day of the co-op's.")
    gini: BasisPoints = strawberry.field(description="The Gini coefficient: 0 all the same, 10,000 one has all.")
    median_an_hour: Rupiah = strawberry.field(description="What the middle one earned an available hour.")
    drivers: int = strawberry.field(description="How many stood ready at all.")

    @classmethod
    def of(cls, row: rows.EquityFigure) -> "EarningsEquity":
        return cls(
            day=row.day,
            gini=BasisPoints(row.gini_bp),
            median_an_hour=Rupiah(row.reference_an_hour),
            drivers=row.drivers,
        )


@strawberry.type
class CooperativeDispatch:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(description="How its jobs find their drivers now; null: by the open board.")
    async def dispatch_policy(self, info: Info) -> DispatchPolicy | None:
        row = await info.context.load(adoption.policies_in_force, self.row.pk)
        return None if row is None else DispatchPolicy.of(row)

    @strawberry.field(
        description="All versions, newest first; its members, drivers, officers and pengawas only.",
        directives=[LISTED],
    )
    async def dispatch_policies(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DispatchPolicy]:
        page = await adoption.policies_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, DispatchPolicy.of, after=after)

    @strawberry.field(
        description="Replays that were kept, newest first; its members, drivers, officers and pengawas only.",
        directives=[LISTED],
    )
    async def dispatch_replays(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DispatchReplay]:
        page = await adoption.replays_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, DispatchReplay.of, after=after)

    @strawberry.field(
        description="How evenly its drivers earn, newest day first, where jobs go out in offers; its members, "
        "drivers, officers and pengawas only.",
        directives=[LISTED],
    )
    async def earnings_equity(self, info: Info, first: First = 20, after: After = None) -> Connection[EarningsEquity]:
        page = await standings.figures_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, EarningsEquity.of, after=after)


@strawberry.input(description="What `lumbung simulate` found, for members to see.")
class RecordDispatchReplayInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The co-op.")
    title: str = strawberry.field(description="What was replayed, 1 to 160 characters.")
    result: str = strawberry.field(description="The JSON that it wrote, at most 200,000 bytes.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="How much each factor counts; together 10,000.")
class DispatchWeightsInput:
    nearness: BasisPoints = strawberry.field(description="How soon he stands at the pickup.", default=BasisPoints(0))
    since_last_job: BasisPoints = strawberry.field(
        description="How long he has stood ready without a job.", default=BasisPoints(0)
    )
    equity: BasisPoints = strawberry.field(
        description="What he earned an available hour, against the co-op's median.", default=BasisPoints(0)
    )
    home: BasisPoints = strawberry.field(
        description="Whether the job leads towards his home.", default=BasisPoints(0)
    )
    acceptance: BasisPoints = strawberry.field(
        description="The share of offers that he took; above zero it needs `acceptanceDecision`.",
        default=BasisPoints(0),
    )


@strawberry.input(description="What the members adopted.")
class AdoptDispatchPolicyInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The co-op.")
    mode: DispatchMode = strawberry.field(description="How jobs find their drivers.")
    weights: DispatchWeightsInput = strawberry.field(description="How much each factor counts.")
    offers_at_once: int = strawberry.field(description="Before how many drivers one job lies, 1 to 20.", default=5)
    offers_a_driver: int = strawberry.field(description="How many offers lie before one driver, 1 to 20.", default=3)
    expires_seconds: int = strawberry.field(description="How long a driver has to answer, 5 to 300.", default=20)
    radius: Metres = strawberry.field(description="The first round's, 100 to 30,000.", default=Metres(1_500))
    radius_growth: Metres = strawberry.field(description="Each further round's, 0 to 10,000.", default=Metres(1_000))
    most_rounds: int = strawberry.field(description="1 to 60.", default=12)
    allies_from_round: int = strawberry.field(description="1 to 61; above `mostRounds`: never.", default=4)
    batch_from: int | None = strawberry.field(
        description="From how many waiting jobs on they are assigned together, 2 to 10,000; null: never.",
        default=None,
    )
    past_shift_end_minutes: int = strawberry.field(
        description="How long after a driver's planned end a job that is offered to him may last, 0 to 720.",
        default=15,
    )
    paper_grace_hours: int = strawberry.field(
        description="For how long after a registration (STNK) or health paper ran out a shift under way gets offers, "
        "0 to 24.",
        default=0,
    )
    replay_id: strawberry.ID | None = strawberry.field(
        description="The DispatchReplay that members saw; needed but for the open board.", default=None
    )
    decision: str = strawberry.field(description="Which meeting adopted it, 1 to 300 characters.")
    acceptance_decision: str | None = strawberry.field(
        description="Which meeting let declining cost something; needed when acceptance weighs above zero.",
        default=None,
    )
    motion_id: strawberry.ID | None = strawberry.field(
        description="The adopted Motion of the kind DISPATCH_POLICY, where the meeting was held here.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)

    def terms(self) -> Terms:
        """All but the weights."""
        return Terms(
            mode=self.mode,
            offers_at_once=self.offers_at_once,
            offers_a_driver=self.offers_a_driver,
            expires_s=self.expires_seconds,
            radius_m=int(self.radius),
            radius_growth_m=int(self.radius_growth),
            most_rounds=self.most_rounds,
            allies_from_round=self.allies_from_round,
            batch_from=self.batch_from,
            past_shift_end_s=60 * self.past_shift_end_minutes,
            paper_grace_h=self.paper_grace_hours,
        )


DispatchReplayResult = Annotated[
    DispatchReplay | Problem, strawberry.union("DispatchReplayResult", description="The replay, or why not.")
]
DispatchPolicyResult = Annotated[
    DispatchPolicy | Problem, strawberry.union("DispatchPolicyResult", description="The policy, or why not.")
]


@strawberry.type
class DispatchPolicyMutation:
    @strawberry.mutation(
        description="Keep a replay for members to see. An officer; the same result is kept once. Fails with INVALID, "
        "TOO_LONG, TOO_MANY, FORBIDDEN."
    )
    @intent
    async def record_dispatch_replay(self, info: Info, input: RecordDispatchReplayInput) -> DispatchReplayResult:
        row = await adoption.record_replay(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            title=input.title,
            result=input.result,
            key=input.idempotency_key,
        )
        return DispatchReplay.of(row)

    @strawberry.mutation(
        description="Let what the members adopted count from now on; jobs that stand open go by it too. An officer. "
        "Fails with OUT_OF_RANGE, REQUIRED without the replay that members saw, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def adopt_dispatch_policy(self, info: Info, input: AdoptDispatchPolicyInput) -> DispatchPolicyResult:
        weights = input.weights
        replay_id = None if input.replay_id is None else from_id("DispatchReplay", input.replay_id, "replayId")
        row = await adoption.adopt_policy(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            terms=input.terms(),
            weights=Weights(
                nearness=int(weights.nearness),
                since_last_job=int(weights.since_last_job),
                equity=int(weights.equity),
                home=int(weights.home),
                acceptance=int(weights.acceptance),
            ),
            replay_id=replay_id,
            decision=input.decision,
            acceptance_decision=input.acceptance_decision,
            motion_id=None if input.motion_id is None else from_id("Motion", input.motion_id, "motionId"),
            key=input.idempotency_key,
        )
        info.context.forget()
        return DispatchPolicy.of(row)
