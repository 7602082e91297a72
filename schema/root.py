"""The schema: every noun's queries, mutations and subscriptions under one root."""

from typing import Annotated

import strawberry

from schema.accounts import AccountMutation
from schema.alliance_terms import AllianceTermsMutation
from schema.allocating import SurplusMutation
from schema.annual_reports import ReportMutation
from schema.api_keys import ApiKeyMutation
from schema.assets import AssetMutation
from schema.bank_statements import BankStatementMutation
from schema.bank_templates import BankTemplateMutation
from schema.baskets import BasketQuery
from schema.benefits import BenefitMutation
from schema.blocks import BlockMutation
from schema.bookings import BookingMutation
from schema.borrowings import BorrowingMutation
from schema.budgeting import BudgetMutation
from schema.buying import BuyingMutation
from schema.by_laws import ByLawMutation
from schema.carrying import CarryingMutation
from schema.cash import CashMutation
from schema.cash_counts import CashCountMutation
from schema.charging_dues import DuesChargeMutation
from schema.charts import ChartMutation
from schema.claims import ClaimMutation
from schema.collecting import CollectingMutation
from schema.context import Info
from schema.cooperatives import Cooperative, CooperativeQuery
from schema.courier_events import CourierEventMutation
from schema.custody import CustodyMutation, CustodyQuery
from schema.departing import DepartureMutation
from schema.dispatch_appeals import DispatchAppealMutation
from schema.dispatch_policies import DispatchPolicyMutation
from schema.dispatching import DispatchMutation
from schema.disputes import DisputeMutation
from schema.drawing import BorrowingDrawMutation
from schema.drivers import DriverMutation
from schema.federation import NODE, subgraph
from schema.founding import CooperativeMutation
from schema.gathering import GatheringMutation
from schema.grouping import GroupingMutation
from schema.incidents import IncidentMutation
from schema.income import IncomeQuery
from schema.job_messages import JobTalkMutation, JobTalkQuery
from schema.jobs import DeliveryJob, DeliveryJobQuery
from schema.joining import MembershipMutation
from schema.joint_purchasing import PurchasingMutation
from schema.lending import LendingMutation
from schema.listings import Listing
from schema.loan_applications import LoanApplicationMutation, LoanApplicationQuery
from schema.loan_products import LoanProductMutation, LoanProductQuery
from schema.menus import ListingMutation
from schema.moderation import ModerationMutation, ModerationQuery
from schema.moving import MovingMutation
from schema.nodes import Node, find_node
from schema.notices import NoticeMutation, NoticeQuery
from schema.offers import OfferMutation
from schema.offices import OfficeMutation
from schema.operating import OperatingMutation, OperatingQuery
from schema.orders import Order
from schema.papers import PaperMutation
from schema.passing import PassingMutation
from schema.paying_dues import DuesMutation
from schema.payments import PaymentMutation
from schema.payout_destinations import PayoutDestinationMutation
from schema.payout_policies import PayoutPolicyMutation
from schema.payouts import PayoutMutation
from schema.protecting import ProtectionMutation
from schema.proving import ProvingMutation
from schema.purchase_rounds import PurchaseRoundQuery
from schema.qris import QrisMutation
from schema.rails import RailMutation
from schema.ratings import RatingMutation, RatingQuery
from schema.recovery import RecoveryMutation
from schema.recurring import RecurringMutation
from schema.recurring_deliveries import RecurringDeliveryMutation
from schema.refunds import RefundMutation, RefundWayMutation
from schema.regions import RegionQuery
from schema.registering import RegisterMutation
from schema.relaying import RelayMutation
from schema.remittances import RemittanceMutation
from schema.replaying import ReplayMutation
from schema.roster import RosterMutation
from schema.ruling import RulingMutation
from schema.running_units import UnitMutation
from schema.saved_searches import SavedSearchMutation
from schema.saving import SavingMutation, SavingsOfferMutation
from schema.search import SearchQuery
from schema.search_tokens import SearchTokenMutation
from schema.searching import SearchingQuery
from schema.sellers import Seller, SellerQuery
from schema.selling import SellingMutation
from schema.settlement_accounts import SettlementAccountMutation
from schema.settlement_cases import SettlementCaseMutation
from schema.settling import SettlementMutation
from schema.shifts import ShiftMutation
from schema.shops import SellerMutation
from schema.sos import SosMutation
from schema.stating_income import IncomeMutation
from schema.subscriptions import Subscription
from schema.tariffs import TariffMutation
from schema.taxes import TaxMutation
from schema.tips import TipMutation
from schema.trading_units import UnitTradeMutation
from schema.units import UnitKindQuery
from schema.vehicles import VehicleMutation
from schema.viewer import ViewerQuery
from schema.voting import VotingMutation
from schema.vouching import VoucherMutation
from schema.withdrawals import WithdrawalMutation
from schema.workshop import WorkshopMutation


@strawberry.type(description="What can be read.")
class Query(
    DeliveryJobQuery,
    BasketQuery,
    ViewerQuery,
    CooperativeQuery,
    SellerQuery,
    RegionQuery,
    ModerationQuery,
    SearchQuery,
    SearchingQuery,
    NoticeQuery,
    JobTalkQuery,
    CustodyQuery,
    LoanProductQuery,
    LoanApplicationQuery,
    IncomeQuery,
    OperatingQuery,
    UnitKindQuery,
    PurchaseRoundQuery,
    RatingQuery,
):
    @strawberry.field(
        description="The thing with this global id, or null when there is none that you may see.",
        directives=NODE,
    )
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")]
    ) -> Node | None:
        return await find_node(info, id)


@strawberry.type(description="What can be done.")
class Mutation(
    OperatingMutation,
    CarryingMutation,
    CourierEventMutation,
    JobTalkMutation,
    ProvingMutation,
    IncidentMutation,
    SosMutation,
    TipMutation,
    RatingMutation,
    PassingMutation,
    CustodyMutation,
    RelayMutation,
    BlockMutation,
    CashMutation,
    DispatchMutation,
    OfferMutation,
    DispatchPolicyMutation,
    DispatchAppealMutation,
    BookingMutation,
    RecurringDeliveryMutation,
    DriverMutation,
    ShiftMutation,
    VehicleMutation,
    RosterMutation,
    PaperMutation,
    BuyingMutation,
    SavedSearchMutation,
    SearchTokenMutation,
    DisputeMutation,
    RefundMutation,
    PaymentMutation,
    PayoutDestinationMutation,
    PayoutMutation,
    PayoutPolicyMutation,
    RefundWayMutation,
    QrisMutation,
    RailMutation,
    CollectingMutation,
    SellingMutation,
    TariffMutation,
    AccountMutation,
    ApiKeyMutation,
    RecoveryMutation,
    CooperativeMutation,
    MembershipMutation,
    DepartureMutation,
    RulingMutation,
    RegisterMutation,
    DuesMutation,
    DuesChargeMutation,
    SavingsOfferMutation,
    SavingMutation,
    WithdrawalMutation,
    SurplusMutation,
    UnitMutation,
    UnitTradeMutation,
    WorkshopMutation,
    PurchasingMutation,
    BudgetMutation,
    MovingMutation,
    ProtectionMutation,
    RemittanceMutation,
    BenefitMutation,
    ClaimMutation,
    IncomeMutation,
    AllianceTermsMutation,
    OfficeMutation,
    ByLawMutation,
    GatheringMutation,
    VotingMutation,
    GroupingMutation,
    ReplayMutation,
    ReportMutation,
    SettlementMutation,
    SettlementAccountMutation,
    SettlementCaseMutation,
    SellerMutation,
    ListingMutation,
    ModerationMutation,
    NoticeMutation,
    ChartMutation,
    VoucherMutation,
    BankStatementMutation,
    BankTemplateMutation,
    AssetMutation,
    RecurringMutation,
    CashCountMutation,
    TaxMutation,
    LoanProductMutation,
    LendingMutation,
    LoanApplicationMutation,
    BorrowingMutation,
    BorrowingDrawMutation,
):
    pass


schema = subgraph(Query, Mutation, Subscription, Cooperative, Seller, Listing, Order, DeliveryJob)
