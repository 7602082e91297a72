"""Which of Indonesia's three times a region keeps. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

#: Provinces (Kemendagri) by zone; all others are on western time.
_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


#: As people call the three times.
_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def told_at(moment: datetime, region_code: str) -> str:
    """A moment by the clocks of a region: `2026-12-10 09:00 WIB`."""
    zone = zone_of(region_code)
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {_NAMES[zone]}"


def zone_of(region_code: str) -> str:
    """The IANA zone of a region by its province: WIB, WITA or WIT."""
    province = region_code[:2]
    if province in _EASTERN:
        return "Asia/Jayapura"
    return "Asia/Makassar" if province in _CENTRAL else "Asia/Jakarta"
