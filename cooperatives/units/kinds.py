"""The words of units: what kinds there are (data/kinds.csv), how a sale is paid, why stock moved. Pure."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of business; what a unit of it can do follows from its row."""

    code: str
    name_id: str
    name_en: str
    keeps_stock: bool
    takes_jobs: bool  # job cards: a vehicle comes in, work is estimated, done and billed
    lends: bool  # its products are the co-op's loans

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id


@cache
def kinds() -> dict[str, UnitKind]:
    """Every kind by its code. A code is never renamed or given another meaning."""
    text = files("cooperatives.units").joinpath("data/kinds.csv").read_text(encoding="utf-8")
    return {
        row["code"]: UnitKind(
            row["code"],
            row["name_id"],
            row["name_en"],
            keeps_stock=row["keeps_stock"] == "yes",
            takes_jobs=row["takes_jobs"] == "yes",
            lends=row["lends"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    }


class SaleWay(StrEnum):
    """How a unit's sale is paid."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"
    CREDIT = "CREDIT"  # a due of the member, payable in every way
    FINANCED = "FINANCED"  # by a loan of the credit unit
    ORDER = "ORDER"  # through the catalogue: as its order was paid


class SupplyWay(StrEnum):
    """How a unit pays its supplier."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"
    CREDIT = "CREDIT"  # tempo: by a later day


class MoveKind(StrEnum):
    """Why an item's stock changed."""

    OPENING = "OPENING"
    PURCHASE = "PURCHASE"
    SALE = "SALE"
    RETURN = "RETURN"  # a sale was taken back
    COUNT = "COUNT"
