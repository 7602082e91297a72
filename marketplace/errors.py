"""The one family of errors that a user may see.

An error stands beside the code that raises it, names a stable `code`, and says in its docstring (English)
and in `pesan` (Bahasa Indonesia) what happened and what to do. Both are templates over the keyword
arguments it was raised with:

    class OutOfStock(MarketplaceError):
        \"""Only {available} of {title} are left: order fewer.\"""
        code = Code.OUT_OF_STOCK
        pesan = "{title} tinggal {available}: kurangi jumlahnya."

    raise OutOfStock(title="Beras", available=3)

A `state`, and what else `vocabulary` has words for, is raised by its key and told in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from inspect import cleandoc
from typing import ClassVar

from marketplace.vocabulary import worded


class Code(StrEnum):
    """What went wrong. A code never changes its meaning; a client may branch on it."""

    # of the request
    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_SHORT = "TOO_SHORT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    TOO_MANY = "TOO_MANY"
    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"
    CONFLICT = "CONFLICT"
    DUPLICATE = "DUPLICATE"
    STALE_CURSOR = "STALE_CURSOR"
    IDEMPOTENCY_MISMATCH = "IDEMPOTENCY_MISMATCH"
    RATE_LIMITED = "RATE_LIMITED"
    QUERY_TOO_DEEP = "QUERY_TOO_DEEP"
    QUERY_TOO_COSTLY = "QUERY_TOO_COSTLY"
    BODY_TOO_LARGE = "BODY_TOO_LARGE"
    UNSUPPORTED_MEDIA = "UNSUPPORTED_MEDIA"
    # of a thing's life
    WRONG_STATE = "WRONG_STATE"
    EXPIRED = "EXPIRED"
    SUSPENDED = "SUSPENDED"
    NEEDS_TWO_OFFICERS = "NEEDS_TWO_OFFICERS"
    COOLING_OFF = "COOLING_OFF"
    AGAINST_THE_LAW = "AGAINST_THE_LAW"
    # of identity
    WRONG_CODE = "WRONG_CODE"
    WRONG_PIN = "WRONG_PIN"
    WRONG_PASSWORD = "WRONG_PASSWORD"
    # of selling and buying
    SHOP_CLOSED = "SHOP_CLOSED"
    NOT_FOR_SALE = "NOT_FOR_SALE"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    OUT_OF_RADIUS = "OUT_OF_RADIUS"
    OUT_OF_ZONE = "OUT_OF_ZONE"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    SLOT_TAKEN = "SLOT_TAKEN"
    PRICE_CHANGED = "PRICE_CHANGED"
    PAYMENT_FAILED = "PAYMENT_FAILED"
    PAYMENT_METHOD_UNAVAILABLE = "PAYMENT_METHOD_UNAVAILABLE"
    # of carrying
    JOB_TAKEN = "JOB_TAKEN"
    NOT_ON_SHIFT = "NOT_ON_SHIFT"
    AT_JOB_LIMIT = "AT_JOB_LIMIT"
    CASH_LIMIT = "CASH_LIMIT"
    # of money
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    NET_DEBIT_CAP = "NET_DEBIT_CAP"
    PERIOD_LOCKED = "PERIOD_LOCKED"
    # of the node
    SEARCH_UNAVAILABLE = "SEARCH_UNAVAILABLE"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with one field. `path` walks the input, e.g. `("lines", "0", "quantity")`."""

    path: tuple[str, ...]
    code: Code
    message: str
    pesan: str

    def told(self, language: str) -> str:
        """The sentence for a person, in `id` (default) or `en`."""
        return self.message if language == "en" else self.pesan or self.message


class MarketplaceError(Exception):
    """The request could not be carried out."""

    code: ClassVar[Code] = Code.INVALID
    pesan: ClassVar[str] = "Permintaan tidak dapat dijalankan."
    retryable: ClassVar[bool] = False

    def __init__(self, *, faults: Sequence[FieldFault] = (), **values: object) -> None:
        self.faults = tuple(faults)
        self.values = values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """The sentence for a person, in `id` (default) or `en`."""
        template = cleandoc(type(self).__doc__ or "") if language == "en" else self.pesan
        told = template.format(**{name: worded(name, value, language) for name, value in self.values.items()})
        return told[:1].upper() + told[1:]  # a template may begin with a value


class Invalid(MarketplaceError):
    """The input is not valid: see the fields."""

    code = Code.INVALID
    pesan = "Isian belum benar: lihat keterangan tiap isian."

    @classmethod
    def field(cls, path: str, code: Code, message: str, pesan: str) -> "Invalid":
        """One wrong field, in English and in Bahasa Indonesia; `path` is dotted: `lines.0.quantity`."""
        return cls(faults=[FieldFault(tuple(path.split(".")), code, message, pesan)])


class NotFound(MarketplaceError):
    """There is no such {what}, or you may not see it."""

    code = Code.NOT_FOUND
    pesan = "{what} tidak ditemukan, atau Anda tidak berhak melihatnya."

    def __init__(self, what: str = "thing") -> None:
        super().__init__(what=what)


class Conflict(MarketplaceError):
    """Someone else changed this at the same moment: read it again and repeat."""

    code = Code.CONFLICT
    pesan = "Data ini baru saja diubah: muat ulang lalu coba lagi."
    retryable = True
