"""Who lives in the year: the co-op's desk, and each member with what he is like."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID

from cooperatives.dues import service as dues
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.membership import service as membership
from cooperatives.membership.models import CooperativeKind, Membership
from cooperatives.savings import service as savings
from cooperatives.savings.kinds import SavingsKind
from marketplace.database import transaction
from marketplace.identity.actor import Actor, Role
from marketplace.identity.service import grant_role
from tests.cooperatives.books.desk import Desk, desk
from tests.cooperatives.membership import people

#: One in so many agrees to no deduction and pays what he owes at the counter, or late.
WITHOUT_CONSENT = 6


@dataclass
class Member:
    """A member: how many days of ten he rides, and what a day brings him, in rupiah before chance."""

    row: Membership
    actor: Actor
    days_of_ten: int
    a_day: int
    has_consent: bool = False
    has_loan: bool = False
    has_left: bool = False

    @property
    def id(self) -> UUID:
        return self.row.pk


@dataclass
class Coop:
    """The co-op's desk, its members in the order of their numbers, and the chance that the year is made with."""

    at: Desk
    chance: Random
    members: list[Member] = field(default_factory=list)
    used: int = 0

    @property
    def id(self) -> UUID:
        return self.at.id

    @property
    def treasurer(self) -> Actor:
        return self.at.treasurer

    @property
    def chair(self) -> Actor:
        return self.at.chair

    @property
    def staying(self) -> list[Member]:
        return [member for member in self.members if not member.has_left]

    def ref(self, purpose: Purpose, subject: UUID | None = None) -> AccountRef:
        return AccountRef(self.id, purpose, subject)

    def key(self) -> str:
        self.used += 1
        return f"year-{self.used}"


async def gather(members: int, chance: Random, opened_on: date) -> Coop:
    """Found the co-op, open its books and its savings, and let the members join."""
    coop = Coop(await desk(opened_on=opened_on, code="DRV", kind=CooperativeKind.DRIVER), chance)
    await savings.start_savings(coop.treasurer, cooperative_id=coop.id, first_month=opened_on, key=coop.key())
    kept = await savings.open_product(
        coop.treasurer,
        cooperative_id=coop.id,
        kind=SavingsKind.VOLUNTARY,
        name="Simpanan sukarela",
        rate_bp=300,
        key=coop.key(),
    )
    for number in range(members):
        coop.members.append(await _join(coop, number, kept.pk))
    return coop


async def _join(coop: Coop, number: int, product_id: UUID) -> Member:
    account = await people.person(f"Pengemudi {number + 1}")
    asked = await membership.apply_for_membership(await people.acting(account), cooperative_id=coop.id)
    row = await membership.approve_membership(coop.chair, membership_id=asked.pk)
    async with transaction():
        await grant_role(account.pk, Role.DRIVER, cooperative_id=coop.id)
    chance = coop.chance
    member = Member(row, await people.acting(account), chance.randint(5, 9), chance.randrange(60, 160) * 1_000)
    if chance.randrange(WITHOUT_CONSENT):
        share = chance.choice((1_000, 2_000))
        await dues.agree_to_deduction(member.actor, membership_id=member.id, share_bp=share, key=coop.key())
        member.has_consent = True
    if chance.randrange(5) < 2:
        opened = await savings.open_savings(
            member.actor, membership_id=member.id, product_id=product_id, key=coop.key()
        )
        monthly = chance.choice((25_000, 50_000, 100_000))
        await savings.promise(member.actor, savings_id=opened.pk, monthly=monthly)
    return member
