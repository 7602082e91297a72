"""What a hit must be, beside its words, in tantivy's terms."""

from datetime import UTC, datetime
from typing import TypeAlias

from tantivy import FieldType, Occur
from tantivy import Query as Clause

from search import places, week
from search.embedded.fields import SCHEMA, seconds
from search.embedded.plain import between, has, has_any, unscored
from search.embedded.vocabulary import Vocabulary
from search.engine import Filters
from search.places import Bounds

LARGEST_PRICE = 1 << 53
#: Parts of one clause.
Parts: TypeAlias = list[tuple[Occur, Clause]]


def parts_of(filters: Filters, vocabulary: Vocabulary) -> Parts:
    """All that these ask for; none of it scores."""
    named = {
        "kind": filters.kind,
        "categories": filters.category,
        "cooperative": None if filters.cooperative_id is None else str(filters.cooperative_id),
        "seller_id": None if filters.seller_id is None else str(filters.seller_id),
        "region": filters.region_code,
    }
    wanted = [has(field, value) for field, value in named.items() if value is not None]
    if filters.price_min is not None:
        wanted.append(between("price_max", filters.price_min, LARGEST_PRICE))
    if filters.price_max is not None:
        wanted.append(between("price_min", 0, filters.price_max))
    if filters.bounds is not None:
        wanted += _within(filters.bounds)
    parts = [(Occur.Must, unscored(clause)) for clause in wanted]
    return parts if filters.open_at is None else parts + _open_at(filters.open_at, vocabulary)


def _within(bounds: Bounds) -> list[Clause]:
    """By cells, and then by the degrees themselves."""
    cells = places.disc(bounds.centre, bounds.reach_m)
    return [
        *([] if cells is None else [has_any("cell", cells)]),
        Clause.range_query(SCHEMA, "lat", FieldType.Float, bounds.south, bounds.north),
        Clause.range_query(SCHEMA, "lon", FieldType.Float, bounds.west, bounds.east),
    ]


def _open_at(moment: datetime, vocabulary: Vocabulary) -> Parts:
    """Not shut by the week nor closed for once, unless opened for once; and not paused.

    By what is shut: each hit is looked up in those lists, while lists of what is open would be merged first, over
    the whole index and in every search of a page.
    """
    spell = week.spell_blocks_at(moment)
    weekly = week.blocks_at(week.minute_of_week(moment.astimezone(UTC)))
    lists = [has("shut", block) for block in vocabulary.held("shut", weekly)]
    lists += [has("closed", block) for block in vocabulary.held("closed", spell)]
    opened = [(Occur.MustNot, has("opened", block)) for block in vocabulary.held("opened", spell)]
    if opened and lists:
        lists = [Clause.boolean_query([*((Occur.Should, one) for one in lists), *opened])]
    not_paused = unscored(between("paused_until", 0, seconds(moment)))
    return [(Occur.Must, not_paused), *((Occur.MustNot, one) for one in lists)]
