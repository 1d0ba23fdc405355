"""Handing messages to a mail server, with the standard library. One connection for each: few are sent at a time."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from mendloop.clock import utc_now
from mendloop.config import Config, MailServer
from mendloop.notices import channels
from mendloop.notices.channels import Message, NotNow, Refused

NAME = "email"
PATIENCE = 20.0
LONGEST = 300
TEMPORARY = range(400, 500)
AS_ASCII = SMTP.clone(cte_type="7bit")
OF_ALL = (421, 530, 535)


@dataclass(frozen=True, slots=True)
class Email:
    """The channel over one mail server."""

    server: MailServer

    @property
    def name(self) -> str:
        return NAME

    def deliver(self, message: Message) -> None:
        """Hand it over. A server that cannot be reached, or is busy, is `NotNow`; an address it refuses `Refused`."""
        letter = letter_of(message, self.server)
        try:
            connection = connect(self.server)
        except (OSError, smtplib.SMTPException) as failure:
            raise NotNow(words_of(failure)) from failure
        try:
            _hand_over(connection, letter, self.server.sender, message.address)
        finally:
            connection.close()


def connect(server: MailServer) -> smtplib.SMTP:
    """Ready to take a message: encrypted and signed in, as far as the server's settings say so."""
    secure = ssl.create_default_context() if server.security != "none" else None
    if server.security == "ssl":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=secure)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    try:
        if server.security == "starttls":
            connection.starttls(context=secure)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def letter_of(message: Message, server: MailServer) -> EmailMessage:
    """As mail servers and readers want it; a message that is sent again has the same Message-ID."""
    letter = EmailMessage(policy=AS_ASCII)
    letter["Subject"] = message.subject
    letter["From"] = Address("Mendloop", addr_spec=server.sender)
    letter["To"] = Address(addr_spec=message.address)
    letter["Date"] = format_datetime(utc_now())
    letter["Message-ID"] = f"<{message.id}@{server.sender.rpartition('@')[2]}>"
    letter["Content-Language"] = message.language
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    return letter


def words_of(failure: Exception) -> str:
    """What went wrong, in the server's words; what we sent it is not among them."""
    if not isinstance(failure, smtplib.SMTPResponseException):
        return f"{type(failure).__name__}: {failure}"[:LONGEST]
    said = failure.smtp_error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return f"{failure.smtp_code} {' '.join(text.split())}"[:LONGEST]


def _hand_over(connection: smtplib.SMTP, letter: EmailMessage, sender: str, address: str) -> None:
    """From the moment the letter itself is on its way, a broken connection leaves open whether it arrived."""
    try:
        connection.ehlo_or_helo_if_needed()
        code, said = connection.mail(sender)
        if code >= TEMPORARY.start:
            raise smtplib.SMTPSenderRefused(code, said, sender)
        answer = connection.rcpt(address)
    except (OSError, smtplib.SMTPException) as failure:
        raise NotNow(words_of(failure)) from failure
    _insist(*answer)
    try:
        answer = connection.data(letter.as_bytes())
    except smtplib.SMTPDataError as failure:
        answer = failure.smtp_code, _as_bytes(failure.smtp_error)
    except (OSError, smtplib.SMTPException) as failure:
        raise NotNow(words_of(failure), maybe=True) from failure
    _insist(*answer)


def _insist(code: int, said: bytes) -> None:
    """What the server says of this one address or letter; that it wants to know us, or has enough, is for all."""
    words = words_of(smtplib.SMTPResponseException(code, said))
    if code in OF_ALL:
        raise NotNow(words)
    if code in TEMPORARY:
        raise NotNow(words, alone=True)
    if code >= TEMPORARY.stop:
        raise Refused(words)


def _as_bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def make_email(config: Config) -> Email | None:
    """The channel, where a mail server is set up."""
    return Email(config.mail) if config.mail is not None else None


channels.register(NAME, make_email)
