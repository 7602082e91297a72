"""Each table that a treasurer sees is a workbook too: fetched over HTTP, opened, and held against what there is."""

import io
import re
from datetime import date
from pathlib import Path

import httpx
import openpyxl
import pytest

from cooperatives.books import assets, bank_statements, cash_counts, recurring
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.papers.registers import CODES
from cooperatives.budgets.planning import Planned
from cooperatives.budgets.proposing import propose_budget
from cooperatives.dues import service as dues
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from cooperatives.loans.borrowing import Contract, record_borrowing
from cooperatives.loans.kinds import Lender
from cooperatives.loans.models import Borrowing
from cooperatives.loans.schedules import Method
from cooperatives.membership.models import Membership
from cooperatives.protection import service as protection
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.kinds import ClaimKind, ProgrammeKind
from cooperatives.protection.models import ProtectionBatch, ProtectionBill
from cooperatives.savings import service as savings
from cooperatives.savings.models import SavingsKind, SavingsProduct
from cooperatives.settlements import service as settlements
from cooperatives.settlements.cases import Difference, keep
from cooperatives.settlements.models import CaseKind, ClearingMembership, SettlementWindow
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.identity.models import Account
from marketplace.orders.models import PaymentMethod
from marketplace.payments.models import CashShortage, Payment, PaymentState, Refund, StrayMoney
from marketplace.payments.payouts.lifecycle import PayeeKind
from marketplace.payments.payouts.models import Payout
from marketplace.payments.takings.models import Taking, TakingSource, TakingWay
from marketplace.settings import Settings
from marketplace.vault import Vault
from schema.ids import to_id
from tests.cooperatives.books.desk import Desk, desk
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio
SCHEMA = Path(__file__).parents[2] / "schema" / "schema.graphql"

#: Every list and statement of money in the schema, and the file that has it.
EXPORTS = {
    "Accounting.generalLedger": "/books/general-ledger",
    "Accounting.trialBalance": "/books/trial-balance",
    "Accounting.balanceSheet": "/books/balance-sheet",
    "Accounting.surplusStatement": "/books/surplus-statement",
    "Accounting.equityChanges": "/books/equity-changes",
    "Accounting.cashFlow": "/books/cash-flow",
    "Accounting.reconciliation": "/books/reconciliation",
    "Accounting.bankStatements": "/books/bank-lines",
    "Accounting.matchedBankLines": "/books/bank-lines",
    "Accounting.assets": "/books/assets",
    "Accounting.recurringVouchers": "/books/recurring",
    "Accounting.cashCounts": "/books/cash-counts",
    "Accounting.sellerTax": "/books/seller-tax",
    "Accounting.chart": "/books/chart",
    "Accounting.month": "/books/months",
    "Accounting.vouchers": "/books/vouchers",
    "Book.accounts": "/payments/accounts",
    "Book.transfers": "/books/general-ledger",
    "Book.trialBalance": "/books/trial-balance",
    "Cooperative.takings": "/payments/takings",
    "Cooperative.takingMonths": "/payments/takings",
    "Cooperative.payouts": "/payments/payouts",
    "Cooperative.dues": "/savings/dues",
    "Cooperative.duePayments": "/savings/payments",
    "Cooperative.savingsAccounts": "/savings/accounts",
    "Cooperative.savingsWithdrawals": "/savings/withdrawals",
    "Cooperative.loans": "/loans/portfolio",
    "Cooperative.borrowings": "/loans/borrowings",
    "Borrowing.onLent": "/loans/on-lent",
    "Cooperative.units": "/units/results",
    "Cooperative.purchaseRounds": "/purchasing/rounds",
    "Cooperative.purchaseCommitments": "/purchasing/commitments",
    "BusinessUnit.items": "/units/stock",
    "BusinessUnit.purchases": "/units/purchases",
    "BusinessUnit.sales": "/units/sales",
    "BusinessUnit.counts": "/units/counts",
    "BusinessUnit.jobs": "/units/jobs",
    "UnitItem.moves": "/units/moves",
    "Cooperative.surplusAllocations": "/surplus/allocations",
    "Cooperative.budgets": "/budgets/use",
    "Cooperative.officersPay": "/budgets/use",
    "Cooperative.protectionBills": "/protection/bills",
    "Cooperative.remittances": "/protection/remittances",
    "Cooperative.claims": "/protection/claims",
    "Cooperative.strayMoney": "/payments/stray-money",
    "Cooperative.cashShortages": "/payments/cash-shortages",
    "Cooperative.windows": "/settlements/windows",
    "ClearingGroup.members": "/settlements/windows",
    "SettlementWindow.obligations": "/settlements/statement",
    "SettlementWindow.positions": "/settlements/windows",
    "SettlementWindow.payments": "/settlements/statement",
    "SettlementWindow.reconciliation": "/settlements/reconciliation",
    "SettlementWindow.cases": "/settlements/cases",
    "SubOrder.refunds": "/payments/refunds",
}
#: Lists with rupiah in them that are what others work by, no table of money.
OTHERS = {
    f"Cooperative.{name}"
    for name in (
        "applications",
        "movingSets",
        "departures",
        "byLawChanges",
        "drivers",
        "earningsEquity",
        "jobs",
        "loanProducts",
        "members",
        "protectionProgrammes",
        "savingsProducts",
        "sellers",
        "tariffVersions",
    )
} | {"BusinessUnit.awaitedPurchases"}  # waits at the counter: its money stands among the loans
TYPES = ("Accounting", "Book", "BusinessUnit", "ClearingGroup", "Cooperative", "SettlementWindow", "UnitItem")


def fields_of(type: str, text: str) -> list[tuple[str, str]]:
    """The fields of a type in the schema, each with what it answers."""
    found = re.search(rf"^type {type}\b[^{{]*\{{(.*?)^\}}", text, re.DOTALL | re.MULTILINE)
    body = re.sub(r'"""(.*?)"""', "", found[1], flags=re.DOTALL) if found else ""
    return re.findall(r"^  (\w+)(?:\([^)]*\))?: ([^\s@]+)", body, re.MULTILINE)


def test_no_table_of_money_is_without_a_file() -> None:
    text, missing = SCHEMA.read_text(), []
    for type in TYPES:
        fields = fields_of(type, text)
        assert fields, type
        for name, answer in fields:
            of = answer.strip("[]!").removesuffix("Connection")
            is_list = answer.startswith("[") or "Connection" in answer
            has_money = any(kind.strip("[]!") == "Rupiah" for _, kind in fields_of(of, text))
            if is_list and has_money and f"{type}.{name}" not in EXPORTS.keys() | OTHERS:
                missing.append(f"{type}.{name}: {answer}")
    assert missing == []


class Story:
    """A co-op with something in each of its tables, and who asks for them."""

    def __init__(self, client: httpx.AsyncClient, at: Desk, token: str) -> None:
        self.client, self.at, self.token = client, at, token
        self.extra: dict[str, str] = {}

    async def get(self, path: str, token: str | None = None) -> httpx.Response:
        query = {
            "cooperative": to_id("Cooperative", self.at.id),
            "from": "2026-01-01",
            "to": "2026-12-31",
            **self.extra,
        }
        bearer = {"Authorization": f"Bearer {token or self.token}"}
        return await self.client.get(path, params=query, headers=bearer)

    async def rows(self, path: str) -> list[tuple[object, ...]]:
        answer = await self.get(path + ".xlsx")
        assert answer.status_code == 200, (path, answer.text)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        return [tuple(cell for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)]


async def with_books(at: Desk) -> None:
    """An asset, a rent that comes again, a counted box, a bank's line."""
    await assets.register_asset(
        at.treasurer,
        cooperative_id=at.id,
        name="Mesin giling",
        asset_account_id=at.account("1-3301"),
        accumulated_account_id=at.account("1-3302"),
        cost=12_000_000,
        residual=0,
        life_months=48,
        in_use_on=date(2026, 1, 1),
        key="asset",
    )
    await at.book(date(2026, 1, 5), {"1-1101": 500_000}, {"4-1101": 500_000}, kind=VoucherKind.CASH_IN)
    await recurring.set_up_recurring(
        at.treasurer,
        cooperative_id=at.id,
        kind=VoucherKind.CASH_OUT,
        description="Sewa kios",
        lines=[Line(at.account("6-1106"), debit=300_000), Line(at.account("1-1101"), credit=300_000)],
        every_months=1,
        first_on=date(2027, 1, 5),
        key="rent",
    )
    await cash_counts.record_cash_count(
        at.treasurer,
        account_id=at.account("1-1101"),
        counted_on=date(2026, 1, 6),
        pieces={100_000: 4, 50_000: 1},
        explanation="kembalian hilang",
        key="count",
    )
    planned = [Planned(at.account("6-1106"), (300_000,) * 12)]
    await propose_budget(
        at.treasurer, cooperative_id=at.id, year=2026, plan="Kios", lines=planned, pay=[], key="budget"
    )
    statement = b"Tanggal,Keterangan,Jumlah,Saldo\n05/01/2026,SETOR,250000 CR,250000\n"
    taken = await bank_statements.import_statement(
        at.treasurer, statement, account_id=at.account("1-1201"), form="bca", is_dry_run=False
    )
    assert taken.added == 1


async def with_payments(at: Desk) -> None:
    """A taking, a payout, a refund, stray money, missing cash."""
    driver = await Account.create(phone="+6281299990001", name="Suparman")
    payment = await Payment.create(
        order_id=new_id(), payer_id=new_id(), method=PaymentMethod.ONLINE, amount=7_000, state=PaymentState.SUCCEEDED
    )
    await Taking.create(
        cooperative_id=at.id,
        source=TakingSource.ORDER,
        source_id=payment.pk,
        way=TakingWay.QRIS,
        reference="trx-77",
        amount=7_000,
        fee=49,
    )
    await Payout.create(
        cooperative_id=at.id,
        payee=PayeeKind.SELLER,
        payee_id=new_id(),
        amount=400_000,
        institution="bca",
        masked="bca …3826 (Bu Sri)",
        sealed="",
        requested_by=new_id(),
    )
    await Refund.create(
        payment_id=payment.pk,
        order_id=payment.order_id,
        sub_order_id=new_id(),
        cooperative_id=at.id,
        amount=7_000,
        reason="ENDED",
    )
    await StrayMoney.create(
        cooperative_id=at.id, account_id=new_id(), reference="pi_9", amount=50_000, why="UNKNOWN", note=""
    )
    await CashShortage.create(
        cooperative_id=at.id, driver_account_id=driver.pk, amount=15_000, note="hilang", opened_by=new_id()
    )
    async with transaction():
        held = AccountRef(at.id, Purpose.CASH_WITH_DRIVER, driver.pk)
        owes = AccountRef(at.id, Purpose.DRIVER_PAYABLE, driver.pk)
        await post([Entry(held, owes, 33_000, "test")], cause=Cause("test", new_id()))


async def with_savings(at: Desk) -> None:
    """A due paid in part over the counter, savings, and some of them asked back."""
    member = await Membership.get(cooperative_id=at.id, account_id=at.chair.account_id)
    part = dues.Part(AccountRef(at.id, Purpose.OTHER_INCOME), 30_000, "test")
    charge = dues.Charge(
        member.pk, dues.DueKind.OPERATING, date(2026, 5, 1), Cause("test.due", new_id()), (part,), "Iuran 05"
    )
    async with transaction():
        await dues.charge(at.id, [charge])
    await dues.take_cash(at.treasurer, membership_id=member.pk, amount=10_000, key="cash")
    product = await SavingsProduct.create(cooperative_id=at.id, kind=SavingsKind.VOLUNTARY, name="Sukarela")
    mine = await savings.open_savings(at.chair, membership_id=member.pk, product_id=product.pk, key="open")
    await savings.deposit_cash(at.treasurer, savings_id=mine.pk, amount=70_000, key="in")
    way = savings.WithdrawalWay.CASH
    await savings.request_withdrawal(at.chair, savings_id=mine.pk, amount=15_000, way=way, key="out")
    day = date(2026, 5, 1)
    await dues.Due.all().update(due_on=day)
    await dues.DuePayment.all().update(received_on=day)
    await savings.SavingsAccount.all().update(opened_on=day)
    await savings.SavingsWithdrawal.all().update(payable_from=day)


async def with_protection(at: Desk, vault: Vault) -> None:
    """A member insured, his month paid and gathered, and an accident told."""
    member = await Membership.get(cooperative_id=at.id, account_id=at.chair.account_id)
    offer = protection.Offer(
        ProgrammeKind.ACCIDENT,
        "Kecelakaan",
        "Asuransi",
        31,
        premium=12_000,
        alone_monthly=25_000,
        alone_source="brosur",
    )
    programme = await protection.open_programme(at.treasurer, cooperative_id=at.id, offer=offer, key="offer")
    mine = await protection.enrol(
        at.chair,
        membership_id=member.pk,
        programme_id=programme.pk,
        since=None,
        choice=protection.Choice(),
        vault=vault,
        key="enrol",
    )
    await dues.take_cash(at.treasurer, membership_id=member.pk, amount=12_000, key="month")
    await protection.prepare(at.treasurer, programme_id=programme.pk, month=clock.now().date(), key="gather")
    what, story = ClaimKind.ACCIDENT, "Jatuh di jalan"
    today = clock.now().date()
    await protection.report(at.chair, enrolment_id=mine.pk, kind=what, happened_on=today, story=story, key="fall")
    day = date(2026, 5, 1)
    await ProtectionBill.all().update(month=day)
    await ProtectionBatch.all().update(month=day)
    await ProtectionClaim.all().update(happened_on=day)


async def with_borrowing(at: Desk) -> Borrowing:
    """What the co-op borrowed, as recorded; what it is lent on to is held by the loans' own stories."""
    contract = Contract(Lender.LPDB, "LPDB-KUMKM", "001/LPDB", 12_000_000, 12, 600, Method.FLAT, clock.now().date())
    return await record_borrowing(at.treasurer, cooperative_id=at.id, contract=contract, key="lpdb")


async def with_debts(at: Desk, other: Desk) -> SettlementWindow:
    """What the co-op owes another, what it has set aside for it, and a case between the two."""
    async with transaction():
        cause = Cause("sub_order.released", new_id())
        await settlements.record_obligation(debtor_id=at.id, creditor_id=other.id, amount=12_000, cause=cause)
        due, claim = AccountRef(at.id, Purpose.DUE_TO, other.id), AccountRef(other.id, Purpose.DUE_FROM, at.id)
        expense, income = AccountRef(at.id, Purpose.OTHER_EXPENSE), AccountRef(other.id, Purpose.OTHER_INCOME)
        await post([Entry(expense, due, 12_000, "t"), Entry(claim, income, 12_000, "t")], cause=cause)
        await settlements.reserve(
            debtor_id=at.id, creditor_id=other.id, amount=9_000, cause=Cause("sub_order.collecting", new_id())
        )
        await ClearingMembership.filter(cooperative_id=at.id).update(cap=80_000)
    (window,) = await SettlementWindow.all()
    async with transaction():
        difference = Difference(CaseKind.AMOUNT, "refund.paid", new_id(), 5_000, 4_000)
        await keep(window, at.id, other.id, [difference], at.treasurer.account_id or new_id())
    return window


async def test_every_table_is_a_workbook_with_what_is_there(client: httpx.AsyncClient, settings: Settings) -> None:
    at, other = await desk(), await desk(code="DRV")
    token = await token_of(await Account.get(pk=at.treasurer.account_id))
    story = Story(client, at, token)
    await with_books(at)
    await with_payments(at)
    await with_savings(at)
    await with_protection(at, Vault(settings))
    window = await with_debts(at, other)
    story.extra = {
        "account": to_id("ChartAccount", at.account("1-1201")),
        "window": to_id("SettlementWindow", window.id),
        "borrowing": to_id("Borrowing", (await with_borrowing(at)).pk),
        "counterparty": to_id("Cooperative", other.id),
    }
    cells: dict[str, tuple[object, ...]] = {
        "/books/assets": ("Mesin giling", 48, 12_000_000),
        "/books/recurring": ("Sewa kios", 300_000, "berjalan"),
        "/books/cash-counts": (500_000, 450_000, -50_000, "kembalian hilang"),
        "/books/bank-lines": ("SETOR", 250_000, "belum"),
        "/books/months": (),
        "/budgets/use": ("6-1106  Beban sewa", 3_600_000),
        "/books/vouchers": ("BKM/2026/01/0001", 500_000, "dibukukan", "kas masuk"),
        "/payments/takings": ("pesanan", "QRIS", "trx-77", 7_000, 49, 6_951, "diterima"),
        "/payments/payouts": ("penjual", "bca …3826 (Bu Sri)", 400_000, "diminta"),
        "/payments/refunds": ("pesanan berakhir", 7_000, "diproses", "jalan semula"),
        "/payments/stray-money": ("pi_9", "tidak dikenal", 50_000, "terbuka"),
        "/payments/cash-shortages": ("Suparman", 15_000, "terbuka", "hilang"),
        "/payments/accounts": ("Suparman", 33_000),
        "/savings/dues": ("iuran", "Iuran 05", 30_000, 10_000, 20_000, "terbuka"),
        "/savings/payments": ("tunai", 10_000),
        "/savings/accounts": ("simpanan sukarela", 70_000),
        "/savings/withdrawals": (15_000, "tunai", "diminta"),
        "/loans/borrowings": ("LPDB-KUMKM", "001/LPDB", 12_000_000),
        "/protection/bills": ("Kecelakaan", 12_000, 13_000, "dibayar"),
        "/protection/remittances": ("Kecelakaan", 12_000, "rancangan"),
        "/protection/claims": ("Kecelakaan", "kecelakaan", "dilaporkan"),
        "/settlements/windows": (1, "terbuka", -12_000),
        "/settlements/statement": (),
        "/settlements/reconciliation": ("Hasil penjualan", -12_000, 0),
        "/settlements/cases": (5_000, 4_000, 1_000, "jumlah berbeda"),
    }
    for path in sorted(set(EXPORTS.values()) - {"/books/seller-tax"}):
        rows = await story.rows(path)
        wanted = cells.get(path, ())
        assert any(set(wanted) <= set(row) for row in rows), (path, wanted, rows)
        pdf = await story.get(path + ".pdf")
        assert pdf.content.startswith(b"%PDF"), path
    workbook = openpyxl.load_workbook(io.BytesIO((await story.get("/payments/takings.xlsx")).content))
    sums = [row for row in workbook.worksheets[1].iter_rows(values_only=True) if "QRIS" in row]
    assert [row[2:] for row in sums] == [(1, 7_000, 49, 0, 6_951)]
    workbook = openpyxl.load_workbook(io.BytesIO((await story.get("/settlements/windows.xlsx")).content))
    caps = [row for row in workbook.worksheets[1].iter_rows(values_only=True) if 80_000 in row]
    assert [row[2:5] for row in caps] == [(12_000, 9_000, 80_000)]
    for path in cells:  # people read words, not codes
        told = {cell for row in await story.rows(path) for cell in row}
        assert told & CODES.keys() == set(), path


async def test_nobody_else_sees_them_and_bad_days_are_refused(client: httpx.AsyncClient) -> None:
    at, other = await desk(), await desk(code="DRV")
    window = await with_debts(at, other)
    stranger = await token_of(await Account.create(phone="+6281299990002", name="Orang"))
    rival = await token_of(await Account.get(pk=other.treasurer.account_id))
    story = Story(client, at, stranger)
    story.extra = {
        "window": to_id("SettlementWindow", window.id),
        "borrowing": to_id("Borrowing", (await with_borrowing(at)).pk),
        "counterparty": to_id("Cooperative", other.id),
        "account": to_id("ChartAccount", at.account("1-1201")),
    }
    for path in sorted(set(EXPORTS.values())):
        for token in (stranger, rival):
            answer = await story.get(path + ".xlsx", token)
            assert answer.status_code == 404, (path, answer.text)
    own = await token_of(await Account.get(pk=at.treasurer.account_id))
    assert (await story.get("/payments/nothing.xlsx", own)).status_code == 404
    assert (await story.get("/payments/payouts.docx", own)).status_code == 404
    story.extra["from"] = "2027-01-01"
    assert (await story.get("/payments/payouts.xlsx", own)).json()["code"] == "INVALID"
