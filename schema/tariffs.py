"""Tariffs: what a co-op takes for carrying."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.membership.models import Cooperative
from marketplace.deliveries.models import VehicleKind
from marketplace.tariffs import models as rows
from marketplace.tariffs import service
from marketplace.tariffs.rules import DEFAULT_TERMS, Terms
from schema.context import Info
from schema.costs import LISTED, cost
from schema.ids import from_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPoint, Grams, Metres, Rupiah
from schema.tariff_terms import (
    TariffApproach,
    TariffDetailsInput,
    TariffHoliday,
    TariffRounding,
    TariffSize,
    TariffSurcharge,
    TariffTimeBand,
    TariffVehicle,
    TariffWaiting,
    TariffZone,
)


@strawberry.type(description="What a co-op takes for carrying its sellers' goods.")
class Tariff:
    base_fare: Rupiah = strawberry.field(description="For the first part of the way.")
    base_distance: Metres = strawberry.field(description="How far that part goes.")
    per_km: Rupiah = strawberry.field(description="For each further kilometre begun.")
    included_weight: Grams = strawberry.field(description="What is carried at no further charge.")
    per_kg: Rupiah = strawberry.field(description="For each further kilogram begun.")
    max_distance: Metres = strawberry.field(description="The longest way.")
    detour: int = strawberry.field(description="The way as basis points of the straight line: 13000 is 1.3 times.")
    since: datetime | None = strawberry.field(description="Since when; null: the co-op has set none, this holds.")
    zones: list[TariffZone] = strawberry.field(
        description="Areas that it serves; empty: wherever `maxDistance` reaches.", directives=[cost(rows=5)]
    )
    size: TariffSize = strawberry.field(description="What size costs.")
    vehicles: list[TariffVehicle] = strawberry.field(
        description="What is added when a vehicle is asked for.", directives=[cost(rows=6)]
    )
    time_bands: list[TariffTimeBand] = strawberry.field(
        description="Hours with a surcharge; all that hold are added.", directives=[cost(rows=5)]
    )
    rain: TariffSurcharge = strawberry.field(description="Added while it rains.")
    rains_until: datetime | None = strawberry.field(
        description="Until when a dispatcher said that it rains; null, or past: it does not."
    )
    holiday: TariffSurcharge = strawberry.field(description="Added on holidays.")
    holidays: list[TariffHoliday] = strawberry.field(description="Which days these are.", directives=[cost(rows=20)])
    approach: TariffApproach = strawberry.field(description="What the way to the pickup costs.")
    waiting: TariffWaiting = strawberry.field(description="What waiting costs.")
    minimum: Rupiah = strawberry.field(description="The least that a delivery costs.")
    rounding: TariffRounding = strawberry.field(description="To what it is rounded.")
    time_zone: str = strawberry.field(description="By whose clocks hours and holidays go.")

    @classmethod
    def of(cls, terms: Terms, since: datetime | None, rains_until: datetime | None = None) -> "Tariff":
        return cls(
            zones=[TariffZone.of(zone) for zone in terms.zones],
            size=TariffSize(included_litres=terms.included_litres, per_litre=Rupiah(terms.per_litre)),
            vehicles=[
                TariffVehicle(kind=VehicleKind(rate.kind), surcharge=TariffSurcharge.of(rate.surcharge))
                for rate in terms.vehicles
            ],
            time_bands=[TariffTimeBand.of(band) for band in terms.bands],
            rain=TariffSurcharge.of(terms.rain),
            rains_until=rains_until,
            holiday=TariffSurcharge.of(terms.holiday),
            holidays=[TariffHoliday(on=day.on, name=day.name) for day in terms.holidays],
            approach=TariffApproach(
                stands=[GeoPoint(lat=point.lat, lon=point.lon) for point in terms.stands],
                free=Metres(terms.approach_free_m),
                per_km=Rupiah(terms.approach_per_km),
            ),
            waiting=TariffWaiting(
                free_minutes=terms.waiting_free_minutes,
                per_minute=Rupiah(terms.waiting_per_minute),
                most_minutes=terms.waiting_most_minutes,
                for_orders=terms.waits_for_orders,
            ),
            minimum=Rupiah(terms.minimum),
            rounding=TariffRounding(to=Rupiah(terms.round_to), way=terms.rounding),
            time_zone=terms.time_zone,
            base_fare=Rupiah(terms.base_fare),
            base_distance=Metres(terms.base_distance_m),
            per_km=Rupiah(terms.per_km),
            included_weight=Grams(terms.included_weight_g),
            per_kg=Rupiah(terms.per_kg),
            max_distance=Metres(terms.max_distance_m),
            detour=terms.detour_bp,
            since=since,
        )


@strawberry.input(description="A new tariff, from now on or from `since`. For the co-op's officers.")
class SetTariffInput(TariffDetailsInput):
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    idempotency_key: str = strawberry.field(description=KEY)
    base_fare: Rupiah = strawberry.field(description="0 to 1,000,000.")
    per_km: Rupiah = strawberry.field(description="0 to 100,000.")
    base_distance: Metres = strawberry.field(
        default=Metres(DEFAULT_TERMS.base_distance_m), description="0 to 100,000."
    )
    included_weight: Grams = strawberry.field(
        default=Grams(DEFAULT_TERMS.included_weight_g), description="0 to 1,000,000."
    )
    per_kg: Rupiah = strawberry.field(default=Rupiah(DEFAULT_TERMS.per_kg), description="0 to 100,000.")
    max_distance: Metres = strawberry.field(
        default=Metres(DEFAULT_TERMS.max_distance_m), description="100 to 200,000."
    )
    detour: int = strawberry.field(default=DEFAULT_TERMS.detour_bp, description="10,000 to 30,000 basis points.")
    since: datetime | None = strawberry.field(
        default=None, description="From when, within a year; null: from now. At most 5 versions wait for their day."
    )

    def terms(self) -> Terms:
        """Raises Invalid when a time is not one."""
        first = Terms(
            base_fare=self.base_fare,
            base_distance_m=self.base_distance,
            per_km=self.per_km,
            included_weight_g=self.included_weight,
            per_kg=self.per_kg,
            max_distance_m=self.max_distance,
            detour_bp=self.detour,
        )
        return self.detailed(first)


@strawberry.input(description="That it rains, or not any more. For the co-op's officers and dispatchers.")
class SwitchRainInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    minutes: int = strawberry.field(description="For how long from now, up to 720; 0: it does not rain any more.")


TariffResult = Annotated[Tariff | Problem, strawberry.union("TariffResult", description="The tariff, or why not.")]


def _dressed(row: rows.Tariff | None) -> Tariff:
    if row is None:
        return Tariff.of(DEFAULT_TERMS, None)
    return Tariff.of(service.terms_of(row), row.since, row.rain_until)


@strawberry.type
class CooperativeTariff:
    """Fields that tariffs add to `Cooperative`."""

    row: strawberry.Private[Cooperative]

    @strawberry.field(description="What it takes for carrying its sellers' goods.")
    async def tariff(self, info: Info) -> Tariff:
        return _dressed(await info.context.load(service.tariffs_by_cooperative, self.row.pk))

    @strawberry.field(
        description="All versions of its tariff, newest first; those that wait for their day too.",
        directives=[LISTED],
    )
    async def tariff_versions(self, info: Info, first: First = 20, after: After = None) -> Connection[Tariff]:
        page = await service.versions_of(self.row.pk, first=first, after=after)
        return connection_of(page, _dressed, after=after)


@strawberry.type
class TariffMutation:
    @strawberry.mutation(
        description="Set what the co-op takes for carrying; quotes given keep theirs. Problems: FORBIDDEN, INVALID."
    )
    @intent
    async def set_tariff(self, info: Info, input: SetTariffInput) -> TariffResult:
        row = await service.set_tariff(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            terms=input.terms(),
            key=input.idempotency_key,
            since=input.since,
        )
        return _dressed(row)

    @strawberry.mutation(
        description="Say that it rains where the co-op carries: its tariff's rain surcharge is added until then, to "
        "prices asked for from now on. Problems: FORBIDDEN, INVALID, WRONG_STATE (its tariff has no rain surcharge)."
    )
    @intent
    async def switch_rain(self, info: Info, input: SwitchRainInput) -> TariffResult:
        cooperative_id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        row = await service.switch_rain(info.context.actor, cooperative_id=cooperative_id, minutes=input.minutes)
        info.context.forget()
        return _dressed(row)
