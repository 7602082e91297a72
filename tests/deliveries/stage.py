"""Who stands on the stage before a delivery's story begins."""

from datetime import timedelta
from itertools import count
from uuid import UUID

from catalog.models import Seller, SellerState
from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Cause, Purpose
from cooperatives.membership.models import (
    Alliance,
    AllianceState,
    Cooperative,
    CooperativeKind,
    Membership,
    MembershipState,
)
from marketplace import checks, clock
from marketplace.checks import Finding
from marketplace.database import transaction
from marketplace.deliveries import opening, shifts
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.dispatch.board import Board
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, VehicleKind
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments.flows import Parties, collect_online
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.takings import noting

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


async def seller(coop: Cooperative, name: str = "Warung Bu Sri") -> tuple[Seller, Actor]:
    owner = await account("Bu Sri")
    row = await Seller.create(
        cooperative_id=coop.pk,
        owner_id=owner.pk,
        slug=f"warung-{next(_numbers)}",
        name=name,
        state=SellerState.APPROVED,
        address="Jl. Tunjungan 1",
        region_code="35.78",
        lat=-7.2601,
        lon=112.7501,
    )
    return row, Actor(account_id=owner.pk, grants=frozenset({Grant(Role.SELLER_OWNER, coop.pk, row.pk)}))


async def sub_order(
    shop: Seller,
    buyer: Account,
    *,
    method: PaymentMethod = PaymentMethod.CASH,
    fulfilment: Fulfilment = Fulfilment.DELIVERY,
    state: SubOrderState = SubOrderState.READY,
    goods: int = 50_000,
    delivery: int = 12_000,
) -> SubOrder:
    """The example of money.md: food 50,000 and delivery 12,000; paid into escrow where it is paid online."""
    number = f"L{next(_numbers)}"
    total = goods + delivery
    order = await Order.create(
        number=number, buyer_id=buyer.pk, placed_by=buyer.pk, payment_method=method, total=total
    )
    row = await SubOrder.create(
        order_id=order.pk,
        number=f"{number}-1",
        buyer_id=buyer.pk,
        seller_id=shop.pk,
        cooperative_id=shop.cooperative_id,
        state=state,
        fulfilment=fulfilment,
        payment_method=method,
        goods=goods,
        delivery=delivery,
        total=total,
        commission_bp=500,
        delivery_distance_m=3_200,
        pickup_lat=shop.lat,
        pickup_lon=shop.lon,
        drop_lat=-7.28,
        drop_lon=112.76,
        drop_name="Ani",
        drop_phone="+6281200000001",
        drop_text="Jl. Mawar 5, RT 01/RW 02",
        pickup_pin="1111",
        dropoff_pin="2222",
    )
    if method is PaymentMethod.ONLINE:
        payment = await Payment.create(
            order_id=order.pk, payer_id=buyer.pk, method=method, amount=total, state=PaymentState.SUCCEEDED
        )
        async with transaction():
            await noting.note(payment, {row.cooperative_id: total})
            parties = Parties(row.pk, row.cooperative_id, row.seller_id)
            await ledger.post(collect_online(parties, total), cause=Cause("payment", row.pk))
    return row


def accepted(row: SubOrder) -> OutboxEvent:
    return OutboxEvent(event="sub_order.accepted", handler="x", aggregate_id=row.pk, payload={})


async def job_of(row: SubOrder) -> DeliveryJob:
    """The order's job, opened as the worker would."""
    await opening.open_for_order(None, accepted(row))
    return await DeliveryJob.get(sub_order_id=row.pk)


async def amount(coop: Cooperative, purpose: Purpose, subject_id: UUID | None = None) -> int:
    """The balance of one account."""
    return (await ledger.balance(AccountRef(coop.pk, purpose, subject_id))).amount


async def what_is_broken(signer: Signer | None = None) -> list[Finding]:
    """What `lumbung check-books` would say; with the key that signed them, of custody receipts too."""
    return [finding async for finding in checks.findings(signer)]
