"""A driver co-op that insures its members: what stories of protection begin with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from cooperatives.dues import service as dues
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.protection import monthly, service
from cooperatives.protection.kinds import ProgrammeKind, Sector
from cooperatives.protection.models import ProtectionBill, ProtectionEnrolment, ProtectionProgramme
from marketplace import checks, clock
from marketplace.database import transaction
from marketplace.identity.actor import Actor, Role
from marketplace.identity.models import Account
from marketplace.identity.service import grant_role
from marketplace.settings import Settings
from marketplace.vault import Vault
from tests.cooperatives.dues.stage import Stage, stage

#: By which day of the month members pay.
PAY_BY = 15


def at(day: date, hour: int = 5) -> None:
    """It is noon of this day where the co-op is."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    clock.use(lambda: moment)


@dataclass
class Insured:
    """The co-op, its programme, and the vault of the node."""

    on: Stage
    programme: ProtectionProgramme
    vault: Vault

    @property
    def id(self) -> UUID:
        return self.on.id

    @property
    def chair(self) -> Actor:
        return self.on.at.chair

    @property
    def treasurer(self) -> Actor:
        return self.on.at.treasurer

    async def enrol(self, number: int, month: date, **choice: int | bool) -> ProtectionEnrolment:
        member, who = self.on.members[number]
        return await service.enrol(
            who,
            membership_id=member.pk,
            programme_id=self.programme.pk,
            since=month,
            choice=service.Choice(**choice),  # type: ignore[arg-type]
            participant_number=f"2100000000{number}",
            vault=self.vault,
            key=f"enrol-{self.programme.name}-{number}-{month}",
        )

    async def bring_up(self) -> None:
        await monthly.sweep(None)

    async def pays(self, number: int, amount: int, key: str) -> None:
        member = self.on.members[number][0]
        await dues.take_cash(self.treasurer, membership_id=member.pk, amount=amount, key=key)

    async def bill(self, number: int, month: date) -> ProtectionBill:
        member = self.on.members[number][0]
        return await ProtectionBill.get(membership_id=member.pk, programme_id=self.programme.pk, month=month)

    async def holds(self, purpose: Purpose, subject: UUID | None = None) -> int:
        return await self.on.stands(AccountRef(self.id, purpose, subject))

    async def whole(self) -> None:
        assert [found async for found in checks.findings()] == []


async def insured(
    settings: Settings, members: int, kind: ProgrammeKind = ProgrammeKind.EMPLOYMENT, **offer: object
) -> Insured:
    """A programme of this kind, and members who drive for the co-op."""
    on = await stage(members)
    for row, _ in on.members:
        async with transaction():
            await grant_role(row.account_id, Role.DRIVER, cooperative_id=on.id)
    given = {"name": f"BPJS {kind}", "provider": "BPJS", "pay_by": PAY_BY} | offer
    programme = await service.open_programme(
        on.at.treasurer,
        cooperative_id=on.id,
        offer=service.Offer(kind=kind, **given),  # type: ignore[arg-type]
        key=f"open-{kind}",
    )
    return Insured(on, programme, Vault(settings))


async def crowd(of: Insured, since: date, terms: list[tuple[int, int, bool]]) -> None:
    """Many members enrolled at once: (how many, declared income, with JHT)."""
    each = [(income, old) for number, income, old in terms for _ in range(number)]
    people = [Account(phone=f"+62812770{n:05d}", name=f"Orang {n}") for n in range(len(each))]
    await Account.bulk_create(people)
    rows = [
        Membership(cooperative_id=of.id, account_id=row.pk, number=9_000 + n, state=MembershipState.ACTIVE)
        for n, row in enumerate(people)
    ]
    await Membership.bulk_create(rows)
    await ProtectionEnrolment.bulk_create(
        ProtectionEnrolment(
            cooperative_id=of.id,
            programme_id=of.programme.pk,
            membership_id=row.pk,
            account_id=row.account_id,
            since=since,
            sector=Sector.TRANSPORT,
            income=income,
            has_old_age=old,
        )
        for row, (income, old) in zip(rows, each, strict=True)
    )
