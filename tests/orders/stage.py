"""What stands before an order: a co-op with a shop, things on sale, a buyer at the door."""

from collections.abc import Sequence
from itertools import count
from typing import Any
from uuid import UUID

from catalog.models import Listing, ListingKind, ListingState, Option, OptionGroup, Seller, SellerState, Variant
from cooperatives.ledger import service as ledger
from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace.database import new_id, transaction
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account
from marketplace.orders.addresses import Place
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.parts import Wanted
from marketplace.orders.placing import OrderRequest
from marketplace.payments import direct, qris
from marketplace.payments import service as payments
from marketplace.payments.gateway import LeadsBack, PaymentChannel
from marketplace.payments.models import Payment
from marketplace.payments.rails import Rails, SimulatedGateway
from marketplace.settings import Settings
from marketplace.tariffs.models import Tariff

RAILS = Rails(Settings(), SimulatedGateway(has_triggers=True))
#: 2 km from the shop as the crow flies, less a little.
HOME = Place(
    lat=-7.2700,
    lon=112.7601,
    recipient="Ani",
    phone="+6281234567890",
    street="Jl. Mawar 5",
    rt="01",
    rw="02",
    kelurahan="Ketabang",
    patokan="depan masjid",
)
_numbers = count(20_000_000)


async def cooperative(code: str = "FOD", *, commission_bp: int = 500, carrier_share_bp: int = 800) -> Cooperative:
    row = await Cooperative.create(
        slug=f"{code.lower()}-{next(_numbers)}",
        code=code,
        name=f"Koperasi {code}",
        kind=CooperativeKind.MULTI,
        region_code="35.78",
        commission_bp=commission_bp,
        carrier_share_bp=carrier_share_bp,
    )
    async with transaction():
        await ledger.open_book(row.pk)
    return row


async def flat_tariff(coop: Cooperative, fare: int = 12_000) -> None:
    """Whatever the way, it costs `fare`."""
    await Tariff.create(
        cooperative_id=coop.pk,
        since=coop.created_at,
        base_fare=fare,
        base_distance_m=100_000,
        per_km=0,
        included_weight_g=1_000_000,
        per_kg=0,
        max_distance_m=100_000,
        detour_bp=13_000,
        set_by=new_id(),
    )


async def shop(coop: Cooperative, **facts: Any) -> Seller:
    owner = await Account.create(phone=f"+62813{next(_numbers)}", name="Bu Sri")
    values = {
        "cooperative_id": coop.pk,
        "owner_id": owner.pk,
        "slug": f"warung-{next(_numbers)}",
        "name": "Warung Bu Sri",
        "state": SellerState.APPROVED,
        "address": "Jl. Tunjungan 1",
        "region_code": "35.78.19",
        "lat": -7.2601,
        "lon": 112.7501,
    }
    return await Seller.create(**{**values, **facts})


async def dish(
    seller: Seller,
    *,
    title: str = "Nasi goreng",
    price: int = 15_000,
    kind: ListingKind = ListingKind.FOOD,
    **facts: Any,
) -> Variant:
    listing = await Listing.create(
        seller_id=seller.pk,
        kind=kind,
        category_code="food.rice",
        title=title,
        state=ListingState.PUBLISHED,
        price_from=price,
        price_to=price,
    )
    return await Variant.create(listing_id=listing.pk, price=price, **facts)


async def options(variant: Variant, *, least: int = 0, most: int = 1, deltas: Sequence[int] = (2_000,)) -> list[UUID]:
    """A group of options for the variant's listing; their ids."""
    group = await OptionGroup.create(listing_id=variant.listing_id, name="Tambahan", least=least, most=most)
    rows = [
        await Option.create(group_id=group.pk, name=f"Telur {n}", price_delta=delta) for n, delta in enumerate(deltas)
    ]
    return [row.pk for row in rows]


async def buyer(name: str = "Ani") -> Actor:
    account = await Account.create(phone=f"+62812{next(_numbers)}", name=name)
    return Actor(account_id=account.pk)


async def hangs_up_qris(seller: Seller) -> None:
    """The shop's own QRIS, to which orders may be paid."""
    payload = qris.static(qris.Merchant("WARUNG BU SRI", "SURABAYA", "ID1020000000001", "5812"))
    await direct.set_seller_qris(
        owner(seller), seller_id=seller.pk, payload=payload, is_direct=True, key=str(new_id())
    )


async def received(seller: Seller, row: SubOrder) -> None:
    """The shop says that the order's money has come to its own QRIS."""
    payment = await Payment.get(order_id=row.order_id)
    key = str(new_id())
    await direct.confirm_direct_payment(owner(seller), payment_id=payment.id, is_received=True, key=key)


def owner(seller: Seller) -> Actor:
    assert seller.owner_id is not None
    return Actor(account_id=seller.owner_id, grants=frozenset({Grant(Role.SELLER_OWNER, seller_id=seller.pk)}))


def chair(coop: Cooperative) -> Actor:
    return Actor(account_id=new_id(), grants=frozenset({Grant(Role.CHAIR, cooperative_id=coop.pk)}))


def asking(*lines: tuple[Variant, int], **values: Any) -> OrderRequest:
    """A request for these, brought home."""
    wanted = tuple(Wanted(variant.pk, quantity) for variant, quantity in lines)
    return OrderRequest(**{"lines": wanted, "place": HOME, **values})


async def ordered(
    actor: Actor,
    *lines: tuple[Variant, int],
    method: PaymentMethod = PaymentMethod.CASH,
    rails: Rails = RAILS,
    key: str = "",
    channel: PaymentChannel | None = None,
    leads_back: LeadsBack | None = None,
    **values: Any,
) -> tuple[Order, list[SubOrder]]:
    """An order placed and paid, with its sub-orders as they then stand."""
    request = asking(*lines, **values)
    paid = await payments.place_and_pay(
        actor,
        request=request,
        method=method,
        rails=rails,
        key=key or str(new_id()),
        channel=channel,
        leads_back=leads_back,
    )
    return paid.order, await SubOrder.filter(order_id=paid.order.id).order_by("id")
