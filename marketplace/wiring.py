"""Chooses the adapters and joins events to their handlers. The only place that knows both sides."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from catalog import orphans
from catalog import standing as catalog_standing
from cooperatives.books import recurring
from cooperatives.departures import finishing, ruling
from cooperatives.dues import timetable as dues_timetable
from cooperatives.dues import transfers as dues_transfers
from cooperatives.governance import reminding as governance_reminding
from cooperatives.ledger import timetable as ledger_timetable
from cooperatives.loans import borrowing_interest
from cooperatives.loans import repaying as loans_repaying
from cooperatives.loans import timetable as loans_timetable
from cooperatives.protection import monthly as protection_monthly
from cooperatives.purchasing import reminding as purchasing_reminding
from cooperatives.savings import monthly as savings_monthly
from cooperatives.settlements import timetable as settlements_timetable
from cooperatives.units import ordering as unit_orders
from marketplace import live, outbox, rules, webhooks
from marketplace.deliveries import drivers, homeward, leaving, mending, opening, shifts, tracking
from marketplace.deliveries.bookings import quoting, schedule
from marketplace.deliveries.bookings import recurring as recurring_deliveries
from marketplace.deliveries.courier import past_events, proofs, tips
from marketplace.deliveries.courier.bridges import CallBridge, bridge_for
from marketplace.deliveries.dispatch import keeping, offering, rounds, searching, standings
from marketplace.deliveries.dispatch.board import Board
from marketplace.deliveries.dispatch.port import Dispatch
from marketplace.deliveries.relay import legs
from marketplace.deliveries.roster import papers, reminding
from marketplace.deliveries.times import late, measuring
from marketplace.deliveries.times import service as times
from marketplace.files import annual as annual_files
from marketplace.identity import retention as identity_retention
from marketplace.identity import tokens
from marketplace.identity import warnings as identity_warnings
from marketplace.identity.senders import CodeSender, sender_for
from marketplace.live import Hub
from marketplace.notices import (
    between,
    calling,
    carrying,
    courier,
    departing,
    finding,
    governing,
    payouts,
    refunds,
    seconding,
    senders,
    settling,
    shops,
    standing,
    writing,
)
from marketplace.notices import dues as dues_notices
from marketplace.notices import loans as loan_notices
from marketplace.notices import offering as offer_notices
from marketplace.notices import papers as driver_papers
from marketplace.notices import protection as protection_notices
from marketplace.notices import purchasing as purchasing_notices
from marketplace.notices import savings as savings_notices
from marketplace.notices import surplus as surplus_notices
from marketplace.notices import units as unit_notices
from marketplace.notices.senders import Sender
from marketplace.orders import timetable as orders_timetable
from marketplace.outbox import OutboxEvent
from marketplace.payments import handlers as payments_handlers
from marketplace.payments.rails import Rails
from marketplace.settings import Settings
from marketplace.tariffs import routing
from marketplace.tariffs.routing import Routing
from search import alerting, counting, projector, recent
from search.embedded import EmbeddedEngine
from search.engine import SearchEngine
from search.ranking import policy, reliability


@dataclass(frozen=True, slots=True)
class Adapters:
    """What reaches outside the process, chosen by the settings."""

    settings: Settings
    codes: CodeSender
    engine: SearchEngine
    live: Hub
    rails: Rails
    dispatch: Dispatch
    routing: Routing
    bridge: CallBridge
    senders: tuple[Sender, ...]


Handler: TypeAlias = Callable[[Adapters, OutboxEvent], Awaitable[None]]

#: event -> {handler's name: function}. Names are stored in the outbox: never rename one that is in use.
HANDLERS: dict[str, dict[str, Handler]] = {
    **{event: {projector.HANDLER: projector.on_change} for event in projector.EVENTS},
    projector.REINDEX_ASKED: {projector.REINDEX_HANDLER: projector.on_reindex_asked},
}


def _handle(handler: str, function: Handler, *events: str) -> None:
    for event in events:
        HANDLERS.setdefault(event, {})[handler] = function


_handle("notices.write", writing.tell, *sorted(writing.EVENTS))
_handle("notices.standing", standing.tell, *sorted(standing.EVENTS))
_handle("notices.standing", shops.tell, *sorted(shops.EVENTS))
_handle("notices.drivers", carrying.telling_of(drivers.drivers_by_id), *sorted(carrying.DRIVER_EVENTS))
_handle("notices.booked", carrying.tell_of_booked, *sorted(carrying.JOB_EVENTS))
_handle("notices.appeals", carrying.tell_of_appeal, "dispatch.appealed", "dispatch.appeal_answered")
_handle("notices.weekly", carrying.tell_of_weekly, "recurring_delivery.not_made")
_handle("notices.hand_over", carrying.tell_of_hand_over, "job.hand_over_offered")
_handle(
    "notices.papers",
    driver_papers.telling_of(papers.papers_by_id, drivers.drivers_by_id),
    *sorted(driver_papers.EVENTS),
)
_handle("notices.hub", between.tell_of_hub, "job.at_hub")
_handle("notices.alliance", between.tell_of_alliance, *sorted(between.ALLIANCE_EVENTS))
_handle("notices.offer", offer_notices.ringing_of(offering.open_offers_told), "job.offered")
_handle("notices.plan", carrying.tell_of_plan, "shift_slot.cancelled", "shift_slot.taken")
_handle("notices.late", carrying.tell_of_late, "job.late")
_handle("notices.tip", courier.tell_of_tip, "job.tipped")
_handle("notices.message", courier.tell_of_message, "job.message")
_handle("notices.incident", courier.telling_of_incidents(drivers.drivers_by_id), "job.incident")
_handle("notices.sos", courier.telling_of_sos(drivers.drivers_by_id), *sorted(courier.SOS_EVENTS))
_handle("notices.refunds", refunds.tell, *refunds.KINDS)
_handle("notices.payouts", payouts.tell, *payouts.EVENTS)
_handle("notices.seconding", seconding.tell, seconding.EVENT)
_handle("notices.dues", dues_notices.tell, *sorted(dues_notices.EVENTS))
_handle("notices.savings", savings_notices.tell, *sorted(savings_notices.EVENTS))
_handle("notices.protection", protection_notices.tell, *sorted(protection_notices.EVENTS))
_handle("notices.surplus", surplus_notices.tell, surplus_notices.PAID)
_handle("notices.units", unit_notices.tell, *sorted(unit_notices.EVENTS))
_handle("notices.purchasing", purchasing_notices.tell, *sorted(purchasing_notices.EVENTS))
_handle("notices.settling", settling.tell, *sorted(settling.EVENTS))
_handle("notices.governing", governing.tell, *sorted(governing.EVENTS))
_handle("departures.rule", ruling.on_decided, "motion.decided")
_handle("annual.keep", annual_files.keep, "meeting.closed")
_handle("notices.departing", departing.tell, *sorted(departing.EVENTS))
_handle("notices.loans", loan_notices.tell, *sorted(loan_notices.EVENTS))
_handle("notices.send", calling.send, "notice.written")
_handle("notices.call", calling.call, "ring.due")
_handle("webhooks.carry_out", webhooks.carry_out, "provider.called")

_handle("identity.warn_old_number", identity_warnings.warn_old_number, "number_change.cooling_off")

_handle("search.alert", alerting.on_change, *alerting.EVENTS, alerting.GOES_ON)
_handle("notices.search", finding.telling_of(alerting.answers_by_id), alerting.ANSWERED)

_handle("payments.refund", payments_handlers.refund_ended, *payments_handlers.ENDED)
_handle("payments.send_refund", payments_handlers.send_refund, "refund.begun")
_handle("payments.close_cash", payments_handlers.close_cash, "sub_order.delivered", *payments_handlers.ENDED)

_handle("dues.transfers", dues_transfers.on_statement, "bank_statement.imported")
_handle("units.sell", unit_orders.on_order, *unit_orders.EVENTS)
_handle("loans.follow", loans_repaying.follow_due, "due.paid")

_handle("savings.join", savings_monthly.on_approved, "membership.approved")

_handle("catalog.standing", catalog_standing.follow, *catalog_standing.EVENTS)
_handle("deliveries.leave", leaving.on_membership_ended, "membership.ended")
_handle("deliveries.tip", tips.on_payment, *tips.EVENTS)
_handle("deliveries.open", opening.open_for_order, "sub_order.accepted")
_handle("dispatch.begin", searching.on_opened, "job.opened")
_handle("dispatch.adopted", searching.on_adopted, "dispatch_policy.adopted")
_handle("dispatch.hands_full", searching.on_assigned, "job.assigned")
_handle("dispatch.off_shift", searching.on_shift_changed, "shift.changed")
_handle("dispatch.suspended", searching.on_decided, "driver.decided")
_handle("deliveries.estimate", times.write_down, "job.opened", "job.assigned", "job.carried")
_handle("deliveries.cancel", mending.cancel_for_order, "sub_order.cancelled")

TogetherHandler: TypeAlias = Callable[[Adapters, Sequence[OutboxEvent]], Awaitable[Sequence[OutboxEvent]]]

#: Handlers that take several events at once, each of another aggregate, in one transaction or batch, and answer those
#: that they leave. What is left, or failed together, is carried out one by one by the function in `HANDLERS`.
TOGETHER: dict[str, TogetherHandler] = {
    projector.HANDLER: projector.on_changes,
    "notices.write": writing.tell_all,
    "notices.send": calling.send_all,
    "notices.call": calling.call_all,
    "notices.offer": offer_notices.ring_all,
    "deliveries.open": opening.open_for_orders,
    "dispatch.begin": searching.on_opened_together,
    "deliveries.estimate": times.write_down_together,
}

#: (name, every so many seconds, sweep). Each runs in one process of the node at a time.
TIMETABLE: list[tuple[str, float, Callable[[Adapters], Awaitable[Any]]]] = [
    ("outbox.prune", 300, outbox.prune),
    ("ledger.seal", 1, ledger_timetable.seal),
    ("books.recur", 300, recurring.sweep),
    ("savings.bring_up", 600, savings_monthly.sweep),
    ("protection.bring_up", 600, protection_monthly.sweep),
    ("dues.collect", 300, dues_timetable.collect),
    ("ledger.expire_pending", 60, ledger_timetable.expire_pending),
    ("governance.remind", 3_600, governance_reminding.sweep),
    ("loans.look", 60, loans_timetable.sweep),
    ("loans.borrowing_interest", 600, borrowing_interest.sweep),
    ("departures.expel", 3_600, finishing.sweep),
    ("purchasing.remind", 600, purchasing_reminding.sweep),
    ("settlements.close_due", 30, settlements_timetable.close_due),
    ("identity.sweep", 60, identity_retention.run_timetable),
    ("orders.advance_due", 5, orders_timetable.advance_due),
    ("orders.forget_quotes", 300, orders_timetable.forget_quotes),
    ("orders.forget_baskets", 3_600, orders_timetable.forget_baskets),
    ("dispatch.rounds", 1, rounds.sweep),
    ("dispatch.forget", 600, keeping.sweep),
    ("dispatch.standings", 60, standings.sweep),
    ("deliveries.sweep_unserved", 10, mending.sweep_unserved),
    ("deliveries.open_legs", 10, legs.publish_due),
    ("deliveries.publish_due", 10, schedule.publish_due),
    ("deliveries.make_recurring", 60, recurring_deliveries.make_due),
    ("deliveries.forget_quotes", 300, quoting.forget_quotes),
    ("deliveries.sweep_forgotten", 300, shifts.sweep_forgotten),
    ("deliveries.forget_places", 600, tracking.forget_places),
    ("deliveries.forget_homes", 600, homeward.forget),
    ("deliveries.remind_papers", 600, reminding.remind),
    ("deliveries.erase_papers", 3_600, reminding.erase_photos),
    ("deliveries.find_late", 30, late.find_late),
    ("deliveries.learn_times", 60, measuring.learn),
    ("deliveries.forget_estimates", 3_600, measuring.forget),
    ("deliveries.forget_events", 3_600, past_events.forget_old),
    ("deliveries.erase_proofs", 3_600, proofs.erase_old),
    ("payments.reconcile", 10, payments_handlers.reconcile),
    ("payments.find_strays", 600, payments_handlers.find_strays),
    ("catalog.sweep_pictures", orphans.EVERY_S, orphans.sweep),
    ("payments.send_payouts", 20, payments_handlers.send_payouts),
    ("webhooks.forget", 3_600, webhooks.forget_old),
    ("search.keep_built", 30, projector.keep_built),
    ("search.reckon_sellers", 60, reliability.sweep),
    ("search.forget_recent", 3_600, recent.forget_old),
    ("search.forget_alerts", 3_600, alerting.forget_old),
    ("search.forget_counts", 3_600, counting.forget_old),
    ("notices.ring", 2, calling.ring_again),
]


def build(settings: Settings) -> Adapters:
    """The adapters for these settings; also tells the outbox which handlers each event has."""
    outbox.subscribe({event: tuple(handlers) for event, handlers in HANDLERS.items()})
    rules.use(rules.read_file(settings.folder / "rules.json"))
    policy.use(policy.read_file(settings.folder / policy.FILE))
    tokens.use_secret(settings.secret_key.get_secret_value())
    return Adapters(
        settings=settings,
        codes=sender_for(settings),
        engine=_engine(settings),
        live=live.build(settings),
        rails=Rails(settings),
        dispatch=Board(),
        routing=routing.build(settings),
        bridge=bridge_for(settings),
        senders=senders.build(settings),
    )


def _engine(settings: Settings) -> SearchEngine:
    if settings.meilisearch_url:
        from search.meilisearch import MeilisearchEngine
        from search.meilisearch.keys import TokenMaker

        key, uid = settings.meilisearch_key.get_secret_value(), settings.meilisearch_key_uid
        public_url = settings.meilisearch_public_url
        tokens = TokenMaker(public_url, key, uid) if public_url and uid else None
        return MeilisearchEngine(settings.meilisearch_url, key, tokens=tokens)
    return EmbeddedEngine(settings.folder / "search")


#: Handlers that write to the search index, which only the process with the writer's lock may do.
INDEXERS = frozenset({projector.HANDLER, projector.REINDEX_HANDLER})


def can_run(handler: str, adapters: Adapters) -> bool:
    """Whether this process may run the handler now; the worker claims no event of another."""
    return handler not in INDEXERS or adapters.engine.can_write()


async def close(adapters: Any) -> None:
    """Let go of what the adapters hold."""
    await adapters.engine.close()
    await adapters.rails.close()
    await adapters.routing.close()
