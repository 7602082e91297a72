"""What the register holds of a member beside his membership: written and read under the node's keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

import orjson
from tortoise.expressions import Subquery
from tortoise.queryset import QuerySet

from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.models import MemberEntry, Membership, MembershipState
from marketplace.batches import rows_by
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError
from marketplace.vault import Vault

MOST_HEIRS = 5


class NationalIdTaken(MarketplaceError):
    """Another member of this co-op has this NIK: check both."""

    code = Code.DUPLICATE
    pesan = "NIK ini sudah dipakai anggota lain koperasi ini: periksa keduanya."


@dataclass(frozen=True, slots=True)
class PersonalDetails:
    """What the law's register asks of a person. Empty: not known. `born_on` is an ISO day, `sex` L or P."""

    name: str = ""
    national_id: str = ""  # NIK, 16 digits
    birth_place: str = ""
    born_on: str = ""
    sex: str = ""
    address: str = ""
    occupation: str = ""
    former_number: str = ""  # in the books from which he moved in


@dataclass(frozen=True, slots=True)
class Heir:
    """Who is to be paid what a member leaves, named by himself."""

    name: str
    relation: str
    phone: str = ""
    national_id: str = ""


async def entries_by_id(ids: Iterable[UUID]) -> Mapping[UUID, MemberEntry]:
    """The entries of these memberships, where something is written down. One statement."""
    return {row.pk: row for row in await rows_by(MemberEntry, "id", set(ids))}


def category_of(entry: MemberEntry | None) -> MemberCategory:
    """What kind of member one is: a full one where nothing else is written down."""
    return MemberCategory.FULL if entry is None else entry.category


def joined_on(member: Membership, entry: MemberEntry | None) -> date | None:
    """Since when one is a member: as the old books say, else since an officer decided; None where nobody knows."""
    if entry is not None and entry.joined_on is not None:
        return entry.joined_on
    is_member = member.state is MembershipState.ACTIVE
    return member.decided_at.date() if is_member and member.decided_at is not None else None


def voters(cooperative_id: UUID) -> QuerySet[Membership]:
    """The co-op's active members who vote: full ones."""
    others = MemberEntry.filter(cooperative_id=cooperative_id).exclude(category=MemberCategory.FULL).values("id")
    active = Membership.filter(cooperative_id=cooperative_id, state=MembershipState.ACTIVE)
    return active.exclude(pk__in=Subquery(others))


async def hold_entry(member: Membership) -> MemberEntry:
    """The membership's entry, locked, made now where there is none. Caller's transaction."""
    await MemberEntry.bulk_create(
        [MemberEntry(id=member.pk, cooperative_id=member.cooperative_id)], ignore_conflicts=True
    )
    row = await locked_one(MemberEntry, member.pk)
    assert row is not None  # made just above
    return row


def seal_details(vault: Vault, row: MemberEntry, details: PersonalDetails) -> None:
    """Put what is known of the person into the row."""
    row.details = vault.seal(asdict(details), row_id=row.pk, owner_id=row.cooperative_id)
    mark_details(vault, row)


def mark_details(vault: Vault, row: MemberEntry) -> tuple[str, ...]:
    """Put the mark of the person's NIK, by the newest key, beside the details; answers the column."""
    details = open_details(vault, row)
    national_id = details.national_id if details is not None else ""
    row.national_id_mark = vault.marks(national_id, owner_id=row.cooperative_id)[0] if national_id else None
    return ("national_id_mark",)


def open_details(vault: Vault, row: MemberEntry | None) -> PersonalDetails | None:
    """What is known of the person, or None. Raises CredentialsSealed when no key opens it."""
    if row is None or row.details is None:
        return None
    kept = vault.open(row.details, row_id=row.pk, owner_id=row.cooperative_id)
    return PersonalDetails(**{field.name: kept.get(field.name, "") for field in fields(PersonalDetails)})


def seal_heirs(vault: Vault, row: MemberEntry, heirs: Sequence[Heir]) -> None:
    """Put the heirs into the row, in the member's order."""
    said = orjson.dumps([asdict(heir) for heir in heirs]).decode()
    row.heirs = vault.seal({"heirs": said}, row_id=row.pk, owner_id=row.cooperative_id) if heirs else None


def open_heirs(vault: Vault, row: MemberEntry | None) -> list[Heir]:
    """Whom the member named. Raises CredentialsSealed when no key opens it."""
    if row is None or row.heirs is None:
        return []
    kept = vault.open(row.heirs, row_id=row.pk, owner_id=row.cooperative_id)
    return [Heir(**heir) for heir in orjson.loads(kept["heirs"])]


async def require_free_national_id(
    vault: Vault, cooperative_id: UUID, national_id: str, *, but: UUID | None = None
) -> None:
    """Go on when no other member of the co-op has this NIK. Raises NationalIdTaken."""
    marks = vault.marks(national_id, owner_id=cooperative_id)
    if await MemberEntry.filter(cooperative_id=cooperative_id, national_id_mark__in=marks).exclude(pk=but).exists():
        raise NationalIdTaken
