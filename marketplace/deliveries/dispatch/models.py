"""Rows of dispatch: a co-op's policies, the search for a driver, offers, why each was made or not, and appeals."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.membership.models import Cooperative
from marketplace.database import Row
from marketplace.deliveries.models import DeliveryJob, Driver


class DispatchMode(StrEnum):
    """How a co-op's jobs find their drivers."""

    BOARD = "BOARD"
    OFFERS = "OFFERS"
    OFFERS_THEN_BOARD = "OFFERS_THEN_BOARD"


class DispatchReplay(Row):
    """What policies would have done to a day that was: shown to members before they adopt one. Never changed."""

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="dispatch_replays", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    title = fields.CharField(max_length=160)
    result = fields.TextField()  # as `lumbung simulate` wrote it
    digest = fields.CharField(max_length=64)  # SHA-256 of the result
    recorded_by = fields.UUIDField()

    class Meta:
        table = "dispatch_replay"
        unique_together = (("cooperative_id", "digest"),)


class DispatchPolicy(Row):
    """How a co-op puts jobs before drivers, as its members adopted it. A version is never changed, only followed."""

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="dispatch_policies", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    version = fields.IntField()
    mode = fields.CharEnumField(DispatchMode, max_length=20)
    nearness_bp = fields.IntField()
    since_last_job_bp = fields.IntField()
    equity_bp = fields.IntField()
    home_bp = fields.IntField()
    acceptance_bp = fields.IntField()  # zero: declining costs nothing
    offers_at_once = fields.IntField()  # for one job
    offers_a_driver = fields.IntField()  # that lie before one driver
    expires_s = fields.IntField()
    radius_m = fields.IntField()
    radius_growth_m = fields.IntField()
    most_rounds = fields.IntField()
    allies_from_round = fields.IntField()  # above `most_rounds`: never
    batch_from = fields.IntField(null=True)  # open jobs from which they are assigned together
    past_shift_end_s: int | None = fields.IntField(null=True)  # a job may outlast a planned shift; none: 15 min
    paper_grace_h: int | None = fields.IntField(null=True)  # an STNK or health paper counts on for a shift; none: 0
    replay: fields.ForeignKeyNullableRelation[DispatchReplay] = fields.ForeignKeyField(
        "lumbung.DispatchReplay", related_name="policies", on_delete=fields.RESTRICT, null=True
    )
    replay_id: UUID | None
    motion_id: UUID | None = fields.UUIDField(null=True)  # of the meeting that adopted it, where it was held here
    decision = fields.CharField(max_length=300)  # which meeting adopted it
    acceptance_decision = fields.CharField(max_length=300, null=True)  # by which members let declining cost something
    adopted_by = fields.UUIDField()
    ended_at = fields.DatetimeField(null=True)  # when a later version followed

    class Meta:
        table = "dispatch_policy"
        unique_together = (("cooperative_id", "version"),)


class SearchReach(StrEnum):
    """Whose drivers a job is offered to."""

    OWN = "OWN"
    ALLIES = "ALLIES"


class JobSearch(Row):
    """The search for a job's driver by offers; its id is the job's, whose lock guards it."""

    cooperative_id: UUID = fields.UUIDField()
    policy_id: UUID = fields.UUIDField()
    round = fields.IntField(default=0)  # grows over the job's whole life
    first_round = fields.IntField(default=0)  # rounds before the job was last opened
    reach = fields.CharEnumField(SearchReach, max_length=6, default=SearchReach.OWN)
    is_on_board = fields.BooleanField(default=False)
    round_ends_at: datetime | None = fields.DatetimeField(null=True)
    next_at: datetime | None = fields.DatetimeField(null=True, db_index=True)  # none: nothing more is due

    class Meta:
        table = "job_search"


class OfferState(StrEnum):
    """What became of an offer."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class JobOffer(Row):
    """A job put before one driver, with what he should know of it and why him. The job's lock guards it."""

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="offers", on_delete=fields.RESTRICT
    )
    job_id: UUID
    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="offers", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    driver_account_id: UUID = fields.UUIDField()
    carrier_id: UUID = fields.UUIDField()  # the driver's co-op
    policy_id: UUID = fields.UUIDField()
    round = fields.IntField()
    state = fields.CharEnumField(OfferState, max_length=9, default=OfferState.OPEN)
    rank = fields.IntField()  # 1: whom the policy puts first
    price = fields.BigIntField()
    own_share = fields.BigIntField()
    distance_m = fields.IntField()  # to the pickup
    wait_s = fields.IntField()  # at the pickup, until the goods are ready
    cash = fields.BigIntField()
    explanation: dict[str, Any] = fields.JSONField()  # as `explaining` writes it
    expires_at: datetime = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)  # why he declined, if he said
    job_version = fields.IntField(null=True)  # of the job once he had accepted

    class Meta:
        table = "job_offer"
        unique_together = (("job_id", "driver_id", "round"),)
        indexes = (("driver_id", "state"), ("job_id", "state"), ("carrier_id", "created_at"), ("state", "created_at"))


class Outcome(StrEnum):
    """Whether a driver who was considered for a job was offered it."""

    OFFERED = "OFFERED"
    SKIPPED = "SKIPPED"


class JobReasons(Row):
    """Why each driver was offered a job or passed over, of all who were considered; its id is the job's.

    The job's lock guards it.
    """

    cooperative_id: UUID = fields.UUIDField()  # whose policy it was
    told = fields.TextField()  # as `reasons` writes it
    at: datetime = fields.DatetimeField(db_index=True)  # of the newest

    class Meta:
        table = "job_reasons"


class DriverConsidered(Row):
    """The jobs for which a driver was first considered in one pass: where he finds why."""

    driver_id: UUID = fields.UUIDField()
    jobs: list[str] = fields.JSONField()  # ids, oldest first; one at least

    class Meta:
        table = "driver_considered"
        indexes = (("driver_id", "id"), ("created_at",))


class AppealState(StrEnum):
    """Where a driver's appeal stands."""

    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class DispatchAppeal(Row):
    """A driver holds that he was wrongly passed over, or chosen: a case that an officer answers.

    It keeps what he appeals against, for that is pruned by age.
    """

    job: fields.ForeignKeyRelation[DeliveryJob] = fields.ForeignKeyField(
        "lumbung.DeliveryJob", related_name="dispatch_appeals", on_delete=fields.RESTRICT
    )
    job_id: UUID
    driver: fields.ForeignKeyRelation[Driver] = fields.ForeignKeyField(
        "lumbung.Driver", related_name="dispatch_appeals", on_delete=fields.RESTRICT
    )
    driver_id: UUID
    driver_account_id: UUID = fields.UUIDField()
    cooperative_id: UUID = fields.UUIDField(db_index=True)  # whose policy it was, and whose officers answer
    round = fields.IntField()
    outcome = fields.CharEnumField(Outcome, max_length=7)
    explanation: dict[str, Any] = fields.JSONField()
    considered_at: datetime = fields.DatetimeField()
    text = fields.CharField(max_length=1_000)
    state = fields.CharEnumField(AppealState, max_length=9, default=AppealState.OPEN)
    answer = fields.CharField(max_length=1_000, null=True)
    answered_by = fields.UUIDField(null=True)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "dispatch_appeal"
        unique_together = (("job_id", "driver_id"),)


class DriverStanding(Row):
    """What a driver earned and how long he stood ready lately; its id is the driver's. Reckoned anew by time."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    earned = fields.BigIntField()
    available_s = fields.IntField()
    last_job_at: datetime | None = fields.DatetimeField(null=True)
    offers_answered = fields.IntField()  # accepted or declined; one that ran out is neither
    offers_accepted = fields.IntField()
    reckoned_at: datetime = fields.DatetimeField()

    class Meta:
        table = "driver_standing"


class EquityFigure(Row):
    """How equal a co-op's drivers earned an hour, published day by day."""

    cooperative_id: UUID = fields.UUIDField()
    day: date = fields.DateField()
    drivers = fields.IntField()
    reference_an_hour = fields.BigIntField()  # the median, of `equity.reference_hourly`
    gini_bp = fields.IntField()
    reckoned_at: datetime = fields.DatetimeField()

    class Meta:
        table = "equity_figure"
        unique_together = (("cooperative_id", "day"),)
