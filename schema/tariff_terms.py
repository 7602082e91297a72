"""The parts of a tariff: zones, hours, weather, vehicles, waiting; as they are shown, and as they are given."""

from dataclasses import replace
from datetime import date

import strawberry

from catalog.hours import DAY_MINUTES
from marketplace.deliveries.models import VehicleKind
from marketplace.tariffs.rules import (
    Holiday,
    Rounding,
    Surcharge,
    Terms,
    TimeBand,
    VehicleRate,
)
from marketplace.tariffs.zones import Point, Ring, Zone
from schema import opening_hours
from schema.enums import described
from schema.opening_hours import Weekday
from schema.scalars import GeoPoint, GeoPointInput, Metres, Rupiah, rupiah_or_none

RINGS = "As GeoJSON draws a polygon: the first ring goes around it, others leave holes out or add islands."

described(
    Rounding,
    "Which way a price goes to a multiple.",
    {"UP": "Up.", "NEAREST": "To the nearer; half goes up.", "DOWN": "Down."},
)


@strawberry.type(description="What is added to a price.")
class TariffSurcharge:
    flat: Rupiah = strawberry.field(description="Once a delivery.")
    per_km: Rupiah = strawberry.field(description="For each kilometre begun of the whole way.")

    @classmethod
    def of(cls, surcharge: Surcharge) -> "TariffSurcharge":
        return cls(flat=Rupiah(surcharge.flat), per_km=Rupiah(surcharge.per_km))


@strawberry.type(description="An area that the co-op serves, with prices of its own.")
class TariffZone:
    name: str = strawberry.field(description="What it is called.")
    rings: list[list[GeoPoint]] = strawberry.field(description=RINGS)
    region_codes: list[str] = strawberry.field(
        description="Regions in it: a drop belongs to the district whose centre is nearest."
    )
    base_fare: Rupiah | None = strawberry.field(description="In place of the tariff's; null: the tariff's.")
    per_km: Rupiah | None = strawberry.field(description="In place of the tariff's; null: the tariff's.")
    surcharge: Rupiah = strawberry.field(description="For each drop in it.")

    @classmethod
    def of(cls, zone: Zone) -> "TariffZone":
        return cls(
            name=zone.name,
            rings=[[GeoPoint(lat=point.lat, lon=point.lon) for point in ring] for ring in zone.rings],
            region_codes=list(zone.region_codes),
            base_fare=rupiah_or_none(zone.base_fare),
            per_km=rupiah_or_none(zone.per_km),
            surcharge=Rupiah(zone.surcharge),
        )


@strawberry.type(description="What is added when this vehicle is asked for.")
class TariffVehicle:
    kind: VehicleKind = strawberry.field(description="Which vehicle.")
    surcharge: TariffSurcharge = strawberry.field(description="How much.")


@strawberry.type(description="Hours of the day with a surcharge.")
class TariffTimeBand:
    name: str = strawberry.field(description="What they are called.")
    starts: str = strawberry.field(description="`17:00`")
    ends: str = strawberry.field(description="`20:00`; at or before `starts`: on the next day.")
    weekdays: list[Weekday] = strawberry.field(description="The days on which they begin; empty: every day.")
    surcharge: TariffSurcharge = strawberry.field(description="How much.")

    @classmethod
    def of(cls, band: TimeBand) -> "TariffTimeBand":
        ends = "24:00" if band.until_minute == DAY_MINUTES else opening_hours.write(band.until_minute)
        return cls(
            name=band.name,
            starts=opening_hours.write(band.from_minute),
            ends=ends,
            weekdays=[Weekday(day - 1) for day in band.weekdays],
            surcharge=TariffSurcharge.of(band.surcharge),
        )


@strawberry.type(description="A day on which the holiday surcharge holds.")
class TariffHoliday:
    on: date = strawberry.field(description="Which day.")
    name: str = strawberry.field(description="What it is.")


@strawberry.type(description="What size costs.")
class TariffSize:
    included_litres: int = strawberry.field(description="What is carried at no further charge.")
    per_litre: Rupiah = strawberry.field(description="For each further litre.")


@strawberry.type(description="What the way to the pickup costs, from the nearest of the co-op's stands (pangkalan).")
class TariffApproach:
    stands: list[GeoPoint] = strawberry.field(description="Where drivers wait.")
    free: Metres = strawberry.field(description="How far they come at no charge.")
    per_km: Rupiah = strawberry.field(description="For each further kilometre begun.")


@strawberry.type(
    description="What waiting at stops costs. Added when a booked delivery ends; of orders see `forOrders`."
)
class TariffWaiting:
    free_minutes: int = strawberry.field(description="Free, all stops together.")
    per_minute: Rupiah = strawberry.field(description="For each further whole minute.")
    most_minutes: int = strawberry.field(description="No more are counted.")
    for_orders: bool = strawberry.field(
        description="Whether a shop pays it too whose order keeps its driver waiting: from the later of his arrival "
        "and the promised time, beside the fare, which is the buyer's."
    )


@strawberry.type(description="To what a price is rounded.")
class TariffRounding:
    to: Rupiah = strawberry.field(description="A multiple of this; 1: not at all.")
    way: Rounding = strawberry.field(description="Which way.")


@strawberry.input(description="What is added to a price.")
class TariffSurchargeInput:
    flat: Rupiah = strawberry.field(default=Rupiah(0), description="Once a delivery: 0 to 1,000,000.")
    per_km: Rupiah = strawberry.field(
        default=Rupiah(0), description="For each kilometre begun of the whole way: 0 to 100,000."
    )

    def surcharge(self) -> Surcharge:
        return Surcharge(self.flat, self.per_km)


@strawberry.input(description="An area that the co-op serves. At most 20 a tariff, of 600 points in all.")
class TariffZoneInput:
    name: str = strawberry.field(description="1 to 60 characters; each once.")
    rings: list[list[GeoPointInput]] = strawberry.field(
        default_factory=list, description=f"At most 10. {RINGS} Rings or region codes must be given."
    )
    region_codes: list[str] = strawberry.field(
        default_factory=list,
        description="At most 50, of any level: a drop belongs to the district whose centre is nearest.",
    )
    base_fare: Rupiah | None = strawberry.field(default=None, description="In place of the tariff's.")
    per_km: Rupiah | None = strawberry.field(default=None, description="In place of the tariff's.")
    surcharge: Rupiah = strawberry.field(default=Rupiah(0), description="For each drop in it: 0 to 1,000,000.")

    def zone(self) -> Zone:
        return Zone(
            self.name.strip(),
            tuple(_ring(ring) for ring in self.rings),
            tuple(self.region_codes),
            self.base_fare,
            self.per_km,
            self.surcharge,
        )


@strawberry.input(description="What is added when this vehicle is asked for.")
class TariffVehicleInput:
    kind: VehicleKind = strawberry.field(description="Which vehicle; each once.")
    surcharge: TariffSurchargeInput = strawberry.field(description="How much.")


@strawberry.input(description="Hours of the day with a surcharge. At most 20; all that hold are added.")
class TariffTimeBandInput:
    name: str = strawberry.field(description="1 to 60 characters.")
    starts: str = strawberry.field(description="`17:00`")
    ends: str = strawberry.field(description="`20:00`; at or before `starts`: on the next day.")
    weekdays: list[Weekday] = strawberry.field(
        default_factory=list, description="The days on which they begin; empty: every day."
    )
    surcharge: TariffSurchargeInput = strawberry.field(description="How much.")

    def band(self, field: str) -> TimeBand:
        """Raises Invalid naming `field`."""
        start, end = opening_hours.read(self.starts, self.ends, field)
        end = end if end <= DAY_MINUTES else end - DAY_MINUTES
        weekdays = tuple(sorted({day.value + 1 for day in self.weekdays}))
        return TimeBand(self.name.strip(), start, end, self.surcharge.surcharge(), weekdays)


@strawberry.input(description="A day on which the holiday surcharge holds. At most 60.")
class TariffHolidayInput:
    on: date = strawberry.field(description="Which day.")
    name: str = strawberry.field(description="1 to 60 characters.")


@strawberry.input(description="What size costs.")
class TariffSizeInput:
    included_litres: int = strawberry.field(description="0 to 10,000.")
    per_litre: Rupiah = strawberry.field(description="0 to 100,000.")


@strawberry.input(description="What the way to the pickup costs.")
class TariffApproachInput:
    stands: list[GeoPointInput] = strawberry.field(description="Where drivers wait (pangkalan): 1 to 20.")
    free: Metres = strawberry.field(description="0 to 100,000.")
    per_km: Rupiah = strawberry.field(description="0 to 100,000.")


@strawberry.input(description="What waiting costs.")
class TariffWaitingInput:
    free_minutes: int = strawberry.field(description="0 to 240, all stops together.")
    per_minute: Rupiah = strawberry.field(description="0 to 10,000.")
    most_minutes: int = strawberry.field(default=120, description="0 to 600.")
    for_orders: bool = strawberry.field(
        default=False, description="Whether shops pay it too when an order of theirs keeps its driver waiting."
    )


@strawberry.input(description="To what a price is rounded.")
class TariffRoundingInput:
    to: Rupiah = strawberry.field(description="1, 10, 50, 100, 500, 1000 or 5000; the minimum must be a multiple.")
    way: Rounding = strawberry.field(default=Rounding.UP, description="Which way.")


@strawberry.input
class TariffDetailsInput:
    """What `setTariff` takes beside its first figures; what is left out asks nothing."""

    zones: list[TariffZoneInput] = strawberry.field(
        default_factory=list, description="With any, a drop outside of all is refused. The first that fits holds."
    )
    size: TariffSizeInput | None = strawberry.field(default=None, description="What size costs.")
    vehicles: list[TariffVehicleInput] = strawberry.field(
        default_factory=list, description="What is added when a vehicle is asked for."
    )
    time_bands: list[TariffTimeBandInput] = strawberry.field(
        default_factory=list, description="Hours with a surcharge."
    )
    rain: TariffSurchargeInput | None = strawberry.field(
        default=None, description="Added while a dispatcher says that it rains."
    )
    holiday: TariffSurchargeInput | None = strawberry.field(default=None, description="Added on holidays.")
    holidays: list[TariffHolidayInput] = strawberry.field(default_factory=list, description="Which days these are.")
    approach: TariffApproachInput | None = strawberry.field(
        default=None, description="What the way to the pickup costs."
    )
    waiting: TariffWaitingInput | None = strawberry.field(default=None, description="What waiting costs.")
    minimum: Rupiah = strawberry.field(default=Rupiah(0), description="The least that a delivery costs.")
    rounding: TariffRoundingInput | None = strawberry.field(default=None, description="To what it is rounded.")
    time_zone: str = strawberry.field(
        default="Asia/Jakarta", description="By whose clocks: Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
    )

    def detailed(self, terms: Terms) -> Terms:
        """These terms with the details. Raises Invalid when a time is not one."""
        more: dict[str, object] = {}
        if self.size is not None:
            more |= {"included_litres": self.size.included_litres, "per_litre": self.size.per_litre}
        if self.approach is not None:
            more |= {
                "stands": _ring(self.approach.stands),
                "approach_free_m": self.approach.free,
                "approach_per_km": self.approach.per_km,
            }
        if self.waiting is not None:
            more |= {
                "waiting_free_minutes": self.waiting.free_minutes,
                "waiting_per_minute": self.waiting.per_minute,
                "waiting_most_minutes": self.waiting.most_minutes,
                "waits_for_orders": self.waiting.for_orders,
            }
        if self.rounding is not None:
            more |= {"round_to": self.rounding.to, "rounding": self.rounding.way}
        return replace(
            terms,
            **more,  # type: ignore[arg-type]  # each of its field's type, as written above
            zones=tuple(zone.zone() for zone in self.zones),
            vehicles=tuple(VehicleRate(one.kind.value, one.surcharge.surcharge()) for one in self.vehicles),
            bands=tuple(band.band(f"timeBands.{index}") for index, band in enumerate(self.time_bands)),
            rain=self.rain.surcharge() if self.rain else Surcharge(),
            holiday=self.holiday.surcharge() if self.holiday else Surcharge(),
            holidays=tuple(Holiday(day.on, day.name.strip()) for day in self.holidays),
            minimum=self.minimum,
            time_zone=self.time_zone,
        )


def _ring(points: list[GeoPointInput]) -> Ring:
    return tuple(Point(point.lat, point.lon) for point in points)
