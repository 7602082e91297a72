"""The words of lending: what for, how money goes out and comes back, what stands behind it. Pure."""

from enum import StrEnum


class LoanPurpose(StrEnum):
    """What a product is for."""

    MOTORCYCLE = "MOTORCYCLE"  # sepeda motor
    MAINTENANCE = "MAINTENANCE"  # perawatan kendaraan
    FAMILY = "FAMILY"  # kebutuhan keluarga
    EDUCATION = "EDUCATION"
    BUSINESS = "BUSINESS"  # modal usaha
    EMERGENCY = "EMERGENCY"
    OTHER = "OTHER"


class MoneyWay(StrEnum):
    """How money of a loan goes out, or a part paid early comes in."""

    CASH = "CASH"  # at the counter
    TRANSFER = "TRANSFER"  # by the bank
    EARNINGS = "EARNINGS"  # what the co-op owes the member as its driver
    UNIT = "UNIT"  # to a unit of the co-op, for what the member bought there; back when he returns it


class GuaranteeState(StrEnum):
    """Whether a member stands behind another's loan."""

    ASKED = "ASKED"
    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    RELEASED = "RELEASED"  # the loan was paid, or never given


class RestructuringState(StrEnum):
    """Where new terms for a running loan stand."""

    PROPOSED = "PROPOSED"
    AGREED = "AGREED"
    WITHDRAWN = "WITHDRAWN"


class Lender(StrEnum):
    """Who lends to the co-op."""

    LPDB = "LPDB"  # LPDB-KUMKM
    BANK = "BANK"
    COOPERATIVE = "COOPERATIVE"
    OTHER = "OTHER"


class BorrowingState(StrEnum):
    """Where what the co-op borrowed stands."""

    PROPOSED = "PROPOSED"  # waits for a second officer
    RUNNING = "RUNNING"
    REPAID = "REPAID"
    WITHDRAWN = "WITHDRAWN"
