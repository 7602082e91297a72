"""Scalars: the units of the API. Each refuses what is not a whole, bounded number."""

import re
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig

from marketplace.errors import Invalid
from marketplace.identity.phones import normalised
from marketplace.money import FULL_SHARE_BP, LARGEST_RUPIAH, with_points

Rupiah = NewType("Rupiah", int)
BasisPoints = NewType("BasisPoints", int)
Metres = NewType("Metres", int)
Grams = NewType("Grams", int)
PhoneNumber = NewType("PhoneNumber", str)


class BadValue(GraphQLError):
    """What a scalar doesn't take, with a sentence for who filled it in; the message is for who wrote the request."""

    def __init__(self, message: str, *, pesan: str, told: str) -> None:
        super().__init__(message)
        self.pesan, self.told = pesan, told


def rupiah_or_none(amount: int | None) -> Rupiah | None:
    return None if amount is None else Rupiah(amount)


def _whole(name: str, least: int, most: int) -> Any:
    def parse(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadValue(
                f"{name} takes a whole number from {least} to {most}.",
                pesan=f"Isi bilangan bulat dari {with_points(least)} sampai {with_points(most)}.",
                told=f"Give a whole number from {least:,} to {most:,}.",
            )
        return value

    return parse


def _phone(value: object) -> str:
    """As it is written at home too: who fills in a form writes `0812-3456-7890`."""
    if isinstance(value, str) and re.fullmatch(r"\+[1-9]\d{6,14}", value):
        return value
    try:
        return normalised(str(value))
    except Invalid as cause:
        raise BadValue(
            "PhoneNumber takes E.164, or as written in Indonesia: 0812-3456-7890.",
            pesan="Tulis nomor HP seperti 0812-3456-7890.",
            told="Write a phone number like 0812-3456-7890, or +6281234567890.",
        ) from cause


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as cause:
        raise BadValue(
            "Date takes a day as ISO 8601 writes it: 2026-11-24.",
            pesan="Isi tanggal yang ada di kalender.",
            told="Give a day of the calendar.",
        ) from cause


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadValue(
            "DateTime takes RFC 3339 with a zone: 2026-11-24T05:00:00Z.",
            pesan="Isi tanggal dan jam.",
            told="Give a day and an hour.",
        )
    return moment.astimezone(UTC)


def _print_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


SCALARS: dict[object, Any] = {
    Rupiah: strawberry.scalar(
        name="Rupiah",
        description="Whole rupiah, a JSON number within 2^53. Never a fraction.",
        serialize=int,
        parse_value=_whole("Rupiah", -LARGEST_RUPIAH, LARGEST_RUPIAH),
    ),
    BasisPoints: strawberry.scalar(
        name="BasisPoints",
        description="A share in 1/100 of a percent: 0 to 10000. 500 is 5 %.",
        serialize=int,
        parse_value=_whole("BasisPoints", 0, FULL_SHARE_BP),
    ),
    Metres: strawberry.scalar(
        name="Metres",
        description="A distance in whole metres.",
        serialize=int,
        parse_value=_whole("Metres", 0, 50_000_000),
    ),
    Grams: strawberry.scalar(
        name="Grams",
        description="A weight in whole grams.",
        serialize=int,
        parse_value=_whole("Grams", 0, 100_000_000),
    ),
    PhoneNumber: strawberry.scalar(
        name="PhoneNumber",
        description="A phone number in E.164: +6281234567890. As input also as written in Indonesia: 0812-3456-7890.",
        serialize=str,
        parse_value=_phone,
    ),
    date: strawberry.scalar(
        name="Date",
        description="Date (isoformat)",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in RFC 3339, UTC: 2026-11-24T05:00:00Z.",
        serialize=_print_moment,
        parse_value=_moment,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)


@strawberry.type(description="A point on the earth, WGS84.")
class GeoPoint:
    lat: float = strawberry.field(description="Latitude in degrees, -90 to 90.")
    lon: float = strawberry.field(description="Longitude in degrees, -180 to 180.")


@strawberry.input(description="A point on the earth, WGS84.")
class GeoPointInput:
    lat: float = strawberry.field(description="Latitude in degrees, -90 to 90.")
    lon: float = strawberry.field(description="Longitude in degrees, -180 to 180.")
