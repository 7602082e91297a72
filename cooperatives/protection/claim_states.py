"""A claim's life, and what papers it takes. Pure: a table and a function."""

from collections.abc import Iterable
from enum import StrEnum

from cooperatives.protection.kinds import ClaimDocument, ClaimKind
from marketplace.errors import Code, MarketplaceError


class ClaimState(StrEnum):
    """Where a claim stands."""

    REPORTED = "REPORTED"
    SUBMITTED = "SUBMITTED"
    RECEIVED = "RECEIVED"  # by the co-op, which pays it on
    PAID = "PAID"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class ClaimStep(StrEnum):
    """What may be done with a claim."""

    SUBMIT = "SUBMIT"  # to the provider
    RECEIVE = "RECEIVE"  # the provider paid the co-op for them
    PAY = "PAY"  # they have it: of the provider, or the last of it of the co-op
    REFUSE = "REFUSE"  # the provider refused
    WITHDRAW = "WITHDRAW"


STEPS = {
    (ClaimState.REPORTED, ClaimStep.SUBMIT): ClaimState.SUBMITTED,
    (ClaimState.REPORTED, ClaimStep.WITHDRAW): ClaimState.WITHDRAWN,
    (ClaimState.SUBMITTED, ClaimStep.PAY): ClaimState.PAID,
    (ClaimState.SUBMITTED, ClaimStep.RECEIVE): ClaimState.RECEIVED,
    (ClaimState.RECEIVED, ClaimStep.PAY): ClaimState.PAID,
    (ClaimState.SUBMITTED, ClaimStep.REFUSE): ClaimState.REFUSED,
    (ClaimState.SUBMITTED, ClaimStep.WITHDRAW): ClaimState.WITHDRAWN,
    # A refusal may be appealed: the claim goes to the provider once more.
    (ClaimState.REFUSED, ClaimStep.SUBMIT): ClaimState.SUBMITTED,
}

_ALWAYS = (ClaimDocument.IDENTITY, ClaimDocument.PARTICIPANT_CARD)
#: What a provider asks for, as a checklist; it may ask for more.
NEEDED = {
    ClaimKind.ACCIDENT: (*_ALWAYS, ClaimDocument.ACCOUNT_OF_EVENTS, ClaimDocument.MEDICAL_REPORT),
    ClaimKind.ILLNESS: (*_ALWAYS, ClaimDocument.MEDICAL_REPORT),
    ClaimKind.DEATH: (
        *_ALWAYS,
        ClaimDocument.FAMILY_CARD,
        ClaimDocument.DEATH_CERTIFICATE,
        ClaimDocument.HEIRS_STATEMENT,
    ),
    ClaimKind.OLD_AGE: (*_ALWAYS, ClaimDocument.FAMILY_CARD),
    ClaimKind.VEHICLE: (
        ClaimDocument.IDENTITY,
        ClaimDocument.ACCOUNT_OF_EVENTS,
        ClaimDocument.VEHICLE_PAPERS,
        ClaimDocument.PHOTO,
    ),
}

#: What each is called, in English and in Bahasa Indonesia.
NAMES = {
    ClaimDocument.IDENTITY: ("identity card", "KTP"),
    ClaimDocument.FAMILY_CARD: ("family card", "kartu keluarga"),
    ClaimDocument.PARTICIPANT_CARD: ("participant's card", "kartu peserta"),
    ClaimDocument.ACCOUNT_OF_EVENTS: ("account of events", "kronologi kejadian"),
    ClaimDocument.MEDICAL_REPORT: ("medical report", "surat dokter"),
    ClaimDocument.DEATH_CERTIFICATE: ("death certificate", "akta kematian"),
    ClaimDocument.HEIRS_STATEMENT: ("heirs' statement", "surat ahli waris"),
    ClaimDocument.VEHICLE_PAPERS: ("vehicle papers", "surat kendaraan"),
    ClaimDocument.PHOTO: ("photo", "foto"),
}


class ClaimWrongState(MarketplaceError):
    """This claim is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Klaim ini berstatus {state}: tindakan itu tidak dapat dilakukan."


def after_step(state: ClaimState, step: ClaimStep) -> ClaimState:
    """Where a claim stands after this. Raises ClaimWrongState."""
    found = STEPS.get((state, step))
    if found is None:
        raise ClaimWrongState(state=state.value)
    return found


def missing(kind: ClaimKind, given: Iterable[ClaimDocument]) -> list[ClaimDocument]:
    """The documents of the checklist that are not there yet, in its order."""
    have = set(given)
    return [document for document in NEEDED[kind] if document not in have]
