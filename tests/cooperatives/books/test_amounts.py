"""Rupiah as people and banks write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books import amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("Rp 1250000", 1_250_000),
        ("Rp1.250.000,00", 1_250_000),
        ("IDR 5,000", 5_000),
        ("(1.000)", -1_000),
        ("-5.000,00", -5_000),
        ("5.000-", -5_000),
        ("1.234", 1_234),
        ("0", 0),
        ("-", 0),
        ("", 0),
        ("12", 12),
        ("1\u00a0000", 1_000),
    ],
)
def test_reads(text: str, amount: int) -> None:
    assert amounts.read(text) == amount


@pytest.mark.parametrize(
    "text", ["1.25", "12,5", "1.2.3", "satu", "1.23.456", "1,234.567.890", "9" * 17, "=1+1", "1e6"]
)
def test_refuses(text: str) -> None:
    with pytest.raises(amounts.NotAnAmount):
        amounts.read(text)


@given(st.integers(-(10**15), 10**15))
def test_what_is_written_is_read(amount: int) -> None:
    assert amounts.read(f"{amount:,}") == amounts.read(f"{amount:,}".replace(",", ".")) == amount
    assert amounts.read(f"{amount:,}.00") == amounts.read(str(amount)) == amount
