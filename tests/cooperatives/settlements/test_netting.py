"""Netting against the published vector, and what must hold of any plan."""

from hypothesis import given
from hypothesis import strategies as st

from cooperatives.settlements.netting import (
    Debt,
    bilateral_total,
    gross_total,
    net_total,
    plan,
    positions,
    unwind,
)

VECTOR = [
    Debt("DRV", "MKT", 12_500_000),
    Debt("DRV", "FOD", 4_750_000),
    Debt("DRV", "LOG", 2_000_000),
    Debt("MKT", "DRV", 9_250_000),
    Debt("MKT", "FOD", 6_400_000),
    Debt("MKT", "LOG", 1_150_000),
    Debt("FOD", "DRV", 7_800_000),
    Debt("FOD", "MKT", 3_300_000),
    Debt("FOD", "LOG", 5_600_000),
    Debt("LOG", "DRV", 1_900_000),
    Debt("LOG", "MKT", 4_450_000),
    Debt("LOG", "FOD", 9_725_000),
]


def test_the_vector() -> None:
    net = positions(VECTOR)
    assert net == {"DRV": -300_000, "MKT": 3_450_000, "FOD": 4_175_000, "LOG": -7_325_000}
    assert (gross_total(VECTOR), bilateral_total(VECTOR), net_total(net)) == (68_825_000, 16_925_000, 7_625_000)
    assert plan(net) == [
        Debt("LOG", "FOD", 4_175_000),
        Debt("LOG", "MKT", 3_150_000),
        Debt("DRV", "MKT", 300_000),
    ]


def test_the_vector_when_one_defaults() -> None:
    kept, unwound = unwind(VECTOR, {"LOG"})
    assert positions(kept) == {"DRV": -200_000, "MKT": 150_000, "FOD": 50_000}
    assert (gross_total(unwound), gross_total(kept)) == (24_825_000, 44_000_000)
    assert plan(positions(kept)) == [Debt("DRV", "MKT", 150_000), Debt("DRV", "FOD", 50_000)]


def test_ties_go_by_code() -> None:
    assert plan({"b": -5, "a": -5, "d": 5, "c": 5}) == [Debt("a", "c", 5), Debt("b", "d", 5)]


parties = st.sampled_from("ABCDEF")
debts = st.builds(Debt, parties, parties, st.integers(1, 10**12)).filter(lambda debt: debt.debtor != debt.creditor)


@given(st.lists(debts, max_size=40))
def test_any_plan_clears_everybody_exactly(owed: list[Debt[str]]) -> None:
    net = positions(owed)
    payments = plan(net)
    assert sum(net.values()) == 0
    assert len(payments) <= max(0, len(net) - 1)
    assert gross_total(payments) == net_total(net)
    left = dict(net)
    for payment in payments:
        left[payment.debtor] += payment.amount
        left[payment.creditor] -= payment.amount
    assert not any(left.values())
    assert plan(positions(reversed(owed))) == payments
