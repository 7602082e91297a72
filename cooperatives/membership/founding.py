"""How a co-op comes to this node."""

import re
from collections.abc import Mapping
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.membership.models import (
    Cooperative,
    CooperativeKind,
    CooperativeLevel,
    Membership,
    MembershipState,
)
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.money import FULL_SHARE_BP

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z0-9]{2,12}")
REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
REGISTRATION = re.compile(r"\d{16}")


class CooperativeExists(MarketplaceError):
    """Another co-op of this node already has this slug or code: choose another."""

    code = Code.DUPLICATE
    pesan = "Slug atau kode ini sudah dipakai koperasi lain: pilih yang lain."


async def found_cooperative(
    actor: Actor,
    *,
    slug: str,
    code: str,
    name: str,
    kind: CooperativeKind,
    region_code: str,
    officers: Mapping[Role, UUID],
    level: CooperativeLevel = CooperativeLevel.PRIMARY,
    commission_bp: int = 500,
    carrier_share_bp: int = 800,
    registration_number: str | None = None,
) -> Cooperative:
    """Found a co-op with its chair, secretary and treasurer, who become its first members, and its book.

    The node's operator only. Raises Invalid, CooperativeExists.
    """
    require(actor, Role.NODE_OPERATOR)
    row = Cooperative(
        slug=slug,
        code=code,
        name=name.strip(),
        kind=kind,
        level=level,
        region_code=region_code,
        commission_bp=commission_bp,
        carrier_share_bp=carrier_share_bp,
        registration_number=registration_number,
    )
    _check(row, officers)
    async with transaction():
        known = await identity.accounts_by_id(list(officers.values()))
        if len(known) < len(OFFICERS):
            raise Invalid.field("officers", Code.NOT_FOUND, "no such account", "akun tidak ditemukan")
        await Cooperative.bulk_create([row], ignore_conflicts=True)
        if not await Cooperative.exists(pk=row.pk):
            raise CooperativeExists
        for number, role in enumerate((Role.CHAIR, Role.SECRETARY, Role.TREASURER), start=1):
            await _seat(row, officers[role], role, number, actor)
        await ledger.open_book(row.pk)
        await outbox.record("cooperative.founded", row.pk)
    return row


async def _seat(cooperative: Cooperative, account_id: UUID, role: Role, number: int, actor: Actor) -> None:
    await Membership.create(
        cooperative_id=cooperative.pk,
        account_id=account_id,
        number=number,
        state=MembershipState.ACTIVE,
        decided_by=actor.account_id,
        decided_at=clock.now(),
    )
    for held in (Role.MEMBER, role):
        await identity.grant_role(account_id, held, cooperative_id=cooperative.pk, granted_by=actor.account_id)


def _check(row: Cooperative, officers: Mapping[Role, UUID]) -> None:
    """Raises Invalid with every field that is wrong."""
    is_share = range(FULL_SHARE_BP + 1)
    rules = [
        (bool(SLUG.fullmatch(row.slug)) and len(row.slug) <= 60, "slug", "small letters, digits, hyphens"),
        (bool(CODE.fullmatch(row.code)), "code", "2 to 12 capitals or digits"),
        (0 < len(row.name) <= 160, "name", "1 to 160 characters"),
        (bool(REGION.fullmatch(row.region_code)), "regionCode", "a Kemendagri code: 35.78"),
        (row.commission_bp in is_share, "commission", "0 to 10000 basis points"),
        (row.carrier_share_bp in is_share, "carrierShare", "0 to 10000 basis points"),
        (
            row.registration_number is None or bool(REGISTRATION.fullmatch(row.registration_number)),
            "registrationNumber",
            "16 digits",
        ),
        (
            set(officers) == OFFICERS and len(set(officers.values())) == len(OFFICERS),
            "officers",
            "chair, secretary and treasurer: three different people",
        ),
    ]
    faults = [FieldFault((field,), Code.INVALID, form, form) for holds, field, form in rules if not holds]
    if faults:
        raise Invalid(faults=faults)
