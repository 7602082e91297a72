"""What a member says that he earned on other platforms: his own words, kept apart from what the ledger proves."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.dues.access import own_membership
from cooperatives.dues.paying import today_of
from cooperatives.income.models import PlatformIncome
from cooperatives.membership.models import Membership
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.money import LARGEST_RUPIAH

#: One report is of at most a year, and one has at most so many that stand.
LONGEST_DAYS = 366
MOST_REPORTS = 500
NAME_LENGTH = 40


class ReportedAlready(MarketplaceError):
    """You have already reported what {platform} paid in some of these days: take that back first."""

    code = Code.DUPLICATE
    pesan = "Pendapatan dari {platform} pada sebagian hari ini sudah dilaporkan: tarik kembali dahulu."


async def report(
    actor: Actor, *, membership_id: UUID, platform: str, first_on: date, last_on: date, amount: int, key: str
) -> PlatformIncome:
    """The member says what a platform paid him in these days. Raises NotFound, Invalid, ReportedAlready."""
    by, id, platform = signed_in(actor), new_id(), " ".join(platform.split())
    if not fits(platform, 2, NAME_LENGTH):
        most = NAME_LENGTH
        raise Invalid.field("platform", Code.OUT_OF_RANGE, f"2 to {most} characters", f"2 sampai {most} karakter")
    if not 0 < amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "more than zero rupiah", "lebih dari nol rupiah")
    async with transaction():
        member = await own_membership(actor, membership_id)
        await locked_one(Membership, membership_id)
        asked = [membership_id, platform, first_on, last_on, amount]
        if (earlier := await once(by, "reportPlatformIncome", key, asked, id)) is not None:
            return await PlatformIncome.get(pk=earlier)
        today = await today_of(member.cooperative_id)
        if not first_on <= last_on <= today or (last_on - first_on).days >= LONGEST_DAYS:
            raise Invalid.field(
                "lastOn", Code.OUT_OF_RANGE, "days past, at most a year", "hari yang sudah lewat, paling lama setahun"
            )
        standing = await PlatformIncome.filter(membership_id=membership_id, withdrawn_at__isnull=True)
        if any(
            row.platform.casefold() == platform.casefold() and row.first_on <= last_on and first_on <= row.last_on
            for row in standing
        ):
            raise ReportedAlready(platform=platform)
        if len(standing) >= MOST_REPORTS:
            most = MOST_REPORTS
            raise Invalid.field("platform", Code.TOO_MANY, f"at most {most} reports", f"paling banyak {most} laporan")
        return await PlatformIncome.create(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=membership_id,
            account_id=by,
            platform=platform,
            first_on=first_on,
            last_on=last_on,
            amount=amount,
        )


async def take_back(actor: Actor, *, report_id: UUID, key: str) -> PlatformIncome:
    """The member takes a report back; statements given out keep it. Raises NotFound."""
    by = signed_in(actor)
    async with transaction():
        row = await locked_one(PlatformIncome, report_id)
        if row is None or row.account_id != by:
            raise NotFound("report")
        if await once(by, "withdrawPlatformIncome", key, [report_id], report_id) is None and not row.withdrawn_at:
            row.withdrawn_at = clock.now()
            await row.save(update_fields=["withdrawn_at"])
        return row


async def reports_of(actor: Actor, membership_id: UUID) -> Sequence[PlatformIncome]:
    """The member's own reports that stand, the latest first. Raises NotFound."""
    member = await own_membership(actor, membership_id)
    rows = PlatformIncome.filter(membership_id=member.pk, withdrawn_at__isnull=True)
    return await rows.order_by("-first_on", "-id").limit(MOST_REPORTS)
