"""What is offered in place of an empty page: the least that must be given up for something to be found."""

from dataclasses import dataclass, replace
from enum import StrEnum

from search.engine import Filters, Query, SearchEngine, Sort
from search.service import Found, find_listings

#: Listings that are shown of what would be found.
SHOWN = 5


class Condition(StrEnum):
    """A condition of a search that can be given up."""

    OPEN = "OPEN"
    PRICE = "PRICE"
    AREA = "AREA"
    SELLER = "SELLER"
    COOPERATIVE = "COOPERATIVE"
    CATEGORY = "CATEGORY"


#: The fields of Filters that say each, in the order in which they are sooner given up.
FIELDS: dict[Condition, tuple[str, ...]] = {
    Condition.OPEN: ("open_at",),
    Condition.PRICE: ("price_min", "price_max"),
    Condition.AREA: ("radius_m", "bounds", "region_code"),
    Condition.SELLER: ("seller_id",),
    Condition.COOPERATIVE: ("cooperative_id",),
    Condition.CATEGORY: ("category", "kind"),
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """What is found when these conditions are given up; nearest first where the area was."""

    without: tuple[Condition, ...]
    found: Found


async def nearest(engine: SearchEngine, query: Query) -> Alternative | None:
    """The first condition without which something is found, else all together; None when nothing helps.

    At most eight pages are asked of the engine, each of SHOWN hits.
    """
    given = [condition for condition in Condition if _has(query.filters, condition)]
    tries = [(condition,) for condition in given] + ([tuple(given)] if len(given) > 1 else [])
    for without in tries:
        found = await find_listings(engine, _without(query, without))
        if found.total:
            return Alternative(without, found)
    return None


def _has(filters: Filters, condition: Condition) -> bool:
    return any(getattr(filters, field) is not None for field in FIELDS[condition])


def _without(query: Query, conditions: tuple[Condition, ...]) -> Query:
    """The query without these; where the place is given up, what is nearest to it comes first."""
    dropped = {field: None for condition in conditions for field in FIELDS[condition]}
    near, sort = query.near, query.sort
    if Condition.AREA in conditions:
        if near is None and query.filters.bounds is not None:
            near = query.filters.bounds.centre
        sort = Sort.DISTANCE if near is not None else sort
    return replace(
        query,
        filters=replace(query.filters, **dropped),
        near=near,
        sort=sort,
        first=SHOWN,
        after=None,
    )
