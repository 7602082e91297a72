"""A person's own inbox, and where that person can be reached."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.notices import links
from marketplace.notices.links import Link, LinkRefused, Purpose
from marketplace.notices.models import MailAddress, Notice, PushSubscription
from marketplace.notices.senders import Message, Recipient, Sender, reach
from marketplace.paging import Page, page_by_id
from marketplace.settings import Settings

MOST_SUBSCRIPTIONS = 20
LONGEST_ENDPOINT = 2_000
CONFIRM_LIFE = timedelta(days=2)


async def notices_of(actor: Actor, *, unread_only: bool = False, first: int, after: str | None) -> Page[Notice]:
    """The actor's notices, newest first."""
    rows = Notice.filter(account_id=signed_in(actor))
    return await page_by_id(rows.filter(read_at=None) if unread_only else rows, first=first, after=after)


async def unread_count(actor: Actor) -> int:
    """How many the actor has not read, counted to 100 at most."""
    rows = await Notice.filter(account_id=signed_in(actor), read_at=None).limit(100).values("id")
    return len(rows)


async def notice_by_id(actor: Actor, id: UUID) -> Notice | None:
    """The actor's own notice, or None."""
    return await Notice.get_or_none(id=id, account_id=signed_in(actor))


async def notices_since(actor: Actor, moment: datetime) -> list[Notice]:
    """What was told or changed after `moment`, oldest first, 200 at most."""
    rows = Notice.filter(account_id=signed_in(actor), changed_at__gt=moment)
    return await rows.order_by("changed_at", "id").limit(200)


async def ringing(actor: Actor, *, most: int) -> list[Notice]:
    """The actor's notices that ring now, oldest first: what a screen that connects must ring for."""
    rows = Notice.filter(account_id=signed_in(actor), rings_until__gt=clock.now())
    return await rows.order_by("id").limit(most)


async def mark_read(actor: Actor, *, ids: Sequence[UUID]) -> list[Notice]:
    """Mark these of the actor's notices as read; raises NotFound when one is not the actor's."""
    account_id = signed_in(actor)
    if not 1 <= len(ids) <= 100:
        raise Invalid.field("ids", Code.OUT_OF_RANGE, "name 1 to 100 notices", "sebutkan 1 sampai 100")
    async with transaction():
        found = await locked(Notice, ids)
        if any(id not in found or found[id].account_id != account_id for id in ids):
            raise NotFound("notice")
        for notice in found.values():
            if notice.read_at is None:
                notice.read_at = notice.changed_at = clock.now()
                await notice.save(update_fields=["read_at", "changed_at"])
        await outbox.record("notice.changed", ids[0], {"account_id": str(account_id)})
        return [found[id] for id in ids]


async def mark_all_read(actor: Actor) -> int:
    """Mark all of the actor's notices as read; answers how many."""
    account_id = signed_in(actor)
    now = clock.now()
    async with transaction():
        count = await Notice.filter(account_id=account_id, read_at=None).update(read_at=now, changed_at=now)
        await outbox.record("notice.changed", account_id, {"account_id": str(account_id)})
        return count


async def subscribe_push(
    actor: Actor, *, endpoint: str, p256dh: str, auth: str, allow_private: bool = False
) -> PushSubscription:
    """Send notices to this browser from now on; it belongs to the last who subscribed it. Raises Invalid."""
    account_id = signed_in(actor)
    _check_key("p256dh", p256dh, 65)
    _check_key("auth", auth, 16)
    if len(endpoint) > LONGEST_ENDPOINT:
        raise Invalid.field("endpoint", Code.TOO_LONG, "at most 2000 characters", "paling banyak 2000 huruf")
    try:
        reach.check_url(endpoint, allow_private=allow_private)
    except reach.Refused as refused:
        raise Invalid.field("endpoint", Code.INVALID, str(refused), "alamat https:// diperlukan") from refused
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    async with transaction():
        await PushSubscription.filter(endpoint_hash=digest).delete()
        oldest = await PushSubscription.filter(account_id=account_id).order_by("-id").offset(MOST_SUBSCRIPTIONS - 1)
        await PushSubscription.filter(id__in=[row.id for row in oldest]).delete()
        return await PushSubscription.create(
            account_id=account_id, endpoint=endpoint, endpoint_hash=digest, p256dh=p256dh, auth=auth
        )


def _check_key(field: str, text: str, length: int) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-]+={0,2}", text) or len(text) > 100:
        raise Invalid.field(field, Code.INVALID, "base64url is needed", "perlu base64url")
    try:
        raw = base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError as cause:
        raise Invalid.field(field, Code.INVALID, "base64url is needed", "perlu base64url") from cause
    if len(raw) != length:
        raise Invalid.field(field, Code.INVALID, f"{length} bytes are needed", f"perlu {length} bita")


async def unsubscribe_push(actor: Actor, *, endpoint: str) -> bool:
    """Send no more to this browser; answers whether it was the actor's."""
    digest = hashlib.sha256(endpoint.encode()).hexdigest()
    return bool(await PushSubscription.filter(account_id=signed_in(actor), endpoint_hash=digest).delete())


async def set_mail_address(
    actor: Actor, *, address: str, settings: Settings, senders: Sequence[Sender], language: str
) -> MailAddress:
    """Take notices at this address, once the link sent to it was followed. Raises Invalid, NotSent."""
    account_id = signed_in(actor)
    if len(address) > 254 or not re.fullmatch(r"[^@\s\"<>,;:\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
        raise Invalid.field("address", Code.INVALID, "an e-mail address is needed", "perlu alamat surel")
    async with transaction():
        row = await MailAddress.get_or_none(account_id=account_id)
        if row is None:
            row = await MailAddress.create(account_id=account_id, address=address)
        elif row.address != address:
            row.address, row.confirmed_at = address, None
            await row.save(update_fields=["address", "confirmed_at"])
    if row.confirmed_at is None:
        await _send_confirmation(row, settings, senders, language)
    return row


async def _send_confirmation(row: MailAddress, settings: Settings, senders: Sequence[Sender], language: str) -> None:
    link = Link(Purpose.CONFIRM_MAIL, _subject_of(row.address), row.account_id, clock.now() + CONFIRM_LIFE)
    token = links.sign(link, settings.secret_key.get_secret_value())
    is_english = language == "en"
    message = Message(
        title="Confirm your address" if is_english else "Pastikan alamat surel Anda",
        body="Follow the link to receive notices here." if is_english else "Buka tautan ini untuk menerima kabar.",
        url=f"{settings.public_url}/m/{token}",
        tag="mail",
        kind="CONFIRM_MAIL",
    )
    for sender in senders:
        if sender.name == "mail":
            await sender.send(Recipient(row.account_id, "", row.address), message)


async def mail_of_link(token: str, settings: Settings) -> str:
    """The address that the link would confirm; raises LinkRefused."""
    return (await _linked_mail(token, settings)).address


async def confirm_mail(token: str, settings: Settings) -> MailAddress:
    """The owner of an address confirmed it by the link sent to it; raises LinkRefused."""
    row = await _linked_mail(token, settings)
    row.confirmed_at = row.confirmed_at or clock.now()
    await row.save(update_fields=["confirmed_at"])
    return row


async def _linked_mail(token: str, settings: Settings) -> MailAddress:
    link = links.read(token, Purpose.CONFIRM_MAIL, settings.secret_key.get_secret_value())
    row = await MailAddress.get_or_none(account_id=link.account_id)
    if row is None or _subject_of(row.address) != link.subject_id:
        raise LinkRefused
    return row


def _subject_of(address: str) -> UUID:
    """Binds the link to the address it was sent to."""
    return UUID(bytes=hashlib.sha256(address.encode()).digest()[:16])


async def remove_mail_address(actor: Actor) -> bool:
    """Send no more mail; answers whether there was an address."""
    return bool(await MailAddress.filter(account_id=signed_in(actor)).delete())
