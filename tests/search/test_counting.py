"""What is searched for, counted without saying by whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.errors import Invalid
from search import counting
from search.engine import Facets
from search.models import SearchClickCount, SearchCount
from search.service import Found

pytestmark = pytest.mark.anyio

SOME = Found((), None, 3, False, Facets(), False)
NONE = replace(SOME, total=0)
WIDENED = replace(SOME, is_widened=True)


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    counting._searches.clear()
    counting._clicks.clear()
    yield
    counting._searches.clear()
    counting._clicks.clear()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nasi  Goreng!", "nasi goreng"),
        ("es teh 2", "es teh 2"),
        ("0812 3456 789", None),
        ("warung ani +62 812-345", None),
        ("ani@contoh.id", None),
        ("tolong antar ke rumah saya di jalan mawar nomor dua belas ya kak", None),
        ("!!", None),
    ],
)
def test_what_may_tell_of_a_person_is_counted_in_the_sum_alone(text: str, name: str | None) -> None:
    assert counting.countable(text) == name


async def test_searches_and_what_was_opened_are_reported(db: object) -> None:
    for found, times in ((SOME, 4), (NONE, 5), (WIDENED, 1)):
        for _ in range(times):
            counting.count_search("Seblak", found)
    counting.count_search("rahasia", NONE)
    counting.count_search("0812 3456 7890", NONE)
    counting.count_search("", SOME)
    counting.count_search("seblak", replace(SOME, degraded=True))
    counting.count_click("seblak", 1)
    counting.count_click("seblak", 1)
    counting.count_click("seblak", 3)
    for position in (0, 101):
        with pytest.raises(Invalid):
            counting.count_click("seblak", position)
    await counting.write()
    counting.count_search("seblak", SOME)
    await counting.write()
    assert await counting.write() == 0
    found = await counting.report(7, 10)
    assert (found.all.searches, found.all.empty, found.all.widened, found.all.clicks) == (13, 7, 1, 3)
    (seblak,) = found.in_vain
    assert (seblak.text, seblak.searches, seblak.empty, seblak.clicks) == ("seblak", 11, 5, 3)
    assert list(found.often) == [seblak]
    assert list(found.clicks) == [(1, 2), (3, 1)]
    assert await SearchCount.filter(text__contains="0812").count() == 0


async def test_what_few_asked_for_is_forgotten_after_its_day_and_all_of_it_in_the_end(db: object) -> None:
    today = clock.now().date()
    yesterday, long_ago = today - timedelta(days=1), today - timedelta(days=91)
    for day, text, searches in [
        (today, "langka", 1),
        (yesterday, "langka", 4),
        (yesterday, "seblak", 5),
        (yesterday, "", 1),
        (long_ago, "seblak", 500),
        (long_ago, "", 500),
    ]:
        await SearchCount.create(day=day, text=text, searches=searches)
    await SearchClickCount.create(day=long_ago, position=1, clicks=1)
    assert await counting.forget_old() == 4
    left = await SearchCount.all().order_by("day", "text").values_list("day", "text")
    assert left == [(yesterday, ""), (yesterday, "seblak"), (today, "langka")]


async def test_a_flood_of_texts_is_counted_in_the_sum(db: object) -> None:
    for n in range(2 * counting.MOST_TEXTS):
        counting.count_search(f"kata {n}", SOME)
    assert len(counting._searches) <= counting.MOST_TEXTS + 1
    assert counting._searches[clock.now().date(), "", "searches"] == 2 * counting.MOST_TEXTS
