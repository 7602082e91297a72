"""Members in programmes: enrolled, with their families, and ended. Locks: the membership, then the enrolment."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.periods import add_months, month_of
from cooperatives.books.texts import fits
from cooperatives.dues.paying import today_of
from cooperatives.membership.models import Membership
from cooperatives.protection import numbers
from cooperatives.protection.billing import bill, due_on, row_of
from cooperatives.protection.kinds import ProgrammeKind, Relation, Sector
from cooperatives.protection.models import (
    ProtectionBill,
    ProtectionDependant,
    ProtectionEnrolment,
    ProtectionProgramme,
)
from cooperatives.protection.pricing import HEALTH_CLASSES
from cooperatives.savings.accounts import own_or_at_counter, require_active
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Role, signed_in
from marketplace.vault import Vault

#: So many of a family are covered with a member.
MOST_DEPENDANTS = 10
#: An enrolment begins at most so many months ahead.
MOST_AHEAD = 3
MOST_INCOME = 100_000_000


class AlreadyEnrolled(MarketplaceError):
    """He is in this programme already: end that first."""

    code = Code.DUPLICATE
    pesan = "Sudah menjadi peserta program ini: akhiri dahulu kepesertaan itu."


class ProgrammeRetired(MarketplaceError):
    """This programme takes no new members."""

    code = Code.WRONG_STATE
    pesan = "Program ini tidak menerima peserta baru."


@dataclass(frozen=True, slots=True)
class Choice:
    """What a member chooses within a programme; what does not belong to its kind stays as it is here."""

    income: int = 0
    has_old_age: bool = False
    health_class: int = 3
    contribution: int = 0


async def enrol(
    actor: Actor,
    *,
    membership_id: UUID,
    programme_id: UUID,
    since: date | None,
    choice: Choice,
    participant_number: str = "",
    vault: Vault,
    key: str,
) -> ProtectionEnrolment:
    """Enrol a member from the month of `since` on, the first that is open where none is named: he himself, or one at
    the counter for him.

    This month is open while its day to pay by is not over; then it is billed at once. His sector is transport when he
    drives for the co-op. Raises NotFound, Forbidden, Invalid, AlreadyEnrolled, ProgrammeRetired, NotAnActiveMember.
    """
    by, id, number = signed_in(actor), new_id(), numbers.checked(participant_number)
    async with transaction():
        member = await own_or_at_counter(actor, membership_id)
        await locked_one(Membership, membership_id)
        programme = await ProtectionProgramme.get_or_none(pk=programme_id, cooperative_id=member.cooperative_id)
        if programme is None:
            raise NotFound("protection programme")
        asked = [membership_id, programme_id, since, choice, number]
        if (earlier := await once(by, "enrolInProtection", key, asked, id)) is not None:
            return await ProtectionEnrolment.get(pk=earlier)
        require_active(member)
        if programme.retired_at is not None:
            raise ProgrammeRetired
        _check(programme.kind, choice)
        today = await today_of(member.cooperative_id)
        month = _month(programme, since, today)
        if await _overlaps(membership_id, programme_id, month):
            raise AlreadyEnrolled
        drives = await identity.holds_any(member.account_id, [Role.DRIVER], cooperative_id=member.cooperative_id)
        row = ProtectionEnrolment(
            id=id,
            cooperative_id=member.cooperative_id,
            programme_id=programme_id,
            membership_id=membership_id,
            account_id=member.account_id,
            since=month,
            sector=Sector.TRANSPORT if drives else Sector.OTHER,
            income=choice.income,
            has_old_age=choice.has_old_age,
            health_class=choice.health_class,
            contribution=choice.contribution,
            enrolled_by=by,
        )
        numbers.put(row, number, member.cooperative_id, vault)
        await row.save(force_create=True)
        if month == month_of(today):
            await row_of(programme, month)
            await bill(programme, [row], month)
        return row


async def _overlaps(membership_id: UUID, programme_id: UUID, month: date) -> bool:
    rows = await ProtectionEnrolment.filter(membership_id=membership_id, programme_id=programme_id)
    return any(row.until is None or row.until >= month for row in rows)


def _check(kind: ProgrammeKind, choice: Choice) -> None:
    if not 0 <= choice.income <= MOST_INCOME:
        most = MOST_INCOME
        raise Invalid.field("income", Code.OUT_OF_RANGE, f"zero to {most}", f"nol sampai {most}")
    if kind is ProgrammeKind.HEALTH and choice.health_class not in HEALTH_CLASSES:
        raise Invalid.field("healthClass", Code.OUT_OF_RANGE, "1, 2 or 3", "1, 2, atau 3")
    if (kind is ProgrammeKind.PENSION) is not (choice.contribution > 0) or choice.contribution > MOST_INCOME:
        raise Invalid.field(
            "contribution", Code.INVALID, "of a PENSION alone: more than zero", "hanya untuk PENSION: lebih dari nol"
        )


def _month(programme: ProtectionProgramme, since: date | None, today: date) -> date:
    """The month in which an enrolment begins. Raises Invalid."""
    current = month_of(today)
    first = current if today <= due_on(programme, current) else add_months(current, 1)
    last, month = add_months(current, MOST_AHEAD), first if since is None else month_of(since)
    if not first <= month <= last:
        said = f"a month from {first:%Y-%m} to {last:%Y-%m}", f"bulan {first:%Y-%m} sampai {last:%Y-%m}"
        raise Invalid.field("since", Code.OUT_OF_RANGE, *said)
    return month


async def end(actor: Actor, *, enrolment_id: UUID, key: str) -> ProtectionEnrolment:
    """This month is the last; its bill stays owed. The member, or one at the counter. Raises NotFound, Forbidden."""
    by = signed_in(actor)
    async with transaction():
        row = await hold_enrolment(actor, enrolment_id)
        if await once(by, "endProtection", key, [enrolment_id], enrolment_id) is not None or row.until is not None:
            return row
        row.until = month_of(await today_of(row.cooperative_id))
        await row.save(update_fields=["until"])
        return row


async def add_dependant(
    actor: Actor,
    *,
    enrolment_id: UUID,
    name: str,
    relation: Relation,
    born_on: date,
    participant_number: str = "",
    vault: Vault,
    key: str,
) -> ProtectionEnrolment:
    """Cover one of a member's family with him, from the next month on that is not billed yet.

    Raises NotFound, Forbidden, Invalid.
    """
    by, id, name = signed_in(actor), new_id(), " ".join(name.split())
    number = numbers.checked(participant_number)
    async with transaction():
        row = await hold_enrolment(actor, enrolment_id)
        asked = [enrolment_id, name, relation, born_on, number]
        if await once(by, "addProtectionDependant", key, asked, id) is not None:
            return row
        programme = await ProtectionProgramme.get(pk=row.programme_id)
        today = await today_of(row.cooperative_id)
        covered = await ProtectionDependant.filter(enrolment_id=enrolment_id, until__isnull=True).count()
        _check_dependant(programme.kind, name, born_on, today, covered)
        current = month_of(today)
        billed = await ProtectionBill.exists(enrolment_id=enrolment_id, month=current)
        first = max(row.since, add_months(current, 1) if billed else current)
        dependant = ProtectionDependant(
            id=id, enrolment_id=enrolment_id, name=name, relation=relation, born_on=born_on, since=first
        )
        numbers.put(dependant, number, row.cooperative_id, vault)
        await dependant.save(force_create=True)
        return row


def _check_dependant(kind: ProgrammeKind, name: str, born_on: date, today: date, covered: int) -> None:
    if not kind.covers_dependants:
        raise Invalid.field(
            "enrolmentId", Code.INVALID, "a programme that covers families", "program yang menanggung keluarga"
        )
    if not fits(name, 1, 80):
        raise Invalid.field("name", Code.OUT_OF_RANGE, "1 to 80 characters", "1 sampai 80 karakter")
    if not date(1900, 1, 1) <= born_on <= today:
        raise Invalid.field("bornOn", Code.OUT_OF_RANGE, "a day past", "tanggal yang sudah lewat")
    if covered >= MOST_DEPENDANTS:
        most = MOST_DEPENDANTS
        raise Invalid.field(
            "enrolmentId", Code.TOO_MANY, f"at most {most} of a family", f"paling banyak {most} orang"
        )


async def end_dependant(actor: Actor, *, dependant_id: UUID, key: str) -> ProtectionEnrolment:
    """This month is the last for one of the family. Raises NotFound, Forbidden."""
    by = signed_in(actor)
    async with transaction():
        seen = await ProtectionDependant.get_or_none(pk=dependant_id)
        if seen is None:
            raise NotFound("dependant")
        row = await hold_enrolment(actor, seen.enrolment_id)
        if await once(by, "endProtectionDependant", key, [dependant_id], dependant_id) is None and seen.until is None:
            until = month_of(await today_of(row.cooperative_id))
            await ProtectionDependant.filter(pk=dependant_id).update(until=until)
        return row


async def hold_enrolment(actor: Actor, enrolment_id: UUID) -> ProtectionEnrolment:
    """The enrolment, locked, for its member or one at the counter. Raises NotFound, Forbidden."""
    row = await locked_one(ProtectionEnrolment, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    await own_or_at_counter(actor, row.membership_id)
    return row
