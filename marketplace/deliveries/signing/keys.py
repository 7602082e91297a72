"""Keys of people's devices: registered with a proof, named, revoked."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.signing import attesting
from marketplace.deliveries.signing.models import CustodyKey
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.models import Account

#: Keys in use that one person may have, and all that he ever had.
MOST_LIVE, MOST_KEYS = 5, 50


class BadSignature(MarketplaceError):
    """This signature does not fit: the device must sign exactly what the documentation says, with this key."""

    code = Code.INVALID
    pesan = "Tanda tangan ini tidak cocok: perangkat harus menandatangani persis isi yang ditetapkan."


class KeyTaken(MarketplaceError):
    """This key is registered already: let the device make a new one."""

    code = Code.DUPLICATE
    pesan = "Kunci ini sudah terdaftar: buat kunci baru di perangkat."


class TooManyKeys(MarketplaceError):
    """At most {most} keys at once: revoke that of a device which you use no more."""

    code = Code.TOO_MANY
    pesan = "Paling banyak {most} kunci sekaligus: cabut kunci perangkat yang tidak dipakai lagi."


async def register_key(actor: Actor, *, name: str, public_key: str, proof: str, key: str) -> CustodyKey:
    """Register the public half of a key made on one's device; `proof` is its signature over `key_proof`.

    Raises Invalid, BadSignature, KeyTaken, TooManyKeys.
    """
    by = signed_in(actor)
    if not 1 <= len(name.strip()) <= 60:
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 60 characters", "1 sampai 60 huruf")
    if not attesting.is_key(public_key):
        raise Invalid.field("publicKey", Code.INVALID, "64 hexadecimal digits", "64 angka heksadesimal")
    if not attesting.fits(public_key, proof, attesting.key_proof(str(by), public_key)):
        raise BadSignature
    async with transaction():
        await locked_one(Account, by)  # two at once can't pass the bound together
        key_id = new_id()
        earlier = await once(by, "registerCustodyKey", key, [name, public_key], key_id)
        if earlier is not None:
            return await CustodyKey.get(pk=earlier)
        mine = await CustodyKey.filter(account_id=by)
        if sum(row.revoked_at is None for row in mine) >= MOST_LIVE or len(mine) >= MOST_KEYS:
            raise TooManyKeys(most=MOST_LIVE if len(mine) < MOST_KEYS else MOST_KEYS)
        if await CustodyKey.exists(public_key=public_key):
            raise KeyTaken
        return await CustodyKey.create(id=key_id, account_id=by, name=name.strip(), public_key=public_key)


async def revoke_key(actor: Actor, *, key_id: UUID, reason: str) -> CustodyKey:
    """Nothing signed with it is taken any more; what was, stays. Twice is once. Raises NotFound, Invalid."""
    by = signed_in(actor)
    if len(reason) > 300:
        raise Invalid.field("reason", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    async with transaction():
        row = await locked_one(CustodyKey, key_id)
        if row is None or row.account_id != by:
            raise NotFound("custody key")
        if row.revoked_at is None:
            row.revoked_at, row.reason = clock.now(), reason.strip()
            await row.save(update_fields=["revoked_at", "reason"])
        return row


async def keys_of(account_id: UUID) -> list[CustodyKey]:
    """The person's keys, newest first; 50 at most."""
    return await CustodyKey.filter(account_id=account_id).order_by("-id").limit(MOST_KEYS)


async def keys_by_id(ids: Sequence[UUID]) -> Mapping[UUID, CustodyKey]:
    """The keys with these ids. One statement."""
    return {row.pk: row for row in await rows_by(CustodyKey, "id", ids)}
