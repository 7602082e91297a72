"""Where in the node's own app the reader of a notice acts on what it tells. Pure.

Each kind has its page, one for each of its readers, or a reason why there is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from marketplace.node_ids import opaque
from marketplace.notices.models import NoticeKind as Kind


class Reader(StrEnum):
    """Which side of a delivery or an order reads; stands among the values of a notice that several sides are told."""

    BUYER = "BUYER"
    SHOP = "SHOP"
    DRIVER = "DRIVER"
    OFFICER = "OFFICER"


#: Values that every notice may have: who reads, what its event was about, of which order or joint purchase.
READER, EVENT_OF, ORDER, ROUND = "reader", "event_of", "order_id", "round_id"


@dataclass(frozen=True, slots=True)
class Page:
    """An address of the app; with `shows`, of the one thing of that GraphQL type that stands behind it.

    `by` is the value of the notice that holds its uuid, None: the notice's subject. An older notice may lack the
    value: it leads to `otherwise`, or to the page that lists such things.
    """

    path: str
    shows: str | None = None
    by: str | None = None
    otherwise: str | None = None

    def address(self, subject_id: UUID, values: Mapping[str, Any]) -> str:
        if self.shows is None:
            return self.path
        id = subject_id if self.by is None else values.get(self.by)
        return f"{self.path}/{opaque(self.shows, id)}" if id else self.otherwise or self.path


_ORDER = Page("/pesanan", "Order", ORDER)
_SHOP, _MENU, _SHOP_PAGE = Page("/jual"), Page("/jual/menu"), Page("/jual/toko")
_WORK, _EARNINGS = Page("/antar"), Page("/antar/hasil")
_JOB = Page("/antar/tugas", "DeliveryJob", EVENT_OF, otherwise="/antar")
_BOARD, _AWAITING = Page("/loket/antaran"), Page("/loket/urusan")
_MEMBER, _CASE = Page("/anggota"), Page("/anggota/perkara")
_OWN_LOANS, _OWN_LOAN = Page("/anggota/pinjaman"), Page("/anggota/pinjaman", "Loan")
_MEETING = Page("/anggota/rapat", "Meeting", EVENT_OF)
_MOTION = Page("/anggota/usulan", "Motion", EVENT_OF, otherwise="/anggota/rapat")
_BILL = Page("/anggota/tagihan", "ProtectionBill", EVENT_OF, otherwise="/anggota/perlindungan")
_JOB_CARD = Page("/anggota/servis", "JobCard", EVENT_OF, otherwise="/anggota/belanja")
_WINDOW = Page("/loket/kliring", "SettlementWindow")
_COVER, _REPORTS = Page("/loket/perlindungan"), Page("/pengelola/laporan")

_ROUNDS = "/loket/pembelian-bersama"
#: Of a joint purchase: for a unit's keepers, and for a shop.
_OF_ROUND = {
    Reader.OFFICER: Page(_ROUNDS, "PurchaseRound", ROUND),
    Reader.SHOP: Page("/jual/pembelian-bersama"),
}
#: Of an order or its delivery: for whoever is told of it.
_OF_ORDER = {Reader.BUYER: _ORDER, Reader.SHOP: _SHOP, Reader.DRIVER: _WORK, Reader.OFFICER: _BOARD}

PAGES: Mapping[Kind, Page | Mapping[Reader, Page]] = {
    Kind.ORDER_TO_ANSWER: _SHOP,
    Kind.ORDER_RECEIVED: _SHOP,
    Kind.ORDER_ACCEPTED: _ORDER,
    Kind.ORDER_DECLINED: _ORDER,
    Kind.ORDER_CANCELLED: _OF_ORDER,
    Kind.ORDER_EXPIRED: _OF_ORDER,
    Kind.ORDER_READY: _ORDER,
    Kind.ORDER_COLLECTED: _ORDER,
    Kind.ORDER_DELIVERED: _ORDER,
    Kind.ORDER_RETURNED: _OF_ORDER,
    Kind.ORDER_DISPUTED: {Reader.SHOP: Page("/jual/penjualan")},  # it is work no longer
    Kind.DISPUTE_RESOLVED: _OF_ORDER,
    Kind.REFUND_BEGUN: _ORDER,
    Kind.REFUND_TO_FETCH: _ORDER,
    Kind.REFUND_PAID: _ORDER,
    Kind.REFUND_AWAITING: _ORDER,
    Kind.DRIVER_ASSIGNED: _OF_ORDER,
    Kind.JOB_UNSERVED: _ORDER,
    Kind.LATE_READY: _OF_ORDER,
    Kind.LATE_RIDER: _OF_ORDER,
    Kind.JOB_MESSAGE: _OF_ORDER | {Reader.DRIVER: _JOB},
    Kind.JOB_ASSIGNED: _JOB,
    Kind.JOB_CANCELLED: _WORK,
    Kind.BOOKED_JOB_ASSIGNED: _JOB,
    Kind.BOOKED_JOB_CANCELLED: _WORK,
    Kind.DISPATCH_ANSWERED: Page("/antar/alasan"),
    Kind.JOB_INCIDENT: _BOARD,
    Kind.SOS_RAISED: _BOARD,
    Kind.SOS_ACKNOWLEDGED: _WORK,
    Kind.SOS_CLOSED: _WORK,
    Kind.TIP_GIVEN: _EARNINGS,
    Kind.DRIVER_APPROVED: _WORK,
    Kind.DRIVER_REFUSED: _WORK,
    Kind.DRIVER_SUSPENDED: _WORK,
    Kind.MEMBERSHIP_APPLIED: Page("/loket/keanggotaan"),
    Kind.MEMBERSHIP_APPROVED: _MEMBER,
    Kind.MEMBERSHIP_REFUSED: _MEMBER,
    Kind.MEMBERSHIP_ENDED: _MEMBER,
    Kind.HEARING_CALLED: _CASE,
    Kind.EXPULSION_DECIDED: _CASE,
    Kind.EXPULSION_DROPPED: _CASE,
    Kind.EXPULSION_APPEALED: Page("/loket/anggota", "Membership"),
    Kind.MOVING_PROPOSED: Page("/loket/pindahan"),
    Kind.SHOP_APPLIED: Page("/loket/toko"),
    Kind.SHOP_APPROVED: _MENU,
    Kind.SHOP_REFUSED: _SHOP_PAGE,
    Kind.SHOP_SUSPENDED: _SHOP_PAGE,
    Kind.SHOP_BLOCKED: _SHOP_PAGE,
    Kind.SHOP_HANDED_OVER: _SHOP_PAGE,
    Kind.LISTING_SUSPENDED: _MENU,
    Kind.LISTING_APPEALED: _REPORTS,
    Kind.APPEAL_ALLOWED: _MENU,
    Kind.APPEAL_REFUSED: _MENU,
    Kind.LISTING_REPORTED: _REPORTS,
    Kind.REPORT_DISMISSED: Page("/barang", "Listing"),
    Kind.OFFICE_PROPOSED: _AWAITING,
    Kind.OFFICE_GIVEN: Page("/loket"),
    Kind.PAYOUT_CONFIRMED: {Reader.SHOP: Page("/jual/pencairan"), Reader.DRIVER: _EARNINGS},
    Kind.PAYOUT_FAILED: {Reader.SHOP: Page("/jual/pencairan"), Reader.DRIVER: _EARNINGS},
    Kind.JOINT_CLOSED: Page(_ROUNDS, "PurchaseRound", EVENT_OF),
    Kind.JOINT_RECEIVED: _OF_ROUND,
    Kind.JOINT_DUE: _OF_ROUND,
    Kind.VOUCHER_TO_APPROVE: Page("/loket/bukti", "Voucher", EVENT_OF),
    Kind.PAYOUT_TO_APPROVE: _AWAITING,
    Kind.PAYOUT_OUTCOME_TO_APPROVE: _AWAITING,
    Kind.MONEY_SETTING_TO_APPROVE: _AWAITING,
    Kind.SETTLEMENT_TO_APPROVE: _WINDOW,
    Kind.SETTLEMENT_TO_PAY: _WINDOW,
    Kind.SETTLEMENT_TO_CONFIRM: _WINDOW,
    Kind.SETTLEMENT_CONFIRMED: _WINDOW,
    Kind.SETTLEMENT_SETTLED: _WINDOW,
    Kind.SETTLEMENT_DEFAULTED: _WINDOW,
    Kind.SETTLEMENT_ABORTED: _WINDOW,
    Kind.SETTLEMENT_FAILED: _WINDOW,
    Kind.LOAN_APPLIED: Page("/loket/pinjaman", "Loan"),
    Kind.LOAN_TO_APPROVE: Page("/loket/pinjaman", "Loan", EVENT_OF),
    Kind.LOAN_GUARANTEE_ASKED: _OWN_LOANS,
    Kind.LOAN_GUARANTEE_GIVEN: _OWN_LOAN,
    Kind.LOAN_GUARANTEE_REFUSED: _OWN_LOAN,
    Kind.LOAN_APPROVED: _OWN_LOAN,
    Kind.LOAN_REJECTED: _OWN_LOAN,
    Kind.LOAN_CALLED_OFF: _OWN_LOAN,
    Kind.LOAN_DISBURSED: _OWN_LOAN,
    Kind.LOAN_TO_FETCH: _OWN_LOAN,
    Kind.LOAN_PAID_UNIT: _OWN_LOAN,
    Kind.LOAN_RESTRUCTURED: _OWN_LOAN,
    Kind.LOAN_REPAID: _OWN_LOAN,
    Kind.LOAN_WRITTEN_OFF: _OWN_LOAN,
    Kind.LOAN_LATE: _OWN_LOAN,
    Kind.LOAN_BEHIND_LATE: _OWN_LOANS,
    Kind.DUES_MISSED: _MEMBER,
    Kind.WITHDRAWAL_TO_APPROVE: Page("/loket/penarikan"),
    Kind.WITHDRAWAL_REFUSED: _MEMBER,
    Kind.DEPOSIT_MATURED: Page("/anggota/simpanan", "SavingsAccount", EVENT_OF, otherwise="/anggota"),
    Kind.UNIT_CREDIT_SALE: Page("/anggota/belanja"),
    Kind.UNIT_ITEM_LOW: Page("/loket/unit"),
    Kind.JOB_ESTIMATED: _JOB_CARD,
    Kind.JOB_DONE: _JOB_CARD,
    Kind.SURPLUS_PAID: Page("/anggota/shu"),
    Kind.PROTECTION_DUE: _BILL,
    Kind.PROTECTION_CARRIED: _BILL,
    Kind.PROTECTION_LAPSED: _BILL,
    Kind.PROTECTION_REFUSED: _BILL,
    Kind.PROTECTION_TO_REMIT: _COVER,
    Kind.DUES_OF_DEAD: Page("/loket/anggota", "Membership"),
    Kind.PROTECTION_CLAIM: Page("/anggota/klaim", "ProtectionClaim", EVENT_OF, otherwise="/anggota/perlindungan"),
    Kind.BENEFIT_TO_APPROVE: _COVER,
    Kind.REMITTANCE_TO_APPROVE: _COVER,
    Kind.MEETING_CALLED: _MEETING,
    Kind.MEETING_CLOSED: _MEETING,
    Kind.VOTE_OPENED: _MOTION,
    Kind.MOTION_DECIDED: _MOTION,
    Kind.DUTY_NEAR: Page("/loket/rapat"),
    Kind.SEARCH_ANSWERED: Page("/barang", "Listing"),
}

_THROUGH_API = "The app has no page for it: it is answered through the API."
_TOLD = "It is told in full, and its reader has nothing to do."
#: Why the others lead nowhere.
NO_PAGE: Mapping[Kind, str] = {
    Kind.REPORT_UPHELD: _TOLD,  # the listing is off sale
    Kind.OFFICE_ENDED: _TOLD,
    Kind.OFFICE_WITHDRAWN: _TOLD,
    Kind.BOOKED_ASSIGNED: _THROUGH_API,  # deliveries that a shop books alone
    Kind.BOOKED_UNSERVED: _THROUGH_API,
    Kind.BOOKED_REPRICED: _THROUGH_API,
    Kind.BOOKED_DELIVERED: _THROUGH_API,
    Kind.BOOKED_RETURNING: _THROUGH_API,
    Kind.BOOKED_RETURNED: _THROUGH_API,
    Kind.WEEKLY_NOT_MADE: _THROUGH_API,
    Kind.HAND_OVER_OFFERED: _THROUGH_API,
    Kind.HUB_STORED: _THROUGH_API,
    Kind.HUB_TO_FETCH: _THROUGH_API,
    Kind.HUB_WINDOW_CLOSED: _THROUGH_API,
    Kind.ALLIANCE_PROPOSED: _THROUGH_API,
    Kind.ALLIANCE_TERMS_PROPOSED: _THROUGH_API,
    Kind.DISPATCH_APPEALED: _THROUGH_API,
    Kind.SHIFT_CANCELLED: _THROUGH_API,
    Kind.SHIFT_TAKEN: _THROUGH_API,
    Kind.DRIVER_APPLIED: _THROUGH_API,
    Kind.PAPER_TO_CHECK: _THROUGH_API,
    Kind.PAPER_APPROVED: _TOLD,
    Kind.PAPER_REFUSED: _THROUGH_API,
    Kind.PAPER_EXPIRING: _THROUGH_API,
    Kind.PAPER_EXPIRED: _THROUGH_API,
    Kind.STRAY_MONEY_FOUND: _THROUGH_API,
    Kind.PAYOUT_CONTRADICTED: _THROUGH_API,
}
#: Where a driver answers what is offered to him; of an offer no notice is kept.
OFFERS = _WORK.path


def page_of(kind: Kind, subject_id: UUID, values: Mapping[str, Any]) -> str | None:
    """The address, from the app's root on, where this notice's reader acts on it; None: the app has none for him."""
    found = PAGES.get(kind)
    if isinstance(found, Mapping):
        found = found.get(values.get(READER, ""))
    return None if found is None else found.address(subject_id, values)
