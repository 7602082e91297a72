"""What the law and a co-op's by-laws allow of its lending on a day, each bound with the rule that says so."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import by_laws_on
from marketplace.money import format_rupiah
from marketplace.rules import AgainstTheLaw, RuleValue, value_on

RATE_CAP, RELATED = "loan.rate_cap_yearly", "loan.related_parties_of_own_capital"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one co-op's lending."""

    by_laws: ByLaws

    def _narrower(self, law: str, by_law: ByLaw) -> RuleValue:
        """The law's value, or the by-law's where that is lower."""
        rule, adopted = value_on(law, self.by_laws.day), self.by_laws.in_force[by_law]
        return rule if adopted.value >= rule.value else adopted.cited()

    @property
    def rate_cap(self) -> RuleValue:
        """The highest effective rate a year, in basis points."""
        return self._narrower(RATE_CAP, ByLaw.LOAN_RATE_YEARLY)

    @property
    def related(self) -> RuleValue:
        """What related parties may owe of own capital, in basis points."""
        return self._narrower(RELATED, ByLaw.LOAN_RELATED_PARTIES)

    @property
    def one_officer_up_to(self) -> RuleValue:
        """Up to so many rupiah one officer's word is enough."""
        return self.by_laws.in_force[ByLaw.APPROVAL_THRESHOLD].cited()

    def require_member(self, *, is_member: bool) -> RuleValue:
        """The rule that co-ops lend to members alone. Raises AgainstTheLaw for another."""
        rule = value_on("loan.members_only", self.by_laws.day)
        if not is_member:
            raise AgainstTheLaw.by(
                rule,
                "a co-op lends to its members alone: become a member first",
                "koperasi hanya meminjamkan kepada anggotanya: jadilah anggota dahulu",
            )
        return rule

    def limits(
        self, amount: int, months: int, owed: int, saved: int | None
    ) -> list[tuple[RuleValue, AgainstTheLaw | None]]:
        """The by-laws that bound what one member may have and how long, each with its refusal of this, if it has one.

        `owed`: what he has already; `saved`: all his savings, None where the co-op does not keep them here.
        """
        would = owed + amount
        most, longest, times = (
            self.by_laws.in_force[name].cited()
            for name in (ByLaw.LOAN_MOST, ByLaw.LOAN_LONGEST_TERM, ByLaw.LOAN_MOST_TIMES_SAVINGS)
        )
        found = [
            (
                most,
                would <= most.value,
                f"one member may owe at most {format_rupiah(most.value)}, this would make {format_rupiah(would)}",
                f"pinjaman seorang anggota paling banyak {format_rupiah(most.value)}, "
                f"dengan ini menjadi {format_rupiah(would)}",
            ),
            (
                longest,
                months <= longest.value,
                f"a loan runs at most {longest.value} months",
                f"jangka pinjaman paling lama {longest.value} bulan",
            ),
        ]
        if saved is not None:
            told = format_rupiah(saved)
            found.append(
                (
                    times,
                    would <= times.value * saved,
                    f"loans are at most {times.value} times the savings of {told}",
                    f"pinjaman paling banyak {times.value} kali simpanan {told}",
                )
            )
        return [(rule, None if holds else AgainstTheLaw.by(rule, en, id)) for rule, holds, en, id in found]


async def bounds_of(cooperative_id: UUID, on: date) -> Bounds:
    """What bounds this co-op's lending on that day."""
    return Bounds(await by_laws_on(cooperative_id, on))
