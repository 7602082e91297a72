"""Regions and categories: reference data that every node shares."""

from typing import Annotated

import strawberry

from catalog import categories, regions
from catalog.models import ListingKind
from catalog.regions import RegionLevel
from schema.context import Info
from schema.enums import described
from schema.scalars import GeoPoint

described(
    RegionLevel,
    "How large a region is.",
    {
        "PROVINCE": "Provinsi: `35`.",
        "REGENCY": "Kabupaten or kota: `35.78`.",
        "DISTRICT": "Kecamatan: `35.78.19`.",
    },
)
described(
    ListingKind,
    "What kind of thing is offered.",
    {
        "GOODS": "Goods, with variants, a unit and stock.",
        "FOOD": "Food, with option groups and minutes of preparation.",
        "SERVICE": "A service, by slot or by quote.",
        "LOGISTICS": "A priced transport service: area, capacity, tariff.",
    },
)


@strawberry.type(description="A region of Indonesia.")
class Region:
    code: str = strawberry.field(description="Kemendagri's code: `35.78.19`.")
    name: str = strawberry.field(description="As Kemendagri writes it.")
    level: RegionLevel = strawberry.field(description="How large it is.")
    parent_code: str | None = strawberry.field(description="The region that it lies in; null for a province.")
    point: GeoPoint = strawberry.field(description="A point that stands for it.")

    @classmethod
    def of(cls, row: regions.Region) -> "Region":
        return cls(
            code=row.code,
            name=row.name,
            level=row.level,
            parent_code=row.parent_code,
            point=GeoPoint(lat=row.lat, lon=row.lon),
        )

    @strawberry.field(description="From the province down to this region.")
    def path(self) -> list["Region"]:
        return [Region.of(row) for row in regions.path(self.code)]


@strawberry.type(description="A category of listings.")
class Category:
    code: str = strawberry.field(description="`food.rice`: begins with its parent's code.")
    parent_code: str | None = strawberry.field(description="The category above; null for a root.")
    kind: ListingKind = strawberry.field(description="Which kind of listing it holds.")
    row: strawberry.Private[categories.Category]

    @classmethod
    def of(cls, row: categories.Category) -> "Category":
        return cls(code=row.code, parent_code=row.parent_code, kind=row.kind, row=row)

    @strawberry.field(description="In the language of Accept-Language.")
    def name(self, info: Info) -> str:
        return self.row.name(info.context.language)

    @strawberry.field(description="The categories directly below.")
    def children(self) -> list["Category"]:
        return [Category.of(row) for row in categories.below(self.code)]


@strawberry.type
class RegionQuery:
    @strawberry.field(description="Provinces; or the regions directly below one; or those whose name holds a text.")
    def regions(
        self,
        parent_code: Annotated[str | None, strawberry.argument(description="Only within this region.")] = None,
        text: Annotated[str | None, strawberry.argument(description="A part of the name: `suraba`.")] = None,
    ) -> list[Region]:
        return [Region.of(row) for row in regions.matching(parent_code, text)]

    @strawberry.field(description="The region with this code, or null.")
    def region(self, code: Annotated[str, strawberry.argument(description="`35.78`")]) -> Region | None:
        row = regions.find(code)
        return None if row is None else Region.of(row)

    @strawberry.field(description="The roots of the tree of categories, or those below one.")
    def categories(
        self,
        parent_code: Annotated[str | None, strawberry.argument(description="`food`")] = None,
    ) -> list[Category]:
        return [Category.of(row) for row in categories.below(parent_code)]
