"""How a notice leaves the node: web push, WhatsApp or SMS by a gateway, e-mail."""

from marketplace.notices.senders.port import Message, NotSent, Recipient, Sender, Stop
from marketplace.settings import Settings

__all__ = ["Message", "NotSent", "Recipient", "Sender", "Stop", "build"]


def build(settings: Settings) -> tuple[Sender, ...]:
    """The senders that these settings allow, in the order in which a ringing order tries them."""
    from marketplace.notices.senders.gateway import GatewaySender
    from marketplace.notices.senders.mail import MailSender
    from marketplace.notices.senders.push import PushSender

    senders: list[Sender] = [PushSender(settings)]
    if settings.code_gateway_url:
        senders.append(GatewaySender(settings.code_gateway_url, settings.code_gateway_secret.get_secret_value()))
    if smtp_url := settings.smtp_url.get_secret_value():
        senders.append(MailSender(smtp_url, settings.mail_from))
    return tuple(senders)
