"""A year's surplus to the rupiah: pools, shares, who has none, and what the law forbids."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.governance.bylaws import Adopted, ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.surplus.pools import SET_BY, NoSurplus, Pool, Surplus, check_percentages, pools_of, told_apart
from cooperatives.surplus.sharing import Business, MemberYear, Sharing, WhyNot, share_out
from marketplace.errors import Invalid
from marketplace.money import FULL_SHARE_BP, LARGEST_RUPIAH
from marketplace.rules import AgainstTheLaw

DAY, FOUNDED, DAYS = date(2026, 12, 31), date(2026, 1, 1), 365

#: pokok and wajib, transactions, jasa modal, jasa usaha
VECTOR = (
    (1_200_000, 8_500_000, 5_260_274, 8_476_454),
    (600_000, 13_250_000, 2_630_137, 13_213_297),
    (2_450_000, 2_000_000, 10_739_726, 1_994_460),
    (350_000, 0, 1_534_247, 0),
    (875_000, 6_333_333, 3_835_616, 6_315_789),
)
ADOPTED = {
    Pool.RESERVE: 4_000,
    Pool.PATRONAGE: 2_500,
    Pool.CAPITAL: 2_000,
    Pool.OFFICERS: 500,
    Pool.EDUCATION: 500,
    Pool.SOCIAL: 500,
    Pool.DEVELOPMENT: 0,
}


def by_laws(percentages: Mapping[Pool, int] = ADOPTED, **values: int) -> ByLaws:
    """By-laws with these percentages, and no test of activity but what `values` say."""
    said = {SET_BY[pool]: value for pool, value in percentages.items()}
    said |= {ByLaw.ACTIVE_TRANSACTIONS: 0} | {ByLaw[name]: value for name, value in values.items()}
    return ByLaws.on(DAY, [Adopted(name, value, FOUNDED) for name, value in said.items()])


def member(number: int, capital: int, volume: int, *, transactions: int = 1, arrears: int = 0) -> MemberYear:
    return MemberYear(UUID(int=number), capital * DAYS, {Business.DELIVERIES: volume}, transactions, arrears)


def amounts(sharing: Sharing, pool: Pool) -> list[int]:
    return [line.amount for share in sharing.shares for line in share.lines if line.pool is pool]


def test_a_years_surplus_to_the_rupiah() -> None:
    members = [member(n, capital, volume) for n, (capital, volume, _, _) in enumerate(VECTOR)]
    sharing = share_out(Surplus(120_000_000, 0), members, by_laws())
    assert amounts(sharing, Pool.CAPITAL) == [row[2] for row in VECTOR]
    assert amounts(sharing, Pool.PATRONAGE) == [row[3] for row in VECTOR]
    assert sum(amounts(sharing, Pool.CAPITAL)) == 24_000_000
    assert sum(amounts(sharing, Pool.PATRONAGE)) == 30_000_000
    assert sharing.pools == {
        Pool.RESERVE: 48_000_000,
        Pool.PATRONAGE: 30_000_000,
        Pool.CAPITAL: 24_000_000,
        Pool.OFFICERS: 6_000_000,
        Pool.EDUCATION: 6_000_000,
        Pool.SOCIAL: 6_000_000,
        Pool.DEVELOPMENT: 0,
        Pool.NON_MEMBER: 0,
    }
    assert not sharing.unclaimed


def test_an_allocation_of_105_percent_is_refused_with_its_article() -> None:
    published = dict(zip(SET_BY, (4_000, 4_000, 500, 500, 500, 500, 500), strict=True))
    with pytest.raises(AgainstTheLaw, match="UU 25/1992") as refused:
        pools_of(Surplus(120_000_000, 0), published, DAY)
    assert "45" in str(refused.value)
    assert "105 %" in str(refused.value)
    with pytest.raises(AgainstTheLaw):
        share_out(Surplus(120_000_000, 0), [], by_laws(published))
    with pytest.raises(AgainstTheLaw):
        check_percentages(ADOPTED | {Pool.RESERVE: 3_999}, DAY)


@pytest.mark.parametrize(
    "wrong",
    [
        ADOPTED | {Pool.RESERVE: -500, Pool.CAPITAL: 6_500},
        {Pool.RESERVE: 20_000, Pool.CAPITAL: -10_000},
        {Pool.RESERVE: 5_000, Pool.NON_MEMBER: 5_000},
    ],
)
def test_percentages_that_are_none(wrong: Mapping[Pool, int]) -> None:
    with pytest.raises(Invalid):
        check_percentages(wrong, DAY)


@pytest.mark.parametrize("surplus", [Surplus(0, 0), Surplus(-1, 0), Surplus(-5, 10), Surplus(10, -5)])
def test_a_loss_is_not_shared_out(surplus: Surplus) -> None:
    with pytest.raises(NoSurplus):
        share_out(surplus, [member(1, 100, 100)], by_laws())


def test_more_than_a_client_can_count_is_refused() -> None:
    with pytest.raises(Invalid):
        pools_of(Surplus(LARGEST_RUPIAH, 1), ADOPTED, DAY)


@pytest.mark.parametrize(
    ("total", "member_income", "other_income", "expected"),
    [
        (100, 3, 1, Surplus(75, 25)),
        (100, 0, 7, Surplus(0, 100)),
        (100, 7, 0, Surplus(100, 0)),
        (100, 0, 0, Surplus(0, 100)),
        (100, -5, 10, Surplus(0, 100)),
        (-100, 3, 1, Surplus(-75, -25)),
    ],
)
def test_whose_business_made_the_surplus(
    total: int, member_income: int, other_income: int, expected: Surplus
) -> None:
    assert told_apart(total, member_income=member_income, other_income=other_income) == expected


def test_non_members_business_has_a_pool_of_its_own() -> None:
    sharing = share_out(Surplus(1_000, 9_000), [member(1, 10, 10)], by_laws())
    assert sharing.pools[Pool.NON_MEMBER] == 9_000
    assert sharing.pools[Pool.RESERVE] == 400
    assert sharing.shares[0].amount == 200 + 250


def test_days_held_count() -> None:
    half_a_year = MemberYear(UUID(int=2), 100_000 * 73, {}, 1)
    sharing = share_out(Surplus(60_000, 0), [member(1, 100_000, 0), half_a_year], by_laws())
    assert amounts(sharing, Pool.CAPITAL) == [10_000, 2_000]


def test_every_side_of_the_business_counts() -> None:
    sides = [MemberYear(UUID(int=n), 0, {side: 100 * (n + 1)}, 1) for n, side in enumerate(Business)]
    all_sides = MemberYear(UUID(int=9), 0, dict.fromkeys(Business, 200), 3)
    sharing = share_out(Surplus(4_800, 0), [*sides, all_sides], by_laws())
    assert amounts(sharing, Pool.PATRONAGE) == [100, 200, 300, 600]


def test_only_active_members_have_a_part_and_others_read_why() -> None:
    left = MemberYear(UUID(int=4), 500, {}, 9, is_member=False)
    members = [member(1, 10, 10, transactions=5), member(2, 10, 10, transactions=4), left]
    members.append(member(3, 10, 10, transactions=5, arrears=7))
    sharing = share_out(Surplus(1_000, 0), members, by_laws(ACTIVE_TRANSACTIONS=5, ACTIVE_ARREARS=6))
    assert [(share.amount, share.excluded) for share in sharing.shares] == [
        (450, None),
        (0, WhyNot.FEW_TRANSACTIONS),
        (0, WhyNot.IN_ARREARS),
        (0, WhyNot.LEFT),
    ]
    assert [rule.value for rule in sharing.shares[1].rules] == [5, 6]


def test_what_nobody_has_a_claim_to_goes_to_the_reserve() -> None:
    sharing = share_out(Surplus(1_000, 0), [member(1, 10, 0)], by_laws())
    assert sharing.unclaimed == {Pool.PATRONAGE: 250}
    assert (sharing.pools[Pool.RESERVE], sharing.pools[Pool.PATRONAGE]) == (650, 0)
    nobody = share_out(Surplus(1_000, 0), [], by_laws())
    assert (nobody.pools[Pool.RESERVE], sum(nobody.pools.values())) == (850, 1_000)


def test_a_member_reads_why_line_by_line() -> None:
    sharing = share_out(Surplus(1_000, 0), [member(1, 30, 10), member(2, 10, 30)], by_laws())
    capital, patronage = sharing.shares[0].lines
    assert (capital.pool_amount, capital.own, capital.everyones, capital.amount) == (200, 30 * 365, 40 * 365, 150)
    assert (patronage.pool_amount, patronage.own, patronage.everyones, patronage.amount) == (250, 10, 40, 63)
    assert [(rule.name, rule.value) for rule in capital.rules] == [
        ("surplus.capital", 2_000),
        ("surplus.percentages_total", 10_000),
    ]
    assert capital.rules[1].instrument == "UU 25/1992"
    assert capital.rules[1].article == "45"


def test_a_member_comes_once_and_never_below_zero() -> None:
    with pytest.raises(ValueError, match="once"):
        share_out(Surplus(1_000, 0), [member(1, 1, 1), member(1, 2, 2)], by_laws())
    with pytest.raises(ValueError, match="zero or more"):
        member(1, -1, 0)


@st.composite
def percentages(draw: st.DrawFn) -> dict[Pool, int]:
    """Seven percentages that make up the whole."""
    cuts = sorted(draw(st.lists(st.integers(0, FULL_SHARE_BP), min_size=6, max_size=6)))
    ends = [0, *cuts, FULL_SHARE_BP]
    return {pool: ends[n + 1] - ends[n] for n, pool in enumerate(SET_BY)}


_RUPIAH = st.integers(0, 10**12)
MEMBERS = st.lists(
    st.builds(
        MemberYear,
        st.uuids(),
        st.integers(0, 10**14),
        st.dictionaries(st.sampled_from(Business), _RUPIAH),
        st.integers(0, 6),
        st.integers(0, 9),
        st.booleans(),
    ),
    max_size=30,
    unique_by=lambda member: member.id,
)


@given(st.integers(0, 10**15), st.integers(0, 10**15), percentages(), MEMBERS, st.randoms())
def test_sums_are_exact_nobody_is_negative_and_order_is_irrelevant(
    of_members: int, of_others: int, split: dict[Pool, int], members: Sequence[MemberYear], chance: Random
) -> None:
    surplus, laws = Surplus(of_members, of_others + 1), by_laws(split, ACTIVE_TRANSACTIONS=3)
    sharing = share_out(surplus, members, laws)
    assert sum(sharing.pools.values()) == surplus.total
    assert min(sharing.pools.values()) >= 0
    for pool in (Pool.CAPITAL, Pool.PATRONAGE):
        parts = amounts(sharing, pool)
        assert sum(parts) == sharing.pools[pool]
        assert min(parts, default=0) >= 0
    assert all(share.amount == 0 for share in sharing.shares if share.excluded)
    shuffled = list(members)
    chance.shuffle(shuffled)
    assert share_out(surplus, shuffled, laws) == sharing


@given(_RUPIAH, MEMBERS)
def test_each_part_is_within_a_rupiah_of_the_exact_one(total: int, members: Sequence[MemberYear]) -> None:
    sharing = share_out(Surplus(total, 1), members, by_laws())
    for line in (line for share in sharing.shares for line in share.lines):
        if line.everyones:
            assert abs(line.amount * line.everyones - line.pool_amount * line.own) < line.everyones
