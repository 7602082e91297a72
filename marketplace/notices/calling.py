"""What leaves the node: notices to people's devices, and an order that rings until someone answers."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

import structlog

from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import for_update, transaction
from marketplace.identity.phones import is_known
from marketplace.identity.service import accounts_by_id
from marketplace.notices import finding, links
from marketplace.notices.links import Link, Purpose
from marketplace.notices.models import MailAddress, Notice, NoticeKind, PushSubscription, Ring
from marketplace.notices.pages import page_of
from marketplace.notices.senders import Message, NotSent, Recipient, Sender, Stop
from marketplace.notices.templates import words_of
from marketplace.notices.writing import RING_EVERY, people_of_shop, people_of_shops
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings

log = structlog.get_logger()

SWEEP_AT_ONCE = 200


class Reach(Protocol):
    """What the handlers here need of the adapters."""

    @property
    def settings(self) -> Settings: ...

    @property
    def senders(self) -> tuple[Sender, ...]: ...


async def send_all(adapters: Reach, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """Be done with notices whose reader nothing here reaches, most of all; answers the others, for `send`."""
    senders = [sender for sender in adapters.senders if not sender.costs_money]
    reached = await reached_by([UUID(event.payload["account_id"]) for event in events], senders)
    return [
        event
        for event in events
        if reached is None or event.payload.get("is_urgent") or UUID(event.payload["account_id"]) in reached
    ]


async def reached_by(account_ids: Iterable[UUID], senders: Sequence[Sender]) -> set[UUID] | None:
    """Those of these accounts that gave the senders somewhere to send to; None: a sender can tell only by trying."""
    if any(not (sender.uses_push or sender.uses_mail) for sender in senders):
        return None
    found: set[UUID] = set()
    account_ids = sorted(set(account_ids))
    if any(sender.uses_push for sender in senders):
        found |= {row.account_id for row in await rows_by(PushSubscription, "account_id", account_ids)}
    if any(sender.uses_mail for sender in senders):
        mails = await rows_by(MailAddress, "account_id", account_ids)
        found |= {mail.account_id for mail in mails if mail.confirmed_at is not None}
    return found


async def send(adapters: Reach, event: OutboxEvent) -> None:
    """Send a written notice by the ways that cost nothing, until one reaches; raises NotSent to be tried again.

    An urgent one goes by every way, those that cost money too. A ringing order is called for by `call`.
    """
    is_urgent = bool(event.payload.get("is_urgent"))
    senders = [sender for sender in adapters.senders if is_urgent or not sender.costs_money]
    if not senders:
        return
    notice = await Notice.get_or_none(id=event.aggregate_id)
    if notice is None or notice.kind is NoticeKind.ORDER_TO_ANSWER or notice.read_at is not None:
        return
    found = await recipients([notice.account_id], senders)
    failure: NotSent | None = None
    for recipient, language in found:
        stop = finding.stop_of(notice, language, adapters.settings)
        url = adapters.settings.public_url + (page_of(notice.kind, notice.subject_id, notice.values) or "")
        message = _message(notice, language, url, is_urgent=is_urgent, stop=stop)
        reached = 0
        for sender in senders:
            try:
                reached += await sender.send(recipient, message)
                if reached and not is_urgent:
                    return
            except NotSent as refused:
                failure = refused
        if reached:
            return
    if failure is not None:
        raise failure


async def call_all(adapters: Reach, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """Be done with orders that ring no more, or whose shop nothing here reaches; answers the others, for `call`."""
    now = clock.now()
    rings = {
        ring.sub_order_id: ring for ring in await rows_by(Ring, "sub_order_id", [e.aggregate_id for e in events])
    }
    ringing = {id: ring for id, ring in rings.items() if ring.ended_at is None and ring.ends_at > now}
    people = await people_of_shops([ring.seller_id for ring in ringing.values()])
    reached = await reached_by([account for accounts in people.values() for account in accounts], adapters.senders)
    return [
        event
        for event in events
        if (ring := ringing.get(event.aggregate_id)) is not None
        and (reached is None or not reached.isdisjoint(people.get(ring.seller_id, ())))
    ]


async def call(adapters: Reach, event: OutboxEvent) -> None:
    """Call the shop's people for an order that rings: by the step's sender, or the next that reaches."""
    ring = await Ring.get_or_none(sub_order_id=event.aggregate_id)
    if ring is None or ring.ended_at is not None or ring.ends_at <= clock.now():
        return
    step = int(event.payload["step"])
    notices = {
        notice.account_id: notice
        for notice in await Notice.filter(subject_id=ring.sub_order_id, kind=NoticeKind.ORDER_TO_ANSWER)
    }
    people = [account for account in await people_of_shop(ring.seller_id) if account in notices]
    for recipient, language in await recipients(people, adapters.senders):
        link = accept_link(adapters.settings, ring, recipient.account_id)
        message = _message(notices[recipient.account_id], language, link, is_urgent=True)
        await _first_that_reaches(ladder(adapters.senders, step), recipient, message)


def ladder(senders: Sequence[Sender], step: int) -> list[Sender]:
    """The senders to try at this step (1, 2, …): each step begins with the next one."""
    if not senders:
        return []
    first = (step - 1) % len(senders)
    return [*senders[first:], *senders[:first]]


async def _first_that_reaches(senders: Sequence[Sender], recipient: Recipient, message: Message) -> bool:
    for sender in senders:
        try:
            if await sender.send(recipient, message):
                return True
        except NotSent as refused:
            log.warning("ring not sent", sender=sender.name, reason=str(refused))
    return False


async def ring_again(adapters: Any) -> int:
    """The timetable's sweep: orders that nobody answered are called for again, by the next sender."""
    now = clock.now()
    due = await Ring.filter(ended_at=None, next_at__lte=now).order_by("next_at").limit(SWEEP_AT_ONCE).values("id")
    for row in due:
        async with transaction():
            ring = await for_update(Ring.filter(id=row["id"], ended_at=None, next_at__lte=now)).first()
            if ring is None:
                continue
            if ring.ends_at <= now:
                ring.ended_at = now
            else:
                ring.step += 1
                ring.next_at = now + RING_EVERY
                await outbox.record("ring.due", ring.sub_order_id, {"step": ring.step})
            await ring.save(update_fields=["ended_at", "step", "next_at"])
    return len(due)


def accept_link(settings: Settings, ring: Ring, account_id: UUID) -> str:
    """One tap accepts: good for this order and this person while the order rings."""
    link = Link(Purpose.ACCEPT_SUB_ORDER, ring.sub_order_id, account_id, ring.ends_at)
    return f"{settings.public_url}/a/{links.sign(link, settings.secret_key.get_secret_value())}"


async def recipients(account_ids: Sequence[UUID], senders: Sequence[Sender]) -> list[tuple[Recipient, str]]:
    """Each living account with where these senders can reach it, and its language."""
    accounts = await accounts_by_id(account_ids)
    mail_of: dict[UUID, str] = {}
    if any(sender.uses_mail for sender in senders):
        mails = await MailAddress.filter(account_id__in=list(account_ids), confirmed_at__isnull=False)
        mail_of = {mail.account_id: mail.address for mail in mails}
    return [
        (Recipient(id, account.phone, mail_of.get(id)), account.language)
        for id, account in accounts.items()
        if account.suspended_at is None and is_known(account.phone)
    ]


def _message(
    notice: Notice, language: str, url: str, *, is_urgent: bool = False, stop: Stop | None = None
) -> Message:
    words = words_of(notice.kind, notice.values, language)
    return Message(
        title=words.title,
        body=words.body,
        url=url,
        tag=str(notice.subject_id),
        kind=notice.kind.value,
        is_urgent=is_urgent,
        life_s=600 if is_urgent else 24 * 3600,
        stop=stop,
    )
