"""Subscriptions: what changes while one watches.

Each first sends the state as it is, so that connecting again after a break shows the truth at once.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace import clock
from marketplace.deliveries import reading as deliveries
from marketplace.deliveries.reading import RADIUS_M, Sight
from marketplace.deliveries.times import late
from marketplace.errors import NotFound
from marketplace.live import topics
from marketplace.notices import service as notices
from marketplace.orders import models as rows
from marketplace.orders import reading as orders
from marketplace.orders.access import may_see
from marketplace.payments import reading as paid
from schema.context import Info
from schema.dispatch_live import DispatchSubscription
from schema.ids import from_id, to_id
from schema.job_messages import JobTalkSubscription
from schema.jobs import DeliveryJob, DeliveryJobChange, find_delivery_job
from schema.live_kinds import LiveKind
from schema.notices import Notice
from schema.order_lines import SubOrderChange
from schema.orders import Order, SubOrder
from schema.payments import Payment
from schema.refunds import Refund
from schema.scalars import GeoPointInput
from schema.settlements import SettlementWindow, find_window
from schema.shifts import place_of
from schema.watching import follow, watching

#: Changes told again to one who comes back; who missed more starts afresh.
MOST_REPLAYED = 50
#: The board is looked at again at most this often for one driver.
BOARD_REST_S = 1.0
BOARD_JOBS = 50
RINGING_SHOWN = 20
LOOK_BACK = timedelta(seconds=30)

AfterVersion = Annotated[
    int | None,
    strawberry.argument(description="The version that you saw last: what came since is told, or RESYNC."),
]


@strawberry.type(description="What happened to one part of an order.")
class SubOrderNews:
    sub_order: SubOrder = strawberry.field(description="As it is now.")
    steps: list[SubOrderChange] = strawberry.field(
        description="New steps, oldest first; empty when only times moved."
    )


@strawberry.type(description="An order that one watches.")
class OrderChange:
    kind: LiveKind = strawberry.field(description="Why this was sent.")
    version: int = strawberry.field(description="The order's; pass as `after` when you connect again.")
    order: Order = strawberry.field(description="As it is now, as you may see it.")
    news: list[SubOrderNews] = strawberry.field(description="The parts that changed; empty on CURRENT and RESYNC.")


@strawberry.type(description="A delivery job that one watches.")
class JobChange:
    kind: LiveKind = strawberry.field(description="Why this was sent.")
    version: int = strawberry.field(description="The job's; pass as `after` when you connect again.")
    job: DeliveryJob = strawberry.field(description="As it is now, as you may see it.")
    news: list[DeliveryJobChange] = strawberry.field(
        description="What happened, oldest first; empty on CURRENT and RESYNC."
    )


@strawberry.type(description="The board of open jobs around a driver on shift.")
class JobBoardChange:
    kind: LiveKind = strawberry.field(description="CURRENT: the whole board. CHANGED: what differs.")
    appeared: list[DeliveryJob] = strawberry.field(description="Jobs to show now, or that changed; oldest first.")
    gone: list[strawberry.ID] = strawberry.field(description="Jobs to show no more.")


class _OrderLook:
    """What one subscriber has seen of an order."""

    def __init__(self, info: Info, id: UUID, after: int | None) -> None:
        self.info, self.id, self.after = info, id, after
        self.seen: dict[UUID, int] | None = None

    async def __call__(self) -> list[OrderChange]:
        order = await orders.find_order(self.info.context.actor, self.id)
        parts = (await orders.sub_orders_by_order([self.id]))[self.id]
        version = sum(part.version for part in parts)
        visible = [part for part in parts if may_see(self.info.context.actor, part)]
        before, self.seen = self.seen, {part.id: part.version for part in visible}
        if before is None:
            kind, news = await self._first(version, visible)
        else:
            changed = [part for part in visible if part.version > before.get(part.id, 0)]
            if not changed:
                return []
            kind, news = LiveKind.CHANGED, await _news(changed, before)
        return [OrderChange(kind=kind, version=version, order=Order.of(order), news=news)]

    async def _first(self, version: int, visible: Sequence[rows.SubOrder]) -> tuple[LiveKind, list[SubOrderNews]]:
        missed = 0 if self.after is None else version - self.after
        if missed == 0:
            return LiveKind.CURRENT, []
        if not 0 < missed <= MOST_REPLAYED:
            return LiveKind.RESYNC, []
        # The order's version counts all parts together: of each part at most `missed` steps are new.
        return LiveKind.CHANGED, await _news(visible, {part.id: part.version - missed for part in visible})


async def _news(parts: Sequence[rows.SubOrder], seen: dict[UUID, int]) -> list[SubOrderNews]:
    history = await orders.history_by_sub_order([part.id for part in parts])
    return [
        SubOrderNews(
            sub_order=SubOrder.of(part),
            steps=[SubOrderChange.of(step) for step in history[part.id] if step.version > seen.get(part.id, 0)],
        )
        for part in parts
    ]


class _JobLook:
    """What one subscriber has seen of a job."""

    def __init__(self, info: Info, id: UUID, after: int | None) -> None:
        self.info, self.id, self.after = info, id, after
        self.seen: int | None = None
        self.late: list[tuple[object, int]] = []

    async def __call__(self) -> list[JobChange]:
        job = await find_delivery_job(self.info, self.id)
        if job is None:
            raise NotFound("delivery job")
        delays = (await late.delays_by_job([self.id]))[self.id]
        before, self.seen = self.seen, job.version
        late_before, self.late = self.late, [(delay.kind, delay.step) for delay in delays]
        if before is None:
            kind, since = self._first(job.version)
        elif job.version <= before and self.late == late_before:
            return []
        else:
            kind, since = LiveKind.CHANGED, before
        news = await self._news(job, since) if kind is LiveKind.CHANGED else []
        return [JobChange(kind=kind, version=job.version, job=job, news=news)]

    def _first(self, version: int) -> tuple[LiveKind, int]:
        if self.after is None or self.after == version:
            return LiveKind.CURRENT, version
        is_told = 0 < version - self.after <= MOST_REPLAYED
        return (LiveKind.CHANGED, self.after) if is_told else (LiveKind.RESYNC, version)

    async def _news(self, job: DeliveryJob, since: int) -> list[DeliveryJobChange]:
        if not job.sight.is_told:
            return []
        history = await deliveries.history_by_job([self.id])
        return [DeliveryJobChange.of(change) for change in history[self.id] if change.version > since]


@strawberry.type(description="What moved in the payments of an order.")
class PaymentChange:
    kind: LiveKind = strawberry.field(description="CURRENT: all of them. CHANGED: those that differ.")
    payments: list[Payment] = strawberry.field(description="Payments, oldest first.")
    refunds: list[Refund] = strawberry.field(description="Refunds, oldest first.")


class _PaymentLook:
    """What the payer has seen of an order's payments."""

    def __init__(self, info: Info, id: UUID) -> None:
        self.info, self.id = info, id
        self.seen: dict[UUID, tuple[object, ...]] | None = None

    async def __call__(self) -> list[PaymentChange]:
        order = await orders.find_order(self.info.context.actor, self.id)
        if self.info.context.actor.account_id not in (order.buyer_id, order.placed_by):
            raise NotFound("order")
        payments = (await paid.payments_by_order([self.id]))[self.id]
        refunds = await paid.refunds_of_order(self.id)
        before = self.seen
        self.seen = {row.id: (row.state, row.instructions, row.failure) for row in payments}
        self.seen |= {row.id: (row.state, row.way, row.failure) for row in refunds}
        known = before or {}
        moved = {id for id, seen in self.seen.items() if known.get(id) != seen}
        if before is not None and not moved:
            return []
        kind = LiveKind.CURRENT if before is None else LiveKind.CHANGED
        changed = [Payment.of(row) for row in payments if row.id in moved]
        return [PaymentChange(kind=kind, payments=changed, refunds=[Refund.of(r) for r in refunds if r.id in moved])]


class _WindowLook:
    """What one subscriber has seen of a settlement window."""

    def __init__(self, info: Info, id: UUID) -> None:
        self.info, self.id = info, id
        self.seen: int | None = None

    async def __call__(self) -> list[SettlementWindow]:
        window = await find_window(self.info, self.id)
        if window is None:
            raise NotFound("settlement window")
        if self.seen is not None and window.version <= self.seen:
            return []
        self.seen = window.version
        return [window]


class _BoardLook:
    """What one driver has been shown of the board."""

    def __init__(self, info: Info, near: GeoPointInput | None, radius_m: int) -> None:
        self.info, self.near, self.radius_m = info, near, radius_m
        self.shown: dict[UUID, int] | None = None

    async def __call__(self) -> list[JobBoardChange]:
        page = await deliveries.job_board(
            self.info.context.actor,
            near=None if self.near is None else place_of(self.near),
            radius_m=self.radius_m,
            first=BOARD_JOBS,
            after=None,
            dispatch=self.info.context.adapters.dispatch,
        )
        before, self.shown = self.shown, {row.id: row.version for row in page.rows}
        known = before or {}
        appeared = [
            DeliveryJob.of(row, Sight(may_take=True)) for row in page.rows if known.get(row.id) != row.version
        ]
        gone = [to_id("DeliveryJob", id) for id in known if id not in self.shown]
        if before is not None and not appeared and not gone:
            return []
        kind = LiveKind.CURRENT if before is None else LiveKind.CHANGED
        return [JobBoardChange(kind=kind, appeared=appeared, gone=gone)]


class _InboxLook:
    """What one person has been sent of their inbox.

    Notices are not seen in the order of their times: one may commit after a later one. So each look goes
    back some seconds, and what was sent is remembered for as long.
    """

    def __init__(self, info: Info) -> None:
        self.info = info
        self.looked_at: datetime | None = None
        self.sent: dict[UUID, datetime] = {}

    async def __call__(self) -> list[Notice]:
        actor, now = self.info.context.actor, clock.now()
        found = await notices.notices_since(actor, (self.looked_at or now) - LOOK_BACK)
        new = [row for row in found if self.sent.get(row.id) != row.changed_at]
        if self.looked_at is None:
            new = await notices.ringing(actor, most=RINGING_SHOWN)
        self.looked_at, self.sent = now, {row.id: row.changed_at for row in found}
        return [Notice.of(row, self.info.context.language) for row in new]


@strawberry.type(description="What can be watched, over graphql-transport-ws.")
class Subscription(DispatchSubscription, JobTalkSubscription):
    @strawberry.subscription(description="An order: how it is, then each change. Ends with the token.")
    @watching
    async def order_changed(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The Order.")],
        after: AfterVersion = None,
    ) -> AsyncIterator[OrderChange]:
        order_id = from_id("Order", id)
        async for message in follow(info, [topics.order(order_id)], _OrderLook(info, order_id, after)):
            yield message

    @strawberry.subscription(
        description="The payments and refunds of your order: as they are, then each that changes."
    )
    @watching
    async def payment_changed(
        self,
        info: Info,
        order_id: Annotated[strawberry.ID, strawberry.argument(description="The Order.")],
    ) -> AsyncIterator[PaymentChange]:
        id = from_id("Order", order_id, "orderId")
        async for message in follow(info, [topics.order(id)], _PaymentLook(info, id)):
            yield message

    @strawberry.subscription(
        description="A settlement window: how it is, then after each step, payment or case. Ends with the token."
    )
    @watching
    async def settlement_window_changed(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The SettlementWindow.")],
    ) -> AsyncIterator[SettlementWindow]:
        window_id = from_id("SettlementWindow", id)
        async for message in follow(info, [topics.window(window_id)], _WindowLook(info, window_id)):
            yield message

    @strawberry.subscription(description="A delivery job: how it is, then each change. Ends with the token.")
    @watching
    async def job_changed(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="The DeliveryJob.")],
        after: AfterVersion = None,
    ) -> AsyncIterator[JobChange]:
        job_id = from_id("DeliveryJob", id)
        async for message in follow(info, [topics.job(job_id)], _JobLook(info, job_id, after)):
            yield message

    @strawberry.subscription(
        description="The board around a driver on shift: all of it, then what appears and goes. Its first 50 jobs."
    )
    @watching
    async def job_board_changed(
        self,
        info: Info,
        near: Annotated[
            GeoPointInput | None, strawberry.argument(description="Around here; else around your last place.")
        ] = None,
        radius: Annotated[
            int, strawberry.argument(description="How far around, in metres: 100 to 30000.")
        ] = RADIUS_M,
    ) -> AsyncIterator[JobBoardChange]:
        look = _BoardLook(info, near, radius)
        async for message in follow(info, [topics.BOARD], look, least_s=BOARD_REST_S):
            yield message

    @strawberry.subscription(
        description="Your notices as they come, and again when one changes: read, or silent. First those that ring."
    )
    @watching
    async def notice_arrived(self, info: Info) -> AsyncIterator[Notice]:
        account_id = info.context.actor.account_id
        async for message in follow(info, [topics.inbox(account_id)], _InboxLook(info)):
            yield message
