"""The stage of what members buy at a unit with a loan: a shop with two kinds of goods, and a product for them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.loans import service as loans
from cooperatives.loans.kinds import LoanPurpose
from cooperatives.loans.models import Loan, LoanProduct
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import UnitItem, UnitSale
from marketplace import clock
from marketplace.identity.actor import Actor
from tests.cooperatives.units.shop import Shop

GOODS = Offer(
    "Belanja unit",
    LoanPurpose.MAINTENANCE,
    Method.ANNUITY,
    1_200,
    100_000,
    20_000_000,
    1,
    24,
    finances_purchases=True,
)


@dataclass
class Lender:
    """A shop with two kinds of goods, and a product of the credit unit that pays for them."""

    at: Shop
    product: LoanProduct
    tyre: UnitItem  # Rp 600,000 to members, worth 450,000
    oil: UnitItem  # Rp 40,000, worth 30,000

    @property
    def ani(self) -> Actor:
        return self.at.at.members[0][1]

    def wanted(self, tyres: int = 1, oils: int = 0) -> units.Wanted:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return units.Wanted(self.at.unit.pk, tuple((one.variant_id, many) for one, many in wanted if many))

    async def ask(self, tyres: int = 1, oils: int = 0, months: int = 6, product: LoanProduct | None = None) -> Loan:
        return await units.ask_to_finance(
            self.ani,
            product_id=(product or self.product).pk,
            wanted=self.wanted(tyres, oils),
            months=months,
            reason="Ban aus",
            key=self.at.key(),
        )

    async def agreed(self, tyres: int = 1, oils: int = 0, months: int = 6) -> Loan:
        loan = await self.ask(tyres, oils, months)
        for officer in (self.at.at.at.chair, self.at.keeper)[: 2 if loan.amount > 5_000_000 else 1]:
            loan = await loans.approve_loan(officer, loan_id=loan.pk)
        return loan

    async def sell(
        self, loan: Loan | None, tyres: int = 1, oils: int = 0, key: str | None = None, by: Actor | None = None
    ) -> UnitSale:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return await units.sell(
            by or self.at.keeper,
            unit_id=self.at.unit.pk,
            lines=[units.SaleLine(many, one.pk) for one, many in wanted if many],
            way=SaleWay.FINANCED,
            loan_id=None if loan is None else loan.pk,
            key=key or self.at.key(),
        )

    async def back(self, sale: UnitSale, tyres: int = 0, oils: int = 0, key: str | None = None) -> UnitSale:
        wanted = [(self.tyre, tyres), (self.oil, oils)]
        return await units.take_back_sale(
            self.at.keeper,
            sale_id=sale.pk,
            reason="salah ukuran",
            lines=[units.SaleLine(many, one.pk) for one, many in wanted if many],
            key=key or self.at.key(),
        )

    async def held(self, purpose: Purpose, subject: object = None) -> int:
        return (await ledger.balance(AccountRef(self.at.id, purpose, subject))).amount  # type: ignore[arg-type]

    async def current(self) -> tuple[int, int]:
        """What the unit has with the credit unit, in both books."""
        unit = self.at.unit.pk
        return await self.held(Purpose.UNIT_CURRENT, unit), -await self.held(Purpose.CREDIT_CURRENT, unit)

    async def credit(self) -> int:
        return await self.held(Purpose.MEMBER_CREDIT, self.at.at.members[0][0].pk)


def on(day: date) -> None:
    """That day, at noon in Surabaya."""
    clock.use(lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC))
