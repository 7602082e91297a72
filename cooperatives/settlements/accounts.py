"""Bank accounts between which co-ops settle: proposed by one officer, in force once another has confirmed it.

A changed account is how such money is stolen, so nobody changes one alone; what stood before is kept.
"""

import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.settlements.models import SettlementAccount
from cooperatives.settlements.plan_files import Account, institutions, plain
from cooperatives.settlements.windows import SCOPE
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second

_NUMBER = re.compile(r"[0-9]{5,20}")


class NeedsAnotherOfficer(MarketplaceError):
    """You proposed this account: another officer of your co-operative confirms it."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda yang mengusulkan rekening ini: pengurus lain di koperasi Anda yang mengesahkannya."


class AccountOutdated(MarketplaceError):
    """This account was confirmed already, or another was proposed after it: look at the latest."""

    code = Code.WRONG_STATE
    pesan = "Rekening ini sudah disahkan, atau sudah ada usulan yang lebih baru: lihat yang terakhir."


async def propose_account(
    actor: Actor, *, cooperative_id: UUID, institution: str, number: str, holder: str, key: str
) -> SettlementAccount:
    """An officer says where his co-op is paid in settlement. Raises Forbidden, Invalid."""
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id, scope=SCOPE)
    bank, digits, who = institution.strip().lower(), re.sub(r"[\s.-]", "", number), " ".join(holder.split())
    if bank not in institutions():
        known = ", ".join(institutions())
        raise Invalid.field("institution", Code.INVALID, f"one of {known}", f"salah satu dari {known}")
    if not _NUMBER.fullmatch(digits):
        raise Invalid.field("number", Code.INVALID, "5 to 20 digits", "5 sampai 20 angka")
    if not 3 <= len(plain(who)) <= len(who) <= 60:
        raise Invalid.field("holder", Code.OUT_OF_RANGE, "3 to 60 Latin letters", "3 sampai 60 huruf Latin")
    async with transaction():
        id, asked = new_id(), [cooperative_id, bank, digits, who]
        if (earlier := await once(by, "proposeSettlementAccount", key, asked, id)) is not None:
            return await SettlementAccount.get(id=earlier)
        row = await SettlementAccount.create(
            id=id, cooperative_id=cooperative_id, institution=bank, number=digits, holder=who, proposed_by=by
        )
        await _note("settlement.account_proposed", row, by)
        await ask_second(Awaiting.SETTLEMENT_ACCOUNT, row.id, cooperative_id=cooperative_id, by=by)
        return row


async def confirm_account(actor: Actor, *, account_id: UUID, key: str) -> SettlementAccount:
    """A second officer confirms it: from now on plans are paid there. Raises NotFound, NeedsAnotherOfficer,
    AccountOutdated.
    """
    by = signed_in(actor)
    async with transaction():
        repeat = await once(by, "confirmSettlementAccount", key, [account_id], account_id)
        row = await locked_one(SettlementAccount, account_id)
        if row is None:
            raise NotFound("settlement account")
        require(actor, *OFFICERS, cooperative_id=row.cooperative_id, scope=SCOPE, hide="settlement account")
        if repeat is not None:
            return row
        newer = await SettlementAccount.filter(cooperative_id=row.cooperative_id, id__gt=row.id).exists()
        if row.confirmed_at is not None or newer:
            raise AccountOutdated
        if row.proposed_by == by:
            raise NeedsAnotherOfficer
        row.confirmed_by, row.confirmed_at = by, clock.now()
        await row.save(update_fields=["confirmed_by", "confirmed_at"])
        await _note("settlement.account_confirmed", row, by)
        return row


async def _note(act: str, row: SettlementAccount, by: UUID) -> None:
    to = f"{row.institution} …{row.number[-4:]}"
    await audit.note(act, account_id=by, by=by, cooperative_id=row.cooperative_id, to=to)


async def accounts_in_force(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, SettlementAccount]:
    """The account of each of these co-ops that has one. One statement."""
    rows = SettlementAccount.filter(cooperative_id__in=list(cooperative_ids), confirmed_at__isnull=False)
    return {row.cooperative_id: row for row in await rows.order_by("id")}


async def latest_accounts(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, list[SettlementAccount]]:
    """What holds and what waits to be confirmed after it, for each of these co-ops. One statement."""
    found: dict[UUID, list[SettlementAccount]] = {id: [] for id in cooperative_ids}
    for row in await SettlementAccount.filter(cooperative_id__in=list(cooperative_ids)).order_by("id"):
        held = found[row.cooperative_id]
        held[:] = [row] if row.confirmed_at else [one for one in held if one.confirmed_at] + [row]
    return found


def as_account(row: SettlementAccount) -> Account:
    """As files name it."""
    return Account(institutions()[row.institution], row.number, row.holder)
