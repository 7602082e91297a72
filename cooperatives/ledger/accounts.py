"""The chart of accounts and the entries that move them. Pure: no framework.

An account belongs to one co-op's book. Its id follows from what it is (uuid5), so that nobody needs to look
one up before posting to it; it comes to be with its first posting.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha1
from typing import NamedTuple
from uuid import UUID

from marketplace.money import LARGEST_RUPIAH

#: Into how many sub-accounts an account that every order touches is split; it is read as one. A posting holds one of
#: them until its transaction commits: with many more than clients, few wait. It may be raised, never lowered.
HUB_SHARDS = 64


#: Where an id says how it was made, and what a uuid7 says there.
_KIND = 0xF << 76 | 0b11 << 62
_UUID7 = 0x7 << 76 | 0b10 << 62


def hex5(namespace: UUID, name: str) -> str:
    """A uuid5 in 32 hexadecimal digits: what the database is sent, without the object that nobody looks at."""
    digest = bytearray(sha1(namespace.bytes + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return digest.hex()


class AccountType(StrEnum):
    """Where an account stands in the books."""

    ASSET = "ASSET"
    LIABILITY = "LIABILITY"
    EQUITY = "EQUITY"
    INCOME = "INCOME"
    EXPENSE = "EXPENSE"

    @property
    def grows_by_debit(self) -> bool:
        """Whether a debit adds to what the account says."""
        return self in (AccountType.ASSET, AccountType.EXPENSE)


class Purpose(StrEnum):
    """What an account is for. The subject, where there is one, is named behind it."""

    BANK = "BANK"
    CASH = "CASH"
    GATEWAY_CLEARING = "GATEWAY_CLEARING"
    CASH_WITH_DRIVER = "CASH_WITH_DRIVER"  # the driver's account
    DUE_FROM = "DUE_FROM"  # the co-op that owes
    DUE_TO = "DUE_TO"  # the co-op that is owed
    SETTLEMENT_CLEARING = "SETTLEMENT_CLEARING"  # the window
    ORDER_ESCROW = "ORDER_ESCROW"  # the sub-order
    SELLER_PAYABLE = "SELLER_PAYABLE"  # the seller
    DRIVER_PAYABLE = "DRIVER_PAYABLE"  # the driver's account
    BUYER_REFUND_PAYABLE = "BUYER_REFUND_PAYABLE"  # the sub-order
    NETWORK_FEE_PAYABLE = "NETWORK_FEE_PAYABLE"
    UNIDENTIFIED_RECEIPT = "UNIDENTIFIED_RECEIPT"
    PAYOUT_CLEARING = "PAYOUT_CLEARING"  # the payout
    CASH_ORDER_FUND = "CASH_ORDER_FUND"
    DRIVER_SHORTAGE = "DRIVER_SHORTAGE"  # the driver's account
    COMMISSION_INCOME = "COMMISSION_INCOME"
    DELIVERY_INCOME = "DELIVERY_INCOME"
    INTER_COOPERATIVE_INCOME = "INTER_COOPERATIVE_INCOME"
    OTHER_INCOME = "OTHER_INCOME"
    GATEWAY_FEE_EXPENSE = "GATEWAY_FEE_EXPENSE"
    REFUND_EXPENSE = "REFUND_EXPENSE"
    DELIVERY_EXPENSE = "DELIVERY_EXPENSE"
    GOODS_LOSS_EXPENSE = "GOODS_LOSS_EXPENSE"
    INTER_COOPERATIVE_EXPENSE = "INTER_COOPERATIVE_EXPENSE"
    OTHER_EXPENSE = "OTHER_EXPENSE"
    MEMBER_CAPITAL = "MEMBER_CAPITAL"
    OPENING_BALANCE = "OPENING_BALANCE"
    # members' savings: the savings account; without a subject what the books hold of them as one sum
    PRINCIPAL_SAVINGS = "PRINCIPAL_SAVINGS"
    MANDATORY_SAVINGS = "MANDATORY_SAVINGS"
    VOLUNTARY_SAVINGS = "VOLUNTARY_SAVINGS"
    TERM_SAVINGS = "TERM_SAVINGS"
    MEMBER_CREDIT = "MEMBER_CREDIT"  # the membership
    SAVINGS_INTEREST = "SAVINGS_INTEREST"
    FINAL_TAX_PAYABLE = "FINAL_TAX_PAYABLE"
    # loans to members: the loan, but for the income and expense
    LOAN_PRINCIPAL = "LOAN_PRINCIPAL"
    LOAN_INTEREST_DUE = "LOAN_INTEREST_DUE"
    LOAN_LOSS_RESERVE = "LOAN_LOSS_RESERVE"
    LOAN_INTEREST = "LOAN_INTEREST"
    LOAN_LOSS_EXPENSE = "LOAN_LOSS_EXPENSE"
    BORROWED = "BORROWED"  # the borrowing
    BORROWING_INTEREST = "BORROWING_INTEREST"
    BORROWING_INTEREST_DUE = "BORROWING_INTEREST_DUE"  # the borrowing
    SURPLUS_PAYABLE = "SURPLUS_PAYABLE"  # the membership
    # businesses of the co-op: the unit
    UNIT_STOCK = "UNIT_STOCK"
    UNIT_RECEIVABLE = "UNIT_RECEIVABLE"
    UNIT_PAYABLE = "UNIT_PAYABLE"
    UNIT_SALES = "UNIT_SALES"
    UNIT_OTHER_SALES = "UNIT_OTHER_SALES"
    UNIT_COST = "UNIT_COST"
    UNIT_STOCK_DIFFERENCE = "UNIT_STOCK_DIFFERENCE"
    # protection: collected and not yet with the provider (the programme), sent and not yet confirmed (the batch)
    PROTECTION_PAYABLE = "PROTECTION_PAYABLE"
    PROTECTION_SENT = "PROTECTION_SENT"
    SOLIDARITY_FUND = "SOLIDARITY_FUND"
    PROTECTION_BENEFIT = "PROTECTION_BENEFIT"  # held for a member or his heirs: the claim
    # joint purchasing: the round
    JOINT_RECEIVABLE = "JOINT_RECEIVABLE"
    JOINT_PAYABLE = "JOINT_PAYABLE"
    # current account between a unit and the credit unit that paid for its members: the unit, on both sides
    UNIT_CURRENT = "UNIT_CURRENT"
    CREDIT_CURRENT = "CREDIT_CURRENT"
    # accounts of the co-op's own chart (cooperatives.books): the chart's account
    CHART_ASSET = "CHART_ASSET"
    CHART_LIABILITY = "CHART_LIABILITY"
    CHART_EQUITY = "CHART_EQUITY"
    CHART_INCOME = "CHART_INCOME"
    CHART_EXPENSE = "CHART_EXPENSE"


class Posts(NamedTuple):
    """How a purpose stands in the chart."""

    type: AccountType
    title: str  # as Indonesian bookkeepers call it
    floor: int | None = None  # what it may not go below, in rupiah
    is_hub: bool = False


CHART: dict[Purpose, Posts] = {
    Purpose.BANK: Posts(AccountType.ASSET, "Bank"),
    Purpose.CASH: Posts(AccountType.ASSET, "Kas"),
    Purpose.GATEWAY_CLEARING: Posts(AccountType.ASSET, "Piutang penyedia pembayaran", is_hub=True),
    Purpose.CASH_WITH_DRIVER: Posts(AccountType.ASSET, "Kas di tangan pengemudi", floor=0),
    Purpose.DUE_FROM: Posts(AccountType.ASSET, "Piutang antar koperasi", is_hub=True),
    Purpose.DUE_TO: Posts(AccountType.LIABILITY, "Utang antar koperasi", is_hub=True),
    Purpose.SETTLEMENT_CLEARING: Posts(AccountType.ASSET, "Kliring penyelesaian antar koperasi"),
    Purpose.ORDER_ESCROW: Posts(AccountType.LIABILITY, "Titipan pembayaran pesanan", floor=0),
    Purpose.SELLER_PAYABLE: Posts(AccountType.LIABILITY, "Utang kepada penjual"),
    Purpose.DRIVER_PAYABLE: Posts(AccountType.LIABILITY, "Utang kepada pengemudi"),
    Purpose.BUYER_REFUND_PAYABLE: Posts(AccountType.LIABILITY, "Utang pengembalian kepada pembeli", floor=0),
    Purpose.NETWORK_FEE_PAYABLE: Posts(AccountType.LIABILITY, "Utang biaya jaringan", is_hub=True),
    Purpose.UNIDENTIFIED_RECEIPT: Posts(AccountType.LIABILITY, "Titipan belum dikenali", floor=0),
    Purpose.PAYOUT_CLEARING: Posts(AccountType.LIABILITY, "Pencairan dalam proses", floor=0),
    Purpose.CASH_ORDER_FUND: Posts(AccountType.LIABILITY, "Dana jaminan pesanan tunai", floor=0),
    Purpose.DRIVER_SHORTAGE: Posts(AccountType.ASSET, "Piutang selisih kas pengemudi", floor=0),
    Purpose.COMMISSION_INCOME: Posts(AccountType.INCOME, "Pendapatan komisi", is_hub=True),
    Purpose.DELIVERY_INCOME: Posts(AccountType.INCOME, "Pendapatan pengantaran", is_hub=True),
    Purpose.INTER_COOPERATIVE_INCOME: Posts(AccountType.INCOME, "Pendapatan antar koperasi"),
    Purpose.OTHER_INCOME: Posts(AccountType.INCOME, "Pendapatan lain"),
    Purpose.GATEWAY_FEE_EXPENSE: Posts(AccountType.EXPENSE, "Beban penyedia pembayaran", is_hub=True),
    Purpose.REFUND_EXPENSE: Posts(AccountType.EXPENSE, "Beban pengembalian dana"),
    Purpose.DELIVERY_EXPENSE: Posts(AccountType.EXPENSE, "Beban pengantaran"),
    Purpose.GOODS_LOSS_EXPENSE: Posts(AccountType.EXPENSE, "Beban ganti rugi barang"),
    Purpose.INTER_COOPERATIVE_EXPENSE: Posts(AccountType.EXPENSE, "Beban antar koperasi"),
    Purpose.OTHER_EXPENSE: Posts(AccountType.EXPENSE, "Beban lain"),
    Purpose.MEMBER_CAPITAL: Posts(AccountType.EQUITY, "Modal anggota"),
    Purpose.OPENING_BALANCE: Posts(AccountType.EQUITY, "Saldo awal"),
    Purpose.PRINCIPAL_SAVINGS: Posts(AccountType.EQUITY, "Simpanan pokok", floor=0),
    Purpose.MANDATORY_SAVINGS: Posts(AccountType.EQUITY, "Simpanan wajib", floor=0),
    Purpose.VOLUNTARY_SAVINGS: Posts(AccountType.LIABILITY, "Simpanan sukarela", floor=0),
    Purpose.TERM_SAVINGS: Posts(AccountType.LIABILITY, "Simpanan berjangka", floor=0),
    Purpose.MEMBER_CREDIT: Posts(AccountType.LIABILITY, "Titipan anggota", floor=0),
    Purpose.SAVINGS_INTEREST: Posts(AccountType.EXPENSE, "Beban bunga simpanan anggota"),
    Purpose.FINAL_TAX_PAYABLE: Posts(AccountType.LIABILITY, "Utang PPh final pasal 4(2)"),
    Purpose.LOAN_PRINCIPAL: Posts(AccountType.ASSET, "Piutang pinjaman anggota", floor=0),
    # Paid before it fell due, interest stands below zero until its month is over.
    Purpose.LOAN_INTEREST_DUE: Posts(AccountType.ASSET, "Piutang jasa pinjaman"),
    Purpose.LOAN_LOSS_RESERVE: Posts(AccountType.ASSET, "Penyisihan kerugian pinjaman"),
    Purpose.LOAN_INTEREST: Posts(AccountType.INCOME, "Pendapatan jasa pinjaman anggota"),
    Purpose.LOAN_LOSS_EXPENSE: Posts(AccountType.EXPENSE, "Beban penyisihan kerugian pinjaman"),
    Purpose.BORROWED: Posts(AccountType.LIABILITY, "Pinjaman yang diterima", floor=0),
    Purpose.BORROWING_INTEREST: Posts(AccountType.EXPENSE, "Beban bunga pinjaman"),
    Purpose.BORROWING_INTEREST_DUE: Posts(AccountType.LIABILITY, "Utang bunga pinjaman", floor=0),
    Purpose.SURPLUS_PAYABLE: Posts(AccountType.LIABILITY, "SHU bagian anggota yang belum dibayar", floor=0),
    Purpose.UNIT_STOCK: Posts(AccountType.ASSET, "Persediaan unit usaha", floor=0),
    Purpose.UNIT_RECEIVABLE: Posts(AccountType.ASSET, "Piutang belanja anggota di unit", floor=0),
    Purpose.UNIT_PAYABLE: Posts(AccountType.LIABILITY, "Utang pembelian unit usaha", floor=0),
    Purpose.UNIT_SALES: Posts(AccountType.INCOME, "Penjualan unit kepada anggota"),
    Purpose.UNIT_OTHER_SALES: Posts(AccountType.INCOME, "Penjualan unit kepada non-anggota"),
    Purpose.UNIT_COST: Posts(AccountType.EXPENSE, "Beban pokok penjualan unit"),
    Purpose.UNIT_STOCK_DIFFERENCE: Posts(AccountType.EXPENSE, "Selisih persediaan unit"),
    Purpose.PROTECTION_PAYABLE: Posts(AccountType.LIABILITY, "Titipan iuran perlindungan anggota", floor=0),
    Purpose.PROTECTION_SENT: Posts(AccountType.ASSET, "Iuran perlindungan dikirim, belum dikonfirmasi", floor=0),
    Purpose.SOLIDARITY_FUND: Posts(AccountType.LIABILITY, "Dana solidaritas anggota", floor=0),
    Purpose.PROTECTION_BENEFIT: Posts(AccountType.LIABILITY, "Titipan santunan anggota dan ahli waris", floor=0),
    Purpose.JOINT_RECEIVABLE: Posts(AccountType.ASSET, "Piutang pembelian bersama", floor=0),
    Purpose.JOINT_PAYABLE: Posts(AccountType.LIABILITY, "Utang pembelian bersama", floor=0),
    # Both are assets, so that in the co-op's own statements one takes the other away.
    Purpose.UNIT_CURRENT: Posts(AccountType.ASSET, "Rekening koran unit pada simpan pinjam", floor=0),
    Purpose.CREDIT_CURRENT: Posts(AccountType.ASSET, "Rekening koran simpan pinjam pada unit"),
    Purpose.CHART_ASSET: Posts(AccountType.ASSET, "Aset menurut bagan akun"),
    Purpose.CHART_LIABILITY: Posts(AccountType.LIABILITY, "Kewajiban menurut bagan akun"),
    Purpose.CHART_EQUITY: Posts(AccountType.EQUITY, "Ekuitas menurut bagan akun"),
    Purpose.CHART_INCOME: Posts(AccountType.INCOME, "Pendapatan menurut bagan akun"),
    Purpose.CHART_EXPENSE: Posts(AccountType.EXPENSE, "Beban menurut bagan akun"),
}

#: The accounts without a subject that a book opens with.
STANDARD = (
    Purpose.BANK,
    Purpose.CASH,
    Purpose.GATEWAY_CLEARING,
    Purpose.COMMISSION_INCOME,
    Purpose.DELIVERY_INCOME,
    Purpose.GATEWAY_FEE_EXPENSE,
    Purpose.REFUND_EXPENSE,
    Purpose.OPENING_BALANCE,
)


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by what it is: whose book, what for, and about whom or what."""

    cooperative_id: UUID
    purpose: Purpose
    subject_id: UUID | None = None

    @property
    def posts(self) -> Posts:
        return CHART[self.purpose]

    def shard_for(self, cause_id: UUID) -> int:
        """The sub-account that postings of this cause use."""
        return cause_id.int % HUB_SHARDS if self.posts.is_hub else 0

    def id(self, shard: int = 0) -> UUID:
        return UUID(self.hex(shard))

    def hex(self, shard: int = 0) -> str:
        """The id in 32 hexadecimal digits, which sort as ids do."""
        return hex5(self.cooperative_id, f"{self.purpose}:{self.subject_id or ''}:{shard}")


class Phase(StrEnum):
    """Where a transfer stands between intent and fact."""

    SINGLE = "SINGLE"
    PENDING = "PENDING"
    POST = "POST"
    VOID = "VOID"
    EXPIRE = "EXPIRE"


@dataclass(frozen=True, slots=True)
class Entry:
    """Debit one account, credit another of the same book, by `amount` rupiah."""

    debit: AccountRef
    credit: AccountRef
    amount: int
    kind: str
    phase: Phase = Phase.SINGLE
    expires_at: datetime | None = None  # from this moment on a pending transfer can't be posted

    def __post_init__(self) -> None:
        if self.phase not in (Phase.SINGLE, Phase.PENDING):
            raise ValueError("a pending transfer is posted, voided or expired by `Resolve`")
        if self.expires_at is not None and self.phase is not Phase.PENDING:
            raise ValueError("only a pending transfer runs out of time")
        if self.debit.cooperative_id != self.credit.cooperative_id:
            raise ValueError("an entry stays within one co-op's book")
        if self.debit == self.credit:
            raise ValueError("an entry moves between two accounts")
        if not 0 <= self.amount <= LARGEST_RUPIAH:
            raise ValueError(f"an amount is a whole number of rupiah of zero or more, not {self.amount}")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a compound was posted: `Cause("sub_order.released", sub_order_id)`."""

    kind: str
    id: UUID

    def transfer_id(self, ordinal: int) -> UUID:
        """The id of this cause's transfer: a hash, led by the time of the cause's id where that has one (uuid7).

        What is posted together then lies together in the indexes of ids; by chance alone each row would touch a page
        of its own, and a book of millions would write a page of log for each.
        """
        return UUID(self.transfer_hex(ordinal))

    def transfer_hex(self, ordinal: int) -> str:
        """The same id in 32 hexadecimal digits."""
        id = hex5(self.id, f"{self.kind}:{ordinal}")
        return f"{self.id.hex[:12]}{id[12:]}" if self.id.int & _KIND == _UUID7 else id


@dataclass(frozen=True, slots=True)
class Balance:
    """An account's four accumulators, in rupiah."""

    type: AccountType
    debits_posted: int = 0
    credits_posted: int = 0
    debits_pending: int = 0
    credits_pending: int = 0

    @property
    def amount(self) -> int:
        """What the account says, on its own side: an asset's debits less credits, a liability's reverse."""
        net = self.debits_posted - self.credits_posted
        return net if self.type.grows_by_debit else -net

    @property
    def available(self) -> int:
        """`amount` less what pending transfers will take."""
        return self.amount - (self.credits_pending if self.type.grows_by_debit else self.debits_pending)
