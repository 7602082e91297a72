"""QRIS codes as text: EMVCo's merchant-presented QR, Indonesia's profile. Pure.

A code is a row of fields, each a two-digit tag, a two-digit length and a value; some values are rows of fields
themselves. Tag 63 is last: CRC-16/CCITT-FALSE over all before it, its own tag and length included.
Source: EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode; the QRIS standard of Bank Indonesia.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.errors import Code, MarketplaceError

LONGEST = 512
#: Bank Indonesia's bound on one payment by QRIS, in rupiah.
LARGEST_AMOUNT = 10_000_000
RUPIAH = "360"
GUID = "ID.CO.QRIS.WWW"
STATIC, DYNAMIC = "11", "12"

Fields = Sequence[tuple[str, str]]


class NotQris(MarketplaceError):
    """This is no QRIS code: {why}. Copy the whole text, from 000201 to the four characters at its end."""

    code = Code.INVALID
    pesan = "Ini bukan kode QRIS: {why}. Salin seluruh isi kode, dari 000201 sampai empat huruf di ujungnya."


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who is paid by a code."""

    name: str
    city: str
    nmid: str  # the national merchant id, `ID10…`; empty where the code has none
    category: str = ""


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE as four capital hexadecimal digits: `123456789` is `29B1`."""
    crc = 0xFFFF
    for byte in text.encode():
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return f"{crc:04X}"


def parse(payload: str) -> list[tuple[str, str]]:
    """The fields of a code, its check included. Raises NotQris."""
    if len(payload) > LONGEST or not payload.isascii() or not payload.isprintable():
        raise NotQris(why="too long, or with signs that no code has")
    fields = _fields(payload)
    if not payload.startswith("000201"):
        raise NotQris(why="it does not begin with 000201")
    tags = [tag for tag, _ in fields]
    if tags[-1] != "63" or len(set(tags)) != len(tags):
        raise NotQris(why="its fields are not in order")
    if crc16(payload[:-4]) != payload[-4:].upper():
        raise NotQris(why="its check digits are wrong, something is missing or mistyped")
    return fields


def _fields(text: str) -> list[tuple[str, str]]:
    fields, at = [], 0
    while at < len(text):
        head = text[at : at + 4]
        if len(head) < 4 or not head.isdigit():
            raise NotQris(why="it is cut off")
        end = at + 4 + int(head[2:])
        if end > len(text):
            raise NotQris(why="it is cut off")
        fields.append((head[:2], text[at + 4 : end]))
        at = end
    return fields


def build(fields: Iterable[tuple[str, str]]) -> str:
    """The code of these fields, with its check; a check among them is left out."""
    text = "".join(field(tag, value) for tag, value in fields if tag != "63") + "6304"
    return text + crc16(text)


def field(tag: str, value: str) -> str:
    """One field. Raises ValueError when the value is empty or longer than 99 characters."""
    if not 1 <= len(value) <= 99:
        raise ValueError(f"field {tag} takes 1 to 99 characters")
    return f"{tag}{len(value):02}{value}"


def merchant_of(payload: str) -> Merchant:
    """Who is paid by this code, which must be one in rupiah of a merchant in Indonesia. Raises NotQris."""
    values = dict(parse(payload))
    if values.get("53") != RUPIAH or values.get("58") != "ID":
        raise NotQris(why="it is not in rupiah, or not of Indonesia")
    accounts = [values[tag] for tag in map(str, range(26, 52)) if tag in values]
    if not accounts:
        raise NotQris(why="it names no merchant's account")
    nmid = ""
    for account in accounts:
        parts = dict(_fields(account))
        if parts.get("00", "").upper() == GUID:
            nmid = parts.get("02", "")
    return Merchant(values.get("59", ""), values.get("60", ""), nmid, values.get("52", ""))


def static(merchant: Merchant, *, criteria: str = "UMI", postal_code: str = "") -> str:
    """The code that a merchant hangs up: the buyer types the amount. `criteria`: UMI, UKE, UME or UBE."""
    account = field("00", GUID) + field("02", merchant.nmid) + field("03", criteria)
    fields = [
        ("00", "01"),
        ("01", STATIC),
        ("51", account),
        ("52", merchant.category or "0000"),
        ("53", RUPIAH),
        ("58", "ID"),
        ("59", merchant.name[:25]),
        ("60", merchant.city[:15]),
    ]
    return build([*fields, ("61", postal_code)] if postal_code else fields)


def for_amount(payload: str, amount: int) -> str:
    """The same merchant's code for one amount: nothing is left to type. Raises NotQris, ValueError."""
    if not 1 <= amount <= LARGEST_AMOUNT:
        raise ValueError(f"a QRIS payment is 1 to {LARGEST_AMOUNT} rupiah")
    # what asks for a tip (55 to 57) and the old amount fall away
    kept = {tag: value for tag, value in parse(payload) if tag not in ("54", "55", "56", "57", "63")}
    kept["01"], kept["54"] = DYNAMIC, str(amount)
    return build(sorted(kept.items()))
