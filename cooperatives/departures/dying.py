"""A member has died: his membership ends, and what his savings hold is paid to his heirs, with their papers.

A membership is never inherited: an heir who wants one applies himself. Each heir's part is a withdrawal like any
other, with the officers that its size asks for. Locks: the co-op, loans, savings, dues, then the ledger.
"""

from dataclasses import asdict
from datetime import date
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.departures.leaving import depart
from cooperatives.departures.models import Departure, HeirClaim
from cooperatives.dues.access import CASHIERS, READERS
from cooperatives.dues.paying import today_of
from cooperatives.membership.categories import EndCause
from cooperatives.membership.entries import Heir, entries_by_id, open_heirs
from cooperatives.membership.joining import hold_member
from cooperatives.membership.models import Membership
from cooperatives.savings.kinds import WithdrawalWay
from cooperatives.savings.models import SavingsAccount
from cooperatives.savings.saving import check_amount
from cooperatives.savings.withdrawing import ask
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, require, signed_in
from marketplace.vault import Vault

DOCUMENT_LENGTH = 120


async def record_death(actor: Actor, *, membership_id: UUID, died_on: date, document: str, key: str) -> Departure:
    """An officer records that a member has died; `document` names the certificate (akta or surat kematian).

    His offices end, his savings become one sum less what he owed, his loans are set off as far as that reaches.
    Raises NotFound, WrongMembershipState, Forbidden for oneself, Invalid.
    """
    by = signed_in(actor)
    document = " ".join(document.split())
    async with transaction():
        seen = await Membership.get_or_none(pk=membership_id)
        if seen is None:
            raise NotFound("membership")
        require(actor, *OFFICERS, cooperative_id=seen.cooperative_id, hide="membership")
        earlier = await once(by, "recordDeath", key, [membership_id, died_on, document], membership_id)
        if earlier is not None:
            return (await Departure.filter(membership_id=membership_id).order_by("-id").limit(1))[0]
        member = await hold_member(actor, membership_id)
        if member.account_id == by:
            raise Forbidden(needs="another officer")
        _check_death(died_on, document, await today_of(member.cooperative_id))
        reason = f"Meninggal dunia {died_on:%d/%m/%Y}"
        return await depart(member, by, EndCause.DIED, reason, died_on=died_on, document=document)


def _check_death(died_on: date, document: str, today: date) -> None:
    rules = [
        (date(1900, 1, 1) <= died_on <= today, "diedOn", "a day until today", "tanggal sampai hari ini"),
        (fits(document, 3, DOCUMENT_LENGTH), "document", "3 to 120 characters", "3 sampai 120 huruf"),
    ]
    faults = [FieldFault((name,), Code.OUT_OF_RANGE, en, id) for holds, name, en, id in rules if not holds]
    if faults:
        raise Invalid(faults=faults)


async def claim_for_heir(
    actor: Actor,
    *,
    departure_id: UUID,
    savings_id: UUID,
    heir: Heir,
    document: str,
    amount: int,
    vault: Vault,
    key: str,
) -> HeirClaim:
    """One at the counter writes down what an heir is to be paid of the savings, and by which paper he is the heir.

    `document` names it (surat keterangan ahli waris). What is paid then is the withdrawal of the same id.
    Raises NotFound, Forbidden, Invalid, NotEnoughSaved.
    """
    by, id = signed_in(actor), new_id()
    check_amount(amount)
    document = " ".join(document.split())
    rules = [
        (fits(heir.name, 1, 120), "name", "1 to 120 characters", "1 sampai 120 huruf"),
        (fits(heir.relation, 1, 40), "relation", "1 to 40 characters", "1 sampai 40 huruf"),
        (fits(document, 3, DOCUMENT_LENGTH), "document", "3 to 120 characters", "3 sampai 120 huruf"),
    ]
    faults = [FieldFault((name,), Code.OUT_OF_RANGE, en, word) for holds, name, en, word in rules if not holds]
    if faults:
        raise Invalid(faults=faults)
    async with transaction():
        departure = await Departure.get_or_none(pk=departure_id, cause=EndCause.DIED)
        if departure is None:
            raise NotFound("departure")
        require(actor, *READERS, cooperative_id=departure.cooperative_id, hide="departure")
        require(actor, *CASHIERS, cooperative_id=departure.cooperative_id)
        if (
            earlier := await once(by, "claimForHeir", key, [departure_id, savings_id, heir, document, amount], id)
        ) is not None:
            return await HeirClaim.get(pk=earlier)
        savings = await locked_one(SavingsAccount, savings_id)
        if savings is None or savings.membership_id != departure.membership_id:
            raise NotFound("savings")
        member = await Membership.get(pk=departure.membership_id)
        await ask(savings, member, amount, WithdrawalWay.CASH, id=id, by=by)
        named = open_heirs(vault, (await entries_by_id([member.pk])).get(member.pk))
        said = {**asdict(heir), "document": document}
        return await HeirClaim.create(
            id=id,
            cooperative_id=departure.cooperative_id,
            departure_id=departure_id,
            membership_id=member.pk,
            heir=vault.seal(said, row_id=id, owner_id=departure.cooperative_id),
            is_named=any(_same(heir.name, one.name) for one in named),
            amount=amount,
            recorded_by=by,
        )


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


async def departures_of(actor: Actor, cooperative_id: UUID, *, first: int) -> list[Departure]:
    """The co-op's newest departures, newest first, for those who read its dues. Raises NotFound."""
    require(actor, *READERS, cooperative_id=cooperative_id, hide="cooperative")
    return await Departure.filter(cooperative_id=cooperative_id).order_by("-id").limit(first)
