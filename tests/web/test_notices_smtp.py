"""Letters as mail servers take them, what those say, and the settings that name one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from mendloop.config import Config, MailServer
from mendloop.notices.mail.smtp import Email, letter_of
from mendloop.notices.services import Message, NotNow, Refused
from mendloop.testing.mail_mill import text_of, with_mail
from mendloop.testing.post_office import ADDRESS, CONNECTION, LETTER, SENDER, PostOffice, post_office

HELLO = Message("01900000-0000-7000-8000-000000000001", "sue@mill.example", "zh-CN", "轴承到货", "已到", "<p>已到</p>")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def mail(config: Config, office: PostOffice) -> Config:
    return with_mail(config, office)


def test_letters_are_plain_ascii_on_the_wire_and_chinese_for_their_reader(mail: Config, office: PostOffice) -> None:
    assert mail.mail is not None
    Email(mail.mail).deliver(HELLO)
    ((_, body),) = office.taken
    assert body.isascii()
    ((_, letter),) = office.letters
    assert (letter["Subject"], text_of(letter).strip()) == ("轴承到货", "已到")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_body(("html",)) is not None


@pytest.mark.parametrize(
    ("says", "failure", "alone"),
    [
        ({CONNECTION: "554 go away"}, NotNow, False),
        ({SENDER: "530 5.7.0 authentication required"}, NotNow, False),
        ({ADDRESS: "421 closing"}, NotNow, False),
        ({ADDRESS: "452 4.2.2 mailbox full"}, NotNow, True),
        ({ADDRESS: "550 5.1.1 unknown"}, Refused, None),
        ({LETTER: "451 try later"}, NotNow, True),
        ({LETTER: "554 5.7.1 looks like spam"}, Refused, None),
    ],
)
def test_what_a_server_says_is_told_apart(
    mail: Config, office: PostOffice, says: dict[str, str], failure: type[Exception], alone: bool | None
) -> None:
    assert mail.mail is not None
    office.says = says
    with pytest.raises(failure) as caught:
        Email(mail.mail).deliver(HELLO)
    assert next(iter(says.values())) in str(caught.value)
    assert getattr(caught.value, "alone", None) == alone


def test_settings_come_from_the_environment_and_the_password_is_shown_nowhere() -> None:
    given = {
        "MENDLOOP_SMTP_HOST": "mail.example",
        "MENDLOOP_SMTP_FROM": "us@mill.example",
        "MENDLOOP_SMTP_USER": "us",
        "MENDLOOP_SMTP_PASSWORD": "very secret",
    }
    config = Config.from_environment(given)
    assert config.mail is not None
    assert (config.mail.port, config.mail.security) == (587, "starttls")
    assert "very secret" not in repr(config)
    assert Config.from_environment({}).mail is None
    for wrong in ({"MENDLOOP_SMTP_SECURITY": "none"}, {"MENDLOOP_SMTP_FROM": ""}, {"MENDLOOP_SMTP_SECURITY": "tls9"}):
        with pytest.raises(ValueError, match="MENDLOOP_SMTP"):
            MailServer.from_environment({**given, **wrong})


def test_a_subject_cannot_bring_headers_of_its_own(mail: Config) -> None:
    assert mail.mail is not None
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        letter_of(replace(HELLO, subject="Hello\r\nBcc: cy@elsewhere.example"), mail.mail)
