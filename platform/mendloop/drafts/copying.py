"""What a copy of a template is called: nobody wants two cards with one name beside each other."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor
from mendloop.drafts.content import LONGEST_TITLE
from mendloop.drafts.models import TemplateDraft
from mendloop.library.services import list_templates
from mendloop.words import LANGUAGES, translate

Title = Mapping[str, str]
HELD = "\x00"
"""Stands for what is called."""


def title_of_copy(session: Session, actor: Actor, title: Title) -> dict[str, str]:
    """The title, in each of its languages with the words for a copy, and with the first number that makes it new."""
    said = {language: title[language] for language in LANGUAGES if title.get(language)}
    taken = _taken(session, actor)
    return next(made for number in count(1) if taken.isdisjoint((made := _numbered(said, number)).values()))


def _taken(session: Session, actor: Actor) -> set[str]:
    """All titles that somebody reads in a list of templates."""
    drafts = select(TemplateDraft.title).where(TemplateDraft.organisation_id == actor.organisation_id)
    published = [found.version.title for found in list_templates(session, actor, archived=True)]
    titles = [*session.execute(drafts).scalars(), *published]
    return {words for title in titles for words in title.values()}


def _numbered(title: Title, number: int) -> dict[str, str]:
    return {language: _copied(language, words, number) for language, words in title.items()}


def _copied(language: str, words: str, number: int) -> str:
    """A copy of a copy is another copy of the first; a title that would become too long loses its end."""
    first = _mark(language).sub("", words) or words
    key = "draft.copy" if number == 1 else "draft.copy_again"
    room = LONGEST_TITLE - len(translate(language, key, title="", number=number))
    return translate(language, key, title=first[:room], number=number)


@cache
def _mark(language: str) -> re.Pattern[str]:
    """What stands behind the title of a copy, with a number or without."""
    once = re.escape(translate(language, "draft.copy", title=""))
    again = re.escape(translate(language, "draft.copy_again", title="", number=HELD)).replace(re.escape(HELD), r"\d+")
    return re.compile(f"(?:{once}|{again})$")
