"""What members are charged to save: pokok once, wajib and what they promised themselves each month. All as dues."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from cooperatives.books.periods import last_day
from cooperatives.dues import service as dues
from cooperatives.dues.models import DueKind
from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause
from cooperatives.membership.models import Membership
from cooperatives.savings.accounts import capital_id, ensure_capital
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount
from cooperatives.savings.terms import by_laws

PRINCIPAL, MANDATORY, PROMISED = "savings.principal", "savings.mandatory", "savings.promised"


async def charge_members(cooperative_id: UUID, members: Sequence[Membership], month: date) -> int:
    """Charge these active members for the month; answers how many dues stand. Idempotent; caller's transaction.

    Of pokok only what a member lacks: who moved in with his savings owes nothing more.
    """
    laws = await by_laws(cooperative_id, month)
    await ensure_capital(members, month)
    charges = [
        *(await _principal(cooperative_id, members, month, laws)),
        *_mandatory(cooperative_id, members, month, laws),
        *(await _promised(members, month)),
    ]
    return len(await dues.charge(cooperative_id, charges))


async def _principal(
    cooperative_id: UUID, members: Sequence[Membership], month: date, laws: ByLaws
) -> list[dues.Charge]:
    refs = {member.pk: _capital(cooperative_id, member, SavingsKind.PRINCIPAL) for member in members}
    charged = await dues.dues_by_cause([_joining(member) for member in members])
    missing = [member for member in members if _joining(member) not in charged]
    held = await ledger.balances([refs[member.pk] for member in missing])
    amount = laws[ByLaw.SAVINGS_PRINCIPAL]
    return [
        _charge(member, DueKind.PRINCIPAL_SAVINGS, month, _joining(member), ref, lacking, "Simpanan pokok")
        for member in missing
        if (lacking := amount - held[ref := refs[member.pk]].amount) > 0
    ]


def _joining(member: Membership) -> Cause:
    """Pokok is owed once each time that one joins."""
    return Cause(PRINCIPAL, uuid5(member.pk, f"joined:{member.decided_at}"))


def _mandatory(cooperative_id: UUID, members: Sequence[Membership], month: date, laws: ByLaws) -> list[dues.Charge]:
    amount, about = laws[ByLaw.SAVINGS_MANDATORY_MONTHLY], f"Simpanan wajib {month:%m/%Y}"
    return [
        _charge(
            member,
            DueKind.MANDATORY_SAVINGS,
            month,
            Cause(MANDATORY, uuid5(member.pk, f"{month:%Y-%m}")),
            _capital(cooperative_id, member, SavingsKind.MANDATORY),
            amount,
            about,
        )
        for member in members
        if amount
    ]


async def _promised(members: Sequence[Membership], month: date) -> list[dues.Charge]:
    by_id = {member.pk: member for member in members}
    rows = SavingsAccount.filter(membership_id__in=list(by_id), monthly_promise__gt=0, closed_at__isnull=True)
    return [
        _charge(
            by_id[row.membership_id],
            DueKind.VOLUNTARY_SAVINGS,
            month,
            Cause(PROMISED, uuid5(row.pk, f"{month:%Y-%m}")),
            row.ref,
            row.monthly_promise,
            f"Simpanan sukarela {month:%m/%Y}",
        )
        for row in await rows
    ]


def _charge(
    member: Membership, kind: DueKind, month: date, cause: Cause, ref: AccountRef, amount: int, about: str
) -> dues.Charge:
    """Deducted from the month's first day on, due on its last."""
    part = dues.Part(ref, amount, cause.kind)
    return dues.Charge(member.pk, kind, last_day(month), cause, (part,), about, opens_on=month)


def _capital(cooperative_id: UUID, member: Membership, kind: SavingsKind) -> AccountRef:
    return AccountRef(cooperative_id, kind.purpose, capital_id(member.pk, kind))
