"""A driver co-op with open books and a few members who earn: what stories of dues and savings begin with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from cooperatives.books.models import BankLine, BankStatement
from cooperatives.dues import service as dues
from cooperatives.dues.models import Due, DueKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership import service as membership
from cooperatives.membership.models import CooperativeKind, Membership
from marketplace.database import new_id, transaction
from marketplace.identity.actor import Actor
from tests.cooperatives.books.desk import Desk, desk
from tests.cooperatives.membership import people

#: Noon in Surabaya on 25 November 2026, and the days around it.
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
TODAY, YESTERDAY = date(2026, 11, 25), date(2026, 11, 24)


@dataclass
class Stage:
    """The co-op's desk and its members, each with whom he acts as."""

    at: Desk
    members: list[tuple[Membership, Actor]]

    @property
    def id(self) -> UUID:
        return self.at.id

    def payable(self, member: Membership) -> AccountRef:
        return AccountRef(self.id, Purpose.DRIVER_PAYABLE, member.account_id)

    async def earn(self, member: Membership, amount: int) -> None:
        """The member earns something now."""
        entry = Entry(AccountRef(self.id, Purpose.GATEWAY_CLEARING), self.payable(member), amount, "order.driver")
        async with transaction():
            await ledger.post([entry], cause=Cause("test.earned", new_id()))

    async def owe(
        self, member: Membership, amount: int, due_on: date, kind: DueKind = DueKind.OPERATING, interest: int = 0
    ) -> Due:
        """The member is charged something that is income of the co-op; `interest` of it first, apart."""
        income = self.at.chart.by_number["4-1101"].ref(self.id)
        parts = (
            dues.Part(AccountRef(self.id, Purpose.OTHER_INCOME), interest, "test.interest"),
            dues.Part(income, amount - interest, "test.due"),
        )
        async with transaction():
            cause = Cause("test.owed", new_id())
            (due,) = await dues.charge(self.id, [dues.Charge(member.pk, kind, due_on, cause, parts, "Uji")])
        return due

    async def bank_line(self, description: str, amount: int) -> BankLine:
        """The bank says that this came in today."""
        account_id = self.at.chart.by_number["1-1201"].id
        statement = await BankStatement.create(
            cooperative_id=self.id,
            account_id=account_id,
            form="bca",
            starts_on=TODAY,
            ends_on=TODAY,
            file_hash=new_id().hex,
            imported_by=self.at.treasurer.account_id,
        )
        return await BankLine.create(
            statement_id=statement.pk,
            account_id=account_id,
            ordinal=0,
            booked_on=TODAY,
            amount=amount,
            description=description,
            fingerprint=new_id().hex,
        )

    async def stands(self, ref: AccountRef) -> int:
        return (await ledger.balance(ref)).amount


async def stage(members: int = 2) -> Stage:
    """Open it."""
    at = await desk(code="DRV", kind=CooperativeKind.DRIVER)
    joined = []
    for number in range(members):
        account = await people.person(f"Anggota {number + 1}")
        asked = await membership.apply_for_membership(await people.acting(account), cooperative_id=at.id)
        row = await membership.approve_membership(at.chair, membership_id=asked.pk)
        joined.append((row, await people.acting(account)))
    return Stage(at, joined)
