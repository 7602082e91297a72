"""The tree of categories. One tree for every node, so that co-ops understand each other's catalogues.

It ships with the code and is read once; a code is never renamed or given another meaning.
"""

import csv
from dataclasses import dataclass
from functools import cache

from catalog.models import ListingKind
from catalog.regions import DATA
from marketplace.errors import Code, Invalid


@dataclass(frozen=True, slots=True)
class Category:
    """A category; its code begins with its parent's: `food.rice` is below `food`."""

    code: str
    parent_code: str | None
    kind: ListingKind
    name_id: str
    name_en: str

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id


@cache
def all_categories() -> dict[str, Category]:
    """Every category by its code, parents before children."""
    with (DATA / "categories.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Category(
                row["code"], row["parent_code"] or None, ListingKind(row["kind"]), row["name_id"], row["name_en"]
            )
            for row in csv.DictReader(file)
        }


def find(code: str) -> Category | None:
    """The category with this code."""
    return all_categories().get(code)


def below(parent_code: str | None) -> list[Category]:
    """The categories directly below this one; the roots when None."""
    return [category for category in all_categories().values() if category.parent_code == parent_code]


def require_for(kind: ListingKind, code: str, field: str = "categoryCode") -> Category:
    """The category, when it exists and holds listings of this kind; raises Invalid naming `field`."""
    category = find(code)
    if category is None:
        raise Invalid.field(field, Code.NOT_FOUND, "no such category", "kategori tidak ada")
    if category.kind is not kind:
        raise Invalid.field(field, Code.INVALID, f"is for {category.kind} listings", f"hanya untuk {category.kind}")
    return category
