"""Who gets what: money.md's example to the rupiah, and what holds for every order."""

from collections import defaultdict
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from cooperatives.ledger.between import debts
from marketplace.payments.flows import (
    Amounts,
    Parties,
    Split,
    Terms,
    collect_cash,
    collect_online,
    owe_refund,
    pay_refund,
    release_online,
    settle_counter,
    split,
)

A, B, SELLER, DRIVER, SUB_ORDER = (UUID(int=n) for n in range(1, 6))
EXAMPLE = Amounts(goods=50_000, delivery=12_000)
TERMS = Terms(commission_bp=500, carrier_cut_bp=800)
ALLIED = Parties(SUB_ORDER, A, SELLER, B, DRIVER)
OWN = Parties(SUB_ORDER, A, SELLER, A, DRIVER)
COUNTER = Parties(SUB_ORDER, A, SELLER)


def balances(entries: list[Entry]) -> dict[AccountRef, int]:
    """Debits less credits of each account."""
    found: dict[AccountRef, int] = defaultdict(int)
    for entry in entries:
        found[entry.debit] += entry.amount
        found[entry.credit] -= entry.amount
    return {ref: amount for ref, amount in found.items() if amount}


def test_paid_online_and_carried_by_an_ally() -> None:
    parts = split(EXAMPLE, TERMS)
    assert parts == Split(seller=47_500, commission=2_500, network=0, hosting=0, carrier=960, driver=11_040)
    assert balances([*collect_online(ALLIED, 62_000), *release_online(ALLIED, parts)]) == {
        AccountRef(A, Purpose.GATEWAY_CLEARING): 62_000,
        AccountRef(A, Purpose.SELLER_PAYABLE, SELLER): -47_500,
        AccountRef(A, Purpose.COMMISSION_INCOME): -2_500,
        AccountRef(A, Purpose.DUE_TO, B): -12_000,
        AccountRef(B, Purpose.DUE_FROM, A): 12_000,
        AccountRef(B, Purpose.DRIVER_PAYABLE, DRIVER): -11_040,
        AccountRef(B, Purpose.DELIVERY_INCOME): -960,
    }
    assert debts(release_online(ALLIED, parts)) == {(A, B): 12_000}


def test_cash_on_delivery_by_an_ally() -> None:
    parts = split(EXAMPLE, TERMS)
    assert balances(collect_cash(ALLIED, parts)) == {
        AccountRef(B, Purpose.CASH_WITH_DRIVER, DRIVER): 62_000,
        AccountRef(B, Purpose.DUE_TO, A): -50_000,
        AccountRef(B, Purpose.DRIVER_PAYABLE, DRIVER): -11_040,
        AccountRef(B, Purpose.DELIVERY_INCOME): -960,
        AccountRef(A, Purpose.DUE_FROM, B): 50_000,
        AccountRef(A, Purpose.SELLER_PAYABLE, SELLER): -47_500,
        AccountRef(A, Purpose.COMMISSION_INCOME): -2_500,
    }
    assert debts(collect_cash(ALLIED, parts)) == {(B, A): 50_000}


def test_the_co_ops_own_driver_owes_nobody_else() -> None:
    parts = split(EXAMPLE, TERMS)
    assert balances(collect_cash(OWN, parts)) == {
        AccountRef(A, Purpose.CASH_WITH_DRIVER, DRIVER): 62_000,
        AccountRef(A, Purpose.SELLER_PAYABLE, SELLER): -47_500,
        AccountRef(A, Purpose.COMMISSION_INCOME): -2_500,
        AccountRef(A, Purpose.DRIVER_PAYABLE, DRIVER): -11_040,
        AccountRef(A, Purpose.DELIVERY_INCOME): -960,
    }
    assert debts(collect_cash(OWN, parts)) == {}
    assert debts(release_online(OWN, parts)) == {}


def test_an_ally_on_nine_tenths_a_tip_and_packing() -> None:
    parts = split(Amounts(50_000, 2_000, 12_000, 3_000), Terms(500, 9_000, 800))
    # 10,800 to the ally, of which 864 stay with it; the tip is the driver's; packing is the seller's
    assert parts == Split(seller=49_500, commission=2_500, network=0, hosting=1_200, carrier=864, driver=12_936)
    assert debts(release_online(ALLIED, parts)) == {(A, B): 13_800}
    assert debts(collect_cash(ALLIED, parts)) == {(B, A): 53_200}


def test_cash_at_the_counter_is_the_sellers_who_owes_the_commission() -> None:
    parts = split(Amounts(50_000), TERMS)
    assert balances(settle_counter(COUNTER, parts)) == {
        AccountRef(A, Purpose.SELLER_PAYABLE, SELLER): 2_500,
        AccountRef(A, Purpose.COMMISSION_INCOME): -2_500,
    }


def test_a_refund_leaves_nothing_behind() -> None:
    entries = [*collect_online(OWN, 62_000), *owe_refund(OWN, 62_000), *pay_refund(OWN, 62_000)]
    assert balances(entries) == {}


rupiah = st.integers(0, 2_000_000_000)
shares = st.integers(0, 10_000)
amounts = st.builds(Amounts, goods=rupiah, packing=rupiah, delivery=rupiah, tip=rupiah)
terms = st.builds(Terms, shares, shares, shares, shares)


@given(amounts, terms)
def test_shares_sum_to_what_the_buyer_paid_and_none_is_negative(paid: Amounts, agreed: Terms) -> None:
    parts = split(paid, agreed)
    assert parts.total == paid.total
    assert min(parts.seller, parts.commission, parts.network, parts.hosting, parts.carrier, parts.driver) >= 0
    assert parts.kept + parts.carried == paid.total


@given(amounts, terms, st.sampled_from([ALLIED, OWN]))
def test_escrow_is_empty_and_books_balance_once_released(paid: Amounts, agreed: Terms, parties: Parties) -> None:
    parts = split(paid, agreed)
    left = balances([*collect_online(parties, paid.total), *release_online(parties, parts)])
    assert not [ref for ref in left if ref.purpose is Purpose.ORDER_ESCROW]
    for book in (A, B):
        assert sum(amount for ref, amount in left.items() if ref.cooperative_id == book) == 0
    assert left.get(AccountRef(A, Purpose.DUE_TO, B), 0) + left.get(AccountRef(B, Purpose.DUE_FROM, A), 0) == 0


@given(amounts, terms, st.sampled_from([ALLIED, OWN]))
def test_cash_is_all_with_the_driver_and_what_books_owe_each_other_agrees(
    paid: Amounts, agreed: Terms, parties: Parties
) -> None:
    parts = split(paid, agreed)
    found = balances(collect_cash(parties, parts))
    carrier = parties.carrier_id or A
    assert found.get(AccountRef(carrier, Purpose.CASH_WITH_DRIVER, DRIVER), 0) == paid.total
    assert found.get(AccountRef(B, Purpose.DUE_TO, A), 0) + found.get(AccountRef(A, Purpose.DUE_FROM, B), 0) == 0
    owed = debts(collect_cash(parties, parts)).get((B, A), 0)
    assert owed == -found.get(AccountRef(B, Purpose.DUE_TO, A), 0) == (parts.kept if parties.is_allied else 0)


@given(amounts, terms, st.booleans(), st.booleans())
def test_what_an_early_end_keeps_and_gives_back_is_all_that_was_paid(
    paid: Amounts, agreed: Terms, keeps_goods: bool, keeps_delivery: bool
) -> None:
    kept = Amounts(
        paid.goods if keeps_goods else 0,
        paid.packing if keeps_goods else 0,
        paid.delivery if keeps_delivery else 0,
    )
    entries = [
        *collect_online(ALLIED, paid.total),
        *release_online(ALLIED, split(kept, agreed)),
        *owe_refund(ALLIED, paid.less(kept).total),
    ]
    assert not [ref for ref in balances(entries) if ref.purpose is Purpose.ORDER_ESCROW]
