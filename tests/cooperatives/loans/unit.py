"""The credit unit of a driver co-op with a few members: what stories of loans begin with."""

from datetime import UTC, date, datetime

from cooperatives.dues import service as dues
from cooperatives.ledger.service import AccountRef, Purpose, balance
from cooperatives.loans import service
from cooperatives.loans.kinds import LoanPurpose, MoneyWay
from cooperatives.loans.models import Loan, LoanProduct
from cooperatives.loans.paying_off import AfterEarly
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from cooperatives.membership.models import Membership
from marketplace import clock
from marketplace.identity.actor import Actor
from tests.cooperatives.dues.stage import Stage

START = datetime(2026, 11, 25, 5, tzinfo=UTC)
MOTORCYCLE = Offer("Motor anggota", LoanPurpose.MOTORCYCLE, Method.ANNUITY, 1_200, 1_000_000, 20_000_000, 3, 36)
NURSE = Offer("Keluarga", LoanPurpose.FAMILY, Method.FLAT, 1_200, 500_000, 10_000_000, 1, 12, guarantors=1)


def on(day: date) -> None:
    """It is noon of that day in Surabaya."""
    clock.use(lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC))


async def held(at: Stage, purpose: Purpose, subject: object = None) -> int:
    return (await balance(AccountRef(at.id, purpose, subject))).amount  # type: ignore[arg-type]


class Unit:
    """The credit unit of a co-op with a few members."""

    def __init__(self, at: Stage) -> None:
        self.at, self.used = at, 0

    def key(self) -> str:
        self.used += 1
        return f"loan-{self.used}"

    @property
    def chair(self) -> Actor:
        return self.at.at.chair

    @property
    def treasurer(self) -> Actor:
        return self.at.at.treasurer

    async def offer(self, offer: Offer = MOTORCYCLE) -> LoanProduct:
        return await service.offer_product(self.treasurer, cooperative_id=self.at.id, offer=offer, key=self.key())

    async def apply(
        self, product: LoanProduct, amount: int, months: int, who: Actor | None = None, behind: tuple[int, ...] = ()
    ) -> Loan:
        return await service.apply_for_loan(
            who or self.at.members[0][1],
            product_id=product.pk,
            amount=amount,
            months=months,
            reason="Motor untuk mengantar",
            guarantors=behind,
            key=self.key(),
        )

    async def lend(
        self,
        amount: int = 10_000_000,
        months: int = 12,
        offer: Offer = MOTORCYCLE,
        way: MoneyWay = MoneyWay.TRANSFER,
    ) -> Loan:
        """Asked for, agreed to by two, and given out."""
        loan = await self.apply(await self.offer(offer), amount, months)
        for officer in (self.chair, self.treasurer):
            loan = await service.approve_loan(officer, loan_id=loan.pk)
        return await service.disburse_loan(
            self.treasurer,
            loan_id=loan.pk,
            way=way,
            reference="BCA 1" if way is MoneyWay.TRANSFER else None,
            key=self.key(),
        )

    async def pay(self, member: Membership, amount: int) -> None:
        """At the counter, as a due; the loan follows."""
        await dues.take_cash(self.treasurer, membership_id=member.pk, amount=amount, key=self.key())

    async def owed(self, loan: Loan) -> int:
        return await held(self.at, Purpose.LOAN_PRINCIPAL, loan.pk)

    async def early(self, loan: Loan, amount: int, choice: AfterEarly) -> Loan:
        """Before it falls due, at the counter."""
        return await service.repay_early(
            self.treasurer,
            loan_id=loan.pk,
            amount=amount,
            way=MoneyWay.CASH,
            choice=choice,
            reference="KM 1",
            key=self.key(),
        )
