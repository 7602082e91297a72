"""Tariffs: what a co-op takes for carrying."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.membership.models import Cooperative
from marketplace.tariffs import models as rows
from marketplace.tariffs import service
from marketplace.tariffs.rules import DEFAULT_TERMS, Terms
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Grams, Metres, Rupiah


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

    @classmethod
    def of(cls, terms: Terms, since: datetime | None) -> "Tariff":
        return cls(
            base_fare=Rupiah(terms.base_fare),
            base_distance=Metres(terms.base_distance_m),
            per_km=Rupiah(terms.per_km),
            included_weight=Grams(terms.included_weight_g),
            per_kg=Rupiah(terms.per_kg),
            max_distance=Metres(terms.max_distance_m),
            detour=terms.detour_bp,
            since=since,
        )


@strawberry.input(description="A new tariff, from now on. For the co-op's officers.")
class SetTariffInput:
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

    def terms(self) -> Terms:
        return Terms(
            base_fare=self.base_fare,
            base_distance_m=self.base_distance,
            per_km=self.per_km,
            included_weight_g=self.included_weight,
            per_kg=self.per_kg,
            max_distance_m=self.max_distance,
            detour_bp=self.detour,
        )


TariffResult = Annotated[Tariff | Problem, strawberry.union("TariffResult", description="The tariff, or why not.")]


def _dressed(row: rows.Tariff | None) -> Tariff:
    return Tariff.of(DEFAULT_TERMS, None) if row is None else Tariff.of(service.terms_of(row), row.since)


@strawberry.type
class CooperativeTariff:
    """Fields that tariffs add to `Cooperative`."""

    row: strawberry.Private[Cooperative]

    @strawberry.field(description="What it takes for carrying its sellers' goods.")
    async def tariff(self, info: Info) -> Tariff:
        return _dressed(await info.context.load(service.tariffs_by_cooperative, self.row.pk))


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
        )
        return _dressed(row)
