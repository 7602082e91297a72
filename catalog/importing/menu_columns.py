"""The columns of a shop's own price list, in the words of who keeps the shop.

    kode | nama | varian | harga | satuan | stok | kategori | bagian | keterangan | menit | pilihan | foto

`nama` and `harga` are needed; columns may stand in any order, under the other names of `COLUMNS` too. What is
written in a cell becomes the text that `values` reads.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from catalog import categories
from catalog.importing.unread import Unread
from catalog.models import ListingKind, Unit

#: Our field: what its column may be called, the first as we write it. `foto` is the name of a picture's file.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("kode", "sku", "kode barang"),
    "title": ("nama", "nama barang", "nama produk", "nama menu", "barang", "produk"),
    "variant": ("varian", "ukuran"),
    "price": ("harga", "harga jual"),
    "unit": ("satuan", "per", "dijual per"),
    "on_hand": ("stok", "jumlah stok"),
    "category_code": ("kategori", "jenis"),
    "section": ("bagian", "bagian menu"),
    "description": ("keterangan", "deskripsi"),
    "minutes": ("menit", "lama"),
    "option_groups": ("pilihan", "pilihan tambahan"),
    "photo": ("foto", "gambar"),
}
NEEDED = ("title", "price")
#: A name that begins so is an example of the empty list, and is left out.
EXAMPLE = "contoh:"
UNITS: Mapping[Unit, str] = {
    Unit.PORTION: "porsi",
    Unit.PIECE: "buah",
    Unit.PACK: "bungkus",
    Unit.BOX: "dus",
    Unit.BUNCH: "ikat",
    Unit.SACK: "karung",
    Unit.BOTTLE: "botol",
    Unit.TRAY: "papan",
    Unit.GRAM: "gram",
    Unit.HUNDRED_GRAMS: "ons",
    Unit.KILOGRAM: "kg",
    Unit.LITRE: "liter",
    Unit.METRE: "meter",
    Unit.HOUR: "jam",
    Unit.DAY: "hari",
    Unit.SESSION: "sesi",
    Unit.TRIP: "trip",
}
_ALSO = {"pcs": Unit.PIECE, "biji": Unit.PIECE, "kilo": Unit.KILOGRAM, "kilogram": Unit.KILOGRAM, "pak": Unit.PACK}
USUAL_UNIT = {ListingKind.FOOD: Unit.PORTION, ListingKind.SERVICE: Unit.SESSION}
_FIELDS = {name: field for field, names in COLUMNS.items() for name in names}
#: What may be listed so; transport has terms that no line holds.
_KINDS = (ListingKind.FOOD, ListingKind.GOODS, ListingKind.SERVICE)


def plain(text: str) -> str:
    """Two writings of one name are one: capitals, blanks and signs between words don't count."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("&", " dan ")))


def fields_of(header: Iterable[str]) -> dict[str, str]:
    """Our field of each column of a file that has one; of two for one field the first."""
    found: dict[str, str] = {}
    for column in header:
        field = _FIELDS.get(plain(re.sub(r"\(.*?\)", "", column)))
        if field is not None and field not in found.values():
            found[column] = field
    return found


def is_example(title: str) -> bool:
    return title.casefold().startswith(EXAMPLE)


def category_of(text: str) -> categories.Category:
    """The category of this name, in either language, or code. Raises Unread."""
    found = categories.find(text.strip()) or _by_name().get(plain(text))
    if found is None or found.kind not in _KINDS:
        raise Unread(
            "no such category: take one of the sheet Kategori",
            "kategori tidak dikenal: pakai salah satu dari lembar Kategori",
        )
    return found


@cache
def _by_name() -> dict[str, categories.Category]:
    known = categories.all_categories().values()
    return {plain(name): category for category in known for name in (category.name_en, category.name_id)}


def unit_of(text: str) -> Unit:
    """The unit of this name. Raises Unread."""
    word = plain(text)
    by_name = {name: unit for unit, name in UNITS.items()} | _ALSO | {plain(unit.value): unit for unit in Unit}
    if word not in by_name:
        known = ", ".join(UNITS.values())
        raise Unread(f"no such unit: one of {known}", f"satuan tidak dikenal: pakai salah satu dari {known}")
    return by_name[word]


def price_of(text: str) -> str:
    """A price without what stands behind the rupiah: `15.000,00` and `15.000,-` are 15.000."""
    return re.sub(r",(00|-)$", "", text.strip())


def examples() -> list[dict[str, str]]:
    """Two lines that show what to write, by our fields."""
    return [
        {
            "title": "Contoh: Nasi goreng ayam",
            "price": "15000",
            "unit": "porsi",
            "category_code": "Aneka nasi",
            "section": "Nasi",
            "description": "Pakai telur dan kerupuk",
            "minutes": "10",
            "option_groups": "Level pedas (1-1): Biasa; Pedas; Setan +2000",
            "photo": "nasi-goreng.jpg",
        },
        {
            "title": "Contoh: Beras ketan putih",
            "variant": "1 kg",
            "price": "18000",
            "unit": "bungkus",
            "on_hand": "40",
            "category_code": "Beras",
        },
    ]


def category_names() -> list[str]:
    """What may stand under `kategori`, in the tree's order."""
    return [category.name_id for category in categories.all_categories().values() if category.kind in _KINDS]
