"""The embedded index's fields, and a document as one of its rows."""

import hashlib
import json
from datetime import datetime
from typing import Any

import tantivy

from search import language, places, week
from search.documents import ListingDocument
from search.version import version_of

#: Raised whenever fields come, go or change their kind: an index of another form can't be searched.
FORM = 6

#: Words are searched here, with what a match in each counts.
WORD_FIELDS = {"title": 4.0, "seller": 1.5, "category_names": 1.5, "description": 0.5}
#: Every word of those fields: what merely matches is found by one list a word.
ALL_WORDS = "words"
#: Facet -> the field that names its value. `<field>_code` holds the same as a number, for counting.
FACET_FIELDS = ("kind", "category", "cooperative")
#: What is told to who is still typing; `<field>_code` as for facets.
COMPLETED_FIELDS = ("shown", "seller_id")
#: What lifts a hit beside its words.
LIFTING_FIELDS = ("reliability", "listed_s", "is_member")


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for name in WORD_FIELDS:
        builder.add_text_field(name)
    builder.add_text_field("bones")
    builder.add_text_field(ALL_WORDS, index_option="basic")
    for name in ("heads", "categories", "region", "cell"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in COMPLETED_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", stored=True)
        builder.add_unsigned_field(f"{name}_code", fast=True)
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True, stored=True)
        builder.add_unsigned_field(f"{name}_code", fast=True)
    for name in ("shut", "closed", "opened"):
        builder.add_integer_field(name, indexed=True)
    builder.add_bytes_field("hours", stored=True)
    builder.add_unsigned_field("hours_code", fast=True)
    builder.add_integer_field("paused_until", indexed=True, fast=True)
    builder.add_integer_field("price_min", indexed=True, fast=True)
    builder.add_integer_field("price_max", indexed=True, fast=True)
    for name in ("id_high", "id_low", *LIFTING_FIELDS):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("lat", fast=True)
    builder.add_float_field("lon", fast=True)
    return builder.build()


SCHEMA = _schema()


def version() -> str:
    """Of what an index is made with."""
    return version_of("embedded", FORM, places.RESOLUTIONS)


def code_of(value: str) -> int:
    """A number for a facet's value: 63 bits of its hash, so that two values never meet in practice."""
    return int.from_bytes(hashlib.blake2b(value.encode(), digest_size=8).digest(), "big") >> 1


def seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment is not None else 0


def heads_of(title: str) -> list[str]:
    """What the title begins with, by one, two and three words: in Bahasa Indonesia the thing itself comes first."""
    words = title.split()[: language.LONGEST_VARIANT]
    return [" ".join(words[: place + 1]) for place in range(len(words))]


def column(searcher: tantivy.Searcher, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
    """What these documents hold in a field of numbers."""
    return searcher.fast_field_values(name, addresses) if addresses else []


def row_of(document: ListingDocument) -> tantivy.Document:
    """The document as the index stores it."""
    facets = {
        "kind": document.kind,
        "category": document.categories[0] if document.categories else "",
        "cooperative": str(document.cooperative_id or ""),
    }
    hours = json.dumps((document.open_minutes, document.closed_spells, document.opened_spells))
    completed = {"shown": document.title, "seller_id": str(document.seller_id)}
    title = language.normalise(document.title)
    words = {
        "title": title,
        "seller": language.normalise(document.seller_name),
        "category_names": [language.normalise(name) for name in document.category_names],
        "description": language.normalise(document.description),
    }
    row: dict[str, Any] = {
        "id": str(document.id),
        "id_high": document.id.int >> 64,
        "id_low": document.id.int & (1 << 64) - 1,
        **words,
        ALL_WORDS: [title, words["seller"], *words["category_names"], words["description"]],
        "heads": heads_of(title),
        "bones": language.bones(title),
        "categories": list(document.categories),
        "region": list(document.regions),
        "cell": list(places.cells_of(document.place)),
        "shut": week.blocks(week.outside(document.open_minutes)),
        "closed": week.spell_blocks(document.closed_spells),
        "opened": week.spell_blocks(document.opened_spells),
        "hours": hours.encode(),
        "hours_code": code_of(hours),
        "paused_until": seconds(document.paused_until),
        "price_min": document.price_min,
        "price_max": document.price_max,
        "reliability": document.reliability,
        "listed_s": seconds(document.listed_at),
        "is_member": int(document.is_member),
        "lat": document.place.lat,
        "lon": document.place.lon,
        **facets,
        **completed,
        **{f"{name}_code": code_of(value) for name, value in (facets | completed).items()},
    }
    return tantivy.Document.from_dict(row, SCHEMA)
