"""Participants' numbers (KPJ, BPJS card, policy): kept sealed, shown by their end alone."""

import re
from uuid import UUID

from cooperatives.protection.models import ProtectionDependant, ProtectionEnrolment
from marketplace.errors import Code, Invalid
from marketplace.vault import Vault

_FORM = re.compile(r"[0-9A-Z]{6,20}")


def checked(number: str) -> str:
    """The number without blanks; empty while none is known. Raises Invalid."""
    bare = re.sub(r"[\s.-]", "", number).upper()
    if bare and not _FORM.fullmatch(bare):
        raise Invalid.field(
            "participantNumber", Code.INVALID, "6 to 20 digits or letters", "6 sampai 20 angka atau huruf"
        )
    return bare


def put(row: ProtectionEnrolment | ProtectionDependant, number: str, cooperative_id: UUID, vault: Vault) -> None:
    """Keep a checked number in its row, which is not saved."""
    row.masked = f"…{number[-4:]}" if number else ""
    row.sealed = vault.seal({"number": number}, row_id=row.pk, owner_id=cooperative_id) if number else ""


def read(row: ProtectionEnrolment | ProtectionDependant, cooperative_id: UUID, vault: Vault) -> str:
    """The number of a row; empty while none is known."""
    if not row.sealed:
        return ""
    return vault.open(row.sealed, row_id=row.pk, owner_id=cooperative_id)["number"]
