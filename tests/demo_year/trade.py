"""What members do with their co-op beside riding: borrow, insure themselves, buy parts, pay late, leave."""

from datetime import date

from cooperatives.books import vouchers
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import VoucherState
from cooperatives.departures import service as departures
from cooperatives.departures.leaving import NotCovered
from cooperatives.dues import service as dues
from cooperatives.dues.reading import outstanding
from cooperatives.loans import service as loans
from cooperatives.loans.kinds import LoanPurpose, MoneyWay
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.models import LoanProduct
from cooperatives.loans.products import Offer
from cooperatives.loans.schedules import Method
from cooperatives.protection import service as protection
from cooperatives.protection.kinds import ProgrammeKind
from cooperatives.protection.models import ProtectionProgramme
from cooperatives.savings.reading import saved_by
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay, SupplyWay
from cooperatives.units.models import BusinessUnit, Supplier, UnitItem
from marketplace.vault import Vault
from tests.demo_year.people import Coop, Member

GRANT = 2_000_000_000
#: A month's rent, for each member that the office has room for.
RENT_A_MEMBER = 15_000
#: What the by-laws let a member borrow at most, of his savings.
TIMES_SAVED = 10
SHOP = {"name": "Toko Suku Cadang", "region_code": "35.78.19", "lat": -7.2575, "lon": 112.7521}
PARTS = (("OLI-08", "Oli mesin", 38_000, 48_000, 43_000), ("KAMPAS", "Kampas rem", 25_000, 40_000, 34_000))


class Trade:
    """The co-op's credit unit, its programme and its shop, and who uses them when."""

    def __init__(self, coop: Coop, vault: Vault) -> None:
        self.coop, self.vault = coop, vault
        self.product: LoanProduct
        self.programme: ProtectionProgramme
        self.shop: BusinessUnit
        self.supplier: Supplier
        self.parts: list[UnitItem] = []

    async def open(self, day: date) -> None:
        """A grant fills the till; credit, protection and the parts shop begin."""
        coop = self.coop
        await self.book(day, "1-1201", "3-1301", GRANT, VoucherKind.CASH_IN)
        offer = Offer("Motor anggota", LoanPurpose.MOTORCYCLE, Method.ANNUITY, 1_200, 1_000_000, 12_000_000, 3, 24)
        self.product = await loans.offer_product(coop.treasurer, cooperative_id=coop.id, offer=offer, key=coop.key())
        self.programme = await protection.open_programme(
            coop.treasurer,
            cooperative_id=coop.id,
            offer=protection.Offer(ProgrammeKind.EMPLOYMENT, "BPJS Ketenagakerjaan", "BPJS", 15),
            key=coop.key(),
        )
        self.shop = await units.open_unit(
            coop.chair, cooperative_id=coop.id, kind="parts_shop", shop=SHOP, key=coop.key()
        )
        await units.set_unit_terms(coop.chair, unit_id=self.shop.pk, credit_limit=1_000_000, credit_days=30, bays=1)
        self.supplier = await units.add_supplier(
            coop.treasurer,
            cooperative_id=coop.id,
            name="PT Oli Nusantara",
            phone=None,
            credit_days=14,
            key=coop.key(),
        )
        for code, name, _, price, for_members in PARTS:
            item = units.NewItem(code, name, "goods.other", price, member_price=for_members)
            self.parts.append(await units.add_item(coop.treasurer, unit_id=self.shop.pk, item=item, key=coop.key()))
        for member in coop.members:
            if coop.chance.randrange(5) < 3:
                await self.insure(member)

    async def book(self, day: date, debit: str, credit: str, amount: int, kind: VoucherKind) -> None:
        """A voucher, which the chair approves where the treasurer alone may not."""
        coop = self.coop
        lines = [Line(coop.at.account(debit), debit=amount), Line(coop.at.account(credit), credit=amount)]
        voucher = await vouchers.record_voucher(
            coop.treasurer,
            cooperative_id=coop.id,
            kind=kind,
            booked_on=day,
            lines=lines,
            description="Demo",
            key=coop.key(),
        )
        for officer in (coop.chair, coop.at.secretary):
            if voucher.state is VoucherState.PROPOSED:
                voucher = await vouchers.approve_voucher(officer, voucher_id=voucher.pk, key=coop.key())

    async def insure(self, member: Member) -> None:
        choice = protection.Choice(income=member.a_day * member.days_of_ten * 3, has_old_age=False)
        await protection.enrol(
            member.actor,
            membership_id=member.id,
            programme_id=self.programme.pk,
            since=None,
            choice=choice,
            vault=self.vault,
            key=self.coop.key(),
        )

    async def begin_month(self, day: date) -> None:
        """Rent is paid, parts come in, some borrow, a few leave."""
        coop = self.coop
        await self.book(day, "6-1106", "1-1201", RENT_A_MEMBER * len(coop.members), VoucherKind.CASH_OUT)
        wanted = max(10, len(coop.members) // 5)
        bought = [
            units.Bought(item.pk, wanted, cost) for item, (_, _, cost, _, _) in zip(self.parts, PARTS, strict=True)
        ]
        await units.record_purchase(
            coop.treasurer,
            unit_id=self.shop.pk,
            supplier_id=self.supplier.pk,
            way=SupplyWay.TRANSFER,
            lines=bought,
            reference=f"F-{day:%m}",
            received_on=day,
            key=coop.key(),
        )
        if 2 <= day.month <= 10:
            free = [member for member in coop.staying if not member.has_loan]
            for member in coop.chance.sample(free, min(len(free), max(1, len(coop.members) // 90))):
                await self.lend(member)
        if day.month >= 3:
            for member in coop.chance.sample(coop.staying, len(coop.members) // 400 + (day.month == 6)):
                await self.leave(member)

    async def lend(self, member: Member) -> None:
        """As much as his savings allow, agreed to by two officers and given out."""
        coop = self.coop
        saved = sum((await saved_by([member.id]))[member.id].values())
        amount = min(coop.chance.randrange(2, 9), saved * TIMES_SAVED // 1_000_000) * 1_000_000
        if not amount:
            return
        loan = await loans.apply_for_loan(
            member.actor,
            product_id=self.product.pk,
            amount=amount,
            months=coop.chance.choice((6, 12, 18)),
            reason="Motor untuk mengantar",
            key=coop.key(),
        )
        for officer in (coop.chair, coop.treasurer):
            if loan.state is LoanState.APPLIED:
                loan = await loans.approve_loan(officer, loan_id=loan.pk)
        await loans.disburse_loan(
            coop.treasurer, loan_id=loan.pk, way=MoneyWay.TRANSFER, reference="BCA", key=coop.key()
        )
        member.has_loan = True

    async def sell_parts(self) -> None:
        """Some members buy a part, on credit or for cash."""
        coop = self.coop
        for member in coop.chance.sample(coop.staying, max(1, len(coop.members) // 100)):
            way = SaleWay.CREDIT if member.has_consent else SaleWay.CASH
            lines = [units.SaleLine(1, coop.chance.choice(self.parts).pk)]
            await units.sell(
                coop.treasurer, unit_id=self.shop.pk, lines=lines, way=way, membership_id=member.id, key=coop.key()
            )

    async def come_to_the_counter(self) -> None:
        """Who agreed to no deduction pays what he owes in cash, most of the time."""
        coop = self.coop
        paying = [member for member in coop.staying if not member.has_consent and coop.chance.randrange(10)]
        owed = await outstanding([member.id for member in paying])
        for member in paying:
            if amount := owed.get(member.id, 0):
                await dues.take_cash(coop.treasurer, membership_id=member.id, amount=amount, key=coop.key())

    async def leave(self, member: Member) -> None:
        """He leaves, his loans paid of his savings where they cover them; else he stays."""
        try:
            await departures.end_membership(
                member.actor, membership_id=member.id, reason="Pindah kota", is_set_off=True
            )
        except NotCovered:
            return
        member.has_left = True
