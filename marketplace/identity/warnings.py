"""What the owner of an account is told about it by phone."""

from typing import Protocol
from zoneinfo import ZoneInfo

from marketplace.identity.models import Account, NumberChange, NumberChangeState
from marketplace.identity.senders import CodeSender
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings

TEXT = {
    "id": "Lumbung: nomor akun Anda akan diganti menjadi {phone} pada {moment}. Bukan Anda? Masuk dan batalkan.",
    "en": "Lumbung: your account moves to {phone} at {moment}. Not you? Sign in and cancel it.",
}


class Reach(Protocol):
    """What the handlers here need of the adapters."""

    @property
    def settings(self) -> Settings: ...

    @property
    def codes(self) -> CodeSender: ...


async def warn_old_number(adapters: Reach, event: OutboxEvent) -> None:
    """Tell the old number that the account will leave it; raises CodeNotSent to be tried again."""
    change = await NumberChange.get_or_none(pk=event.aggregate_id)
    if change is None or change.state is not NumberChangeState.COOLING_OFF or change.effective_at is None:
        return
    account = await Account.get(pk=change.account_id)
    moment = change.effective_at.astimezone(ZoneInfo(adapters.settings.time_zone))
    text = TEXT.get(account.language, TEXT["id"]).format(
        phone=change.new_phone, moment=moment.strftime("%d-%m-%Y %H:%M")
    )
    await adapters.codes.tell(change.old_phone, text)
