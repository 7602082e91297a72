"""Who lives in the seeded town: co-ops with their officers, drivers, traders, a buyer. Plain data."""

from dataclasses import dataclass

from cooperatives.membership.models import CooperativeKind
from marketplace.identity.actor import Role

SURABAYA = "35.78"


@dataclass(frozen=True, slots=True)
class LogIn:
    """A person of the town to sign in as."""

    role: str
    name: str
    phone: str
    where: str


@dataclass(frozen=True, slots=True)
class CooperativePlan:
    """A co-op to found. `prefix` begins its people's phone numbers."""

    slug: str
    code: str
    name: str
    kind: CooperativeKind
    commission_bp: int
    prefix: str
    officers: tuple[str, str, str]  # ketua, sekretaris, bendahara
    supervisor: str  # pengawas


COOPERATIVES = (
    CooperativePlan(
        "pengemudi-suroboyo",
        "DRV",
        "Koperasi Pengemudi Suroboyo",
        CooperativeKind.DRIVER,
        500,
        "+62812310000",
        ("Sutrisno Hadi", "Rini Wulandari", "Bambang Prasetyo"),
        "Mochamad Arifin",
    ),
    CooperativePlan(
        "pedagang-pasar-wonokromo",
        "MKT",
        "Koperasi Pedagang Pasar Wonokromo",
        CooperativeKind.TRADER,
        500,
        "+62812320000",
        ("Hj. Siti Maimunah", "Agus Salim", "Lilik Suryani"),
        "Djoko Santoso",
    ),
    CooperativePlan(
        "warung-arek-suroboyo",
        "FOD",
        "Koperasi Warung Arek Suroboyo",
        CooperativeKind.FOOD,
        500,
        "+62812330000",
        ("Endang Lestari", "Yusuf Hidayat", "Maria Goretti"),
        "Slamet Riyadi",
    ),
    CooperativePlan(
        "kurir-tanjung-perak",
        "LOG",
        "Koperasi Kurir Tanjung Perak",
        CooperativeKind.LOGISTICS,
        500,
        "+62812340000",
        ("Abdul Rochim", "Dewi Anggraini", "Hendra Gunawan"),
        "Nur Aini",
    ),
)

#: (whose sellers, whose drivers, the carrier's share of the delivery price in basis points)
ALLIANCES = (
    ("FOD", "DRV", 10_000),
    ("MKT", "DRV", 10_000),
    ("FOD", "LOG", 10_000),
    ("MKT", "LOG", 10_000),
)

OFFICES = (Role.CHAIR, Role.SECRETARY, Role.TREASURER)

DRIVERS = {
    "DRV": (
        "Suparman",
        "Eko Wahyudi",
        "Fitri Handayani",
        "Joko Susilo",
        "Ahmad Fauzi",
        "Wawan Setiawan",
        "Ratna Sari",
        "Dedi Kurniawan",
    ),
    "LOG": ("Imam Syafii", "Teguh Santosa", "Yanti Kusuma", "Rudi Hartono"),
}

MARKET_TRADERS = (
    "Kios Beras Bu Tutik",
    "Lapak Bumbu Cak Mat",
    "Sayur Segar Mbak Yem",
    "Ayam Potong Pak Kasan",
    "Sembako Barokah",
    "Ikan Laut Bu Sumi",
    "Telur Pak Darmo",
    "Grosir Minyak Haji Anwar",
)

BUYER_PHONE, BUYER_NAME = "+6281235000001", "Ayu Permata"
OPERATOR_PHONE, OPERATOR_NAME = "+6281230000001", "Pengelola Node"
