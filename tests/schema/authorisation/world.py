"""The town in which every operation is tried: who lives there, and what stands before anyone acts."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog.models import Image, Listing, ListingKind, Seller, ServiceSlot, Variant
from cooperatives.books.models import BankLine, ChartAccount, FixedAsset, RecurringVoucher, Voucher
from cooperatives.budgets.models import Budget
from cooperatives.departures.models import Departure, Expulsion
from cooperatives.dues.models import Due, DuePayment
from cooperatives.income.models import IncomeStatement, PlatformIncome
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.loans.models import Borrowing, Loan, LoanProduct
from cooperatives.membership.models import (
    Alliance,
    Cooperative,
    Membership,
    MembershipState,
    OfficeChange,
)
from cooperatives.moving.models import MovingSet
from cooperatives.protection.benefit_models import ProtectionBenefitPayment
from cooperatives.protection.claim_models import ProtectionClaim
from cooperatives.protection.models import (
    ProtectionBatch,
    ProtectionBill,
    ProtectionDependant,
    ProtectionEnrolment,
    ProtectionProgramme,
)
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.savings.models import SavingsAccount, SavingsKind, SavingsProduct, SavingsWithdrawal
from cooperatives.settlements.models import (
    ClearingGroup,
    SettlementAccount,
    SettlementCase,
    SettlementPayment,
    SettlementWindow,
)
from cooperatives.surplus.models import SurplusAllocation, SurplusShare
from cooperatives.units.models import BusinessUnit, StockCount, Supplier, UnitItem, UnitPurchase, UnitSale
from cooperatives.units.workshop.models import JobCard
from marketplace import clock
from marketplace.database import Row, connection, new_id, transaction
from marketplace.deliveries import shifts
from marketplace.deliveries.bookings.models import RecurringDelivery, Supplement
from marketplace.deliveries.courier.models import Incident, SosAlert
from marketplace.deliveries.custody import Place, said_of
from marketplace.deliveries.dispatch.models import DispatchAppeal, DispatchReplay, JobOffer
from marketplace.deliveries.models import (
    CustodyReceipt,
    DeliveryJob,
    Driver,
    DriverHandOver,
    DriverState,
    Drop,
    VehicleKind,
)
from marketplace.deliveries.relay.models import Hub, RelayLeg
from marketplace.deliveries.roster.models import (
    DriverPaper,
    DriverVehicle,
    PaperKind,
    PaperState,
    ShiftSlot,
    SlotBooking,
)
from marketplace.deliveries.signing.attesting import Side, key_proof, moment
from marketplace.deliveries.signing.models import CustodyKey
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account, ApiKey, NumberChange
from marketplace.notices.models import Notice
from marketplace.orders.models import Address, BasketLine, Order, OrderLine, PaymentMethod, Quote, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments import strays
from marketplace.payments.gateway import Theirs
from marketplace.payments.models import (
    CashShortage,
    DuesCharge,
    Payment,
    PaymentState,
    RailAccount,
    RailKind,
    RailState,
    Refund,
    RefundState,
    StrayMoney,
)
from marketplace.payments.payouts.booking import clearing
from marketplace.payments.payouts.lifecycle import PayeeKind, PayoutState
from marketplace.payments.payouts.models import Payout
from schema.ids import to_id
from tests.orders import stage
from tests.schema.authorisation.hall import gather

#: By whose clock the co-ops of this world name a day.
WIB = ZoneInfo("Asia/Jakarta")
#: The driver's phone, and the moment at which it signs.
DEVICE = Ed25519PrivateKey.from_private_bytes(b"the phone of the driver, 32 byte")
SIGNED_AT = moment(clock.now())
OFFICES = (Role.CHAIR, Role.SECRETARY, Role.TREASURER, Role.DISPATCHER, Role.UNIT_MANAGER)
#: Everyone with the roles held: a role with `own` is held in the co-op of the story, `shop` in its shop.
CAST: dict[str, tuple[tuple[Role, str], ...]] = {
    "stranger": (),
    "buyer": (),
    "owner": ((Role.SELLER_OWNER, "shop"),),
    "staff": ((Role.SELLER_STAFF, "shop"),),
    "driver": ((Role.MEMBER, "own"), (Role.DRIVER, "own")),
    "other": tuple((role, "other") for role in OFFICES),
    "chair": ((Role.MEMBER, "own"), (Role.CHAIR, "own")),
    "treasurer": ((Role.MEMBER, "own"), (Role.TREASURER, "own")),
    "pengawas": ((Role.MEMBER, "own"), (Role.SUPERVISOR, "own")),
    "platform": ((Role.PLATFORM_REPRESENTATIVE, "own"),),
    "government": ((Role.GOVERNMENT_SUPERVISOR, ""),),
    "operator": ((Role.NODE_OPERATOR, ""),),
    # who only prepares what the others are tried with
    "secretary": ((Role.MEMBER, "own"), (Role.SECRETARY, "own")),
    "member": ((Role.MEMBER, "own"),),
    "second-driver": ((Role.MEMBER, "own"), (Role.DRIVER, "own")),
    "ally-chair": ((Role.CHAIR, "ally"),),
    "ally-treasurer": ((Role.TREASURER, "ally"),),
}
#: A thing that a step makes: the newest row of its table.
NEWEST: dict[str, type[Row]] = {
    "moving-set": MovingSet,
    "departure": Departure,
    "expulsion": Expulsion,
    "dispatch-appeal": DispatchAppeal,
    "offer": JobOffer,
    "replay": DispatchReplay,
    "address": Address,
    "buyerpayment": Payment,
    "payout": Payout,
    "rail": RailAccount,
    "shortage": CashShortage,
    "stray": StrayMoney,
    "alliance": Alliance,
    "apikey": ApiKey,
    "asset": FixedAsset,
    "bankline": BankLine,
    "basketline": BasketLine,
    "change": NumberChange,
    "chartaccount": ChartAccount,
    "custodykey": CustodyKey,
    "drop": Drop,
    "group": ClearingGroup,
    "hub": Hub,
    "image": Image,
    "incident": Incident,
    "job": DeliveryJob,
    "line": OrderLine,
    "borrowing": Borrowing,
    "loan": Loan,
    "loanproduct": LoanProduct,
    "membership": Membership,
    "newlisting": Listing,
    "newdriver": Driver,
    "newshop": Seller,
    "notice": Notice,
    "office": OfficeChange,
    "order": Order,
    "payment": SettlementPayment,
    "quote": Quote,
    "recurring": RecurringVoucher,
    "recurringdelivery": RecurringDelivery,
    "supplement": Supplement,
    "refund": Refund,
    "settlementaccount": SettlementAccount,
    "settlementcase": SettlementCase,
    "slot": ServiceSlot,
    "sos": SosAlert,
    "suborder": SubOrder,
    "due": Due,
    "duepayment": DuePayment,
    "duescharge": DuesCharge,
    "budget": Budget,
    "surplus": SurplusAllocation,
    "unit": BusinessUnit,
    "job-card": JobCard,
    "round": PurchaseRound,
    "commitment": Commitment,
    "item": UnitItem,
    "item-variant": Variant,
    "supplier": Supplier,
    "unitpurchase": UnitPurchase,
    "unitsale": UnitSale,
    "stockcount": StockCount,
    "enrolment": ProtectionEnrolment,
    "income-statement": IncomeStatement,
    "platform-income": PlatformIncome,
    "protection-batch": ProtectionBatch,
    "protection-bill": ProtectionBill,
    "protection-claim": ProtectionClaim,
    "protection-benefit-payment": ProtectionBenefitPayment,
    "protection-dependant": ProtectionDependant,
    "protection-programme": ProtectionProgramme,
    "withdrawal": SavingsWithdrawal,
    "voucher": Voucher,
}
GLOBAL_NAME = {
    "commitment": "PurchaseCommitment",
    "unit": "BusinessUnit",
    "item": "UnitItem",
    "item-variant": "Variant",
    "basketline": "BasketLine",
    "change": "NumberChange",
    "drop": "DropStop",
    "group": "ClearingGroup",
    "office": "OfficeChange",
    "slot": "ServiceSlot",
    "supplement": "DeliverySupplement",
}


@dataclass
class World:
    """The town's accounts by name, and the global ids of its things."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    async def build(self) -> "World":
        own, other, ally = [await stage.cooperative(code) for code in ("OWN", "OTH", "ALY")]
        await stage.flat_tariff(own)
        for name in CAST:
            self.accounts[name] = (await Account.create(phone=f"+6281{len(self.accounts):08d}", name=name)).pk
            self.things[name] = to_id("Account", self.accounts[name])
        shop = await stage.shop(own, owner_id=self.accounts["owner"], phone="+6281300000001", nib="1234567890123")
        await self._grant({"own": own, "other": other, "ally": ally}, shop)
        await self._join(own)
        await self._list(shop)
        for name, coop in (("own", own), ("other", other), ("ally", ally)):
            self.things[name] = to_id("Cooperative", coop.pk)
        self.things |= {"shop": to_id("Seller", shop.pk), "book": to_id("Book", own.pk)}
        self.things |= {"own-slug": own.slug, "shop-slug": shop.slug}
        public_key = DEVICE.public_key().public_bytes_raw().hex()
        proof = DEVICE.sign(key_proof(str(self.accounts["driver"]), public_key)).hex()
        self.things["today"] = clock.now().astimezone(WIB).date().isoformat()
        self.things |= {"device-key": public_key, "device-proof": proof, "signed-at": SIGNED_AT}
        self.things |= {name: moment(clock.now() + timedelta(hours=h)) for name, h in (("soon", 2), ("later", 9))}
        await self._drive(own)
        self.things |= await gather(own, self.accounts)
        account = await RailAccount.create(cooperative_id=own.pk, rail=RailKind.STRIPE, state=RailState.RETIRED)
        payment = await Payment.create(
            order_id=new_id(),
            payer_id=self.accounts["buyer"],
            method=PaymentMethod.ONLINE,
            amount=50_000,
            state=PaymentState.SUCCEEDED,
        )
        refund = await Refund.create(
            payment_id=payment.pk,
            order_id=payment.order_id,
            sub_order_id=new_id(),
            cooperative_id=own.pk,
            amount=50_000,
            reason="ENDED",
            state=RefundState.AWAITING,
        )
        self.things["awaiting"] = to_id("Refund", refund.pk)
        # one that its provider has given back already: to say so again asks no provider
        given_back = await StrayMoney.create(
            cooperative_id=own.pk, account_id=account.pk, reference="pi_0", amount=1, why="UNKNOWN", state="RETURNED"
        )
        self.things["given-back"] = to_id("StrayMoney", given_back.pk)
        await strays.found(account, Theirs("pi_1", None, 50_000, succeeded=True, made_at=clock.now()))
        unanswered = await Payout.create(
            cooperative_id=own.pk,
            payee=PayeeKind.SELLER,
            payee_id=shop.pk,
            amount=20_000,
            state=PayoutState.SENT,
            institution="bca",
            masked="bca",
            sealed="",
            requested_by=self.accounts["owner"],
            account_id=account.pk,
            sent_at=clock.now() - timedelta(hours=21),
        )
        async with transaction():
            held = Entry(
                AccountRef(own.pk, Purpose.GATEWAY_CLEARING), clearing(own.pk, unanswered.pk), 20_000, "test"
            )
            await ledger.post([held], cause=Cause("payout.requested", unanswered.pk))
        self.things["unanswered"] = to_id("Payout", unanswered.pk)
        await OutboxEvent.all().delete()  # building the town is no news to anyone, whoever listens in this process
        given_up = await OutboxEvent.create(
            event="trial.ended", handler="nobody", aggregate_id=new_id(), payload={}, dead_at=clock.now()
        )
        self.things["given-up"] = str(given_up.id)
        return self

    async def _grant(self, coops: dict[str, Cooperative], shop: Seller) -> None:
        for name, roles in CAST.items():
            for role, where in roles:
                coop = coops.get(where)
                await identity.grant_role(
                    self.accounts[name],
                    role,
                    cooperative_id=coop.pk if coop else None,
                    seller_id=shop.pk if where == "shop" else None,
                )

    async def _join(self, own: Cooperative) -> None:
        members = [name for name, roles in CAST.items() if (Role.MEMBER, "own") in roles]
        for number, name in enumerate(members, start=1):
            row = await Membership.create(
                cooperative_id=own.pk, account_id=self.accounts[name], number=number, state=MembershipState.ACTIVE
            )
            self.things[f"{name}-membership"] = to_id("Membership", row.pk)

    async def _list(self, shop: Seller) -> None:
        for name, kind in (
            ("dish", ListingKind.FOOD),
            ("counted", ListingKind.GOODS),
            ("service", ListingKind.SERVICE),
        ):
            facts: dict[str, Any] = {"on_hand": 20} if name == "counted" else {}
            variant = await stage.dish(shop, title=name.title(), kind=kind, **facts)
            self.things[name] = to_id("Variant", variant.pk)
            self.things[f"{name}-listing"] = to_id("Listing", variant.listing_id)
            if kind is ListingKind.SERVICE:
                await Listing.filter(pk=variant.listing_id).update(session_minutes=60)
            if kind is ListingKind.FOOD:
                await Image.create(listing_id=variant.listing_id, hash="0" * 64, width=8, height=8)
        self.things |= {"listing": self.things["dish-listing"], "variant": self.things["counted"]}

    async def _book(self, slot: ShiftSlot, driver: Driver, **more: Any) -> str:
        slot.booked += 1
        await slot.save()
        row = await SlotBooking.create(
            slot_id=slot.pk,
            driver_id=driver.pk,
            account_id=driver.account_id,
            name=driver.name,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            **more,
        )
        return to_id("SlotBooking", row.pk)

    async def _plan(self, own: Cooperative) -> list[ShiftSlot]:
        """Three planned shifts, on three days."""
        starts_at = clock.now() + timedelta(days=2)
        self.things |= {
            "later": (starts_at - timedelta(days=1) + timedelta(hours=2)).isoformat(),
            "soon": (clock.now() + timedelta(hours=3)).isoformat(),
        }
        return [
            await ShiftSlot.create(
                cooperative_id=own.pk,
                starts_at=starts_at + timedelta(days=number),
                ends_at=starts_at + timedelta(days=number, hours=4),
                wanted=2,
                posted_by=self.accounts["chair"],
            )
            for number in range(3)
        ]

    async def _drive(self, own: Cooperative) -> None:
        free, taken, offered = await self._plan(own)
        for name in ("driver", "second-driver"):
            row = await Driver.create(
                account_id=self.accounts[name],
                cooperative_id=own.pk,
                state=DriverState.APPROVED,
                name=name,
                vehicle=VehicleKind.MOTORCYCLE,
                licence_expires_on=clock.now().date() + timedelta(days=300),
                insurance_expires_on=clock.now().date() + timedelta(days=300),
                capacity_g=20_000,
                cash_limit=500_000,
            )
            self.things[name] = to_id("Driver", row.pk)
            self.things[f"{name}-account"] = to_id("Account", self.accounts[name])
            driver = Actor(self.accounts[name], grants=frozenset({Grant(Role.DRIVER, own.pk)}))
            ridden = await DriverVehicle.create(
                driver_id=row.pk, kind=row.vehicle, capacity_g=row.capacity_g, ridden_since=clock.now()
            )
            if name == "second-driver":
                self.things["booking-offered"] = await self._book(offered, row, offered_at=clock.now())
            if name == "driver":
                bike = await DriverVehicle.create(driver_id=row.pk, kind=VehicleKind.BICYCLE, capacity_g=5_000)
                paper = await DriverPaper.create(
                    driver_id=row.pk,
                    account_id=row.account_id,
                    cooperative_id=own.pk,
                    kind=PaperKind.STNK,
                    vehicle_id=ridden.pk,
                    masked_number="••••1234",
                    expires_on=clock.now().date() + timedelta(days=300),
                    state=PaperState.SUBMITTED,
                )
                self.things["booking"] = await self._book(taken, row)
                self.things["slot-free"] = to_id("ShiftSlot", free.pk)
                self.things |= {"bike": to_id("DriverVehicle", bike.pk), "paper": to_id("DriverPaper", paper.pk)}
                await shifts.start_shift(driver, place=Place(-7.26, 112.75))


async def newest_things() -> dict[str, str]:
    """The things that steps have made until now, with the PINs that go with them."""
    found = await _newest_rows()
    window = await SettlementWindow.all().order_by("number").first()
    if window is not None:
        found["window"] = to_id("SettlementWindow", window.pk)
    for name, kind in (("savings", SavingsKind.VOLUNTARY), ("deposit", SavingsKind.TERM)):
        account = await SavingsAccount.filter(kind=kind).order_by("-created_at").first()
        if account is not None:
            found[name] = to_id("SavingsAccount", account.pk)
        product = await SavingsProduct.filter(kind=kind).order_by("-id").first()
        if product is not None:
            found[f"{name}-product"] = to_id("SavingsProduct", product.pk)
    job = await DeliveryJob.all().order_by("-id").first()
    if job is not None:
        drop = await Drop.filter(job_id=job.pk).first()
        found |= {"pickup-pin": job.pickup_pin, "return-pin": job.return_pin}
        found |= {"drop-pin": drop.pin} if drop else {}
    leg = await RelayLeg.filter(position=0).order_by("-id").first()
    found |= {"hub-pin": leg.in_pin} if leg else {}
    receipt = await CustodyReceipt.all().order_by("-id").first()
    if receipt is not None:
        found["receipt"] = to_id("CustodyReceipt", receipt.pk)
        found["custody-signature"] = DEVICE.sign(said_of(receipt).to_sign(Side.TAKER, SIGNED_AT)).hex()
    passed = await DriverHandOver.all().order_by("-id").first()
    found |= {"hand-over-pin": passed.pin} if passed else {}
    driver = await Driver.all().order_by("id").first()
    share = await SurplusShare.filter(account_id=driver.account_id).order_by("-id").first() if driver else None
    found |= {"surplusshare": to_id("SurplusShare", share.pk)} if share else {}
    order = await SubOrder.all().order_by("-id").first()
    return found | ({"counter-pin": order.dropoff_pin} if order else {})


async def _newest_rows() -> dict[str, str]:
    """Of each table in NEWEST, its newest row. One statement: every step asks."""
    newest = (
        f'(SELECT CAST(id AS char(36)) FROM "{model._meta.db_table}" ORDER BY id DESC LIMIT 1) AS "{name}"'
        for name, model in NEWEST.items()
    )
    (row,) = await connection().execute_query_dict(f"SELECT {', '.join(newest)}")
    return {
        name: to_id(GLOBAL_NAME.get(name, NEWEST[name].__name__), UUID(id)) for name, id in dict(row).items() if id
    }
