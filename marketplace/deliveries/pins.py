"""PINs of hand-overs: shown to the one side, told to the other, tried a bounded number of times."""

import hmac
import secrets
from typing import TypeAlias

from marketplace.deliveries.models import CounterTries, DeliveryJob, DriverHandOver, Drop
from marketplace.errors import Code, MarketplaceError

DIGITS = 4
#: Wrong tries after which only a dispatcher may go on (`releasePins`).
MOST_TRIES = 5
#: What counts wrong tries.
Counts: TypeAlias = DeliveryJob | Drop | CounterTries | DriverHandOver


class WrongPin(MarketplaceError):
    """This PIN is not the one: ask again. {left} tries are left."""

    code = Code.WRONG_PIN
    pesan = "PIN salah: tanyakan lagi. Sisa {left} kali coba."

    def __init__(self, row: Counts) -> None:
        self.row = row  # which counts the tries
        super().__init__(left=MOST_TRIES - row.wrong_pins - 1)


class PinLocked(MarketplaceError):
    """Too many wrong PINs: a dispatcher of the co-op must let you try again."""

    code = Code.TOO_MANY
    pesan = "Terlalu banyak PIN salah: minta petugas koperasi membukanya."


def new_pin() -> str:
    """Four random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def check(given: str, *, wanted: str, row: Counts) -> None:
    """Go on only with the right PIN. `row` counts wrong tries. Raises PinLocked or WrongPin."""
    if row.wrong_pins >= MOST_TRIES:
        raise PinLocked
    if not hmac.compare_digest(given.strip().encode(), wanted.encode()):
        raise WrongPin(row)


async def count_wrong(wrong: WrongPin) -> None:
    """Remember one wrong try, under the job's lock, in a transaction that the wrong try did not undo."""
    wrong.row.wrong_pins += 1
    if isinstance(wrong.row, CounterTries):
        await CounterTries.update_or_create(defaults={"wrong_pins": wrong.row.wrong_pins}, id=wrong.row.pk)
    else:
        await wrong.row.save(update_fields=["wrong_pins"])
