"""A parts shop of a driver co-op: what stories of units begin with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.membership.models import Membership
from cooperatives.units import service as units
from cooperatives.units.kinds import SaleWay, SupplyWay
from cooperatives.units.models import BusinessUnit, Supplier, UnitItem, UnitPurchase, UnitSale
from marketplace import checks
from marketplace.identity.actor import Actor
from tests.cooperatives.dues.stage import TODAY, Stage, stage

SHOP = {"name": "Toko Suku Cadang Jaya", "region_code": "35.78.19", "lat": -7.2575, "lon": 112.7521}


@dataclass
class Shop:
    """The unit, its supplier, and short ways to trade at it."""

    at: Stage
    unit: BusinessUnit
    supplier: Supplier

    @property
    def id(self) -> UUID:
        return self.at.id

    @property
    def keeper(self) -> Actor:
        return self.at.at.treasurer

    def key(self) -> str:
        return self.at.at.key()

    def of(self, purpose: Purpose) -> AccountRef:
        return AccountRef(self.id, purpose, self.unit.pk)

    async def stands(self, purpose: Purpose) -> int:
        return await self.at.stands(self.of(purpose))

    async def item(
        self, code: str = "OLI-08", price: int = 45_000, member_price: int | None = 40_000, **more: object
    ) -> UnitItem:
        wanted = units.NewItem(code, f"Barang {code}", "goods.other", price, member_price=member_price, **more)  # type: ignore[arg-type]
        return await units.add_item(self.keeper, unit_id=self.unit.pk, item=wanted, key=self.key())

    async def buy(
        self, item: UnitItem, quantity: int, cost: int, way: SupplyWay = SupplyWay.CREDIT, **more: object
    ) -> UnitPurchase:
        wanted: dict[str, object] = {"reference": f"F-{self.key()}", "received_on": TODAY, **more}
        return await units.record_purchase(
            self.keeper,
            unit_id=self.unit.pk,
            supplier_id=self.supplier.pk,
            way=way,
            lines=[units.Bought(item.pk, quantity, cost)],
            key=self.key(),
            **wanted,  # type: ignore[arg-type]
        )

    async def sell(
        self, item: UnitItem, quantity: int, member: Membership | None = None, way: SaleWay = SaleWay.CASH
    ) -> UnitSale:
        return await units.sell(
            self.keeper,
            unit_id=self.unit.pk,
            lines=[units.SaleLine(quantity, item.pk)],
            way=way,
            membership_id=member.pk if member else None,
            key=self.key(),
        )

    async def whole(self) -> None:
        assert [found async for found in checks.findings()] == []


async def shop(kind: str = "parts_shop", members: int = 2) -> Shop:
    """Open it: members may owe Rp 500,000 for 30 days."""
    at = await stage(members)
    chair = at.at.chair
    unit = await units.open_unit(chair, cooperative_id=at.id, kind=kind, shop=SHOP, key="open")
    unit = await units.set_unit_terms(chair, unit_id=unit.pk, credit_limit=500_000, credit_days=30, bays=2)
    supplier = await units.add_supplier(
        at.at.treasurer, cooperative_id=at.id, name="PT Oli Nusantara", phone=None, credit_days=14, key="supplier"
    )
    return Shop(at, unit, supplier)


def day(number: int) -> date:
    return date(2026, 11, number)
