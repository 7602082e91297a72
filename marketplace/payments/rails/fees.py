"""What a provider keeps of a payment, where it doesn't say so itself: by the co-op's own contract. Pure.

A schedule is a list of `{"channel", "up_to", "bp", "flat"}`: the first line whose channel and amount fit counts;
`up_to` may be missing. The defaults are Midtrans' published prices, QRIS with Bank Indonesia's 0.7 %; a micro
merchant's schedule has 0 up to Rp 500,000 and 30 bp above.
"""

from collections.abc import Sequence
from typing import Any

from marketplace.money import FULL_SHARE_BP
from marketplace.payments.gateway import PaymentChannel

DEFAULT: Sequence[dict[str, Any]] = (
    {"channel": "QRIS", "bp": 70, "flat": 0},
    {"channel": "EWALLET", "bp": 200, "flat": 0},
    {"channel": "VIRTUAL_ACCOUNT", "bp": 0, "flat": 4_000},
)


def fee_of(schedule: object, channel: PaymentChannel, amount: int) -> int:
    """The fee in rupiah, rounded to the nearest, halves up; 0 where no line fits."""
    lines = schedule if isinstance(schedule, list) else DEFAULT
    for line in lines:
        if line["channel"] == channel.value and amount <= int(line.get("up_to", amount)):
            share = (amount * int(line.get("bp", 0)) + FULL_SHARE_BP // 2) // FULL_SHARE_BP
            return min(amount, share + int(line.get("flat", 0)))
    return 0
