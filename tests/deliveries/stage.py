"""Who stands on the stage before a delivery's story begins."""

from datetime import timedelta
from itertools import count

from cooperatives.ledger import service as ledger
from cooperatives.membership.models import (
    Alliance,
    AllianceState,
    Cooperative,
    CooperativeKind,
    Membership,
    MembershipState,
)
from marketplace import clock
from marketplace.database import transaction
from marketplace.deliveries import shifts
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.dispatch.board import Board
from marketplace.deliveries.models import Driver, DriverState, VehicleKind
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account

_numbers = count(10_000_000)
SURABAYA = Place(-7.26, 112.75)
SIGNER = Signer(b"custody key of the tests" * 2)
BOARD = Board()


async def account(name: str) -> Account:
    return await Account.create(phone=f"+62812{next(_numbers)}", name=name)


async def cooperative(code: str, *, commission_bp: int = 500, carrier_share_bp: int = 800) -> Cooperative:
    coop = await Cooperative.create(
        slug=code.lower(),
        code=code,
        name=f"Koperasi {code}",
        kind=CooperativeKind.MULTI,
        region_code="35.78",
        commission_bp=commission_bp,
        carrier_share_bp=carrier_share_bp,
    )
    async with transaction():
        await ledger.open_book(coop.pk)
    return coop


async def ally(seller: Cooperative, carrier: Cooperative, share_bp: int = 10_000) -> None:
    await Alliance.create(
        seller_cooperative_id=seller.pk,
        carrier_cooperative_id=carrier.pk,
        carrier_share_bp=share_bp,
        state=AllianceState.AGREED,
        proposed_by_cooperative_id=seller.pk,
        agreed_at=clock.now(),
    )


async def officer(coop: Cooperative, role: Role = Role.CHAIR) -> Actor:
    person = await account("Ketua")
    return Actor(account_id=person.pk, grants=frozenset({Grant(role, coop.pk)}))


async def member(coop: Cooperative, person: Account) -> None:
    await Membership.create(
        cooperative_id=coop.pk, account_id=person.pk, number=next(_numbers), state=MembershipState.ACTIVE
    )


async def driver(
    coop: Cooperative, name: str, *, job_limit: int = 1, cash_limit: int = 500_000
) -> tuple[Driver, Actor]:
    person = await account(name)
    await member(coop, person)
    row = await Driver.create(
        account_id=person.pk,
        cooperative_id=coop.pk,
        state=DriverState.APPROVED,
        name=name,
        vehicle=VehicleKind.MOTORCYCLE,
        plate="L 1234 AB",
        capacity_g=20_000,
        licence_expires_on=clock.now().date() + timedelta(days=300),
        cash_limit=cash_limit,
        job_limit=job_limit,
    )
    return row, Actor(account_id=person.pk, grants=frozenset({Grant(Role.DRIVER, coop.pk)}))


async def on_shift(
    coop: Cooperative, name: str, *, job_limit: int = 1, cash_limit: int = 500_000
) -> tuple[Driver, Actor]:
    row, actor = await driver(coop, name, job_limit=job_limit, cash_limit=cash_limit)
    await shifts.start_shift(actor, place=SURABAYA)
    return row, actor
