"""Members who have opened voluntary savings at a co-op that keeps them since November."""

from dataclasses import dataclass
from datetime import date, datetime

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef
from cooperatives.membership.models import Membership
from cooperatives.savings import service
from cooperatives.savings.accounts import capital_id
from cooperatives.savings.kinds import SavingsKind
from cooperatives.savings.models import SavingsAccount
from marketplace import checks, clock
from marketplace.identity.actor import Actor
from tests.cooperatives.dues.stage import NOON, Stage, stage

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def at(day: date) -> None:
    """It is noon of this day where the co-op is."""
    moment = datetime.combine(day, NOON.timetz())
    clock.use(lambda: moment)


@dataclass
class Saver:
    """A member with voluntary savings."""

    member: Membership
    acting: Actor
    savings: SavingsAccount


async def opened(members: int = 1, rate_bp: int = 300, least: int = 0) -> tuple[Stage, list[Saver]]:
    """A co-op that keeps savings since November, and members who have opened theirs."""
    on = await stage(members)
    book = on.id
    await service.start_savings(on.at.chair, cooperative_id=book, first_month=NOVEMBER, key="start")
    kind = SavingsKind.VOLUNTARY
    product = await service.open_product(
        on.at.treasurer, cooperative_id=book, kind=kind, name="Sukarela", rate_bp=rate_bp, least=least, key="p"
    )
    made = [
        Saver(row, who, await service.open_savings(who, membership_id=row.pk, product_id=product.pk, key="o"))
        for row, who in on.members
    ]
    return on, made


async def whole() -> None:
    assert [found async for found in checks.findings()] == []


async def holds(savings: SavingsAccount) -> int:
    return (await ledger.balance(savings.ref)).amount


async def capital(member: Membership, kind: SavingsKind) -> int:
    ref = AccountRef(member.cooperative_id, kind.purpose, capital_id(member.pk, kind))
    return (await ledger.balance(ref)).amount
