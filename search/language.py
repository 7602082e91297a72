"""Bahasa Indonesia as people type it: one form for documents and queries, and other ways to say a thing.

`nasgor` is `nasi goreng`, `gado2` is `gado gado`, `kopi yg enak` asks for `kopi`, `setengah kilo` is `500g`, and
`grng` is what is left of `goreng` when a thumb is in a hurry.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

MOST_WORDS = 12
LONGEST_VARIANT = 3  # words
#: Kinds of pairs that mean the same either way round. Others (related, affix, order) only point one way,
#: or mean something else often enough to spoil a result.
SAME = frozenset({"spelling", "abbreviation", "typo", "english", "joined", "synonym", "regional", "brand"})
#: Words that say nothing about a listing; a query of nothing else keeps them.
STOP_WORDS = frozenset(
    {"yang", "yg", "di", "ke", "dari", "dan", "atau", "dengan", "dgn", "untuk", "utk", "buat", "pada", "ini"}
    | {"itu", "ada", "the", "of", "and", "with", "a", "saya", "aku", "mau", "ingin", "pengen", "cari", "beli"}
    | {"pesan", "dekat", "terdekat", "sekitar", "sini", "enak", "murah", "dong", "ya", "nih"}
    | {"pingin", "kepengen", "pengin", "pgn", "gue", "gw", "aq", "kami", "kita", "makan", "minum", "jajan"}
    | {"laper", "lapar", "haus", "nyari", "order", "jual", "jualan", "penjual", "dijual", "delivery"}
    | {"ga", "gak", "nggak", "ngga", "tidak", "apa", "mana", "dimana", "berapa", "harga", "kak", "bang"}
    | {"sih", "deh", "lah", "kok", "tolong", "minta", "bisa", "boleh", "lagi", "aja", "saja", "banget", "bgt"}
    | {"seger", "segar", "lezat", "nikmat", "mantap", "terenak", "termurah", "terbaik", "promo", "recommended"}
    | {"sekarang", "hari", "malam", "pagi", "siang", "sore", "buka", "area", "daerah", "wilayah"}
)
_DOUBLED = re.compile(r"\b([^\W\d_]{2,})2\b")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_VOWELS = re.compile(r"\B[aeiou]")  # a word keeps the one that it begins with: `aym`
#: A word of at least so many letters without a vowel inside was shortened: `bkr`, `grng`.
SHORTEST_BONES = 3

#: How a unit is written -> its one form, and how many of that it is.
UNITS = {
    **dict.fromkeys(("kg", "kilo", "kilogram", "kgs"), ("g", 1_000)),
    **dict.fromkeys(("g", "gr", "gram", "grm"), ("g", 1)),
    **dict.fromkeys(("ons",), ("g", 100)),
    **dict.fromkeys(("l", "lt", "ltr", "liter", "litre"), ("ml", 1_000)),
    **dict.fromkeys(("ml", "mililiter", "cc"), ("ml", 1)),
}
#: Numbers that people write as words before a unit.
FRACTIONS = {"setengah": "0.5", "separuh": "0.5", "seperempat": "0.25", "satu": "1", "dua": "2", "lima": "5"}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_QUANTITY = re.compile(rf"\b(\d{{1,4}}(?:[.,/]\d{{1,3}})?)\s?({_UNIT})\b")
_SPOKEN = re.compile(rf"\b({'|'.join(FRACTIONS)})\s({_UNIT})\b")
_ONE = re.compile(rf"\bse({_UNIT})\b")
_BARE_QUARTER = re.compile(r"\bseperempat\b")


def normalise(text: str) -> str:
    """Lower case, no accents, no signs, one space between words; reduplication written out, quantities one word.

    `5 Kg`, `5kg` and `lima kilo` are `5kg`; `1/2 kg`, `500 gr` and `setengah kilo` are `500g`.
    """
    folded = unicodedata.normalize("NFKD", text.replace("½", "1/2").replace("¼", "1/4")).casefold()
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    whole = _STRETCHED.sub(r"\1", _DOUBLED.sub(r"\1 \1", plain))
    return _NOT_WORD.sub(" ", _quantities(whole)).strip()


def _quantities(text: str) -> str:
    spoken = _SPOKEN.sub(lambda found: f"{FRACTIONS[found[1]]} {found[2]}", text)
    spoken = _BARE_QUARTER.sub("0.25 kg", _ONE.sub(r"1 \1", spoken))
    return _QUANTITY.sub(_quantity, spoken)


def _quantity(found: re.Match[str]) -> str:
    """One form for an amount: whole kilos and litres as such, anything else in grams or millilitres."""
    number, unit = found[1].replace(",", "."), found[2]
    upper, _, lower = number.partition("/")
    value = float(upper) / (float(lower) if lower.isdigit() and int(lower) else 1)
    small, many = UNITS[unit]
    amount = round(value * many)
    if amount and amount % 1_000 == 0:
        return f"{amount // 1_000}{'kg' if small == 'g' else 'l'}"
    return f"{amount}{small}"


def bones(text: str) -> str:
    """Normalised words without the vowels inside them, as they are typed in a hurry."""
    return _VOWELS.sub("", text)


def is_bones(word: str) -> bool:
    """Whether the word looks shortened so."""
    return len(word) >= SHORTEST_BONES and word.isalpha() and bones(word) == word


def words_of(text: str) -> tuple[str, ...]:
    """The normalised words of a text."""
    return tuple(normalise(text).split())


def query_words(text: str) -> tuple[str, ...]:
    """The words that a query asks for: stop words dropped unless nothing else is left; at most MOST_WORDS."""
    words = words_of(text)
    meaning = tuple(word for word in words if word not in STOP_WORDS)
    return (meaning or words)[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for, and other wordings of it, each some words that must all be there."""

    words: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


def terms(words: tuple[str, ...]) -> list[Term]:
    """The words as terms: the longest wordings that are known, from the left, else single words."""
    found = []
    start = 0
    while start < len(words):
        for length in range(min(LONGEST_VARIANT, len(words) - start), 0, -1):
            phrase = words[start : start + length]
            if length == 1 or phrase in variants():
                found.append(Term(phrase, variants().get(phrase, ())))
                start += length
                break
    return found


@cache
def variants() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Every known wording -> the others that mean the same."""
    pairs: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    with resources.files("search").joinpath("data/search_variants_id.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            one, other = words_of(row["variant"]), words_of(row["canonical"])
            if row["kind"] in SAME and one != other:
                pairs.setdefault(one, []).append(other)
                pairs.setdefault(other, []).append(one)
    return {wording: tuple(dict.fromkeys(others)) for wording, others in pairs.items()}
