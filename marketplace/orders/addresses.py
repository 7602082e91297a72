"""Where buyers receive things."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.models import Address
from marketplace.orders.parts import Drop

MOST_ADDRESSES = 30
LENGTHS = {
    "label": 40,
    "recipient": 120,
    "street": 200,
    "rt": 3,
    "rw": 3,
    "kelurahan": 80,
    "patokan": 160,
    "note": 200,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is entered: the pin, and what a courier needs to find the door."""

    lat: float
    lon: float
    recipient: str
    phone: str
    street: str
    label: str = ""
    rt: str = ""
    rw: str = ""
    kelurahan: str = ""
    patokan: str = ""
    note: str = ""


def check_place(place: Place) -> None:
    """Raises Invalid naming each field at fault."""
    faults = [
        FieldFault(("address", name), Code.TOO_LONG, f"at most {most}", f"paling banyak {most} huruf")
        for name, most in LENGTHS.items()
        if len(getattr(place, name)) > most
    ]
    faults += [
        FieldFault(("address", name), Code.REQUIRED, "fill this in", "harus diisi")
        for name in ("recipient", "street")
        if not getattr(place, name).strip()
    ]
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        faults.append(FieldFault(("address", "point"), Code.OUT_OF_RANGE, "not on the earth", "titik salah"))
    if faults:
        raise Invalid(faults=faults)


def drop_of(place: Place | Address) -> Drop:
    """The address as a courier reads it."""
    area = " ".join(
        part
        for part in (
            f"RT {place.rt}" if place.rt else "",
            f"RW {place.rw}" if place.rw else "",
            f"Kel. {place.kelurahan}" if place.kelurahan else "",
        )
        if part
    )
    patokan = f"patokan: {place.patokan}" if place.patokan else ""
    text = ", ".join(part for part in (place.street, area, patokan, place.note) if part)
    return Drop(place.lat, place.lon, place.recipient, place.phone, text)


async def save_address(actor: Actor, *, place: Place, address_id: UUID | None = None) -> Address:
    """Keep a new address, or change one of the actor's own. Orders placed keep theirs."""
    account_id = signed_in(actor)
    check_place(place)
    values = {name: getattr(place, name) for name in (*LENGTHS, "phone", "lat", "lon")}
    async with transaction():
        if address_id is not None:
            row = await own_address(account_id, address_id)
            await row.update_from_dict(values).save(update_fields=list(values))
            return row
        if await Address.filter(account_id=account_id, removed_at__isnull=True).count() >= MOST_ADDRESSES:
            raise Invalid.field("address", Code.TOO_MANY, "at most 30 addresses", "paling banyak 30 alamat")
        row = Address(id=new_id(), account_id=account_id, **values)
        await row.save(force_create=True)
        return row


async def remove_address(actor: Actor, *, address_id: UUID) -> Address:
    """Forget one of the actor's own addresses."""
    async with transaction():
        row = await own_address(signed_in(actor), address_id)
        row.removed_at = clock.now()
        await row.save(update_fields=["removed_at"])
        return row


async def own_address(account_id: UUID, address_id: UUID) -> Address:
    """The account's own address; raises NotFound."""
    row = await Address.get_or_none(id=address_id, account_id=account_id, removed_at__isnull=True)
    if row is None:
        raise NotFound("address")
    return row


async def addresses_of(account_id: UUID) -> Sequence[Address]:
    """The account's addresses, newest first. Bounded by MOST_ADDRESSES."""
    return await Address.filter(account_id=account_id, removed_at__isnull=True).order_by("-id")
