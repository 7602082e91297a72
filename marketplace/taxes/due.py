"""What is withheld from a seller's turnover of a month. Pure.

PMK 37/2025: a designated marketplace withholds 0.5 % of the gross turnover; an individual who declares that his
turnover of the year stays within Rp 500 million is free until it passes that. Values: `marketplace.rules`.
"""

from dataclasses import dataclass

from marketplace.money import FULL_SHARE_BP


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule's values on a day: the share withheld, and what is free in a year for who declared it."""

    share_bp: int
    free_yearly: int


def taxed(gross: int, before: int, *, is_declared: bool, terms: Terms) -> int:
    """How much of the month's turnover is taxed, after `before` of the same year."""
    if not is_declared:
        return gross
    return max(0, gross - max(0, terms.free_yearly - before))


def withheld(gross: int, before: int, *, is_declared: bool, terms: Terms) -> int:
    """The tax of the month in whole rupiah, what is less than one left out."""
    return taxed(gross, before, is_declared=is_declared, terms=terms) * terms.share_bp // FULL_SHARE_BP
