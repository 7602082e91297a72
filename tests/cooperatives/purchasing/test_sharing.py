"""What a round costs and who has how much of it: to the rupiah, short for all alike, whatever the order."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.purchasing.sharing import Part, Tier, faulty, shared, tier_at

TIERS = [Tier(10, 50_000), Tier(50, 46_000), Tier(200, 43_500)]
A, B, C = (UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("quantity", "price"), [(9, None), (10, 50_000), (49, 50_000), (50, 46_000), (199, 46_000), (5_000, 43_500)]
)
def test_all_together_reach_a_tier(quantity: int, price: int | None) -> None:
    found = tier_at(TIERS, quantity)
    assert (found.price if found else None) == price


@pytest.mark.parametrize(
    "tiers",
    [
        [],
        [Tier(0, 5)],
        [Tier(1, -1)],
        [Tier(10, 5), Tier(10, 4)],
        [Tier(10, 5), Tier(5, 4)],
        [Tier(1, 5), Tier(2, 6)],
    ],
)
def test_tiers_that_make_no_sense_are_told(tiers: list[Tier]) -> None:
    assert faulty(tiers)
    assert not faulty(TIERS)


def test_a_short_delivery_is_short_for_all_and_carriage_goes_by_what_came() -> None:
    found = shared({A: 60, B: 30, C: 10}, 95, 46_000, 100_000)
    assert found == {
        A: Part(57, 57 * 46_000, 60_000),
        B: Part(29, 29 * 46_000, 30_526),  # 28.5: ties to the smaller key
        C: Part(9, 9 * 46_000, 9_474),
    }
    for wrong in (0, 101):
        with pytest.raises(ValueError, match="shared out"):
            shared({A: 60, B: 30, C: 10}, wrong, 1, 0)


@given(
    st.dictionaries(st.uuids(), st.integers(1, 10_000), min_size=1, max_size=40),
    st.floats(0.01, 1),
    st.integers(0, 10**7),
    st.integers(0, 10**9),
)
def test_the_parts_make_the_whole(committed: dict[UUID, int], part: float, price: int, carriage: int) -> None:
    received = max(1, int(sum(committed.values()) * part))
    found = shared(committed, received, price, carriage)
    assert sum(one.quantity for one in found.values()) == received
    assert sum(one.total for one in found.values()) == received * price + carriage
    assert all(0 <= one.quantity <= committed[id] for id, one in found.items())
    backwards = dict(reversed(list(committed.items())))
    assert shared(backwards, received, price, carriage) == found
