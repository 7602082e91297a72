"""What the seeded shops sell: menus by kind of shop, at prices that people pay in Surabaya. Plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dish:
    """A listing of a menu: rupiah and minutes."""

    title: str
    category: str
    price: int
    minutes: int = 10
    description: str = ""


COFFEE = (
    Dish("Kopi Tubruk", "food.coffee", 7_000, 5, "Robusta Dampit, gula terpisah"),
    Dish("Kopi Susu Gula Aren", "food.coffee", 16_000, 6),
    Dish("Es Teh Manis", "food.drinks", 5_000, 3),
    Dish("Roti Bakar Cokelat Keju", "food.bread", 17_000, 10),
    Dish("Pisang Goreng", "food.snacks", 12_000, 10, "Lima potong, pisang kepok"),
    Dish("Indomie Telur", "food.noodles", 13_000, 9),
)
RICE = (
    Dish("Nasi Goreng Jawa", "food.rice", 18_000, 12, "Dengan telur mata sapi dan acar"),
    Dish("Nasi Goreng Seafood", "food.rice", 24_000, 14),
    Dish("Ayam Geprek Sambal Korek", "food.chicken", 19_000, 12, "Pedas, dengan nasi dan lalapan"),
    Dish("Rawon Daging", "food.soup", 28_000, 10, "Dengan telur asin dan kerupuk"),
    Dish("Soto Ayam Lamongan", "food.soup", 17_000, 8),
    Dish("Es Jeruk", "food.drinks", 7_000, 3),
)
SATAY = (
    Dish("Sate Ayam Madura", "food.satay", 25_000, 15, "Sepuluh tusuk dengan lontong"),
    Dish("Gule Kambing", "food.soup", 30_000, 12),
    Dish("Bakso Urat", "food.meatballs", 18_000, 8),
    Dish("Mie Ayam Pangsit", "food.noodles", 16_000, 10),
    Dish("Tahu Tek", "food.snacks", 15_000, 10, "Khas Surabaya, bumbu petis"),
    Dish("Teh Hangat", "food.drinks", 4_000, 3),
)
MENUS = (COFFEE, RICE, SATAY)

#: A word of the shop's name or cuisine decides its menu; else the shops take turns.
MENU_WORDS = {
    "satay": SATAY,
    "rice": RICE,
    "kopi": COFFEE,
    "coffee": COFFEE,
    "cafe": COFFEE,
    "café": COFFEE,
    "warkop": COFFEE,
    "sate": SATAY,
    "bakso": SATAY,
    "nasi": RICE,
    "ayam": RICE,
}

SPICE = (("Tidak pedas", 0), ("Sedang", 0), ("Pedas", 0), ("Ekstra cabai", 2_000))


def menu_for(name: str, cuisine: str, turn: int) -> tuple[Dish, ...]:
    """The menu that suits a shop."""
    text = f"{name} {cuisine}".lower()
    for word, menu in MENU_WORDS.items():
        if word in text:
            return menu
    return MENUS[turn % len(MENUS)]
