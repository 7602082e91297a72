"""Notices: a person's inbox, and where that person can be reached."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace import clock
from marketplace.notices import models as rows
from marketplace.notices import service
from marketplace.notices.models import NoticeKind
from marketplace.notices.pages import page_of
from marketplace.notices.senders.push import PushSender
from marketplace.notices.templates import words_of
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent

described(
    NoticeKind,
    "What a notice tells of.",
    {
        "ORDER_TO_ANSWER": "To the shop: a new order waits for an answer. Rings until it has one.",
        "ORDER_RECEIVED": "To the shop: a new order, accepted by the shop's own rule.",
        "ORDER_ACCEPTED": "To the buyer: the shop took the order.",
        "ORDER_DECLINED": "To the buyer: the shop did not take it.",
        "ORDER_CANCELLED": "To buyer and shop: it was cancelled.",
        "ORDER_EXPIRED": "To buyer and shop: it was not paid or not answered in time.",
        "ORDER_READY": "To the buyer: it stands ready.",
        "ORDER_COLLECTED": "To the buyer: the driver has it.",
        "ORDER_DELIVERED": "To the buyer: it has arrived.",
        "ORDER_RETURNED": "To buyer and shop: it was brought back.",
        "DRIVER_ASSIGNED": "To buyer and shop: a driver is on the way to the shop.",
        "JOB_ASSIGNED": "To the driver: a delivery is his.",
        "JOB_UNSERVED": "To the buyer: no driver took it; wait, fetch it, or cancel free.",
        "JOB_CANCELLED": "To the driver: nothing is to be carried any more.",
        "MEMBERSHIP_APPLIED": "To a co-op's officers: someone wants to join.",
        "MEMBERSHIP_APPROVED": "To the applicant: you are a member.",
        "MEMBERSHIP_REFUSED": "To the applicant: you were turned down, and why.",
        "MEMBERSHIP_ENDED": "To the member: your membership has ended.",
        "HEARING_CALLED": "To a member: why officers want him to leave, and when he is heard.",
        "EXPULSION_DECIDED": "To the member: he may appeal.",
        "EXPULSION_DROPPED": "To the member: he stays.",
        "EXPULSION_APPEALED": "To the officers: the members' meeting decides.",
        "MOVING_PROPOSED": "To the other officers: sheets of members who move in wait for one of them.",
        "SHOP_APPLIED": "To a co-op's officers: a shop wants to sell through it.",
        "SHOP_APPROVED": "To the shop: it may sell.",
        "SHOP_REFUSED": "To the shop: it was turned down, and why.",
        "SHOP_SUSPENDED": "To the shop: it may not sell for now, and why.",
        "LISTING_SUSPENDED": "To the shop: a listing was taken off, and why.",
        "SHOP_BLOCKED": "To the shop: the operator stopped it, and why.",
        "SHOP_HANDED_OVER": "To its former owner and the new one.",
        "LISTING_APPEALED": "To the node's operators: a suspension is appealed.",
        "APPEAL_ALLOWED": "To the shop: the suspension is lifted.",
        "APPEAL_REFUSED": "To the shop: the suspension stands, and why.",
        "LISTING_REPORTED": "To the node's operators: someone reported a listing.",
        "REPORT_UPHELD": "To who reported a listing: it was taken off.",
        "REPORT_DISMISSED": "To who reported a listing: it stays, and why.",
        "OFFICE_PROPOSED": "To a co-op's officers: a change of office waits for a second one.",
        "OFFICE_GIVEN": "To the officer: the office is yours.",
        "OFFICE_ENDED": "To the former officer.",
        "OFFICE_WITHDRAWN": "To a co-op's officers: a change of office was withdrawn.",
        "DRIVER_APPLIED": "To a co-op's officers: someone wants to drive for it.",
        "DRIVER_APPROVED": "To the driver: you may carry.",
        "DRIVER_REFUSED": "To the applicant: you were turned down, and why.",
        "DRIVER_SUSPENDED": "To the driver: you may not carry, and why.",
        "ORDER_DISPUTED": "To the shop and its co-op's officers: something was wrong with what was delivered.",
        "DISPUTE_RESOLVED": "To buyer and shop: what was decided.",
        "REFUND_BEGUN": "To the buyer: money is on its way back.",
        "REFUND_TO_FETCH": "To the buyer: money can be fetched at the co-op.",
        "REFUND_PAID": "To the buyer: money went back.",
        "REFUND_AWAITING": "To the buyer: the provider can't give it back; choose another way (chooseRefundWay).",
        "PAYOUT_CONFIRMED": "To a shop's owner or a driver: a payout has arrived.",
        "PAYOUT_FAILED": "To a shop's owner or a driver: a payout did not arrive, or came back.",
        "STRAY_MONEY_FOUND": "To a co-op's officers: money at its provider that no payment explains.",
        "VOUCHER_TO_APPROVE": "To a co-op's officers: a voucher waits for a second one (approveVoucher).",
        "PAYOUT_TO_APPROVE": "To a co-op's chairs and treasurers: a payout waits for two of them (approvePayout).",
        "PAYOUT_OUTCOME_TO_APPROVE": "To chairs and treasurers: what became of a payout needs another (endPayout).",
        "MONEY_SETTING_TO_APPROVE": "To a co-op's officers: a change of where money goes, or who decides, waits.",
        "PAYOUT_CONTRADICTED": "To chairs and treasurers: the provider has paid what they found not paid.",
        "BOOKED_ASSIGNED": "To a shop that booked a delivery alone: a driver comes.",
        "BOOKED_UNSERVED": "To a shop that booked a delivery alone: no driver took it.",
        "BOOKED_REPRICED": "To a shop that booked a delivery alone: its price was adjusted; see `supplements`.",
        "WEEKLY_NOT_MADE": "To a shop: a weekly delivery could not be made for a day, and why; see "
        "`recurringDeliveries`.",
        "BOOKED_DELIVERED": "To a shop that booked a delivery alone: it was handed over.",
        "BOOKED_RETURNING": "To a shop that booked a delivery alone: goods come back.",
        "BOOKED_RETURNED": "To a shop that booked a delivery alone: goods are back.",
        "BOOKED_JOB_ASSIGNED": "To the driver: a delivery booked alone is his, by a dispatcher.",
        "BOOKED_JOB_CANCELLED": "To the driver: a delivery booked alone was called off.",
        "SHIFT_CANCELLED": "To the drivers who had booked it: a planned shift was called off.",
        "SHIFT_TAKEN": "To the driver who offered it: a colleague took his place.",
        "PAPER_TO_CHECK": "To the officers: a driver shows a paper; see `papersToCheck`.",
        "PAPER_APPROVED": "To the driver: his paper was approved.",
        "PAPER_REFUSED": "To the driver: his paper was refused.",
        "PAPER_EXPIRING": "To the driver, 30, 7 and 1 days before: his paper ends.",
        "PAPER_EXPIRED": "To the driver and the officers: his paper has ended, and he can start no shift.",
        "LATE_READY": "To buyer, shop and dispatchers: the goods should be ready, and are not.",
        "LATE_RIDER": "To buyer, shop and dispatchers: the delivery will come later than was promised.",
        "DISPATCH_APPEALED": "To officers: a driver objects to what their policy did; see `dispatchAppeals`.",
        "DISPATCH_ANSWERED": "To a driver: his appeal was answered; see `dispatchAppeals`.",
        "HUB_STORED": "To a shop: its goods stand at a hub and wait for the next driver.",
        "HUB_TO_FETCH": "To a shop: its goods stand at a hub and go no further; it fetches them there.",
        "HUB_WINDOW_CLOSED": "To dispatchers: nobody took on goods at a hub within their window.",
        "ALLIANCE_PROPOSED": "To officers: another co-op proposes an alliance.",
        "ALLIANCE_TERMS_PROPOSED": "To officers: an allied co-op proposes other terms.",
        "HAND_OVER_OFFERED": "To a driver: another wants to hand over what he carries; see `handOversOffered`.",
        "JOB_MESSAGE": "To the other side of a talk about a delivery: see its `messages`.",
        "JOB_INCIDENT": "To dispatchers and officers: something stops a driver; see the job's `incidents`.",
        "SOS_RAISED": "To dispatchers and officers: a driver calls for help. Rings.",
        "SOS_ACKNOWLEDGED": "To the driver: someone answers his call for help.",
        "SOS_CLOSED": "To the driver: his call for help was closed.",
        "TIP_GIVEN": "To the driver: a tip, all of it his.",
        "LOAN_APPLIED": "To who lends in a co-op: a member asks for a loan.",
        "LOAN_TO_APPROVE": "To a co-op's officers: a loan, or new terms for one, wait for a second one.",
        "LOAN_GUARANTEE_ASKED": "To a member: another asks him to stand behind a loan (answerLoanGuarantee).",
        "LOAN_GUARANTEE_GIVEN": "To the borrower: a member stands behind his loan.",
        "LOAN_GUARANTEE_REFUSED": "To the borrower: a member does not stand behind his loan.",
        "LOAN_APPROVED": "To the borrower: his loan was agreed to.",
        "LOAN_REJECTED": "To the borrower: his loan was turned down, and why.",
        "LOAN_DISBURSED": "To the borrower: the money went out.",
        "LOAN_TO_FETCH": "To the borrower: what he asked to buy at a unit will be paid, and can be fetched.",
        "LOAN_PAID_UNIT": "To the borrower: the unit was paid, and his loan runs.",
        "LOAN_CALLED_OFF": "To the borrower: the workshop's job that it was to pay was called off, and it with that.",
        "LOAN_RESTRUCTURED": "To the borrower: new terms hold.",
        "LOAN_REPAID": "To the borrower: his loan is paid back.",
        "LOAN_WRITTEN_OFF": "To the borrower: the members' meeting let his loan go.",
        "LOAN_LATE": "To the borrower, after 7, 31, 61, 91, 181 and 361 days: his loan is late.",
        "LOAN_BEHIND_LATE": "To those who stand behind it: a loan is late.",
        "SETTLEMENT_TO_APPROVE": "To the treasurers: a window was closed, its payments need approval.",
        "SETTLEMENT_TO_PAY": "To the payer's treasurers: both sides approved.",
        "SETTLEMENT_TO_CONFIRM": "To the receiver's treasurers: the payer has paid.",
        "SETTLEMENT_CONFIRMED": "To the payer's treasurers: the receiver has it.",
        "SETTLEMENT_SETTLED": "To the officers: every payment was confirmed.",
        "SETTLEMENT_DEFAULTED": "To the officers: a co-op can't pay, the rest is planned afresh.",
        "SETTLEMENT_ABORTED": "To the officers: the plan was given up.",
        "SETTLEMENT_FAILED": "To the officers: some payments won't be made.",
        "WITHDRAWAL_TO_APPROVE": "To chairs and treasurers: a large withdrawal of savings waits for one of them.",
        "WITHDRAWAL_REFUSED": "To a member: what he asked to take out of his savings was refused, and why.",
        "DEPOSIT_MATURED": "To a member: the term of his deposit has ended.",
        "UNIT_CREDIT_SALE": "To a member: what he bought at a unit on credit, and by when he pays it.",
        "JOB_DONE": "To a member: the work on his vehicle is done and billed.",
        "UNIT_ITEM_LOW": "To a unit's keepers: an item is to be bought again.",
        "JOINT_CLOSED": "To the officers who run a joint purchase: joining is over, it is to be ordered.",
        "JOINT_RECEIVED": "To who took part in a joint purchase: his goods are here, with what he owes.",
        "JOINT_DUE": "To who took part in a joint purchase: his payment is due.",
        "JOB_ESTIMATED": "To a member: the workshop asks whether the work on his vehicle may cost so much.",
        "SURPLUS_PAID": "To a member: his share of a year's surplus was paid.",
        "PROTECTION_DUE": "To a member: a month's contribution is to be paid soon, else his cover lapses.",
        "PROTECTION_CARRIED": "To a member: the solidarity fund paid what he was short of; he owes it back.",
        "PROTECTION_LAPSED": "To a member: the month is not paid, he is not covered.",
        "PROTECTION_REFUSED": "To a member: the provider did not take the month; he is not covered, and has it back.",
        "PROTECTION_TO_REMIT": "To chair and treasurer: a month's contributions are ready for the provider.",
        "PROTECTION_CLAIM": "To a member: what became of his claim.",
        "BENEFIT_TO_APPROVE": "To chairs and treasurers: a large payment to a member or heir waits for a second one.",
        "REMITTANCE_TO_APPROVE": "To chairs and treasurers: a large remittance waits for a second one.",
        "MEETING_CALLED": "To a member: a meeting of his co-op is called.",
        "MEETING_CLOSED": "To a member: a meeting is over, its minutes can be read.",
        "VOTE_OPENED": "To a member: a vote is open.",
        "MOTION_DECIDED": "To a member: a motion was decided.",
        "DUTY_NEAR": "To officers and pengawas: what the law or the by-laws ask is due soon, or overdue.",
        "SEARCH_ANSWERED": "To who saved a search: a new listing answers it (setSearchAlerts ends this, "
        "and so does the link in each mail).",
        "DUES_OF_DEAD": "To chair and treasurer: what a member who died left unpaid has come due.",
        "DUES_MISSED": "To a member: dues have come due and are not paid, and how to pay them.",
    },
)

#: The GraphQL type of what a notice is about.
SUBJECTS = {
    rows.SubjectType.SUB_ORDER: "SubOrder",
    rows.SubjectType.JOB: "DeliveryJob",
    rows.SubjectType.MEMBERSHIP: "Membership",
    rows.SubjectType.SELLER: "Seller",
    rows.SubjectType.LISTING: "Listing",
    rows.SubjectType.COOPERATIVE: "Cooperative",
    rows.SubjectType.DRIVER: "Driver",
    rows.SubjectType.SETTLEMENT_WINDOW: "SettlementWindow",
    rows.SubjectType.SOS_ALERT: "SosAlert",
    rows.SubjectType.LOAN: "Loan",
}


@strawberry.type(description="One thing told to one person.")
class Notice(Node):
    kind: NoticeKind = strawberry.field(description="What it tells of.")
    title: str = strawberry.field(description="In the language of Accept-Language.")
    body: str = strawberry.field(description="In the language of Accept-Language; may be empty.")
    subject_id: strawberry.ID = strawberry.field(description="What it is about: pass to `node`.")
    page: str | None = strawberry.field(
        description="The page of the node's own app on which you act on it, from its root on: `/pesanan/…`; null: "
        "there is none."
    )
    is_ringing: bool = strawberry.field(description="Whether the app should ring: nobody has answered yet.")
    rings_until: datetime | None = strawberry.field(description="When it stops ringing by itself; null: it doesn't.")
    is_read: bool = strawberry.field(description="Whether it was marked as read.")
    created_at: datetime = strawberry.field(description="When it was told.")

    @classmethod
    def of(cls, row: rows.Notice, language: str) -> "Notice":
        words = words_of(row.kind, row.values, language)
        return cls(
            id=to_id("Notice", row.id),
            kind=row.kind,
            title=words.title,
            body=words.body,
            subject_id=to_id(SUBJECTS[row.subject_type], row.subject_id),
            page=page_of(row.kind, row.subject_id, row.values),
            is_ringing=row.rings_until is not None and row.rings_until > clock.now(),
            rings_until=row.rings_until,
            is_read=row.read_at is not None,
            created_at=row.created_at,
        )


@finds("Notice")
async def find_notice(info: Info, id: UUID) -> Notice | None:
    if info.context.actor.account_id is None:
        return None
    row = await service.notice_by_id(info.context.actor, id)
    return None if row is None else Notice.of(row, info.context.language)


@strawberry.type(description="Notices that were marked as read.")
class NoticesRead:
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="A browser that takes web push.")
class PushSubscription:
    endpoint: str = strawberry.field(description="As the browser named it.")
    created_at: datetime = strawberry.field(description="Since when.")


@strawberry.type(description="A browser that takes no web push any more.")
class PushUnsubscribed:
    was_subscribed: bool = strawberry.field(description="Whether it was yours.")


@strawberry.type(description="Where you take notices by e-mail.")
class NoticeMail:
    address: str = strawberry.field(description="The address; empty when it was removed.")
    is_confirmed: bool = strawberry.field(description="Whether its owner followed the link; nothing is sent before.")


NoticesReadResult = Annotated[NoticesRead | Problem, strawberry.union("NoticesReadResult")]
PushSubscriptionResult = Annotated[PushSubscription | Problem, strawberry.union("PushSubscriptionResult")]
PushUnsubscribedResult = Annotated[PushUnsubscribed | Problem, strawberry.union("PushUnsubscribedResult")]
NoticeMailResult = Annotated[NoticeMail | Problem, strawberry.union("NoticeMailResult")]


@strawberry.input(description="Which notices were read.")
class MarkNoticesReadInput:
    ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="1 to 100 of your notices; leave out for all of them."
    )


@strawberry.input(description="A browser's push subscription, as `PushSubscription.toJSON()` gives it.")
class SubscribePushInput:
    endpoint: str = strawberry.field(description="The push service's https:// URL, at most 2000 characters.")
    p256dh: str = strawberry.field(description="`keys.p256dh`: 65 bytes in base64url.")
    auth: str = strawberry.field(description="`keys.auth`: 16 bytes in base64url.")


@strawberry.input(description="Which browser takes no web push any more.")
class UnsubscribePushInput:
    endpoint: str = strawberry.field(description="As it was subscribed.")


@strawberry.input(description="Where to take notices by e-mail.")
class SetNoticeMailInput:
    address: str | None = strawberry.field(description="An e-mail address; null sends no more mail.")


@strawberry.type
class ViewerNotices:
    @strawberry.field(description="What you were told, newest first.", directives=[LISTED])
    async def notices(
        self,
        info: Info,
        unread_only: Annotated[bool, strawberry.argument(description="Leave out what was read.")] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[Notice]:
        page = await service.notices_of(info.context.actor, unread_only=unread_only, first=first, after=after)
        return connection_of(page, lambda row: Notice.of(row, info.context.language), after=after)

    @strawberry.field(description="How many notices you have not read, counted to 100.", directives=[RECKONED])
    async def unread_notice_count(self, info: Info) -> int:
        return await service.unread_count(info.context.actor)


@strawberry.type
class NoticeQuery:
    @strawberry.field(description="The `applicationServerKey` with which a browser subscribes to web push.")
    def web_push_key(self, info: Info) -> str:
        return next(sender for sender in info.context.adapters.senders if isinstance(sender, PushSender)).public_key


@strawberry.type
class NoticeMutation:
    @strawberry.mutation(description="Mark notices as read: those named, or all.")
    @intent
    async def mark_notices_read(self, info: Info, input: MarkNoticesReadInput) -> NoticesReadResult:
        if input.ids is None:
            return NoticesRead(count=await service.mark_all_read(info.context.actor))
        ids = [from_id("Notice", id, "ids") for id in input.ids]
        return NoticesRead(count=len(await service.mark_read(info.context.actor, ids=ids)))

    @strawberry.mutation(description="Send notices to this browser; subscribing it again is harmless.")
    @intent
    async def subscribe_push(self, info: Info, input: SubscribePushInput) -> PushSubscriptionResult:
        row = await service.subscribe_push(
            info.context.actor,
            endpoint=input.endpoint,
            p256dh=input.p256dh,
            auth=input.auth,
            allow_private=info.context.settings.allow_private_endpoints,
        )
        return PushSubscription(endpoint=row.endpoint, created_at=row.created_at)

    @strawberry.mutation(description="Send no more notices to this browser.")
    @intent
    async def unsubscribe_push(self, info: Info, input: UnsubscribePushInput) -> PushUnsubscribedResult:
        was_subscribed = await service.unsubscribe_push(info.context.actor, endpoint=input.endpoint)
        return PushUnsubscribed(was_subscribed=was_subscribed)

    @strawberry.mutation(description="Take notices by e-mail: a link is sent to the address to confirm it.")
    @intent
    async def set_notice_mail(self, info: Info, input: SetNoticeMailInput) -> NoticeMailResult:
        context = info.context
        if input.address is None:
            await service.remove_mail_address(context.actor)
            return NoticeMail(address="", is_confirmed=False)
        row = await service.set_mail_address(
            context.actor,
            address=input.address,
            settings=context.settings,
            senders=context.adapters.senders,
            language=context.language,
        )
        return NoticeMail(address=row.address, is_confirmed=row.confirmed_at is not None)
