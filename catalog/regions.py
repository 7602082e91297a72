"""Regions of Indonesia by Kemendagri code: province `35`, regency `35.78`, district `35.78.19`.

Reference data that ships with the code (`data/SOURCES.md`) and changes with a release, so it is read once
into memory: looking one up costs no statement.
"""

import csv
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
LARGEST_ANSWER = 1_000


class RegionLevel(StrEnum):
    PROVINCE = "PROVINCE"
    REGENCY = "REGENCY"
    DISTRICT = "DISTRICT"


@dataclass(frozen=True, slots=True)
class Region:
    """A region with the point that stands for it."""

    code: str
    parent_code: str | None
    name: str
    level: RegionLevel
    lat: float
    lon: float


@cache
def all_regions() -> dict[str, Region]:
    """Every region by its code, in the order of codes within each level."""
    found: dict[str, Region] = {}
    regencies = list(_rows("region_regencies.csv"))
    provinces: dict[str, list[dict[str, str]]] = {}
    for row in regencies:
        provinces.setdefault(row["province_code"], []).append(row)
    for code, rows in provinces.items():
        lat = sum(float(row["lat"]) for row in rows) / len(rows)
        lon = sum(float(row["lon"]) for row in rows) / len(rows)
        found[code] = Region(code, None, rows[0]["province_name"], RegionLevel.PROVINCE, round(lat, 5), round(lon, 5))
    for row in regencies:
        found[row["regency_code"]] = Region(
            row["regency_code"],
            row["province_code"],
            row["regency_name"],
            RegionLevel.REGENCY,
            float(row["lat"]),
            float(row["lon"]),
        )
    for row in _rows("region_districts.csv"):
        found[row["district_code"]] = Region(
            row["district_code"],
            row["regency_code"],
            row["district_name"],
            RegionLevel.DISTRICT,
            float(row["lat"]),
            float(row["lon"]),
        )
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _children() -> dict[str | None, list[Region]]:
    found: dict[str | None, list[Region]] = {}
    for region in all_regions().values():
        found.setdefault(region.parent_code, []).append(region)
    return found


def find(code: str) -> Region | None:
    """The region with this code."""
    return all_regions().get(code)


def matching(parent_code: str | None, text: str | None) -> list[Region]:
    """Regions directly below `parent_code` (provinces when None), or those whose name holds `text`.

    With a text, the whole country (or all that lies below the parent) is looked through, best match first.
    """
    if not text or not text.strip():
        return _children().get(parent_code, [])
    wanted = text.strip().casefold()
    within = f"{parent_code}." if parent_code else ""
    hits = [
        (not _bare(region.name).startswith(wanted), len(region.code), region.name, region)
        for region in all_regions().values()
        if wanted in region.name.casefold() and region.code.startswith(within)
    ]
    return [hit[-1] for hit in sorted(hits, key=lambda hit: hit[:3])][:LARGEST_ANSWER]


def _bare(name: str) -> str:
    name = name.casefold()
    for title in ("kabupaten ", "kota administrasi ", "kota "):
        name = name.removeprefix(title)
    return name


def path(code: str) -> list[Region]:
    """From the province down to the region with this code; empty when there is none."""
    parts = code.split(".")
    found = [find(".".join(parts[: depth + 1])) for depth in range(len(parts))]
    return [region for region in found if region is not None]


#: Width of a cell in which districts are looked up, in degrees; the next district is at most two cells away on land.
CELL = 0.25
FARTHEST_CELLS = 12


@cache
def _cells() -> dict[tuple[int, int], list[Region]]:
    found: dict[tuple[int, int], list[Region]] = {}
    for region in all_regions().values():
        if region.level is RegionLevel.DISTRICT:
            found.setdefault((math.floor(region.lat / CELL), math.floor(region.lon / CELL)), []).append(region)
    return found


def nearest(lat: float, lon: float) -> Region | None:
    """The district whose point is nearest: where a place lies, as far as points tell; None far out at sea."""
    row, column = math.floor(lat / CELL), math.floor(lon / CELL)
    best, ring_found = None, FARTHEST_CELLS
    for ring in range(FARTHEST_CELLS + 1):
        if ring > ring_found + 1:  # a nearer one may stand in the next ring, none beyond it
            break
        for one in _ring(row, column, ring):
            for region in _cells().get(one, ()):
                away = (region.lat - lat) ** 2 + ((region.lon - lon) * math.cos(math.radians(lat))) ** 2
                if best is None or away < best[0]:
                    best, ring_found = (away, region), min(ring_found, ring)
    return None if best is None else best[1]


def _ring(row: int, column: int, ring: int) -> list[tuple[int, int]]:
    span = range(-ring, ring + 1)
    return [(row + y, column + x) for y in span for x in span if max(abs(y), abs(x)) == ring]


def load() -> int:
    """Read the regions now rather than at their first use; answers how many there are."""
    _children()
    return len(all_regions())
