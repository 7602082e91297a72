"""What a line of a delivery price says to a person, in Bahasa Indonesia and in English. Pure."""

from marketplace.money import format_rupiah
from marketplace.tariffs.rules import PriceLine, PriceLineKind, PriceUnit
from marketplace.vocabulary import VEHICLES

_UNITS = {
    PriceUnit.KM: ("km", "km"),
    PriceUnit.KG: ("kg", "kg"),
    PriceUnit.LITRE: ("liter", "l"),
    PriceUnit.DROP: ("tujuan", "drops"),
    PriceUnit.MINUTE: ("menit", "min"),
}
_KINDS = {
    PriceLineKind.BASE: ("Tarif dasar", "Base fare"),
    PriceLineKind.DISTANCE: ("Jarak selebihnya", "Further distance"),
    PriceLineKind.WEIGHT: ("Berat selebihnya", "Further weight"),
    PriceLineKind.SIZE: ("Ukuran selebihnya", "Further size"),
    PriceLineKind.VEHICLE: ("Kendaraan", "Vehicle"),
    PriceLineKind.ZONE: ("Zona", "Zone"),
    PriceLineKind.APPROACH: ("Jarak ke penjemputan", "Way to the pickup"),
    PriceLineKind.TIME_OF_DAY: ("Jam", "Hours"),
    PriceLineKind.RAIN: ("Hujan", "Rain"),
    PriceLineKind.HOLIDAY: ("Hari libur", "Holiday"),
    PriceLineKind.MINIMUM: ("Sampai tarif terendah", "Up to the minimum"),
    PriceLineKind.ROUNDING: ("Pembulatan", "Rounding"),
    PriceLineKind.WAITING: ("Menunggu", "Waiting"),
    PriceLineKind.SUPPLEMENT: ("Penyesuaian", "Adjustment"),
    PriceLineKind.FAILED_DROPS: ("Tujuan yang gagal", "Failed drops"),
}


def in_words(line: PriceLine, language: str) -> str:
    """`Jarak selebihnya: 3 km × Rp2.500`; `language` is `id` or `en`."""
    place = 1 if language == "en" else 0
    said = _KINDS[line.kind][place]
    if line.kind is PriceLineKind.VEHICLE:
        said = f"{said} {VEHICLES.get(line.name, (line.name, line.name))[place]}"
    elif line.name:
        said = f"{said} {line.name}"
    if line.unit in _UNITS:
        return f"{said}: {line.quantity} {_UNITS[line.unit][place]} × {format_rupiah(line.unit_price)}"
    return said
