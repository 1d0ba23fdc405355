"""What messages say: short, in the person's language, as plain text and as simple HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from markupsafe import Markup, escape

from mendloop.notices.sources import Waiting
from mendloop.notices.wording import Reader

MOST = 30
"""So many lines; who has more waiting is told how many, and opens the inbox."""
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject, and the same twice: as text and as HTML."""

    subject: str
    text: str
    html: str


def letter_of_waiting(reader: Reader, waiting: Sequence[Waiting], base: str) -> Letter:
    """What waits, one line each under its kind. `base` is where the installation is opened; empty where unknown."""
    first = reader.line(waiting[0])
    subject = first if len(waiting) == 1 else reader.say("notice_mail.subject", count=len(waiting), first=first)
    text, html = [reader.say("notice_mail.lead", count=len(waiting)), ""], [_paragraph(_lead(reader, waiting))]
    for kind, group in groupby(waiting[:MOST], lambda each: each.kind):
        title, lines = reader.say(f"notice_kind.{kind}"), list(group)
        text += [title, *(f"- {_told(reader, each)}{_link(each, base)}" for each in lines), ""]
        items = Markup("").join(_item(reader, each, base) for each in lines)
        html.append(Markup("<h3>{}</h3><ul>{}</ul>").format(title, items))
    if len(waiting) > MOST:
        more = reader.say("notice_mail.more", count=len(waiting) - MOST)
        text += [more, ""]
        html.append(_paragraph(more))
    return _letter(subject, text + _foot(reader, base), [*html, *_foot_html(reader, base)])


def letter_of_confirmation(reader: Reader, name: str, link: str) -> Letter:
    """Asks whether messages arrive at this address."""
    hello, click = reader.say("notice_mail.confirm_lead", name=name), reader.say("notice_mail.confirm_ignore")
    button = Markup('<p><a href="{}">{}</a></p>').format(link, reader.say("notice_mail.confirm_link"))
    html = [_paragraph(hello), button, _paragraph(click)]
    return _letter(reader.say("notice_mail.confirm_subject"), [hello, "", link, "", click], html)


def letter_of_trial(reader: Reader, organisation: str) -> Letter:
    """Shows that mail arrives."""
    said = reader.say("notice_mail.trial", name=organisation)
    return _letter(reader.say("notice_mail.trial_subject"), [said], [_paragraph(said)])


def _letter(subject: str, text: Sequence[str], html: Sequence[Markup]) -> Letter:
    body = Markup("<!doctype html><html><body>{}</body></html>").format(Markup("").join(html))
    return Letter(" ".join(subject.split())[:LONGEST_SUBJECT], "\n".join(text), str(body))


def _lead(reader: Reader, waiting: Sequence[Waiting]) -> str:
    return reader.say("notice_mail.lead", count=len(waiting))


def _told(reader: Reader, waiting: Waiting) -> str:
    """The line, and since when."""
    if waiting.since is None or waiting.tells_its_time:
        return reader.line(waiting)
    return reader.say("notice_mail.line", line=reader.line(waiting), since=reader.instant(waiting.since))


def _item(reader: Reader, waiting: Waiting, base: str) -> Markup:
    if not base:
        return Markup("<li>{}</li>").format(_told(reader, waiting))
    return Markup('<li><a href="{}">{}</a></li>').format(_address(waiting, base), _told(reader, waiting))


def _link(waiting: Waiting, base: str) -> str:
    return f"\n  {_address(waiting, base)}" if base else ""


def _address(waiting: Waiting, base: str) -> str:
    """By way of the inbox, which says so when it has been dealt with."""
    return f"{base}/inbox/open/{quote(waiting.id)}"


def _foot(reader: Reader, base: str) -> list[str]:
    return [reader.say("notice_mail.foot"), *([f"{base}/account/notices"] if base else [])]


def _foot_html(reader: Reader, base: str) -> list[Markup]:
    said = escape(reader.say("notice_mail.foot"))
    if base:
        said = Markup('<a href="{}">{}</a>').format(f"{base}/account/notices", said)
    return [Markup("<hr><p><small>{}</small></p>").format(said)]


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text)
