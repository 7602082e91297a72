"""People find what they look for: judged queries over a whole town's menu."""

from collections import Counter
from uuid import UUID

import pytest

from tests.search.documents import listing
from tests.search.relevance.grading import fields_of, grade, ndcg, queries, succeeds
from tests.search.relevance.measuring import figures, half, judge, measure
from tests.search.relevance.menu import menu

#: What was reached; only ever raised.
NDCG, SUCCESS = 0.97, 0.99


def test_there_are_enough_queries_each_once_and_half_of_them_held_back() -> None:
    texts = [query.text for query in queries()]
    held_back = sum(query.is_held_back for query in queries())
    assert len(texts) >= 300
    assert [text for text, count in Counter(texts).items() if count > 1] == []
    assert held_back >= len(texts) * 0.48


def test_the_menu_is_the_same_every_time_and_can_answer_every_query() -> None:
    again = menu.__wrapped__()
    assert again == menu()
    assert [query.text for query, worth in judge(again).items() if max(worth.values(), default=0) < 2] == []


@pytest.mark.parametrize(
    ("title", "seller", "needs", "wanted"),
    [
        ("Nasi Goreng Jawa", "Warung Bu Siti", ("nasi goreng", "jawa"), 3),
        ("Nasgor Jawa Jumbo", "Warung Bu Siti", ("nasi goreng", "jawa"), 3),
        ("Paket Nasi Goreng Jawa", "Warung Bu Siti", ("nasi goreng", "jawa"), 2),
        ("Nasi Goreng", "Depot Jawa", ("nasi goreng", "jawa"), 1),
        ("Es Teh", "Nasi Goreng Cak Di", ("nasi goreng",), 1),
        ("Nasi Gorengan", "Warung Bu Siti", ("nasi goreng",), 0),
        ("Es Teh", "Warung Damai", ("@warung damai",), 3),
        ("Es Teh", "Warung Damai", ("bakso", "@warung damai"), 0),
        ("Beras Premium 5kg", "Kios Bu Haji", ("beras", "5 kg"), 3),
        ("Bawang Putih 500 gr", "Kios Bu Haji", ("bawang putih", "500 g"), 3),
    ],
)
def test_the_rule(title: str, seller: str, needs: tuple[str, ...], wanted: int) -> None:
    assert grade(needs, fields_of(listing(title, seller_name=seller))) == wanted


def test_the_measures() -> None:
    one, two, three = (UUID(int=number) for number in (1, 2, 3))
    worth = {one: 3, two: 1}
    assert ndcg([one, two, three], worth) == 1.0
    assert ndcg([three, two, one], worth) == pytest.approx((1 / 1.58496 + 7 / 2) / (7 + 1 / 1.58496), abs=1e-4)
    assert ndcg([three], worth) == 0.0
    assert succeeds([three, two, one], worth)
    assert not succeeds([two, three], worth)


def test_what_is_held_back_is_found() -> None:
    seen = figures(half(measure(menu()), held_back=True))
    assert seen.ndcg >= NDCG
    assert seen.success >= SUCCESS
