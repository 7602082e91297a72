"""What a kind of member may do: asked where it is done, and refused with the article or the by-law."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.days import months_after
from cooperatives.governance.details import Election
from cooperatives.membership import offices
from cooperatives.membership.categories import MemberCategory, MemberRight, rights_of
from cooperatives.membership.entries import category_of, entries_by_id, joined_on
from cooperatives.membership.models import MemberEntry, Membership, MembershipState
from marketplace import rules
from marketplace.errors import NotFound
from marketplace.identity.actor import Role
from marketplace.rules import AgainstTheLaw

#: The rule by which an office is held by members alone; delegates (MEMBER) are elected as members.
_ELECTED_FROM = {Role.SUPERVISOR: "supervisors.from_members", Role.MEMBER: "membership.rights"}


def rights_on(member: Membership, entry: MemberEntry | None, today: date) -> frozenset[MemberRight]:
    """What this member may do on that day: a candidate is served for as long as the law says, and no longer. Pure."""
    longest = rules.value_on("membership.candidate_longest", today)
    joined = joined_on(member, entry)
    is_overdue = joined is not None and months_after(joined, longest.value) < today
    return rights_of(category_of(entry), is_overdue=is_overdue)


async def require_right(member: Membership, right: MemberRight, today: date) -> None:
    """Go on when the member may do this. Raises AgainstTheLaw with the article."""
    entry = (await entries_by_id([member.pk])).get(member.pk)
    if right in rights_on(member, entry, today):
        return
    if category_of(entry) is MemberCategory.CANDIDATE and right in rights_of(MemberCategory.CANDIDATE):
        longest = rules.value_on("membership.candidate_longest", today)
        raise AgainstTheLaw.by(
            longest,
            f"a candidate becomes a full member within {longest.value} months: an officer writes that down first",
            f"calon anggota menjadi anggota dalam {longest.value} bulan: pengurus mencatatnya dahulu",
        )
    raise AgainstTheLaw.by(
        rules.value_on("membership.rights", today),
        "this is a right of full members",
        "ini hak anggota penuh",
    )


async def check_candidates(election: Election, cooperative_id: UUID, laws: ByLaws) -> None:
    """Go on when all who stand are active full members, for as long as the by-laws ask, and in no rival office.

    Raises NotFound for who is no member, AgainstTheLaw with the article or the by-law.
    """
    ids = list(election.candidates)
    found = await Membership.filter(pk__in=ids, cooperative_id=cooperative_id, state=MembershipState.ACTIVE)
    if len(found) < len(ids):
        raise NotFound("membership")
    entries = await entries_by_id(ids)
    others = [row for row in found if MemberRight.HOLD_OFFICE not in rights_of(category_of(entries.get(row.pk)))]
    if others:
        raise AgainstTheLaw.by(
            rules.value_on(_ELECTED_FROM.get(election.role, "officers.from_members"), laws.day),
            f"only full members are elected; not so: no. {_numbers(others)}",
            f"yang dipilih harus anggota penuh; bukan anggota penuh: no. {_numbers(others)}",
        )
    if election.role is Role.MEMBER:
        return
    await _check_offices(election.role, found, laws)
    asked = laws.in_force[ByLaw.CANDIDATE_MEMBERSHIP].cited()
    if not asked.value:
        return
    fresh = [row for row in found if not _is_long_enough(joined_on(row, entries.get(row.pk)), asked.value, laws.day)]
    if fresh:
        raise AgainstTheLaw.by(
            asked,
            f"who stands for office has been a member for {asked.value} months; not yet so: no. {_numbers(fresh)}",
            f"calon harus sudah {asked.value} bulan menjadi anggota; belum: no. {_numbers(fresh)}",
        )


async def _check_offices(role: Role, standing: Sequence[Membership], laws: ByLaws) -> None:
    """Go on when none of them holds an office that the one voted on can't be held with. Raises AgainstTheLaw."""
    accounts = [row.account_id for row in standing]
    rivals = await offices.in_rival_office(accounts, role, cooperative_id=standing[0].cooperative_id)
    holding = [row for row in standing if row.account_id in rivals]
    if holding:
        raise AgainstTheLaw.by(
            rules.value_on("supervisors.no_officers", laws.day),
            f"nobody is pengawas and officer at once; lays down his office before he stands: no. {_numbers(holding)}",
            f"pengawas tidak boleh merangkap pengurus; meletakkan jabatannya dahulu: no. {_numbers(holding)}",
        )


def _is_long_enough(joined: date | None, months: int, today: date) -> bool:
    """Whom nobody wrote down the day of joining was there before the register was."""
    return joined is None or months_after(joined, months) <= today


def _numbers(rows: Sequence[Membership]) -> str:
    return ", ".join(str(row.number) for row in sorted(rows, key=lambda row: row.number or 0))
