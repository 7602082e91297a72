import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.books.lining
import cooperatives.books.models
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0005_months_and_matches")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RecurringVoucher",
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
                ("cooperative_id", fields.UUIDField(db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CASH_IN: CASH_IN\nCASH_OUT: CASH_OUT\nMEMORIAL: MEMORIAL",
                        enum_type=cooperatives.books.lining.VoucherKind,
                        max_length=10,
                    ),
                ),
                ("description", fields.CharField(max_length=300)),
                ("party", fields.CharField(null=True, max_length=120)),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("total", fields.BigIntField()),
                ("every_months", fields.SmallIntField(default=1)),
                ("day", fields.SmallIntField()),
                ("next_on", fields.DateField(db_index=True)),
                ("until", fields.DateField(null=True)),
                ("set_by", fields.UUIDField()),
                ("stopped_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recurring_voucher",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A voucher that comes again every so many months.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Voucher",
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
                    "kind",
                    fields.CharEnumField(
                        description="CASH_IN: CASH_IN\nCASH_OUT: CASH_OUT\nMEMORIAL: MEMORIAL",
                        enum_type=cooperatives.books.lining.VoucherKind,
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    fields.CharEnumField(
                        default=cooperatives.books.models.VoucherSource.HAND,
                        description="HAND: HAND\nOPENING: OPENING\nRECURRING: RECURRING\nDEPRECIATION: DEPRECIATION\nACCRUAL_REVERSAL: ACCRUAL_REVERSAL\nREVERSAL: REVERSAL\nCASH_COUNT: CASH_COUNT\nBANK_STATEMENT: BANK_STATEMENT\nASSET_DISPOSAL: ASSET_DISPOSAL",
                        enum_type=cooperatives.books.models.VoucherSource,
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        default=cooperatives.books.models.VoucherState.PROPOSED,
                        description="PROPOSED: PROPOSED\nPOSTED: POSTED\nREFUSED: REFUSED",
                        enum_type=cooperatives.books.models.VoucherState,
                        max_length=10,
                    ),
                ),
                ("booked_on", fields.DateField()),
                ("number", fields.CharField(null=True, max_length=20)),
                ("sequence", fields.IntField(null=True)),
                ("description", fields.CharField(max_length=300)),
                ("party", fields.CharField(null=True, max_length=120)),
                ("reference", fields.CharField(null=True, max_length=60)),
                ("total", fields.BigIntField()),
                ("is_reversed_next_month", fields.BooleanField(default=False)),
                ("reverses_id", fields.UUIDField(null=True, unique=True)),
                ("proposed_by", fields.UUIDField(null=True)),
                ("approved_by", fields.UUIDField(null=True)),
                ("second_approved_by", fields.UUIDField(null=True)),
                ("posted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("refused_by", fields.UUIDField(null=True)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "voucher",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "number"),),
                "indexes": [Index(fields=["cooperative_id", "booked_on"]), Index(fields=["cooperative_id", "state"])],
                "pk_attr": "id",
                "table_description": "A bukti kas masuk, kas keluar or memorial. Numbered and posted to the ledger as one compound, then kept.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="VoucherAttachment",
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
                (
                    "voucher",
                    fields.ForeignKeyField(
                        "lumbung.Voucher",
                        source_field="voucher_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="attachments",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=120)),
                ("media_type", fields.CharField(max_length=40)),
                ("size", fields.IntField()),
                ("hash", fields.CharField(max_length=64)),
                ("added_by", fields.UUIDField()),
            ],
            options={
                "table": "voucher_attachment",
                "app": "lumbung",
                "unique_together": (("voucher_id", "hash"),),
                "pk_attr": "id",
                "table_description": "A receipt or letter behind a voucher; its content lies in the node's folder under its hash.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="VoucherLine",
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
                (
                    "voucher",
                    fields.ForeignKeyField(
                        "lumbung.Voucher",
                        source_field="voucher_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("ordinal", fields.SmallIntField()),
                (
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="voucher_lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("debit", fields.BigIntField(default=0)),
                ("credit", fields.BigIntField(default=0)),
                ("memo", fields.CharField(default="", max_length=200)),
            ],
            options={
                "table": "voucher_line",
                "app": "lumbung",
                "unique_together": (("voucher_id", "ordinal"),),
                "pk_attr": "id",
                "table_description": "One side of one account in a voucher.",
            },
            bases=["Row"],
        ),
    ]
