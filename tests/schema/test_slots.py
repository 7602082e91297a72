"""A service's times come so many at once, from any moment on; asked again from the last one, none is missed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from catalog.models import ServiceSlot
from marketplace.errors import Invalid
from schema.slots import so_many

START = datetime(2026, 12, 1, 1, tzinfo=UTC)
ROWS = [
    ServiceSlot(
        id=UUID(int=n + 1), starts_at=START + timedelta(hours=n), ends_at=START + timedelta(hours=n + 1), capacity=1
    )
    for n in range(230)
]


def test_all_are_read_page_by_page() -> None:
    read: list[datetime] = []
    while page := so_many(ROWS, 100, read[-1] + timedelta(milliseconds=1) if read else None):
        assert len(page) <= 100
        read += [slot.starts_at for slot in page]
    assert read == [row.starts_at for row in ROWS]


def test_a_moment_is_where_it_begins() -> None:
    assert [slot.starts_at for slot in so_many(ROWS, 2, ROWS[7].starts_at)] == [ROWS[7].starts_at, ROWS[8].starts_at]
    assert so_many(ROWS, 2, ROWS[-1].ends_at) == []


@pytest.mark.parametrize("first", [0, -1, 101])
def test_no_more_than_a_page(first: int) -> None:
    with pytest.raises(Invalid):
        so_many(ROWS, first, None)
