"""What leaves the node: notices to people's devices, and an order that rings until someone answers."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

import structlog

from marketplace import clock, outbox
from marketplace.database import for_update, transaction
from marketplace.identity.service import accounts_by_id
from marketplace.notices import links
from marketplace.notices.links import Link, Purpose
from marketplace.notices.models import MailAddress, Notice, NoticeKind, Ring
from marketplace.notices.senders import Message, NotSent, Recipient, Sender
from marketplace.notices.templates import words_of
from marketplace.notices.writing import RING_EVERY, people_of_shop
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


async def send(adapters: Reach, event: OutboxEvent) -> None:
    """Send a written notice by the ways that cost nothing, until one reaches; raises NotSent to be tried again.

    A ringing order is called for by `call`, not from here.
    """
    senders = [sender for sender in adapters.senders if not sender.costs_money]
    if not senders:
        return
    notice = await Notice.get_or_none(id=event.aggregate_id)
    if notice is None or notice.kind is NoticeKind.ORDER_TO_ANSWER or notice.read_at is not None:
        return
    found = await _recipients([notice.account_id], senders)
    failure: NotSent | None = None
    for recipient, language in found:
        message = _message(notice, language, adapters.settings.public_url)
        for sender in senders:
            try:
                if await sender.send(recipient, message):
                    return
            except NotSent as refused:
                failure = refused
    if failure is not None:
        raise failure


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
    for recipient, language in await _recipients(people, adapters.senders):
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


async def _recipients(account_ids: Sequence[UUID], senders: Sequence[Sender]) -> list[tuple[Recipient, str]]:
    """Each living account with where these senders can reach it, and its language."""
    accounts = await accounts_by_id(account_ids)
    mail_of: dict[UUID, str] = {}
    if any(sender.uses_mail for sender in senders):
        mails = await MailAddress.filter(account_id__in=list(account_ids), confirmed_at__isnull=False)
        mail_of = {mail.account_id: mail.address for mail in mails}
    return [
        (Recipient(id, account.phone, mail_of.get(id)), account.language)
        for id, account in accounts.items()
        if account.suspended_at is None
    ]


def _message(notice: Notice, language: str, url: str, *, is_urgent: bool = False) -> Message:
    words = words_of(notice.kind, notice.values, language)
    return Message(
        title=words.title,
        body=words.body,
        url=url,
        tag=str(notice.subject_id),
        kind=notice.kind.value,
        is_urgent=is_urgent,
        life_s=600 if is_urgent else 24 * 3600,
    )
