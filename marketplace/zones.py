"""Which of Indonesia's three times a region keeps. Pure."""

#: Provinces (Kemendagri) by zone; all others are on western time.
_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


def zone_of(region_code: str) -> str:
    """The IANA zone of a region by its province: WIB, WITA or WIT."""
    province = region_code[:2]
    if province in _EASTERN:
        return "Asia/Jayapura"
    return "Asia/Makassar" if province in _CENTRAL else "Asia/Jakarta"
