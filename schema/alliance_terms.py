"""What an alliance allows: its versions, proposed by one side and agreed to by the other."""

from datetime import datetime
from enum import Enum

import strawberry

from catalog import regions
from cooperatives.membership import carrying, service
from cooperatives.membership import models as rows
from cooperatives.membership.models import TermsState
from cooperatives.membership.terms import Circle, Polygon, Regions, Terms
from marketplace import clock
from marketplace.errors import Code, Invalid
from marketplace.money import FULL_SHARE_BP
from schema.context import Info
from schema.enums import described
from schema.ids import from_id
from schema.joining import AllianceResult
from schema.memberships import Alliance
from schema.opening_hours import OpeningHours, OpeningHoursInput
from schema.problems import intent
from schema.scalars import BasisPoints, GeoPoint, GeoPointInput, Metres, Rupiah, rupiah_or_none

described(
    TermsState,
    "Where a version of an alliance's terms stands.",
    {
        "PROPOSED": "Waits for the other side.",
        "AGREED": "Both sides have signed; in force from `from` to `until`, until a later version is.",
        "WITHDRAWN": "Taken back, turned down, or of an alliance that ended before this one.",
    },
)


@strawberry.type(description="All within so many metres of a point.")
class AreaCircle:
    center: GeoPoint = strawberry.field(description="Its middle.")
    radius: Metres = strawberry.field(description="How far it reaches.")


@strawberry.input(description="All within so many metres of a point.")
class AreaCircleInput:
    center: GeoPointInput = strawberry.field(description="Its middle.")
    radius: Metres = strawberry.field(description="100 m to 200 km.")


@strawberry.type(description="In which goods are picked up: one of the three.")
class AllianceArea:
    regions: list[str] | None = strawberry.field(description="Kemendagri codes; each takes in what lies below it.")
    circle: AreaCircle | None = strawberry.field(description="Around a point.")
    polygon: list[GeoPoint] | None = strawberry.field(description="Within this line, closed from last to first.")


@strawberry.input(description="In which goods are picked up: exactly one of the three.")
class AllianceAreaInput:
    regions: list[str] | None = strawberry.field(default=None, description="1 to 50 Kemendagri codes: `35.78`.")
    circle: AreaCircleInput | None = strawberry.field(default=None, description="Around a point.")
    polygon: list[GeoPointInput] | None = strawberry.field(
        default=None, description="3 to 200 points of a line, closed from last to first."
    )

    def read(self) -> Regions | Circle | Polygon:
        """Raises Invalid when not exactly one is given, or a region is unknown."""
        if sum(one is not None for one in (self.regions, self.circle, self.polygon)) != 1:
            raise Invalid.field("terms.area", Code.INVALID, "exactly one of the three", "tepat satu dari ketiganya")
        if self.regions is not None:
            if any(regions.find(code) is None for code in self.regions[:50]):
                raise Invalid.field(
                    "terms.area.regions",
                    Code.NOT_FOUND,
                    "no region has this code",
                    "tidak ada wilayah dengan kode ini",
                )
            return Regions(tuple(self.regions))
        if self.circle is not None:
            return Circle(self.circle.center.lat, self.circle.center.lon, int(self.circle.radius))
        return Polygon(tuple((point.lat, point.lon) for point in self.polygon or ()))


@strawberry.type(description="One version of what an alliance allows. What is null bounds nothing.")
class AllianceTerms:
    version: int = strawberry.field(description="1, 2, …")
    state: TermsState = strawberry.field(description="Where it stands.")
    is_in_force: bool = strawberry.field(description="Whether this version holds now.")
    carrier_share: BasisPoints = strawberry.field(description="Of the delivery price, to the carrier's co-op.")
    least: Rupiah = strawberry.field(description="Of the price, to the carrier's co-op at least.")
    least_per_km: Rupiah = strawberry.field(description="And so much more of it for each km of road.")
    area: AllianceArea | None = strawberry.field(description="In which goods are picked up.")
    hours: list[OpeningHours] | None = strawberry.field(description="At which its drivers take jobs.")
    zone: str = strawberry.field(description="Whose hours and days are meant: the zone of the sellers' co-op.")
    jobs_a_day: int | None = strawberry.field(description="Jobs that may be taken from midnight to midnight.")
    open_rupiah: Rupiah | None = strawberry.field(description="Cash that jobs under way at once may bring.")
    notice_days: int = strawberry.field(description="So long the alliance stays in force when one side ends it.")
    holds_from: datetime | None = strawberry.field(description="From when; null while proposed: once agreed.")
    holds_until: datetime | None = strawberry.field(description="Until when.")
    agreed_at: datetime | None = strawberry.field(description="When the other side agreed.")

    @classmethod
    def of(cls, row: rows.AllianceTerms, *, is_in_force: bool) -> "AllianceTerms":
        return cls(
            version=row.version,
            state=row.state,
            is_in_force=is_in_force,
            carrier_share=BasisPoints(row.carrier_share_bp),
            least=Rupiah(row.least),
            least_per_km=Rupiah(row.least_per_km),
            area=_area(carrying.terms_of(row)),
            hours=None if row.hours is None else [OpeningHours.of(*span) for span in row.hours],
            zone=row.zone,
            jobs_a_day=row.jobs_a_day,
            open_rupiah=rupiah_or_none(row.open_rupiah),
            notice_days=row.notice_days,
            holds_from=row.holds_from,
            holds_until=row.holds_until,
            agreed_at=row.agreed_at,
        )


@strawberry.input(description="What an alliance shall allow. What is left out bounds nothing.")
class AllianceTermsInput:
    least: Rupiah = strawberry.field(
        default=Rupiah(0), description="Of each delivery's price, to the carrier's co-op at least; 0 to 1,000,000."
    )
    least_per_km: Rupiah = strawberry.field(
        default=Rupiah(0), description="And so much more of it for each km of road; 0 to 100,000."
    )
    area: AllianceAreaInput | None = strawberry.field(default=None, description="In which goods are picked up.")
    hours: list[OpeningHoursInput] | None = strawberry.field(
        default=None, description="At which drivers take jobs, in the zone of the sellers' co-op; 1 to 28 spans."
    )
    jobs_a_day: int | None = strawberry.field(default=None, description="From midnight to midnight; 1 to 100,000.")
    open_rupiah: Rupiah | None = strawberry.field(
        default=None, description="Cash that jobs under way at once may bring; 0: only what was paid before."
    )
    notice_days: int = strawberry.field(default=0, description="0 to 90: how long before its end it is ended.")
    holds_from: datetime | None = strawberry.field(default=None, description="From when; left out: once agreed.")
    holds_until: datetime | None = strawberry.field(default=None, description="Until when; left out: until ended.")

    def read(self, carrier_share_bp: int = FULL_SHARE_BP) -> Terms:
        """Raises Invalid."""
        return Terms(
            carrier_share_bp=carrier_share_bp,
            least=int(self.least),
            least_per_km=int(self.least_per_km),
            area=None if self.area is None else self.area.read(),
            hours=None if self.hours is None else tuple(span.span() for span in self.hours),
            jobs_a_day=self.jobs_a_day,
            open_rupiah=None if self.open_rupiah is None else int(self.open_rupiah),
            notice_days=self.notice_days,
            holds_from=self.holds_from,
            holds_until=self.holds_until,
        )


def versions_of(found: list[rows.AllianceTerms], *, is_side: bool) -> list[AllianceTerms]:
    """The newest 20 for officers of the two co-ops, newest first; for others the one in force."""
    held = carrying.in_force(found, clock.now())
    shown = [row for row in reversed(found) if is_side or row is held]
    return [AllianceTerms.of(row, is_in_force=row is held) for row in shown[:20]]


def _area(terms: Terms) -> AllianceArea | None:
    area = terms.area
    if area is None:
        return None
    if isinstance(area, Regions):
        return AllianceArea(regions=list(area.codes), circle=None, polygon=None)
    if isinstance(area, Circle):
        circle = AreaCircle(center=GeoPoint(lat=area.lat, lon=area.lon), radius=Metres(area.radius_m))
        return AllianceArea(regions=None, circle=circle, polygon=None)
    points = [GeoPoint(lat=lat, lon=lon) for lat, lon in area.points]
    return AllianceArea(regions=None, circle=None, polygon=points)


class Answer(Enum):
    AGREE = "AGREE"
    WITHDRAW = "WITHDRAW"


described(
    Answer,
    "What is to become of proposed terms.",
    {"AGREE": "They hold: an officer of the other side.", "WITHDRAW": "Taken back or turned down: either side."},
    name="AllianceTermsAnswer",
)


@strawberry.input(description="Other terms for an alliance in force.")
class ProposeAllianceTermsInput:
    alliance_id: strawberry.ID = strawberry.field(description="The alliance.")
    as_cooperative_id: strawberry.ID = strawberry.field(description="The side for which you sign.")
    carrier_share: BasisPoints = strawberry.field(description="Of the delivery price, to the carrier's co-op.")
    terms: AllianceTermsInput = strawberry.field(description="What shall hold then.")


@strawberry.input(description="What is to become of the terms that wait.")
class AnswerAllianceTermsInput:
    alliance_id: strawberry.ID = strawberry.field(description="The alliance.")
    version: int = strawberry.field(description="The version that you have read; CONFLICT when another waits.")
    answer: Answer = strawberry.field(description="Whether they shall hold.")


@strawberry.type
class AllianceTermsMutation:
    @strawberry.mutation(
        description="An officer of one side offers other terms for an alliance in force; those that hold go on until "
        "the other side has agreed. Problems: INVALID, NOT_FOUND, FORBIDDEN, WRONG_STATE, CONFLICT."
    )
    @intent
    async def propose_alliance_terms(self, info: Info, input: ProposeAllianceTermsInput) -> AllianceResult:
        row = await service.propose_terms(
            info.context.actor,
            alliance_id=from_id("Alliance", input.alliance_id, "allianceId"),
            as_cooperative_id=from_id("Cooperative", input.as_cooperative_id, "asCooperativeId"),
            terms=input.terms.read(input.carrier_share),
        )
        return Alliance.of(row)

    @strawberry.mutation(
        description="Agree to proposed terms for the other side, or withdraw them. "
        "Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE, CONFLICT."
    )
    @intent
    async def answer_alliance_terms(self, info: Info, input: AnswerAllianceTermsInput) -> AllianceResult:
        act = service.agree_terms if input.answer is Answer.AGREE else service.withdraw_terms
        row = await act(
            info.context.actor,
            alliance_id=from_id("Alliance", input.alliance_id, "allianceId"),
            version=input.version,
        )
        return Alliance.of(row)
