"""What a co-op knows of a person, for himself: taken home whole, and erased as far as the law lets it be.

What must stay is told with its reason: the register's line of a member, and the books of ten years. A person's rows
in the ledger name an account, which then tells nothing more of him.
"""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from cooperatives.departures.models import Departure, Expulsion
from cooperatives.dues.access import own_membership
from cooperatives.dues.models import Due, DuePayment, DueState
from cooperatives.dues.paying import today_of
from cooperatives.loans.models import Loan
from cooperatives.membership.entries import (
    PersonalDetails,
    category_of,
    entries_by_id,
    hold_entry,
    joined_on,
    open_details,
    open_heirs,
    seal_details,
)
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.savings.models import SavingsAccount
from cooperatives.savings.reading import balances_by_id, saved_by
from marketplace import clock
from marketplace.database import transaction
from marketplace.identity import audit
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.service import accounts_by_id
from marketplace.rules import AgainstTheLaw, RuleValue, value_on
from marketplace.vault import Vault

MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not erased, in both languages, and the rule that has it kept."""

    what_id: str
    what_en: str
    rule: RuleValue


async def my_data(actor: Actor, vault: Vault) -> dict[str, Any]:
    """All that co-ops of this node keep of the signed-in person as a member, as plain data."""
    account_id = signed_in(actor)
    account = (await accounts_by_id([account_id]))[account_id]
    members = await Membership.filter(account_id=account_id).order_by("id")
    entries = await entries_by_id([member.pk for member in members])
    return {
        "account": {"phone": account.phone, "name": account.name, "language": account.language},
        "memberships": [await _membership(member, entries.get(member.pk), vault) for member in members],
    }


async def _membership(member: Membership, entry: Any, vault: Vault) -> dict[str, Any]:
    accounts = await SavingsAccount.filter(membership_id=member.pk).order_by("id").limit(200)
    held = await balances_by_id([row.pk for row in accounts])
    details = open_details(vault, entry)

    async def plain(model: Any, *names: str) -> list[dict[str, Any]]:
        return list(await model.filter(membership_id=member.pk).order_by("id").limit(MOST_ROWS).values(*names))

    return {
        "number": member.number,
        "state": member.state.value,
        "category": category_of(entry).value,
        "joinedOn": joined_on(member, entry),
        "endedOn": entry.ended_on if entry else None,
        "details": asdict(details) if details else None,
        "heirs": [asdict(heir) for heir in open_heirs(vault, entry)],
        "savings": [{"number": row.number, "kind": row.kind.value, "balance": held[row.pk]} for row in accounts],
        "dues": await plain(Due, "kind", "about", "amount", "paid", "due_on", "state"),
        "payments": await plain(DuePayment, "number", "way", "amount", "received_on"),
        "loans": await plain(Loan, "number", "amount", "state", "reason", "disbursed_on"),
        "departures": await plain(Departure, "cause", "reason", "ended_on", "saved", "set_off", "left_owing"),
        "expulsions": await plain(Expulsion, "state", "grounds", "defence", "decision", "appeal"),
    }


async def erase_details(actor: Actor, *, membership_id: UUID, vault: Vault) -> list[Kept]:
    """One who left has what is known of him erased; answers what stays, and why. Again it does nothing more.

    Raises NotFound, AgainstTheLaw while he is a member, or something is still between him and the co-op.
    """
    signed_in(actor)
    async with transaction():
        member = await own_membership(actor, membership_id)
        today = await today_of(member.cooperative_id)
        register, documents = value_on("membership.register", today), value_on("documents.kept", today)
        await _require_through(member, register, documents)
        entry = await hold_entry(member)
        if entry.erased_at is None:
            known = open_details(vault, entry) or PersonalDetails()
            seal_details(vault, entry, PersonalDetails(name=known.name))
            entry.heirs, entry.erased_at = None, clock.now()
            await entry.save()
            book = member.cooperative_id
            await audit.note("member.erased", account_id=member.account_id, by=actor.account_id, cooperative_id=book)
    return [
        Kept(
            "Baris daftar anggota: nomor, nama, masuk dan berhenti",
            "The register's line: number, name, days",
            register,
        ),
        Kept("Pembukuan: simpanan, pinjaman, pembayaran", "The books: savings, loans, payments", documents),
    ]


async def _require_through(member: Membership, register: RuleValue, documents: RuleValue) -> None:
    if member.state is MembershipState.ACTIVE:
        raise AgainstTheLaw.by(
            register,
            "a co-op keeps the register of its members: leave first",
            "koperasi wajib mencatat anggotanya: berhenti dahulu",
        )
    saved = sum((await saved_by([member.pk]))[member.pk].values())
    if saved or await Due.exists(membership_id=member.pk, state=DueState.OPEN):
        raise AgainstTheLaw.by(
            documents,
            "savings or dues are still open: take out what is yours, pay what you owe, then ask again",
            "simpanan atau tagihan masih terbuka: ambil hak Anda dan lunasi kewajiban, lalu ajukan lagi",
        )
