import uuid

import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.books.chart
import cooperatives.books.lines
import cooperatives.books.lining
import cooperatives.books.models
import cooperatives.ledger.accounts
import cooperatives.membership.models
import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0001_initial")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AccountingBook",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                (
                    "template",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nTRADER: TRADER\nFOOD: FOOD\nLOGISTICS: LOGISTICS\nMULTI: MULTI",
                        enum_type=cooperatives.membership.models.CooperativeKind,
                        max_length=12,
                    ),
                ),
                ("time_zone", fields.CharField(max_length=40)),
                ("opened_on", fields.DateField()),
                ("opened_by", fields.UUIDField(null=True)),
                ("year_starts_month", fields.SmallIntField(default=1)),
                ("two_officers_above", fields.BigIntField(default=5000000)),
                ("proposed_threshold", fields.BigIntField(null=True)),
                ("threshold_proposed_by", fields.UUIDField(null=True)),
                ("locked_through", fields.DateField(null=True)),
            ],
            options={
                "table": "accounting_book",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "That a co-op keeps its books here. Its id is the co-op's; its row is the lock of all that is posted by hand.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ChartAccount",
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
                ("number", fields.CharField(max_length=12)),
                ("name_id", fields.CharField(max_length=120)),
                ("name_en", fields.CharField(max_length=120)),
                (
                    "line",
                    fields.CharEnumField(
                        description="CASH: CASH\nRECEIVABLES: RECEIVABLES\nMEMBER_RECEIVABLES: MEMBER_RECEIVABLES\nPLATFORM_RECEIVABLES: PLATFORM_RECEIVABLES\nINVENTORY: INVENTORY\nPREPAID: PREPAID\nOTHER_CURRENT_ASSETS: OTHER_CURRENT_ASSETS\nFIXED_ASSETS: FIXED_ASSETS\nACCUMULATED_DEPRECIATION: ACCUMULATED_DEPRECIATION\nINVESTMENTS: INVESTMENTS\nINTANGIBLE_ASSETS: INTANGIBLE_ASSETS\nOTHER_ASSETS: OTHER_ASSETS\nMEMBER_SAVINGS: MEMBER_SAVINGS\nTRADE_PAYABLES: TRADE_PAYABLES\nPLATFORM_PAYABLES: PLATFORM_PAYABLES\nACCRUED_EXPENSES: ACCRUED_EXPENSES\nTAX_PAYABLE: TAX_PAYABLE\nSURPLUS_FUNDS: SURPLUS_FUNDS\nSHORT_TERM_LOANS: SHORT_TERM_LOANS\nOTHER_CURRENT_LIABILITIES: OTHER_CURRENT_LIABILITIES\nLONG_TERM_LOANS: LONG_TERM_LOANS\nEMPLOYEE_BENEFITS: EMPLOYEE_BENEFITS\nPRINCIPAL_DEPOSITS: PRINCIPAL_DEPOSITS\nMANDATORY_DEPOSITS: MANDATORY_DEPOSITS\nPARTICIPATION_CAPITAL: PARTICIPATION_CAPITAL\nGRANTS: GRANTS\nRESERVES: RESERVES\nRETAINED_SURPLUS: RETAINED_SURPLUS\nOPENING_DIFFERENCE: OPENING_DIFFERENCE\nMEMBER_INCOME: MEMBER_INCOME\nNON_MEMBER_INCOME: NON_MEMBER_INCOME\nCOST_OF_SERVICE: COST_OF_SERVICE\nBUSINESS_EXPENSES: BUSINESS_EXPENSES\nCOOPERATIVE_EXPENSES: COOPERATIVE_EXPENSES\nOTHER_INCOME: OTHER_INCOME\nOTHER_EXPENSES: OTHER_EXPENSES\nINCOME_TAX: INCOME_TAX",
                        enum_type=cooperatives.books.lines.Line,
                        max_length=30,
                    ),
                ),
                (
                    "cash_flow",
                    fields.CharEnumField(
                        description="OPERATING: OPERATING\nINVESTING: INVESTING\nFINANCING: FINANCING",
                        enum_type=cooperatives.books.lines.CashFlow,
                        max_length=10,
                    ),
                ),
                (
                    "purpose",
                    fields.CharEnumField(
                        null=True,
                        description="BANK: BANK\nCASH: CASH\nGATEWAY_CLEARING: GATEWAY_CLEARING\nCASH_WITH_DRIVER: CASH_WITH_DRIVER\nDUE_FROM: DUE_FROM\nDUE_TO: DUE_TO\nSETTLEMENT_CLEARING: SETTLEMENT_CLEARING\nORDER_ESCROW: ORDER_ESCROW\nSELLER_PAYABLE: SELLER_PAYABLE\nDRIVER_PAYABLE: DRIVER_PAYABLE\nBUYER_REFUND_PAYABLE: BUYER_REFUND_PAYABLE\nNETWORK_FEE_PAYABLE: NETWORK_FEE_PAYABLE\nCOMMISSION_INCOME: COMMISSION_INCOME\nDELIVERY_INCOME: DELIVERY_INCOME\nINTER_COOPERATIVE_INCOME: INTER_COOPERATIVE_INCOME\nOTHER_INCOME: OTHER_INCOME\nGATEWAY_FEE_EXPENSE: GATEWAY_FEE_EXPENSE\nREFUND_EXPENSE: REFUND_EXPENSE\nDELIVERY_EXPENSE: DELIVERY_EXPENSE\nGOODS_LOSS_EXPENSE: GOODS_LOSS_EXPENSE\nINTER_COOPERATIVE_EXPENSE: INTER_COOPERATIVE_EXPENSE\nOTHER_EXPENSE: OTHER_EXPENSE\nMEMBER_CAPITAL: MEMBER_CAPITAL\nOPENING_BALANCE: OPENING_BALANCE\nCHART_ASSET: CHART_ASSET\nCHART_LIABILITY: CHART_LIABILITY\nCHART_EQUITY: CHART_EQUITY\nCHART_INCOME: CHART_INCOME\nCHART_EXPENSE: CHART_EXPENSE",
                        enum_type=cooperatives.ledger.accounts.Purpose,
                        max_length=30,
                    ),
                ),
                (
                    "role",
                    fields.CharEnumField(
                        null=True,
                        description="RETAINED: RETAINED\nCASH_OVER: CASH_OVER\nCASH_SHORT: CASH_SHORT\nBANK_FEE: BANK_FEE\nBANK_INTEREST: BANK_INTEREST\nDEPRECIATION: DEPRECIATION\nDISPOSAL_GAIN: DISPOSAL_GAIN\nDISPOSAL_LOSS: DISPOSAL_LOSS\nSELLER_TAX: SELLER_TAX",
                        enum_type=cooperatives.books.chart.AccountRole,
                        max_length=20,
                    ),
                ),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "chart_account",
                "app": "lumbung",
                "unique_together": (
                    ("cooperative_id", "number"),
                    ("cooperative_id", "purpose"),
                    ("cooperative_id", "role"),
                ),
                "pk_attr": "id",
                "table_description": "An account of a co-op's chart. Never removed: retired.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BankMatch",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="matches",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("amount", fields.BigIntField()),
                ("is_automatic", fields.BooleanField()),
                ("matched_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "bank_match",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Lines of the bank and entries of the book that are the same money.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BankStatement",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="statements",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("form", fields.CharField(max_length=40)),
                ("starts_on", fields.DateField()),
                ("ends_on", fields.DateField()),
                ("opening", fields.BigIntField(null=True)),
                ("closing", fields.BigIntField(null=True)),
                ("file_hash", fields.CharField(max_length=64)),
                ("imported_by", fields.UUIDField()),
            ],
            options={
                "table": "bank_statement",
                "app": "lumbung",
                "unique_together": (("account_id", "file_hash"),),
                "pk_attr": "id",
                "table_description": "A bank's list of what moved one account, as imported.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="BankLine",
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
                    "statement",
                    fields.ForeignKeyField(
                        "lumbung.BankStatement",
                        source_field="statement_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("ordinal", fields.IntField()),
                ("booked_on", fields.DateField()),
                ("amount", fields.BigIntField()),
                ("description", fields.CharField(max_length=300)),
                ("reference", fields.CharField(default="", max_length=80)),
                ("balance", fields.BigIntField(null=True)),
                ("fingerprint", fields.CharField(max_length=64)),
                (
                    "match",
                    fields.ForeignKeyField(
                        "lumbung.BankMatch",
                        source_field="match_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="lines",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
            ],
            options={
                "table": "bank_line",
                "app": "lumbung",
                "unique_together": (("account_id", "fingerprint"),),
                "indexes": [Index(fields=["account_id", "booked_on"])],
                "pk_attr": "id",
                "table_description": "One movement on a bank statement: more than zero came in, less went out.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CashCount",
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
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("counted_on", fields.DateField()),
                ("pieces", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("counted", fields.BigIntField()),
                ("expected", fields.BigIntField()),
                ("explanation", fields.CharField(null=True, max_length=300)),
                ("voucher_id", fields.UUIDField(null=True)),
                ("counted_by", fields.UUIDField()),
            ],
            options={
                "table": "cash_count",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "counted_on"])],
                "pk_attr": "id",
                "table_description": "Cash counted in a box, and how it differed from the book.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="FixedAsset",
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
                ("name", fields.CharField(max_length=120)),
                ("asset_account_id", fields.UUIDField()),
                ("accumulated_account_id", fields.UUIDField()),
                ("expense_account_id", fields.UUIDField()),
                ("cost", fields.BigIntField()),
                ("residual", fields.BigIntField(default=0)),
                ("life_months", fields.IntField()),
                ("in_use_on", fields.DateField()),
                ("written_off_before", fields.BigIntField(default=0)),
                ("disposed_on", fields.DateField(null=True)),
                ("registered_by", fields.UUIDField()),
            ],
            options={
                "table": "fixed_asset",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A thing that wears out: written off in equal monthly parts over its life.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Depreciation",
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
                    "asset",
                    fields.ForeignKeyField(
                        "lumbung.FixedAsset",
                        source_field="asset_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="depreciations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("month", fields.DateField()),
                ("amount", fields.BigIntField()),
                ("voucher_id", fields.UUIDField()),
            ],
            options={
                "table": "depreciation",
                "app": "lumbung",
                "unique_together": (("asset_id", "month"),),
                "pk_attr": "id",
                "table_description": "What one month took off an asset.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="LockedMonth",
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
                ("month", fields.DateField()),
                ("locked_by", fields.UUIDField()),
                ("chain_seq", fields.BigIntField(null=True)),
                ("chain_hash", fields.CharField(null=True, max_length=64)),
            ],
            options={
                "table": "locked_month",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "month"),),
                "pk_attr": "id",
                "table_description": "A month in which nothing is booked any more.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MatchedEntry",
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
                    "match",
                    fields.ForeignKeyField(
                        "lumbung.BankMatch",
                        source_field="match_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="entries",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
            ],
            options={
                "table": "matched_entry",
                "app": "lumbung",
                "unique_together": (("account_id", "cause_kind", "cause_id"),),
                "pk_attr": "id",
                "table_description": "What of the book is matched: all that one cause moved on the account.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="MonthTotal",
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
                ("month", fields.DateField()),
                ("account_id", fields.UUIDField()),
                ("debits", fields.BigIntField()),
                ("credits", fields.BigIntField()),
            ],
            options={
                "table": "month_total",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "month", "account_id"),),
                "pk_attr": "id",
                "table_description": "What an account moved in a locked month: kept, so that it is seen should it ever change.",
            },
            bases=["Row"],
        ),
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
