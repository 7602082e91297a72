"""E-mail by SMTP, to addresses that their owners have confirmed."""

from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from marketplace.notices.senders.port import Message, NotSent, Recipient

TIMEOUT_S = 15.0


class MailSender:
    """`smtp://user:password@host:port` (STARTTLS where offered), or `smtps://`."""

    name = "mail"
    costs_money = False
    uses_mail = True
    uses_push = False

    def __init__(self, url: str, mail_from: str) -> None:
        self._url = urlsplit(url)
        self._from = mail_from

    async def send(self, recipient: Recipient, message: Message) -> bool:
        if recipient.mail is None:
            return False
        mail = EmailMessage()
        mail["From"], mail["To"] = self._from, recipient.mail
        mail["Subject"] = " ".join(message.title.split())
        text = f"{message.body}\n\n{message.url}\n"
        if message.stop is not None:
            text += f"\n{message.stop.text}: {message.stop.url}\n"
            # One click in the mail program itself (RFC 8058): it posts to the address.
            mail["List-Unsubscribe"] = f"<{message.stop.url}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(text)
        url = self._url
        try:
            await aiosmtplib.send(
                mail,
                hostname=url.hostname,
                port=url.port,
                username=unquote(url.username) if url.username else None,
                password=unquote(url.password) if url.password else None,
                use_tls=url.scheme == "smtps",
                timeout=TIMEOUT_S,
            )
        except (aiosmtplib.SMTPException, OSError) as cause:
            raise NotSent(reason=f"mail: {cause}") from cause
        return True
