"""One intent, carried out once, however often it is sent.

Unique by (actor, mutation, key). The row is written first, inside the business transaction, with a hash of
the input; a refusal rolls it back with everything else, so a refused intent may be sent again.
"""

import hashlib
from typing import Any
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.models import Model

from marketplace import clock
from marketplace.database import connection, is_postgres, new_id
from marketplace.errors import Code, Invalid, MarketplaceError

KEY_LENGTH = 100


class IdempotencyMismatch(MarketplaceError):
    """This idempotency key was already used with another input: make a new key for a new intent."""

    code = Code.IDEMPOTENCY_MISMATCH
    pesan = "Kunci idempotensi ini sudah dipakai untuk isian lain: buat kunci baru."


class IdempotencyKey(Model):
    """An intent already carried out, and the id of what came of it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    actor_id = fields.UUIDField()
    mutation = fields.CharField(max_length=60)
    key = fields.CharField(max_length=KEY_LENGTH)
    input_hash = fields.CharField(max_length=64)
    result_id = fields.UUIDField()
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "idempotency_key"
        unique_together = (("actor_id", "mutation", "key"),)


def input_hash(input: Any) -> str:
    """SHA-256 of the input as canonical JSON; dataclasses, UUIDs and datetimes included."""
    return hashlib.sha256(orjson.dumps(input, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()


async def once(actor_id: UUID, mutation: str, key: str, input: Any, result_id: UUID) -> UUID | None:
    """Claim the intent inside the caller's transaction.

    `result_id` is the id that the result will have (make it before). Answers None when the intent is new;
    the id of the earlier result when it was carried out before. Raises IdempotencyMismatch when the key
    was used with another input.
    """
    if not 1 <= len(key) <= KEY_LENGTH:
        raise Invalid.field("idempotencyKey", Code.OUT_OF_RANGE, "1 to 100 characters", "1 sampai 100 karakter")
    digest = input_hash(input)
    values: list[Any] = [str(new_id()), str(actor_id), mutation, key, digest, str(result_id), clock.now()]
    columns = '"id","actor_id","mutation","key","input_hash","result_id","created_at"'
    if is_postgres():
        marks = ",".join(f"${n}" for n in range(1, 8))
    else:
        marks = ",".join("?" * 7)
        values[-1] = str(values[-1])
    inserted = await connection().execute_query_dict(
        f'INSERT INTO "idempotency_key" ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING "id"',
        values,
    )
    if inserted:
        return None
    earlier = await IdempotencyKey.get(actor_id=actor_id, mutation=mutation, key=key)
    if earlier.input_hash != digest:
        raise IdempotencyMismatch
    return earlier.result_id
