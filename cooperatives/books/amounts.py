"""Rupiah as people and banks write them. Pure."""

import re

from marketplace.money import LARGEST_RUPIAH

_NUMBER = re.compile(r"\d+|\d{1,3}([.,])\d{3}(\1\d{3})*")


class NotAnAmount(ValueError):
    """The text is no amount of whole rupiah."""


def read(text: str) -> int:
    """The amount of `1.250.000`, `1,250,000.00`, `Rp 1250000`, `Rp 1.250,-`, `(1.000)`, `-5.000,00`.

    `-` or nothing is zero. A point or comma before three digits groups thousands; before two it begins cents, which
    must be zero, as rupiah are whole. Raises NotAnAmount.
    """
    hundredths = read_hundredths(text)
    if hundredths % 100:
        raise NotAnAmount(f"{text}: rupiah are whole")
    return hundredths // 100


def read_hundredths(text: str) -> int:
    """The same in hundredths of a rupiah, in which banks reckon interest: `2,313,178.27`. Raises NotAnAmount."""
    bare = re.sub(r"^(?:rp|idr)\.?\s*", "", text.strip().lower()).replace("\u00a0", "").replace(" ", "")
    bare = re.sub(r",-+$", "", bare)  # Rp 1.500,-
    is_below = bare.startswith("-") or (bare.startswith("(") and bare.endswith(")")) or bare.endswith("-")
    bare = bare.strip("-()")
    if not bare:
        return 0
    bare = re.sub(r"^(?:rp|idr)\.?", "", bare)
    cents = re.fullmatch(r"(.*)[.,](\d{1,2})", bare)
    hundredths = 0
    if cents:
        bare, hundredths = cents[1] or "0", int(cents[2].ljust(2, "0"))
    if not _NUMBER.fullmatch(bare):
        raise NotAnAmount(text)
    amount = int(re.sub(r"[.,]", "", bare)) * 100 + hundredths
    if amount > LARGEST_RUPIAH * 100:
        raise NotAnAmount(f"{text}: too large")
    return -amount if is_below else amount
