"""Phone numbers as E.164. A number that is merely possible is taken: numbering plans change."""

from uuid import UUID

import phonenumbers

from marketplace.errors import Code, Invalid

HOME_REGION = "ID"
_UNKNOWN = "x"


def normalised(text: str, field: str = "phone") -> str:
    """`text` as E.164; `0812-3456-7890` is read as Indonesian. Raises Invalid naming `field`."""
    try:
        number = phonenumbers.parse(text, HOME_REGION) if len(text) <= 40 else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Invalid.field(
            field,
            Code.INVALID,
            "not a phone number: write it as +6281234567890",
            "bukan nomor HP: tulis seperti 0812-3456-7890",
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def unknown(owner: UUID) -> str:
    """What stands for the phone of one who gave none: nobody signs in with it, and nothing is sent there."""
    return f"{_UNKNOWN}{owner.hex[-15:]}"


def is_known(phone: str) -> bool:
    """Whether it is a phone, and does not only stand for one."""
    return not phone.startswith(_UNKNOWN)


def masked(phone: str) -> str:
    """The number for the eyes of others: `+62812•••7890`."""
    if not is_known(phone):
        return ""
    return phone if len(phone) < 9 else phone[:6] + "•••" + phone[-4:]
