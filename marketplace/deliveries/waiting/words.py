"""What was paid for a driver's waiting, in words: Bahasa Indonesia and English. Pure."""

from marketplace.deliveries.waiting.models import OrderWaiting
from marketplace.money import format_rupiah


def charged_minutes(row: OrderWaiting) -> int:
    """Those that cost something: beyond the free ones, up to the most."""
    return max(0, min(row.minutes, row.most_minutes) - row.free_minutes)


def value(row: OrderWaiting) -> str:
    """`7 menit × Rp500`."""
    return f"{charged_minutes(row)} menit × {format_rupiah(row.per_minute)}"


def in_words(row: OrderWaiting, language: str) -> str:
    """Why the seller pays it, to both; `language` is `id` or `en`."""
    is_late = row.since != row.arrived_at
    each, amount, charged = format_rupiah(row.per_minute), format_rupiah(row.amount), charged_minutes(row)
    if language == "en":
        since = "the time that the shop promised" if is_late else "the driver's arrival"
        return (
            f"The goods were handed over {row.minutes} min after {since}. {row.free_minutes} min are free, "
            f"{charged} min at {each} make {amount}, paid by the shop."
        )
    since = "waktu yang dijanjikan toko" if is_late else "pengemudi tiba"
    return (
        f"Barang diserahkan {row.minutes} menit setelah {since}. {row.free_minutes} menit gratis, "
        f"{charged} menit × {each} = {amount}, ditanggung toko."
    )
