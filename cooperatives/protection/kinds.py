"""The words of protection: programmes, what a bill is made of, and where bills, batches and claims stand. Pure."""

from enum import StrEnum


class ProgrammeKind(StrEnum):
    """What a programme protects from."""

    EMPLOYMENT = "EMPLOYMENT"  # BPJS Ketenagakerjaan: JKK and JKM, and JHT for who wants it
    HEALTH = "HEALTH"  # BPJS Kesehatan, by class
    ACCIDENT = "ACCIDENT"  # group accident insurance
    VEHICLE = "VEHICLE"  # group vehicle insurance
    PENSION = "PENSION"  # DPLK

    @property
    def is_priced_by_law(self) -> bool:
        """Whether public rules say what it costs; else the co-op's contract, or the member himself."""
        return self in (ProgrammeKind.EMPLOYMENT, ProgrammeKind.HEALTH)

    @property
    def covers_dependants(self) -> bool:
        """Whether his family may be in it, each at the same price."""
        return self in (ProgrammeKind.HEALTH, ProgrammeKind.ACCIDENT)

    @property
    def keeps_arrears(self) -> bool:
        """Whether a month that lapsed is still owed: only then does the provider cover again."""
        return self is ProgrammeKind.HEALTH


class Component(StrEnum):
    """What a line of a bill is for."""

    JKK = "JKK"  # accidents at work
    JKM = "JKM"  # death
    JHT = "JHT"  # old age
    HEALTH = "HEALTH"
    PREMIUM = "PREMIUM"
    PENSION = "PENSION"


class Sector(StrEnum):
    """By what an insured person lives: discounts on contributions go by it."""

    TRANSPORT = "TRANSPORT"
    OTHER = "OTHER"


class Relation(StrEnum):
    """What a dependant is to the member."""

    SPOUSE = "SPOUSE"
    CHILD = "CHILD"
    PARENT = "PARENT"
    OTHER = "OTHER"


class BillState(StrEnum):
    """Where a month's bill stands."""

    OPEN = "OPEN"  # the month is not closed
    PAID = "PAID"  # by the member: covered
    CARRIED = "CARRIED"  # the solidarity fund paid what was missing: covered, owed back
    LAPSED = "LAPSED"  # not covered
    REFUSED = "REFUSED"  # by the provider: given back


class BatchState(StrEnum):
    """Where a remittance stands."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    CONFIRMED = "CONFIRMED"


class RemittanceWay(StrEnum):
    """Where money for a provider goes out of, or comes back to."""

    CASH = "CASH"
    TRANSFER = "TRANSFER"


class ClaimKind(StrEnum):
    """What happened."""

    ACCIDENT = "ACCIDENT"
    ILLNESS = "ILLNESS"
    DEATH = "DEATH"
    OLD_AGE = "OLD_AGE"
    VEHICLE = "VEHICLE"


class ClaimDocument(StrEnum):
    """What a document proves."""

    IDENTITY = "IDENTITY"  # KTP
    FAMILY_CARD = "FAMILY_CARD"  # KK
    PARTICIPANT_CARD = "PARTICIPANT_CARD"
    ACCOUNT_OF_EVENTS = "ACCOUNT_OF_EVENTS"  # kronologi
    POLICE_REPORT = "POLICE_REPORT"
    MEDICAL_REPORT = "MEDICAL_REPORT"
    RECEIPTS = "RECEIPTS"
    DEATH_CERTIFICATE = "DEATH_CERTIFICATE"
    HEIRS_STATEMENT = "HEIRS_STATEMENT"
    VEHICLE_PAPERS = "VEHICLE_PAPERS"  # STNK
    PHOTO = "PHOTO"
    OTHER = "OTHER"
