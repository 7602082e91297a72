"""What a co-op offers: programmes, their providers, and what the contract with them says."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.dues.access import require_setter
from cooperatives.dues.paying import today_of
from cooperatives.membership.models import Cooperative
from cooperatives.protection.kinds import ProgrammeKind
from cooperatives.protection.models import ProtectionProgramme
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor
from marketplace.money import LARGEST_RUPIAH
from marketplace.rules import AgainstTheLaw, value_on

MOST_PROGRAMMES = 30
NAME_LENGTH, PROVIDER_LENGTH, NUMBER_LENGTH, SOURCE_LENGTH = 60, 80, 40, 120


class ProgrammeExists(MarketplaceError):
    """The co-op already has a programme of this name: choose another."""

    code = Code.DUPLICATE
    pesan = "Koperasi sudah punya program bernama ini: pilih nama lain."


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme to be. Rupiah a month; `premium` of insurance alone; `alone_monthly`: see `pricing.alone`."""

    kind: ProgrammeKind
    name: str
    provider: str
    pay_by: int
    number: str = ""
    premium: int | None = None
    alone_monthly: int | None = None
    alone_source: str = ""


async def open_programme(actor: Actor, *, cooperative_id: UUID, offer: Offer, key: str) -> ProtectionProgramme:
    """Chair or treasurer offer a programme; members are billed from the month after.

    Raises NotFound, Forbidden, Invalid, ProgrammeExists, AgainstTheLaw for a day to pay by that is after the law's.
    """
    by, id = require_setter(actor, cooperative_id), new_id()
    _check(offer)
    async with transaction():
        if (earlier := await once(by, "openProtectionProgramme", key, [cooperative_id, offer], id)) is not None:
            return await ProtectionProgramme.get(pk=earlier)
        await locked_one(Cooperative, cooperative_id)
        known = await ProtectionProgramme.filter(cooperative_id=cooperative_id)
        if offer.name in {row.name for row in known}:
            raise ProgrammeExists
        if len(known) >= MOST_PROGRAMMES:
            most = MOST_PROGRAMMES
            raise Invalid.field("name", Code.TOO_MANY, f"at most {most} in all", f"paling banyak {most}")
        _check_law(offer, await today_of(cooperative_id))
        row = await ProtectionProgramme.create(
            id=id,
            cooperative_id=cooperative_id,
            kind=offer.kind,
            name=offer.name,
            provider=offer.provider,
            number=offer.number,
            premium=offer.premium,
            alone_monthly=offer.alone_monthly,
            alone_source=offer.alone_source,
            pay_by=offer.pay_by,
            opened_by=by,
        )
        await audit.note("protection.opened", account_id=by, by=by, cooperative_id=cooperative_id, programme=str(id))
        return row


async def retire_programme(actor: Actor, *, programme_id: UUID) -> ProtectionProgramme:
    """Take no new members; those enrolled stay until they are ended. Raises NotFound, Forbidden."""
    async with transaction():
        row = await hold_programme(actor, programme_id)
        if row.retired_at is None:
            row.retired_at = clock.now()
            await row.save(update_fields=["retired_at"])
        return row


async def hold_programme(actor: Actor, programme_id: UUID) -> ProtectionProgramme:
    """The programme, locked, for a chair or treasurer. Raises NotFound, Forbidden."""
    row = await locked_one(ProtectionProgramme, programme_id)
    if row is None:
        raise NotFound("protection programme")
    require_setter(actor, row.cooperative_id)
    return row


def _check(offer: Offer) -> None:
    for field, text, least, most in (
        ("name", offer.name, 1, NAME_LENGTH),
        ("provider", offer.provider, 2, PROVIDER_LENGTH),
        ("number", offer.number, 0, NUMBER_LENGTH),
        ("aloneSource", offer.alone_source, 0, SOURCE_LENGTH),
    ):
        if not fits(text, least, most):
            said, dikatakan = f"{least} to {most} characters", f"{least} sampai {most} karakter"
            raise Invalid.field(field, Code.OUT_OF_RANGE, said, dikatakan)
    if not 1 <= offer.pay_by <= 31:
        raise Invalid.field("payBy", Code.OUT_OF_RANGE, "a day from 1 to 31", "tanggal 1 sampai 31")
    is_insurance = offer.kind in (ProgrammeKind.ACCIDENT, ProgrammeKind.VEHICLE)
    if is_insurance is not (offer.premium is not None) or not 1 <= (offer.premium or 1) <= LARGEST_RUPIAH:
        raise Invalid.field(
            "premium", Code.INVALID, "of insurance alone: more than zero", "hanya untuk asuransi: lebih dari nol"
        )
    if not 0 <= (offer.alone_monthly or 0) <= LARGEST_RUPIAH:
        raise Invalid.field("aloneMonthly", Code.OUT_OF_RANGE, "zero rupiah or more", "nol rupiah atau lebih")
    if (offer.alone_monthly is not None) is not bool(offer.alone_source.strip()):
        raise Invalid.field(
            "aloneSource", Code.REQUIRED, "who says so, and when", "sebutkan sumber harganya dan tanggalnya"
        )


def _check_law(offer: Offer, today: date) -> None:
    """Of health members pay before the day by which the co-op has to."""
    if offer.kind is not ProgrammeKind.HEALTH:
        return
    rule = value_on("bpjs.health_due_day", today)
    if offer.pay_by >= rule.value:
        raise AgainstTheLaw.by(
            rule,
            f"contributions are due by day {rule.value} of the month: let members pay before it",
            f"iuran dibayar paling lambat tanggal {rule.value}: anggota membayar sebelum tanggal itu",
        )
