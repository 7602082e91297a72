"""How a co-op comes to this node."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.membership.models import (
    Cooperative,
    CooperativeKind,
    CooperativeLevel,
    Membership,
    MembershipState,
)
from marketplace import clock, outbox, rules
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.money import FULL_SHARE_BP
from marketplace.rules import AgainstTheLaw

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Z0-9]{2,12}")
REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")
#: Founders taken in at once; all others apply.
MOST_FOUNDERS = 500
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
    founders: Sequence[UUID] | None = None,
    level: CooperativeLevel = CooperativeLevel.PRIMARY,
    commission_bp: int = 500,
    carrier_share_bp: int = 800,
    registration_number: str | None = None,
) -> Cooperative:
    """Found a co-op with its chair, secretary and treasurer, who become its first members, and its book.

    The node's operator only. `founders` are its other founders where it is founded now: with the officers as many
    as the law asks, of a secondary co-op chairs of as many co-ops. None: it was founded before and moves in.
    Raises Invalid, CooperativeExists, AgainstTheLaw.
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
    members = [id for id in dict.fromkeys(founders or ()) if id not in officers.values()]
    async with transaction():
        if founders is not None:
            await _check_founders(level, [*officers.values(), *members])
        known = await identity.accounts_by_id([*officers.values(), *members])
        if len(known) < len(OFFICERS) + len(members):
            raise Invalid.field("officers", Code.NOT_FOUND, "no such account", "akun tidak ditemukan")
        await Cooperative.bulk_create([row], ignore_conflicts=True)
        if not await Cooperative.exists(pk=row.pk):
            raise CooperativeExists
        for number, role in enumerate((Role.CHAIR, Role.SECRETARY, Role.TREASURER), start=1):
            await _seat(row, officers[role], role, number, actor)
        for number, account_id in enumerate(members, start=len(OFFICERS) + 1):
            await _seat(row, account_id, None, number, actor)
        await ledger.open_book(row.pk)
        await outbox.record("cooperative.founded", row.pk)
    return row


async def _check_founders(level: CooperativeLevel, accounts: Sequence[UUID]) -> None:
    """Go on when they are as many as the law asks. Raises AgainstTheLaw, Invalid."""
    if len(accounts) > MOST_FOUNDERS:
        raise Invalid.field(
            "founderIds", Code.TOO_MANY, f"at most {MOST_FOUNDERS}: others apply", f"paling banyak {MOST_FOUNDERS}"
        )
    is_primary = level is CooperativeLevel.PRIMARY
    rule = rules.value_on("founders.primary" if is_primary else "founders.secondary", clock.now().date())
    number = len(accounts) if is_primary else len(await identity.cooperatives_chaired(accounts))
    if number < rule.value:
        who, siapa = ("people", "orang") if is_primary else ("co-ops", "koperasi")
        raise AgainstTheLaw.by(
            rule,
            f"{number} founders: at least {rule.value} {who} found a co-op",
            f"{number} pendiri: koperasi didirikan sedikitnya {rule.value} {siapa}",
        )


async def _seat(cooperative: Cooperative, account_id: UUID, role: Role | None, number: int, actor: Actor) -> None:
    await Membership.create(
        cooperative_id=cooperative.pk,
        account_id=account_id,
        number=number,
        state=MembershipState.ACTIVE,
        decided_by=actor.account_id,
        decided_at=clock.now(),
    )
    for held in filter(None, (Role.MEMBER, role)):
        await identity.grant_role(account_id, held, cooperative_id=cooperative.pk, granted_by=actor.account_id)


_SLUG = "up to 60 small letters, digits, hyphens", "paling banyak 60 huruf kecil, angka, tanda hubung"
_SHARE = "0 to 100 %", "0 sampai 100 %"


def _check(row: Cooperative, officers: Mapping[Role, UUID]) -> None:
    """Raises Invalid with every field that is wrong."""
    is_share = range(FULL_SHARE_BP + 1)
    rules = [
        (bool(SLUG.fullmatch(row.slug)) and len(row.slug) <= 60, "slug", _SLUG),
        (
            bool(CODE.fullmatch(row.code)),
            "code",
            ("2 to 12 capitals or digits", "2 sampai 12 huruf besar atau angka"),
        ),
        (0 < len(row.name) <= 160, "name", ("1 to 160 characters", "1 sampai 160 huruf")),
        (
            bool(REGION.fullmatch(row.region_code)),
            "regionCode",
            ("a Kemendagri code: 35.78", "kode Kemendagri: 35.78"),
        ),
        (row.commission_bp in is_share, "commission", _SHARE),
        (row.carrier_share_bp in is_share, "carrierShare", _SHARE),
        (
            row.registration_number is None or bool(REGISTRATION.fullmatch(row.registration_number)),
            "registrationNumber",
            ("16 digits", "16 angka"),
        ),
        (
            set(officers) == OFFICERS and len(set(officers.values())) == len(OFFICERS),
            "officers",
            (
                "chair, secretary and treasurer: three different people",
                "ketua, sekretaris, dan bendahara: tiga orang yang berbeda",
            ),
        ),
    ]
    faults = [FieldFault((field,), Code.INVALID, *said) for holds, field, said in rules if not holds]
    if faults:
        raise Invalid(faults=faults)


async def suspend_cooperative(actor: Actor, *, cooperative_id: UUID, reason: str) -> Cooperative:
    """The operator stops a co-op: it takes nobody in and is not listed. Raises Forbidden, NotFound, Invalid."""
    require(actor, Role.NODE_OPERATOR)
    if not 1 <= len(reason.strip()) <= 300:
        raise Invalid.field("reason", Code.REQUIRED, "1 to 300 characters", "1 sampai 300 karakter")
    return await _suspend(cooperative_id, clock.now(), reason.strip())


async def reinstate_cooperative(actor: Actor, *, cooperative_id: UUID) -> Cooperative:
    """The operator lets a suspended co-op go on. Raises Forbidden, NotFound."""
    require(actor, Role.NODE_OPERATOR)
    return await _suspend(cooperative_id, None, None)


async def _suspend(cooperative_id: UUID, moment: datetime | None, reason: str | None) -> Cooperative:
    async with transaction():
        row = await locked_one(Cooperative, cooperative_id)
        if row is None:
            raise NotFound("cooperative")
        if (row.suspended_at is None) is (moment is None):
            return row
        row.suspended_at, row.suspension_reason = moment, reason
        await row.save(update_fields=["suspended_at", "suspension_reason"])
        await outbox.record("cooperative.suspended" if moment else "cooperative.reinstated", row.pk)
    return row
