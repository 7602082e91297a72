import uuid

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import cooperatives.books.chart
import cooperatives.books.lines
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
    ]
