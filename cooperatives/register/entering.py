"""What is written into the register: a member's details, his heirs, and what kind of member he is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.dues.paying import today_of
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from cooperatives.membership.categories import MemberCategory
from cooperatives.membership.entries import (
    MOST_HEIRS,
    Heir,
    PersonalDetails,
    hold_entry,
    open_details,
    require_free_national_id,
    seal_details,
    seal_heirs,
)
from cooperatives.membership.joining import hold_member, require_no_office
from cooperatives.membership.models import Membership
from marketplace.database import transaction
from marketplace.errors import Code, FieldFault, Invalid
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, require, signed_in
from marketplace.rules import AgainstTheLaw, value_on
from marketplace.vault import Vault

SEXES = ("", "L", "P")


async def record_details(actor: Actor, *, membership_id: UUID, details: PersonalDetails, vault: Vault) -> Membership:
    """Write down who a member is: he himself, or an officer. What was there before is replaced.

    Raises NotFound, WrongMembershipState, Invalid, NationalIdTaken.
    """
    signed_in(actor)
    details = replace(details, **{name: " ".join(str(value).split()) for name, value in _texts(details).items()})
    async with transaction():
        member = await hold_member(actor, membership_id)
        _check(details, await today_of(member.cooperative_id))
        if details.national_id:
            await require_free_national_id(vault, member.cooperative_id, details.national_id, but=member.pk)
        entry = await hold_entry(member)
        before = open_details(vault, entry)
        seal_details(vault, entry, replace(details, former_number=before.former_number if before else ""))
        entry.erased_at = None
        await entry.save()
        await _note(actor, member, "member.details_recorded")
    return member


def _texts(details: PersonalDetails) -> dict[str, str]:
    return {name: getattr(details, name) for name in PersonalDetails.__slots__}


def _check(details: PersonalDetails, today: date) -> None:
    rules = [
        (fits(details.name, 1, 120), "name", "1 to 120 characters", "1 sampai 120 huruf"),
        (
            not details.national_id or (details.national_id.isdigit() and len(details.national_id) == 16),
            "nationalId",
            "16 digits, or nothing",
            "16 angka, atau kosong",
        ),
        (fits(details.birth_place, 0, 80), "birthPlace", "at most 80 characters", "paling banyak 80 huruf"),
        (_is_day(details.born_on, today), "bornOn", "a day until today", "tanggal sampai hari ini"),
        (details.sex in SEXES, "sex", "L, P or nothing", "L, P, atau kosong"),
        (fits(details.address, 0, 300), "address", "at most 300 characters", "paling banyak 300 huruf"),
        (fits(details.occupation, 0, 80), "occupation", "at most 80 characters", "paling banyak 80 huruf"),
    ]
    faults = [FieldFault((name,), Code.INVALID, en, id) for holds, name, en, id in rules if not holds]
    if faults:
        raise Invalid(faults=faults)


def _is_day(text: str, today: date) -> bool:
    return not text or date(1900, 1, 1) <= date.fromisoformat(text) <= today


async def name_heirs(actor: Actor, *, membership_id: UUID, heirs: Sequence[Heir], vault: Vault) -> Membership:
    """The member names who is to be paid what he leaves, in his order; none takes back all. He alone.

    Raises NotFound, WrongMembershipState, Forbidden, Invalid.
    """
    by = signed_in(actor)
    if len(heirs) > MOST_HEIRS:
        raise Invalid.field("heirs", Code.TOO_MANY, f"at most {MOST_HEIRS}", f"paling banyak {MOST_HEIRS}")
    faults = [
        FieldFault(
            ("heirs", str(place), name),
            Code.OUT_OF_RANGE,
            f"{least} to {most} characters",
            f"{least} sampai {most} huruf",
        )
        for place, heir in enumerate(heirs)
        for name, text, least, most in (
            ("name", heir.name, 1, 120),
            ("relation", heir.relation, 1, 40),
            ("phone", heir.phone, 0, 20),
        )
        if not fits(text.strip(), least, most)
    ]
    if faults:
        raise Invalid(faults=faults)
    async with transaction():
        member = await hold_member(actor, membership_id)
        if member.account_id != by:
            raise Forbidden(needs="the member himself")
        entry = await hold_entry(member)
        seal_heirs(vault, entry, heirs)
        await entry.save(update_fields=["heirs"])
        await _note(actor, member, "member.heirs_named")
    return member


async def set_category(actor: Actor, *, membership_id: UUID, category: MemberCategory) -> Membership:
    """An officer says what kind of member one is; associates where the by-laws know them.

    Raises NotFound, WrongMembershipState, Forbidden for oneself, Invalid for an officer, AgainstTheLaw.
    """
    by = signed_in(actor)
    async with transaction():
        member = await hold_member(actor, membership_id)
        require(actor, *OFFICERS, cooperative_id=member.cooperative_id)
        if member.account_id == by:
            raise Forbidden(needs="another officer")
        if category is not MemberCategory.FULL:
            await require_no_office(member)
        today = await today_of(member.cooperative_id)
        laws = await by_laws_on(member.cooperative_id, today)
        if category is MemberCategory.ASSOCIATE and not laws[ByLaw.ASSOCIATES_ALLOWED]:
            raise AgainstTheLaw.by(
                value_on("membership.associates", today),
                "associate members need a by-law that knows them",
                "anggota luar biasa perlu diatur dalam AD/ART",
            )
        entry = await hold_entry(member)
        entry.category = category
        await entry.save(update_fields=["category"])
        await _note(actor, member, "member.category_set", category=category.value)
    return member


async def _note(actor: Actor, member: Membership, action: str, **detail: str) -> None:
    """That it was written down and by whom; not what."""
    book = member.cooperative_id
    await audit.note(action, account_id=member.account_id, by=actor.account_id, cooperative_id=book, **detail)
