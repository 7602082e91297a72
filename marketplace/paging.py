"""Keyset pages: a list continues after the last row seen, however much was added meanwhile."""

import base64
import binascii
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from marketplace.errors import Code, Invalid, MarketplaceError

LARGEST_PAGE = 100


class StaleCursor(MarketplaceError):
    """This cursor does not belong to this list: start again without `after`."""

    code = Code.STALE_CURSOR
    pesan = "Penanda halaman ini tidak berlaku: mulai lagi dari awal."


T = TypeVar("T")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A slice of a list: its rows, a cursor for each, and whether more follow."""

    rows: list[T]
    cursors: list[str]
    has_next: bool


def check_first(first: int) -> int:
    """`first` if it is within 1..100; raises Invalid."""
    if not 1 <= first <= LARGEST_PAGE:
        raise Invalid.field("first", Code.OUT_OF_RANGE, "ask for 1 to 100", "minta 1 sampai 100")
    return first


def encode_cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode("\x1f".join(map(str, parts)).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, parts: int) -> list[str]:
    """The parts of a cursor made by `encode_cursor`; raises StaleCursor."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as cause:
        raise StaleCursor from cause
    found = text.split("\x1f")
    if len(found) != parts:
        raise StaleCursor
    return found


async def page_by_id(queryset: QuerySet[M], *, first: int, after: str | None, newest_first: bool = True) -> Page[M]:
    """A page in the order of uuid7 ids, which is the order of age. Costs one statement."""
    check_first(first)
    if after is not None:
        (last,) = decode_cursor(after, 1)
        try:
            bound = UUID(last)
        except ValueError as cause:
            raise StaleCursor from cause
        queryset = queryset.filter(**{"id__lt" if newest_first else "id__gt": bound})
    rows = await queryset.order_by("-id" if newest_first else "id").limit(first + 1)
    shown = rows[:first]
    return Page(shown, [encode_cursor(row.pk) for row in shown], len(rows) > first)
