import json
import secrets
from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.payments.takings.models

PAYMENTS = (
    "SELECT id, order_id, method, channel, gateway, gateway_reference, amount, covers, account_id, created_at,"
    " finished_at FROM payment WHERE state IN ('SUCCEEDED', 'SURPLUS') AND id > {after} ORDER BY id LIMIT 200"
)
DUES = (
    "SELECT id, cooperative_id, channel, gateway, gateway_reference, created_at, finished_at, fee,"
    " COALESCE((SELECT SUM(d.amount) FROM due_payment d WHERE d.source_id = c.id), c.amount) AS amount"
    " FROM dues_charge c WHERE state = 'SUCCEEDED' AND id > {after} ORDER BY id LIMIT 200"
)
#: What a part of an order cost when it was paid: a smaller order taken afterwards gave back what it spared.
PARTS = (
    "SELECT s.id, s.order_id, s.cooperative_id, s.state, s.total, COALESCE((SELECT SUM(r.amount) FROM refund r"
    " WHERE r.sub_order_id = s.id AND r.reason = 'REDUCED'), 0) AS spared FROM sub_order s WHERE s.order_id IN ({ids})"
)
TIPS = (
    "SELECT d.payment_id, d.state, s.cooperative_id FROM driver_tip d JOIN sub_order s ON s.id = d.sub_order_id"
    " WHERE d.payment_id IN ({ids})"
)
FEES = (
    "SELECT t.cause_id AS id, t.cooperative_id, SUM(t.amount) AS sum FROM ledger_transfer t JOIN ledger_account a"
    " ON a.id = t.debit_account_id AND a.purpose = 'GATEWAY_FEE_EXPENSE' WHERE t.cause_kind = 'payment.fee'"
    " AND t.cause_id IN ({ids}) GROUP BY t.cause_id, t.cooperative_id"
)
GIVEN_BACK = (
    "SELECT payment_id AS id, cooperative_id, SUM(amount) AS sum FROM refund WHERE state = 'SUCCEEDED'"
    " AND payment_id IN ({ids}) GROUP BY payment_id, cooperative_id"
)
COLUMNS = (
    *("id", "created_at", "cooperative_id", "source", "source_id", "order_id", "collector_id", "way", "gateway"),
    *("reference", "amount", "fee", "refunded"),
)
TAKEN_AT_THE_DOOR = ("DELIVERED", "CLOSED", "DISPUTED", "RESOLVED")
Rows = list[dict[str, Any]]


async def _take_over(apps: Any, editor: Any) -> None:
    """Each payment that was made before is a taking of the co-ops whose it was."""
    client = editor.client
    accounts = await client.execute_query_dict("SELECT id, cooperative_id FROM rail_account")
    holders = {_id(row["id"]): _id(row["cooperative_id"]) for row in accounts}
    after = UUID(int=0)
    while found := await _ask(client, PAYMENTS, after=[after]):
        after = _id(found[-1]["id"])
        await _take_payments(client, found, holders)
    after = UUID(int=0)
    while found := await _ask(client, DUES, after=[after]):
        after = _id(found[-1]["id"])
        for row in found:
            own = {_id(row["cooperative_id"]): int(row["amount"])}
            await _write(client, row, "DUES", own, fees={next(iter(own)): int(row["fee"] or 0)})


async def _take_payments(client: Any, found: Rows, holders: dict[UUID, UUID]) -> None:
    ids, orders = [_id(row["id"]) for row in found], [_id(row["order_id"]) for row in found]
    parts, tips = await _ask(client, PARTS, ids=orders), await _ask(client, TIPS, ids=ids)
    given = {_id(row["payment_id"]): row for row in tips}
    fees, back = await _sums(client, FEES, ids), await _sums(client, GIVEN_BACK, ids)
    for row in found:
        id, holder = _id(row["id"]), holders.get(_id(row["account_id"])) if row["account_id"] else None
        sums, source = _shares(row, [part for part in parts if part["order_id"] == row["order_id"]]), "ORDER"
        if (tip := given.get(id)) is not None:
            is_given = tip["state"] == "GIVEN"  # else the worker has yet to book it
            sums, source = {holder or _id(tip["cooperative_id"]): int(row["amount"])} if is_given else {}, "TIP"
        await _write(client, row, source, sums, fees=fees[id], back=back[id], holder=holder)


def _shares(payment: dict[str, Any], parts: Rows) -> dict[UUID, int]:
    """Each co-op's part of a payment, in rupiah."""
    covers = payment["covers"]
    covers = json.loads(covers) if isinstance(covers, str) else covers
    paid_for = [part for part in parts if not covers or str(_id(part["id"])) in covers]
    if payment["method"] == "CASH":
        paid_for = [part for part in paid_for if part["state"] in TAKEN_AT_THE_DOOR]
    sums: dict[UUID, int] = defaultdict(int)
    for part in paid_for:
        spared = 0 if payment["method"] == "CASH" else int(part["spared"])
        sums[_id(part["cooperative_id"])] += int(part["total"]) + spared
    if len(sums) == 1 and payment["method"] != "CASH":
        return {next(iter(sums)): int(payment["amount"])}
    return sums


async def _write(
    client: Any,
    paid: dict[str, Any],
    source: str,
    sums: dict[UUID, int],
    *,
    fees: dict[UUID, int],
    back: dict[UUID, int] | None = None,
    holder: UUID | None = None,
) -> None:
    method = paid.get("method", "ONLINE")
    way = method if method != "ONLINE" else paid["channel"] or "SIMULATED"
    at = paid["finished_at"] or paid["created_at"]
    for cooperative_id, amount in sorted(sums.items()):
        if not amount:
            continue
        other = holder if holder != cooperative_id else None
        what = [source, _id(paid["id"]), _id(paid["order_id"]) if "order_id" in paid else None, other, way]
        sizes = [amount, fees.get(cooperative_id, 0), (back or {}).get(cooperative_id, 0)]
        values = [_id_at(at), at, cooperative_id, *what, paid["gateway"], paid["gateway_reference"], *sizes]
        await _ask(client, f"INSERT INTO payment_taking ({', '.join(COLUMNS)}) VALUES ({{values}})", values=values)


async def _sums(client: Any, sql: str, ids: list[UUID]) -> dict[UUID, dict[UUID, int]]:
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for row in await _ask(client, sql, ids=ids):
        found[_id(row["id"])][_id(row["cooperative_id"])] = int(row["sum"])
    return found


async def _ask(client: Any, sql: str, **values: list[Any]) -> Rows:
    """Run it with these values in the place of the name."""
    ((name, given),) = values.items()
    is_postgres = client.capabilities.dialect == "postgres"
    marks = [f"${place}" if is_postgres else "?" for place in range(1, len(given) + 1)]
    taken = [str(value) if isinstance(value, UUID) and not is_postgres else value for value in given]
    return list(await client.execute_query_dict(sql.format(**{name: ", ".join(marks)}), taken))


def _id(value: object) -> UUID:
    return UUID(str(value))


def _id_at(moment: datetime | str) -> UUID:
    """An id as old as the moment, so that what was taken earlier stands earlier."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0047_units")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Taking",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                (
                    "source",
                    fields.CharEnumField(
                        description="ORDER: ORDER\nTIP: TIP\nDUES: DUES",
                        enum_type=marketplace.payments.takings.models.TakingSource,
                        max_length=8,
                    ),
                ),
                ("source_id", fields.UUIDField()),
                ("order_id", fields.UUIDField(null=True)),
                ("collector_id", fields.UUIDField(null=True)),
                (
                    "way",
                    fields.CharEnumField(
                        description="CARD: CARD\nQRIS: QRIS\nVIRTUAL_ACCOUNT: VIRTUAL_ACCOUNT\nEWALLET: EWALLET\nSIMULATED: SIMULATED\nCASH: CASH\nDIRECT: DIRECT",
                        enum_type=marketplace.payments.takings.models.TakingWay,
                        max_length=16,
                    ),
                ),
                ("gateway", fields.CharField(default="", max_length=30)),
                ("reference", fields.CharField(default="", max_length=120)),
                ("amount", fields.BigIntField()),
                ("fee", fields.BigIntField(default=0)),
                ("refunded", fields.BigIntField(default=0)),
            ],
            options={
                "table": "payment_taking",
                "app": "lumbung",
                "unique_together": (("source_id", "cooperative_id"),),
                "indexes": [Index(fields=["cooperative_id", "id"]), Index(fields=["cooperative_id", "created_at"])],
                "pk_attr": "id",
                "table_description": "A co-op's part of a payment that was made, with its part of what the provider kept. Made when it is booked.",
            },
            bases=["Row"],
        ),
        ops.RunPython(_take_over),
    ]
