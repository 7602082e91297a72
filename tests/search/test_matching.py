"""Saved searches that a listing answers, and how they are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import Filters
from search.matching import Asked, answers, keys_of, keys_of_listing
from tests.search.documents import FOOD_COOPERATIVE, MARKET_COOPERATIVE, TUGU_PAHLAWAN, listing, north

RICE = listing("Nasi Goreng Jawa", 15_000, description="Pedas")


@pytest.mark.parametrize(
    ("asked", "is_answered"),
    [
        (Asked("nasgor", Filters()), True),
        (Asked("nasi goreng bu siti", Filters()), True),
        (Asked("goreng pedas", Filters()), True),
        (Asked("nasi gorng", Filters()), False),
        (Asked("nasi gor", Filters()), False),
        (Asked("nasi pecel", Filters()), False),
        (Asked("", Filters(category="makanan")), True),
        (Asked("", Filters(category="masakan", kind="FOOD")), True),
        (Asked("", Filters(category="masakan", kind="GOODS")), False),
        (Asked("nasgor", Filters(cooperative_id=FOOD_COOPERATIVE)), True),
        (Asked("nasgor", Filters(cooperative_id=MARKET_COOPERATIVE)), False),
        (Asked("nasgor", Filters(region_code="35.78")), True),
        (Asked("nasgor", Filters(region_code="35.7")), False),
        (Asked("nasgor", Filters(price_max=15_000)), True),
        (Asked("nasgor", Filters(price_max=14_999)), False),
        (Asked("nasgor", Filters(price_min=15_001)), False),
        (Asked("nasgor", Filters(radius_m=2_000), north(1_900)), True),
        (Asked("nasgor", Filters(radius_m=2_000), north(2_100)), False),
        (Asked("nasgor", Filters(), north(900_000)), True),
    ],
)
def test_a_listing_answers_what_was_asked_for(asked: Asked, is_answered: bool) -> None:
    assert answers(RICE, asked) is is_answered


TYPED = ["nasi", "goreng", "nasgor", "ayam", "geprek", "es", "teh", "mie", "mi", "gado2", "2", "kg"]


@given(st.lists(st.sampled_from(TYPED), max_size=5))
def test_what_a_listing_answers_is_found_by_one_of_its_keys(words: list[str]) -> None:
    text = " ".join(words)
    for document in (RICE, listing("Mi Ayam Geprek"), listing(text or "x", place=TUGU_PAHLAWAN)):
        if keys_of(text, "masakan") and answers(document, Asked(text, Filters(category="masakan"))):
            assert set(keys_of(text, "masakan")) & set(keys_of_listing(document))


def test_a_search_without_words_or_category_has_no_key() -> None:
    assert keys_of("", None) == []
    assert keys_of("", "food.rice") == ["category:food.rice"]
