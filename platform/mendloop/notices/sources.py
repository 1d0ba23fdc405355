"""Where what waits comes from. A feature says it by registering a source; plugins will do it in the same way."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy.orm import Session

from mendloop.accounts.actor import Actor

NOW, SOON, CALM = "now", "soon", "calm"
URGENCIES = (NOW, SOON, CALM)
AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"
MODES = (AT_ONCE, DAILY, NEVER)
MOST = 500
"""So much of one kind is looked at; who has more waiting has other worries than what comes after it."""

Value: TypeAlias = str | int | dt.datetime | Mapping[str, str]
"""Fills a place in the words: a text that is the same in every language, one kept in several, a number, an instant."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: what it is about, since when, and where it is dealt with.

    `notice_line.<kind>` are its words, or those of `words`, filled by `values` and `count`, which says how many things
    one line tells of. With `person` it concerns only them, with `work_role` only who has that skill; `not_for` are
    people who may not deal with it. `since` is None where nobody wrote down when it began.
    """

    kind: str
    subject: str
    path: str
    since: dt.datetime | None
    urgency: str = SOON
    values: Mapping[str, Value] = field(default_factory=dict)
    count: int = 1
    person: str | None = None
    work_role: str | None = None
    not_for: frozenset[str] = frozenset()
    words: str = ""

    @property
    def id(self) -> str:
        """The same for as long as it waits, for everybody."""
        return f"{self.kind}:{self.subject}"

    @property
    def tells_its_time(self) -> bool:
        """Its words say when it is due: since when it waits need not be said as well."""
        return "due" in self.values

    def concerns(self, actor: Actor) -> bool:
        """Whether the actor is one who can deal with it."""
        if actor.person_id in self.not_for or self.person not in (None, actor.person_id):
            return False
        return self.work_role is None or self.work_role in actor.work_roles


Find: TypeAlias = Callable[[Session, Actor], list[Waiting]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that waits: who may see it at all, and how it is found, anew each time, from what is kept.

    `find` answers the same to all who have the same roles, and each line says whom it concerns; a `personal` source may
    answer each person otherwise. `mail` is how people are told of it who chose nothing else.
    """

    key: str
    roles: frozenset[str]
    find: Find
    personal: bool = False
    mail: str = DAILY


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """From here on it is asked; a key is taken once."""
    if source.key in _SOURCES:
        raise ValueError(f"there is a source {source.key} already")
    _SOURCES[source.key] = source


def all_sources() -> list[Source]:
    """Every kind, in the order in which they were registered."""
    return list(_SOURCES.values())


def sources_for(actor: Actor) -> list[Source]:
    """The kinds of which the actor may see something."""
    return [source for source in _SOURCES.values() if actor.has_any(source.roles)]
